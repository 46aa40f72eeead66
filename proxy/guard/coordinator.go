package guard

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/plan"
)

// Options of a Coordinator. Store is required.
type Options struct {
	Store   *pgstore.Store
	Policy  pgstore.PolicyHash
	Columns []Column // the columns that the policy lists to be sealed

	// Name is what other proxies call this one. Empty: this process does not serve
	// (init, a report): it registers nothing and is not waited for.
	Name       string
	Keys       func() []pgstore.KeyReport // what this proxy holds of tenants' keys; nil: nothing is reported
	Production bool                       // a sealed column whose guard is gone is not served
	Clock      keysource.Clock            // nil: the machine's
	Log        *slog.Logger               // nil: none
}

// Coordinator takes the listed columns of one database through their states, in
// step with the other proxies of the deployment. Tick, Settle and Close are for
// one goroutine; the other methods are safe for concurrent use.
type Coordinator struct {
	store      *pgstore.Store
	keys       func() []pgstore.KeyReport
	production bool
	clock      keysource.Clock
	log        *slog.Logger
	prover     *prover
	drains     *Drains
	elders     *Drains
	told       map[string]string  // column -> the damage that the log was told of; belongs to Tick, as does seen
	seen       map[guarded]Report // of the guards, by the last look

	mu      sync.Mutex
	self    *pgstore.Proxy // nil: does not serve
	policy  pgstore.PolicyHash
	columns []Column
	beaten  time.Duration // boot time just before the last heartbeat that got through
	beats   bool
	term    *plan.Term // in which the others have waited for this proxy without a break; belongs to Tick
}

// New makes a coordinator. The caller ends it with Close.
func New(o Options) *Coordinator {
	c := &Coordinator{store: o.Store, keys: o.Keys, production: o.Production, clock: o.Clock, log: o.Log, policy: o.Policy,
		told: make(map[string]string), seen: make(map[guarded]Report), columns: slices.Clone(o.Columns)}
	if c.clock == nil {
		c.clock = keysource.SystemClock()
	}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	if o.Name != "" {
		c.self = &pgstore.Proxy{ID: pgstore.NewProxyID(), Name: o.Name, Started: c.clock.Now(), Policy: o.Policy,
			Acks: make(map[string]pgstore.ColumnState)}
	}
	c.prover, c.drains, c.elders = newProver(o.Store, c.clock, c.log), NewDrains(), NewStatementDrains()
	return c
}

// Close waits for what is under way and takes the proxy off the registry.
func (c *Coordinator) Close(ctx context.Context) error {
	c.prover.close()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.self == nil {
		return nil
	}
	return c.store.Unregister(ctx, c.self.ID)
}

// SetPolicy takes over another policy from the next Tick on. What was
// acknowledged under the former one counts no more.
func (c *Coordinator) SetPolicy(policy pgstore.PolicyHash, columns []Column) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.policy, c.columns = policy, slices.Clone(columns)
	if c.self != nil {
		c.self.Policy, c.self.Acks = policy, make(map[string]pgstore.ColumnState)
	}
}

// Acknowledge says that from now on every statement of this proxy is planned by
// the status. The next Tick tells the others. A status of a former policy counts
// for nothing.
func (c *Coordinator) Acknowledge(s *Status) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.self != nil && s.Stale == "" && s.Policy == c.policy {
		c.self.Acks = s.acks()
	}
}

// Silent says why this proxy must take itself for dead, or "": the others do not
// wait for one that has not been heard of for pgstore.ProxyLifetime.
func (c *Coordinator) Silent() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.self == nil {
		return ""
	}
	if !c.beats {
		return "this proxy is not registered in the database yet"
	}
	if age := c.clock.Boot() - c.beaten; age >= pgstore.ProxyLifetime {
		return fmt.Sprintf("this proxy has not reached the pgseal schema for %s, and the other proxies do not wait for it any more", age.Round(time.Second))
	}
	return ""
}

// Tick looks at the store and the catalogue once, and takes every column as far
// as it can go. It is to be called at least every 2 s, sooner where the status
// says Again. The error says that the store could not be read or does not
// verify; the status is then not to be used.
func (c *Coordinator) Tick(ctx context.Context) (*Status, error) {
	if err := c.heartbeat(ctx); err != nil {
		return nil, err
	}
	c.mu.Lock()
	policy, columns := c.policy, c.columns
	c.mu.Unlock()
	disagreement, err := agree(ctx, c.store, policy)
	if err != nil && !errors.Is(err, pgstore.ErrBusy) {
		return nil, err
	}
	w := &walk{store: c.store, prover: c.prover, drains: c.drains, elders: c.elders, log: c.log, policy: policy, mayChange: disagreement == "" && err == nil, busy: err != nil, seen: c.seen}
	s, err := w.run(ctx, columns)
	if err != nil {
		return nil, err
	}
	s.Policy, s.Term = policy, c.term
	c.tell(s)
	switch {
	case disagreement != "":
		s.Stale = disagreement
	case s.Stale == "" && c.production:
		s.Stale = unguarded(s)
	}
	return s, nil
}

// unguarded says which sealed column's guard is gone.
func unguarded(s *Status) string {
	for i := range s.Columns {
		if c := &s.Columns[i]; c.State() == pgstore.ColumnSealed && !c.Guard.Whole() {
			return fmt.Sprintf("the guard of sealed column %s is not whole (%s), and the environment is production", c.Column.String(), &c.Guard)
		}
	}
	return ""
}

// heartbeat writes this proxy's record.
func (c *Coordinator) heartbeat(ctx context.Context) error {
	c.mu.Lock()
	if c.self == nil {
		c.mu.Unlock()
		return nil
	}
	self := *c.self
	c.mu.Unlock()
	if c.keys != nil {
		self.Keys = c.keys()
	}
	before := c.clock.Boot()
	err := c.store.Heartbeat(ctx, &self)
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil {
		// Whether it was written is not known where the connection broke: the next
		// one goes under a new id, and this one dies by itself.
		c.self.ID = pgstore.NewProxyID()
		c.self.Forget()
		return fmt.Errorf("guard: heartbeat: %w", err)
	}
	self.Policy, self.Acks = c.self.Policy, c.self.Acks
	if self.Heartbeat.Sub(c.self.Heartbeat) >= pgstore.ProxyLifetime { // by the clock that the others go by: this one stands still in a machine that is paused
		c.term.End()
	}
	c.self, c.beaten, c.beats = &self, before, true
	if until := before + pgstore.ProxyLifetime; !c.term.Extend(until) { // it got through too late
		c.term = plan.NewTerm(c.clock.Boot, until)
	}
	return nil
}

// settleEvery is how often Settle looks.
const settleEvery = 100 * time.Millisecond

// Settle calls Tick until every column is as far as it gets, at most until ctx
// ends, and gives the last status. It is for init.
func (c *Coordinator) Settle(ctx context.Context) (*Status, error) {
	for {
		s, err := c.Tick(ctx)
		if err != nil || !s.Again {
			return s, err
		}
		select {
		case <-ctx.Done():
			return s, nil
		case <-time.After(settleEvery):
		}
	}
}
