package plan

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy/value"
	"github.com/legatics/pgseal/testenv/postgres"
)

// loadCleanPolicy fits the schema of testdata/load_schema.sql once what is in its way has been dropped.
const loadCleanPolicy = `version: 1
tables:
  public.clients:
    columns:
      email:  {mode: deterministic, domain: email, normalize: [trim, lower]}
      name:   {mode: randomized}
      secret: {mode: randomized, type: "numeric(12,2)", pad: 16}
      number: {mode: plain, requires_key: [write]}
  public.events:
    requires_key: [read]
    columns:
      body: {mode: randomized}
`

const loadCleanSchema = `
DROP RULE forward ON public.inbox;
DROP RULE forward ON public.matters;
DROP TABLE public.notes CASCADE;
ALTER TABLE public.matters DROP CONSTRAINT matters_client_fkey;
DROP INDEX events_body;
DROP TRIGGER touch_events ON public.events;
ALTER TABLE public.events DROP CONSTRAINT events_body_check, DROP CONSTRAINT events_client_fkey;`

func describeCatalogue(c *Catalogue) string {
	var b strings.Builder
	fmt.Fprintf(&b, "version %d stale %q\n", c.Version, c.Stale)
	for _, r := range c.Relations {
		fmt.Fprintf(&b, "%s.%s %c sealed=%v read=%v write=%v opaque=%q\n", r.Schema, r.Name, r.Kind, r.Sealed, r.RequiresRead, r.RequiresWrite, r.Opaque)
		for _, a := range r.Columns {
			fmt.Fprintf(&b, "  %d %s oid=%d/%d", a.Attnum, a.Name, a.TypeOID, a.Typmod)
			fmt.Fprintf(&b, " default=%v generated=%v identity=%v\n", a.HasDefault, a.Generated, a.Identity)
			if p := a.Protected; p != nil {
				fmt.Fprintf(&b, "    sealed=%v %s %s as %s armoured=%v normalize=%v pad=%d read=%v write=%v at %s.%s.%s#%v key %s/%s\n", p.Sealed, p.State, p.Mode, p.Type.Name(), p.Armoured,
					p.Normalize, p.Pad, p.RequiresRead, p.RequiresWrite, p.Schema, p.Table, p.Name, p.Relation == r.OID && p.Attnum == a.Attnum, p.Key.ID, p.Key.Family)
			}
		}
	}
	for _, m := range []map[string]string{c.Functions, joined(c.Homonyms)} {
		for _, name := range slices.Sorted(maps.Keys(m)) {
			fmt.Fprintf(&b, "%s: %s\n", name, m[name])
		}
		b.WriteString("\n")
	}
	return b.String()
}

func joined(m map[string][]string) map[string]string {
	out := make(map[string]string)
	for k, v := range m {
		out[k] = strings.Join(v, ", ")
	}
	return out
}

func mustPolicy(t *testing.T, file string) *policy.Policy {
	t.Helper()
	p, err := policy.Load("p.yaml", []byte(file))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func loadsCatalogue(t *testing.T, cluster *postgres.Cluster) {
	conn := loadTestDatabase(t, cluster)
	if _, err := conn.Exec(t.Context(), loadCleanSchema); err != nil {
		t.Fatal(err)
	}
	frozen := []FrozenColumn{
		{Schema: "public", Table: "clients", Column: "email", Mode: crypto.Deterministic, State: StateSealed, Normalize: []string{"trim", "lower"},
			Type: value.Type{OID: value.OIDVarchar, Typmod: 24}, Key: crypto.Column{ID: crypto.NewDomainID("email"), Family: "text"}},
		{Schema: "public", Table: "events", Column: "body", Mode: crypto.Randomized, State: StateSealing,
			Type: value.Type{OID: value.OIDText, Typmod: -1}, Key: crypto.Column{ID: crypto.NewColumnID("old", "events", "text"), Family: "text"}},
	}
	c, problems, err := LoadCatalogue(t.Context(), conn, mustPolicy(t, loadCleanPolicy), frozen, 42)
	if err != nil {
		t.Fatal(err)
	}
	if policy.HasErrors(problems) {
		t.Errorf("problems: %v", problems)
	}
	loadGolden(t, "testdata/load_catalogue.golden", describeCatalogue(c))
	for _, r := range c.Relations {
		if c.ByOID(r.OID) != r || !slices.Contains(c.Named(r.Name), r) {
			t.Errorf("%s is not found again", r.Name)
		}
	}
}

// errorsMakeOpaque: what is wrong with one table refuses that table and no other.
func errorsMakeOpaque(t *testing.T, cluster *postgres.Cluster) {
	conn := loadTestDatabase(t, cluster)
	if _, err := conn.Exec(t.Context(), loadCleanSchema+`CREATE INDEX late ON archive.events_2020 (body)`); err != nil {
		t.Fatal(err)
	}
	c, problems, err := LoadCatalogue(t.Context(), conn, mustPolicy(t, loadCleanPolicy), nil, 1)
	if err != nil || !policy.HasErrors(problems) || c.Stale != "" {
		t.Fatalf("%v, %v, stale %q", err, problems, c.Stale)
	}
	want := "public.events.body: the index late of archive.events_2020 finds nothing: equal values look different in a randomized column"
	for _, r := range c.Relations {
		switch r.Name {
		case "events", "events_old", "events_2020", "events_new":
			if r.Opaque != want {
				t.Errorf("%s is opaque with %q", r.Name, r.Opaque)
			}
		case "clients":
			if r.Opaque != "" {
				t.Errorf("%s is opaque with %q", r.Name, r.Opaque)
			}
		}
	}
	if len(c.Relations) < 5 {
		t.Errorf("%d relations", len(c.Relations))
	}
}

func loadsNothing(t *testing.T, cluster *postgres.Cluster) {
	conn := loadTestDatabase(t, cluster)
	c, problems, err := LoadCatalogue(t.Context(), conn, mustPolicy(t, "version: 1"), nil, 1)
	if err != nil || len(problems) > 0 || !c.Empty() || len(c.Functions)+len(c.Homonyms) > 0 {
		t.Errorf("%v, %v, %s", err, problems, describeCatalogue(c))
	}
}

// refusesOtherEncoding: the whole database is refused.
func refusesOtherEncoding(t *testing.T, cluster *postgres.Cluster) {
	conn := loadTestDatabase(t, cluster)
	if _, err := conn.Exec(t.Context(), "CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"); err != nil {
		t.Fatal(err)
	}
	latin := cluster.Conn(t, "latin", "")
	if _, err := latin.Exec(t.Context(), "CREATE TABLE t (x text)"); err != nil {
		t.Fatal(err)
	}
	c, problems, err := LoadCatalogue(t.Context(), latin, mustPolicy(t, "version: 1\ntables: {public.t: {columns: {x: {mode: randomized}}}}"), nil, 1)
	if err != nil || !policy.HasErrors(problems) || c.Stale != "the database is encoded in LATIN1; sealing needs UTF8" || c.Empty() {
		t.Errorf("%v, %v, %s", err, problems, describeCatalogue(c))
	}
}

// ignoresSearchPath: objects of the role's own that are called like pg_catalog's change nothing.
func ignoresSearchPath(t *testing.T, cluster *postgres.Cluster) {
	conn := loadTestDatabase(t, cluster)
	pol := mustPolicy(t, loadCleanPolicy)
	want, err := LoadDatabase(t.Context(), conn, pol.Names())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), `
CREATE SCHEMA trap;
CREATE TABLE trap.pg_class (oid oid, relname name);
CREATE FUNCTION trap.format_type(oid, int) RETURNS text LANGUAGE sql AS 'SELECT ''trapped''';
CREATE FUNCTION trap.eq(name, name) RETURNS bool LANGUAGE sql AS 'SELECT true';
CREATE OPERATOR trap.= (LEFTARG = name, RIGHTARG = name, FUNCTION = trap.eq);
SET search_path = trap, pg_catalog`); err != nil {
		t.Fatal(err)
	}
	got, err := LoadDatabase(t.Context(), conn, pol.Names())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("with another search path (-before +after):\n%s", diff)
	}
	var path string
	if err := conn.QueryRow(t.Context(), "SHOW search_path").Scan(&path); err != nil || path != "trap, pg_catalog" {
		t.Errorf("the session's search path is now %q, %v", path, err)
	}
}
