package plan

import (
	"cmp"
	"fmt"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// viewQuery is what the analysis of a view's query has found.
type viewQuery struct {
	query    *pg_query.SelectStmt
	fields   []field
	needsKey bool   // it reads something that requires the key
	refused  string // why values cannot be followed through it; the rest is then empty
}

// parsedView is the query of a view as it was parsed.
type parsedView struct {
	text  string
	toks  []token
	query *pg_query.SelectStmt
	why   string // it could not be
}

// parseView parses the query of a view as pg_get_viewdef writes it.
func parseView(definition string) *parsedView {
	toks, ok := tokenise([]byte(definition), nil)
	if !ok {
		return &parsedView{why: "the tokens of its query could not be read"}
	}
	query, why := parseQuery(input{text: definition, toks: toks})
	return &parsedView{text: definition, toks: toks, query: query, why: why}
}

// viewQuery analyses the query of a view: every name in it is qualified, but those of pg_catalog.
func (c *Catalogue) viewQuery(p *parsedView) viewQuery {
	if p.why != "" {
		return viewQuery{refused: p.why}
	}
	a := &analysis{catalogue: c, src: []byte(p.text), toks: p.toks, stored: true}
	v := viewQuery{query: p.query, fields: a.query(&namespace{}, p.query, nil, nil)}
	for i := range a.claims {
		if k := a.claims[i].kind; k != claimNULL && k != claimNeutral {
			a.refuse(refuseStoredClaim(&a.claims[i]))
		}
	}
	if a.refusal != nil {
		return viewQuery{refused: reasonOf(a.refusal)}
	}
	v.needsKey = a.current.NeedsKey
	return v
}

// parseQuery parses a text that has to be one query, within the bounds that statements have.
func parseQuery(in input) (query *pg_query.SelectStmt, why string) {
	p := &Planner{options: Options{}.withDefaults()}
	if r := p.bounded(in); r != nil {
		return nil, reasonOf(r)
	}
	tree, err := pg_query.Parse(in.text)
	if err != nil || len(tree.Stmts) != 1 || tree.Stmts[0].Stmt.GetSelectStmt() == nil {
		return nil, "its query has a form that is not known"
	}
	return tree.Stmts[0].Stmt.GetSelectStmt(), ""
}

// reasonOf is a refusal in one clause.
func reasonOf(r *Refusal) string {
	text := r.Message
	if r.Code == StatementNotUnderstood || r.Code == StatementTooComplex {
		text = cmp.Or(r.Detail, r.Message)
	}
	text = strings.TrimSuffix(text, ".")
	if text != "" && text[0] >= 'A' && text[0] <= 'Z' && (len(text) < 2 || text[1] < 'A' || text[1] > 'Z') {
		text = strings.ToLower(text[:1]) + text[1:]
	}
	return text
}

// updatable returns the table or view that writes through a view with that query go to, where the server makes it so by itself
// (https://www.postgresql.org/docs/current/sql-createview.html, Updatable Views).
func updatable(q *pg_query.SelectStmt) (base *pg_query.RangeVar, why string) {
	switch {
	case q.Op != pg_query.SetOperation_SETOP_NONE || len(q.ValuesLists) > 0:
		return nil, "its query is a set operation or VALUES"
	case q.WithClause != nil || len(q.DistinctClause) > 0 || len(q.GroupClause) > 0 || q.HavingClause != nil || q.LimitCount != nil || q.LimitOffset != nil:
		return nil, "its query has WITH, DISTINCT, GROUP BY, HAVING, LIMIT or OFFSET"
	case len(q.FromClause) != 1 || q.FromClause[0].GetRangeVar() == nil:
		return nil, "its query reads more than one table"
	}
	return q.FromClause[0].GetRangeVar(), ""
}

// plainColumn is the name of the column that a result of a query of one table is, empty where it is an expression.
func plainColumn(result *node) string {
	names := texts(result.GetResTarget().GetVal().GetColumnRef().GetFields())
	if len(names) == 0 {
		return ""
	}
	return names[len(names)-1]
}

// refuseStoredClaim says why a definition cannot have what would have to be rewritten in a statement.
func refuseStoredClaim(of *claim) *Refusal {
	c := of.slot.Column
	switch of.kind {
	case claimCast:
		return &Refusal{Code: OperationNotSupported, Message: "a cast of sealed values cannot be kept by the database", Detail: "The server would work on sealed values.",
			Hint: "Use the column as it is."}
	case claimTruth:
		return refuseOn(c, OperationNotSupported, fmt.Sprintf("the use of the sealed column %s as a condition cannot be kept by the database", c),
			"The server would work on sealed values.", "Use the column as it is.")
	}
	return refuseOn(c, OperationNotSupported, fmt.Sprintf("a literal beside the sealed column %s would be kept by the database in plaintext", c),
		"A definition is stored as it is written, and nothing in it can be sealed.", "Compare the column in the statements that use the view.")
}
