package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/testenv/postgres"
)

// TestStatementsOfServer reads what a real server writes: its log, and pg_stat_statements as CSV and as JSON.
func TestStatementsOfServer(t *testing.T) {
	cluster := postgres.Start(t, postgres.Options{Settings: map[string]string{"shared_preload_libraries": "pg_stat_statements", "log_statement": "all",
		"log_min_duration_statement": "0", "log_line_prefix": "%m [%p] %q%u@%d "}})
	database := cluster.NewDatabase(t)
	cluster.Exec(t, database, "CREATE EXTENSION pg_stat_statements; CREATE TABLE matters (id bigint, title text)")
	conn := cluster.Conn(t, database, "")
	for _, sql := range []string{"INSERT INTO matters (id, title)\n\tVALUES (1, 'a;\nERROR:  b')", "SET lock_timeout = 1000"} {
		if _, err := conn.Exec(t.Context(), sql, pgx.QueryExecModeSimpleProtocol); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := conn.Exec(t.Context(), "UPDATE matters SET title = $1 WHERE id = $2", "x\ny", 1); err != nil {
		t.Fatal(err)
	}
	var csv bytes.Buffer
	if _, err := conn.PgConn().CopyTo(t.Context(), &csv, "COPY (SELECT query, calls FROM pg_stat_statements) TO STDOUT (FORMAT csv, HEADER)"); err != nil {
		t.Fatal(err)
	}
	var json string
	if err := conn.QueryRow(t.Context(), "SELECT json_agg(s) FROM (SELECT query, calls FROM pg_stat_statements) s").Scan(&json); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		format, text string
		want         []string
	}{
		{formatLog, cluster.LogTail(500), []string{"simple INSERT INTO matters (id, title)\n\tVALUES (1, 'a;\nERROR:  b')", "simple SET lock_timeout = 1000", "parse UPDATE matters SET title = $1 WHERE id = $2"}},
		{formatCSV, csv.String(), []string{"parse INSERT INTO matters (id, title)\n\tVALUES ($1, $2)", "parse UPDATE matters SET title = $1 WHERE id = $2"}},
		{formatJSON, json, []string{"parse INSERT INTO matters (id, title)\n\tVALUES ($1, $2)", "parse UPDATE matters SET title = $1 WHERE id = $2"}},
	} {
		var all []string
		format, err := readStatements(strings.NewReader(c.text), "", func(s statementText) {
			how := "simple "
			if s.extended {
				how = "parse "
			}
			all = append(all, how+string(s.sql))
		})
		if err != nil || format != c.format {
			t.Errorf("%s, read as %s: %v", c.format, format, err)
		}
		for _, want := range c.want {
			if n := len(slices.DeleteFunc(slices.Clone(all), func(s string) bool { return s != want })); n != 1 {
				t.Errorf("%s: %q came %d times in %q", c.format, want, n, all)
			}
		}
	}
}
