package pgstore

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/keysource"
)

func TestInitTwice(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	before, err := server.Command(t.Context(), "pg_dump", "--schema=pgseal", f.database)
	if err != nil {
		t.Fatal(err)
	}
	dump1, err := before.Output()
	if err != nil {
		t.Fatal(err)
	}
	if done := f.init(t); done.Created || done.Tag != f.store.Tag() {
		t.Errorf("the second init: %+v, tag %s", done, f.store.Tag())
	}
	after, _ := server.Command(t.Context(), "pg_dump", "--schema=pgseal", f.database)
	dump2, err := after.Output()
	if err != nil {
		t.Fatal(err)
	}
	if withoutKey(dump1) != withoutKey(dump2) {
		t.Error("the second init changed the schema or its rows")
	}
}

// withoutKey drops the lines of pg_dump that differ at random between runs.
func withoutKey(dump []byte) string {
	var kept []string
	for line := range strings.Lines(string(dump)) {
		if !strings.HasPrefix(line, `\restrict`) && !strings.HasPrefix(line, `\unrestrict`) {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}

func TestInitConcurrently(t *testing.T) {
	f := &fixture{database: newDatabase(t), key: newKey(t)}
	var wg sync.WaitGroup
	results := make([]Initialised, 4)
	errs := make([]error, 4)
	for i := range results {
		conn := connect(t, f.database)
		wg.Go(func() {
			defer conn.Close(t.Context())
			results[i], errs[i] = Init(t.Context(), conn, f.key, time.Now())
		})
	}
	wg.Wait()
	created := 0
	for i, r := range results {
		if errs[i] != nil {
			t.Fatal(errs[i])
		}
		if r.Created {
			created++
		}
		if r.Tag != results[0].Tag {
			t.Error("different tags")
		}
	}
	if created != 1 {
		t.Errorf("%d of 4 made the store", created)
	}
}

func TestInitRefuses(t *testing.T) {
	t.Run("another control key", func(t *testing.T) {
		f := newFixture(t)
		conn := connect(t, f.database)
		defer conn.Close(t.Context())
		_, err := Init(t.Context(), conn, newKey(t), time.Now())
		wantKind(t, err, keysource.KeyRecordInvalid)
		_, err = f.tryOpen(t, Options{Key: newKey(t)})
		wantKind(t, err, keysource.KeyRecordInvalid)
	})
	t.Run("a newer schema", func(t *testing.T) {
		f := newFixture(t)
		f.exec(t, "INSERT INTO pgseal.migration (version) VALUES (1000)")
		conn := connect(t, f.database)
		defer conn.Close(t.Context())
		if _, err := Init(t.Context(), conn, f.key, time.Now()); !errors.Is(err, ErrNewerSchema) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a foreign schema", func(t *testing.T) {
		database := newDatabase(t)
		server.Exec(t, database, "CREATE SCHEMA pgseal AUTHORIZATION app")
		conn := connect(t, database)
		defer conn.Close(t.Context())
		if _, err := Init(t.Context(), conn, newKey(t), time.Now()); !errors.Is(err, ErrForeignSchema) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("no store", func(t *testing.T) {
		f := &fixture{database: newDatabase(t), key: newKey(t)}
		if _, err := f.tryOpen(t, Options{}); !errors.Is(err, ErrNoStore) {
			t.Errorf("got %v", err)
		}
	})
}

func TestExists(t *testing.T) {
	database := newDatabase(t)
	conn := connect(t, database)
	defer conn.Close(t.Context())
	for _, want := range []bool{false, true} {
		if got, err := Exists(t.Context(), conn); err != nil || got != want {
			t.Errorf("got %v, %v, want %v", got, err, want)
		}
		if _, err := Init(t.Context(), conn, newKey(t), time.Now()); !want && err != nil {
			t.Fatal(err)
		}
	}
}

// TestRights: an application's role reads the view and nothing else, also where
// default privileges are generous.
func TestRights(t *testing.T) {
	f := &fixture{database: newDatabase(t), key: newKey(t)}
	server.Exec(t, f.database, `ALTER DEFAULT PRIVILEGES FOR ROLE pgseal GRANT ALL ON TABLES TO PUBLIC;
		ALTER DEFAULT PRIVILEGES FOR ROLE pgseal GRANT SELECT ON TABLES TO app`)
	f.init(t)
	conn := server.Conn(t, f.database, "app")
	var n int
	if err := conn.QueryRow(t.Context(), "SELECT count(*) FROM pgseal.tenant_state").Scan(&n); err != nil {
		t.Errorf("tenant_state: %v", err)
	}
	rows, err := conn.Query(t.Context(), `SELECT relname, has_table_privilege(oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
		FROM pg_class WHERE relnamespace = 'pgseal'::regnamespace AND relkind IN ('r', 'v')`)
	if err != nil {
		t.Fatal(err)
	}
	var name string
	var has bool
	tables := 0
	if _, err := pgx.ForEachRow(rows, []any{&name, &has}, func() error {
		tables++
		if has != (name == "tenant_state") {
			t.Errorf("%s: rights of app: %v", name, has)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if tables < 9 {
		t.Errorf("only %d tables", tables)
	}
	if _, err := conn.Exec(t.Context(), "INSERT INTO pgseal.tenant_state VALUES ('x')"); sqlState(err) != "42501" && sqlState(err) != "55000" {
		t.Errorf("writing the view: %v", err)
	}
	if _, err := conn.Exec(t.Context(), "CREATE TABLE pgseal.mine ()"); sqlState(err) != "42501" {
		t.Errorf("creating a table: %v", err)
	}
}
