package proxy_test

import "testing"

// Query as the server answers it, with and without sealed columns.

// Several statements in one text are answered one by one, also where a rule makes one of them return rows of its own.
func TestManyStatements(t *testing.T) {
	a := startAlike(t)
	a.say(t, "T D D D C T D D D C C T D C I", query("SELECT id, v FROM t ORDER BY id; SELECT title, id FROM matters ORDER BY id; UPDATE t SET v = 'x' WHERE id = 2; SELECT 1"))
	a.say(t, "T D C T D C I", query("INSERT INTO matters VALUES (4, 'new', 'd@x', 'n') RETURNING *; DELETE FROM matters WHERE email = 'd@x' RETURNING title, id"))
	a.behind(t, "CREATE TABLE ruled (i int); CREATE RULE r AS ON INSERT TO ruled DO ALSO (SELECT id FROM t ORDER BY id; SELECT 'two'::text)")
	a.say(t, "T D D D T D C T D D D C I", query("INSERT INTO ruled VALUES (1); SELECT title FROM matters ORDER BY id"))
	a.say(t, "42601 I", query("SELECT 1; SELEC 1"))
	a.say(t, "T D C T 22012 I", query("SELECT title FROM matters WHERE id = 1; SELECT 1/(id - 1), title FROM matters WHERE id = 1; SELECT 2"))
}

// The statements of a text are one transaction; BEGIN makes it a real one from its beginning, COMMIT splits it.
func TestImplicitTransactions(t *testing.T) {
	a := startAlike(t)
	const count = "SELECT array_agg(id ORDER BY id) FROM matters WHERE id > 9"
	insert := func(id string) string { return "INSERT INTO matters (id, title) VALUES (" + id + ", 'x'); " }
	a.say(t, "C 22012 I", query(insert("10")+"SELECT 1/0"))
	a.say(t, "T D C I", query(count))
	a.say(t, "C C C T", query(insert("11")+"BEGIN; "+insert("12")))
	a.say(t, "C I", query("ROLLBACK"))
	a.say(t, "T D C I", query(count))
	a.say(t, "C C 22012 E", query(insert("13")+"BEGIN; SELECT 1/0"))
	a.say(t, "C I", query("COMMIT"))
	a.say(t, "C 25P01 C C 22012 I", query(insert("14")+"COMMIT; "+insert("15")+"SELECT 1/0"))
	a.say(t, "T D C I", query(count))
	a.say(t, "C C C C T", query("BEGIN; "+insert("16")+"COMMIT AND CHAIN; "+insert("17")))
	a.say(t, "C I", query("ROLLBACK"))
	a.say(t, "T D C I", query(count))
	a.say(t, "25P01 C I", query("ROLLBACK"))
	a.say(t, "C 25001 C C T", query("BEGIN; BEGIN; SAVEPOINT a"))
	a.say(t, "22012 E", query("SELECT 1/0"))
	a.say(t, "25P02 E", query("SELECT title FROM matters"))
	a.say(t, "C T C I", query("ROLLBACK TO a"), query("COMMIT"))
}

// A text without a statement is answered by EmptyQueryResponse, once.
func TestEmptyQueries(t *testing.T) {
	a := startAlike(t)
	for _, sql := range []string{"", ";;", " \n", "-- nothing", "/* a /* nested */ comment */;"} {
		a.say(t, "I I", query(sql))
		a.say(t, "1 t n 2 n I I", parse("", sql), describe('S', ""), bind(""), describe('P', ""), execute, endSync)
	}
	a.say(t, "T D C T D C I", query("; SELECT 1 ;; SELECT title FROM matters WHERE id = 1;"))
	a.say(t, "C T I T", query("BEGIN"), query(""))
}

// FETCH from a binary cursor answers a Query in the binary form.
func TestBinaryCursors(t *testing.T) {
	a := startAlike(t)
	a.say(t, "C C T D D C T D C C I", query("BEGIN; DECLARE b BINARY CURSOR FOR SELECT id, v FROM t ORDER BY id; FETCH 2 FROM b; FETCH NEXT FROM b; COMMIT"))
	a.say(t, "C C T", query("BEGIN; DECLARE b BINARY SCROLL CURSOR FOR SELECT v, id FROM t ORDER BY id"))
	a.say(t, "T D D D C T", query("FETCH ALL FROM b"))
	a.say(t, "1 t T 2 T D C T", parse("", "FETCH BACKWARD 1 FROM b"), describe('S', ""), bind(""), describe('P', ""), execute, endSync)
	a.say(t, "C I", query("ROLLBACK"))
}
