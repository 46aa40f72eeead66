package plan

import (
	"slices"
	"strconv"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// query analyses a SELECT, VALUES or set operation in its own namespace and returns its result's fields. into, where it
// is not nil, has the columns that an INSERT stores the results in. self is the common table expression that the query
// defines, where it may refer to itself.
func (a *analysis) query(ns *namespace, s *pg_query.SelectStmt, into []target, self *cte) []field {
	if s.IntoClause != nil {
		a.into(s)
	}
	a.with(ns, s.WithClause)
	var fields []field
	switch {
	case s.Op != pg_query.SetOperation_SETOP_NONE:
		a.unordered(s, into)
		fields = a.setOperation(ns, s, into, self)
		a.order(ns, s.SortClause, fields, true)
	case len(s.ValuesLists) > 0:
		a.unordered(s, into)
		fields = a.values(ns, s.ValuesLists, into)
		a.order(ns, s.SortClause, fields, true)
	default:
		fields = a.plainSelect(ns, s, into)
	}
	a.native(ns, s.LimitCount, "LIMIT")
	a.native(ns, s.LimitOffset, "OFFSET")
	if len(fields) > maxResults {
		a.refuse(refuseComplex("One of its queries has more columns than PostgreSQL allows."))
		return nil
	}
	return fields
}

// unordered refuses to sort the rows of an INSERT that are sealed before the server sees them.
func (a *analysis) unordered(s *pg_query.SelectStmt, into []target) {
	if len(s.SortClause) == 0 {
		return
	}
	for _, t := range into {
		if t.column.seals() {
			a.refuse(refuseUse(t.column, "ORDER BY over the rows of an INSERT", hintSort))
		}
	}
}

// into refuses SELECT INTO: a copy of sealed values in another table could never be opened.
func (a *analysis) into(s *pg_query.SelectStmt) {
	a.named = true
	a.refuse(refuseCopy(s.IntoClause.Rel.GetRelname()))
}

func (a *analysis) plainSelect(ns *namespace, s *pg_query.SelectStmt, into []target) []field {
	a.from(ns, s.FromClause)
	fields := a.results(ns, a.selectList(s), into)
	a.condition(ns, s.WhereClause, "WHERE")
	for _, g := range s.GroupClause {
		a.group(ns, g, fields)
	}
	a.condition(ns, s.HavingClause, "HAVING")
	for _, w := range s.WindowClause {
		a.window(ns, w.GetWindowDef())
	}
	a.distinct(ns, s.DistinctClause, fields)
	a.order(ns, s.SortClause, fields, false)
	return fields
}

// with analyses the common table expressions of a statement and makes them visible in it.
func (a *analysis) with(ns *namespace, w *pg_query.WithClause) {
	if w == nil {
		return
	}
	var pending []*cte
	if w.Recursive {
		for _, n := range w.Ctes {
			c := &cte{next: ns.ctes, name: n.GetCommonTableExpr().GetCtename(), pending: true}
			ns.ctes, pending = c, append(pending, c)
		}
	}
	for i, n := range w.Ctes {
		expr := n.GetCommonTableExpr()
		c := &cte{name: expr.Ctename}
		if w.Recursive {
			c = pending[i]
		}
		a.commonTable(&namespace{parent: ns.parent, ctes: ns.ctes}, expr, c)
		if !w.Recursive {
			c.next = ns.ctes
			ns.ctes = c
		}
	}
}

func (a *analysis) commonTable(ns *namespace, expr *pg_query.CommonTableExpr, c *cte) {
	c.names = texts(expr.Aliascolnames)
	var fields []field
	if s := expr.Ctequery.GetSelectStmt(); s != nil {
		fields = a.query(ns, s, nil, c)
	} else {
		fields = a.modify(ns, expr.Ctequery)
	}
	c.fields, c.pending = a.rename(resolved(fields), c.names), false
	if expr.SearchClause != nil || expr.CycleClause != nil {
		a.asNatives(c.fields)
		if sealed := hasSealed(c.fields); sealed != nil {
			a.refuse(refuseUse(sealed, "SEARCH and CYCLE", hintSort))
		}
		c.fields = append(slices.Clone(c.fields), field{rest: true})
	}
}

// setOperation analyses both sides and joins their fields.
func (a *analysis) setOperation(ns *namespace, s *pg_query.SelectStmt, into []target, self *cte) []field {
	left := a.query(ns.beside(), s.Larg, into, nil)
	if self != nil && self.pending {
		a.asNatives(left) // what the query itself makes of them is not followed
		self.fields, self.pending = a.rename(left, self.names), false
	}
	right := a.query(ns.beside(), s.Rarg, into, nil)
	dedupes := !s.All
	if dedupes {
		for _, t := range into {
			if t.column.seals() && !t.column.searchable() {
				a.refuse(refuseCompare(t.column, setOperationName(s.Op)))
			}
		}
	}
	return a.unite(left, right, len(into), setOperationName(s.Op), dedupes || s.Op != pg_query.SetOperation_SETOP_UNION)
}

func setOperationName(op pg_query.SetOperation) string {
	switch op {
	case pg_query.SetOperation_SETOP_INTERSECT:
		return "INTERSECT"
	case pg_query.SetOperation_SETOP_EXCEPT:
		return "EXCEPT"
	}
	return "UNION"
}

// unite joins the fields of the two sides of a set operation: a sealed column meets itself, NULL, or literals and parameters that are sealed for it.
// The first of them, as many as stored, go into columns that have judged them already.
func (a *analysis) unite(left, right []field, stored int, operation string, compares bool) []field {
	sealed := cmpColumn(hasSealed(left), hasSealed(right))
	if len(left) != len(right) || hasRest(left) || hasRest(right) {
		if sealed != nil {
			a.refuse(refuseUse(sealed, operation, hintColumns))
		}
		a.asNatives(left)
		a.asNatives(right)
		return native(left)
	}
	out := slices.Clone(left)
	for i := range left {
		if i < stored {
			out[i].column = cmpColumn(left[i].column, right[i].column)
			continue
		}
		l := a.asResult(a.merge(operation, []lineage{left[i].lineage, right[i].lineage}))
		switch c := l.sealed(); {
		case c != nil && compares && !c.searchable():
			a.refuse(refuseCompare(c, operation))
		case c == nil && compares:
			a.asNative(l)
			l = lineage{}
		}
		out[i].lineage = l
	}
	return out
}

// native returns fields whose values are no column's any more.
func native(fields []field) []field {
	out := slices.Clone(fields)
	for i := range out {
		out[i].lineage = lineage{}
	}
	return out
}

func hasRest(fields []field) bool {
	return slices.ContainsFunc(fields, func(f field) bool { return f.rest })
}

// values analyses the rows of VALUES.
func (a *analysis) values(ns *namespace, rows []*node, into []target) []field {
	var columns [][]lineage
	for _, row := range rows {
		for i, item := range row.GetList().GetItems() {
			if i == len(columns) {
				columns = append(columns, nil)
			}
			if i < len(into) {
				columns[i] = append(columns[i], a.store(ns, into[i], item).lineage)
				continue
			}
			a.surplus(into)
			columns[i] = append(columns[i], a.trace(ns, item).lineage)
		}
	}
	fields := make([]field, len(columns))
	for i, cells := range columns {
		fields[i].name = "column" + strconv.Itoa(i+1)
		if i >= len(into) {
			fields[i].lineage = a.asResult(a.merge("VALUES", cells))
		}
	}
	return fields
}

// surplus refuses a row with more values than the INSERT has columns: the server would refuse it too, and log the value.
func (a *analysis) surplus(into []target) {
	for _, t := range into {
		if t.column.seals() {
			a.refuse(refuseOn(t.column, StatementNotUnderstood, "the INSERT into the sealed column "+t.column.String()+" has more values than columns", "A value without a column has no place.", "Write as many values as columns."))
		}
	}
}

// resultList is a list of results in the tree.
type resultList struct {
	nodes *[]*node
	table *pg_query.RangeVar // of TABLE name
	// anyOrder: nobody asks for the order of the columns.
	anyOrder bool
}

func (a *analysis) selectList(s *pg_query.SelectStmt) resultList {
	list := resultList{nodes: &s.TargetList, anyOrder: s == a.exists}
	if len(s.FromClause) == 1 {
		list.table = s.FromClause[0].GetRangeVar()
	}
	return list
}

// results analyses a list of results: what SELECT and RETURNING answer with, or what an INSERT stores.
func (a *analysis) results(ns *namespace, list resultList, into []target) []field {
	var fields []field
	for _, n := range *list.nodes {
		res := n.GetResTarget()
		if expanded, ok := a.expand(ns, res.GetVal()); ok {
			a.spellOut(ns, list, n)
			for _, f := range expanded {
				a.arrive(fields, into, f)
				fields = append(fields, f)
			}
			continue
		}
		f := field{name: res.GetName()}
		if i := len(fields); i < len(into) && !hasRest(fields) {
			f = f.of(a.store(ns, into[i], res.GetVal()))
		} else {
			f = a.asField(f.of(a.trace(ns, res.GetVal())))
			a.arrive(fields, into, f)
		}
		fields = append(fields, f)
	}
	return fields
}

// of returns the field of a result that is an expression.
func (f field) of(o operand) field {
	f.lineage = o.lineage
	if f.name == "" {
		f.name = o.name
	}
	f.unnamed = f.name == ""
	return f
}

// asField makes a field whose sealed column has no literals and parameters beside it that are still open.
func (a *analysis) asField(f field) field {
	f.lineage = a.asResult(f.lineage)
	return f
}

// expand returns the fields that a star stands for; ok is false where n is none.
func (a *analysis) expand(ns *namespace, n *node) (fields []field, ok bool) {
	ref := n.GetColumnRef()
	if ref == nil {
		return nil, false
	}
	if _, star := ref.Fields[len(ref.Fields)-1].GetNode().(*pg_query.Node_AStar); !star {
		return nil, false
	}
	return a.star(ns, ref), true
}

// arrive checks a field of a star, or one of unknown place, against the column of an INSERT that it is stored in.
func (a *analysis) arrive(before []field, into []target, f field) {
	if into == nil {
		return
	}
	i := len(before)
	switch {
	case hasRest(before) || f.rest:
		for _, t := range into[min(i, len(into)):] {
			if t.column.seals() {
				a.refuse(refuseStored(t.column, "a column of a star whose place is not known"))
			}
		}
		if c := f.sealed(); c != nil {
			a.refuse(refuseFlow(c, "a column that is not known"))
		}
		a.asNative(f.lineage)
	case i < len(into):
		a.keep(into[i], f.lineage)
	case f.sealed() != nil:
		a.refuse(refuseFlow(f.sealed(), "a column that is not known"))
	default:
		a.asNative(f.lineage)
	}
}
