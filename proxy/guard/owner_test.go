package guard

import (
	"strings"
	"testing"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// TestOwnersSQL: tables of somebody over whom the control role has no power.
// The column comes as far as it gets without, and the printed SQL does the
// rest.
func TestOwnersSQL(t *testing.T) {
	f := newFixture(t, "SELECT 1")
	f.as(t, "stranger", `CREATE TABLE t (v varchar(10), txt text, b bytea, n int);
		CREATE TABLE parted (id int, txt text) PARTITION BY LIST (id); CREATE TABLE part1 PARTITION OF parted FOR VALUES IN (1);
		CREATE TABLE parent (txt text); CREATE TABLE kid () INHERITS (parent)`)
	columns := []Column{columnOf("t", "v"), columnOf("t", "txt"), columnOf("t", "b"), columnOf("t", "n"), columnOf("parted", "txt"), columnOf("parent", "txt")}
	s := f.settle(t, columns...)
	for i, want := range []pgstore.ColumnState{pgstore.ColumnPlain, pgstore.ColumnSealing, pgstore.ColumnSealing, pgstore.ColumnPlain, pgstore.ColumnSealing, pgstore.ColumnSealing} {
		c := &s.Columns[i]
		if c.State() != want || c.Called() == pgstore.ColumnSealed || !strings.Contains(c.Note, "owner") || !strings.Contains(c.SQL, "BEGIN;") {
			t.Errorf("%s: %s, %q, %q", c.Column.String(), c.State(), c.Note, c.SQL)
		}
	}
	// A hostile search_path of whoever runs it does not matter.
	for round := range 2 {
		for i := range s.Columns {
			if sql := s.Columns[i].SQL; sql != "" {
				f.as(t, "", `CREATE SCHEMA IF NOT EXISTS evil; CREATE OR REPLACE FUNCTION evil.octet_length(text) RETURNS int LANGUAGE sql AS 'SELECT 1000'; GRANT USAGE ON SCHEMA evil TO PUBLIC`)
				psql, err := server.Command(t.Context(), "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", f.database)
				if err != nil {
					t.Fatal(err)
				}
				psql.Env = append(psql.Env, "PGUSER=stranger", "PGOPTIONS=-c search_path=evil,pg_catalog,public")
				psql.Stdin = strings.NewReader(sql)
				if out, err := psql.CombinedOutput(); err != nil {
					t.Fatalf("round %d: %v: %s\n%s", round, err, out, sql)
				}
			}
		}
		s = f.settle(t, columns...)
	}
	for i := range s.Columns {
		c := &s.Columns[i]
		if c.Called() != pgstore.ColumnSealed || c.SQL != "" || c.Note != "" {
			t.Errorf("%s: %s, guard %s, %q\n%s", c.Column.String(), c.State(), &c.Guard, c.Note, c.SQL)
		}
	}
	wantRefused(t, f.try(t, "stranger", "INSERT INTO t (v) VALUES ('x')"), "t", "v")
	wantRefused(t, f.try(t, "stranger", "INSERT INTO kid VALUES ('x')"), "kid", "txt")
	wantRefused(t, f.try(t, "stranger", "INSERT INTO part1 VALUES (1, 'x')"), "part1", "txt")
}
