package plan

import (
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v6"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// native analyses an expression that must not give the value of a sealed column to what uses it.
func (a *analysis) native(ns *namespace, n *node, use string) {
	if c := a.expression(ns, n).sealed(); c != nil {
		a.refuse(refuseUse(c, use, hintFor(use)))
	}
}

// hintFor is the way out of a use that a sealed column does not allow.
func hintFor(use string) string {
	switch {
	case use == "WHERE" || use == "HAVING" || use == "JOIN ... ON" || strings.HasPrefix(use, "the operator"):
		return hintEquality
	}
	return hintFunction
}

// expression analyses an expression whose value the server works on, and tells whether it is a protected column's value, unchanged.
// Literals and parameters that it may be have their role then.
func (a *analysis) expression(ns *namespace, n *node) operand {
	o := a.trace(ns, n)
	a.settle(o.lineage)
	o.open = nil
	return o
}

// trace analyses an expression whose value is passed on, and tells where it comes from. What takes the value decides about the literals and
// parameters that it may be.
func (a *analysis) trace(ns *namespace, n *node) operand {
	switch x := n.GetNode().(type) {
	case nil, *pg_query.Node_SetToDefault, *pg_query.Node_CurrentOfExpr:
		return operand{}
	case *pg_query.Node_AConst, *pg_query.Node_ParamRef:
		return operand{lineage: a.ofValue(asValue(n), false)}
	case *pg_query.Node_ColumnRef:
		return a.column(ns, x.ColumnRef)
	case *pg_query.Node_AIndirection:
		return a.indirection(ns, x.AIndirection)
	case *pg_query.Node_TypeCast:
		a.typeName(x.TypeCast.TypeName)
		return operand{lineage: a.castOf(ns, n, x.TypeCast), name: a.castName(ns, x.TypeCast)}
	case *pg_query.Node_CoalesceExpr:
		return operand{lineage: a.coalesce(ns, x.CoalesceExpr.Args)}
	case *pg_query.Node_CaseExpr:
		return operand{lineage: a.choose(ns, x.CaseExpr)}
	case *pg_query.Node_AExpr:
		if x.AExpr.Kind == pg_query.A_Expr_Kind_AEXPR_NULLIF {
			return operand{lineage: a.nullIf(ns, x.AExpr)}
		}
		a.operator(ns, x.AExpr)
	case *pg_query.Node_NullTest:
		a.nullTest(ns, x.NullTest)
	case *pg_query.Node_FuncCall:
		if isUnnest(x.FuncCall) && len(x.FuncCall.Args) == 1 {
			return operand{lineage: a.unnested(ns, x.FuncCall.Args[0]), name: "unnest"}
		}
		return a.call(ns, x.FuncCall)
	case *pg_query.Node_SubLink:
		return a.sublink(ns, x.SubLink)
	case *pg_query.Node_SelectStmt:
		a.noSealed(a.query(ns.inner(), x.SelectStmt, nil, nil), "a subquery as a value")
	case *pg_query.Node_RangeVar:
		a.refuseIfNamed(n, refuseUnclear("A table is named where its columns cannot be followed.", hintSimpler))
	case *pg_query.Node_TypeName:
		a.typeName(x.TypeName)
	case *pg_query.Node_BoolExpr:
		for _, arg := range x.BoolExpr.Args {
			a.condition(ns, arg, "the use as a condition")
		}
	case *pg_query.Node_BooleanTest:
		a.condition(ns, x.BooleanTest.Arg, "IS TRUE")
	default:
		a.children(ns, n, useOf(n))
	}
	return operand{}
}

// useOf names a kind of expression for a refusal.
func useOf(n *node) string {
	switch n.GetNode().(type) {
	case *pg_query.Node_MinMaxExpr:
		return "GREATEST and LEAST"
	case *pg_query.Node_RowExpr:
		return "ROW"
	case *pg_query.Node_AArrayExpr:
		return "ARRAY"
	case *pg_query.Node_CollateClause:
		return "COLLATE"
	}
	return "this expression"
}

// children analyses everything below a node whose own meaning does not matter.
func (a *analysis) children(ns *namespace, n *node, use string) {
	var below func(m protoreflect.Message)
	below = func(m protoreflect.Message) {
		switch x := m.Interface().(type) {
		case *pg_query.Node:
			if x.GetList() != nil || x.GetDefElem() != nil {
				eachChild(m, below)
				return
			}
			a.native(ns, x, use)
		case *pg_query.SelectStmt:
			a.noSealed(a.query(ns.inner(), x, nil, nil), use)
		case *pg_query.RangeVar:
			a.refuseIfNamed(&node{Node: &pg_query.Node_RangeVar{RangeVar: x}}, refuseUnclear("A table is named where its columns cannot be followed.", hintSimpler))
		case *pg_query.TypeName:
			a.typeName(x)
		case *pg_query.FuncCall:
			a.call(ns, x)
		default:
			eachChild(m, below)
		}
	}
	m := n.ProtoReflect()
	eachChild(m, func(inner protoreflect.Message) { eachChild(inner, below) })
}

// castOf analyses a cast: a literal or parameter keeps it, a sealed column takes those that leave its values what they are.
func (a *analysis) castOf(ns *namespace, n *node, cast *pg_query.TypeCast) lineage {
	if v := asValue(n); v != nil {
		for _, t := range v.casts {
			a.typeName(t)
		}
		return a.ofValue(v, false)
	}
	l := a.trace(ns, cast.Arg).lineage
	switch c := l.sealed(); {
	case c != nil && keepsColumn(c, cast.TypeName):
		a.claimCast(c, cast, false)
		return a.through(l, cast, false)
	case c != nil:
		a.refuse(refuseUse(c, "a cast", hintFor("a cast")))
		return lineage{}
	case len(l.open) == 0:
		return lineage{}
	}
	return a.through(l, cast, false)
}

// noSealed refuses fields with a sealed column among them.
func (a *analysis) noSealed(fields []field, use string) {
	a.asNatives(fields)
	if c := hasSealed(fields); c != nil {
		a.refuse(refuseUse(c, use, hintFunction))
	}
}

// indirection analyses (x).y and (x)[1].
func (a *analysis) indirection(ns *namespace, ind *pg_query.A_Indirection) operand {
	first := ind.Indirection[0].GetString_()
	if names := texts(ind.Arg.GetColumnRef().GetFields()); first != nil && len(names) == 1 && len(ind.Indirection) == 1 {
		if len(find(ns.fields, names[0])) == 0 && ns.sourceNamed("", names[0]) != nil {
			return a.qualified(ns, "", names[0], first.Sval)
		}
	}
	a.native(ns, ind.Arg, "the use of a part")
	for _, n := range ind.Indirection {
		if n.GetString_() == nil && n.GetAStar() == nil {
			a.children(ns, n, "a subscript")
		}
	}
	return operand{}
}

// castName is what a result column of a cast is called: like its argument, where that has a name.
func (a *analysis) castName(ns *namespace, c *pg_query.TypeCast) string {
	if names := texts(c.Arg.GetColumnRef().GetFields()); len(names) > 0 {
		return names[len(names)-1]
	}
	if c.Arg.GetTypeCast() != nil || c.Arg.GetAConst() != nil || c.Arg.GetParamRef() != nil {
		_, name := lastText(c.TypeName.GetNames())
		return name
	}
	return ""
}

// typeName refuses the row type of a protected table.
func (a *analysis) typeName(t *pg_query.TypeName) {
	schema, name := lastText(t.GetNames())
	if schema == ownSchema {
		a.named = true
		a.refuse(refuseOwnSchema())
	}
	for _, r := range a.catalogue.Named(name) {
		if schema == "" || schema == r.Schema {
			a.named = true
			a.refuse(refuseUnclear("The row type of the protected table "+r.Schema+"."+r.Name+" is used.", "Name the columns that are wanted."))
		}
	}
}

// nullTest analyses IS NULL: NULL is never sealed, so that it works on every column, and on parameters that are sealed.
func (a *analysis) nullTest(ns *namespace, t *pg_query.NullTest) {
	if v := asValue(t.Arg); v != nil && v.inner.GetParamRef() != nil && len(v.casts) <= 1 {
		a.claimNeutral(v)
		return
	}
	if o := a.trace(ns, t.Arg); t.Arg.GetColumnRef() == nil {
		a.settle(o.lineage)
	}
}
