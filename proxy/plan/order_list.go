package plan

import (
	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// spellInsert writes the columns of an INSERT into it that names none: as many as it gives values.
func (a *analysis) spellInsert(s *pg_query.InsertStmt, r *Relation, given int) {
	if s.SelectStmt == nil || !a.listMissing(r, len(s.Cols)) {
		return
	}
	last, ok := a.nameEnd(s.Relation.GetLocation())
	if ok && a.isWord(last+1, "as") {
		last += 2
	}
	names := firstNames(r, given)
	a.spellList(last, ok, names, func() { s.Cols = targetNodes(names) })
}

// spellMergeInsert writes the columns into the INSERT of a MERGE that names none. nth counts such INSERTs of the statement from 0.
func (a *analysis) spellMergeInsert(s *pg_query.MergeStmt, w *pg_query.MergeWhenClause, r *Relation, nth int) {
	if !a.listMissing(r, len(w.TargetList)) {
		return
	}
	last, ok := a.mergeInsertWord(s.Relation.GetLocation(), nth)
	names := firstNames(r, len(w.Values))
	a.spellList(last, ok, names, func() { w.TargetList = targetNodes(names) })
}

// mergeInsertWord finds the word INSERT of a WHEN clause that has values and no columns.
func (a *analysis) mergeInsertWord(location int32, nth int) (i int, ok bool) {
	i, ok = a.tokenAt(location)
	for ; ok && i < len(a.toks); i++ {
		if a.isWord(i, "insert") && a.isWord(i-1, "then") && (a.isWord(i+1, "values") || a.isWord(i+1, "overriding")) {
			if nth == 0 {
				return i, true
			}
			nth--
		}
	}
	return 0, false
}

// spellCopy writes the columns of a COPY into it that names none.
func (a *analysis) spellCopy(s *pg_query.CopyStmt, r *Relation, fields []CopyField) {
	if !a.listMissing(r, len(s.Attlist)) {
		return
	}
	last, ok := a.nameEnd(s.Relation.GetLocation())
	names := make([]string, len(fields))
	for i := range fields {
		names[i] = fields[i].Name
	}
	a.spellList(last, ok, names, func() { s.Attlist = nameNodes(names) })
}

// listMissing tells whether a statement leaves it to the server which columns of r it writes or reads, and the server would take them in another
// order than the application.
func (a *analysis) listMissing(r *Relation, listed int) bool {
	if r == nil || !r.Moved || listed > 0 {
		return false
	}
	if r.Unordered {
		a.refuse(refuseOrder(quoteIdent(r.Name), whyUnordered, hintList))
		return false
	}
	return true
}

func (a *analysis) spellList(last int, found bool, names []string, apply func()) {
	if !found || last >= len(a.toks) {
		a.refuse(refuseUnclear("The place of a table's columns could not be found.", hintList))
		return
	}
	if len(names) > 0 {
		a.spell(claimBehind, last, last, " ("+quoted(names)+") ", apply)
	}
}

// firstNames are the names of the first n columns, as far as there are so many.
func firstNames(r *Relation, n int) []string {
	return columnNames(r.Columns[:min(n, len(r.Columns))])
}

// targetNodes are columns as the tree of an INSERT has them.
func targetNodes(names []string) []*node {
	list := make([]*node, len(names))
	for i, name := range names {
		list[i] = &node{Node: &pg_query.Node_ResTarget{ResTarget: &pg_query.ResTarget{Name: name}}}
	}
	return list
}
