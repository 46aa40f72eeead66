package plan

import pg_query "github.com/pganalyze/pg_query_go/v6"

// createView judges CREATE VIEW over protected tables: values must be followed through its query, as they will be when it is used.
func (a *analysis) createView(s *pg_query.ViewStmt) {
	if s.View.GetRelpersistence() == "t" {
		a.refuse(refuseTemporary(s.View.GetRelname()))
	}
	a.newView(s.View, s.Query)
	a.current.NeedsKey = false // nothing is read
	switch name := s.View.GetRelname(); {
	case !s.Replace:
	case a.replaces(s):
		a.current.Above = closure(a.catalogue.readers, name)
	default:
		a.current.ReplacesAny = true // what is above a native view is not known
	}
}

// createMaterialized judges CREATE MATERIALIZED VIEW, whose rows are sealed values as they lie; and refuses CREATE TABLE AS.
func (a *analysis) createMaterialized(s *pg_query.CreateTableAsStmt, name string) {
	if s.Objtype != pg_query.ObjectType_OBJECT_MATVIEW {
		a.refuse(refuseDDL(name))
		return
	}
	a.newView(s.Into.GetRel(), s.Query)
}

func (a *analysis) newView(name *pg_query.RangeVar, query *node) {
	q := query.GetSelectStmt()
	if q == nil {
		a.refuse(refuseDDL(name.GetRelname()))
		return
	}
	a.query(&namespace{}, q, nil, nil)
	a.current.Creates = name.GetRelname()
}

// replaces tells whether a definition puts another query under the name of a view over protected tables.
func (a *analysis) replaces(s *pg_query.ViewStmt) bool {
	if !s.Replace || len(a.catalogue.Homonyms[s.View.GetRelname()]) > 0 {
		return false
	}
	all := a.catalogue.Named(s.View.GetRelname())
	return len(all) == 1 && all[0].Kind == 'v' && (s.View.Schemaname == "" || s.View.Schemaname == all[0].Schema)
}
