package plan

import (
	"bytes"
	"fmt"

	"github.com/legatics/pgseal/proxy/value"
)

// decode reads the literals of the text that have to be sealed. Whether a literal is of a kind that its column takes is
// judged here and not in the shape: in a row of VALUES, constants of all kinds have one shape.
func (p *Plan) decode(toks []token) *Refusal {
	p.Literals = make([][]byte, 0, p.literals)
	size := 0
	for i := range p.pieces {
		if k := p.pieces[i].kind; k == pieceSealed || k == pieceMoved {
			t := p.literalToken(&p.pieces[i], toks)
			size += int(t.end - t.start)
		}
	}
	room := make([]byte, 0, size)
	for i := range p.pieces {
		piece := &p.pieces[i]
		var slot *Slot
		switch piece.kind {
		case pieceSealed:
			slot = p.Slots[piece.number]
		case pieceMoved:
			slot = p.Extra[piece.number].Slot
		case pieceTruth, pieceTruthMoved:
			p.Literals = append(p.Literals, []byte("true"))
			continue
		default:
			continue
		}
		t := p.literalToken(piece, toks)
		start := len(room)
		text, null, ok := literalText(room, p.sql, t)
		if r := slot.takes(t.kind, text[start:], null, ok); r != nil {
			return r
		}
		if null {
			p.Literals = append(p.Literals, nil)
			continue
		}
		if trimmed := slot.canonicalDigits(t.kind, text[start:]); len(trimmed) < len(text)-start {
			text = append(text[:start], trimmed...)
		}
		room = text
		p.Literals = append(p.Literals, room[start:len(room):len(room)])
	}
	return nil
}

// literalToken is the token of a literal; the sign in front of a number is part of it.
func (p *Plan) literalToken(piece *piece, toks []token) token {
	t := toks[piece.value]
	if t.kind == tokOp {
		digits := toks[piece.value+1]
		t = token{t.start, digits.end, digits.kind}
	}
	return t
}

// takes tells whether the column takes a literal of that kind as the server would.
func (s *Slot) takes(kind tokenKind, text []byte, null, ok bool) *Refusal {
	c := s.Column
	switch {
	case !ok:
		return refuseOn(c, StatementNotUnderstood, fmt.Sprintf("a literal for the sealed column %s could not be read", c), "Its form is none of those that the proxy reads as the server does.", "Write the literal in plain quotes, or send it as a parameter.")
	case null || isString(kind) && !s.textual:
		return nil
	case s.Array:
	case kind == tokWord && c.Type.OID == value.OIDBool, kind == tokInt && c.Type.Family() == "integer",
		(kind == tokInt || kind == tokNumber) && takesNumbers(c.Type.OID), kind == tokInt && c.Type.Family() == "text" && !s.Search && !s.inner:
		return nil
	}
	return refuseOn(c, OperationNotSupported, fmt.Sprintf("a literal for the sealed column %s is of another type", c),
		fmt.Sprintf("The column is of type %s.", c.Type.Name()), "Write the value in quotes, as the column's type writes it.")
}

// takesNumbers tells the types to which the server casts a number of any form as it is written.
func takesNumbers(oid uint32) bool {
	return oid == value.OIDNumeric || oid == value.OIDFloat4 || oid == value.OIDFloat8
}

// canonicalDigits is what an integer literal is as text: without needless zeros; and what a number is that becomes a floating-point one.
func (s *Slot) canonicalDigits(kind tokenKind, text []byte) []byte {
	if t := s.Column.Type.OID; (kind == tokInt || kind == tokNumber) && (t == value.OIDFloat4 || t == value.OIDFloat8) {
		if mantissa, _, _ := bytes.Cut(bytes.ToLower(text), []byte("e")); len(text) > 0 && text[0] == '-' && len(bytes.Trim(mantissa, "-0.")) == 0 {
			return text[1:] // a zero without quotes has no sign: it is an integer or a numeric first
		}
		return text
	}
	if kind != tokInt || s.Column.Type.Family() != "text" {
		return text
	}
	sign := text[:0]
	if text[0] == '-' {
		sign, text = text[:1], text[1:]
	}
	for len(text) > 1 && text[0] == '0' {
		text = text[1:]
	}
	if text[0] == '0' {
		sign = nil
	}
	return append(sign[:len(sign):len(sign)], text...)
}
