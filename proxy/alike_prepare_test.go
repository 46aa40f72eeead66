package proxy_test

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgproto3"
)

// PREPARE and EXECUTE over sealed columns, as the server has them.
func TestPrepareAndExecute(t *testing.T) {
	a := startAlike(t)
	a.say(t, "C I", query("PREPARE ins (bigint, text, text) AS INSERT INTO matters (id, title, email, note) VALUES ($1, $2, $3, 'native')"))
	a.say(t, "C I C I C I", query("EXECUTE ins (10, 'it''s ten', 'ten@x')"), query("EXECUTE ins (5 + 6, E'el\\x65ven', NULL)"), query("EXECUTE ins (12, NULL, 'twelve@x')"))
	a.say(t, "23505 I", query("EXECUTE ins (13, 'x', 'ten@x')"))
	a.say(t, "C I T D C I T C I", query("PREPARE sel AS SELECT id, title, email, note FROM matters WHERE email = $1 OR id = $2"), query("EXECUTE sel ('ten@x', 0)"), query("EXECUTE sel ('none', 0)"))
	a.say(t, "C I T D D C I", query("PREPARE many (text[]) AS SELECT title FROM matters WHERE email = ANY($1) ORDER BY id"), query("EXECUTE many ('{ten@x,\"twelve@x\"}')"))
	a.say(t, "C I T D C I", query("PREPARE upd (varchar, unknown) AS UPDATE matters SET title = $1 WHERE email = $2 RETURNING title"), query("EXECUTE upd ('changed', 'ten@x')"))
	a.say(t, "42P05 I 26000 I", query("PREPARE sel AS SELECT title FROM matters"), query("EXECUTE no_such (1)"))
	a.say(t, "C T C T T D C T C I", query("BEGIN"), query("PREPARE tx AS SELECT email FROM matters WHERE email = $1"), query("EXECUTE tx ('ten@x')"), query("ROLLBACK"))
	a.say(t, "T D C I C I 26000 I", query("EXECUTE tx ('ten@x')"), query("DEALLOCATE tx"), query("EXECUTE tx ('ten@x')"))
	a.say(t, "42P01 I 26000 I", query("PREPARE bad AS SELECT title FROM matters, no_such_table"), query("EXECUTE bad"))
	a.say(t, "C I 26000 I", query("DEALLOCATE ALL"), query("EXECUTE sel ('ten@x', 0)"))
}

// What one protocol prepares, the other runs.
func TestPreparedByEither(t *testing.T) {
	a := startAlike(t)
	a.say(t, "C I", query("PREPARE p (text, bigint) AS SELECT title, id FROM matters WHERE email = $1 OR id = $2 ORDER BY id"))
	a.say(t, "t T I 2 T D D C I", describe('S', "p"), endSync, bind("p", "a@x", "3"), describe('P', ""), execute, endSync)
	b := bind("p", "a@x", "3")
	b.ResultFormatCodes = []int16{1}
	a.say(t, "2 D s I", b, &pgproto3.Execute{MaxRows: 1}, endSync)
	a.say(t, "1 2 C I", parse("", "PREPARE q AS INSERT INTO matters (id, title) VALUES ($1, $2) RETURNING title"), bind(""), execute, endSync)
	a.say(t, "2 D C I T D C I", bind("q", "20", "bound"), execute, endSync, query("EXECUTE q (21, 'executed')"))
	a.say(t, "1 I T D D D D D C I", parse("all", titles), endSync, query(`EXECUTE "all"`))
}

// What cannot be sealed for as long as a prepared statement lives, or would go around its plan, is refused, and nothing of it is stored.
func TestPrepareRefused(t *testing.T) {
	s := startSafe(t)
	c := s.dial(t)
	for _, sql := range []string{
		"PREPARE p AS INSERT INTO matters (id, title) VALUES (1, 'canary')", "PREPARE p AS SELECT id FROM matters WHERE email = 'canary' OR id = $1",
		"PREPARE p AS INSERT INTO matters (id, title, email) VALUES (1, $1, $1)", "PREPARE p AS INSERT INTO matters (id, title, note) VALUES (1, $1, $1)",
		"PREPARE p (int) AS INSERT INTO matters (id, value) VALUES (1, $1)", "PREPARE p (char(5)) AS INSERT INTO matters (id, title) VALUES (1, $1)", "PREPARE p AS SELECT upper(title) FROM matters",
		"SELECT 1; PREPARE p AS SELECT title FROM matters",
	} {
		if got := c.answers(t, 1, query(sql)); !strings.HasPrefix(got, "KP00") {
			t.Errorf("%s: %s", sql, got)
		}
	}
	expect(t, "C I C I", c.answers(t, 2, query("PREPARE p (bigint, text, numeric) AS INSERT INTO matters (id, title, value) VALUES ($1, $2, $3)"), query("EXECUTE p (1, 'canary', -1.50)")))
	for _, sql := range []string{
		"EXECUTE p (2, 'can' || 'ary', 1)", "EXECUTE p (2, 'canary')", "EXECUTE p (2, 'canary', 1, 1)", "EXPLAIN EXECUTE p (2, 'canary', 1)", "CREATE TABLE x AS EXECUTE p (2, 'canary', 1)",
		"DEALLOCATE p; PREPARE p AS SELECT 1; EXECUTE p (2, 'canary', 1)", "EXECUTE p (2, (SELECT title FROM matters), 1)", "EXECUTE p (2, 'canary', 'canary')",
	} {
		if got := c.answers(t, 1, query(sql)); !strings.HasPrefix(got, "KP00") && got != "22P02 I" {
			t.Errorf("%s: %s", sql, got)
		}
	}
	// An EXECUTE in a Parse, also one that was prepared before the name led anywhere.
	expect(t, "KP001 I C I", c.answers(t, 2, parse("e", "EXECUTE p (2, 'canary', 1)"), endSync, query("DEALLOCATE p")))
	expect(t, "1 1 I", c.answers(t, 1, parse("e", "EXECUTE p (2, 'canary')"), parse("p", insertTitle), endSync))
	expect(t, "2 KP001 I", c.answers(t, 1, bind("e"), execute, endSync))
	if ids := s.stored(t, "id::text"); len(ids) != 1 {
		t.Errorf("rows %v", ids)
	}
	if stored := s.stored(t, "title || value::text"); strings.Contains(stored[0], "canary") || !strings.Contains(stored[0], "pgs1_") {
		t.Errorf("stored %q", stored)
	}
}

// A name that led to sealed columns is given to something else, by whatever way: what EXECUTE runs is what it stands for now.
func TestPreparedAgain(t *testing.T) {
	a := startAlike(t)
	const sealed, native = "PREPARE p (text) AS SELECT title FROM matters WHERE email = $1", "PREPARE p (text) AS INSERT INTO t (id, v) VALUES (9, $1) RETURNING v"
	a.say(t, "C I T D C I", query(sealed), query("EXECUTE p ('a@x')"))
	a.say(t, "C I C I T D C I", query("DEALLOCATE p"), query(native), query("EXECUTE p ('native')"))
	a.say(t, "C C I C I", query("DELETE FROM t WHERE id = 9; DEALLOCATE p"), query(sealed))
	a.say(t, "C C 22012 I T D C I", query("DEALLOCATE p; "+native+"; SELECT 1/0"), query("EXECUTE p ('native')"))
	a.say(t, "C C I C I T D C I", query("DELETE FROM t WHERE id = 9; DEALLOCATE p"), query(sealed), query("EXECUTE p ('a@x')"))
	a.say(t, "22012 I T D C I", query("SELECT 1/0; DEALLOCATE p; "+native), query("EXECUTE p ('a@x')"))
	a.say(t, "1 1 2 C 2 C 2 D C I", parse("d", "DEALLOCATE p"), parse("n", native), bind("d"), execute, bind("n"), execute, bind("p", "native"), execute, endSync)
	a.say(t, "T D C I", query("SELECT v FROM t WHERE id = 9"))
}
