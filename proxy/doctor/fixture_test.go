package doctor

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy/guard"
	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/value"
	"github.com/legatics/pgseal/testenv/postgres"
)

// server is the cluster that all tests of this package share. What some of them change is of the whole server, so that they do
// not run beside one another.
var server *postgres.Cluster

func TestMain(m *testing.M) {
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (code int, err error) {
	ctx := context.Background()
	if server, err = postgres.Open(ctx, postgres.Options{Settings: map[string]string{"wal_level": "logical"}}); err != nil {
		return 1, err
	}
	defer func() { err = errors.Join(err, server.Stop()) }()
	// pgseal is the control role and a member of owner, who owns the protected tables; app is the application.
	if _, err = server.Psql(ctx, "postgres", `CREATE ROLE owner LOGIN; CREATE ROLE pgseal LOGIN IN ROLE owner; CREATE ROLE app LOGIN;
		GRANT pg_monitor, pg_read_all_settings TO pgseal; GRANT EXECUTE ON FUNCTION pg_show_all_file_settings() TO pgseal`); err != nil {
		return 1, err
	}
	return m.Run(), nil
}

// fixture is a database whose protected columns are sealed and empty of plaintext.
type fixture struct {
	database string
	store    *pgstore.Store
	policy   *policy.Policy
	status   *guard.Status // of the last examination
	budget   int64
}

const schema = `
CREATE TABLE matters (id bigint PRIMARY KEY, title text, email text, amount bytea);
CREATE TABLE notes (id bigint, body text) PARTITION BY RANGE (id);
CREATE TABLE notes_1 PARTITION OF notes FOR VALUES FROM (0) TO (1000);
CREATE TABLE plain (id bigint, name text);`

const policyFile = `version: 1
tables:
  public.matters:
    columns:
      title: {mode: randomized}
      email: {mode: deterministic}
      amount: {mode: randomized, type: numeric}
  public.notes:
    columns:
      body: {mode: randomized}
`

func newFixture(t *testing.T, setup string) *fixture {
	t.Helper()
	f := &fixture{database: server.NewDatabase(t)}
	server.Exec(t, "postgres", fmt.Sprintf("GRANT CREATE ON DATABASE %s TO pgseal, owner", f.database))
	server.Exec(t, f.database, "GRANT ALL ON SCHEMA public TO owner; SET ROLE owner; "+setup)
	key, err := crypto.GenerateControlKey()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(key.Destroy)
	if _, err := server.Psql(t.Context(), f.database, "GRANT EXECUTE ON FUNCTION pg_show_all_file_settings() TO pgseal; GRANT SELECT ON pg_file_settings TO pgseal"); err != nil {
		t.Fatal(err)
	}
	conn, err := pgstore.Connect(t.Context(), server.URL(f.database, "pgseal"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := pgstore.Init(t.Context(), conn, key, time.Now()); err != nil {
		t.Fatal(err)
	}
	if f.store, err = pgstore.Open(t.Context(), pgstore.Options{Conn: server.URL(f.database, "pgseal"), Key: key}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.store.Close)
	if f.policy, err = policy.Load("policy.yaml", []byte(policyFile)); err != nil {
		t.Fatal(err)
	}
	f.settle(t)
	return f
}

func (f *fixture) columns() []guard.Column {
	c := func(table, name string, mode crypto.Mode) guard.Column {
		return guard.Column{Schema: "public", Table: table, Name: name, Mode: mode}
	}
	amount := c("matters", "amount", crypto.Randomized)
	amount.Type = value.Type{OID: value.OIDNumeric, Typmod: -1}
	return []guard.Column{amount, c("matters", "email", crypto.Deterministic), c("matters", "title", crypto.Randomized), c("notes", "body", crypto.Randomized)}
}

// settle does what init does.
func (f *fixture) settle(t *testing.T) {
	t.Helper()
	c := guard.New(guard.Options{Store: f.store, Policy: f.policy.Hash(), Columns: f.columns()})
	defer c.Close(context.WithoutCancel(t.Context()))
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	if _, err := c.Settle(ctx); err != nil {
		t.Fatal(err)
	}
}

// examine looks at the database, and demands that no finding shows a canary.
func (f *fixture) examine(t *testing.T) []Finding {
	t.Helper()
	status, err := guard.Look(t.Context(), f.store, f.policy.Hash(), f.columns())
	if err != nil {
		t.Fatal(err)
	}
	f.status = status
	found, err := Examine(t.Context(), Options{DB: f.store.Pool(), Policy: f.policy, Status: status, Frozen: f.frozen(status), Tag: f.store.Tag(), Budget: f.budget})
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range found {
		if text := fmt.Sprintf("%+v", one); strings.Contains(text, "canary") {
			t.Errorf("a value is shown: %s", text)
		}
	}
	return found
}

func (f *fixture) frozen(s *guard.Status) (all []plan.FrozenColumn) {
	states := map[pgstore.ColumnState]plan.ColumnState{pgstore.ColumnReadable: plan.StateReadable, pgstore.ColumnUnsealing: plan.StateUnsealing, pgstore.ColumnSealing: plan.StateSealing, pgstore.ColumnSealed: plan.StateSealed}
	for i := range s.Columns {
		if r := s.Columns[i].Record; r != nil {
			all = append(all, plan.FrozenColumn{Schema: r.Schema, Table: r.Table, Column: r.Name, Key: r.Key, Mode: r.Mode, State: states[r.State],
				Type: value.Type{OID: r.TypeOID, Typmod: r.Typmod}, Normalize: r.Normalize, Pad: r.Pad})
		}
	}
	return all
}

// exec runs SQL as the superuser, statement by statement: some of it cannot run in a transaction.
func (f *fixture) exec(t *testing.T, sql string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), server.SocketURL(f.database))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	for _, one := range plan.Split([]byte(sql)) {
		if _, err := conn.PgConn().Exec(t.Context(), string(one)).ReadAll(); err != nil {
			t.Fatalf("%v\n%s", err, one)
		}
	}
}

// worse are the findings that are more than information.
func worse(all []Finding) (some []Finding) {
	for _, f := range all {
		if f.Severity != Information {
			some = append(some, f)
		}
	}
	return some
}

// change runs SQL; the words init, reload and reconnect in the place of a statement do what they say.
func (f *fixture) change(t *testing.T, sql string) {
	t.Helper()
	for _, one := range plan.Split([]byte(sql)) {
		switch string(one) {
		case "init":
			f.settle(t)
		case "SEALED":
			tag := f.store.Tag()
			f.exec(t, "INSERT INTO matters (id, title) VALUES (0, '"+string(crypto.AppendArmour(nil, append([]byte{1, tag[0], tag[1]}, make([]byte, 60)...)))+"')")
		case "reload":
			f.reload(t)
		case "reconnect":
			f.store.Pool().Reset()
		default:
			f.exec(t, string(one))
		}
	}
}

// reload has the server read its files again, and waits until new sessions go by them.
func (f *fixture) reload(t *testing.T) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	var before, after time.Time
	conn, err := pgx.Connect(t.Context(), server.SocketURL(f.database))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	if err := conn.QueryRow(t.Context(), "SELECT pg_conf_load_time() FROM pg_reload_conf()").Scan(&before); err != nil {
		t.Fatal(err)
	}
	for !after.After(before) {
		f.store.Pool().Reset()
		if err := f.store.Pool().QueryRow(t.Context(), "SELECT pg_conf_load_time()").Scan(&after); err != nil {
			t.Fatal(err)
		}
		if time.Now().After(deadline) {
			t.Fatal("the server does not read its files again")
		}
		time.Sleep(10 * time.Millisecond)
	}
}
