package bulk

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/legatics/pgseal/testenv/postgres"
)

// queueTables lists what River's tables are made of.
const queueTables = `SELECT string_agg(o, E'\n' ORDER BY o) FROM (
	SELECT attrelid::regclass || '.' || attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull AS o
	FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'pgseal'::regnamespace AND attnum > 0
	UNION ALL SELECT 'version ' || version FROM pgseal.river_migration) x`

// cut has the server end the connection at the n-th definition that is made since then.
const cut = `CREATE OR REPLACE FUNCTION public.cut() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
	IF nextval('public.definitions') = %d THEN PERFORM pg_catalog.pg_terminate_backend(pg_catalog.pg_backend_pid()); END IF;
END $$; ALTER SEQUENCE public.definitions RESTART`

type queueDatabase struct {
	t       *testing.T
	cluster *postgres.Cluster
	name    string
	pool    *pgxpool.Pool
}

func newQueueDatabase(t *testing.T, cluster *postgres.Cluster) *queueDatabase {
	t.Helper()
	d := &queueDatabase{t: t, cluster: cluster, name: cluster.NewDatabase(t)}
	d.exec("CREATE SCHEMA pgseal")
	var err error
	if d.pool, err = pgxpool.New(t.Context(), cluster.URL(d.name, "")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.pool.Close)
	return d
}

func (d *queueDatabase) exec(sql string) {
	d.t.Helper()
	d.cluster.Exec(d.t, d.name, sql)
}

func (d *queueDatabase) tables() string {
	d.t.Helper()
	out, err := d.cluster.Psql(d.t.Context(), d.name, queueTables)
	if err != nil {
		d.t.Fatal(err)
	}
	return out
}

// An upgrade of the job queue's tables that is ended at any of its statements goes on from there, and tables that are not whole are refused meanwhile.
func TestMigrateInterrupted(t *testing.T) {
	cluster := postgres.Start(t, postgres.Options{})
	whole := newQueueDatabase(t, cluster)
	if err := Migrate(t.Context(), whole.pool); err != nil {
		t.Fatal(err)
	}
	want := whole.tables()
	cuts, partial := 0, 0
	d := newQueueDatabase(t, cluster)
	d.exec("CREATE SEQUENCE public.definitions")
	for n := 1; ; n++ {
		d.exec("DROP SCHEMA pgseal CASCADE; CREATE SCHEMA pgseal; " + fmt.Sprintf(cut, n) + "; CREATE EVENT TRIGGER cut ON ddl_command_end EXECUTE FUNCTION public.cut()")
		errCut := Migrate(t.Context(), d.pool)
		d.exec("DROP EVENT TRIGGER cut")
		if errCut == nil {
			break
		}
		cuts++
		switch err := CheckTables(t.Context(), d.pool); {
		case errors.Is(err, ErrOlderQueue) && strings.Contains(err.Error(), "pgseal init"):
			partial++
		case err != nil:
			t.Errorf("cut at definition %d: %v", n, err)
		}
		if err := Migrate(t.Context(), d.pool); err != nil {
			t.Fatalf("after the cut at definition %d: %v", n, err)
		}
		if got := d.tables(); got != want {
			t.Errorf("after the cut at definition %d:\n%s\nwant\n%s", n, got, want)
		}
		if err := CheckTables(t.Context(), d.pool); err != nil {
			t.Error(err)
		}
	}
	t.Logf("%d definitions, %d times the tables were partly upgraded", cuts, partial)
	if cuts < 20 || partial < 5 {
		t.Errorf("%d cuts, %d of them partial", cuts, partial)
	}
}

// Tables that a later version has upgraded are left alone.
func TestNewerQueue(t *testing.T) {
	d := newQueueDatabase(t, postgres.Start(t, postgres.Options{}))
	if err := CheckTables(t.Context(), d.pool); err != nil {
		t.Errorf("without tables: %v", err)
	}
	if err := Migrate(t.Context(), d.pool); err != nil {
		t.Fatal(err)
	}
	d.exec("INSERT INTO pgseal.river_migration (line, version) VALUES ('main', 999)")
	before := d.tables()
	for what, err := range map[string]error{"check": CheckTables(t.Context(), d.pool), "migrate": Migrate(t.Context(), d.pool)} {
		if !errors.Is(err, ErrNewerQueue) || !strings.Contains(err.Error(), "(999; this program knows ") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if d.tables() != before {
		t.Error("something was changed")
	}
}
