package proxy_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
)

// twins starts a proxy on a database that has a table with the same rows twice: sealed as matters, and in the clear as twin. What a COPY of the
// one says must be what a COPY of the other says.
func twins(t *testing.T, rows int) (*safe, *pgx.Conn) {
	s := startSafe(t)
	cluster.Exec(t, s.name, "CREATE TABLE twin (id bigint PRIMARY KEY, title text, email text UNIQUE, value numeric, closes date, note text)")
	conn := s.connect(t)
	for i := range rows {
		args := []any{i, fmt.Sprintf("title %d", i), fmt.Sprintf("a%d@b", i), fmt.Sprintf("%d.50", i), "2031-03-14", "note"}
		switch i % 8 {
		case 1:
			args[1] = "tab\t newline\n return\r backslash\\ quote\" comma, \v\f\b\x01 ä"
		case 2:
			args[1], args[2], args[3], args[4], args[5] = nil, nil, nil, nil, nil
		case 3:
			args[1], args[5] = "", ""
		case 4:
			args[1] = `\.`
		case 5:
			args[1] = `\N`
		case 6:
			args[1], args[4] = "nil", "infinity"
		case 7:
			args[1] = "'"
		}
		for _, table := range []string{"matters", "twin"} {
			mustExec(t, conn, "INSERT INTO "+table+" VALUES ($1, $2, $3, $4, $5, $6)", append([]any{pgx.QueryExecModeExec}, args...)...)
		}
	}
	return s, conn
}

var copyOutForms = []string{
	"COPY %s TO STDOUT",
	"COPY %s (value, title, id) TO STDOUT (DELIMITER '|', NULL '')",
	"COPY %s TO STDOUT (HEADER, NULL 'nil')",
	"COPY %s TO STDOUT (FORMAT csv)",
	"COPY %s (title) TO STDOUT (FORMAT csv)",
	"COPY %s TO STDOUT (FORMAT csv, HEADER, FORCE_QUOTE (title, closes))",
	"COPY %s TO STDOUT (FORMAT csv, NULL 'nil', QUOTE '''', ESCAPE '\\', DELIMITER ';')",
	"COPY %s TO STDOUT WITH CSV FORCE QUOTE *",
	"COPY %s TO STDOUT (FORMAT binary)",
	"COPY (SELECT * FROM %s WHERE email = 'a0@b') TO STDOUT",
	"COPY (SELECT title AS a, closes, 1 AS b FROM %s ORDER BY id) TO STDOUT (FORMAT csv, HEADER, FORCE_QUOTE (a, b))",
	"COPY (SELECT id, value FROM %s WHERE id < 0) TO STDOUT (FORMAT binary)",
	"COPY (SELECT id, value FROM %s WHERE id < 0) TO STDOUT (FORMAT csv, HEADER)",
	"COPY (SELECT a.title, b.* FROM %s a JOIN plain b USING (id)) TO STDOUT",
}

func TestCopyOut(t *testing.T) {
	s, conn := twins(t, 20)
	mustExec(t, conn, "INSERT INTO plain VALUES (1, 'one'), (2, 'two')")
	for _, form := range copyOutForms {
		for _, setting := range []string{"hex", "escape"} {
			mustExec(t, conn, "SET bytea_output = "+setting)
			// Both through the proxy: what passes, and what is opened.
			want, got := copyOut(t, conn, fmt.Sprintf(form, "twin")), copyOut(t, conn, fmt.Sprintf(form, "matters"))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, %s (- want, + got)\n%s", form, setting, diff)
			}
		}
		// Message by message.
		c := s.dial(t)
		want := c.answers(t, 1, query(fmt.Sprintf(form, "twin")))
		expect(t, want, c.answers(t, 1, query(fmt.Sprintf(form, "matters"))))
		want = c.answers(t, 1, parse("", fmt.Sprintf(form, "twin")), bind(""), execute, endSync)
		if got := c.answers(t, 1, parse("", fmt.Sprintf(form, "matters")), bind(""), execute, endSync); !strings.Contains(form, "email =") {
			expect(t, want, got)
		} else {
			expect(t, "KP001 I", got) // a literal that would have to be a parameter
		}
	}
}

// What comes out goes in again.
func TestCopyRoundTrip(t *testing.T) {
	s, conn := twins(t, 20)
	for _, form := range copyOutForms[:9] {
		columns, options, _ := strings.Cut(strings.TrimPrefix(form, "COPY %s"), "TO STDOUT")
		if columns != " " || strings.Contains(options, "FORCE") || strings.Contains(options, "nil") {
			continue
		}
		data := copyOut(t, conn, fmt.Sprintf(form, "matters"))
		want := shown(t, conn)
		mustExec(t, conn, "DELETE FROM matters")
		expect(t, "C I", s.dial(t).copyIn(t, "COPY matters FROM STDIN"+options, data, 100))
		if diff := cmp.Diff(want, shown(t, conn)); diff != "" {
			t.Errorf("%s\n%s", form, diff)
		}
	}
}

// A value that does not open, or a key that goes, ends the COPY in its typed error; the session goes on, and a transaction is in the failed state.
func TestCopyOutFails(t *testing.T) {
	for name, test := range map[string]struct {
		spoil func(s *safe)
		want  string
	}{
		"plaintext": {func(s *safe) { cluster.Exec(t, s.name, "UPDATE matters SET title = 'plain' WHERE id = 3") }, "KD003"},
		"not authentic": {func(s *safe) {
			cluster.Exec(t, s.name, "UPDATE matters SET value = (SELECT value FROM matters WHERE id = 1), closes = (SELECT value FROM matters WHERE id = 1) WHERE id = 3")
		}, "KD001"},
		"key gone": {func(s *safe) { s.keys.withdrawAfter(10) }, "KU001"},
	} {
		for _, options := range []string{"", "(FORMAT csv)", "(FORMAT binary)"} {
			t.Run(name+options, func(t *testing.T) {
				s, _ := twins(t, 8)
				c := s.dial(t)
				sql := "COPY (SELECT * FROM matters ORDER BY id) TO STDOUT " + options
				test.spoil(s)
				got := c.answers(t, 1, query(sql))
				if !strings.HasPrefix(got, "H d") || !strings.HasSuffix(got, " "+test.want+" I") {
					t.Errorf("%s", got)
				}
				s.keys.withdraw(nil)
				test.spoil(s)
				c.answers(t, 1, query("BEGIN"))
				got = c.answers(t, 1, query(sql))
				if !strings.HasPrefix(got, "H d") || !strings.HasSuffix(got, " "+test.want+" E") {
					t.Errorf("in a transaction: %s", got)
				}
				expect(t, "C I", c.answers(t, 1, query("COMMIT")))
				s.keys.withdraw(nil)
				test.spoil(s)
				got = c.answers(t, 1, parse("", sql), bind(""), execute, endSync)
				if !strings.HasPrefix(got, "1 2 H d") || !strings.HasSuffix(got, " "+test.want+" I") {
					t.Errorf("extended: %s", got)
				}
				s.keys.withdraw(nil)
				expect(t, "T D C I", c.answers(t, 1, query("SELECT 1")))
			})
		}
	}
}

// A COPY of many rows is stopped at the server, and the key is looked at although no value is opened any more.
func TestCopyOutIsCancelled(t *testing.T) {
	s, conn := twins(t, 1)
	cluster.Exec(t, s.name, "INSERT INTO matters (id, note) SELECT g, repeat('x', 1000) FROM generate_series(100, 100000) g")
	s.keys.withdrawAfter(1)
	var b strings.Builder
	if _, err := conn.PgConn().CopyTo(t.Context(), &b, "COPY (SELECT id, title, note FROM matters ORDER BY id) TO STDOUT"); code(err) != "KU001" {
		t.Error(err)
	}
	if b.Len() > 10<<20 {
		t.Errorf("%d bytes came", b.Len())
	}
}
