package guard

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/value"
)

// TestRename: a renamed column, table or schema keeps its identity, and a new
// column of the old name gets another.
func TestRename(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (email text)")
	before := f.sealed(t, columnOf("t", "email")).Columns[0].Record
	f.as(t, "owner", "ALTER TABLE t RENAME email TO old_email; ALTER TABLE t RENAME TO people; ALTER TABLE people ADD email text")
	s := f.sealed(t, columnOf("people", "old_email"), columnOf("people", "email"))
	renamed, fresh := s.Columns[0].Record, s.Columns[1].Record
	if renamed.Key != before.Key || renamed.ID != before.ID || renamed.Table != "people" || renamed.Name != "old_email" {
		t.Errorf("renamed: %+v", renamed)
	}
	if fresh.Key == before.Key || fresh.Key.ID != crypto.NewColumnID("public", "people", "email") {
		t.Errorf("fresh: %s", fresh.Key.ID)
	}
	f.as(t, "owner", "ALTER TABLE people RENAME TO t")
	f.sealed(t, columnOf("t", "email"), columnOf("t", "old_email"))
	f.as(t, "owner", "ALTER TABLE t ADD another text; ALTER TABLE t RENAME email TO mail; ALTER TABLE t RENAME another TO email")
	s = f.sealed(t, columnOf("t", "email"), columnOf("t", "mail"), columnOf("t", "old_email"))
	if id := s.Columns[0].Record.Key.ID; id != crypto.NewColumnID("public", "t", "email#2") {
		t.Errorf("the third column of that name is %s", id)
	}
	// Guards under former names are gone.
	if n := f.get(t, "SELECT count(*) FROM pg_trigger WHERE tgrelid = 't'::regclass"); n != "12\n" {
		t.Errorf("%s triggers", n)
	}
	wantRefused(t, f.try(t, "app", "INSERT INTO t (mail) VALUES ('x')"), "t", "mail")
}

// TestMadeAnew: a table that is dropped and made again is the same to the
// policy, and has to be sealed again; one of another type is another.
func TestMadeAnew(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (v varchar(20))")
	first := f.sealed(t, columnOf("t", "v")).Columns[0].Record
	f.as(t, "owner", "DROP TABLE t; CREATE TABLE t (v varchar(20)); INSERT INTO t VALUES ('plain')")
	s := f.settle(t, columnOf("t", "v"))
	if c := s.Columns[0]; c.State() != pgstore.ColumnSealing || c.Record.Key != first.Key || c.Record.ID != first.ID {
		t.Errorf("%s, %+v", c.State(), c.Record)
	}
	f.as(t, "owner", "DROP TABLE t; CREATE TABLE t (v int)")
	s = f.sealed(t, columnOf("t", "v"))
	if r := s.Columns[0].Record; r.Key.Family != "integer" || r.Key.ID == first.Key.ID || r.ID == first.ID {
		t.Errorf("%+v", r)
	}
	records, err := f.store.Columns(t.Context())
	if err != nil || len(records) != 2 || !slices.ContainsFunc(records, func(r pgstore.Column) bool { return r.Retired && r.Key == first.Key }) {
		t.Errorf("%+v, %v", records, err)
	}
}

// TestRestoreElsewhere: a dump of the whole database, restored into another,
// brings identity, state and guard along.
func TestRestoreElsewhere(t *testing.T) {
	f := newFixture(t, "CREATE TABLE filler (); CREATE TABLE t (a int, v varchar(20), n int); ALTER TABLE t DROP COLUMN a; DROP TABLE filler")
	before := f.sealed(t, columnOf("t", "v"), columnOf("t", "n"))
	f.as(t, "app", "INSERT INTO t VALUES ("+f.armour(crypto.Randomized, 5)+", "+f.bytes(crypto.Randomized, 5)+")")
	dump, err := server.Command(t.Context(), "pg_dump", f.database)
	if err != nil {
		t.Fatal(err)
	}
	script, err := dump.Output()
	if err != nil {
		t.Fatal(err)
	}
	g := &fixture{database: server.NewDatabase(t), key: f.key}
	psql, _ := server.Command(t.Context(), "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", g.database)
	psql.Stdin = bytes.NewReader(script)
	if out, err := psql.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	server.Exec(t, "postgres", "GRANT CREATE ON DATABASE "+g.database+" TO pgseal")
	g.store = g.open(t)
	after := g.sealed(t, columnOf("t", "v"), columnOf("t", "n"))
	for i := range after.Columns {
		a, b := after.Columns[i].Record, before.Columns[i].Record
		if a.Key != b.Key || a.ID != b.ID || a.Origin == b.Origin {
			t.Errorf("%+v, was %+v", a, b)
		}
	}
	wantRefused(t, g.try(t, "", "INSERT INTO t (v) VALUES ('x')"), "t", "v")
}

// TestFrozen: what a policy may not ask for once a column is sealed.
func TestFrozen(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (v varchar(20), n int, m text); INSERT INTO t (m) VALUES ('x')")
	v := columnOf("t", "v")
	v.Mode, v.Domain, v.Normalize, v.Pad = crypto.Deterministic, "d", []string{"trim", "lower"}, 16
	first := f.sealed(t, v).Columns[0].Record
	if first.Key != (crypto.Column{ID: crypto.NewDomainID("d"), Family: crypto.PaddedFamily("text")}) || first.Unicode == "" {
		t.Errorf("%+v", first)
	}
	tests := []struct {
		name   string
		change func(c *Column)
		want   string // part of why it is refused; empty: it is taken
	}{
		{"same", func(c *Column) {}, ""},
		{"longer", func(c *Column) { c.Type = value.Type{OID: value.OIDVarchar, Typmod: 44} }, ""},
		{"text", func(c *Column) { c.Type = value.Type{OID: value.OIDText, Typmod: -1} }, ""},
		{"mode", func(c *Column) { c.Mode = crypto.Randomized }, "mode"},
		{"domain", func(c *Column) { c.Domain = "" }, "domain"},
		{"normalise", func(c *Column) { c.Normalize = []string{"trim"} }, "normalisation"},
		{"pad", func(c *Column) { c.Pad = 32 }, "pad"},
		{"family", func(c *Column) { c.Type = value.Type{OID: value.OIDInt4, Typmod: -1} }, "family"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := v
			tt.change(&c)
			s := f.settle(t, c)
			if (s.Stale == "") != (tt.want == "") || !strings.Contains(s.Stale, tt.want) {
				t.Errorf("stale %q, want %q", s.Stale, tt.want)
			}
			if r := s.Columns[0].Record; r.Key != first.Key || r.ID != first.ID || r.State != pgstore.ColumnSealed {
				t.Errorf("%+v", r)
			}
		})
	}
	t.Run("not listed any more", func(t *testing.T) {
		if s := f.settle(t); !strings.Contains(s.Stale, "does not list it") {
			t.Errorf("stale %q", s.Stale)
		}
		f.as(t, "owner", "ALTER TABLE t DROP COLUMN v CASCADE")
		if s := f.settle(t); s.Stale != "" {
			t.Errorf("the column is gone, stale %q", s.Stale)
		}
	})
	t.Run("plain is not frozen", func(t *testing.T) {
		n := columnOf("t", "n") // has rows: stays plain
		if s := f.settle(t, n); s.Columns[0].State() != pgstore.ColumnPlain {
			t.Fatalf("%+v", s.Columns[0])
		}
		n.Mode, n.Domain = crypto.Deterministic, "numbers"
		f.as(t, "owner", "DELETE FROM t")
		if r := f.sealed(t, n).Columns[0].Record; r.Key.ID != crypto.NewDomainID("numbers") || r.Mode != crypto.Deterministic {
			t.Errorf("%+v", r)
		}
	})
}

// TestDomains: the columns of an equality domain share their identity, and must
// agree in what makes values equal.
func TestDomains(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (a text, b varchar(9), n int)")
	columns := []Column{columnOf("t", "a"), columnOf("t", "b")}
	for i := range columns {
		columns[i].Mode, columns[i].Domain = crypto.Deterministic, "d"
	}
	s := f.sealed(t, columns...)
	if a, b := s.Columns[0].Record, s.Columns[1].Record; a.Key != b.Key || a.ID == b.ID {
		t.Errorf("%+v, %+v", a, b)
	}
	n := columnOf("t", "n")
	n.Mode, n.Domain = crypto.Deterministic, "d"
	if s := f.settle(t, append(columns, n)...); !strings.Contains(s.Stale, `domain "d"`) {
		t.Errorf("stale %q", s.Stale)
	}
}

// TestRestoreOneTable: a dump of one table alone brings its rows and the CHECK
// along; the triggers cannot be made before the schema pgseal is there, and
// come back with init.
func TestRestoreOneTable(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (v text)")
	f.sealed(t, columnOf("t", "v"))
	f.as(t, "app", "INSERT INTO t VALUES ("+f.armour(crypto.Randomized, 5)+")")
	dump, err := server.Command(t.Context(), "pg_dump", "-t", "t", f.database)
	if err != nil {
		t.Fatal(err)
	}
	script, err := dump.Output()
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := &fixture{database: server.NewDatabase(t), key: f.key}
	psql, _ := server.Command(t.Context(), "psql", "-X", "-q", "-d", elsewhere.database)
	psql.Stdin = bytes.NewReader(script)
	if out, err := psql.CombinedOutput(); err != nil || !strings.Contains(string(out), `schema "pgseal" does not exist`) {
		t.Fatalf("%v: %s", err, out)
	}
	if err := elsewhere.try(t, "", "INSERT INTO t VALUES ('x')"); sqlState(err) != checkViolation {
		t.Errorf("without triggers: %v", err)
	}
	// Back where it came from, over the table that was lost there.
	f.as(t, "owner", "DROP TABLE t")
	psql, _ = server.Command(t.Context(), "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", f.database)
	psql.Stdin = bytes.NewReader(script)
	if out, err := psql.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	f.sealed(t, columnOf("t", "v"))
	if n := f.get(t, "SELECT count(*) FROM t"); n != "1\n" {
		t.Errorf("%s rows", n)
	}
}
