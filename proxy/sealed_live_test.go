package proxy_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy"
	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/value"
)

// liveSchema is the database of the application as a proxy leaves it once everything is sealed; plainSchema is what it is without one.
const (
	plainSchema = `
CREATE TABLE clients (id int PRIMARY KEY, email text UNIQUE, name text);
CREATE TABLE matters (id int PRIMARY KEY, client int REFERENCES clients, title text, email text, value numeric, status text DEFAULT 'open');
CREATE TABLE notes (id int PRIMARY KEY, text text);
`
	livePolicy = `version: 1
tables:
  public.clients:
    columns:
      email: {mode: deterministic, domain: email}
      name:  {mode: randomized}
  public.matters:
    columns:
      title: {mode: randomized}
      email: {mode: deterministic, domain: email}
      value: {mode: randomized, type: numeric}
`
)

var liveSchema = strings.Replace(plainSchema, "value numeric", "value bytea", 1)

// live is a proxy whose planner follows the database's own catalogue, and a database without a proxy that has the same tables.
type live struct {
	*safe
	watcher *plan.Watcher
	direct  *pgx.Conn // to the database without a proxy
}

// startLive starts a proxy in front of a database with the schema and what is added to it; definitions are carried out as they are.
func startLive(t testing.TB, definitions string) *live {
	t.Helper()
	l := &live{safe: &safe{keys: newSwitchedKeys(t), name: cluster.NewDatabase(t), planner: plan.New(plan.Options{})}}
	cluster.Exec(t, l.name, liveSchema+definitions)
	plain := cluster.NewDatabase(t)
	cluster.Exec(t, plain, plainSchema+definitions)
	l.direct = cluster.Conn(t, plain, "")
	l.watch(t)
	l.running = start(t, proxy.Config{Databases: map[string]*proxy.Database{l.name: {Planner: l.planner, Keys: l.keys, Tenant: fixedTenant("acme"),
		Changed: func() { _ = l.watcher.Refresh(context.Background()) }}}})
	return l
}

// watch has the planner follow the catalogue until the test ends.
func (l *live) watch(t testing.TB) {
	t.Helper()
	pol, err := policy.Load("policy.yaml", []byte(livePolicy))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	pool, err := pgxpool.New(ctx, cluster.URL(l.name, ""))
	if err != nil {
		t.Fatal(err)
	}
	l.watcher = plan.NewWatcher(plan.WatcherOptions{
		Conn:   pool,
		Source: func(context.Context) (*policy.Policy, []plan.FrozenColumn, error) { return pol, liveStates(), nil },
		Publish: func(c *plan.Catalogue, problems []policy.Problem) {
			for _, p := range problems {
				if p.Severity == policy.SeverityError {
					t.Errorf("policy: %s", p)
				}
			}
			l.planner.SetCatalogue(c)
		},
		Report: func(err error) { t.Logf("the catalogue: %v", err) },
		Now:    time.Now, After: time.After, Timeout: time.Minute, Bound: time.Minute,
	})
	ended := make(chan struct{})
	go func() { _ = l.watcher.Run(ctx); close(ended) }()
	t.Cleanup(func() { stop(); <-ended; pool.Close() })
	if err := l.watcher.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
}

// liveStates are the columns of livePolicy, all sealed.
func liveStates() []plan.FrozenColumn {
	text, number := value.Type{OID: value.OIDText, Typmod: -1}, value.Type{OID: value.OIDNumeric, Typmod: -1}
	column := func(table, name string, m crypto.Mode, t value.Type, id crypto.ColumnID) plan.FrozenColumn {
		return plan.FrozenColumn{Schema: "public", Table: table, Column: name, Mode: m, State: plan.StateSealed, Type: t,
			Key: crypto.Column{ID: id, Family: t.Family()}}
	}
	return []plan.FrozenColumn{
		column("clients", "email", crypto.Deterministic, text, crypto.NewDomainID("email")),
		column("clients", "name", crypto.Randomized, text, crypto.NewColumnID("public", "clients", "name")),
		column("matters", "title", crypto.Randomized, text, crypto.NewColumnID("public", "matters", "title")),
		column("matters", "email", crypto.Deterministic, text, crypto.NewDomainID("email")),
		column("matters", "value", crypto.Randomized, number, crypto.NewColumnID("public", "matters", "value")),
	}
}

// alike carries a text out through the proxy and on the plain database, as a simple Query or with arguments, and compares what comes back:
// rows, their order where it is given, and error codes.
func (l *live) alike(t *testing.T, conn *pgx.Conn, sql string, args ...any) {
	t.Helper()
	want, wantErr := whatComesBack(t, l.direct, sql, args...)
	got, err := whatComesBack(t, conn, sql, args...)
	if code(wantErr) != code(err) {
		t.Errorf("%s:\nwithout a proxy %v\nthrough it %v %s", sql, wantErr, err, detailOf(err))
		return
	}
	if !slices.Equal(want, got) {
		t.Errorf("%s:\nwithout a proxy %q\nthrough it      %q", sql, want, got)
	}
}

// whatComesBack is what comes back: one line for each row, and the command's tag.
func whatComesBack(t *testing.T, conn *pgx.Conn, sql string, args ...any) (lines []string, err error) {
	t.Helper()
	mode := pgx.QueryExecModeCacheStatement
	if len(args) == 0 {
		mode = pgx.QueryExecModeSimpleProtocol
	}
	rows, err := conn.Query(t.Context(), sql, append([]any{mode}, args...)...)
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		values, err := rows.Values()
		if err != nil {
			rows.Close()
			return nil, err
		}
		line := ""
		for i, v := range values {
			if v != nil {
				v = *textOf(t, v)
			}
			line += fmt.Sprintf("%s=%v ", rows.FieldDescriptions()[i].Name, v)
		}
		lines = append(lines, line)
	}
	if !strings.Contains(sql, "ORDER BY") {
		slices.Sort(lines)
	}
	return append(lines, rows.CommandTag().String()), rows.Err()
}

// refused holds that the proxy refuses a text with the code, and a message that says the words.
func refused(t *testing.T, conn *pgx.Conn, sql, want string, words ...string) {
	t.Helper()
	_, err := whatComesBack(t, conn, sql)
	if code(err) != want {
		t.Errorf("%s: %v instead of %s", sql, err, want)
		return
	}
	for _, w := range words {
		if !strings.Contains(detailOf(err), w) {
			t.Errorf("%s: %q does not say %q", sql, detailOf(err), w)
		}
	}
}

// sealedThroughout looks for the words in everything that the database holds: rows, and definitions.
func (l *live) sealedThroughout(t *testing.T, words ...string) {
	t.Helper()
	conn := cluster.Conn(t, l.name, "")
	rows, err := conn.Query(t.Context(), `SELECT format('SELECT %L || t::text FROM %s t', c.oid::regclass || ': ', c.oid::regclass)
		FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'm') AND c.relispopulated
		UNION ALL SELECT 'SELECT pg_get_viewdef(oid) FROM pg_class WHERE relkind IN (''v'', ''m'')'
		UNION ALL SELECT 'SELECT pg_get_constraintdef(oid) FROM pg_constraint'
		UNION ALL SELECT 'SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef'
		UNION ALL SELECT 'SELECT pg_get_indexdef(indexrelid) FROM pg_index'`)
	if err != nil {
		t.Fatal(err)
	}
	queries, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	for _, query := range queries {
		rows, _ := conn.Query(t.Context(), query)
		held, err := pgx.CollectRows(rows, pgx.RowTo[*string])
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range held {
			for _, word := range words {
				if text != nil && strings.Contains(*text, word) {
					t.Errorf("plaintext in the database: %s", *text)
				}
			}
		}
	}
}

// copied compares the data of a COPY TO STDOUT.
func (l *live) copied(t *testing.T, conn *pgx.Conn, sql string) {
	t.Helper()
	var want, got strings.Builder
	if _, err := l.direct.PgConn().CopyTo(t.Context(), &want, sql); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.PgConn().CopyTo(t.Context(), &got, sql); err != nil || got.String() != want.String() {
		t.Errorf("%s:\nwithout a proxy %q\nthrough it      %q %v", sql, want.String(), got.String(), err)
	}
}

// detailOf is all that an error says.
func detailOf(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Message + " " + e.Detail + " " + e.Hint
	}
	return fmt.Sprint(err)
}
