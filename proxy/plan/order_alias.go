package plan

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// spellAlias writes the columns of FROM t AS x (a, b) in the order in which they lie, each under the name that the client gives to the column that
// stands there. names are those of the columns as they stand.
func (a *analysis) spellAlias(rv *pg_query.RangeVar, r *Relation, fields []field) {
	given := rv.Alias.GetColnames()
	switch {
	case len(given) == 0, len(given) > len(r.Columns) && len(r.Own) == 0: // too many: the server says so
		return
	case len(given) > len(r.Columns):
		a.refuse(refuseUnclear("FROM gives names to more columns than the table "+quoteIdent(r.Name)+" has.", "Give as many names as there are columns."))
		return
	}
	if r.Unordered {
		a.refuse(refuseOrder(quoteIdent(r.Name), whyUnordered, hintResults))
		return
	}
	var names []string
	for _, at := range r.asTheyLie() {
		name := at.Name
		if i := slices.IndexFunc(r.Columns, func(c Attribute) bool { return c.Attnum == at.Attnum }); i >= 0 {
			name = fields[i].name
		}
		names = append(names, name)
	}
	open, ok := a.aliasList(rv)
	end := open + 2*len(given)
	if !ok || !a.isOp(end, ")") {
		a.refuse(refuseUnclear("The place of the names that a table's columns are given could not be found.", hintColumns))
		return
	}
	a.spell(claimText, open, end, " ("+quoted(names)+") ", func() { rv.Alias.Colnames = nameNodes(names) })
}

// aliasList finds the parenthesis in front of the names that FROM gives to the columns of a table.
func (a *analysis) aliasList(rv *pg_query.RangeVar) (open int, ok bool) {
	i, ok := a.nameEnd(rv.Location)
	if !ok {
		return 0, false
	}
	i++
	if a.isOp(i, ")") || a.isOp(i, "*") { // ONLY (t), t *
		i++
	}
	if a.isWord(i, "as") {
		i++
	}
	return i + 1, a.isOp(i+1, "(")
}
