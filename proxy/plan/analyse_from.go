package plan

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// from adds the items of a FROM clause to ns, one after the other.
func (a *analysis) from(ns *namespace, items []*node) {
	for _, n := range items {
		if a.tooWide(len(ns.fields)) {
			return
		}
		*ns = *ns.with(a.fromItem(ns, n))
	}
}

// fromItem analyses one item. ns has the items in front of it, which LATERAL and functions see.
func (a *analysis) fromItem(ns *namespace, n *node) fromItem {
	switch x := n.GetNode().(type) {
	case *pg_query.Node_RangeVar:
		return a.fromName(ns, n, x.RangeVar)
	case *pg_query.Node_RangeSubselect:
		return a.fromQuery(ns, x.RangeSubselect)
	case *pg_query.Node_JoinExpr:
		return a.join(ns, x.JoinExpr)
	case *pg_query.Node_RangeTableSample:
		for _, arg := range append(x.RangeTableSample.Args, x.RangeTableSample.Repeatable) {
			a.native(ns, arg, "TABLESAMPLE")
		}
		return a.fromItem(ns, x.RangeTableSample.Relation)
	case *pg_query.Node_RangeFunction:
		if item, ok := a.fromUnnest(ns, x.RangeFunction); ok {
			return item
		}
		a.children(ns, n, "a function in FROM")
		return a.unknownSource(functionName(x.RangeFunction), x.RangeFunction.Alias)
	case *pg_query.Node_RangeTableFunc:
		a.children(ns, n, "XMLTABLE")
		return a.unknownSource("xmltable", x.RangeTableFunc.Alias)
	case *pg_query.Node_JsonTable:
		a.children(ns, n, "JSON_TABLE")
		return a.unknownSource("json_table", x.JsonTable.Alias)
	}
	a.refuse(refuseUnclear("An item in FROM has a form that is not known.", hintSimpler))
	return fromItem{}
}

// unknownSource is a source of native columns that are not known.
func (a *analysis) unknownSource(name string, alias *pg_query.Alias) fromItem {
	s := &source{name: name, fields: []field{{rest: true}}}
	a.alias(s, alias)
	return itemOf(s)
}

// functionName is the name that a function in FROM goes by without an alias.
func functionName(f *pg_query.RangeFunction) string {
	if len(f.Functions) != 1 {
		return ""
	}
	if items := f.Functions[0].GetList().GetItems(); len(items) > 0 {
		_, name := lastText(items[0].GetFuncCall().GetFuncname())
		return name
	}
	return ""
}

// fromName makes a source of a common table expression or a table.
func (a *analysis) fromName(ns *namespace, n *node, rv *pg_query.RangeVar) fromItem {
	if rv.Schemaname == "" {
		if c := ns.lookupCTE(rv.Relname); c != nil {
			if c.pending {
				a.refuse(refuseUnclear("A WITH query uses one that comes after it.", "Change the order of the WITH queries."))
			}
			s := &source{name: c.name, fields: c.fields}
			a.alias(s, rv.Alias)
			return itemOf(s)
		}
	}
	r := a.relation(rv)
	if r != nil {
		a.touch(r, true, false)
	}
	s := a.table(rv, r)
	if s.moved {
		s.item = fromTable{n, r}
	}
	return itemOf(s)
}

func (a *analysis) fromQuery(ns *namespace, sub *pg_query.RangeSubselect) fromItem {
	inner := ns.beside()
	if sub.Lateral {
		inner = ns.inner()
	}
	s := &source{fields: a.subquery(inner, sub.Subquery)}
	a.alias(s, sub.Alias)
	return itemOf(s)
}

// subquery analyses a query inside of another statement.
func (a *analysis) subquery(ns *namespace, n *node) []field {
	s, ok := n.GetNode().(*pg_query.Node_SelectStmt)
	if !ok {
		a.refuse(refuseUnclear("A subquery has a form that is not known.", hintSimpler))
		return nil
	}
	return resolved(a.query(ns, s.SelectStmt, nil, nil))
}

// join analyses a join: its right side may see the left one, its condition sees both and nothing beside them.
func (a *analysis) join(ns *namespace, j *pg_query.JoinExpr) fromItem {
	left := a.fromItem(ns, j.Larg)
	right := a.fromItem(ns.with(left), j.Rarg)
	if a.tooWide(len(left.fields) + len(right.fields)) {
		return fromItem{}
	}
	both := fromItem{sources: slices.Concat(left.sources, right.sources)}
	names := texts(j.UsingClause)
	if j.IsNatural {
		names = a.natural(left.fields, right.fields)
	}
	shared := a.merged(left.fields, right.fields, names, j.Jointype)
	if j.IsNatural && (hasUnknown(left.fields) || hasUnknown(right.fields)) {
		both.fields = append(both.fields, field{rest: true}) // columns that are shared and not known
	}
	both.fields = append(both.fields, shared...)
	taken := j.IsNatural || len(names) > 0
	both.fields = append(both.fields, without(left.fields, names, taken)...)
	both.fields = append(both.fields, without(right.fields, names, taken)...)
	if j.Quals != nil {
		a.condition((&namespace{parent: ns.parent, ctes: ns.ctes}).with(both), j.Quals, "JOIN ... ON")
	}
	if u := j.JoinUsingAlias; u != nil {
		both.sources = append(both.sources, &source{name: u.Aliasname, fields: shared})
	}
	if j.Alias != nil {
		s := &source{fields: both.fields, moved: movedSource(both.sources), joined: both.sources}
		a.alias(s, j.Alias)
		if s.moved && len(j.Alias.Colnames) > 0 && !a.stored && !a.embedOne(s) {
			a.refuse(refuseOrder("the join "+quoteIdent(s.name), whyMoved, hintResults))
		}
		return itemOf(s)
	}
	return both
}

// without returns the fields that have none of the names. taken tells that others may be gone as well, of those that are not known.
func without(fields []field, names []string, taken bool) []field {
	left := slices.DeleteFunc(slices.Clone(fields), func(f field) bool { return !f.rest && !f.unnamed && slices.Contains(names, f.name) })
	for i := range left {
		left[i].part = left[i].part || left[i].rest && taken
	}
	return left
}

// natural returns the names that two sides share, as far as they are known.
func (a *analysis) natural(left, right []field) (shared []string) {
	for _, f := range left {
		if !f.rest && !f.unnamed && len(find(right, f.name)) > 0 {
			shared = append(shared, f.name)
		}
	}
	for _, side := range [][2][]field{{left, right}, {right, left}} {
		if c := hasSealed(side[0]); c != nil && hasUnknown(side[1]) {
			a.refuse(refuseOn(c, StatementNotUnderstood, "the columns of a NATURAL JOIN are not known",
				"The sealed column "+c.String()+" may be one of those that the tables share.", "Write JOIN ... ON, or JOIN ... USING with the columns."))
		}
	}
	return shared
}
