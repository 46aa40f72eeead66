package plan

import (
	"fmt"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// target is a column that a statement writes.
type target struct {
	name   string
	column *Column // nil: native
	filled bool    // the server fills it itself where the statement does not
}

// targetOf makes a target of a relation's column; r is nil for a native table.
func (a *analysis) targetOf(r *Relation, name string) target {
	if r == nil {
		return target{name: name}
	}
	for i := range r.Columns {
		if at := &r.Columns[i]; at.Name == name {
			return attributeTarget(at)
		}
	}
	a.refuse(refuseUnclear(fmt.Sprintf("The table %s.%s has no column %s.", r.Schema, r.Name, quoteIdent(name)), ""))
	return target{name: name}
}

func attributeTarget(at *Attribute) target {
	return target{name: at.Name, column: at.Protected, filled: at.HasDefault || at.Generated || at.Identity}
}

// store analyses an expression whose value is written into t: it has to be a value that can be sealed on its way, or one
// that is sealed for the column already.
func (a *analysis) store(ns *namespace, t target, n *node) operand {
	c := t.column
	if c != nil && c.RequiresWrite {
		a.current.NeedsKey = true
	}
	if n.GetSetToDefault() != nil {
		a.storeDefault(t)
		return operand{name: t.name}
	}
	if v := asValue(n); v != nil && c.seals() {
		if v.isNull() {
			a.claimNull(c, v, false)
		} else {
			a.claimValue(open{pending: &pending{value: v}}, Slot{Column: c})
		}
		return operand{}
	}
	o := a.trace(ns, n)
	o.lineage = a.keep(t, o.lineage)
	return o
}

// storeDefault checks what the server would fill in by itself.
func (a *analysis) storeDefault(t target) {
	if t.filled && t.column.seals() {
		a.refuse(refuseDefault(t.column))
	}
}

// keep ends a value in a column: it is sealed for it already, or is a literal or parameter that is sealed now. It returns the lineage of what
// is stored.
func (a *analysis) keep(t target, l lineage) lineage {
	from, c := l.sealed(), t.column
	if c != nil && c.RequiresWrite {
		a.current.NeedsKey = true
	}
	switch {
	case from != nil && (!c.opens() || !c.storable(from)):
		a.refuse(refuseFlow(from, "the column "+quoteIdent(t.name)))
	case l.loose && c.fits():
		a.refuse(refuseStored(c, "a literal or parameter that the server would still have to fit to the column's type"))
	case c.seals() && len(l.open) > 0:
		a.asStored(c, l)
		return ofColumn(c)
	case from == nil && c.seals():
		a.refuse(refuseStored(c, "an expression that the server computes"))
	case from == nil && c.opens() && !c.Armoured && c.Key.Family != "bytea":
		a.refuse(refuseOn(c, OperationNotSupported, fmt.Sprintf("the column %s cannot be written yet", c),
			"Not every proxy has agreed to seal it.", "Try again in a few seconds."))
	}
	a.settle(l)
	l.open = nil
	return l
}

// insert analyses INSERT and returns the fields of its RETURNING list.
func (a *analysis) insert(ns *namespace, s *pg_query.InsertStmt) []field {
	a.with(ns, s.WithClause)
	r := a.relation(s.Relation)
	if r != nil {
		a.touch(r, s.ReturningList != nil || s.OnConflictClause != nil, true)
	}
	into := a.insertTargets(r, s.Cols)
	given := 0 // DEFAULT VALUES
	if s.SelectStmt != nil {
		given = a.insertRows(ns, s.SelectStmt, into)
	}
	a.spellInsert(s, r, given)
	for i := given; i < len(into); i++ {
		a.storeDefault(into[i])
	}
	a.storeHidden(r)
	self := &namespace{parent: ns.parent, ctes: ns.ctes}
	*self = *self.with(itemOf(a.table(s.Relation, r)))
	a.onConflict(self, s.OnConflictClause, r)
	return a.results(self, resultList{nodes: &s.ReturningList}, nil)
}

// insertTargets returns the columns in the order of the values. Those that are left out are checked for defaults here.
func (a *analysis) insertTargets(r *Relation, cols []*node) []target {
	var into []target
	if len(cols) == 0 {
		if r == nil {
			return nil
		}
		for i := range r.Columns {
			into = append(into, attributeTarget(&r.Columns[i]))
		}
		return into
	}
	named := make(map[string]bool, len(cols))
	for _, n := range cols {
		res := n.GetResTarget()
		t := a.targetOf(r, res.Name)
		if len(res.Indirection) > 0 && t.column.opens() {
			a.refuse(refuseStored(t.column, "a part of a value"))
		}
		into = append(into, t)
		named[res.Name] = true
	}
	if r != nil {
		for i := range r.Columns {
			if at := &r.Columns[i]; !named[at.Name] {
				a.storeDefault(attributeTarget(at))
			}
		}
	}
	return into
}

// insertRows analyses the source of the rows and returns how many columns it gives.
func (a *analysis) insertRows(ns *namespace, n *node, into []target) int {
	s := n.GetSelectStmt()
	if s == nil {
		a.refuse(refuseUnclear("The source of an INSERT has a form that is not known.", hintSimpler))
		return len(into)
	}
	if into == nil { // a native table whose columns are not known: nothing sealed may get there
		into = []target{}
	}
	fields := a.query(&namespace{parent: ns.parent, ctes: ns.ctes}, s, into, nil)
	if hasRest(fields) {
		return len(into)
	}
	return len(fields)
}

// onConflict analyses ON CONFLICT: DO UPDATE sees the table and the row that was to be inserted.
func (a *analysis) onConflict(ns *namespace, oc *pg_query.OnConflictClause, r *Relation) {
	if oc == nil {
		return
	}
	if oc.Infer != nil {
		for _, n := range oc.Infer.IndexElems {
			elem := n.GetIndexElem()
			if f, found := a.local(ns, elem.Name); elem.Name != "" && found {
				a.grouped(f.lineage, "ON CONFLICT")
			}
			a.native(ns, elem.Expr, "ON CONFLICT with an expression")
		}
		a.native(ns, oc.Infer.WhereClause, "WHERE")
	}
	excluded := &source{name: "excluded", fields: ns.sources[0].fields, moved: ns.sources[0].moved}
	update := &namespace{parent: ns.parent, ctes: ns.ctes, sources: append(ns.sources[:1:1], excluded), fields: ns.fields}
	a.assignments(update, oc.TargetList, r)
	a.condition(update, oc.WhereClause, "WHERE")
}

// update analyses UPDATE and returns the fields of its RETURNING list.
func (a *analysis) update(ns *namespace, s *pg_query.UpdateStmt) []field {
	a.with(ns, s.WithClause)
	r := a.modified(ns, s.Relation)
	a.from(ns, s.FromClause)
	a.assignments(ns, s.TargetList, r)
	a.condition(ns, s.WhereClause, "WHERE")
	return a.results(ns.decided(), resultList{nodes: &s.ReturningList}, nil)
}

// remove analyses DELETE and returns the fields of its RETURNING list. Every column is written: its value is lost.
func (a *analysis) remove(ns *namespace, s *pg_query.DeleteStmt) []field {
	a.with(ns, s.WithClause)
	if r := a.modified(ns, s.Relation); r != nil {
		a.loses(r)
	}
	a.from(ns, s.UsingClause)
	a.condition(ns, s.WhereClause, "WHERE")
	return a.results(ns, resultList{nodes: &s.ReturningList}, nil)
}

// loses notes that rows of the relation are removed.
func (a *analysis) loses(r *Relation) {
	for _, columns := range [][]Attribute{r.Columns, r.Hidden} {
		for i := range columns {
			if c := columns[i].Protected; c != nil && c.RequiresWrite {
				a.current.NeedsKey = true
			}
		}
	}
}

// storeHidden checks what the server fills in behind a view, in columns that the view does not show.
func (a *analysis) storeHidden(r *Relation) {
	if r == nil {
		return
	}
	for i := range r.Hidden {
		a.storeDefault(attributeTarget(&r.Hidden[i]))
	}
}

// modified makes the table that UPDATE or DELETE works on known in ns.
func (a *analysis) modified(ns *namespace, rv *pg_query.RangeVar) *Relation {
	r := a.relation(rv)
	if r != nil {
		a.touch(r, true, true)
	}
	*ns = *ns.with(itemOf(a.table(rv, r)))
	return r
}

// assignments analyses a SET list.
func (a *analysis) assignments(ns *namespace, list []*node, r *Relation) {
	var row []field // results of the subquery that is being assigned to several columns
	var source *node
	for _, n := range list {
		res := n.GetResTarget()
		t := a.targetOf(r, res.Name)
		if len(res.Indirection) > 0 && t.column.opens() {
			a.refuse(refuseStored(t.column, "a part of a value"))
		}
		if multi := res.Val.GetMultiAssignRef(); multi != nil {
			if multi.Colno == 1 {
				source = multi.Source
			}
			multi.Source = source // the parser gives each column a copy of the whole
			row = a.multiAssign(ns, t, multi, row)
			continue
		}
		a.store(ns, t, res.Val)
	}
}

// multiAssign analyses one column of SET (a, b) = ...
func (a *analysis) multiAssign(ns *namespace, t target, m *pg_query.MultiAssignRef, row []field) []field {
	i := int(m.Colno) - 1
	if e := m.Source.GetRowExpr(); e != nil && i < len(e.Args) {
		a.store(ns, t, e.Args[i])
		return nil
	}
	sub := m.Source.GetSubLink()
	if sub == nil {
		a.native(ns, m.Source, "SET of several columns")
		a.keep(t, lineage{})
		return nil
	}
	if i == 0 {
		row = a.subquery(ns.inner(), sub.Subselect)
	}
	if i < len(row) && !hasRest(row[:i+1]) {
		a.keep(t, row[i].lineage)
	} else {
		a.keep(t, lineage{})
		a.noSealed(row, "SET of several columns")
	}
	return row
}
