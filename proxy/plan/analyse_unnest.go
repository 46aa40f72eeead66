package plan

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// isUnnest tells whether a call is nothing but unnest(...) of the server.
func isUnnest(f *pg_query.FuncCall) bool {
	schema, name := lastText(f.GetFuncname())
	return name == "unnest" && (schema == "" || schema == "pg_catalog") && len(f.Args) > 0 && f.AggOrder == nil && f.AggFilter == nil && f.Over == nil &&
		!f.AggDistinct && !f.AggStar && !f.AggWithinGroup && !f.FuncVariadic
}

// unnested is the lineage of the elements of an array: of a literal or parameter, or of ARRAY[...].
func (a *analysis) unnested(ns *namespace, n *node) lineage {
	if v := asValue(n); v != nil {
		for _, t := range v.casts {
			a.typeName(t)
		}
		return a.ofValue(v, true)
	}
	elements, cast := n.GetAArrayExpr(), n.GetTypeCast()
	if elements == nil {
		elements = cast.GetArg().GetAArrayExpr()
	}
	if elements == nil {
		a.native(ns, n, "the function unnest()")
		return lineage{}
	}
	branches := make([]lineage, len(elements.Elements))
	for i, item := range elements.Elements {
		branches[i] = a.trace(ns, item).lineage
	}
	l := a.merge("ARRAY", branches)
	if cast == nil {
		return l
	}
	a.typeName(cast.TypeName)
	if c := l.sealed(); c != nil {
		a.claimCast(c, cast, true)
	}
	for _, o := range l.open {
		if len(o.value.casts) == 0 && l.sealed() == nil {
			o.typed = typeOID(cast.TypeName)
		}
	}
	return a.through(l, cast, true)
}

// fromUnnest makes a source of unnest(array, ...) in FROM; ok is false where it has another form.
func (a *analysis) fromUnnest(ns *namespace, f *pg_query.RangeFunction) (item fromItem, ok bool) {
	if f.IsRowsfrom || len(f.Functions) != 1 || len(f.Coldeflist) > 0 {
		return fromItem{}, false
	}
	parts := f.Functions[0].GetList().GetItems()
	if len(parts) == 0 || slices.ContainsFunc(parts[1:], func(n *node) bool { return n.GetNode() != nil }) {
		return fromItem{}, false
	}
	call := parts[0].GetFuncCall()
	if call == nil || !isUnnest(call) {
		return fromItem{}, false
	}
	s := &source{name: "unnest"}
	for _, arg := range call.Args {
		name := "unnest"
		if f.Alias != nil && len(call.Args) == 1 {
			name = f.Alias.Aliasname
		}
		s.fields = append(s.fields, a.asField(field{name: name, lineage: a.unnested(ns, arg)}))
	}
	if f.Ordinality {
		s.fields = append(s.fields, field{name: "ordinality"})
	}
	a.alias(s, f.Alias)
	return itemOf(s), true
}
