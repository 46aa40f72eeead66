package plan

import pg_query "github.com/pganalyze/pg_query_go/v6"

// overColumns refuses an expression that the database keeps, over the columns of one table, where it computes with a sealed one. With
// nullTests, a column may be held against NULL, which is never sealed. The policy's own check of what it finds is the same.
func (a *analysis) overColumns(r *Relation, expr *node, clause string, nullTests bool) {
	if expr == nil {
		return
	}
	walk(expr, func(m any) bool {
		switch x := m.(type) {
		case *pg_query.NullTest:
			name := plainName(x.Arg.GetColumnRef())
			return !nullTests || name == "" || r.attributeNamed(name) == nil
		case *pg_query.ColumnRef:
			a.overColumn(r, plainName(x), clause)
		case *pg_query.TypeName:
			a.typeName(x)
		case *pg_query.FuncCall:
			if _, name := lastText(x.Funcname); a.catalogue.Functions[name] != "" {
				a.refuse(refuseFunction(name, a.catalogue.Functions[name]))
			}
		case *pg_query.SubLink:
			a.refuse(refuseUnclear("A definition has a subquery in an expression.", hintSimpler))
		}
		return true
	})
}

// overColumn refuses a sealed column, or the whole row of a table that has one.
func (a *analysis) overColumn(r *Relation, name, clause string) {
	c := r.sealedNamed(name)
	if r.attributeNamed(name) == nil && r.Sealed && (name == "" || name == r.Name) {
		for i := range r.Columns {
			c = cmpColumn(c, r.sealedNamed(r.Columns[i].Name))
		}
	}
	if c != nil {
		a.refuse(refuseDefinition(c, clause, "The server would compute with sealed values.", hintCompute))
	}
}

// plainName is the last name of a column reference, empty for a star.
func plainName(ref *pg_query.ColumnRef) string {
	names := texts(ref.GetFields())
	if len(names) == 0 {
		return ""
	}
	return names[len(names)-1]
}
