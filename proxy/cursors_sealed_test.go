package proxy_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/proxy/plan"
)

// A cursor does not outlive its key: a FETCH needs it then, a MOVE does not; what fails leaves the transaction as a native error does.
func TestKeyGoneBetweenFetches(t *testing.T) {
	s := startSafe(t)
	c := s.dial(t)
	expect(t, "C I", c.answers(t, 1, query("INSERT INTO matters (id, title) VALUES (1, 'canary'), (2, 'canary')")))
	const hold = "DECLARE c SCROLL CURSOR WITH HOLD FOR SELECT title FROM matters ORDER BY id"
	fetches := map[string][]pgproto3.FrontendMessage{
		"query":           {query("FETCH FIRST FROM c")},
		"prepared":        {bind("f"), execute, endSync},
		"as a portal":     {&pgproto3.Execute{Portal: "c", MaxRows: 1}, endSync},
		"with its cursor": {query("MOVE FIRST FROM c; FETCH c")},
	}
	expect(t, "C I 1 I", c.answers(t, 2, query(hold), parse("f", "FETCH FIRST FROM c"), endSync))
	for name, messages := range fetches {
		if name != "as a portal" { // which has read to its end, whatever the cursor's place
			if got := c.answers(t, 1, messages...); !strings.Contains(got, "D ") {
				t.Fatalf("%s, with the key: %s", name, got)
			}
		}
		s.keys.withdraw(denied)
		if got := c.answers(t, 1, messages...); got != "KU001 I" && got != "2 KU001 I" {
			t.Errorf("%s, without the key: %s", name, got)
		}
		expect(t, "C I C T", c.answers(t, 2, query("MOVE FIRST FROM c"), query("BEGIN")))
		if got := c.answers(t, 1, messages...); got != "KU001 E" && got != "2 KU001 E" {
			t.Errorf("%s, without the key, in a transaction: %s", name, got)
		}
		expect(t, "C I", c.answers(t, 1, query("ROLLBACK")))
		s.keys.withdraw(nil)
	}
	expect(t, "T D C I", c.answers(t, 1, query("FETCH FIRST FROM c")))
}

// While the rows of a FETCH flow the key goes: what was not sent yet is not.
func TestKeyGoneWithinFetch(t *testing.T) {
	s := startSafe(t)
	c := s.dial(t)
	for i := range 20 {
		c.answers(t, 1, query(fmt.Sprintf("INSERT INTO matters (id, title) VALUES (%d, 'title')", i)))
	}
	for _, messages := range [][]pgproto3.FrontendMessage{{query("FETCH ALL FROM c")}, {parse("", "FETCH ALL FROM c"), bind(""), execute, endSync}} {
		expect(t, "C C T", c.answers(t, 1, query("BEGIN; DECLARE c CURSOR FOR SELECT title FROM matters")))
		s.keys.withdrawAfter(5)
		got := c.answers(t, 1, messages...)
		if strings.Count(got, "D") > 5 || !strings.HasSuffix(got, "KU001 E") {
			t.Errorf("%s", got)
		}
		s.keys.withdraw(nil)
		expect(t, "C I", c.answers(t, 1, query("ROLLBACK")))
	}
}

// What a cursor brings whose name is not known for what it is, is passed on only where the server knows of no sealed column in it.
func TestCursorsThatAreNotKnown(t *testing.T) {
	s := startSafe(t)
	cluster.Exec(t, s.name, `
		CREATE FUNCTION opened(name refcursor, sql text) RETURNS refcursor LANGUAGE plpgsql AS 'BEGIN OPEN name FOR EXECUTE replace(replace(sql, ''_'', ''''''''), ''|'', ''''); RETURN name; END'`)
	c := s.dial(t)
	expect(t, "C I", c.answers(t, 1, query("INSERT INTO matters (id, title, note) VALUES (1, 'canary', 'note')")))
	const declare = "DECLARE c CURSOR FOR SELECT title FROM matters"
	// A function's takes the name of one that is gone, or another, while there is one that leads to sealed columns.
	const hold = "DECLARE held CURSOR WITH HOLD FOR SELECT title FROM matters"
	expect(t, "C I C C T", c.answers(t, 2, query(hold), query("BEGIN; "+declare)))
	for _, test := range []struct{ name, sql, want string }{
		{"c", "SELECT id FROM mat|ters", "KP002 E"}, {"c", "SELECT note FROM mat|ters", "KP002 E"}, {"c", "SELECT _x_", "T KD003 E"}, {"c", "SELECT title FROM mat|ters", "T D C T"},
		{"d", "SELECT note, id FROM mat|ters", "T D C T"}, {"d", "SELECT title FROM mat|ters", "KP002 E"},
	} {
		for _, messages := range [][]pgproto3.FrontendMessage{{query("FETCH ALL FROM " + test.name)}, {parse("", "FETCH ALL FROM "+test.name), bind(""), execute, endSync}} {
			expect(t, "C I C C C C T D C T", c.answers(t, 2, query("ROLLBACK"), query("BEGIN; "+declare+"; ROLLBACK; BEGIN; SELECT opened('"+test.name+"', '"+test.sql+"')")))
			want := test.want
			if len(messages) > 1 {
				want = "1 2 " + strings.TrimPrefix(want, "T ")
			}
			expect(t, want, c.answers(t, 1, messages...))
		}
	}
	expect(t, "C I T D C I", c.answers(t, 2, query("ROLLBACK"), query("FETCH held")))
}

// A portal of a FETCH that reads another cursor than when it was bound.
func TestFetchOfAnotherCursor(t *testing.T) {
	s := startSafe(t)
	c := s.dial(t)
	expect(t, "C I", c.answers(t, 1, query("INSERT INTO matters (id, title, note) VALUES (1, 'canary', 'note')")))
	for _, declare := range [][3]string{
		{"SELECT note FROM matters", "SELECT title FROM matters", "KP002 E"}, {"SELECT title FROM matters", "SELECT note FROM matters", "KD003 E"},
		{"SELECT title FROM matters", "SELECT email FROM matters", "KP002 E"}, {"SELECT note FROM matters", "SELECT note FROM matters", "D C T"},
	} {
		expect(t, "1 C C T", c.answers(t, 1, parse("f", "FETCH c"), query("BEGIN; DECLARE c CURSOR FOR "+declare[0])))
		b := bind("f")
		b.DestinationPortal = "p"
		expect(t, "2 T C C T", c.answers(t, 2, b, endSync, query("CLOSE c; DECLARE c CURSOR FOR "+declare[1])))
		expect(t, declare[2], c.answers(t, 1, &pgproto3.Execute{Portal: "p"}, endSync))
		expect(t, "C I", c.answers(t, 1, query("ROLLBACK")))
		expect(t, "3 I", c.answers(t, 1, closeOf('S', "f"), endSync))
	}
}

// A FETCH that was prepared while nothing of the session's led to sealed columns.
func TestFetchPreparedBefore(t *testing.T) {
	s := startSafe(t)
	ctx := t.Context()
	conn := s.connect(t)
	mustExec(t, conn, "INSERT INTO matters (id, title) VALUES (1, 'first'), (2, NULL); INSERT INTO plain VALUES (1, 'plain')")
	for _, cursor := range []struct{ sql, want string }{
		{"SELECT v FROM plain ORDER BY id", "plain"}, {"SELECT title FROM matters ORDER BY id", "first"}, {"SELECT title FROM matters WHERE id = 1 UNION ALL SELECT title FROM matters WHERE id = 0", "first"},
		{"SELECT v FROM plain", "plain"},
	} {
		tx, err := conn.Begin(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(ctx, "DECLARE c CURSOR FOR "+cursor.sql); err != nil {
			t.Fatal(err)
		}
		var got string
		if err := tx.QueryRow(ctx, "FETCH 1 FROM c").Scan(&got); err != nil || got != cursor.want { // prepared once
			t.Errorf("%s: %q, %v", cursor.sql, got, err)
		}
		if err := tx.Commit(ctx); err != nil {
			t.Fatal(err)
		}
	}
}

// A cursor in every way of pgx, with parameters, through a change of the policy.
func TestCursorsOfPgx(t *testing.T) {
	for _, mode := range []pgx.QueryExecMode{pgx.QueryExecModeCacheStatement, pgx.QueryExecModeCacheDescribe, pgx.QueryExecModeDescribeExec, pgx.QueryExecModeExec, pgx.QueryExecModeSimpleProtocol} {
		t.Run(mode.String(), func(t *testing.T) {
			s := startSafe(t)
			conn := s.connect(t)
			ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
			defer stop()
			for i := range 10 {
				mustExec(t, conn, "INSERT INTO matters (id, title, email, value) VALUES ($1, $2, $3, $4)", mode, i, fmt.Sprintf("title %d", i), fmt.Sprintf("%d@x", i), fmt.Sprint(i)+".5")
			}
			for round := range 3 {
				tx, err := conn.Begin(ctx)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := tx.Exec(ctx, "DECLARE c SCROLL CURSOR FOR SELECT id, title, value::text IS NULL, email FROM matters WHERE email <> $1 ORDER BY id", mode, "3@x"); code(err) != "KP001" {
					t.Fatalf("what is not possible in a query is in a cursor: %v", err)
				}
				if err := tx.Rollback(ctx); err != nil {
					t.Fatal(err)
				}
				if tx, err = conn.Begin(ctx); err != nil {
					t.Fatal(err)
				}
				if _, err := tx.Exec(ctx, "DECLARE c SCROLL CURSOR FOR SELECT id, title, value, email FROM matters WHERE email <> $1 ORDER BY id", mode, "3@x"); err != nil {
					t.Fatal(err)
				}
				if round == 1 {
					s.planner.SetCatalogue(safeCatalogue(t, s.name, plan.StateSealed, "2"))
				}
				var got []string
				for range 5 {
					rows, err := tx.Query(ctx, "FETCH FORWARD 2 FROM c", mode)
					if err != nil {
						t.Fatal(err)
					}
					for rows.Next() {
						var id int64
						var title, email string
						var value float64
						if err := rows.Scan(&id, &title, &value, &email); err != nil {
							t.Fatal(err)
						}
						got = append(got, fmt.Sprint(id, title, email, value))
					}
					if err := rows.Err(); err != nil {
						t.Fatal(err)
					}
				}
				if len(got) != 9 || got[3] != "4title 44@x4.5" {
					t.Errorf("round %d: %q", round, got)
				}
				mustExec(t, conn, "CLOSE c", mode)
				if err := tx.Commit(ctx); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
