package plan

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy/value"
	"github.com/legatics/pgseal/testenv/postgres"
)

// temporaryPart is the schema of a session's temporary objects.
var temporaryPart = regexp.MustCompile(`pg_temp_\d+`)

const viewSchema = `
CREATE SCHEMA other;
CREATE TABLE cases (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text, email text, status text DEFAULT 'open', memo varchar(20), city text);
CREATE TABLE native (id int, a text);
CREATE TABLE offices (id int, city text);
CREATE FUNCTION noise() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE VIEW bare AS SELECT id, title FROM cases;
CREATE VIEW other.renamed AS SELECT title AS t, email AS e, upper(status) AS s FROM cases WHERE id > 0 WITH CHECK OPTION;
CREATE VIEW above AS SELECT r.t, b.id FROM other.renamed r JOIN bare b ON b.title IS NOT NULL;
CREATE VIEW thin AS SELECT t FROM other.renamed;
CREATE VIEW fenced WITH (security_barrier) AS SELECT title FROM cases WHERE status = 'open';
CREATE VIEW grouped AS SELECT email, count(*) AS n FROM cases GROUP BY email;
CREATE VIEW joined AS SELECT c.title, n.a FROM cases c JOIN native n USING (id);
CREATE VIEW united AS SELECT title FROM cases UNION ALL SELECT title FROM cases WHERE id = 1;
CREATE VIEW nulled AS SELECT COALESCE(status, 'x') AS status FROM cases WHERE title IS NULL;
CREATE VIEW ordered AS SELECT title FROM cases ORDER BY title LIMIT 3;
CREATE VIEW lowered AS SELECT lower(title) AS title FROM cases;
CREATE VIEW above_lowered AS SELECT title FROM lowered;
CREATE VIEW searching AS SELECT id FROM cases WHERE email = 'canary@example.org';
CREATE VIEW whole AS SELECT cases FROM cases;
CREATE VIEW short AS SELECT memo AS note FROM cases;
CREATE VIEW keyed AS SELECT city FROM offices;
CREATE VIEW beside AS SELECT n.a FROM native n WHERE EXISTS (SELECT FROM cases WHERE cases.id = n.id);
CREATE VIEW acting AS SELECT id, title FROM cases;
CREATE TRIGGER act INSTEAD OF INSERT ON acting FOR EACH ROW EXECUTE FUNCTION noise();
CREATE VIEW ruled AS SELECT id, title FROM cases;
CREATE RULE r AS ON INSERT TO ruled DO INSTEAD NOTHING;
CREATE MATERIALIZED VIEW kept AS SELECT id, title FROM bare;
CREATE TEMP VIEW passing AS SELECT title FROM cases;
CREATE VIEW pg_class AS SELECT id FROM cases;
CREATE VIEW unqualified AS SELECT c.title, k.relname FROM cases c, pg_catalog.pg_class k;
ALTER VIEW thin ALTER COLUMN t SET DEFAULT 'x';
`

const viewPolicy = `version: 1
tables:
  public.cases:
    columns:
      title: {mode: randomized}
      email: {mode: deterministic}
      memo:  {mode: randomized}
  public.offices: {requires_key: [read, write]}
`

func viewStates(state ColumnState) []FrozenColumn {
	text := value.Type{OID: value.OIDText, Typmod: -1}
	return []FrozenColumn{
		{Schema: "public", Table: "cases", Column: "title", Mode: crypto.Randomized, State: state, Type: text,
			Key: crypto.Column{ID: crypto.NewColumnID("public", "cases", "title"), Family: "text"}},
		{Schema: "public", Table: "cases", Column: "email", Mode: crypto.Deterministic, State: state, Type: text,
			Key: crypto.Column{ID: crypto.NewColumnID("public", "cases", "email"), Family: "text"}},
	}
}

func viewDatabase(t *testing.T, cluster *postgres.Cluster) *pgx.Conn {
	t.Helper()
	conn := cluster.Conn(t, cluster.NewDatabase(t), "")
	if _, err := conn.Exec(t.Context(), viewSchema); err != nil {
		t.Fatal(err)
	}
	return conn
}

func loadsViews(t *testing.T, cluster *postgres.Cluster) {
	conn := viewDatabase(t, cluster)
	c, problems, err := LoadCatalogue(t.Context(), conn, mustPolicy(t, viewPolicy), viewStates(StateSealed), 1)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, r := range c.Relations {
		fmt.Fprintf(&b, "%s.%s %c read=%v write=%v", r.Schema, r.Name, r.Kind, r.RequiresRead, r.RequiresWrite)
		for _, a := range r.Columns {
			fmt.Fprintf(&b, " %s", a.Name)
			if a.HasDefault || a.Identity {
				b.WriteByte('!')
			}
			if a.Protected != nil {
				fmt.Fprintf(&b, "=%s(%s)", a.Protected.Key.ID, a.Protected.State)
			}
		}
		for _, a := range r.Hidden {
			fmt.Fprintf(&b, " +%s", a.Name)
		}
		fmt.Fprintf(&b, "\n  %s%s\n", r.Opaque, r.ReadOnly)
	}
	for _, p := range problems {
		b.WriteString(p.String() + "\n")
	}
	loadGolden(t, "testdata/load_views.golden", temporaryPart.ReplaceAllString(b.String(), "pg_temp"))
}

// viewsChangeWithStates: what a view computes with a column is right as long as the column is plain, and refused from then on.
func viewsChangeWithStates(t *testing.T, cluster *postgres.Cluster) {
	conn := viewDatabase(t, cluster)
	for state, want := range map[ColumnState]string{StatePlain: "", StateReadable: "grouped lowered", StateSealing: "grouped lowered", StateSealed: "lowered"} {
		c, problems, err := LoadCatalogue(t.Context(), conn, mustPolicy(t, viewPolicy), viewStates(state), 1)
		if err != nil {
			t.Fatal(err)
		}
		var refused []string
		for _, name := range []string{"bare", "grouped", "lowered"} {
			if c.Named(name)[0].Opaque != "" {
				refused = append(refused, name)
			}
		}
		if got := strings.Join(refused, " "); got != want {
			t.Errorf("%s: refused are %q, not %q", state, got, want)
		}
		if all := fmt.Sprint(problems); !strings.Contains(all, "view public.lowered are refused") || !strings.Contains(all, "view public.grouped can be read") {
			t.Errorf("%s: %s", state, all)
		}
	}
}

// lockedViews: a definition that cannot be read, because somebody has locked a table, keeps nothing else from being loaded, and is read
// at the next look.
func lockedViews(t *testing.T, cluster *postgres.Cluster) {
	conn := viewDatabase(t, cluster)
	locker := cluster.Conn(t, conn.Config().Database, "")
	tx, err := locker.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), "LOCK TABLE native"); err != nil {
		t.Fatal(err)
	}
	pol := mustPolicy(t, viewPolicy)
	db, scope, err := loadDatabase(t.Context(), conn, pol.Names())
	if err != nil {
		t.Fatal(err)
	}
	c, _ := buildCatalogue(db, pol, viewStates(StateSealed), 1)
	if c.Named("joined")[0].Opaque == "" || c.Named("bare")[0].Opaque != "" || c.Named("cases")[0].Opaque != "" {
		t.Errorf("joined is opaque with %q, bare with %q", c.Named("joined")[0].Opaque, c.Named("bare")[0].Opaque)
	}
	if err := tx.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	if now, err := fingerprint(t.Context(), conn, scope); err != nil || now == scope.print {
		t.Errorf("the next look would not load: %v", err)
	}
	db, scope, err = loadDatabase(t.Context(), conn, pol.Names())
	if err != nil {
		t.Fatal(err)
	}
	if c, _ = buildCatalogue(db, pol, viewStates(StateSealed), 1); c.Named("joined")[0].Opaque != "" {
		t.Errorf("without the lock: %s", c.Named("joined")[0].Opaque)
	}
	if now, err := fingerprint(t.Context(), conn, scope); err != nil || now != scope.print {
		t.Errorf("the look after that would load again: %v", err)
	}
}

// fingerprintSeesViews: what changes what can be done with a view is noticed, made by whomever.
func fingerprintSeesViews(t *testing.T, cluster *postgres.Cluster) {
	conn := viewDatabase(t, cluster)
	names := []policy.TableName{{Schema: "public", Name: "cases"}}
	for _, ddl := range []string{
		"CREATE OR REPLACE VIEW bare AS SELECT id, upper(title) AS title FROM cases",
		"CREATE OR REPLACE VIEW bare AS SELECT id, title FROM cases",
		"CREATE OR REPLACE VIEW unrelated AS SELECT a AS title FROM native; CREATE OR REPLACE VIEW unrelated AS SELECT title FROM cases",
		"CREATE TRIGGER t INSTEAD OF UPDATE ON bare FOR EACH ROW EXECUTE FUNCTION noise()",
		"DROP TRIGGER t ON bare",
		"CREATE RULE r AS ON DELETE TO bare DO INSTEAD NOTHING",
		"DROP RULE r ON bare",
		"ALTER VIEW bare ALTER COLUMN title SET DEFAULT 'x'",
		"ALTER VIEW bare RENAME COLUMN title TO name",
		"ALTER VIEW bare RENAME TO naked",
		"ALTER VIEW naked SET SCHEMA other",
		"DROP VIEW nulled",
	} {
		_, scope, err := loadDatabase(t.Context(), conn, names)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := conn.Exec(t.Context(), ddl); err != nil {
			t.Fatalf("%s: %v", ddl, err)
		}
		if now, err := fingerprint(t.Context(), conn, scope); err != nil || now == scope.print {
			t.Errorf("not seen: %s (%v)", ddl, err)
		}
	}
}
