package plan

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// createIndex judges CREATE INDEX: over a sealed column it may be a plain one of equal values.
func (a *analysis) createIndex(s *pg_query.IndexStmt) {
	r := a.altered(s.Relation)
	clause := "CREATE INDEX"
	if s.Unique {
		clause = "CREATE UNIQUE INDEX"
	}
	for _, n := range s.IndexParams {
		elem := n.GetIndexElem()
		a.indexed(r, elem.GetName(), clause, s.Unique)
		a.overColumns(r, elem.GetExpr(), clause+" on an expression", false)
		c := r.sealedNamed(elem.GetName())
		_, collation := lastText(elem.GetCollation())
		switch {
		case c == nil:
		case !slices.Contains([]string{"", "btree", "hash"}, s.AccessMethod):
			a.refuse(refuseDefinition(c, clause+" USING "+s.AccessMethod, "It looks into values and would find sealed ones.", "Use btree or hash."))
		case collation != "" && collation != "C" && collation != "POSIX":
			a.refuse(refuseDefinition(c, clause+" with COLLATE", "The server might take sealed values of different texts for equal.", "Leave COLLATE out."))
		}
	}
	a.overColumns(r, s.WhereClause, clause+" with WHERE", true)
}
