package plan

import pg_query "github.com/pganalyze/pg_query_go/v6"

// analysis goes through the parse tree of one text, finds out what each name means, claims the literals and parameters
// that have to be sealed, and follows protected columns to where their values end up. It refuses what it cannot prove:
// the first refusal is kept, and whatever is found out after it does not matter.
type analysis struct {
	catalogue *Catalogue
	src       []byte  // the text that was parsed
	toks      []token // its tokens
	extended  bool
	stored    bool    // the text is a view's query out of the catalogue: a name without a schema is pg_catalog's
	handles   Handles // may be nil

	claims   []claim
	claimed  map[int]int // first token of a claim -> its index
	places   map[*node]*pending
	refusal  *Refusal
	current  Statement
	named    bool                 // the current statement names something protected
	followed int                  // how many literals and parameters were followed, each step of the way
	fields   int                  // how many fields stars and joins have stood for so far
	exists   *pg_query.SelectStmt // a query that is only asked whether it has rows
}

// Bounds on the columns that a text may stand for: PostgreSQL's own for the results of one query, and one for all stars and joins of a
// text together, since each level of subqueries can double what the one below it has.
const (
	maxResults = 1664
	maxFields  = 100_000
)

// tooWide counts fields that a star or a join is about to make, and refuses the text once they are too many.
func (a *analysis) tooWide(more int) bool {
	if a.fields += more; a.fields <= maxFields {
		return false
	}
	a.refuse(refuseComplex("Its stars and joins stand for too many columns."))
	return true
}

// operand is what an expression turned out to be.
type operand struct {
	lineage
	name string // what a result column of the expression is called, where that is known
}

func (a *analysis) refuse(r *Refusal) {
	if a.refusal == nil {
		a.refusal = r
	}
}

// statement analyses one statement of the text.
func (a *analysis) statement(n *node) Statement {
	a.current, a.named = Statement{}, false
	top := &namespace{}
	var fields []field
	a.current.Returns = returns(n)
	switch s := n.GetNode().(type) {
	case *pg_query.Node_SelectStmt:
		fields = a.query(top, s.SelectStmt, nil, nil)
	case *pg_query.Node_InsertStmt, *pg_query.Node_UpdateStmt, *pg_query.Node_DeleteStmt, *pg_query.Node_MergeStmt:
		fields = a.modify(top, n)
	default:
		a.utility(n)
		a.whileConverting(n)
	}
	a.asNatives(fields)
	a.outputs(fields)
	a.current.Native = !a.named
	return a.current
}

// returns tells whether a statement answers with rows.
func returns(n *node) bool {
	switch s := n.GetNode().(type) {
	case *pg_query.Node_SelectStmt:
		return s.SelectStmt.IntoClause == nil
	case *pg_query.Node_InsertStmt:
		return len(s.InsertStmt.ReturningList) > 0
	case *pg_query.Node_UpdateStmt:
		return len(s.UpdateStmt.ReturningList) > 0
	case *pg_query.Node_DeleteStmt:
		return len(s.DeleteStmt.ReturningList) > 0
	case *pg_query.Node_MergeStmt:
		return len(s.MergeStmt.ReturningList) > 0
	case *pg_query.Node_FetchStmt:
		return !s.FetchStmt.Ismove
	case *pg_query.Node_ExplainStmt, *pg_query.Node_VariableShowStmt, *pg_query.Node_ExecuteStmt:
		return true
	}
	return false
}

// modify analyses INSERT, UPDATE, DELETE or MERGE and returns the fields of its RETURNING list.
func (a *analysis) modify(ns *namespace, n *node) []field {
	switch s := n.GetNode().(type) {
	case *pg_query.Node_InsertStmt:
		return a.insert(ns, s.InsertStmt)
	case *pg_query.Node_UpdateStmt:
		return a.update(ns, s.UpdateStmt)
	case *pg_query.Node_DeleteStmt:
		return a.remove(ns, s.DeleteStmt)
	case *pg_query.Node_MergeStmt:
		return a.mergeInto(ns, s.MergeStmt)
	}
	a.refuse(refuseUnclear("A statement that changes rows has a form that is not known.", hintSimpler))
	return nil
}

// touch notes that the statement reads or writes a protected relation.
func (a *analysis) touch(r *Relation, reads, writes bool) {
	a.named = true
	if r.Opaque != "" {
		a.refuse(refuseOpaque(r))
	}
	if a.catalogue.Stale != "" {
		a.refuse(refuseStale(a.catalogue.Stale))
	}
	if writes && r.ReadOnly != "" {
		a.refuse(refuseReadOnly(r))
	}
	if c := r.converting(); c != nil {
		a.current.converting = c
	}
	if reads && r.RequiresRead || writes && r.RequiresWrite {
		a.current.NeedsKey = true
	}
	if writes {
		a.current.Writes = true
	}
}

// read notes that an expression reads a column.
func (a *analysis) read(c *Column) {
	if c != nil && c.RequiresRead {
		a.current.NeedsKey = true
	}
}
