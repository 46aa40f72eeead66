package proxy_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"
)

// step is a part of a script: messages that are written at once, after a pause.
type step struct {
	cancel   bool // first the session is cancelled, once it sleeps
	messages []pgproto3.FrontendMessage
	pause    time.Duration
}

// prepared is a text for Parse, with a source of arguments.
type prepared struct {
	sql  string
	oids []uint32
	args func(*rand.Rand) []string // "" is NULL
}

// vocabulary is what a script is made of.
type vocabulary struct {
	tables   string
	contents string // fills the tables
	queries  []string
	prepared []prepared
	control  []string // begin and end transactions
	copies   []string // start a COPY FROM STDIN
	rows     func(*rand.Rand) string
	function uint32 // OID for FunctionCall; 0: none
}

func none(*rand.Rand) []string { return nil }

func number(r *rand.Rand) string { return fmt.Sprint(1 + r.IntN(9)) }

// nativeVocabulary holds everything that the protocol has, on a table without protection.
var nativeVocabulary = vocabulary{
	tables:   "CREATE TABLE t (id int PRIMARY KEY, v text)",
	contents: "TRUNCATE t; INSERT INTO t VALUES (1, 'one'), (2, NULL), (3, 'three')",
	queries: []string{
		"", ";;", " -- nothing", "SELECT 1", "SELECT id, v FROM t ORDER BY id", "SELECT 1;; SELECT 'a', 2;", "SELECT 1; SELECT 1/0; SELECT 2", "SELEC 1",
		"SELECT 1/0", "SELECT no_such_column", "BEGIN", "BEGIN", "COMMIT", "COMMIT", "ROLLBACK", "BEGIN; SELECT 1", "SELECT 1; COMMIT; SELECT 2",
		"SAVEPOINT a", "ROLLBACK TO a", "RELEASE a", "ROLLBACK AND CHAIN", "COMMIT AND CHAIN", "SET TimeZone = 'UTC'", "SET TimeZone = 'Asia/Tokyo'",
		"SET LOCAL DateStyle = 'German'; SELECT date '2020-01-02'", "SET standard_conforming_strings = off", "SET standard_conforming_strings = on",
		"SET client_encoding = 'LATIN1'", "RESET client_encoding", "DO $$BEGIN RAISE NOTICE 'notice'; END$$", "DO $$BEGIN RAISE EXCEPTION 'exception'; END$$",
		"DEALLOCATE s1", "DEALLOCATE ALL", "DISCARD ALL", "PREPARE s3 AS SELECT 5", "EXECUTE s3", "DECLARE p1 CURSOR FOR SELECT id FROM t",
		"FETCH 2 FROM p1", "FETCH ALL FROM p2", "CLOSE p1", "CLOSE ALL", "COPY t TO STDOUT", "COPY (SELECT 1) TO STDOUT; SELECT 2", "SELECT repeat('x', 5000), i FROM generate_series(1, 20) i",
		"DELETE FROM t WHERE id > 5", "TRUNCATE t", "INSERT INTO t SELECT i, 'i' FROM generate_series(1, 9) i ON CONFLICT DO NOTHING RETURNING id",
		"LISTEN x; UNLISTEN x", "DECLARE b BINARY CURSOR FOR SELECT id FROM t; FETCH ALL FROM b", "EXPLAIN (COSTS off) SELECT 1",
		"SELECT set_config('application_name', 'n', false)", "CREATE TEMP TABLE x (i int)", "DROP TABLE x",
	},
	prepared: []prepared{
		{"SELECT 1", nil, none}, {"", nil, none}, {"SELECT id, v FROM t ORDER BY id", nil, none}, {"SELECT i FROM generate_series(1, 5) i", nil, none},
		{"SELECT $1::int + 1", nil, func(r *rand.Rand) []string { return []string{number(r)} }},
		{"SELECT v FROM t WHERE id = $1", []uint32{23}, func(r *rand.Rand) []string { return []string{number(r)} }},
		{"INSERT INTO t VALUES ($1, $2)", nil, func(r *rand.Rand) []string { return []string{number(r), "v"} }},
		{"INSERT INTO t VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET v = EXCLUDED.v RETURNING id, v", []uint32{23, 25}, func(r *rand.Rand) []string { return []string{number(r), ""} }},
		{"SELECT 1/$1::int", nil, func(r *rand.Rand) []string { return []string{fmt.Sprint(r.IntN(2))} }},
		{"SELECT no_such_column", nil, none}, {"SELEC", nil, none}, {"SELECT 1; SELECT 2", nil, none},
		{"DEALLOCATE s1", nil, none}, {"DEALLOCATE ALL", nil, none}, {"SET TimeZone = 'UTC'", nil, none}, {"SET standard_conforming_strings = on", nil, none},
		{"DECLARE p1 CURSOR FOR SELECT id FROM t", nil, none}, {"FETCH 1 FROM p1", nil, none}, {"COPY t TO STDOUT", nil, none}, {"EXECUTE s3", nil, none},
	},
	control: []string{"BEGIN", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT a", "ROLLBACK TO a"},
	copies:  []string{"COPY t FROM STDIN", "COPY t FROM STDIN", "COPY no_such_table FROM STDIN", "COPY t (id) FROM STDIN; SELECT 1"},
	rows:    func(r *rand.Rand) string { return fmt.Sprintf("%d\tcopied\n", 1+r.IntN(30)) },
	// pi(), and a function with a wrong number of arguments
	function: 1610,
}

// sealedVocabulary uses sealed columns in ways that must not be told from native ones.
var sealedVocabulary = vocabulary{
	tables:   "CREATE TABLE matters (id bigint PRIMARY KEY, title text, email text UNIQUE, note text); CREATE TABLE t (id int PRIMARY KEY, v text)",
	contents: "TRUNCATE t, matters; INSERT INTO matters (id, note) VALUES (1, 'one'), (2, NULL)",
	queries: []string{
		"", "SELECT 1", "SELECT 1/0", "SELECT * FROM matters ORDER BY id", "SELECT title, 1, email FROM matters ORDER BY id; SELECT 2", "SELECT 1; SELECT title FROM matters ORDER BY id; SELECT 1/0",
		"INSERT INTO matters VALUES (3, 'three', 'c@x', 'n')", "INSERT INTO matters VALUES (4, 'it''s', 'c@x', NULL), (5, '', NULL, 'five') RETURNING *",
		"INSERT INTO matters (id, title, email) VALUES (6, 'six', 'f@x') ON CONFLICT (email) DO UPDATE SET title = EXCLUDED.title RETURNING id, title",
		"UPDATE matters SET title = 'updated', email = NULL WHERE email = 'c@x' RETURNING email, id, title", "DELETE FROM matters WHERE id > 4", "DELETE FROM matters WHERE email IN ('f@x', 'c@x')",
		"BEGIN", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT a", "ROLLBACK TO a", "COMMIT AND CHAIN", "BEGIN; INSERT INTO matters (id, title) VALUES (7, 'seven')", "SELECT title FROM matters ORDER BY id; COMMIT; SELECT 2",
		"DEALLOCATE s1", "DEALLOCATE ALL", "DISCARD ALL", "CLOSE p1", "CLOSE ALL", "EXPLAIN (COSTS off) SELECT 1", "COPY t TO STDOUT", "COPY matters TO STDOUT", "COPY (SELECT title FROM matters ORDER BY id) TO STDOUT (FORMAT csv); SELECT 2", refusedText, refusedText,
		"PREPARE s1 AS SELECT title, id FROM matters WHERE email = $1 ORDER BY id", "EXECUTE s3 (1, NULL, 'a@x'); SELECT 1/0", "PREPARE s3 (bigint, text, text) AS INSERT INTO matters (id, title, email) VALUES ($1, $2, $3) RETURNING title",
		"EXECUTE s3 (8, 'executed', 'a@x')", "EXECUTE s3 (4 + 5, NULL, 'c@x')", "DEALLOCATE s3",
		"DECLARE p1 CURSOR FOR SELECT title, id FROM matters ORDER BY id", "BEGIN; DECLARE p2 SCROLL CURSOR FOR SELECT * FROM matters ORDER BY id; FETCH 2 FROM p2",
		"DECLARE h CURSOR WITH HOLD FOR SELECT email, title FROM matters ORDER BY id", "DECLARE p1 SCROLL CURSOR FOR SELECT id, v FROM t", "FETCH 2 FROM p1", "FETCH ALL FROM p2; SELECT 1/0",
		"FETCH BACKWARD 1 FROM p2", "MOVE 1 IN p1", "FETCH 1 FROM h", "FETCH ALL FROM h; CLOSE h", "DECLARE p2 BINARY CURSOR FOR SELECT title FROM matters ORDER BY id; FETCH ALL FROM p2; CLOSE p2; SELECT 1/0",
		"CLOSE p1; DECLARE p1 CURSOR FOR SELECT email FROM matters ORDER BY id; FETCH 1 FROM p1; SELECT 1/0", "UPDATE matters SET title = 'at the cursor' WHERE CURRENT OF p2",
		"SELECT m.id, m.title FROM matters m JOIN matters n ON m.email = n.email ORDER BY m.id", "SELECT count(*), count(title) FROM matters",
	},
	prepared: []prepared{
		{"SELECT 1", nil, none}, {"", nil, none}, {"SELECT * FROM matters ORDER BY id", nil, none}, {"SELECT title FROM matters ORDER BY id", nil, none}, {refusedText, nil, none},
		{"SELECT id, title FROM matters WHERE id = $1", nil, func(r *rand.Rand) []string { return []string{number(r)} }},
		{"SELECT title FROM matters WHERE email = $1", nil, func(r *rand.Rand) []string { return []string{address(r)} }},
		{"SELECT title FROM matters WHERE email = $2 OR id = $1 ORDER BY id", []uint32{20, 25}, func(r *rand.Rand) []string { return []string{number(r), address(r)} }},
		{"INSERT INTO matters VALUES ($1, $2, $3, $4)", nil, func(r *rand.Rand) []string { return []string{number(r), "title", address(r), "note"} }},
		{"INSERT INTO matters VALUES ($1, $2, $3, $2) RETURNING title, note, id", []uint32{20, 25, 1043}, func(r *rand.Rand) []string { return []string{number(r), "title", address(r)} }},
		{"INSERT INTO matters (id, title, note) VALUES ($1, 'literal', 'native') ON CONFLICT (id) DO UPDATE SET title = $2 RETURNING *", nil, func(r *rand.Rand) []string { return []string{number(r), ""} }},
		{"UPDATE matters SET title = $2 WHERE id = $1 RETURNING title", nil, func(r *rand.Rand) []string { return []string{number(r), "updated"} }},
		{"DELETE FROM matters WHERE email = $1", nil, func(r *rand.Rand) []string { return []string{address(r)} }},
		{"SELECT title, 1/$1::int FROM matters ORDER BY id", nil, func(r *rand.Rand) []string { return []string{fmt.Sprint(r.IntN(2))} }},
		{"DECLARE p1 CURSOR FOR SELECT title FROM matters WHERE email = $1 OR email = 'c@x' ORDER BY id", nil, func(r *rand.Rand) []string { return []string{address(r)} }},
		{"PREPARE s3 AS SELECT email, title FROM matters WHERE email = $3 OR id = $1 OR note = $2 ORDER BY id", nil, none},
		{"DECLARE h CURSOR WITH HOLD FOR SELECT title, id FROM matters ORDER BY id", nil, none}, {"FETCH 1 FROM p1", nil, none}, {"FETCH ALL FROM p2", nil, none}, {"FETCH 1 FROM h", nil, none}, {"CLOSE p1", nil, none},
		{"MOVE 1 FROM p2", nil, none}, {"CLOSE ALL", nil, none},
		{"SELEC", nil, none}, {"COPY matters TO STDOUT", nil, none}, {"DEALLOCATE s1", nil, none}, {"DEALLOCATE ALL", nil, none}, {"SELECT i FROM generate_series(1, 5) i", nil, none},
	},
	control: []string{"BEGIN", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT a", "ROLLBACK TO a"},
	copies:  []string{"COPY t FROM STDIN", "COPY matters (id, title) FROM STDIN", "COPY matters (title, id) FROM STDIN (FORMAT csv)", "COPY matters (id, title) FROM STDIN; SELECT 1"},
	rows:    func(r *rand.Rand) string { return fmt.Sprintf("%d\tcopied\n", 1+r.IntN(30)) },
}

func address(r *rand.Rand) string { return pick(&generator{Rand: r}, []string{"a@x", "b@x", "c@x"}) }

// What the proxy refuses, and the server directly too: what stands in its place there fails at the same point.
const (
	refusedText = "SELECT id FROM matters ORDER BY title"
	failingText = "SELECT id FROM matters ORDER BY no_such_column"
	failingCode = "E ERROR 42703"
	refusedCode = "E ERROR KP001"
)

// natively is the script for the server.
func (v *vocabulary) natively(script []step) []step {
	out := make([]step, len(script))
	for i, s := range script {
		out[i] = step{pause: s.pause, cancel: s.cancel}
		for _, m := range s.messages {
			switch q := m.(type) {
			case *pgproto3.Query:
				m = &pgproto3.Query{String: strings.ReplaceAll(q.String, refusedText, failingText)}
			case *pgproto3.Parse:
				m = &pgproto3.Parse{Name: q.Name, Query: strings.ReplaceAll(q.Query, refusedText, failingText), ParameterOIDs: q.ParameterOIDs}
			}
			out[i].messages = append(out[i].messages, m)
		}
	}
	return out
}

// refused is a trace of the server as the proxy's should be.
func (v *vocabulary) refused(trace []string) []string {
	if !slices.Contains(v.queries, refusedText) {
		return trace
	}
	for i, line := range trace {
		if line == failingCode {
			trace[i] = refusedCode
		}
	}
	return trace
}

// generator makes scripts of legal messages; what the server makes of them is its own affair, but a COPY that may have begun is always ended.
type generator struct {
	*rand.Rand
	words  *vocabulary
	script []step
	named  map[string]prepared // what was last prepared under a name, for arguments that mostly fit
}

func newGenerator(seed uint64, words *vocabulary) *generator {
	return &generator{Rand: rand.New(rand.NewPCG(seed, 0)), words: words, named: map[string]prepared{}}
}

func (g *generator) add(messages ...pgproto3.FrontendMessage) {
	if n := len(g.script); n > 0 && g.IntN(4) > 0 {
		g.script[n-1].messages = append(g.script[n-1].messages, messages...)
		return
	}
	s := step{messages: messages}
	if g.IntN(3) == 0 {
		s.pause = time.Duration(g.IntN(3000)) * time.Microsecond
	}
	g.script = append(g.script, s)
}

// endOfScript is what the last Query of every script answers.
const endOfScript = "end of script"

// sequence makes one script, which ends with a Query whose answer shows that everything before it has been answered.
func (g *generator) sequence() []step {
	g.script = nil
	for range 1 + g.IntN(25) {
		switch n := g.IntN(20); {
		case n < 5:
			g.add(&pgproto3.Query{String: pick(g, g.words.queries)})
		case n < 15:
			g.extended()
		case n < 17:
			g.copyIn()
		case n == 17 && g.words.function != 0:
			g.functionCall()
		case n == 18 && g.IntN(10) == 0:
			g.cancelled()
		default:
			g.add(&pgproto3.Sync{})
		}
	}
	g.add(&pgproto3.CopyFail{Message: "in case"}, &pgproto3.Sync{}, &pgproto3.Query{String: "ROLLBACK"}, &pgproto3.Query{String: "SELECT '" + endOfScript + "'"})
	return g.script
}

// cancelled adds a statement that sleeps until it is cancelled. It has to begin for certain, and so comes behind what ends everything else.
func (g *generator) cancelled() {
	g.add(&pgproto3.CopyFail{Message: "in case"}, &pgproto3.Sync{}, &pgproto3.Query{String: pick(g, []string{"ROLLBACK", "ROLLBACK; BEGIN"})})
	const sleeper = "SELECT pg_sleep(15)"
	if g.IntN(2) == 0 {
		g.add(&pgproto3.Query{String: sleeper})
	} else {
		g.add(&pgproto3.Parse{Query: sleeper}, &pgproto3.Bind{}, &pgproto3.Execute{}, &pgproto3.Sync{})
	}
	g.script = append(g.script, step{cancel: true})
}

func pick[T any](g *generator, from []T) T { return from[g.IntN(len(from))] }

func (g *generator) statement() string { return pick(g, []string{"", "", "s1", "s2"}) }

func (g *generator) portal() string { return pick(g, []string{"", "", "p1", "p2"}) }

// extended adds messages of the extended protocol, mostly in their usual order.
func (g *generator) extended() {
	stmt, portal := g.statement(), g.portal()
	switch g.IntN(11) {
	case 10:
		// names of their own: the server does not survive a second Execute of such a portal in a failed transaction
		g.add(&pgproto3.Close{ObjectType: 'S', Name: "control"}, &pgproto3.Parse{Name: "control", Query: pick(g, g.words.control)},
			&pgproto3.Close{ObjectType: 'P', Name: "control"}, &pgproto3.Bind{PreparedStatement: "control", DestinationPortal: "control"},
			&pgproto3.Execute{Portal: "control"})
	case 0, 1, 2, 3:
		g.parse(stmt)
		if g.IntN(3) == 0 {
			g.add(&pgproto3.Describe{ObjectType: 'S', Name: stmt})
		}
		g.bind(portal, stmt)
		g.execute(portal)
	case 4:
		g.parse(stmt)
	case 5:
		g.bind(portal, stmt)
		g.execute(portal)
	case 6:
		// never the unnamed one: the server does not survive an Execute of the portal of a Query that has failed
		g.execute(pick(g, []string{"p1", "p2", "no such portal"}))
	case 7:
		g.add(&pgproto3.Describe{ObjectType: 'S', Name: stmt}, &pgproto3.Describe{ObjectType: 'P', Name: "p1"})
	case 8:
		g.add(&pgproto3.Close{ObjectType: pick(g, []byte("SP")), Name: pick(g, []string{stmt, portal})})
	case 9:
		g.add(&pgproto3.Flush{})
	}
	if g.IntN(3) > 0 {
		g.add(&pgproto3.Sync{})
	}
}

func (g *generator) parse(name string) {
	p := pick(g, g.words.prepared)
	g.named[name] = p
	if name != "" && g.IntN(2) == 0 {
		g.add(&pgproto3.Close{ObjectType: 'S', Name: name})
	}
	g.add(&pgproto3.Parse{Name: name, Query: p.sql, ParameterOIDs: p.oids})
}

func (g *generator) bind(portal, stmt string) {
	m := &pgproto3.Bind{DestinationPortal: portal, PreparedStatement: stmt}
	if p, ok := g.named[stmt]; ok {
		for _, a := range p.args(g.Rand) {
			if a == "" {
				m.Parameters = append(m.Parameters, nil)
			} else {
				m.Parameters = append(m.Parameters, []byte(a))
			}
		}
	}
	switch g.IntN(12) {
	case 0:
		m.Parameters = append(m.Parameters, []byte("one too many"))
	case 1, 2:
		m.ResultFormatCodes = []int16{1}
	case 3:
		m.ResultFormatCodes = []int16{0, 1}
	case 4:
		m.ParameterFormatCodes = []int16{0}
	}
	g.add(m)
}

func (g *generator) execute(portal string) {
	if g.IntN(3) == 0 {
		g.add(&pgproto3.Describe{ObjectType: 'P', Name: portal})
	}
	g.add(&pgproto3.Execute{Portal: portal, MaxRows: uint32(max(0, g.IntN(6)-3))})
}

// copyIn adds a COPY FROM STDIN with its data, in either protocol, with messages between that the server passes over.
func (g *generator) copyIn() {
	if len(g.words.copies) == 0 {
		return
	}
	sql := pick(g, g.words.copies)
	extended := g.IntN(2) == 0 && !strings.Contains(sql, ";")
	if extended {
		// names of their own: a COPY executed without its data ends the session
		g.add(&pgproto3.Close{ObjectType: 'S', Name: "copy"}, &pgproto3.Parse{Name: "copy", Query: sql},
			&pgproto3.Bind{PreparedStatement: "copy", DestinationPortal: "copy"}, &pgproto3.Execute{Portal: "copy"})
	} else {
		g.add(&pgproto3.Query{String: sql})
	}
	synced := false // such a Sync leaves open what becomes of requests without one behind the data: the proxy ends the session
	for range g.IntN(5) {
		switch g.IntN(6) {
		case 0:
			synced = true
			g.add(&pgproto3.Sync{})
		case 1:
			g.add(&pgproto3.Flush{})
		case 2:
			g.add(&pgproto3.CopyData{Data: []byte("not a row\n")})
		default:
			g.add(&pgproto3.CopyData{Data: []byte(g.words.rows(g.Rand))})
		}
	}
	if g.IntN(4) == 0 {
		g.add(&pgproto3.CopyFail{Message: "no more"})
	} else {
		g.add(&pgproto3.CopyDone{})
	}
	if extended && (synced || g.IntN(4) > 0) {
		g.add(&pgproto3.Sync{})
	}
}

func (g *generator) functionCall() {
	m := &pgproto3.FunctionCall{Function: g.words.function}
	if g.IntN(2) == 0 {
		m.Arguments = [][]byte{[]byte("too many")}
	}
	g.add(m)
}

// String shows a script as a reader of a failed test needs it.
func scriptString(script []step) string {
	var b strings.Builder
	for _, s := range script {
		fmt.Fprintf(&b, "after %v, cancel %v:\n", s.pause, s.cancel)
		for _, m := range s.messages {
			switch m := m.(type) {
			case *pgproto3.Query:
				fmt.Fprintf(&b, "\tQuery %q\n", m.String)
			case *pgproto3.Parse:
				fmt.Fprintf(&b, "\tParse %q %q %v\n", m.Name, m.Query, m.ParameterOIDs)
			case *pgproto3.Bind:
				fmt.Fprintf(&b, "\tBind %q to %q %q %v %v\n", m.PreparedStatement, m.DestinationPortal, m.Parameters, m.ParameterFormatCodes, m.ResultFormatCodes)
			case *pgproto3.CopyData:
				fmt.Fprintf(&b, "\tCopyData %q\n", m.Data)
			default:
				fmt.Fprintf(&b, "\t%T %+v\n", m, m)
			}
		}
	}
	return b.String()
}
