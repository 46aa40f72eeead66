package carried

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/bulk"
	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/postgres"
)

var update = flag.Bool("update", false, "write the store of the present version into testdata")

// fixture is the folder of one version's store.
type fixture string

// present is the folder of this version's.
func present(t *testing.T) fixture {
	t.Helper()
	version, err := pgstore.SchemaVersion()
	if err != nil {
		t.Fatal(err)
	}
	return fixture(filepath.Join("testdata", fmt.Sprintf("store-%04d", version)))
}

func (f fixture) file(name string) string { return filepath.Join(string(f), name) }

func (f fixture) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(f.file(name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (f fixture) read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(f.file(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestFixture: the store of every version that was released, as it was dumped then, is upgraded by init, and everything in it is there: tenants, locks,
// history, the log of events, columns, and every value.
func TestFixture(t *testing.T) {
	t.Parallel()
	if *update {
		writeFixture(t, present(t))
	}
	all, err := filepath.Glob("testdata/store-*")
	if err != nil || len(all) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, folder := range all {
		t.Run(filepath.Base(folder), func(t *testing.T) { openFixture(t, fixture(folder)) })
	}
	if _, err := os.Stat(string(present(t))); err != nil {
		t.Errorf("there is no store of the present version: go test ./testenv/carried -run TestFixture -update (%v)", err)
	}
}

// writeFixture lets a store live for a while, and keeps it.
func writeFixture(t *testing.T, f fixture) {
	if err := os.MkdirAll(string(f), 0o755); err != nil {
		t.Fatal(err)
	}
	server := postgres.Start(t, postgres.Options{})
	s := newSite(t, server)
	s.serve()
	s.insert("acme", 1)
	s.insert("globex", 2)
	s.run("key", "rotate", "acme", "--new-data-key")
	f.awaitNewKey(s)
	s.insert("acme", 3)
	s.run("key", "set-cache-time", "acme", "2m")
	want := map[string][]string{"acme": s.rows("acme"), "globex": s.rows("globex")}
	s.run("key", "lock", "globex")
	s.gives("globex", "SELECT note FROM cases WHERE id = 2", "KU009")
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"control.key", "master.key", "policy.yaml"} {
		data, err := os.ReadFile(s.File(name))
		if err != nil {
			t.Fatal(err)
		}
		f.write(t, name, string(data))
	}
	dump, err := server.Command(t.Context(), "pg_dump", database)
	if err != nil {
		t.Fatal(err)
	}
	out, err := dump.Output()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(out), canary) {
		t.Fatal("a plaintext in the dump")
	}
	f.write(t, "dump.sql", string(out))
	f.write(t, "export.json", s.run("key", "export", "--all"))
	rows, err := json.MarshalIndent(want, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	f.write(t, "rows.json", string(rows)+"\n")
}

// awaitNewKey writes rows of acme's until one is sealed under another data key than the first.
func (f fixture) awaitNewKey(s *site) {
	s.t.Helper()
	number := func(id int) string {
		return s.psql(fmt.Sprintf("SELECT substr(body, 10, 5) FROM notes WHERE id = %d", id))
	}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		s.must("acme", "DELETE FROM notes WHERE id = 100; INSERT INTO notes VALUES (100, 'acme', '"+canary+" 100')")
		if number(100) != number(2) {
			return
		}
		if time.Now().After(deadline) {
			s.t.Fatal("the new data key is not used")
		}
	}
}

// openFixture loads the dump into an empty database, and goes on with it.
func openFixture(t *testing.T, f fixture) {
	server := postgres.Start(t, postgres.Options{})
	server.Exec(t, "postgres", roles)
	server.Exec(t, "postgres", "CREATE DATABASE "+database)
	load, err := server.Command(t.Context(), "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database, "-f", "-")
	if err != nil {
		t.Fatal(err)
	}
	load.Stdin = strings.NewReader(f.read(t, "dump.sql"))
	if out, err := load.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	o := options(t, server)
	o.Policy = f.read(t, "policy.yaml")
	s := &site{t: t, server: server}
	if s.Deployment, err = program.Existing(o, string(f)); err != nil {
		t.Fatal(err)
	}
	f.upgraded(t, s)
	f.opens(t, s)
}

// upgraded runs init, and holds the schema against a new store's.
func (f fixture) upgraded(t *testing.T, s *site) {
	t.Helper()
	const shape = `SELECT attrelid::regclass || '.' || attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull
		FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'pgseal'::regnamespace AND attnum > 0 AND NOT attisdropped ORDER BY 1`
	out, err := s.try("init")
	fresh := s.server.NewDatabase(t)
	conn, errConnect := pgstore.Connect(t.Context(), s.server.URL(fresh, ""))
	if errConnect != nil {
		t.Fatal(errConnect)
	}
	defer conn.Close(t.Context())
	key, errKey := crypto.GenerateControlKey()
	if errKey != nil {
		t.Fatal(errKey)
	}
	defer key.Destroy()
	if _, err := pgstore.Init(t.Context(), conn, key, time.Now()); err != nil {
		t.Fatal(err)
	}
	store, errOpen := pgstore.Open(t.Context(), pgstore.Options{Conn: s.server.URL(fresh, ""), Key: key})
	if errOpen != nil {
		t.Fatal(errOpen)
	}
	defer store.Close()
	if err := bulk.Migrate(t.Context(), store.Pool()); err != nil {
		t.Fatal(err)
	}
	want, errPsql := s.server.Psql(t.Context(), fresh, shape)
	if errPsql != nil {
		t.Fatal(errPsql)
	}
	if got := s.psql(shape); got != strings.TrimSpace(want) {
		t.Fatalf("the schema is another one than a new store's. Until the first release the fixture is written anew: go test ./testenv/carried -run TestFixture -update\n%s\nwant\n%s", got, want)
	}
	if err != nil {
		t.Fatalf("init: %v: %s", err, out)
	}
}

// opens reads everything.
func (f fixture) opens(t *testing.T, s *site) {
	t.Helper()
	var want map[string][]string
	if err := json.Unmarshal([]byte(f.read(t, "rows.json")), &want); err != nil {
		t.Fatal(err)
	}
	s.states("sealed")
	s.refusesPlaintext()
	for _, args := range [][]string{{"key", "events", "--verify"}, {"key", "events"}, {"key", "history", "acme"}, {"key", "history", "globex"}, {"key", "status", "acme"}, {"key", "status", "globex"}, {"key", "probe", "acme"},
		{"key", "report", "acme"}, {"tenant", "list"}, {"column", "status"}} {
		s.run(args...)
	}
	if out := s.run("key", "import", f.file("export.json")); !strings.Contains(out, "nothing to do") {
		t.Errorf("the export of then brings something: %s", out)
	}
	s.serve()
	s.same("acme", want["acme"])
	s.finds("acme", 2)
	s.gives("globex", "SELECT note FROM cases WHERE id = 2", "KU009")
	s.run("key", "unlock", "globex")
	s.gives("globex", "SELECT big FROM cases WHERE id = 2", "-9223372036854775808")
	s.same("globex", want["globex"])
	s.insert("globex", 50)
	s.gives("globex", "SELECT big FROM cases WHERE id = 50", "-9223372036854775808")
	f.opensAlone(t, s)
}

// opensAlone opens the dump with the export and the master key, without a database.
func (f fixture) opensAlone(t *testing.T, s *site) {
	t.Helper()
	open := s.Command(t.Context(), "open")
	open.Args = []string{binary, "open", "--keys", f.file("export.json"), "--master-key", s.File("master.key"), "--dump"}
	open.Stdin = strings.NewReader(f.read(t, "dump.sql"))
	var says bytes.Buffer
	open.Stderr = &says
	out, err := open.Output()
	if err != nil || strings.Count(string(out), canary) < 40 {
		t.Errorf("pgseal open: %v: %s, %d texts", err, says.String(), strings.Count(string(out), canary))
	}
}
