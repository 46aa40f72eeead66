package plan

import pg_query "github.com/pganalyze/pg_query_go/v6"

// call analyses a function call.
func (a *analysis) call(ns *namespace, f *pg_query.FuncCall) operand {
	schema, name := lastText(f.Funcname)
	if schema == ownSchema {
		a.named = true
		a.refuse(refuseOwnSchema())
	}
	if r := a.catalogue.refusedFunction(name); r != nil {
		a.named = true
		a.refuse(r)
	}
	use := "the function " + name + "()"
	if name == "count" && (schema == "" || schema == "pg_catalog") && len(f.Args) == 1 && !f.AggWithinGroup {
		o := a.expression(ns, f.Args[0])
		if f.AggDistinct {
			a.grouped(o.lineage, "count(DISTINCT)")
		}
	} else {
		for _, arg := range f.Args {
			a.native(ns, arg, use)
		}
	}
	for _, n := range f.AggOrder {
		if c := a.expression(ns, n.GetSortBy().GetNode()).sealed(); c != nil {
			a.refuse(refuseUse(c, "ORDER BY in an aggregate", hintSort))
		}
	}
	a.condition(ns, f.AggFilter, "FILTER")
	a.window(ns, f.Over)
	return operand{name: name}
}
