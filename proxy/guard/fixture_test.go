package guard

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"go.uber.org/goleak"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
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
	// pgseal is the control role and a member of owner, who owns the protected
	// tables; stranger owns tables that pgseal has no power over; app is the
	// application.
	_, err = server.Psql(ctx, "postgres", `CREATE ROLE owner LOGIN; CREATE ROLE pgseal LOGIN IN ROLE owner;
		CREATE ROLE stranger LOGIN; CREATE ROLE app LOGIN`)
	if err != nil {
		return 1, err
	}
	return m.Run(), nil
}

// fixture is a database with a store and some tables in it.
type fixture struct {
	database string
	key      *crypto.ControlKey
	store    *pgstore.Store
}

// newFixture runs setup as owner.
func newFixture(t testing.TB, setup string) *fixture {
	t.Helper()
	f := &fixture{database: server.NewDatabase(t)}
	server.Exec(t, "postgres", fmt.Sprintf("GRANT CREATE ON DATABASE %s TO pgseal, owner, stranger", f.database))
	server.Exec(t, f.database, `GRANT ALL ON SCHEMA public TO owner, stranger;
		ALTER DEFAULT PRIVILEGES FOR ROLE owner, stranger GRANT ALL ON TABLES TO app`)
	key, err := crypto.GenerateControlKey()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(key.Destroy)
	f.key = key
	conn, err := pgstore.Connect(t.Context(), server.URL(f.database, "pgseal"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := pgstore.Init(t.Context(), conn, key, time.Now()); err != nil {
		t.Fatal(err)
	}
	f.store = f.open(t)
	f.as(t, "owner", setup)
	return f
}

func (f *fixture) open(t testing.TB) *pgstore.Store {
	t.Helper()
	s, err := pgstore.Open(t.Context(), pgstore.Options{Conn: server.URL(f.database, "pgseal"), Key: f.key})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// try runs SQL text as user, on a connection of its own.
func (f *fixture) try(t testing.TB, user, sql string) error {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), server.URL(f.database, user))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	_, err = conn.PgConn().Exec(t.Context(), sql).ReadAll()
	return err
}

func (f *fixture) as(t testing.TB, user, sql string) {
	t.Helper()
	if err := f.try(t, user, sql); err != nil {
		t.Fatalf("as %q: %v\n%.300s", user, err, sql)
	}
}

func (f *fixture) get(t testing.TB, sql string) string {
	t.Helper()
	out, err := server.Psql(t.Context(), f.database, sql)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// columnOf lists a column as a policy does that says no more than its mode.
func columnOf(table, name string) Column {
	return Column{Schema: "public", Table: table, Name: name, Mode: crypto.Randomized}
}

// settle does what init does: no proxy is there.
func (f *fixture) settle(t testing.TB, columns ...Column) *Status {
	t.Helper()
	c := New(Options{Store: f.store, Policy: pgstore.PolicyHash{1}, Columns: columns})
	defer func() {
		if err := c.Close(t.Context()); err != nil {
			t.Error(err)
		}
	}()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	s, err := c.Settle(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if ctx.Err() != nil {
		t.Fatalf("not settled in time: %+v", s)
	}
	return s
}

// sealed settles and demands that all columns are sealed.
func (f *fixture) sealed(t testing.TB, columns ...Column) *Status {
	t.Helper()
	s := f.settle(t, columns...)
	for i := range s.Columns {
		if c := &s.Columns[i]; !c.Done() {
			t.Fatalf("%s is %s, guard: %s, note: %s", c.Column.String(), c.State(), &c.Guard, c.Note)
		}
	}
	if s.Stale != "" {
		t.Fatal(s.Stale)
	}
	return s
}

// value makes bytes that look sealed by this store, of the shortest length that
// the mode has, plus extra.
func (f *fixture) value(m crypto.Mode, extra int) []byte {
	length := crypto.OverheadRandomized
	if m == crypto.Deterministic {
		length = crypto.OverheadDeterministic
	}
	b := make([]byte, length+extra)
	_, _ = rand.Read(b)
	tag := f.store.Tag()
	b[0], b[1], b[2] = byte(m), tag[0], tag[1]
	return b
}

// literals of sealed values.
func (f *fixture) armour(m crypto.Mode, extra int) string {
	return "'" + string(crypto.AppendArmour(nil, f.value(m, extra))) + "'"
}

func (f *fixture) bytes(m crypto.Mode, extra int) string {
	return fmt.Sprintf(`'\x%x'`, f.value(m, extra))
}

// wantRefused demands the guard's error, with the names of what was refused and
// without the value.
func wantRefused(t testing.TB, err error, table, column string) {
	t.Helper()
	var pg *pgconn.PgError
	if !errors.As(err, &pg) || pg.Code != SQLState {
		t.Errorf("got %v, want %s", err, SQLState)
		return
	}
	if pg.SchemaName != "public" || pg.TableName != table || pg.ColumnName != column || pg.ConstraintName != "plaintext_refused" {
		t.Errorf("the error names %q %q %q %q", pg.SchemaName, pg.TableName, pg.ColumnName, pg.ConstraintName)
	}
}
