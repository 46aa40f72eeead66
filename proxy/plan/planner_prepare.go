package plan

import (
	"bytes"
	"reflect"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v6"

	"github.com/legatics/pgseal/proxy/value"
)

// hintParameters is the way out of what cannot be sealed when a statement is prepared.
const hintParameters = "Use a parameter of its own for each value that meets a sealed column."

// prepareText is PREPARE name [(types)] AS query, taken apart by its tokens.
type prepareText struct {
	src         []byte
	toks        []token
	open, close int    // the parentheses around the types; equal where there are none
	types       []span // of each declared type
	query       span
}

// readPrepare takes a text apart that is one PREPARE; ok is false for any other. That it was read right is proved later.
func readPrepare(src []byte, toks []token) (p prepareText, ok bool) {
	for len(toks) > 0 && toks[len(toks)-1].kind == tokOp && src[toks[len(toks)-1].start] == ';' {
		toks = toks[:len(toks)-1]
	}
	ts := tokens{src: src, list: toks}
	if !ts.is(0, "prepare") || len(toks) < 4 {
		return p, false
	}
	p = prepareText{src: src, toks: toks, open: 1, close: 1}
	if ts.op(2, "(") {
		p.open = 2
		for depth, i, first := 0, 2, 3; i < len(toks) && p.close == 1; i++ {
			switch {
			case ts.op(i, "("), ts.op(i, "["):
				depth++
			case ts.op(i, ")"), ts.op(i, "]"):
				depth--
			}
			if depth == 0 || depth == 1 && ts.op(i, ",") {
				if i > first {
					p.types = append(p.types, span{toks[first].start, toks[i-1].end})
				}
				first = i + 1
			}
			if depth == 0 {
				p.close = i
			}
		}
	}
	as := p.close + 1
	if !ts.is(as, "as") || as+1 >= len(toks) || (p.open == 2) != (p.close > 2) {
		return p, false
	}
	p.query = span{toks[as+1].start, toks[len(toks)-1].end}
	return p, true
}

// prepares tells whether a text begins with PREPARE.
func prepares(src []byte) bool {
	l := lexer{src: src}
	t := l.next()
	return t.kind == tokWord && isWord(src[t.start:t.end], "prepare")
}

// planPrepare plans a PREPARE that stands by itself in its text. ok is false for any other text. The query is planned as that of a Parse is, but that
// what it has to seal must be parameters: a literal sealed now would outlive the key.
func (p *Planner) planPrepare(st *state, req *Request, effects Effects) (plan *Plan, refusal *Refusal, ok bool) {
	toks, ok := tokenise(req.SQL, nil)
	if !ok {
		return nil, nil, false
	}
	text, ok := readPrepare(req.SQL, toks)
	if !ok || depth(req.SQL, toks) > p.options.MaxDepth || len(toks) > p.options.MaxTokens {
		return nil, nil, false
	}
	stmt := p.prepareStmt(string(req.SQL))
	if stmt == nil || len(stmt.Argtypes) != len(text.types) {
		return nil, nil, false
	}
	inner := *req
	inner.SQL, inner.Extended, inner.ParamOIDs = req.SQL[text.query.start:text.query.end], true, make([]uint32, len(stmt.Argtypes))
	for i, n := range stmt.Argtypes {
		inner.ParamOIDs[i] = declaredOID(n.GetTypeName())
	}
	query, refusal := p.Plan(inner)
	switch {
	case refusal != nil:
		return nil, refusal, true
	case query == nil || query.Native():
		shape := &Shape{Catalogue: st.catalogue, Statements: []Statement{{Native: true, Prepare: &Prepare{Name: stmt.Name}}}, Effects: effects}
		return &Plan{Shape: shape, sql: bytes.Clone(req.SQL)}, nil, true
	}
	if refusal := preparable(query, stmt); refusal != nil {
		return nil, refusal, true
	}
	rewritten := text.rewrite(query)
	if !p.provePrepare(stmt, query, string(inner.SQL), string(rewritten)) {
		return nil, refuseUnclear("The parts of the PREPARE could not be told apart for certain.", hintSimpler), true
	}
	prepare := &Prepare{Name: stmt.Name, Plan: query, SQL: bytes.Clone(inner.SQL), OIDs: inner.ParamOIDs}
	shape := &Shape{Catalogue: query.Catalogue, Statements: []Statement{{Prepare: prepare}}, Effects: effects}
	return &Plan{Shape: shape, sql: rewritten}, nil, true
}

// prepareStmt parses a text that is one PREPARE; nil for any other.
func (p *Planner) prepareStmt(sql string) *pg_query.PrepareStmt {
	tree, err := p.parse(sql)
	if err != nil || len(tree.Stmts) != 1 {
		return nil
	}
	return tree.Stmts[0].Stmt.GetPrepareStmt()
}

// declaredOID is the type of a parameter as PREPARE declares it: 0 for unknown, and for those that no sealed column has.
func declaredOID(t *pg_query.TypeName) uint32 {
	oid := typeOID(t)
	if oid != 0 && len(t.ArrayBounds) > 0 {
		return value.Type{OID: oid}.ArrayOID()
	}
	return oid
}

// preparable refuses what cannot be sealed at each EXECUTE and Bind alike, and types that are not the column's.
func preparable(query *Plan, stmt *pg_query.PrepareStmt) *Refusal {
	if len(query.Statements) != 1 || query.Statements[0].Cursor != nil || query.Statements[0].Copy != nil {
		return refuseStatement("PREPARE of anything but a query", "")
	}
	if len(query.Extra) > 0 {
		what := "a parameter in two roles in PREPARE"
		if query.Extra[0].Literal >= 0 {
			what = "a literal in PREPARE"
		}
		return refuseUse(query.Extra[0].Slot.Column, what, hintParameters)
	}
	for i, n := range stmt.Argtypes {
		slot := query.Params[i]
		if slot == nil || isUnknown(n.GetTypeName()) {
			continue
		}
		c, t := slot.Column, n.GetTypeName()
		want, given := c.Type.OID, typeOID(t)
		if given == 0 || slot.Array != (len(t.ArrayBounds) == 1) || given != want && (value.Type{OID: given}.Family() != "text" || c.Type.Family() != "text") {
			return refuseUse(c, "a parameter that PREPARE declares with another type", "Declare it as "+c.Type.Name()+", or as unknown.")
		}
	}
	return nil
}

func isUnknown(t *pg_query.TypeName) bool {
	names := texts(t.Names)
	return len(names) > 0 && names[len(names)-1] == "unknown"
}

// parameterType is what stands in place of the type of the query's parameter i: the physical type where it is sealed, else what the client wrote, or that the
// server is to find out.
func parameterType(query *Plan, i int, declared string) string {
	switch slot := query.Params[i]; {
	case slot == nil && declared == "":
		return "unknown"
	case slot == nil:
		return declared
	case slot.Column.Armoured && slot.Array:
		return "text[]"
	case slot.Column.Armoured:
		return "text"
	case slot.Array:
		return "bytea[]"
	}
	return "bytea"
}

// rewrite is the text that goes to the server, with the types of all parameters.
func (p *prepareText) rewrite(query *Plan) []byte {
	var types []string
	for i := range query.Params {
		declared := ""
		if i < len(p.types) {
			declared = string(p.src[p.types[i].start:p.types[i].end])
		}
		types = append(types, parameterType(query, i, declared))
	}
	out := bytes.Clone(p.src[:p.toks[1].end])
	if len(types) > 0 {
		out = append(append(append(out, " ("...), strings.Join(types, ", ")...), ')')
	}
	return query.ParseText(append(append(out, p.src[p.toks[p.close].end:p.toks[p.close+1].end]...), ' '))
}

// provePrepare checks that the query was found, and that what goes to the server differs from what the client wrote in the types of sealed
// parameters and in what the plan of the query changes.
func (p *Planner) provePrepare(stmt *pg_query.PrepareStmt, query *Plan, client, rewritten string) bool {
	again := p.prepareStmt(rewritten)
	before, err := p.parse(client)
	if err != nil || again == nil || len(before.Stmts) != 1 || !p.sameNode(stmt.Query, before.Stmts[0].Stmt) {
		return false
	}
	after, err := p.parse(string(query.ParseText(nil)))
	if err != nil || len(after.Stmts) != 1 || !p.sameNode(again.Query, after.Stmts[0].Stmt) {
		return false
	}
	if again.Name != stmt.Name || len(again.Argtypes) != len(query.Params) {
		return false
	}
	for i, n := range again.Argtypes {
		want := n.GetTypeName()
		switch slot := query.Params[i]; {
		case slot != nil:
			want = physicalType(strings.TrimSuffix(parameterType(query, i, ""), "[]"), slot.Array)
		case i < len(stmt.Argtypes):
			want = stmt.Argtypes[i].GetTypeName()
		case !isUnknown(want):
			return false
		}
		if !p.sameNode(n.GetTypeName(), want) {
			return false
		}
	}
	return true
}

// sameNode tells whether two nodes of one kind are equal apart from the places that they were read at.
func (p *Planner) sameNode(a, b any) bool {
	return p.trees.equal(reflect.ValueOf(a), reflect.ValueOf(b))
}
