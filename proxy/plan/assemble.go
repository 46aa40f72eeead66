package plan

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"unsafe"

	"github.com/legatics/pgseal/proxy/value"
)

// pieceKind is what stands in the rewritten text in place of some tokens of the client's.
type pieceKind uint8

const (
	pieceSealed     pieceKind = iota // the sealed literal
	pieceMoved                       // the parameter that has become of a literal
	pieceParam                       // a parameter of the client's, or one that stands for it
	pieceNULL                        // NULL
	pieceBytesNULL                   // NULL of the type bytea
	pieceTruth                       // the same words, compared with the sealed literal true
	pieceTruthMoved                  // the same words, compared with the parameter that has become of it
	pieceCast                        // the physical type in a cast
	pieceText                        // columns that the client's text left to the server
	pieceBehind                      // such columns, behind the client's own word
)

// piece is a place of the text that is rewritten. Between the pieces the text stays as the client wrote it.
type piece struct {
	first, last int32 // tokens of the text
	value       int32 // token of the literal
	number      int32 // of pieceSealed and pieceTruth: index into Shape.Slots; of pieceMoved and pieceTruthMoved: into Shape.Extra; of pieceParam: the parameter's number; of pieceCast: the type; of pieceText and pieceBehind: index into Shape.lists
	second      int32 // of a paired one: the other number
	kind        pieceKind
	pair        pairing
}

// place is a claim at the tokens of the whole text, after the rows and elements that look alike have been laid out again.
type place struct {
	*claim
	first, last, value int
}

// layOut returns the places of all claims in text order. Each claim in a row or element that comes several times becomes as
// many places. ok is false where a claim reaches out of its row.
func layOut(claims []claim, runs []run) (places []place, ok bool) {
	slices.SortFunc(claims, func(x, y claim) int { return x.first - y.first })
	shift := 0
	for i := 0; i < len(claims); {
		for len(runs) > 0 && runs[0].first+runs[0].length <= claims[i].first {
			shift += (runs[0].count - 1) * (runs[0].length + 1)
			runs = runs[1:]
		}
		r := run{first: math.MaxInt, count: 1}
		if len(runs) > 0 {
			r = runs[0]
		}
		end := i + 1
		if claims[i].first >= r.first {
			for end < len(claims) && claims[end].first < r.first+r.length {
				end++
			}
			runs = runs[1:]
		} else if claims[i].last >= r.first {
			return nil, false
		} else {
			r = run{count: 1}
		}
		for n := range r.count {
			by := shift + n*(r.length+1)
			for j := range claims[i:end] {
				c := &claims[i+j]
				if r.length > 0 && c.last >= r.first+r.length {
					return nil, false
				}
				places = append(places, place{c, c.first + by, c.last + by, c.value + by})
			}
		}
		shift += (r.count - 1) * (r.length + 1)
		i = end
	}
	return places, true
}

// assembly makes a shape of the analysis of a text's normal form, and of the text's own tokens.
type assembly struct {
	src      []byte
	toks     []token
	extended bool
	shape    *Shape
	uses     []paramUse // of each parameter of the client's
}

// paramUse is how a parameter is used in the whole text.
type paramUse struct {
	native bool
	slots  []*Slot // one for each role in which it is sealed
	extra  []int   // the parameter's number in that role
}

// assemble fills the shape's parameters, slots and pieces. given is the number of parameters that the client's Parse gave types for.
func (as *assembly) assemble(places []place, given int) *Refusal {
	if as.extended {
		if r := as.countUses(places, given); r != nil {
			return r
		}
		if r := as.askSealed(places); r != nil {
			return r
		}
	}
	for _, p := range places {
		switch p.kind {
		case claimLiteral:
			as.literal(p, pieceSealed, pieceMoved)
		case claimTruth:
			as.literal(p, pieceTruth, pieceTruthMoved)
		case claimParam:
			as.param(p)
		case claimNeutral:
			as.neutral(p)
		case claimNULL:
			as.piece(p, pieceNULL, 0)
		case claimBytesNULL:
			as.piece(p, pieceBytesNULL, 0)
		case claimCast:
			as.piece(p, pieceCast, int(p.physical))
		case claimText:
			as.list(p, pieceText)
		case claimBehind:
			as.list(p, pieceBehind)
		}
	}
	if len(as.shape.Params)+len(as.shape.Extra) > maxParams {
		return refuseComplex(fmt.Sprintf("It has more than %d parameters, with those that stand for its literals.", maxParams))
	}
	return nil
}

func (as *assembly) piece(p place, kind pieceKind, number int) {
	as.shape.pieces = append(as.shape.pieces, piece{first: int32(p.first), last: int32(p.last), value: int32(p.value), number: int32(number), kind: kind, pair: p.pairing(kind)})
}

// list adds a list of columns that is written into the text.
func (as *assembly) list(p place, kind pieceKind) {
	as.shape.lists = append(as.shape.lists, p.text)
	as.piece(p, kind, len(as.shape.lists)-1)
}

// countUses finds out which parameters are used as they come, besides those that are sealed.
func (as *assembly) countUses(places []place, given int) *Refusal {
	as.uses = make([]paramUse, given)
	next := 0
	for i, t := range as.toks {
		for next < len(places) && places[next].last < i {
			next++
		}
		if t.kind != tokParam {
			continue
		}
		number, err := strconv.Atoi(string(as.src[t.start+1 : t.end]))
		if err != nil || number < 1 || number > maxParams {
			return refuseUnclear("It has a parameter whose number is not possible.", "")
		}
		for len(as.uses) < number {
			as.uses = append(as.uses, paramUse{})
		}
		if next == len(places) || places[next].value != i {
			as.uses[number-1].native = true
		}
	}
	as.shape.Params = make([]*Slot, len(as.uses))
	return nil
}

// literal adds a slot that is filled from the text; the piece is of the one kind in a Query, of the other in a Parse.
func (as *assembly) literal(p place, sealed, moved pieceKind) {
	s := p.slot
	s.literal = as.shape.literals
	as.shape.literals++
	as.shape.Slots = append(as.shape.Slots, &s)
	if !as.extended {
		as.piece(p, sealed, len(as.shape.Slots)-1)
		return
	}
	as.shape.Extra = append(as.shape.Extra, Extra{Slot: &s, Literal: s.literal, Param: -1})
	as.piece(p, moved, len(as.shape.Extra)-1)
	if p.paired() {
		as.shape.Extra = append(as.shape.Extra, Extra{Slot: s.Twin(), Literal: s.literal, Param: -1})
		as.pair(len(as.shape.Extra) - 1)
	}
}

// pair makes the last piece a paired one.
func (as *assembly) pair(second int) {
	last := &as.shape.pieces[len(as.shape.pieces)-1]
	last.second = int32(second)
}

// param adds a slot that is filled from a parameter of the client's. The parameter itself takes the first role in which it
// is sealed, unless it is used as it comes as well; for every other role there is a parameter more.
func (as *assembly) param(p place) {
	number := as.number(p)
	in := as.paramFor(number, &p.slot)
	if !p.paired() {
		as.paramPiece(p, number, in)
		return
	}
	as.piece(p, pieceParam, in)
	as.pair(as.paramFor(number, p.slot.Twin()))
}

// paramFor is the number of the parameter that takes the client's parameter in a role.
func (as *assembly) paramFor(number int, slot *Slot) int {
	use := &as.uses[number-1]
	for i, s := range use.slots {
		if s.sameRole(slot) {
			return use.extra[i]
		}
	}
	s := *slot
	s.literal = -1
	as.shape.Slots = append(as.shape.Slots, &s)
	in := number
	if use.native || len(use.slots) > 0 {
		as.shape.Extra = append(as.shape.Extra, Extra{Slot: &s, Literal: -1, Param: number - 1})
		in = len(as.shape.Params) + len(as.shape.Extra)
	} else {
		as.shape.Params[number-1] = &s
	}
	use.slots, use.extra = append(use.slots, &s), append(use.extra, in)
	return in
}

// askSealed decides what becomes of "$1::text IS NULL" where $1 is sealed elsewhere too: the sealed value is asked, without the cast, if the cast is to the
// type in which it is sealed in all its roles. With another cast only the plain value could be asked, which nothing else needs to send.
func (as *assembly) askSealed(places []place) *Refusal {
	for _, p := range places {
		if p.kind != claimNeutral || p.first == p.last {
			continue
		}
		number := as.number(p)
		alike := true
		var sealed *Column
		for _, q := range places {
			if (q.kind == claimParam || q.kind == claimNeutral && q.first != q.last) && as.number(q) == number {
				alike = alike && stringType(q.slot.logicalOID()) == stringType(p.slot.Cast)
				if q.kind == claimParam {
					sealed = q.slot.Column
				}
			}
		}
		use := &as.uses[number-1]
		if sealed != nil && !alike && !use.native {
			return refuseOn(sealed, OperationNotSupported, fmt.Sprintf("a parameter for the sealed column %s is asked whether it is NULL under another type", sealed),
				"The server would get its plain value for that alone.", "Cast the parameter to "+sealed.Type.Name()+" in both places, or to nothing.")
		}
		use.native = use.native || sealed == nil
	}
	return nil
}

// neutral takes the cast from a parameter that is asked whether it is NULL, where the parameter itself is sealed.
func (as *assembly) neutral(p place) {
	if p.first == p.last || !as.extended {
		return
	}
	if number := as.number(p); !as.uses[number-1].native {
		as.piece(p, pieceParam, number)
	}
}

// number is that of the parameter at a place.
func (as *assembly) number(p place) int {
	number, _ := strconv.Atoi(string(as.src[as.toks[p.value].start+1 : as.toks[p.value].end]))
	return number
}

// logicalOID is the type in which a parameter is sent for the slot, unless the client says otherwise.
func (s *Slot) logicalOID() uint32 {
	switch {
	case s.Cast != 0 || s.Column == nil:
		return s.Cast
	case s.Array:
		return s.Column.Type.ArrayOID()
	}
	return s.Column.Type.OID
}

// stringType takes varchar for text, which travels in the same form.
func stringType(oid uint32) uint32 {
	switch oid {
	case value.OIDVarchar:
		return value.OIDText
	case value.Type{OID: value.OIDVarchar}.ArrayOID():
		return oidTextArray
	}
	return oid
}

// paramPiece rewrites a parameter where it has another number, or a cast around it.
func (as *assembly) paramPiece(p place, number, in int) {
	if number != in || p.first != p.last {
		as.piece(p, pieceParam, in)
	}
}

// sameRole tells whether one sealed value serves both slots.
func (s *Slot) sameRole(t *Slot) bool {
	return s.Column == t.Column && s.Array == t.Array && s.Search == t.Search && s.Other == t.Other && s.Both == t.Both && s.Free == t.Free && s.Cut == t.Cut && s.Cast == t.Cast
}

// size is the memory that a shape takes, about.
func (s *Shape) size() int {
	return int(unsafe.Sizeof(*s)) + len(s.Slots)*int(unsafe.Sizeof(Slot{})+8) + len(s.Params)*8 +
		len(s.Extra)*int(unsafe.Sizeof(Extra{})) + len(s.pieces)*int(unsafe.Sizeof(piece{})) +
		len(s.Statements)*int(unsafe.Sizeof(Statement{})) + outputsSize(s.Statements) + listsSize(s.lists)
}

func listsSize(lists []string) (bytes int) {
	for _, l := range lists {
		bytes += int(unsafe.Sizeof(l)) + len(l)
	}
	return bytes
}

func outputsSize(statements []Statement) (bytes int) {
	for i := range statements {
		bytes += 8 * len(statements[i].Outputs)
		if c := statements[i].Cursor; c != nil {
			bytes += int(unsafe.Sizeof(*c)) + len(c.Name) + 8*len(c.Outputs)
		}
		if c := statements[i].Copy; c != nil {
			bytes += int(unsafe.Sizeof(*c)) + len(c.Fields)*int(unsafe.Sizeof(CopyField{}))
		}
	}
	return bytes
}
