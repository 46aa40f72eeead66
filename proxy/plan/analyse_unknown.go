package plan

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// unknownCall refuses what the analysis of names does not see as a call of a function that nobody has looked into: one that is
// written as if it were a column of a row (x.name), and, in a statement that is no query, any.
func (a *analysis) unknownCall(n *node) (found bool) {
	if len(a.catalogue.Unknown) == 0 {
		return false
	}
	query := isQuery(n)
	try := func(name string, call bool) {
		why, ok := a.catalogue.Unknown[name]
		if ok && (call || slices.Contains(a.catalogue.unknownOfRows, name)) {
			a.refuse(refuseUnknownFunction(name, why))
			found = true
		}
	}
	walk(n, func(m any) bool {
		switch x := m.(type) {
		case *pg_query.ColumnRef:
			if parts := texts(x.Fields); len(parts) > 1 {
				try(parts[len(parts)-1], false)
			}
		case *pg_query.A_Indirection:
			for _, part := range x.Indirection {
				try(part.GetString_().GetSval(), false)
			}
		case *pg_query.FuncCall:
			if _, name := lastText(x.Funcname); !query {
				try(name, true)
			}
		}
		return !found
	})
	return found
}
