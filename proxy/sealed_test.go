package proxy_test

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/legatics/pgseal/proxy/plan"
)

var allModes = []pgx.QueryExecMode{pgx.QueryExecModeCacheStatement, pgx.QueryExecModeCacheDescribe,
	pgx.QueryExecModeDescribeExec, pgx.QueryExecModeExec, pgx.QueryExecModeSimpleProtocol}

type matter struct {
	ID     int64
	Title  *string
	Email  *string
	Value  *string
	Closes *string
	Note   *string
}

func ptr(s string) *string { return &s }

// What an application writes lies sealed in the database, and comes back as it was written, whatever way its driver sends statements.
func TestSealedInEveryMode(t *testing.T) {
	s := startSafe(t)
	for i, mode := range allModes {
		t.Run(mode.String(), func(t *testing.T) {
			conn := s.connect(t)
			mustExec(t, conn, "DELETE FROM matters", mode)
			want := []matter{
				{1, ptr("canary-title"), ptr(fmt.Sprintf("canary-%d@example.org", i)), ptr("1250000.50"), ptr("2031-03-14"), ptr("native")},
				{2, ptr(""), nil, nil, nil, nil},
			}
			for _, m := range want {
				mustExec(t, conn, "INSERT INTO matters VALUES ($1, $2, $3, $4, $5, $6)", mode, m.ID, m.Title, m.Email, m.Value, m.Closes, m.Note)
			}
			rows, err := conn.Query(t.Context(), "SELECT id, title, email, value::text, closes::text, note FROM matters ORDER BY id", mode)
			if err == nil {
				rows.Close()
				err = rows.Err()
			}
			if code(err) != "KP001" {
				t.Errorf("a cast of a sealed column: %v", err)
			}
			rows, _ = conn.Query(t.Context(), "SELECT * FROM matters ORDER BY id", mode)
			got, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (m matter, err error) {
				var closes any
				var value any
				err = row.Scan(&m.ID, &m.Title, &m.Email, &value, &closes, &m.Note)
				m.Value, m.Closes = textOf(t, value), textOf(t, closes)
				return m, err
			})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			for _, stored := range s.stored(t, "matters::text") {
				if strings.Contains(stored, "canary") || strings.Contains(stored, "1250000.50") || strings.Contains(stored, "2031-03-14") {
					t.Errorf("plaintext in the database: %s", stored)
				}
			}
			var id int64
			if err := conn.QueryRow(t.Context(), "SELECT id FROM matters WHERE email = $1", mode, want[0].Email).Scan(&id); err != nil || id != 1 {
				t.Errorf("equality search: %d, %v", id, err)
			}
			if err := conn.QueryRow(t.Context(), "SELECT id FROM matters WHERE email = ANY($1)", mode, []string{"x", *want[0].Email}).Scan(&id); err != nil || id != 1 {
				t.Errorf("search in an array: %d, %v", id, err)
			}
			var title string
			if err := conn.QueryRow(t.Context(), "UPDATE matters SET title = $1 WHERE id = $2 RETURNING title", mode, "new", 1).Scan(&title); err != nil || title != "new" {
				t.Errorf("RETURNING: %q, %v", title, err)
			}
			if _, err := conn.Exec(t.Context(), "INSERT INTO matters (id, email) VALUES (9, $1)", mode, *want[0].Email); code(err) != "23505" {
				t.Errorf("UNIQUE: %v", err)
			}
		})
	}
}

// A star over a table that the proxy does not know stands for as many columns as the server says, in front of sealed ones or behind.
func TestStarsOfUnknownWidth(t *testing.T) {
	s := startSafe(t)
	conn := s.connect(t)
	mustExec(t, conn, "INSERT INTO plain VALUES (1, 'v')")
	mustExec(t, conn, "INSERT INTO matters VALUES (1, 'title', 'email', 12.5, '2031-03-14', 'note')")
	const front, behind = "1 v 1 title email 12.5 2031-03-14 note", "1 title email 12.5 2031-03-14 note 1 v"
	for sql, want := range map[string]string{
		"SELECT * FROM plain p JOIN matters m ON m.id = p.id":                                                     front,
		"SELECT * FROM matters m JOIN plain p ON m.id = p.id":                                                     behind,
		"SELECT p.*, m.value FROM plain p, matters m":                                                             "1 v 12.5",
		"WITH j AS (SELECT p.*, m.closes FROM plain p, matters m) SELECT * FROM j":                                "1 v 2031-03-14",
		"SELECT m.value, g.*, p.v FROM matters m, plain p, generate_series(1, 1) g":                               "12.5 1 v",
		"UPDATE matters m SET note = 'note' FROM plain p WHERE p.id = m.id RETURNING p.*, m.*":                    front,
		"INSERT INTO plain (id, v) SELECT 1, 'v' FROM matters ON CONFLICT (id) DO UPDATE SET v = 'v' RETURNING *": "1 v",
	} {
		for _, formats := range [][]int16{nil, {0}, {1}, make([]int16, len(strings.Fields(want)))} {
			result := conn.PgConn().ExecParams(t.Context(), sql, nil, nil, nil, formats).Read()
			if got := rowText(result); result.Err != nil || got != want {
				t.Errorf("%s, formats %v: %q, %v", sql, formats, got, result.Err)
			}
		}
		results, err := conn.PgConn().Exec(t.Context(), sql).ReadAll()
		if err != nil || rowText(results[0]) != want {
			t.Errorf("%s: %v", sql, err)
		}
	}
}

// rowText writes the first row of a result as text, by its description.
func rowText(r *pgconn.Result) string {
	if len(r.Rows) == 0 {
		return ""
	}
	var out []string
	for i, f := range r.FieldDescriptions {
		text, format := string(r.Rows[0][i]), int16(pgx.TextFormatCode)
		if f.Format == pgx.BinaryFormatCode {
			var v any
			t, _ := pgtype.NewMap().TypeForOID(f.DataTypeOID)
			v, _ = t.Codec.DecodeValue(pgtype.NewMap(), f.DataTypeOID, f.Format, r.Rows[0][i])
			b, err := pgtype.NewMap().Encode(f.DataTypeOID, format, v, nil)
			if text = string(b); err != nil {
				text = err.Error()
			}
		}
		out = append(out, text)
	}
	return strings.Join(out, " ")
}

func textOf(t *testing.T, v any) *string {
	t.Helper()
	switch v := v.(type) {
	case nil:
		return nil
	case driver.Valuer:
		val, err := v.Value()
		if err != nil {
			t.Fatal(err)
		}
		return ptr(fmt.Sprint(val))
	case interface{ Format(string) string }:
		return ptr(v.Format("2006-01-02"))
	}
	return ptr(fmt.Sprint(v))
}

// A refusal is the server's own error in all but its text: order, transaction status and what follows are a native error's.
func TestRefusedInStep(t *testing.T) {
	s := startSafe(t)
	const refused = "SELECT id FROM matters ORDER BY title"
	for _, mode := range allModes {
		t.Run(mode.String(), func(t *testing.T) {
			ctx := t.Context()
			conn := s.connect(t)
			exec := func(sql string, args ...any) error {
				_, err := conn.Exec(ctx, sql, append([]any{mode}, args...)...)
				return err
			}
			status := func(want byte) {
				t.Helper()
				if got := conn.PgConn().TxStatus(); got != want {
					t.Errorf("transaction status %c, want %c", got, want)
				}
			}
			if err := exec(refused); code(err) != "KP001" {
				t.Fatal(err)
			}
			status('I')
			_ = exec("BEGIN")
			if err := exec(refused); code(err) != "KP001" {
				t.Fatal(err)
			}
			status('E')
			if err := exec(refused); code(err) != "25P02" {
				t.Errorf("in a failed transaction: %v", err)
			}
			if err := exec("SELECT title FROM matters"); code(err) != "25P02" {
				t.Errorf("in a failed transaction: %v", err)
			}
			tag, err := conn.Exec(ctx, "COMMIT", mode)
			if err != nil || tag.String() != "ROLLBACK" {
				t.Errorf("commit of a failed transaction: %v, %v", tag, err)
			}
			_ = exec("BEGIN")
			_ = exec("SAVEPOINT a")
			_ = exec(refused)
			status('E')
			if err := exec("ROLLBACK TO a"); err != nil {
				t.Error(err)
			}
			status('T')
			if err := exec("SELECT title FROM matters"); err != nil {
				t.Error(err)
			}
			_ = exec("ROLLBACK")
			var pg *pgconn.PgError
			if !errors.As(exec(refused), &pg) || pg.ConstraintName != "operation_not_supported" || !strings.HasSuffix(pg.Detail, "tenant=acme retryable=no") ||
				pg.TableName != "matters" || pg.ColumnName != "title" || pg.Severity != "ERROR" || pg.Position != 0 {
				t.Errorf("fields: %+v", pg)
			}
		})
	}
}

// A key that is gone fails the statements that need it, with its typed error, and nothing else; it comes back by itself.
func TestKeyGoneAndBack(t *testing.T) {
	s := startSafe(t)
	for _, mode := range allModes {
		t.Run(mode.String(), func(t *testing.T) {
			ctx := t.Context()
			conn := s.connect(t)
			mustExec(t, conn, "DELETE FROM matters", mode)
			insert := func() error {
				_, err := conn.Exec(ctx, "INSERT INTO matters (id, title) VALUES ($1, $2) ON CONFLICT DO NOTHING", mode, 1, "a")
				return err
			}
			read := func() error {
				var s string
				return conn.QueryRow(ctx, "SELECT title FROM matters WHERE id = $1", mode, 1).Scan(&s)
			}
			if err := errors.Join(insert(), read()); err != nil {
				t.Fatal(err)
			}
			s.keys.withdraw(denied)
			defer s.keys.withdraw(nil)
			if err := insert(); code(err) != "KU001" {
				t.Errorf("insert: %v", err)
			}
			if err := read(); code(err) != "KU001" {
				t.Errorf("read: %v", err)
			}
			if _, err := conn.Exec(ctx, "SELECT id, note FROM matters WHERE id = $1", mode, 1); err != nil {
				t.Errorf("native columns of the table: %v", err)
			}
			if _, err := conn.Exec(ctx, "SELECT * FROM plain", mode); err != nil {
				t.Errorf("another table: %v", err)
			}
			mustExec(t, conn, "BEGIN", mode)
			if err := read(); code(err) != "KU001" {
				t.Errorf("in a transaction: %v", err)
			}
			if got := conn.PgConn().TxStatus(); got != 'E' {
				t.Errorf("status %c", got)
			}
			mustExec(t, conn, "ROLLBACK", mode)
			s.keys.withdraw(nil)
			if err := errors.Join(insert(), read()); err != nil {
				t.Errorf("the key is back: %v", err)
			}
		})
	}
}

// Refusals inside pipelines: what comes before in the segment is rolled back, what comes after is skipped, other segments stand.
func TestRefusedInPipelines(t *testing.T) {
	s := startSafe(t)
	conn := s.connect(t)
	pipe := conn.PgConn().StartPipeline(t.Context())
	send := func(sql string) { pipe.SendQueryParams(sql, nil, nil, nil, nil) }
	segments := [][]string{
		{"INSERT INTO matters (id, title) VALUES (1, 'kept')"},
		{"INSERT INTO matters (id, title) VALUES (2, 'rolled back')", "UPDATE matters SET title = lower(title)", "INSERT INTO matters (id, title) VALUES (3, 'skipped')"},
		{"INSERT INTO matters (id, title) VALUES (4, 'kept')", "SELECT title FROM matters"},
		{"SELECT 1/0", "UPDATE matters SET title = lower(title)"},
		{"UPDATE matters SET title = lower(title)", "SELECT 1/0"},
		{"SELECT title FROM matters"},
	}
	for _, segment := range segments {
		for _, sql := range segment {
			send(sql)
		}
		if err := pipe.Sync(); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for {
		res, err := pipe.GetResults()
		switch r := res.(type) {
		case *pgconn.ResultReader:
			result := r.Read()
			if err = result.Err; err == nil {
				got = append(got, fmt.Sprintf("ok%d", len(result.Rows)))
			}
		case *pgconn.PipelineSync:
			got = append(got, "|")
		}
		if err != nil {
			got = append(got, code(err))
		}
		if res == nil && err == nil {
			break
		}
	}
	_ = pipe.Close()
	if want := "ok0 | ok0 KP001 | ok0 ok2 | 22012 | KP001 | ok2 |"; strings.Join(got, " ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, " "), want)
	}
	if n := len(s.stored(t, "id::text")); n != 2 {
		t.Errorf("%d rows", n)
	}
}

// The key goes while rows flow: the statement ends in its typed error and leaves the transaction as a native error would.
func TestKeyGoneWhileRowsFlow(t *testing.T) {
	s := startSafe(t)
	setup := s.connect(t)
	const rows = 2000
	for i := 0; i < rows; i += 500 {
		var values []string
		for j := i; j < i+500; j++ {
			values = append(values, fmt.Sprintf("(%d, 'title %d', '%s')", j, j, strings.Repeat("n", 500)))
		}
		mustExec(t, setup, "INSERT INTO matters (id, title, note) VALUES "+strings.Join(values, ","), pgx.QueryExecModeSimpleProtocol)
	}
	for _, mode := range allModes {
		for _, inTransaction := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/transaction %v", mode, inTransaction), func(t *testing.T) {
				ctx := t.Context()
				conn := s.connect(t)
				want := byte('I')
				if inTransaction {
					mustExec(t, conn, "BEGIN", mode)
					want = 'E'
				}
				s.keys.withdrawAfter(700)
				defer s.keys.withdraw(nil)
				rs, err := conn.Query(ctx, "SELECT title, note FROM matters", mode)
				n := 0
				if err == nil {
					for rs.Next() {
						n++
					}
					err = rs.Err()
				}
				if code(err) != "KU001" || n > 700 {
					t.Fatalf("%d rows, then %v", n, err)
				}
				if got := conn.PgConn().TxStatus(); got != want {
					t.Errorf("status %c, want %c", got, want)
				}
				s.keys.withdraw(nil)
				if inTransaction {
					if _, err := conn.Exec(ctx, "SELECT 1", mode); code(err) != "25P02" {
						t.Errorf("in the failed transaction: %v", err)
					}
					if tag := mustExec(t, conn, "COMMIT", mode); tag.String() != "ROLLBACK" {
						t.Errorf("commit: %s", tag)
					}
				}
				var count int
				if err := conn.QueryRow(ctx, "SELECT count(*) FROM matters", mode).Scan(&count); err != nil || count != rows {
					t.Errorf("afterwards: %d, %v", count, err)
				}
			})
		}
	}
}

// A value that was altered, exchanged with another column's, or is plaintext in a sealed column, is an error of the statement that reads it.
func TestValuesThatDoNotOpen(t *testing.T) {
	s := startSafe(t)
	conn := s.connect(t)
	mustExec(t, conn, "INSERT INTO matters (id, title, email, value) VALUES (1, 'title', 'email', 3.5)")
	raw := cluster.Conn(t, s.name, "")
	tests := []struct{ name, spoil, code string }{
		{"altered", "UPDATE matters SET title = left(title, -3) || 'AAA'", "KD001"},
		{"of another column", "UPDATE matters SET title = email", "KD001"},
		{"altered bytes", "UPDATE matters SET value = set_byte(value, 40, (get_byte(value, 40) + 1) % 256)", "KD001"},
		{"plaintext", "UPDATE matters SET title = 'plaintext'", "KD003"},
		{"plaintext bytes", "UPDATE matters SET value = '\\x0102'", "KD003"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := raw.Exec(t.Context(), "BEGIN"); err != nil {
				t.Fatal(err)
			}
			if _, err := raw.Exec(t.Context(), "CREATE TEMP TABLE IF NOT EXISTS kept AS SELECT * FROM matters"); err != nil {
				t.Fatal(err)
			}
			if _, err := raw.Exec(t.Context(), test.spoil); err != nil {
				t.Fatal(err)
			}
			if _, err := raw.Exec(t.Context(), "COMMIT"); err != nil {
				t.Fatal(err)
			}
			_, err := conn.Exec(t.Context(), "SELECT title, value FROM matters")
			if code(err) != test.code {
				t.Errorf("got %v, want %s", err, test.code)
			}
			if strings.Contains(fmt.Sprint(err), "plaintext'") {
				t.Errorf("the error shows the value: %v", err)
			}
			if _, err := raw.Exec(t.Context(), "UPDATE matters m SET title = k.title, value = k.value FROM kept k WHERE k.id = m.id"); err != nil {
				t.Fatal(err)
			}
			if _, err := conn.Exec(t.Context(), "SELECT title, value FROM matters"); err != nil {
				t.Errorf("afterwards: %v", err)
			}
		})
	}
}

// While a column is being sealed, reads take both forms and every write is sealed.
func TestSealingReadsBothForms(t *testing.T) {
	s := startSafe(t)
	s.planner.SetCatalogue(safeCatalogue(t, s.name, plan.StateSealing, "2"))
	cluster.Exec(t, s.name, "INSERT INTO matters (id, title) VALUES (1, 'old plaintext')")
	conn := s.connect(t)
	mustExec(t, conn, "INSERT INTO matters (id, title) VALUES (2, 'new')")
	rows, _ := conn.Query(t.Context(), "SELECT title FROM matters ORDER BY id")
	got, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if diff := cmp.Diff([]string{"old plaintext", "new"}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if stored := s.stored(t, "title"); !strings.HasPrefix(stored[1], "pgs1_") {
		t.Errorf("stored %q", stored)
	}
}

// A value that carries the seal already is not sealed a second time.
func TestSealedTwice(t *testing.T) {
	s := startSafe(t)
	conn := s.connect(t)
	mustExec(t, conn, "INSERT INTO matters (id, title) VALUES (1, 'a')")
	for _, mode := range allModes {
		if _, err := conn.Exec(t.Context(), "INSERT INTO matters (id, title) VALUES ($1, $2)", mode, 2, s.stored(t, "title")[0]); code(err) != "KP006" {
			t.Errorf("%s: %v", mode, err)
		}
	}
}

// Statements prepared under another policy are prepared again, or go on where nothing has changed for them.
func TestPolicyChangesUnderPreparedStatements(t *testing.T) {
	s := startSafe(t)
	ctx := t.Context()
	conn := s.connect(t)
	mustExec(t, conn, "INSERT INTO matters (id, title) VALUES (1, 'a')")
	for _, sql := range []string{"SELECT title FROM matters WHERE id = $1", "SELECT v FROM plain WHERE id = $1"} {
		if _, err := conn.Prepare(ctx, sql, sql); err != nil {
			t.Fatal(err)
		}
	}
	s.planner.SetCatalogue(safeCatalogue(t, s.name, plan.StateSealing, "2"))
	var title string
	if err := conn.QueryRow(ctx, "SELECT title FROM matters WHERE id = $1", 1).Scan(&title); err != nil || title != "a" {
		t.Errorf("a plan that is the same: %q, %v", title, err)
	}
	if _, err := conn.Exec(ctx, "SELECT v FROM plain WHERE id = $1", 1); code(err) != "0A000" {
		t.Errorf("a statement that was never planned: %v", err)
	}
}

// SQL-level access to a protected prepared statement goes by its plan, or is refused.
func TestHandlesInSQL(t *testing.T) {
	s := startSafe(t)
	ctx := t.Context()
	conn := s.connect(t)
	if _, err := conn.PgConn().Prepare(ctx, "s1", "INSERT INTO matters (id, title) VALUES ($1, $2)", nil); err != nil {
		t.Fatal(err)
	}
	mustExec(t, conn, "EXECUTE s1(1, 'plaintext')", pgx.QueryExecModeSimpleProtocol)
	if stored := s.stored(t, "title"); len(stored) != 1 || !strings.HasPrefix(stored[0], "pgs1_") {
		t.Errorf("stored %q", stored)
	}
	for _, sql := range []string{"EXECUTE s1(2, 'plain' || 'text')", "EXPLAIN EXECUTE s1(2, 'plaintext')", `CREATE TABLE x AS EXECUTE "s1"(2, 'plaintext')`} {
		if _, err := conn.Exec(ctx, sql, pgx.QueryExecModeSimpleProtocol); code(err) != "KP001" {
			t.Errorf("%s: %v", sql, err)
		}
	}
	mustExec(t, conn, "DEALLOCATE s1", pgx.QueryExecModeSimpleProtocol)
	if _, err := conn.Exec(ctx, "EXECUTE s1(1, 'plaintext')", pgx.QueryExecModeSimpleProtocol); code(err) != "26000" {
		t.Errorf("after DEALLOCATE: %v", err)
	}
}
