package carried

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/postgres"
)

// publisher is a site whose tables are published.
func publisher(t *testing.T) *site {
	t.Helper()
	s := newSite(t, postgres.Start(t, postgres.Options{Settings: map[string]string{"wal_level": "logical"}}))
	s.psql("CREATE PUBLICATION everything FOR TABLE cases, notes")
	return s
}

// database2 is another server with the application's tables, empty, and with pgseal's configuration and keys, but without a store.
func (s *site) database2() *site {
	s.t.Helper()
	b := &site{t: s.t, server: postgres.Start(s.t, postgres.Options{})}
	b.server.Exec(s.t, "postgres", roles+"; CREATE ROLE umbrella LOGIN")
	b.server.Exec(s.t, "postgres", "CREATE DATABASE "+database)
	b.server.Exec(s.t, database, tables()+"; GRANT ALL ON cases, notes TO umbrella")
	var err error
	if b.Deployment, err = program.Existing(options(s.t, b.server), filepath.Dir(s.File("master.key"))); err != nil {
		s.t.Fatal(err)
	}
	return b
}

// exported is a key export of the site, as a file.
func (s *site) exported() string {
	s.t.Helper()
	file := filepath.Join(s.t.TempDir(), "export.json")
	if err := os.WriteFile(file, []byte(s.run("key", "export", "--all")), 0o600); err != nil {
		s.t.Fatal(err)
	}
	return file
}

// subscribe has the tables follow the publisher's, from what lies there on.
func (s *site) subscribe(from *site) {
	s.t.Helper()
	s.psql(fmt.Sprintf("CREATE SUBSCRIPTION inflow CONNECTION 'host=%s port=%d dbname=%s user=postgres' PUBLICATION everything", from.server.SocketDir(), from.server.Port(), database))
}

// arrived waits until the subscriber has every row of the publisher's, as it lies there.
func (s *site) arrived(from *site) {
	s.t.Helper()
	const digest = "SELECT md5(string_agg(r::text, '' ORDER BY r::text)) FROM (SELECT c::text AS r FROM cases c UNION ALL SELECT n::text FROM notes n) x"
	s.eventually(digest, from.psql(digest))
}

// TestLogical: a subscriber whose store is joined with the publisher's gets sealed values past every proxy, its guard takes them, and they open there for the
// tenants' own sessions. A new data key of the publisher's is carried over by a key import; until then its values, and nothing else, end in KD002.
func TestLogical(t *testing.T) {
	t.Parallel()
	kms := withKMS(t)
	a := publisher(t)
	key := a.addCustomer(kms, "umbrella")
	a.serve()
	a.insert("acme", 1)
	a.insert("globex", 2)
	a.insert("umbrella", 3)
	b := a.database2()
	b.psql("DROP TABLE notes")
	b.load(a, "--schema-only", "--section=pre-data", "-t", "notes") // its CHECK comes along, whose tag is the other store's
	b.psql("ALTER TABLE notes ADD PRIMARY KEY (id)")
	out := b.run("init", "--join", a.exported())
	if !strings.Contains(out, "joined with the one of the export") {
		t.Errorf("init --join says %s", out)
	}
	b.states("sealed")
	b.run("init") // changes nothing
	b.subscribe(a)
	b.arrived(a)
	b.serve()
	for _, tenant := range []string{"acme", "globex", "umbrella"} {
		b.same(tenant, a.rows(tenant))
		b.finds(tenant, 1)
	}
	b.refusesPlaintext()
	a.must("acme", "UPDATE notes SET body = '"+canary+" changed' WHERE id = 2; DELETE FROM notes WHERE id = 4")
	a.insert("globex", 5)
	b.arrived(a)
	b.same("acme", a.rows("acme"))
	b.same("globex", a.rows("globex"))
	b.finds("globex", 2)

	// Both go on apart: what one does to its keys is not the other's, until it is carried over.
	a.run("key", "lock", "globex")
	a.gives("globex", "SELECT big FROM cases WHERE id = 5", "KU009")
	b.gives("globex", "SELECT big FROM cases WHERE id = 5", "-9223372036854775808")
	a.run("key", "unlock", "globex")
	a.run("key", "rotate", "acme", "--new-data-key")
	present(t).awaitNewKey(a) // row 100
	a.insert("acme", 6)
	b.arrived(a)
	b.gives("acme", "SELECT body FROM notes WHERE id = 100", "KD002")
	b.gives("acme", "SELECT note FROM cases WHERE id = 6", "KD002")
	b.gives("acme", "SELECT body FROM notes WHERE id = 2", canary+" changed")
	b.gives("acme", "SELECT big FROM cases WHERE id = 1", "-9223372036854775808")
	b.finds("acme", 2) // deterministic columns keep the data key that both have
	b.gives("acme", "INSERT INTO notes VALUES (700, 'acme', 'written here') RETURNING body", "written here")
	b.must("acme", "DELETE FROM notes WHERE id = 700")
	b.run("key", "import", a.exported())
	b.gives("acme", "SELECT body FROM notes WHERE id = 100", canary+" 100")
	b.same("acme", a.rows("acme"))
	if out := b.run("doctor"); !strings.Contains(out, "of the store that this one is joined with") {
		t.Errorf("doctor of the subscriber: %s", out)
	}
	if out := a.run("doctor"); !strings.Contains(out, "pgseal init --join") {
		t.Errorf("doctor of the publisher: %s", out)
	}
	// The customer's key answers both, and its no is one for both.
	if err := kms.DeleteKey(key); err != nil {
		t.Fatal(err)
	}
	for _, s := range []*site{a, b} {
		s.run("key", "lock", "umbrella") // ask now
		s.run("key", "unlock", "umbrella")
		s.gives("umbrella", "SELECT big FROM cases WHERE id = 3", "KU004")
	}
	for _, s := range []*site{a, b} {
		s.run("key", "events", "--verify")
		s.run("key", "history", "acme")
	}
	if files := b.server.FilesWith(t, canary); len(files) > 0 {
		t.Errorf("plaintext in the subscriber's %v", files)
	}
	a.psql("CREATE PUBLICATION filtered FOR TABLE notes WHERE (body > 'a')")
	a.refuses("the row filter of the publication", "policy", "check")
}

// load brings what pg_dump writes of the other site's database.
func (s *site) load(from *site, args ...string) {
	s.t.Helper()
	dump, err := from.server.Command(s.t.Context(), "pg_dump", append(args, database)...)
	if err != nil {
		s.t.Fatal(err)
	}
	text, err := dump.Output()
	if err != nil {
		s.t.Fatal(err)
	}
	load, err := s.server.Command(s.t.Context(), "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database, "-f", "-")
	if err != nil {
		s.t.Fatal(err)
	}
	load.Stdin = strings.NewReader(string(text))
	if out, err := load.CombinedOutput(); err != nil {
		s.t.Fatalf("%v: %s", err, out)
	}
}

// TestJoinOfACopy: a copy of the whole database has the very store of the original, and is not joined with it before it has given that up. What is sealed in
// it opens under its own store.
func TestJoinOfACopy(t *testing.T) {
	t.Parallel()
	a := newSite(t, postgres.Start(t, postgres.Options{}))
	a.serve()
	a.insert("acme", 1)
	a.run("key", "lock", "globex")
	b := a.database2()
	b.psql("DROP TABLE cases, notes")
	b.load(a)
	export := a.exported()
	b.refuses("DROP SCHEMA pgseal CASCADE", "init", "--join", export)
	b.psql("DROP SCHEMA pgseal CASCADE")
	b.refuses("there is no store in this database, but there was one", "init")
	b.run("init", "--join", export)
	b.states("sealed")
	b.refusesPlaintext()
	b.serve()
	b.same("acme", a.rows("acme"))
	b.gives("globex", "SELECT body FROM notes WHERE id = 1", "KU009") // it was locked there when it was exported
	b.run("key", "unlock", "globex")
	b.gives("globex", "SELECT body FROM notes WHERE id = 1", canary+" 1")
	if id := "SELECT id FROM pgseal.store"; a.psql(id) == b.psql(id) {
		t.Error("it is still one store")
	}
	a.gives("globex", "SELECT body FROM notes WHERE id = 1", "KU009")
}

// TestLogicalWithoutJoin: the guard of a store that was not joined takes nothing of the publisher's, and doctor says so on both sides.
func TestLogicalWithoutJoin(t *testing.T) {
	t.Parallel()
	a := publisher(t)
	a.serve()
	a.insert("acme", 1)
	b := a.database2()
	b.run("init")
	b.refuses("this database has one of its own already", "init", "--join", a.exported())
	b.subscribe(a)
	b.eventually("SELECT sync_error_count > 0 FROM pg_stat_subscription_stats", "t")
	if n := b.psql("SELECT count(*) FROM cases") + b.psql("SELECT count(*) FROM notes"); n != "00" {
		t.Errorf("rows came: %s", n)
	}
	if log := b.server.Log(t); !strings.Contains(log, "a plaintext was refused") {
		t.Error("it was not the guard")
	}
	b.refuses("values of another store too, and the subscription stops there. It has failed", "doctor")
	if out := a.run("doctor"); !strings.Contains(out, "pgseal init --join") {
		t.Errorf("doctor of the publisher: %s", out)
	}
	b.psql("ALTER SUBSCRIPTION inflow DISABLE; ALTER SUBSCRIPTION inflow SET (slot_name = NONE); DROP SUBSCRIPTION inflow")
}
