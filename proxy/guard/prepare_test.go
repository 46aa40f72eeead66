package guard

import (
	"strings"
	"testing"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/value"
)

// TestPreparation: what init makes of columns of each kind.
func TestPreparation(t *testing.T) {
	f := newFixture(t, "SELECT 1")
	f.as(t, "", "CREATE EXTENSION citext")
	f.as(t, "owner", `
		CREATE TABLE empty (v varchar(20) DEFAULT NULL, n numeric(10,2), i int, b bytea, d date, j jsonb, txt text, c char(5), inet inet, iv interval(3), a varchar(3)[], p point, pk int PRIMARY KEY);
		CREATE TABLE filled (v varchar(20), i int, b bytea, c char(5));
		INSERT INTO filled VALUES ('old', 1, 'old', 'old');
		CREATE TABLE blocked (v varchar(20), i int DEFAULT 7);
		CREATE VIEW looks AS SELECT v FROM blocked;
		CREATE DOMAIN dom AS text; CREATE DOMAIN longer AS varchar(9); CREATE DOMAIN deep AS longer; CREATE DOMAIN whole AS int; CREATE DOMAIN raw AS bytea;
		CREATE DOMAIN checked AS text CHECK (VALUE <> ''); CREATE DOMAIN below AS checked; CREATE DOMAIN filled_in AS int NOT NULL;
		CREATE TYPE mood AS ENUM ('sad');
		CREATE TABLE domains (v dom, deep deep, whole whole, raw raw, below below, filled_in filled_in, mood mood, unnamed mood, ci public.citext)`)
	mood, ci := columnOf("domains", "mood"), columnOf("domains", "ci")
	mood.Type = value.Type{Typmod: -1, Live: &value.Live{Schema: "public", Name: "mood", Enum: true}}
	ci.Type = value.Type{Typmod: -1, Live: &value.Live{Name: "citext"}}
	numeric := columnOf("empty", "n")
	numeric.Type = value.Type{OID: value.OIDNumeric, Typmod: 10<<16 + 2 + 4}
	tests := []struct {
		column   Column
		state    pgstore.ColumnState
		physical string
		note     string // part of it
	}{
		{columnOf("empty", "v"), pgstore.ColumnSealed, "text", ""},
		{numeric, pgstore.ColumnSealed, "bytea", ""},
		{columnOf("empty", "i"), pgstore.ColumnSealed, "bytea", ""},
		{columnOf("empty", "b"), pgstore.ColumnSealed, "bytea", ""},
		{columnOf("empty", "d"), pgstore.ColumnSealed, "bytea", ""},
		{columnOf("empty", "j"), pgstore.ColumnSealed, "bytea", ""},
		{columnOf("empty", "txt"), pgstore.ColumnSealed, "text", ""},
		{columnOf("empty", "pk"), pgstore.ColumnSealed, "bytea", ""},
		{columnOf("empty", "c"), pgstore.ColumnSealed, "text", ""},
		{columnOf("empty", "inet"), pgstore.ColumnSealed, "bytea", ""},
		{columnOf("empty", "iv"), pgstore.ColumnSealed, "bytea", ""},
		{columnOf("empty", "a"), pgstore.ColumnSealed, "bytea", ""},
		{columnOf("empty", "p"), pgstore.ColumnPlain, "point", "type point cannot be sealed"},
		{columnOf("filled", "c"), pgstore.ColumnPlain, "character(5)", "run pgseal column encrypt public.filled.c"},
		{columnOf("filled", "v"), pgstore.ColumnSealing, "text", "still holds plaintext"},
		{columnOf("filled", "b"), pgstore.ColumnSealing, "bytea", "still holds plaintext"},
		{columnOf("filled", "i"), pgstore.ColumnPlain, "integer", "run pgseal column encrypt public.filled.i"},
		{columnOf("blocked", "v"), pgstore.ColumnPlain, "character varying(20)", "used by a view or rule"},
		{columnOf("blocked", "i"), pgstore.ColumnPlain, "integer", "default for column"},
		{columnOf("domains", "v"), pgstore.ColumnSealed, "text", ""},
		{columnOf("domains", "deep"), pgstore.ColumnSealed, "text", ""},
		{columnOf("domains", "whole"), pgstore.ColumnSealed, "bytea", ""},
		{columnOf("domains", "raw"), pgstore.ColumnSealed, "bytea", ""},
		{columnOf("domains", "below"), pgstore.ColumnPlain, "below", "the domain public.below, whose checked_check"},
		{columnOf("domains", "filled_in"), pgstore.ColumnPlain, "filled_in", "NOT NULL"},
		{mood, pgstore.ColumnSealed, "bytea", ""},
		{columnOf("domains", "unnamed"), pgstore.ColumnPlain, "mood", "cannot be sealed"},
		{ci, pgstore.ColumnSealed, "text", ""},
		{columnOf("empty", "nothing"), pgstore.ColumnPlain, "", "no such column"},
		{columnOf("nothing", "v"), pgstore.ColumnPlain, "", "no such column"},
	}
	var columns []Column
	for _, tt := range tests {
		columns = append(columns, tt.column)
	}
	s := f.settle(t, columns...)
	if s.Stale != "" {
		t.Fatal(s.Stale)
	}
	for i, tt := range tests {
		c := s.Columns[i]
		if c.State() != tt.state || !strings.Contains(c.Note, tt.note) || (c.Note == "") != (tt.note == "") {
			t.Errorf("%s: %s, note %q; want %s, %q", tt.column.String(), c.State(), c.Note, tt.state, tt.note)
		}
		physical := f.get(t, "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = to_regclass('"+tt.column.Table+"') AND attname = '"+tt.column.Name+"'")
		if strings.TrimSpace(physical) != tt.physical {
			t.Errorf("%s is physically %q, want %q", tt.column.String(), physical, tt.physical)
		}
	}
	// The length of varchar is frozen, for the proxy to enforce.
	if r := s.Columns[0].Record; r.TypeOID != value.OIDVarchar || r.Typmod != 24 || r.Key.Family != "text" {
		t.Errorf("frozen: %+v", r)
	}
	if r := s.Columns[1].Record; r.TypeOID != value.OIDNumeric || r.Key.Family != "numeric" {
		t.Errorf("frozen: %+v", r)
	}
	for _, c := range s.Columns {
		want := map[string]string{"deep": "varchar(9) text", "whole": "integer integer", "raw": "bytea bytea", "mood": "type 0 enum", "ci": "type 0 citext"}[c.Column.Name]
		if r := c.Record; want != "" && c.Column.Table == "domains" && (value.Type{OID: r.TypeOID, Typmod: r.Typmod}).Name()+" "+r.Key.Family != want {
			t.Errorf("frozen: %+v, want %s", r, want)
		}
	}
	for i, want := range map[int]string{8: "char(5) char", 10: "interval(3) interval", 11: "varchar(3)[] text[]"} {
		r := s.Columns[i].Record
		if got := (value.Type{OID: r.TypeOID, Typmod: r.Typmod}).Name() + " " + r.Key.Family; got != want {
			t.Errorf("frozen: %s, want %s", got, want)
		}
	}
	if r := s.Columns[2].Record; r.TypeOID != value.OIDInt4 || r.Key != (crypto.Column{ID: crypto.NewColumnID("public", "empty", "i"), Family: "integer"}) {
		t.Errorf("frozen: %+v", r)
	}
}

// TestPreparationWaits: a table that is in use is tried again, and nothing
// queues behind the attempt for long.
func TestPreparationWaits(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (v varchar(20))")
	conn := server.Conn(t, f.database, "app")
	if _, err := conn.Exec(t.Context(), "BEGIN"); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), "INSERT INTO t VALUES ('uncommitted')"); err != nil {
		t.Fatal(err)
	}
	c := New(Options{Store: f.store, Policy: pgstore.PolicyHash{1}, Columns: []Column{columnOf("t", "v")}})
	defer c.Close(t.Context())
	s, err := c.Tick(t.Context())
	if err != nil || s.Columns[0].State() != pgstore.ColumnPlain || !s.Again || s.Columns[0].Note != "" {
		t.Fatalf("%+v, %v", s, err)
	}
	if _, err := conn.Exec(t.Context(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	f.sealed(t, columnOf("t", "v"))
}

// TestRowSecurity: rows that a policy hides from the control role would look
// like none. Nothing is lost, and nothing is called sealed that is not.
func TestRowSecurity(t *testing.T) {
	f := newFixture(t, `CREATE TABLE t (txt text, n int); INSERT INTO t VALUES ('hidden plaintext', 7);
		ALTER TABLE t ENABLE ROW LEVEL SECURITY; ALTER TABLE t FORCE ROW LEVEL SECURITY; CREATE POLICY none ON t USING (false);
		CREATE TABLE fresh (txt text, n int); ALTER TABLE fresh ENABLE ROW LEVEL SECURITY; ALTER TABLE fresh FORCE ROW LEVEL SECURITY`)
	f.sealed(t, columnOf("fresh", "txt"), columnOf("fresh", "n"))
	columns := []Column{columnOf("fresh", "txt"), columnOf("fresh", "n"), columnOf("t", "txt"), columnOf("t", "n")}
	s := f.settle(t, columns...)
	if c := s.Columns[2]; c.State() != pgstore.ColumnSealing || c.Guard.Check != Missing || !strings.Contains(c.Note, "plaintext") {
		t.Errorf("%s, %s, %q", c.State(), &c.Guard, c.Note)
	}
	if c := s.Columns[3]; c.State() != pgstore.ColumnPlain || !strings.Contains(c.Note, "pgseal column encrypt") {
		t.Errorf("%s, %s, %q", c.State(), &c.Guard, c.Note)
	}
	if rows := f.get(t, "SELECT * FROM t"); rows != "hidden plaintext|7\n" {
		t.Errorf("rows: %q", rows)
	}
	wantRefused(t, f.try(t, "app", "INSERT INTO t VALUES ('x')"), "t", "txt")
	f.as(t, "", "TRUNCATE t")
	f.sealed(t, columns...)
}

// TestConversionLosesNothing: the statement by itself, as the owner of a table
// gets it printed, refuses to run over values, and does not show them.
func TestConversionLosesNothing(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (n int, m int); INSERT INTO t VALUES (424242, NULL)")
	found, err := readLive(t.Context(), f.store.Pool(), "WHERE c.oid = 'public.t'::regclass ORDER BY a.attnum")
	if err != nil || len(found) != 2 {
		t.Fatal(found, err)
	}
	logical := value.Type{OID: value.OIDInt4, Typmod: -1}
	err = f.try(t, "owner", prepare(found[0], logical).statement)
	if sqlState(err) != "22P02" || strings.Contains(err.Error(), "424242") {
		t.Errorf("over a value: %v", err)
	}
	f.as(t, "owner", prepare(found[1], logical).statement)
	if rows := f.get(t, "SELECT n, m IS NULL FROM t"); rows != "424242|t\n" {
		t.Errorf("rows: %q", rows)
	}
}
