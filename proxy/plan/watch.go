package plan

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/legatics/pgseal/policy"
)

// WatcherOptions say what a Watcher looks at and whom it tells.
type WatcherOptions struct {
	// Conn is asked for a transaction at each look. It has to be good again after a failure: a pool, not a single connection.
	Conn Conn
	// Source returns the policy in force and the store's column states; it is asked at each load. What is published after
	// that without being Stale was made of what it returned last, also where a load in between failed.
	Source func(ctx context.Context) (*policy.Policy, []FrozenColumn, error)
	// Publish gets each new catalogue with its problems, one after the other. It must not call Refresh.
	Publish func(*Catalogue, []policy.Problem)
	// Report gets the error of each look that failed.
	Report func(error)

	// Interval between looks, Bound on the age of the last look that succeeded, after which the catalogue is Stale, and
	// Timeout of one look. Zero: 2 s, 10 s, 5 s.
	Interval, Bound, Timeout time.Duration
	// Now and After are the clock: time.Now and time.After, or a test's.
	Now   func() time.Time
	After func(time.Duration) <-chan time.Time

	// Version is the last one that was given out; the watcher counts on from there.
	Version uint64
}

// Watcher keeps the planner's snapshot equal to the live catalogue: it looks for DDL every Interval and whenever it is
// told to, and loads anew when something relevant has changed. While loading fails the last snapshot stays in force, up
// to Bound; after that a copy of it that is Stale takes its place until a look succeeds again.
type Watcher struct {
	options WatcherOptions
	wake    chan struct{} // holds one token at most

	mu      sync.Mutex
	reload  bool         // the next look loads whatever it sees
	waiting []chan error // each gets the outcome of the next look that begins
	ended   bool

	// The rest belongs to Run's goroutine.
	version  uint64
	loaded   *Catalogue // as it was loaded last; nil before
	problems []policy.Problem
	scope    *catalogueScope
	good     time.Time // when the last look that succeeded began
	blind    bool      // what was published last is Stale because nothing could be looked at
	begun    bool      // a load has asked Source and did not end: what is loaded may not be what Source returned last
}

// errWatcherEnded is what Refresh returns once Run has.
var errWatcherEnded = errors.New("the catalogue is no longer watched")

// NewWatcher makes a watcher; it does nothing until Run.
func NewWatcher(o WatcherOptions) *Watcher {
	o.Interval = cmp.Or(o.Interval, 2*time.Second)
	o.Bound = cmp.Or(o.Bound, 10*time.Second)
	o.Timeout = cmp.Or(o.Timeout, 5*time.Second)
	return &Watcher{options: o, wake: make(chan struct{}, 1), reload: true, version: o.Version}
}

// Run looks until ctx ends; the first look loads. It returns ctx's error, and nothing of it is left running.
func (w *Watcher) Run(ctx context.Context) error {
	w.good = w.options.Now()
	defer w.end()
	for {
		w.round(ctx)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-w.wake:
		case <-w.options.After(w.options.Interval):
		}
	}
}

// Kick asks for a look now: DDL has passed by, or a notification has come. It does not wait.
func (w *Watcher) Kick() {
	select {
	case w.wake <- struct{}{}:
	default: // one is due already
	}
}

// Reload asks for a load now, whether or not the catalogue has changed: policy or column states have. It does not wait.
func (w *Watcher) Reload() {
	w.mu.Lock()
	w.reload = true
	w.mu.Unlock()
	w.Kick()
}

// Refresh asks for a look and waits for its end: when it returns nil, Publish has had a catalogue that holds all DDL that
// had been committed when Refresh was called. The error is the look's, or ctx's.
func (w *Watcher) Refresh(ctx context.Context) error {
	done := make(chan error, 1)
	w.mu.Lock()
	if w.ended {
		w.mu.Unlock()
		return errWatcherEnded
	}
	w.waiting = append(w.waiting, done)
	w.mu.Unlock()
	w.Kick()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (w *Watcher) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ended = true
	for _, done := range w.waiting {
		done <- errWatcherEnded
	}
	w.waiting = nil
}

// round is one look with its consequences.
func (w *Watcher) round(ctx context.Context) {
	w.mu.Lock()
	reload, waiting := w.reload, w.waiting
	w.reload, w.waiting = false, nil
	w.mu.Unlock()
	began := w.options.Now()
	err := w.look(ctx, reload)
	if err == nil {
		w.good = began
	} else {
		w.failed(ctx, reload, err)
	}
	for _, done := range waiting {
		done <- err
	}
}

// look compares, and loads where it must.
func (w *Watcher) look(ctx context.Context, reload bool) error {
	ctx, cancel := context.WithTimeout(ctx, w.options.Timeout)
	defer cancel()
	if w.loaded == nil || reload || w.begun {
		return w.load(ctx)
	}
	now, err := fingerprint(ctx, w.options.Conn, w.scope)
	switch {
	case err != nil:
		return err
	case now != w.scope.print:
		return w.load(ctx)
	case w.blind:
		w.publish(*w.loaded, w.problems)
		w.blind = false
	}
	return nil
}

// load makes a new catalogue and publishes it.
func (w *Watcher) load(ctx context.Context) error {
	w.begun = true
	pol, frozen, err := w.options.Source(ctx)
	if err != nil {
		return fmt.Errorf("reading policy and column states: %w", err)
	}
	loaded, problems, scope, err := loadSnapshot(ctx, w.options.Conn, pol, frozen, 0)
	if err != nil {
		return err
	}
	w.loaded, w.problems, w.scope, w.blind, w.begun = loaded, problems, scope, false, false
	w.publish(*w.loaded, w.problems)
	return nil
}

// failed keeps what there is, for a while.
func (w *Watcher) failed(ctx context.Context, reload bool, err error) {
	if reload {
		w.mu.Lock()
		w.reload = true
		w.mu.Unlock()
	}
	if ctx.Err() != nil {
		return // told to end: no failure
	}
	w.options.Report(err)
	if w.blind || w.options.Now().Sub(w.good) <= w.options.Bound {
		return
	}
	w.blind = true
	stale := NewCatalogue(0, nil, nil, nil)
	if w.loaded != nil {
		stale = w.loaded
	}
	c := *stale
	c.Stale = "the database's catalogue could not be looked at since " + w.good.UTC().Format("2006-01-02 15:04:05 UTC")
	w.publish(c, w.problems)
}

// publish hands out a copy under the next version.
func (w *Watcher) publish(c Catalogue, problems []policy.Problem) {
	w.version++
	c.Version = w.version
	w.options.Publish(&c, problems)
}
