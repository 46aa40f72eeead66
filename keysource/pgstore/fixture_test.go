package pgstore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"go.uber.org/goleak"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/keysourcetest"
	"github.com/legatics/pgseal/testenv/postgres"
)

// server is the cluster that all tests of this package share; each has a
// database of its own.
var server *postgres.Cluster

func TestMain(m *testing.M) {
	code, err := run(m)
	if err == nil && code == 0 {
		err = goleak.Find()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (code int, err error) {
	ctx := context.Background()
	if server, err = postgres.Open(ctx, postgres.Options{}); err != nil {
		return 1, err
	}
	defer func() { err = errors.Join(err, server.Stop()) }()
	// The control role as the documents want it: no superuser. app is an
	// application's role.
	if _, err := server.Psql(ctx, "postgres", "CREATE ROLE pgseal LOGIN; CREATE ROLE app LOGIN"); err != nil {
		return 1, err
	}
	return m.Run(), nil
}

// fixture is a database with a store in it.
type fixture struct {
	database string
	key      *crypto.ControlKey
	store    *Store
	wrapper  *keysourcetest.Wrapper
}

func newDatabase(t *testing.T) string {
	name := server.NewDatabase(t)
	server.Exec(t, "postgres", "GRANT CREATE ON DATABASE "+name+" TO pgseal")
	return name
}

func newKey(t *testing.T) *crypto.ControlKey {
	t.Helper()
	key, err := crypto.GenerateControlKey()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(key.Destroy)
	return key
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	f := &fixture{database: newDatabase(t), key: newKey(t), wrapper: keysourcetest.NewWrapper()}
	if done := f.init(t); !done.Created {
		t.Fatal("the store is not new")
	}
	f.store = f.open(t, Options{})
	return f
}

func (f *fixture) init(t *testing.T) Initialised {
	t.Helper()
	conn := connect(t, f.database)
	defer conn.Close(t.Context())
	done, err := Init(t.Context(), conn, f.key, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func connect(t *testing.T, database string) *pgx.Conn {
	t.Helper()
	conn, err := Connect(t.Context(), server.URL(database, "pgseal"))
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

func (f *fixture) tryOpen(t *testing.T, o Options) (*Store, error) {
	t.Helper()
	o.Conn = server.URL(f.database, "pgseal")
	if o.Key == nil {
		o.Key = f.key
	}
	s, err := Open(t.Context(), o)
	if err == nil {
		t.Cleanup(s.Close)
	}
	return s, err
}

func (f *fixture) open(t *testing.T, o Options) *Store {
	t.Helper()
	s, err := f.tryOpen(t, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (f *fixture) addTenant(t *testing.T, name string) *Tenant {
	t.Helper()
	tenant, err := f.store.AddTenant(t.Context(), NewTenant{Name: name, Provider: keysource.ProviderLocal, KeyARN: keysourcetest.FakeARN, Actor: "tester"}, f.wrapper)
	if err != nil {
		t.Fatal(err)
	}
	return tenant
}

// exec runs SQL as the superuser, past the store: what somebody who can write
// the database does.
func (f *fixture) exec(t *testing.T, sql string) {
	t.Helper()
	server.Exec(t, f.database, sql)
}

func wantKind(t *testing.T, err error, kind keysource.Kind) {
	t.Helper()
	if keysource.KindOf(err) != kind {
		t.Errorf("got %v, want %v", err, kind)
	}
}
