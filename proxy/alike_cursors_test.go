package proxy_test

import (
	"testing"

	"github.com/jackc/pgx/v5/pgproto3"
)

// Cursors that SQL declares, as the server has them, over sealed columns too.

const declareC = "DECLARE c SCROLL CURSOR FOR SELECT id, title, email FROM matters ORDER BY id"

func fetchInto(portal string, formats ...int16) []pgproto3.FrontendMessage {
	return []pgproto3.FrontendMessage{&pgproto3.Bind{PreparedStatement: "f", DestinationPortal: portal, ResultFormatCodes: formats}, &pgproto3.Execute{Portal: portal}}
}

// Every form of FETCH and MOVE in simple queries.
func TestFetch(t *testing.T) {
	a := startAlike(t)
	a.say(t, "C T C T", query("BEGIN"), query(declareC))
	for _, step := range [][2]string{
		{"FETCH c", "T D C T"}, {"FETCH ALL FROM c", "T D D C T"}, {"FETCH PRIOR FROM c", "T D C T"}, {"FETCH BACKWARD ALL IN c", "T D D C T"},
		{"FETCH FIRST FROM c", "T D C T"}, {"FETCH LAST c", "T D C T"}, {"FETCH ABSOLUTE 2 FROM c", "T D C T"}, {"FETCH RELATIVE 0 FROM c", "T D C T"},
		{"FETCH RELATIVE 1 c", "T D C T"}, {"FETCH ABSOLUTE 9 c", "T C T"}, {"MOVE FIRST IN c", "C T"}, {"MOVE BACKWARD ALL FROM c", "C T"},
		{"FETCH FORWARD 2 FROM c", "T D D C T"}, {"FETCH 0 FROM c", "T D C T"}, {"MOVE ALL FROM c; FETCH BACKWARD 1 FROM c", "C T D C T"}, {`FETCH ABSOLUTE 1 "c"`, "T D C T"},
		{`FETCH ABSOLUTE 1 U&"\0063"`, "T D C T"}, {"/* c */ fetch absolute 1 C", "T D C T"},
	} {
		a.say(t, step[1], query(step[0]))
	}
	a.say(t, "C T 34000 E C I", query("CLOSE c"), query("FETCH c"), query("ROLLBACK"))
	a.say(t, "C C T D D D C C I", query("BEGIN; "+declareC+"; FETCH ALL FROM c; COMMIT"))
	a.say(t, "34000 I 25P01 I", query("FETCH ALL FROM c"), query(declareC))
}

// FETCH by Parse, Bind and Execute, with its descriptions, in every format, and in parts.
func TestFetchPrepared(t *testing.T) {
	a := startAlike(t)
	a.say(t, "C T C T", query("BEGIN"), query(declareC))
	a.say(t, "1 t T T", parse("f", "FETCH FORWARD 1 FROM c"), describe('S', "f"), endSync)
	a.say(t, "2 T D C T", fetchInto("")[0], describe('P', ""), execute, endSync)
	a.say(t, "2 D C T", append(fetchInto("", 1), endSync)...)
	a.say(t, "2 D C 2 C T", append(append(fetchInto("p", 0, 1, 1), fetchInto("q")...), endSync)...)
	a.say(t, "1 2 C 1 2 D s D D C T", parse("", "MOVE ABSOLUTE 0 IN c"), bind(""), execute, parse("", "FETCH ALL FROM c"), bind(""), &pgproto3.Execute{MaxRows: 1}, execute, endSync)
	a.say(t, "2 08P01 E", append(fetchInto(""), fetchInto("", 0, 1)...)[0], fetchInto("", 0, 1)[0], endSync)
	a.say(t, "C I", query("ROLLBACK"))
	// The same statement reads what has the name next.
	a.say(t, "C C C T", query("BEGIN; DECLARE c CURSOR FOR SELECT email FROM matters ORDER BY id DESC; MOVE 1 FROM c"))
	a.say(t, "2 T D C T", fetchInto("")[0], describe('P', ""), execute, endSync)
	a.say(t, "2 D C T", append(fetchInto("", 1), endSync)...)
	// Its own description has the columns of the first and the origins of the second by now, so that it is not believed.
	expect(t, "t KP002 E", a.legs[2].answers(t, 1, describe('S', "f"), endSync))
	a.dial(t)
	a.say(t, "1 I 2 34000 I", parse("f", "FETCH FORWARD 1 FROM c"), endSync, fetchInto("")[0], execute, endSync)
}

// A cursor's life: its transaction, a savepoint, CLOSE, DISCARD, or for ever.
func TestCursorLives(t *testing.T) {
	a := startAlike(t)
	const fetch = "FETCH ALL FROM c"
	a.say(t, "C C T C I 34000 I", query("BEGIN; "+declareC), query("COMMIT"), query(fetch))
	a.say(t, "C C T C I 34000 I", query("BEGIN; "+declareC), query("ROLLBACK"), query(fetch))
	a.say(t, "C C C C T T D D D C T", query("BEGIN; SAVEPOINT a; "+declareC+"; RELEASE a"), query(fetch))
	a.say(t, "C C C T C T", query("SAVEPOINT a; CLOSE c; DECLARE c CURSOR FOR SELECT title FROM matters WHERE id = 1"), query("ROLLBACK TO a"))
	a.say(t, "34000 E C I", query(fetch), query("ROLLBACK"))
	a.say(t, "C C C 22012 E C T T D D D C T", query("BEGIN; "+declareC+"; SAVEPOINT a; SELECT 1/0"), query("ROLLBACK TO a"), query(fetch))
	const again = "CLOSE c; DECLARE c SCROLL CURSOR FOR SELECT v FROM t WHERE id = 1; SAVEPOINT b; SELECT 1/0"
	a.say(t, "C C C 22012 E C T T D C T C C C T T D D D C T", query(again), query("ROLLBACK TO b"), query(fetch), query("CLOSE c; "+declareC+"; SAVEPOINT a"), query(fetch))
	a.say(t, "42P03 E C T", query(declareC), query("ROLLBACK TO a"))
	a.say(t, "C T 34000 E 25P02 E C I", query("CLOSE ALL"), query(fetch), query(fetch), query("COMMIT"))
	const hold = "DECLARE c SCROLL CURSOR WITH HOLD FOR SELECT title, id FROM matters ORDER BY id"
	a.say(t, "C I T D C I C T T D D C T C I", query(hold), query("FETCH c"), query("BEGIN"), query(fetch), query("ROLLBACK"))
	a.say(t, "42P03 I C I 34000 I", query(hold), query("CLOSE c"), query(fetch))
	a.say(t, "C I C I 34000 I", query(hold), query("DISCARD ALL"), query(fetch))
	a.say(t, "C C T C I 34000 I", query("BEGIN; "+hold), query("ROLLBACK"), query(fetch))
	a.say(t, "C C C 22012 I T D D D C I C I", query("BEGIN; "+hold+"; COMMIT; SELECT 1/0"), query(fetch), query("CLOSE c"))
	a.say(t, "C T C T C C T T D D D C T C I", query("BEGIN"), query(declareC), query("COMMIT AND CHAIN; DECLARE c CURSOR FOR SELECT email FROM matters"), query(fetch), query("ROLLBACK"))
}

// A DECLARE with literals and parameters, and UPDATE at a cursor's place.
func TestCursorValues(t *testing.T) {
	a := startAlike(t)
	a.say(t, "C C T D C C I", query("BEGIN; DECLARE c CURSOR FOR SELECT title FROM matters WHERE email = 'a@x'; FETCH ALL c; COMMIT"))
	a.say(t, "1 t n I", parse("d", "DECLARE c CURSOR FOR SELECT title, id FROM matters WHERE email = $1 OR email = 'c@x' OR id = $2 ORDER BY id"), describe('S', "d"), endSync)
	a.say(t, "C T 2 C T T D D C T C I", query("BEGIN"), bind("d", "a@x", "7"), execute, endSync, query("FETCH ALL FROM c"), query("ROLLBACK"))
	a.say(t, "C C T D C T C T D C C I", query("BEGIN; DECLARE c CURSOR FOR SELECT id, title FROM matters WHERE id = 3 FOR UPDATE; FETCH c"),
		query("UPDATE matters SET title = 'changed' WHERE CURRENT OF c; SELECT title FROM matters WHERE id = 3; COMMIT"))
	a.say(t, "C C T D D D C C I", query("BEGIN; DECLARE c CURSOR FOR SELECT title FROM matters UNION ALL SELECT title FROM matters WHERE id < 0; FETCH ALL c; COMMIT"))
}

// BINARY is for queries; the extended protocol has formats of its own.
func TestBinaryCursorsOverSealedColumns(t *testing.T) {
	a := startAlike(t)
	a.say(t, "C C T D D D C T", query("BEGIN; DECLARE c BINARY SCROLL CURSOR FOR SELECT title, id, email FROM matters ORDER BY id; FETCH ALL FROM c"))
	a.say(t, "1 t T 2 T D D D C T", parse("f", "FETCH BACKWARD ALL FROM c"), describe('S', "f"), fetchInto("")[0], describe('P', ""), execute, endSync)
	a.say(t, "T D s D s T C I", describe('P', "c"), &pgproto3.Execute{Portal: "c", MaxRows: 1}, &pgproto3.Execute{Portal: "c", MaxRows: 1}, endSync, query("ROLLBACK"))
}

// Cursors and portals share their names.
func TestCursorsAndPortals(t *testing.T) {
	a := startAlike(t)
	const all = "SELECT id, title FROM matters ORDER BY id"
	a.say(t, "1 C T C T", parse("s", all), query("BEGIN"), query("DECLARE c CURSOR FOR "+all))
	a.say(t, "T D s T T D C C T D C 3 34000 E C I", describe('P', "c"), &pgproto3.Execute{Portal: "c", MaxRows: 1}, endSync, query("FETCH 1 FROM c; SAVEPOINT a"),
		&pgproto3.Execute{Portal: "c", MaxRows: 2}, closeOf('P', "c"), &pgproto3.Execute{Portal: "c"}, endSync, query("ROLLBACK"))
}

// What depends on a cursor may be sent before it is known that there is one.
func TestCursorsInPipelines(t *testing.T) {
	a := startAlike(t)
	a.say(t, "C T C T T D D D C T C I", query("BEGIN"), query(declareC), query("FETCH ALL FROM c"), query("COMMIT"))
	a.say(t, "C T 42P01 E 25P02 E C I", query("BEGIN"), query("DECLARE c CURSOR FOR SELECT title FROM no_such_table"), query("FETCH ALL FROM c"), query("COMMIT"))
	d, f := parse("d", declareC), parse("f", "FETCH ALL FROM c")
	a.say(t, "1 2 C 1 2 C 1 t T 2 D D D C 1 2 C I", parse("", "BEGIN"), bind(""), execute, d, bind("d"), execute, f, describe('S', "f"), fetchInto("p")[0], fetchInto("p")[1],
		parse("", "COMMIT"), bind(""), execute, endSync)
	a.say(t, "C T 2 C 2 D D D C 2 42P03 E C I", query("BEGIN"), bind("d"), execute, fetchInto("p")[0], fetchInto("p")[1], bind("d"), execute, fetchInto("q")[0], fetchInto("q")[1], endSync, query("ROLLBACK"))
	// One that was declared natively under a name that had led to sealed columns, and the other way round.
	const native = "DECLARE c CURSOR FOR SELECT v, id FROM t ORDER BY id"
	a.say(t, "C C T D C C I C C T D D D C C I", query("BEGIN; "+declareC+"; FETCH c; COMMIT"), query("BEGIN; "+native+"; FETCH ALL c; COMMIT"))
	a.say(t, "C C T D C C C T D C C I", query("BEGIN; "+native+"; FETCH c; CLOSE c; "+declareC+"; FETCH c; COMMIT"))
	a.say(t, "C C T C C T T D C T D D C C I", query("BEGIN; "+declareC), query("CLOSE c; "+native), query("FETCH c; FETCH ALL c; COMMIT"))
}
