package carried

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
	"github.com/legatics/pgseal/testenv/postgres"
)

// replica is a site whose upstream is a standby, and whose control connection goes to the primary.
type replica struct {
	*site
	primary *site
}

// follow puts a standby behind the site, and a second pgseal in front of the standby.
func (s *site) follow(control string) *replica {
	s.t.Helper()
	standby := s.server.Follow(s.t, postgres.Options{})
	r := &replica{site: &site{t: s.t, server: standby}, primary: s}
	o := options(s.t, standby)
	o.Control = strings.NewReplacer("PRIMARY", fmt.Sprint(s.server.Port()), "STANDBY", fmt.Sprint(standby.Port())).Replace(control)
	var err error
	if r.Deployment, err = s.Another(o); err != nil {
		s.t.Fatal(err)
	}
	r.caughtUp()
	return r
}

const controlOfPrimary = "user=postgres host=127.0.0.1 port=PRIMARY"

// caughtUp waits until the standby has what the primary has now.
func (r *replica) caughtUp() {
	r.t.Helper()
	lsn := r.primary.psql("SELECT pg_current_wal_insert_lsn()")
	r.eventually("SELECT pg_last_wal_replay_lsn() >= '"+lsn+"'", "t")
}

// eventually repeats SQL past the proxy until it gives that.
func (s *site) eventually(sql, want string) {
	s.t.Helper()
	for deadline := time.Now().Add(time.Minute); s.psql(sql) != want; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			s.t.Fatalf("%s gives %q, not %q", sql, s.psql(sql), want)
		}
	}
}

func withKMS(t *testing.T) *kmstest.Server {
	t.Helper()
	kms, err := kmstest.Start(kmstest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = kms.Close() })
	return kms
}

// addCustomer adds a tenant with a key in AWS KMS, and gives the key.
func (s *site) addCustomer(kms *kmstest.Server, name string) (key string) {
	s.t.Helper()
	s.psql("CREATE ROLE " + name + " LOGIN; GRANT ALL ON cases, notes TO " + name)
	key = kms.CreateKey(kmstest.KeyOptions{})
	s.run("tenant", "add", name, "--provider", "aws-kms", "--key", key, "--endpoint", kms.URL(), "--cache-time", "1m")
	return key
}

// TestStandby: a second pgseal in front of a physical standby reads what the first one writes, refuses writes as PostgreSQL does, and follows what becomes of keys.
func TestStandby(t *testing.T) {
	t.Parallel()
	kms := withKMS(t)
	s := newSite(t, postgres.Start(t, postgres.Options{}))
	key := s.addCustomer(kms, "umbrella")
	s.serve()
	for id, tenant := range []string{"acme", "globex", "umbrella"} {
		s.insert(tenant, id+1)
	}
	r := s.follow(controlOfPrimary)
	r.serve()
	for _, tenant := range []string{"acme", "globex", "umbrella"} {
		r.same(tenant, s.rows(tenant))
		r.finds(tenant, 1)
	}
	r.refusesWrites()

	// A new data key: what is sealed under it is read as soon as it is there.
	s.run("key", "rotate", "acme", "--new-data-key")
	present(t).awaitNewKey(s)
	s.insert("acme", 4)
	r.caughtUp()
	r.same("acme", s.rows("acme"))
	r.finds("acme", 2)

	// A lock, and its end.
	s.run("key", "lock", "globex")
	r.gives("globex", "SELECT big FROM cases WHERE id = 2", "KU009")
	s.run("key", "unlock", "globex")
	r.gives("globex", "SELECT big FROM cases WHERE id = 2", "-9223372036854775808")

	// The customer takes the key away: the standby's proxy stops when any of them is told, or by itself.
	if err := kms.SetState(key, kmstest.Disabled); err != nil {
		t.Fatal(err)
	}
	s.run("key", "lock", "umbrella") // ask now
	s.run("key", "unlock", "umbrella")
	r.gives("umbrella", "SELECT big FROM cases WHERE id = 3", "KU002")
	if err := kms.SetState(key, kmstest.Enabled); err != nil {
		t.Fatal(err)
	}
	r.gives("umbrella", "SELECT big FROM cases WHERE id = 3", "-9223372036854775808")
}

// refusesWrites tries every way to write in one session, which goes on.
func (r *replica) refusesWrites() {
	r.t.Helper()
	conn, err := r.connect("acme")
	if err != nil {
		r.t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(r.t.Context()))
	ctx := r.t.Context()
	for _, sql := range []string{"INSERT INTO notes VALUES (500, 'acme', 'open')", "UPDATE notes SET body = 'open'", "DELETE FROM notes", "TRUNCATE notes",
		"SELECT body FROM notes FOR UPDATE"} {
		_, err := conn.Exec(ctx, sql)
		_, simple := conn.Exec(ctx, sql, pgx.QueryExecModeSimpleProtocol)
		if err == nil || simple == nil || codeOf(err) != "25006" || codeOf(simple) != "25006" {
			r.t.Errorf("%s: %v; in a simple query: %v", sql, err, simple)
		}
	}
	if _, err := conn.Exec(ctx, "INSERT INTO notes VALUES ($1, $2, $3)", 500, "acme", "open"); err == nil || codeOf(err) != "25006" {
		r.t.Errorf("with parameters: %v", err)
	}
	if _, err := conn.CopyFrom(ctx, pgx.Identifier{"notes"}, []string{"id", "firm", "body"}, pgx.CopyFromRows([][]any{{500, "acme", "open"}})); err == nil || codeOf(err) != "25006" {
		r.t.Errorf("COPY: %v", err)
	}
	var body string
	if err := conn.QueryRow(ctx, "SELECT body FROM notes WHERE id = 2").Scan(&body); err != nil || body != canary+" 2" {
		r.t.Errorf("the session afterwards: %q, %v", body, err)
	}
}

// pause has the standby replay nothing more.
func (r *replica) pause() {
	r.t.Helper()
	r.caughtUp()
	r.psql("SELECT pg_wal_replay_pause()")
	r.eventually("SELECT pg_get_wal_replay_pause_state()", "paused")
}

func (r *replica) resume() {
	r.t.Helper()
	r.psql("SELECT pg_wal_replay_resume()")
	r.caughtUp()
}

// TestStandbyBehind: what the primary's records say is ahead of the standby's rows and definitions. Nothing is passed on then that is not what the record says
// of the column: a plaintext in a column that is sealed by now ends in KD003 until the standby has caught up, a definition that it does not have yet in PostgreSQL's error.
func TestStandbyBehind(t *testing.T) {
	t.Parallel()
	s := prepare(t, postgres.Start(t, postgres.Options{}))
	s.serve()
	s.insert("acme", 1)
	r := s.follow(controlOfPrimary)
	r.serve()
	const read = "SELECT body FROM notes WHERE id = 2"
	r.gives("acme", read, canary+" 2") // both forms are read until all are sealed

	r.pause()
	s.run("column", "encrypt", "public.notes.body")
	s.gives("acme", read, canary+" 2")
	r.gives("acme", read, "KD003")
	r.gives("acme", "SELECT big FROM cases WHERE id = 1", "-9223372036854775808") // other columns go on
	r.resume()
	r.gives("acme", read, canary+" 2")

	// A data key that the standby's own copy of the store does not have yet: the proxy has it from the primary, and what there is goes on.
	r.pause()
	s.run("key", "rotate", "acme", "--new-data-key")
	present(t).awaitNewKey(s)
	r.gives("acme", read, canary+" 2")
	s.run("key", "lock", "acme") // nor does a lock wait for the replay
	r.gives("acme", read, "KU009")
	s.run("key", "unlock", "acme")
	r.gives("acme", read, canary+" 2")

	// Definitions that the standby does not have yet.
	before := s.rows("acme")
	s.psql("ALTER TABLE cases ADD COLUMN extra text DEFAULT 'extra'")
	s.gives("acme", "SELECT extra FROM cases WHERE id = 1", "extra")
	r.inOldShape("SELECT * FROM cases WHERE firm = 'acme' ORDER BY id", before[0])
	r.inOldShape("SELECT extra, note FROM cases", "")
	r.resume()
	r.gives("acme", "SELECT extra FROM cases WHERE id = 1", "extra")
	r.same("acme", s.rows("acme"))

	r.pause()
	s.psql("ALTER TABLE cases RENAME COLUMN note TO remark; ALTER TABLE cases RENAME COLUMN extra TO note")
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) { // until the proxy has heard of it
		r.inOldShape("SELECT note, code, remark FROM cases", "")
		r.inOldShape("SELECT c.* FROM cases c", before[0]+"|extra")
		if err := r.inOldShape("SELECT note FROM cases", strings.Split(before[0], "|")[2]); err != nil && codeOf(err) == "KP001" {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("the proxy does not notice that the policy fits no more")
		}
	}
}

// inOldShape demands of a statement that its rows, if any, are what they were, and that nothing sealed is passed on.
func (r *replica) inOldShape(sql, want string) error {
	r.t.Helper()
	rows, err := r.query("acme", sql)
	if err == nil && (len(rows) != 1 || rows[0] != want) {
		r.t.Errorf("%s: %q", sql, rows)
	}
	return err
}

// TestStandbyAsControl: a control connection that leads to a standby is refused, by every command and by serve; of several hosts the primary is taken,
// and after a failover the new one, by running proxies too.
func TestStandbyAsControl(t *testing.T) {
	t.Parallel()
	s := newSite(t, postgres.Start(t, postgres.Options{Durable: true, Settings: map[string]string{"fsync": "off"}}))
	s.serve()
	s.insert("acme", 1)
	wrong := s.follow("user=postgres host=127.0.0.1 port=STANDBY")
	for _, args := range [][]string{{"serve"}, {"init"}, {"key", "status", "acme"}, {"key", "lock", "acme"}, {"column", "status"}, {"key", "export", "--all"}, {"doctor"}} {
		wrong.refuses("the control connection leads to a standby", args...)
	}
	o := options(t, wrong.server)
	o.Control = fmt.Sprintf("user=postgres host=127.0.0.1,127.0.0.1 port=%d,%d", wrong.server.Port(), s.server.Port())
	r := &replica{site: &site{t: t, server: wrong.server}, primary: s}
	var err error
	if r.Deployment, err = s.Another(o); err != nil {
		t.Fatal(err)
	}
	r.serve()
	want := s.rows("acme")
	r.same("acme", want)
	r.caughtUp()
	if err := s.server.Kill(); err != nil {
		t.Fatal(err)
	}
	r.gives("acme", "SELECT big FROM cases WHERE id = 1", "-9223372036854775808") // from the key that it holds
	r.psql("SELECT pg_promote()")
	r.gives("acme", "INSERT INTO notes VALUES (500, 'acme', 'afterwards') RETURNING body", "afterwards")
	r.run("key", "lock", "acme")
	r.gives("acme", "SELECT body FROM notes WHERE id = 2", "KU009")
	r.run("key", "unlock", "acme")
	r.gives("acme", "SELECT body FROM notes WHERE id = 500", "afterwards")
	r.states("sealed")
}
