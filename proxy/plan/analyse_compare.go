package plan

import (
	"slices"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// side is one side of a comparison: an expression, or what is known of a subquery's result.
type side struct {
	node *node
	lineage
	known bool // the lineage says all; there is no expression
}

// comparison is how two sides are compared.
type comparison struct {
	op        string
	qualified bool   // OPERATOR(schema.op)
	words     string // what a refusal calls it; the operator where it is empty
	pair      pairing
	pairUp    pairUp // of a paired one
}

// equality tells whether only equality of the values decides.
func (c comparison) equality() bool { return !c.qualified && (c.op == "=" || c.op == "<>") }

func (c comparison) String() string {
	if c.words != "" {
		return c.words
	}
	return "the operator " + c.op
}

// operator analyses an operator or a construct that is written like one.
func (a *analysis) operator(ns *namespace, e *pg_query.A_Expr) {
	schema, op := lastText(e.Name)
	how := comparison{op: op, qualified: schema != "" && schema != "pg_catalog"}
	switch e.Kind {
	case pg_query.A_Expr_Kind_AEXPR_OP:
		how.pair, how.pairUp = pairOf(e, op), pairUpOperator(e)
		a.compare(ns, side{node: e.Lexpr}, side{node: e.Rexpr}, how)
	case pg_query.A_Expr_Kind_AEXPR_DISTINCT, pg_query.A_Expr_Kind_AEXPR_NOT_DISTINCT:
		how.words = "IS DISTINCT FROM"
		a.compare(ns, side{node: e.Lexpr}, side{node: e.Rexpr}, how)
	case pg_query.A_Expr_Kind_AEXPR_IN:
		how.words = "IN"
		a.in(ns, e, how)
	case pg_query.A_Expr_Kind_AEXPR_OP_ANY, pg_query.A_Expr_Kind_AEXPR_OP_ALL:
		a.compareArray(ns, e, how)
	default:
		for _, n := range append(listed(e.Rexpr), e.Lexpr) {
			a.native(ns, n, constructName(e.Kind))
		}
	}
}

// in analyses x IN (list). A literal or parameter x can be sealed for one column only.
func (a *analysis) in(ns *namespace, e *pg_query.A_Expr, how comparison) {
	items := listed(e.Rexpr)
	if len(items) > 1 && e.Lexpr.GetRowExpr() == nil && asValue(e.Lexpr) != nil {
		for _, n := range append(items, e.Lexpr) {
			a.native(ns, n, "IN with a list of columns")
		}
		return
	}
	if l := e.Rexpr.GetList(); l != nil {
		how.pair, how.pairUp = pairListed, pairUpItem(&l.Items)
	}
	for _, item := range items {
		a.compare(ns, side{node: e.Lexpr}, side{node: item}, how)
	}
}

// listed is a list's items, or the node itself where it is no list.
func listed(n *node) []*node {
	if l := n.GetList(); l != nil {
		return slices.Clone(l.Items)
	}
	return []*node{n}
}

func constructName(k pg_query.A_Expr_Kind) string {
	name := strings.TrimPrefix(k.String(), "AEXPR_")
	switch k {
	case pg_query.A_Expr_Kind_AEXPR_SIMILAR:
		return "SIMILAR TO"
	case pg_query.A_Expr_Kind_AEXPR_LIKE, pg_query.A_Expr_Kind_AEXPR_ILIKE, pg_query.A_Expr_Kind_AEXPR_NULLIF:
		return name
	}
	return "BETWEEN"
}

// compare analyses a comparison of two values, or of two rows of values one by one.
func (a *analysis) compare(ns *namespace, l, r side, how comparison) {
	lrow, rrow := l.node.GetRowExpr(), r.node.GetRowExpr()
	if lrow != nil && rrow != nil && len(lrow.Args) == len(rrow.Args) && how.equality() {
		how.pair = unpaired
		for i := range lrow.Args {
			a.compare(ns, side{node: lrow.Args[i]}, side{node: rrow.Args[i]}, how)
		}
		return
	}
	a.resolve(ns, &l)
	a.resolve(ns, &r)
	if l.sealed() == nil {
		l, r = r, l
		how.pair = unpaired
	}
	c := l.sealed()
	switch {
	case c == nil:
		a.asNative(l.lineage)
		a.asNative(r.lineage)
		return
	case !how.equality():
		a.refuse(refuseUse(c, how.String(), hintEquality))
	case r.sealed() != nil, r.known && len(r.open) == 0:
		a.compareColumns(c, r.sealed(), how)
	default:
		a.search(c, r.lineage, r.node, how)
	}
	a.asCompared(l.lineage)
	if r.sealed() != nil {
		a.asCompared(r.lineage)
	}
}

// resolve finds out what a side is. Constants and parameters are left for the other side to say what they are.
func (a *analysis) resolve(ns *namespace, s *side) {
	if !s.known {
		s.lineage = a.trace(ns, s.node).lineage
	}
}

// compareColumns checks that two columns are sealed alike, so that equal values are equal as they lie there.
func (a *analysis) compareColumns(c, d *Column, how comparison) {
	switch {
	case d == nil:
		a.refuse(refuseUse(c, how.String()+" with a column that is not sealed", hintEquality))
	case !c.searchable():
		a.refuse(refuseCompare(c, how.String()))
	case !d.searchable():
		a.refuse(refuseCompare(d, how.String()))
	case !c.comparable(d):
		a.refuse(refuseUse(c, how.String()+" with "+d.String(), "Columns can be compared with each other where the policy puts them into one domain."))
	}
}

// search seals the literals and parameters that a sealed column is compared with.
func (a *analysis) search(c *Column, l lineage, n *node, how comparison) {
	values := slices.ContainsFunc(l.open, func(o open) bool { return !o.value.isNull() })
	switch {
	case len(l.open) == 0:
		a.refuse(refuseUse(c, how.String()+" with an expression", hintEquality))
	case values && c.searchableTwice():
		a.searchTwice(c, l, n, how)
	case values && !c.searchable():
		a.refuse(refuseCompare(c, how.String()))
	default:
		a.asSearch(c, l)
	}
}

// compareArray analyses x = ANY (array) and x <> ALL (array).
func (a *analysis) compareArray(ns *namespace, e *pg_query.A_Expr, how comparison) {
	how.words = "the operator " + how.op + " ANY or ALL"
	c := a.expression(ns, e.Lexpr).sealed()
	if c == nil {
		a.native(ns, e.Rexpr, how.String())
		return
	}
	elements := e.Rexpr.GetAArrayExpr()
	cast := e.Rexpr.GetTypeCast()
	if elements == nil {
		elements = cast.GetArg().GetAArrayExpr()
	}
	switch {
	case !how.equality():
		a.refuse(refuseUse(c, how.String(), hintEquality))
	case elements == nil:
		l := lineage{}
		if v := asValue(e.Rexpr); v != nil {
			l = a.ofValue(v, true)
		}
		how.pair = pairArray
		a.search(c, l, e.Rexpr, how)
	default:
		how.pair, how.pairUp = pairListed, pairUpItem(&elements.Elements)
		for _, item := range elements.Elements {
			a.compare(ns, side{lineage: ofColumn(c), known: true}, side{node: item}, how)
		}
		if cast != nil {
			a.claimCast(c, cast, true)
		}
	}
}
