package plan

import pg_query "github.com/pganalyze/pg_query_go/v6"

// sublink analyses a subquery in an expression.
func (a *analysis) sublink(ns *namespace, s *pg_query.SubLink) operand {
	if s.SubLinkType == pg_query.SubLinkType_EXISTS_SUBLINK {
		a.exists = s.Subselect.GetSelectStmt()
	}
	fields := a.subquery(ns.inner(), s.Subselect)
	switch s.SubLinkType {
	case pg_query.SubLinkType_EXISTS_SUBLINK:
		a.asNatives(fields)
		return operand{name: "exists"}
	case pg_query.SubLinkType_EXPR_SUBLINK:
		if len(fields) == 1 && !fields[0].rest {
			return operand{lineage: fields[0].lineage, name: fields[0].name}
		}
		a.noSealed(fields, "a subquery of several columns as a value")
	case pg_query.SubLinkType_ANY_SUBLINK, pg_query.SubLinkType_ALL_SUBLINK:
		a.compareQuery(ns, s, fields)
	case pg_query.SubLinkType_ARRAY_SUBLINK:
		a.noSealed(fields, "ARRAY(subquery)")
	default:
		a.native(ns, s.Testexpr, "the comparison with a subquery's row")
		a.noSealed(fields, "the comparison with a subquery's row")
	}
	return operand{}
}

// compareQuery analyses x IN (SELECT ...), x = ANY (SELECT ...) and their like.
func (a *analysis) compareQuery(ns *namespace, s *pg_query.SubLink, fields []field) {
	_, op := lastText(s.OperName)
	if op == "" {
		op = "="
	}
	left := []*node{s.Testexpr}
	if row := s.Testexpr.GetRowExpr(); row != nil {
		left = row.Args
	}
	if hasRest(fields) || len(left) != len(fields) {
		a.noSealed(fields, "the comparison with columns that are not known")
		for _, n := range left {
			a.native(ns, n, "the comparison with columns that are not known")
		}
		return
	}
	for i, n := range left {
		a.compare(ns, side{node: n}, side{lineage: fields[i].lineage, known: true}, comparison{op: op, qualified: len(s.OperName) > 1})
	}
}
