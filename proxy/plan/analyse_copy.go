package plan

import (
	"fmt"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// copyStatement analyses COPY. Values are sealed and opened in its data, field by field; what the text says beside that, the condition of COPY FROM and
// the query of COPY TO, is analysed as in any other statement.
func (a *analysis) copyStatement(n *node, s *pg_query.CopyStmt) {
	if !a.mentioned(n) {
		return
	}
	claims := len(a.claims)
	var c *Copy
	if s.Query != nil {
		c = a.copyQuery(s)
	} else {
		c = a.copyTable(s)
	}
	switch {
	case !a.named || a.refusal != nil:
		return
	case s.Filename != "" || s.IsProgram:
		a.refuse(refuseStatement("COPY with a file or program of the server", "Use COPY ... FROM STDIN or TO STDOUT, as \\copy in psql and the copy functions of drivers do."))
	case a.extended && sealing(a.claims[claims:]) > 0:
		a.refuse(refuseStatement("COPY with a condition on a sealed column, in a prepared statement,", "Send the COPY in a simple Query."))
	case c != nil:
		a.copyOptions(c, s)
		a.current.Copy = c
	}
}

// copyQuery analyses COPY (query) TO; the results of the query are the fields.
func (a *analysis) copyQuery(s *pg_query.CopyStmt) *Copy {
	var fields []field
	switch q := s.Query.GetNode().(type) {
	case *pg_query.Node_SelectStmt:
		fields = a.query(&namespace{}, q.SelectStmt, nil, nil)
	case *pg_query.Node_InsertStmt, *pg_query.Node_UpdateStmt, *pg_query.Node_DeleteStmt, *pg_query.Node_MergeStmt:
		fields = a.modify(&namespace{}, s.Query)
	default:
		a.named = true
		a.refuse(refuseUnclear("The query of a COPY has a form that is not known.", hintSimpler))
	}
	a.asNatives(fields)
	a.outputs(fields)
	outputs := a.current.Outputs
	a.current.Outputs = nil
	c := &Copy{More: outputs == nil || hasRest(fields)}
	for i, column := range outputs {
		if column == Rest {
			a.copyBehindRest(outputs[i+1:])
			break
		}
		c.Fields = append(c.Fields, CopyField{Name: fields[i].name, Column: column})
	}
	return c
}

// copyBehindRest refuses fields that would have to be opened behind others of unknown number.
func (a *analysis) copyBehindRest(columns []*Column) {
	for _, column := range columns {
		if column != nil {
			a.refuse(refuseOn(column, StatementNotUnderstood, fmt.Sprintf("the place of the sealed column %s in the result is not known", column),
				"The stars before it stand for the columns of tables that the proxy does not know.", hintColumns))
			return
		}
	}
}

// copyTable analyses COPY of a table; nil where it is not a protected one.
func (a *analysis) copyTable(s *pg_query.CopyStmt) *Copy {
	r := a.relation(s.Relation)
	ns := (&namespace{}).with(itemOf(a.table(s.Relation, r)))
	if r == nil {
		a.native(ns, s.WhereClause, "WHERE")
		return nil
	}
	a.touch(r, !s.IsFrom, s.IsFrom)
	c := &Copy{In: s.IsFrom}
	copied := make(map[string]bool)
	for _, at := range a.copiedAttributes(r, s.Attlist) {
		copied[at.Name] = true
		c.Fields = append(c.Fields, CopyField{Name: at.Name, Column: a.copyColumn(at, s.IsFrom)})
	}
	a.spellCopy(s, r, c.Fields)
	if s.IsFrom {
		for i := range r.Columns {
			if at := &r.Columns[i]; !copied[at.Name] {
				a.storeDefault(attributeTarget(at))
			}
		}
		a.native(ns, s.WhereClause, "WHERE")
	}
	return c
}

// copiedAttributes are the columns of a table in the order of the fields: those of the list, or all that are not generated.
func (a *analysis) copiedAttributes(r *Relation, list []*node) (copied []*Attribute) {
	if len(list) == 0 {
		for i := range r.Columns {
			if at := &r.Columns[i]; !at.Generated {
				copied = append(copied, at)
			}
		}
		return copied
	}
	for _, name := range texts(list) {
		found := false
		for i := range r.Columns {
			if at := &r.Columns[i]; at.Name == name {
				copied, found = append(copied, at), true
			}
		}
		if !found {
			a.targetOf(r, name) // refuses
		}
	}
	return copied
}

// copyColumn is the column whose values have to be sealed or opened in a field, or nil.
func (a *analysis) copyColumn(at *Attribute, in bool) *Column {
	c := at.Protected
	switch {
	case c == nil:
		return nil
	case !in:
		a.read(c)
		if !c.opens() {
			return nil
		}
		a.current.NeedsKey = true
		return c
	case !c.seals():
		a.keep(attributeTarget(at), lineage{})
		return nil
	}
	a.current.NeedsKey = true
	return c
}
