package plan

import (
	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// group analyses an item of GROUP BY.
func (a *analysis) group(ns *namespace, n *node, results []field) {
	switch x := n.GetNode().(type) {
	case *pg_query.Node_GroupingSet:
		for _, item := range x.GroupingSet.Content {
			a.group(ns, item, results)
		}
		return
	case *pg_query.Node_RowExpr:
		for _, item := range x.RowExpr.Args {
			a.group(ns, item, results)
		}
		return
	case *pg_query.Node_AConst:
		a.grouped(a.ordinal(x.AConst, results, "GROUP BY"), "GROUP BY")
		return
	case *pg_query.Node_ColumnRef:
		// A column of the query's tables comes before a result of the same name.
		if names := texts(x.ColumnRef.Fields); len(names) == 1 && len(find(ns.fields, names[0])) == 0 {
			if hits := find(results, names[0]); len(hits) > 0 {
				for _, f := range hits {
					a.grouped(f.lineage, "GROUP BY")
				}
				if !hasUnknown(ns.fields) {
					return
				}
			}
		}
	}
	a.grouped(a.expression(ns, n).lineage, "GROUP BY")
}

// grouped checks that equal values of a column are equal on the server.
func (a *analysis) grouped(l lineage, clause string) {
	a.settle(l)
	if c := l.sealed(); c != nil && !c.searchable() {
		a.refuse(refuseCompare(c, clause))
	}
}

// ordinal returns the lineage of the result that a number stands for.
func (a *analysis) ordinal(c *pg_query.A_Const, results []field, clause string) lineage {
	i, ok := c.GetVal().(*pg_query.A_Const_Ival)
	if !ok {
		return lineage{}
	}
	n := int(i.Ival.Ival)
	if n < 1 || n > len(results) || hasRest(results[:n]) {
		if sealed := hasSealed(results); sealed != nil {
			a.refuse(refuseUnclear("A column number in "+clause+" does not say which column it is.", "Write the column's name."))
		}
		a.asNatives(results)
		return lineage{}
	}
	return results[n-1].lineage
}

// distinct analyses DISTINCT and DISTINCT ON.
func (a *analysis) distinct(ns *namespace, clause []*node, results []field) {
	for _, n := range clause {
		if n.GetNode() != nil {
			a.grouped(a.sortKey(ns, n, results, false, "DISTINCT ON"), "DISTINCT ON")
			continue
		}
		for _, f := range results {
			a.grouped(f.lineage, "DISTINCT")
		}
	}
}

// order analyses ORDER BY. Behind a set operation or VALUES only the results have names.
func (a *analysis) order(ns *namespace, clause []*node, results []field, resultsOnly bool) {
	for _, n := range clause {
		l := a.sortKey(ns, n.GetSortBy().GetNode(), results, resultsOnly, "ORDER BY")
		a.settle(l)
		if c := l.sealed(); c != nil {
			a.refuse(refuseUse(c, "ORDER BY", hintSort))
		}
	}
}

// sortKey returns the lineage of an item of ORDER BY or DISTINCT ON: by a result's number, by a result's name, or as an expression.
func (a *analysis) sortKey(ns *namespace, n *node, results []field, resultsOnly bool, clause string) lineage {
	if c := n.GetAConst(); c != nil {
		return a.ordinal(c, results, clause)
	}
	if names := texts(n.GetColumnRef().GetFields()); len(names) == 1 {
		hits := find(results, names[0])
		for _, f := range hits {
			if f.sealed() != nil {
				return f.lineage
			}
		}
		a.asNatives(hits)
		if len(hits) > 0 || resultsOnly {
			return lineage{}
		}
	}
	if resultsOnly {
		ns = &namespace{ctes: ns.ctes, fields: []field{{rest: true}}}
	}
	return a.expression(ns, n).lineage
}

// window analyses a window: OVER (...) or an item of WINDOW.
func (a *analysis) window(ns *namespace, w *pg_query.WindowDef) {
	if w == nil {
		return
	}
	for _, n := range w.PartitionClause {
		a.grouped(a.expression(ns, n).lineage, "PARTITION BY")
	}
	for _, n := range w.OrderClause {
		if c := a.expression(ns, n.GetSortBy().GetNode()).sealed(); c != nil {
			a.refuse(refuseUse(c, "ORDER BY in a window", hintSort))
		}
	}
	a.native(ns, w.StartOffset, "a window frame")
	a.native(ns, w.EndOffset, "a window frame")
}
