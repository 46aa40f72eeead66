package plan

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// refuseIfNamed refuses where something below n names what is protected.
func (a *analysis) refuseIfNamed(n *node, r *Refusal) {
	if a.mentioned(n) {
		a.named = true
		a.refuse(r)
	}
}

// mentioned tells whether something below n names what is protected. Common table expressions are not looked at, so that
// one of such a name counts too.
func (a *analysis) mentioned(n *node) (found bool) {
	walk(n, func(m any) bool {
		switch x := m.(type) {
		case *pg_query.RangeVar:
			found = found || x.Schemaname == ownSchema || a.protectedName(x.Schemaname, x.Relname) || a.closedStatistics(x.Relname)
		case *pg_query.IntoClause:
			found = found || len(a.catalogue.Named(x.Rel.GetRelname())) > 0
		case *pg_query.TypeName:
			schema, name := lastText(x.Names)
			found = found || schema == ownSchema || a.protectedName(schema, name)
		case *pg_query.FuncCall:
			schema, name := lastText(x.Funcname)
			found = found || schema == ownSchema || a.catalogue.refusedFunction(name) != nil
		}
		return !found
	})
	return found
}

// protectedName tells whether a name may mean a protected relation.
func (a *analysis) protectedName(schema, name string) bool {
	return slices.ContainsFunc(a.catalogue.Named(name), func(r *Relation) bool { return schema == "" || schema == r.Schema })
}

// closedStatistics tells whether a name, which may have been written with escapes, is that of statistics that are not to be read.
func (a *analysis) closedStatistics(name string) bool {
	return fixedSigns[name]&signStatistics != 0 && a.catalogue.keyedReads()
}
