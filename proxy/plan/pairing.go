package plan

import (
	"slices"
	"strconv"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// While the values of a deterministic column are sealed anew, a value that is searched for stands in the text twice, sealed in either round:
//
//	c = v            c = ANY (ARRAY[v1, v2])
//	c <> v           c <> ALL (ARRAY[v1, v2])
//	c IN (v, ...)    c IN (v1, v2, ...), and so in ARRAY[...]
//	c = ANY ($1)     the elements of the parameter are doubled; nothing of the text changes
//
// Everything else that rests on equal values being sealed alike is refused meanwhile.

// pairing is how a value stands there twice.
type pairing uint8

const (
	unpaired pairing = iota
	pairAny
	pairAll
	pairListed // the two are neighbours in a list
	pairArray  // the elements of an array are doubled
)

// around is what stands in front of the two and behind them.
func (p pairing) around() (front, behind string) {
	switch p {
	case pairAny:
		return " ANY (ARRAY[", "]) "
	case pairAll:
		return " ALL (ARRAY[", "]) "
	}
	return "", ""
}

// pairOf is how a value that is an operator's right side is looked for twice.
func pairOf(e *pg_query.A_Expr, op string) pairing {
	switch {
	case e.Kind != pg_query.A_Expr_Kind_AEXPR_OP:
		return unpaired
	case op == "=":
		return pairAny
	case op == "<>":
		return pairAll
	}
	return unpaired
}

// pairUp puts two nodes in the place of one, in the way of a pairing.
type pairUp func(single, first, second *node)

// pairUpOperator makes c = v the tree of c = ANY (ARRAY[v1, v2]).
func pairUpOperator(e *pg_query.A_Expr) pairUp {
	return func(_, first, second *node) {
		e.Kind = pg_query.A_Expr_Kind_AEXPR_OP_ANY
		if _, op := lastText(e.Name); op != "=" {
			e.Kind = pg_query.A_Expr_Kind_AEXPR_OP_ALL
		}
		e.Rexpr = &node{Node: &pg_query.Node_AArrayExpr{AArrayExpr: &pg_query.A_ArrayExpr{Elements: []*node{first, second}}}}
	}
}

// pairUpItem makes one item of a list two.
func pairUpItem(items *[]*node) pairUp {
	return func(single, first, second *node) {
		if i := slices.Index(*items, single); i >= 0 {
			*items = slices.Replace(*items, i, i+1, first, second)
		}
	}
}

// searchTwice looks for a value in both of the ways in which it may be sealed.
func (a *analysis) searchTwice(c *Column, l lineage, n *node, how comparison) {
	if how.pair == unpaired || len(l.open) != 1 || n == nil || l.open[0].value.node != n || how.pair == pairArray != l.open[0].array {
		a.refuse(refuseCompare(c, how.String()))
		return
	}
	o := l.open[0]
	o.pairUp = how.pairUp
	a.seal(o, Slot{Column: c, Search: true, Both: how.pair == pairArray, pair: how.pair})
}

// paired tells whether the claim's value stands there twice, in places of their own.
func (c *claim) paired() bool { return c.slot.pair != unpaired && c.slot.pair != pairArray }

// pairText is what stands in place of a paired claim i in the text that is parsed again.
func (a *analysis) pairText(i int) string {
	c := &a.claims[i]
	front, behind := c.slot.pair.around()
	if c.kind == claimParam || a.extended {
		first, second := a.pairParams(i)
		return front + " $" + strconv.Itoa(first) + " , $" + strconv.Itoa(second) + " " + behind
	}
	constant, physical := c.slot.proof()
	one := " '" + constant + "'::" + physical + " "
	return front + one + "," + one + behind
}

// pairParams are numbers of parameters that no other claim has.
func (a *analysis) pairParams(i int) (first, second int) {
	return proofParam + i, proofParam + len(a.claims) + i
}

// pair puts into the tree what stands in place of a paired claim.
func (a *analysis) pair(i int) {
	c := &a.claims[i]
	var both [2]*node
	if c.kind == claimParam || a.extended {
		first, second := a.pairParams(i)
		for j, number := range []int{first, second} {
			both[j] = &node{Node: &pg_query.Node_ParamRef{ParamRef: &pg_query.ParamRef{Number: int32(number)}}}
		}
	} else {
		constant, physical := c.slot.proof()
		for j := range both {
			both[j] = castNode(pg_query.MakeAConstStrNode(constant, 0), physicalType(physical, false))
		}
	}
	c.pairUp(c.node, both[0], both[1])
}

// proof is a stand-in of a sealed value, and its type.
func (s *Slot) proof() (constant, physical string) {
	if s.Column.Armoured {
		return proofArmour, "text"
	}
	return proofBytes, "bytea"
}

// appendPair appends the two that stand in place of one.
func (p *Plan) appendPair(dst []byte, piece *piece, w *sealWriter) (out []byte, err error) {
	front, behind := piece.pair.around()
	dst = append(dst, front...)
	switch piece.kind {
	case pieceParam:
		dst = append(appendParam(dst, int(piece.number)), ',')
		dst = appendParam(dst, int(piece.second))
	case pieceMoved:
		dst = append(appendParam(dst, len(p.Params)+int(piece.number)+1), ',')
		dst = appendParam(dst, len(p.Params)+int(piece.second)+1)
	default:
		slot := p.Slots[piece.number]
		for i, s := range []*Slot{slot, slot.Twin()} {
			if i > 0 {
				dst = append(dst, ',')
			}
			switch text := p.Literals[slot.literal]; {
			case text == nil && slot.Column.Armoured:
				dst = append(dst, " NULL::text "...)
			case text == nil:
				dst = append(dst, bytesNULL...)
			default:
				if dst, err = w.appendSealed(dst, s, text); err != nil {
					return dst, err
				}
			}
		}
	}
	return append(dst, behind...), nil
}

// pairing is that of the claim's pieces: those of the value alone, not of a cast beside it.
func (c *claim) pairing(kind pieceKind) pairing {
	if c.paired() && (kind == pieceSealed || kind == pieceMoved || kind == pieceParam) {
		return c.slot.pair
	}
	return unpaired
}
