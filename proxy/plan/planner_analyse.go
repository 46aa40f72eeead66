package plan

import (
	"bytes"
	"fmt"
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// input is what is parsed for a text: its normal form, with the runs that it was shortened by, or the text itself.
type input struct {
	text   string
	toks   []token
	runs   []run
	normal bool
}

// analyse parses a text and makes a verdict of it. all are the tokens of the client's text.
func (p *Planner) analyse(st *state, req *Request, all []token, in input) verdict {
	if r := p.bounded(in); r != nil {
		return verdict{refusal: r}
	}
	tree, err := p.parse(in.text)
	if err != nil {
		return st.unparsed(in, err)
	}
	a := &analysis{catalogue: st.catalogue, src: []byte(in.text), toks: in.toks, extended: req.Extended, handles: req.Handles}
	statements, native := a.statements(tree)
	switch {
	case a.refusal != nil:
		return verdict{refusal: a.refusal}
	case native:
		return verdict{}
	case req.Extended && len(statements) > 1:
		return verdict{refusal: refuseUnclear("A prepared statement cannot hold several commands.", "")}
	}
	if r := a.prove(tree, p.parse, &p.trees); r != nil {
		return verdict{refusal: r}
	}
	places, ok := layOut(a.claims, in.runs)
	if !ok {
		return verdict{refusal: refuseUnclear("The place of a literal could not be found.", hintSimpler)}
	}
	as := &assembly{src: req.SQL, toks: all, extended: req.Extended, shape: &Shape{Catalogue: st.catalogue, Statements: statements}}
	if r := as.assemble(places, len(req.ParamOIDs)); r != nil {
		return verdict{refusal: r}
	}
	return verdict{shape: as.shape}
}

// bounded refuses what must not get to the parser.
func (p *Planner) bounded(in input) *Refusal {
	if len(in.toks) > p.options.MaxTokens {
		return refuseComplex(fmt.Sprintf("It has more than %d tokens.", p.options.MaxTokens))
	}
	if depth([]byte(in.text), in.toks) > p.options.MaxDepth {
		return refuseComplex("Its expressions are nested, or chained, deeper than the proxy analyses.")
	}
	return nil
}

// statements analyses all statements of a text; native tells whether none of them names anything protected.
func (a *analysis) statements(tree *pg_query.ParseResult) (list []Statement, native bool) {
	native = true
	for _, raw := range tree.Stmts {
		unknown := a.unknownCall(raw.Stmt)
		s := Statement{Native: true, Returns: returns(raw.Stmt)}
		if !isQuery(raw.Stmt) || a.mentioned(raw.Stmt) {
			s = a.statement(raw.Stmt)
		}
		if a.refusal == nil && !leavesRows(raw.Stmt) && a.namesFresh(raw, list) {
			a.refuse(refuseUnclear("It uses a table or view that it makes or changes itself.", "Send the definition in a message of its own."))
		}
		if a.refusal == nil && slices.ContainsFunc(list, func(s Statement) bool { return s.ReplacesAny }) && !leavesViews(raw.Stmt) {
			a.refuse(refuseFreshAny())
		}
		native = native && s.Native && s.Cursor == nil && s.Prepare == nil && !unknown
		list = append(list, s)
	}
	return list, native
}

// leavesRows tells whether a statement neither reads nor writes rows of the relations that it names, nor makes new ones over them, nor
// has expressions over them.
func leavesRows(n *node) bool {
	switch x := n.GetNode().(type) {
	case *pg_query.Node_GrantStmt, *pg_query.Node_CommentStmt, *pg_query.Node_AlterOwnerStmt, *pg_query.Node_DropStmt,
		*pg_query.Node_RefreshMatViewStmt, *pg_query.Node_TransactionStmt:
		return true
	case *pg_query.Node_AlterTableStmt:
		return !slices.ContainsFunc(x.AlterTableStmt.Cmds, func(c *node) bool { return !leavesOthers(c.GetAlterTableCmd().GetSubtype()) })
	case *pg_query.Node_RenameStmt:
		return x.RenameStmt.RenameType == pg_query.ObjectType_OBJECT_COLUMN
	case *pg_query.Node_IndexStmt:
		return x.IndexStmt.WhereClause == nil && !slices.ContainsFunc(x.IndexStmt.IndexParams, func(e *node) bool { return e.GetIndexElem().GetExpr() != nil })
	}
	return false
}

// leavesOthers tells whether a command of ALTER TABLE leaves the rows alone, or changes a column whose name alone decides about it.
func leavesOthers(c pg_query.AlterTableType) bool {
	return harmlessAlter[c] || c == pg_query.AlterTableType_AT_AddColumn || c == pg_query.AlterTableType_AT_DropColumn
}

// leavesViews tells whether a statement neither reads nor writes rows of any view.
func leavesViews(n *node) bool {
	if n.GetViewStmt() != nil || leavesRows(n) {
		return true
	}
	named := false
	walk(n, func(m any) bool {
		switch m.(type) {
		case *pg_query.RangeVar, *pg_query.ExecuteStmt, *pg_query.DoStmt, *pg_query.CallStmt:
			named = true
		}
		return !named
	})
	return !named
}

// leavesFresh tells whether a text that mentions a table or view which is not known as it is now leaves its rows alone.
func (p *Planner) leavesFresh(sql []byte) bool { return p.leaves(sql, leavesRows) }

// leaves tells whether all statements of a text are such.
func (p *Planner) leaves(sql []byte, such func(*node) bool) bool {
	toks, ok := tokenise(sql, nil)
	if !ok || len(sql) > p.options.MaxStatementBytes || p.bounded(input{text: string(sql), toks: toks}) != nil {
		return false
	}
	tree, err := p.parse(string(sql))
	return err == nil && !slices.ContainsFunc(tree.Stmts, func(raw *pg_query.RawStmt) bool { return !such(raw.Stmt) })
}

// namesFresh tells whether a statement mentions a table or view that an earlier one of the text makes or changes.
func (a *analysis) namesFresh(raw *pg_query.RawStmt, earlier []Statement) bool {
	text := a.src[raw.StmtLocation:]
	if raw.StmtLen > 0 {
		text = text[:raw.StmtLen]
	}
	mentioned := func(name string) bool { return mentionsName(text, name) }
	return slices.ContainsFunc(earlier, func(s Statement) bool {
		return s.Creates != "" && mentioned(s.Creates) || slices.ContainsFunc(s.Above, mentioned)
	})
}

func isQuery(n *node) bool {
	switch n.GetNode().(type) {
	case *pg_query.Node_SelectStmt, *pg_query.Node_InsertStmt, *pg_query.Node_UpdateStmt, *pg_query.Node_DeleteStmt, *pg_query.Node_MergeStmt, *pg_query.Node_ExplainStmt:
		return true
	}
	return false
}

// unparsed judges a text that PostgreSQL's grammar refuses: where it mentions something protected it must not get to the
// server, whose grammar may be another, and whose log would show it. The parser's message on a normal form holds no literal.
func (st *state) unparsed(in input, err error) verdict {
	if !st.probe.mentions([]byte(in.text)) {
		return verdict{}
	}
	detail := "PostgreSQL's grammar does not accept it."
	if in.normal {
		detail = "PostgreSQL's grammar does not accept it: " + err.Error() + "."
	}
	return verdict{refusal: refuseUnclear(detail, "")}
}

// size is the memory that a verdict takes, about.
func (v verdict) size() int {
	switch {
	case v.shape != nil:
		return v.shape.size()
	case v.refusal != nil:
		return 64 + len(v.refusal.Message) + len(v.refusal.Detail)
	}
	return 0
}

// instantiate makes the plan of one text of the shape.
func (s *Shape) instantiate(src []byte, toks []token) (*Plan, *Refusal) {
	p := &Plan{Shape: s, sql: bytes.Clone(src)}
	if len(s.pieces) > 0 {
		p.spans = make([]span, len(s.pieces))
	}
	for i := range s.pieces {
		piece := &s.pieces[i]
		p.spans[i] = span{toks[piece.first].start, toks[piece.last].end}
	}
	if s.literals > 0 {
		if r := p.decode(toks); r != nil {
			return nil, r
		}
	}
	return p, nil
}
