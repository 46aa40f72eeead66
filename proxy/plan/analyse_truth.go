package plan

import (
	pg_query "github.com/pganalyze/pg_query_go/v6"

	"github.com/legatics/pgseal/proxy/value"
)

// condition analyses an expression of which only matters whether it is true. A sealed boolean that stands there by itself is compared with a
// sealed true.
func (a *analysis) condition(ns *namespace, n *node, use string) {
	ref := n.GetColumnRef()
	if ref == nil {
		a.native(ns, n, use)
		return
	}
	c := a.expression(ns, n).sealed()
	switch {
	case c == nil:
	case c.Type.OID == value.OIDBool && c.searchable():
		a.claimTruth(c, n, ref)
	default:
		a.refuse(refuseUse(c, use, hintFor(use)))
	}
}

// claimTruth claims a column reference that is to be compared with true.
func (a *analysis) claimTruth(c *Column, n *node, ref *pg_query.ColumnRef) {
	first, ok := a.tokenAt(ref.Location)
	last := first + 2*(len(ref.Fields)-1)
	for i := first + 1; i < last; i += 2 {
		ok = ok && a.isOp(i, ".")
	}
	if !ok || last >= len(a.toks) {
		a.refuse(refuseUnclear("The place of a condition could not be found.", "Compare the column with true."))
		return
	}
	a.current.NeedsKey = true
	a.add(claim{kind: claimTruth, first: first, last: last, value: first, slot: Slot{Column: c, Search: true}, node: n})
}

// truth is the tree of a column reference that is compared with true.
func truth(ref, sealed *node) *node {
	return &node{Node: &pg_query.Node_AExpr{AExpr: &pg_query.A_Expr{Kind: pg_query.A_Expr_Kind_AEXPR_OP, Name: []*node{pg_query.MakeStrNode("=")}, Lexpr: ref, Rexpr: sealed}}}
}
