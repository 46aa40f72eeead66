package plan

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// coalesce analyses COALESCE: it only asks which of its arguments are NULL, and sealing keeps NULL.
func (a *analysis) coalesce(ns *namespace, args []*node) lineage {
	branches := make([]lineage, len(args))
	for i, n := range args {
		branches[i] = a.trace(ns, n).lineage
	}
	return a.merge("COALESCE", branches)
}

// choose analyses CASE: its conditions decide, its results are passed on.
func (a *analysis) choose(ns *namespace, c *pg_query.CaseExpr) lineage {
	var branches []lineage
	for _, n := range c.Args {
		when := n.GetCaseWhen()
		if c.Arg != nil {
			a.compare(ns, side{node: c.Arg}, side{node: when.GetExpr()}, comparison{op: "=", words: "CASE"})
		} else {
			a.condition(ns, when.GetExpr(), "CASE")
		}
		branches = append(branches, a.trace(ns, when.GetResult()).lineage)
	}
	if c.Defresult != nil {
		branches = append(branches, a.trace(ns, c.Defresult).lineage)
	}
	return a.merge("CASE", branches)
}

// nullIf analyses NULLIF: the value of its first argument, unless it equals the second. Where neither is sealed the server compares them.
func (a *analysis) nullIf(ns *namespace, e *pg_query.A_Expr) lineage {
	first := a.trace(ns, e.Lexpr).lineage
	a.compare(ns, side{lineage: first, known: true}, side{node: e.Rexpr}, comparison{op: "=", words: "NULLIF"})
	if first.sealed() == nil && !slices.ContainsFunc(first.open, func(o open) bool { return o.role == sealedFor }) {
		return lineage{}
	}
	return first
}
