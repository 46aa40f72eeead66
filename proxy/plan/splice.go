package plan

import (
	"encoding/hex"
	"slices"
	"strconv"

	"github.com/legatics/pgseal/crypto"
)

// span is a place of a text, in bytes.
type span struct{ start, end uint32 }

// AppendQuery appends the text of the simple Query that goes to the server: the client's own text with each literal that
// meets a sealed column replaced by its sealed value. seal is called for each of them, in text order, and for each
// element of an array; NULL stays NULL. Errors are those of seal, or of an array that cannot be read (*value.Error). Nothing
// of dst's old bytes is changed; on an error the result is not to be used.
func (p *Plan) AppendQuery(dst []byte, seal Sealer) ([]byte, error) {
	w := sealWriter{seal: seal}
	at := uint32(0)
	for i := range p.pieces {
		s := p.spans[i]
		dst = append(dst, p.sql[at:s.start]...)
		var err error
		if dst, err = p.appendPiece(dst, i, &w); err != nil {
			return dst, err
		}
		at = s.end
	}
	return append(dst, p.sql[at:]...), nil
}

// appendPiece appends what stands in place of piece i. Blanks around it keep it apart from its neighbours: 'x'AND is two
// tokens, and so must be what takes the place of 'x'.
func (p *Plan) appendPiece(dst []byte, i int, w *sealWriter) ([]byte, error) {
	piece := &p.pieces[i]
	if piece.pair != unpaired {
		return p.appendPair(dst, piece, w)
	}
	switch piece.kind {
	case pieceParam:
		return appendParam(dst, int(piece.number)), nil
	case pieceMoved:
		return appendParam(dst, len(p.Params)+int(piece.number)+1), nil
	case pieceTruth, pieceTruthMoved:
		return p.appendTruth(dst, i, w)
	case pieceText:
		return append(dst, p.lists[piece.number]...), nil
	case pieceBehind:
		return append(append(dst, p.sql[p.spans[i].start:p.spans[i].end]...), p.lists[piece.number]...), nil
	case pieceNULL:
		return append(dst, " NULL "...), nil
	case pieceBytesNULL:
		return append(dst, bytesNULL...), nil
	case pieceCast:
		return append(append(append(dst, ' '), physical(piece.number).String()...), ' '), nil
	}
	slot := p.Slots[piece.number]
	text := p.Literals[slot.literal]
	switch {
	case text == nil && slot.inner && !slot.textual && !slot.Column.Armoured:
		return append(dst, bytesNULL...), nil
	case text == nil:
		return append(dst, " NULL "...), nil
	case slot.Array:
		return w.appendArray(dst, slot, text)
	}
	return w.appendSealed(dst, slot, text)
}

// appendTruth appends the client's own words for a column, compared with the sealed true.
func (p *Plan) appendTruth(dst []byte, i int, w *sealWriter) (out []byte, err error) {
	piece := &p.pieces[i]
	dst = append(append(append(dst, " ("...), p.sql[p.spans[i].start:p.spans[i].end]...), " ="...)
	if piece.kind == pieceTruthMoved {
		dst = appendParam(dst, len(p.Params)+int(piece.number)+1)
	} else if dst, err = w.appendSealed(dst, p.Slots[piece.number], p.Literals[p.Slots[piece.number].literal]); err != nil {
		return dst, err
	}
	return append(dst, ") "...), nil
}

// bytesNULL stands for NULL where the server would take a bare one for text.
const bytesNULL = " NULL::bytea "

func appendParam(dst []byte, number int) []byte {
	dst = append(dst, " $"...)
	dst = strconv.AppendInt(dst, int64(number), 10)
	return append(dst, ' ')
}

// ParseText appends the text of the Parse that goes to the server: literals that meet a sealed column have become
// parameters behind the client's own.
func (p *Plan) ParseText(dst []byte) []byte {
	out, _ := p.AppendQuery(dst, nil) // a Parse has no sealed pieces, so that nothing is sealed
	return out
}

// ParamOIDs returns the parameter types of the Parse that goes to the server, from those that the client gave: the type
// of each parameter that is sealed is the column's physical one. The result may be client itself.
func (s *Shape) ParamOIDs(client []uint32) []uint32 {
	pinned := slices.IndexFunc(s.Params, func(slot *Slot) bool { return slot != nil }) >= 0
	if !pinned && len(s.Extra) == 0 {
		return client
	}
	oids := make([]uint32, len(s.Params)+len(s.Extra))
	copy(oids, client)
	for i, slot := range s.Params {
		if slot != nil {
			oids[i] = slot.PhysicalOID()
		}
	}
	for i, e := range s.Extra {
		oids[len(s.Params)+i] = e.Slot.PhysicalOID()
	}
	return oids
}

// Native tells whether the text names nothing protected, so that it goes to the server as it is.
func (s *Shape) Native() bool {
	return !slices.ContainsFunc(s.Statements, func(st Statement) bool { return !st.Native })
}

// sealWriter writes sealed values as literals.
type sealWriter struct {
	seal    Sealer
	scratch []byte // a sealed value
	item    []byte // an element that has to outlive the next call of seal
}

// appendSealed appends ' \x...'::bytea or 'pgs1_...'::text. The cast makes the type certain wherever the literal stands.
func (w *sealWriter) appendSealed(dst []byte, slot *Slot, text []byte) (out []byte, err error) {
	if w.scratch, err = w.seal(w.scratch[:0], slot, text); err != nil {
		return dst, err
	}
	if slot.Column.Armoured {
		dst = append(dst, " '"...)
		dst = crypto.AppendArmour(dst, w.scratch)
		return append(dst, "'::text "...), nil
	}
	dst = append(dst, ` '\x`...)
	dst = hex.AppendEncode(dst, w.scratch)
	return append(dst, "'::bytea "...), nil
}

// appendArray appends ARRAY[...] of the sealed elements of an array's text.
func (w *sealWriter) appendArray(dst []byte, slot *Slot, text []byte) ([]byte, error) {
	dst = append(dst, " ARRAY["...)
	first := true
	err := slot.Column.Type.EachElement(text, 0, 0, func(elem []byte) (err error) {
		if !first {
			dst = append(dst, ',')
		}
		first = false
		if elem == nil {
			dst = append(dst, "NULL"...)
			return nil
		}
		w.item = append(w.item[:0], elem...)
		if dst, err = w.appendSealed(dst, slot, w.item); err == nil && slot.Both {
			dst, err = w.appendSealed(append(dst, ','), slot.Twin(), w.item)
		}
		return err
	})
	if slot.Column.Armoured {
		return append(dst, "]::text[] "...), err
	}
	return append(dst, "]::bytea[] "...), err
}
