package proxy_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
)

// COPY of a table with moved columns writes and reads what that of a plain one does, byte for byte.
func TestMovedColumnsInCopies(t *testing.T) {
	s := startOrder(t, orderKinds[0])
	both := s.both(t)
	for _, options := range []string{"", "(FORMAT csv, HEADER)", "(FORMAT csv, HEADER match, FORCE_NULL (title))", "(FORMAT binary)"} {
		toOptions, _, _ := strings.Cut(strings.Replace(options, "HEADER match", "HEADER", 1), ", FORCE_NULL")
		if strings.HasPrefix(toOptions, "(") {
			toOptions = strings.TrimSuffix(toOptions, ")") + ")"
		}
		for _, source := range []string{"matters", "public.matters", "(SELECT * FROM matters ORDER BY id)", "(TABLE matters)", "(UPDATE matters SET note = 'x' WHERE id = 1 RETURNING *)",
			"(SELECT * FROM matters JOIN clients USING (email) ORDER BY id)"} {
			sql := "COPY " + source + " TO STDOUT " + toOptions
			if plain, moved := copyOut(t, both[0], sql), copyOut(t, both[1], sql); plain != moved || plain == "" {
				t.Errorf("%s:\n%q\n%q", sql, plain, moved)
			}
		}
		data := copyOut(t, both[0], "COPY matters TO STDOUT "+toOptions)
		for i, conn := range both {
			mustExec(t, conn, "DELETE FROM matters")
			if _, err := conn.PgConn().CopyFrom(t.Context(), bytes.NewReader([]byte(data)), "COPY matters FROM STDIN "+options); err != nil {
				t.Fatalf("%s, %d: %v", options, i, err)
			}
		}
		if diff := cmp.Diff(askSimple(t, both[0], orderState), askSimple(t, both[1], orderState)); diff != "" {
			t.Errorf("behind COPY FROM %s\n%s", options, diff)
		}
	}
	s.noPlaintext(t, "canary")
	var traces [2][]string
	for i, url := range []string{cluster.URL(s.plain, ""), s.url(s.safe.name)} {
		c := dialWire(t, url)
		c.send(t, parse("", "COPY public.matters TO STDOUT"), bind(""), execute, endSync)
		var err error
		if traces[i], err = c.readUntil(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(traces[0], traces[1]); diff != "" {
		t.Errorf("in the extended protocol\n%s", diff)
	}
}

// Views that are made through the proxy have the columns where the application sees them, those from before have them where they were.
func TestMovedColumnsInViews(t *testing.T) {
	s := startOrder(t, orderKinds[0])
	both := s.both(t)
	views := []string{
		"CREATE VIEW v1 AS SELECT * FROM matters", "CREATE VIEW v2 (a, b, c) AS SELECT m.* FROM matters m", "CREATE VIEW v3 AS SELECT * FROM matters AS x (a, b, c)",
		"CREATE VIEW v4 AS TABLE matters", "CREATE MATERIALIZED VIEW v5 AS SELECT * FROM matters", "CREATE OR REPLACE VIEW v6 AS SELECT * FROM (SELECT * FROM matters) s JOIN papers USING (id, email)",
		"CREATE VIEW v7 AS SELECT * FROM matters JOIN clients USING (email)",
	}
	for _, sql := range views {
		for _, conn := range both {
			mustExec(t, conn, sql, pgx.QueryExecModeSimpleProtocol)
		}
	}
	s.planner.SetCatalogue(s.load(t))
	for _, view := range []string{"before", "v1", "v2", "v3", "v4", "v5", "v6", "v7"} {
		for _, sql := range []string{"SELECT * FROM " + view + " ORDER BY 1", "SELECT count(*) FROM " + view} {
			if diff := cmp.Diff(askSimple(t, both[0], sql), askSimple(t, both[1], sql)); diff != "" {
				t.Errorf("%s\n(-plain +moved)\n%s", sql, diff)
			}
		}
	}
	for _, sql := range []string{
		"INSERT INTO before (id, title, email, amount, note) VALUES (70, 'canary', 'e70', 70, 'n70') RETURNING *", "INSERT INTO v1 VALUES (71, 'canary', 'e71', 71) RETURNING *",
		"INSERT INTO v3 VALUES (72, 'canary', 'e72') RETURNING *", "UPDATE v2 SET b = 'canary x' WHERE a = 70 RETURNING *", "SELECT * FROM v1 JOIN matters USING (id, email) ORDER BY 1",
	} {
		if diff := cmp.Diff(askSimple(t, both[0], sql), askSimple(t, both[1], sql)); diff != "" {
			t.Errorf("%s\n(-plain +moved)\n%s", sql, diff)
		}
	}
	if diff := cmp.Diff(askSimple(t, both[0], orderState), askSimple(t, both[1], orderState)); diff != "" {
		t.Error(diff)
	}
	s.noPlaintext(t, "canary")
}
