package pgstore

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// tryInit runs Init on a connection of its own.
func (f *fixture) tryInit(t *testing.T) error {
	t.Helper()
	conn := connect(t, f.database)
	defer conn.Close(t.Context())
	_, err := Init(t.Context(), conn, f.key, time.Now())
	return err
}

// A store of another version than the program's is refused before any of its records is read, and both versions are named.
func TestSchemaOfAnotherVersion(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	e := f.export(t, "")
	known, err := SchemaVersion()
	if err != nil {
		t.Fatal(err)
	}
	f.exec(t, "INSERT INTO pgseal.migration (version) VALUES (1000)")
	f.exec(t, "UPDATE pgseal.store SET mac = '\\x00'") // it may cover more than this program knows
	_, errOpen := f.tryOpen(t, Options{})
	_, errImport := f.tryImport(t, e, ImportOptions{})
	for what, err := range map[string]error{"open": errOpen, "import": errImport, "init": f.tryInit(t)} {
		if !errors.Is(err, ErrNewerSchema) || !strings.Contains(err.Error(), "(1000; this program knows "+fmt.Sprint(known)+")") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// A store whose schema is of an earlier version, or does not say of which, is opened by nobody until Init has run.
func TestSchemaOfAnEarlierVersion(t *testing.T) {
	for _, loss := range []string{"DELETE FROM pgseal.migration", "DROP TABLE pgseal.migration"} {
		f := newFixture(t)
		f.addTenant(t, "acme")
		f.exec(t, loss)
		if _, err := f.tryOpen(t, Options{}); !errors.Is(err, ErrOlderSchema) || !strings.Contains(err.Error(), "(0; this program works with ") {
			t.Errorf("%s: %v", loss, err)
		}
		if done := f.init(t); done.Created {
			t.Errorf("%s: a new store", loss)
		}
		if _, err := f.open(t, Options{}).LookUp(t.Context(), "acme"); err != nil {
			t.Errorf("%s: %v", loss, err)
		}
	}
}

// A record that a later version has written, and that verifies, is not guessed at.
func TestRecordOfAnotherVersion(t *testing.T) {
	f := newFixture(t)
	c := sampleColumn("c")
	c.State = "half sealed"
	f.save(t, c)
	if _, err := f.store.Columns(t.Context()); !errors.Is(err, ErrNewerSchema) || !strings.Contains(err.Error(), `"half sealed"`) {
		t.Errorf("got %v", err)
	}
}

// cutInit has the server end the connection at the n-th definition; 0: it only counts them.
const cutInit = `CREATE OR REPLACE FUNCTION public.cut() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
	IF nextval('public.definitions') = %d THEN PERFORM pg_catalog.pg_terminate_backend(pg_catalog.pg_backend_pid()); END IF;
END $$; ALTER SEQUENCE public.definitions RESTART`

// An Init that is ended at any of its statements has done nothing, and the next one does all of it.
func TestInitInterrupted(t *testing.T) {
	f := &fixture{database: newDatabase(t), key: newKey(t)}
	cutAt := func(n int) {
		f.exec(t, "ALTER EVENT TRIGGER cut DISABLE; "+fmt.Sprintf(cutInit, n)+"; ALTER EVENT TRIGGER cut ENABLE")
	}
	f.exec(t, "CREATE SEQUENCE public.definitions; "+fmt.Sprintf(cutInit, 0)+"; CREATE EVENT TRIGGER cut ON ddl_command_end EXECUTE FUNCTION public.cut()")
	conn := server.Conn(t, f.database, "")
	exists := func() (yes bool) {
		if err := conn.QueryRow(t.Context(), "SELECT to_regnamespace('pgseal') IS NOT NULL").Scan(&yes); err != nil {
			t.Fatal(err)
		}
		return yes
	}
	n := 1
	for ; n < 1000; n++ {
		cutAt(n)
		if err := f.tryInit(t); err == nil {
			break
		}
		if exists() {
			t.Fatalf("cut at definition %d, it has left something behind", n)
		}
	}
	t.Logf("cut at each of %d definitions", n-1)
	if n < 30 {
		t.Errorf("only %d definitions were cut", n-1)
	}
	f.open(t, Options{})
	whole := newFixture(t)
	if got, want := whole.columnsOfSchema(t), f.columnsOfSchema(t); got != want {
		t.Errorf("another schema than at once:\n%s\n%s", got, want)
	}
}

// columnsOfSchema lists every table's columns.
func (f *fixture) columnsOfSchema(t *testing.T) string {
	t.Helper()
	rows, err := server.Conn(t, f.database, "").Query(t.Context(), `SELECT attrelid::regclass || '.' || attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull
		FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'pgseal'::regnamespace AND attnum > 0 ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, "\n")
}
