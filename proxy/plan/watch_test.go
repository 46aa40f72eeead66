package plan

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"go.uber.org/goleak"

	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/testenv/postgres"
)

// watched is a running watcher with everything around it in the test's hand.
type watched struct {
	*Watcher
	conn *pgx.Conn // for DDL past the watcher
	tick chan time.Time

	mu        sync.Mutex
	now       time.Time
	policy    *policy.Policy
	broken    func(context.Context) error // what the next transactions end with
	noLoad    bool                        // comparisons succeed, loads do not
	published []*Catalogue
	problems  [][]policy.Problem
	reported  []error
	end       func() error
}

var errTestBroken = errors.New("broken for the test")

// watchedConn fails on demand and asks the pool otherwise.
type watchedConn struct {
	w    *watched
	pool *pgxpool.Pool
}

func (c watchedConn) BeginTx(ctx context.Context, o pgx.TxOptions) (pgx.Tx, error) {
	c.w.mu.Lock()
	broken, noLoad := c.w.broken, c.w.noLoad
	c.w.mu.Unlock()
	if noLoad && o.IsoLevel == pgx.RepeatableRead {
		return nil, errTestBroken
	}
	if broken != nil {
		if err := broken(ctx); err != nil {
			return nil, err
		}
	}
	return c.pool.BeginTx(ctx, o)
}

func startWatcher(t *testing.T, cluster *postgres.Cluster, broken func(context.Context) error) *watched {
	t.Helper()
	leaks := goleak.IgnoreCurrent()
	w := &watched{tick: make(chan time.Time), now: time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC), policy: mustPolicy(t, loadCleanPolicy), broken: broken}
	database := cluster.NewDatabase(t)
	ctx, cancel := context.WithCancel(t.Context())
	pool, err := pgxpool.New(ctx, cluster.URL(database, ""))
	if err != nil {
		t.Fatal(err)
	}
	w.Watcher = NewWatcher(WatcherOptions{
		Conn: watchedConn{w, pool},
		Source: func(context.Context) (*policy.Policy, []FrozenColumn, error) {
			w.mu.Lock()
			defer w.mu.Unlock()
			return w.policy, nil, nil
		},
		Publish: func(c *Catalogue, p []policy.Problem) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.published, w.problems = append(w.published, c), append(w.problems, p)
		},
		Report:  func(err error) { w.mu.Lock(); defer w.mu.Unlock(); w.reported = append(w.reported, err) },
		Now:     func() time.Time { w.mu.Lock(); defer w.mu.Unlock(); return w.now },
		After:   func(time.Duration) <-chan time.Time { return w.tick },
		Timeout: 500 * time.Millisecond,
		Version: 6,
	})
	cluster.Exec(t, database, "CREATE TABLE public.clients (id int, email text, name text, secret bytea, number int); CREATE TABLE public.events (body text)")
	ran := make(chan error, 1)
	go func() { ran <- w.Run(ctx) }()
	w.end = sync.OnceValue(func() error { cancel(); return <-ran })
	w.conn = cluster.Conn(t, database, "")
	t.Cleanup(func() {
		if err := w.end(); !errors.Is(err, context.Canceled) {
			t.Errorf("Run ended with %v", err)
		}
		pool.Close()
		_ = w.conn.Close(context.WithoutCancel(t.Context()))
		goleak.VerifyNone(t, leaks)
	})
	return w
}

func (w *watched) change(f func()) { w.mu.Lock(); defer w.mu.Unlock(); f() }

// catalogues returns what has been published since the last call.
func (w *watched) catalogues() []*Catalogue {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := w.published
	w.published = nil
	return all
}

// one waits for a look and returns the one catalogue that it published.
func (w *watched) one(t *testing.T, want error) *Catalogue {
	t.Helper()
	if err := w.Refresh(t.Context()); !errors.Is(err, want) {
		t.Fatalf("look: %v, want %v", err, want)
	}
	all := w.catalogues()
	if len(all) != 1 {
		t.Fatalf("%d catalogues published, want 1", len(all))
	}
	return all[0]
}

func (w *watched) none(t *testing.T, want error) {
	t.Helper()
	if err := w.Refresh(t.Context()); !errors.Is(err, want) {
		t.Fatalf("look: %v, want %v", err, want)
	}
	if all := w.catalogues(); len(all) != 0 {
		t.Fatalf("%d catalogues published, want none", len(all))
	}
}

func (w *watched) ddl(t *testing.T, sql string) {
	t.Helper()
	if _, err := w.conn.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

func watcherFollows(t *testing.T, cluster *postgres.Cluster) {
	w := startWatcher(t, cluster, nil)
	first := w.one(t, nil)
	if first.Version != 7 || first.Stale != "" || len(first.Relations) != 2 || len(first.Named("clients")[0].Columns) != 5 {
		t.Fatalf("first: %s", describeCatalogue(first))
	}
	w.none(t, nil)

	w.ddl(t, "ALTER TABLE public.clients ADD COLUMN extra text")
	if c := w.one(t, nil); c.Version != 8 || len(c.Named("clients")[0].Columns) != 6 {
		t.Errorf("after DDL: %s", describeCatalogue(c))
	}
	if len(first.Named("clients")[0].Columns) != 5 {
		t.Error("the snapshot before has changed")
	}

	w.ddl(t, "CREATE VIEW public.v AS SELECT name FROM public.clients")
	w.tick <- time.Time{}
	w.tick <- time.Time{} // taken once the look of the tick before has ended
	if all := w.catalogues(); len(all) != 1 || len(all[0].Named("v")) != 1 {
		t.Errorf("after a tick: %d catalogues", len(all))
	}
	w.none(t, nil)

	w.change(func() { w.policy = mustPolicy(t, "version: 1\ntables: {public.events: {requires_key: [read]}}") })
	w.none(t, nil)
	w.Reload()
	if c := w.one(t, nil); len(c.Named("clients")) != 0 || len(c.Named("events")) != 1 {
		t.Errorf("after another policy: %s", describeCatalogue(c))
	}
	w.ddl(t, "ALTER TABLE public.clients DROP COLUMN extra")
	w.none(t, nil)
	if len(w.reported) != 0 {
		t.Errorf("reported: %v", w.reported)
	}
}

func watcherBecomesStale(t *testing.T, cluster *postgres.Cluster) {
	fail := func(context.Context) error { return errTestBroken }
	w := startWatcher(t, cluster, nil)
	w.one(t, nil)

	w.ddl(t, "ALTER TABLE public.clients ADD COLUMN extra text")
	w.change(func() { w.broken, w.now = fail, w.now.Add(10*time.Second) })
	w.none(t, errTestBroken)
	w.change(func() { w.now = w.now.Add(time.Second) })
	c := w.one(t, errTestBroken)
	if c.Version != 8 || c.Stale != "the database's catalogue could not be looked at since 2030-01-02 03:04:05 UTC" || len(c.Named("clients")) != 1 {
		t.Errorf("stale: %s", describeCatalogue(c))
	}
	w.none(t, errTestBroken) // said once
	if len(w.reported) != 3 || !errors.Is(w.reported[0], errTestBroken) {
		t.Errorf("reported: %v", w.reported)
	}

	w.change(func() { w.broken = nil })
	if c := w.one(t, nil); c.Version != 9 || c.Stale != "" || len(c.Named("clients")[0].Columns) != 6 {
		t.Errorf("back: %s", describeCatalogue(c))
	}

	// Back without any change in between: what was loaded before holds again.
	w.change(func() { w.broken, w.now = fail, w.now.Add(time.Minute) })
	if c := w.one(t, errTestBroken); c.Stale == "" {
		t.Errorf("stale again: %s", describeCatalogue(c))
	}
	w.change(func() { w.broken = nil })
	if c := w.one(t, nil); c.Version != 11 || c.Stale != "" || len(c.Relations) != 2 {
		t.Errorf("back again: %s", describeCatalogue(c))
	}
	w.none(t, nil)

	// A reload that failed is not forgotten.
	w.change(func() { w.broken, w.policy = fail, mustPolicy(t, "version: 1") })
	w.Reload()
	w.none(t, errTestBroken)
	w.change(func() { w.broken = nil })
	if c := w.one(t, nil); !c.Empty() {
		t.Errorf("after the reload: %s", describeCatalogue(c))
	}

	// A load that failed once Source had been asked is made up for, even where the change that it began for has gone again.
	w.change(func() { w.policy = mustPolicy(t, loadCleanPolicy) })
	w.Reload()
	w.one(t, nil)
	w.change(func() {
		w.noLoad, w.policy = true, mustPolicy(t, "version: 1\ntables: {public.events: {requires_key: [read]}}")
	})
	w.ddl(t, "CREATE VIEW public.passing AS SELECT email FROM public.clients")
	w.none(t, errTestBroken)
	w.ddl(t, "DROP VIEW public.passing")
	w.change(func() { w.noLoad = false })
	if c := w.one(t, nil); c.Stale != "" || len(c.Named("clients")) != 0 || len(c.Named("events")) != 1 {
		t.Errorf("after a load that failed: %s", describeCatalogue(c))
	}

	// A database that does not answer costs one timeout.
	w.change(func() { w.broken = func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() } })
	w.none(t, context.DeadlineExceeded)
	w.change(func() { w.broken = nil })

	// The connection dies under the watcher.
	w.ddl(t, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
	_ = w.Refresh(t.Context()) // the pool may notice in this look or have noticed before
	if err := w.Refresh(t.Context()); err != nil {
		t.Errorf("after the connection died: %v", err)
	}
}

func watcherEnds(t *testing.T, cluster *postgres.Cluster) {
	began := make(chan struct{})
	var once sync.Once
	w := startWatcher(t, cluster, func(ctx context.Context) error {
		once.Do(func() { close(began) })
		<-ctx.Done()
		return ctx.Err()
	})
	<-began
	refreshed := make(chan error, 1)
	go func() { refreshed <- w.Refresh(context.WithoutCancel(t.Context())) }()
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.Refresh(gone); !errors.Is(err, context.Canceled) {
		t.Errorf("Refresh whose caller has gone: %v", err)
	}
	_ = w.end()
	if err := <-refreshed; err == nil {
		t.Error("Refresh succeeds although no look has")
	}
	if err := w.Refresh(t.Context()); !errors.Is(err, errWatcherEnded) {
		t.Errorf("Refresh after the end: %v", err)
	}
	w.Kick()
	w.Reload()
	if len(w.catalogues()) != 0 || len(w.reported) != 0 {
		t.Errorf("published or reported %v", w.reported)
	}
}

// TestWatcherThatNeverSaw: without a first look there is a catalogue that refuses everything.
func TestWatcherThatNeverSaw(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	now := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	var got *Catalogue
	ctx, cancel := context.WithCancel(t.Context())
	w := NewWatcher(WatcherOptions{
		Source:  func(context.Context) (*policy.Policy, []FrozenColumn, error) { return nil, nil, errTestBroken },
		Publish: func(c *Catalogue, _ []policy.Problem) { got = c; cancel() },
		Report:  func(error) {},
		Now:     func() time.Time { now = now.Add(4 * time.Second); return now },
		After:   func(time.Duration) <-chan time.Time { tick := make(chan time.Time, 1); tick <- now; return tick },
	})
	if err := w.Run(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Run: %v", err)
	}
	if got == nil || got.Empty() || got.Stale == "" || got.Version != 1 {
		t.Errorf("published: %+v", got)
	}
}
