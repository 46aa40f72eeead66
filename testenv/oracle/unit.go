package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5/pgproto3"
)

// unit is what is sent at once, and answered up to the last ReadyForQuery.
type unit struct {
	messages []pgproto3.FrontendMessage
	parts    []string // the statements of a Query that has several
	results  []result // what completes, in order
	prepares []string // names that it gives to statements; they are known only where it had no error
}

// result says how the rows of one completion are compared.
type result struct {
	message        int // index of the message that it answers
	form           string
	ordered, blind bool
	anyError       bool // which error comes first is chance
}

// form is a kind of statement.
type form struct {
	name   string
	weight int
	make   func(*generator) string
}

var forms = []form{
	{"select", 22, (*generator).selectRows},
	{"group by", 6, (*generator).grouped},
	{"aggregate", 5, (*generator).aggregated},
	{"distinct", 4, (*generator).distinct},
	{"union", 4, (*generator).union},
	{"with", 5, (*generator).with},
	{"window", 2, (*generator).window},
	{"view", 3, (*generator).fromView},
	{"insert", 20, (*generator).insertRows},
	{"insert select", 5, (*generator).insertSelect},
	{"update", 14, (*generator).updateRows},
	{"delete", 5, (*generator).deleteRows},
	{"writing with", 5, (*generator).writingWith},
	{"merge", 3, (*generator).merge},
	{"merge tables", 2, (*generator).mergeTables},
	{"write to view", 3, (*generator).toView},
	{"explain", 1, (*generator).explain},
	{"native", 3, (*generator).nativeStatement},
	{"utility", 1, (*generator).truncate},
}

// statement makes one of any form.
func (g *generator) statement(extended bool) *statement {
	sum := 0
	for _, f := range forms {
		sum += f.weight
	}
	at := g.IntN(sum)
	for _, f := range forms {
		if at -= f.weight; at < 0 {
			return g.of(f.name, extended, f.make)
		}
	}
	return nil
}

func (g *generator) of(name string, extended bool, make func(*generator) string) *statement {
	for {
		g.extended, g.params, g.aliases, g.ordered, g.blind, g.spoiled = extended, nil, 0, false, false, false
		if sql := make(g); g.allUsed(sql) {
			return &statement{form: name, sql: sql, params: g.params, ordered: g.ordered, blind: g.blind, tame: g.spoiled}
		}
	}
}

// allUsed tells whether every parameter stands in the text: the part with it may have been dropped.
func (g *generator) allUsed(sql string) bool {
	for i := range g.params {
		if !regexp.MustCompile(fmt.Sprintf(`\$%d\b`, i+1)).MatchString(sql) {
			return false
		}
	}
	return true
}

// orderedSelect makes a query whose rows have one order only.
func (g *generator) orderedSelect(extended bool) *statement {
	for {
		if st := g.of("select", extended, pick(g, []func(*generator) string{(*generator).selectRows, (*generator).with})); st.ordered {
			return st
		}
	}
}

// unit makes the next one. It depends on the transaction's status and on what the session has prepared, declared and saved.
func (g *generator) unit() *unit {
	switch status := g.session.status; {
	case status == 'E' && g.IntN(3) > 0, g.oneIn(map[bool]int{true: 5, false: 12}[status == 'T']):
		return g.control()
	}
	u := &unit{}
	switch n := g.IntN(100); {
	case n < 28:
		u.query(g.statement(false))
	case n < 33:
		u.several(g)
	case n < 62:
		g.extendedOne(u)
		u.add(&pgproto3.Sync{})
	case n < 70:
		g.prepare(u)
		u.add(&pgproto3.Sync{})
	case n < 79:
		g.again(u)
		u.add(&pgproto3.Sync{})
	case n < 86:
		g.pipeline(u)
	case n < 89:
		g.copyOut(u)
	case n < 92:
		g.copyIn(u)
	case n < 96:
		g.cursor(u)
	case n < 99:
		g.sqlPrepare(u)
	default:
		g.setting(u)
	}
	return u
}

func (u *unit) add(m ...pgproto3.FrontendMessage) { u.messages = append(u.messages, m...) }

// completes says that the message that was added last completes a statement.
func (u *unit) completes(st *statement) {
	u.results = append(u.results, result{len(u.messages) - 1, st.form, st.ordered, st.blind, false})
}

func (u *unit) query(st *statement) {
	u.add(&pgproto3.Query{String: st.sql})
	u.completes(st)
}

// several puts statements into one Query.
func (u *unit) several(g *generator) {
	query := &pgproto3.Query{}
	u.add(query)
	g.several = true
	defer func() { g.several = false }()
	for range 2 + g.IntN(3) {
		st := g.statement(false)
		u.parts = append(u.parts, st.sql)
		u.completes(st)
	}
	query.String = strings.Join(u.parts, "; ")
}

// plainStatement is a statement without values, in either protocol.
func (g *generator) plainStatement(u *unit, form, sql string, ordered bool) {
	st := &statement{form: form, sql: sql, ordered: ordered}
	if g.oneIn(2) {
		u.query(st)
		return
	}
	g.run(u, "", st)
	u.add(&pgproto3.Sync{})
}

// control begins, ends or divides a transaction.
func (g *generator) control() *unit {
	u := &unit{}
	words := map[byte][]string{
		'I': {"BEGIN", "BEGIN", "BEGIN", "BEGIN ISOLATION LEVEL REPEATABLE READ", "COMMIT", "START TRANSACTION"},
		'T': {"COMMIT", "COMMIT", "ROLLBACK", "SAVEPOINT a", "SAVEPOINT b", "ROLLBACK TO a", "RELEASE a", "RELEASE b", "BEGIN", "SET CONSTRAINTS ALL IMMEDIATE", "COMMIT AND CHAIN"},
		'E': {"ROLLBACK", "ROLLBACK", "ROLLBACK TO a", "ROLLBACK TO b", "COMMIT", "SAVEPOINT a"},
	}[g.session.status]
	g.plainStatement(u, "transaction", pick(g, words), true)
	return u
}

func (g *generator) setting(u *unit) {
	zone := pick(g, []string{"UTC", "Europe/Berlin", "Asia/Kolkata", "America/St_Johns"})
	g.plainStatement(u, "setting", pick(g, []string{"SET ", "SET LOCAL ", "SET SESSION "})+"TimeZone = '"+zone+"'", true)
}

func (st *statement) typeNames() string {
	var list []string
	for _, p := range st.params {
		list = append(list, p.kind.typeName()+map[bool]string{true: "[]", false: ""}[p.array])
	}
	return strings.Join(list, ", ")
}

// argument writes a parameter's value for EXECUTE.
func (g *generator) argument(p param) string {
	if g.oneIn(12) {
		return "NULL"
	}
	if p.array {
		text := g.right(p.c)
		return g.quote(arrayText([]*string{&text}))
	}
	return g.quote(g.text(p.c))
}

// String shows a unit as a reader of a failure needs it.
func (u *unit) String() string {
	var b strings.Builder
	for _, m := range u.messages {
		switch m := m.(type) {
		case *pgproto3.Query:
			fmt.Fprintf(&b, "\tQuery %s\n", m.String)
		case *pgproto3.Parse:
			fmt.Fprintf(&b, "\tParse %q %v %s\n", m.Name, m.ParameterOIDs, m.Query)
		case *pgproto3.Bind:
			fmt.Fprintf(&b, "\tBind %q to %q %q formats %v, results %v\n", m.PreparedStatement, m.DestinationPortal, m.Parameters, m.ParameterFormatCodes, m.ResultFormatCodes)
		case *pgproto3.CopyData:
			fmt.Fprintf(&b, "\tCopyData %q\n", m.Data)
		default:
			fmt.Fprintf(&b, "\t%T %+v\n", m, m)
		}
	}
	return b.String()
}
