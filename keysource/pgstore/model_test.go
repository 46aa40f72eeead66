package pgstore

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/keysourcetest"
)

var (
	modelSeed   = flag.Uint64("model-seed", 0, "the interleavings of TestModel are drawn with it; 0: with the time")
	modelRounds = flag.Int("model-rounds", 6, "rounds of TestModel")
)

// conductor lets several clients of a store go on one statement at a time, in an order that is drawn.
type conductor struct {
	random  *rand.Rand
	waiting chan *player
}

// player is one client: it stands still before each statement.
type player struct {
	conductor *conductor
	turn      chan struct{}
	ended     bool
}

type playerKey struct{}

// TraceQueryStart implements pgx.QueryTracer: the statement waits for its turn.
func (c *conductor) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	if p, ok := ctx.Value(playerKey{}).(*player); ok {
		c.waiting <- p
		<-p.turn
	}
	return ctx
}

// TraceQueryEnd implements pgx.QueryTracer.
func (*conductor) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// conduct gives turns until all players have ended. One that does not come back waits for another's lock, and the next gets a turn.
func (c *conductor) conduct(players int) {
	var ready []*player
	for running := players; running > 0; {
		patience := time.After(time.Minute)
		if len(ready) > 0 {
			patience = time.After(5 * time.Millisecond)
		}
		select {
		case p := <-c.waiting:
			if p.ended {
				running--
			} else {
				ready = append(ready, p)
			}
			if len(ready) < running && c.random.IntN(4) > 0 { // let more of them come, so that there is a choice
				continue
			}
		case <-patience:
		}
		if len(ready) > 0 {
			i := c.random.IntN(len(ready))
			p := ready[i]
			ready = slices.Delete(ready, i, i+1)
			p.turn <- struct{}{}
		}
	}
}

// snapshot is what the model knows of a tenant after one change.
type snapshot struct {
	locked      bool
	cacheTime   time.Duration
	key         string
	current     crypto.KeyNumber
	generations int
}

func snapshotOf(t *Tenant) snapshot {
	return snapshot{t.Locked, t.CacheTime, t.Spec.KeyARN, t.Current.Number, 1 + len(t.Elders)}
}

// step is one thing that a client did, and what it was told.
type step struct {
	what, who  string
	began, end time.Time
	got        *Tenant // nil after an error
	err        error
	done       bool                             // of another key: something was written
	apply      func(snapshot, *Tenant) snapshot // nil for a read
}

// modelClient does one thing after the other, as commands and proxies do.
type modelClient struct {
	f      *fixture
	store  *Store
	random *rand.Rand
	name   string
	column crypto.ColumnID
	number int
	steps  []step
	pins   []crypto.KeyNumber
}

func (c *modelClient) do(ctx context.Context) {
	s := step{began: time.Now(), who: fmt.Sprintf("client %d, step %d", c.number, len(c.steps))}
	switch c.random.IntN(9) {
	case 0:
		s.what = "lock"
		s.got, s.err = c.store.Lock(ctx, c.name, s.who)
		s.apply = func(m snapshot, _ *Tenant) snapshot { m.locked = true; return m }
	case 1:
		s.what = "unlock"
		s.got, s.err = c.store.Unlock(ctx, c.name, s.who)
		s.apply = func(m snapshot, _ *Tenant) snapshot { m.locked = false; return m }
	case 2:
		d := time.Duration(1+c.random.IntN(3)) * time.Minute
		s.what = "cache time"
		s.got, s.err = c.store.SetCacheTime(ctx, c.name, d, s.who)
		s.apply = func(m snapshot, _ *Tenant) snapshot { m.cacheTime = d; return m }
	case 3, 4:
		s.what = "rotate"
		s.got, s.err = c.store.Rotate(ctx, c.name, s.who, c.f.wrapper)
		s.apply = func(m snapshot, got *Tenant) snapshot {
			m.current = got.Current.Number
			m.generations++
			return m
		}
	case 5:
		to := []string{otherARN, keysourcetest.FakeARN}[c.random.IntN(2)]
		s.what = "another key"
		var done *Rewrapping
		done, s.err = c.store.Rewrap(ctx, c.name, s.who, MasterKey{Provider: keysource.ProviderLocal, KeyARN: to}, c.f.wrapper)
		if s.err == nil {
			s.got, s.done = done.Tenant, done.Changed
		}
		s.apply = func(m snapshot, _ *Tenant) snapshot { m.key = to; return m }
	case 6:
		t, err := c.store.LookUp(ctx, c.name)
		if err == nil {
			var n crypto.KeyNumber
			if n, err = c.store.Pin(ctx, t.ID, c.column, t.Current.Number); err == nil {
				c.pins = append(c.pins, n)
			}
		}
		s.what, s.got, s.err = "pin", t, err
	case 7:
		s.what = "refusal"
		s.err = c.store.Refused(ctx, c.name, 1, keysource.AccessDenied)
	default:
		s.what = "read"
		s.got, s.err = c.store.LookUp(ctx, c.name)
	}
	s.end = time.Now()
	c.steps = append(c.steps, s)
}

// TestModel has clients of one store change a tenant, one statement of one of them at a time, and holds what they were told against a model in which
// each change happens at once: at one moment between its beginning and its end.
func TestModel(t *testing.T) {
	if *modelSeed == 0 {
		*modelSeed = uint64(time.Now().UnixNano())
	}
	t.Logf("-model-seed %d", *modelSeed)
	f := newFixture(t)
	f.wrapper.AddKey(otherARN)
	for round := range *modelRounds {
		f.modelRound(t, *modelSeed+uint64(round), fmt.Sprint("tenant ", round))
		if t.Failed() {
			return
		}
	}
}

const (
	modelClients = 4
	modelSteps   = 6
)

func (f *fixture) modelRound(t *testing.T, seed uint64, name string) {
	first := f.addTenant(t, name)
	conductor := &conductor{random: rand.New(rand.NewPCG(seed, 0)), waiting: make(chan *player)}
	var clients []*modelClient
	var working sync.WaitGroup
	for n := range modelClients {
		c := &modelClient{f: f, number: n, store: f.open(t, Options{}), random: rand.New(rand.NewPCG(seed, uint64(n+1))), name: name, column: crypto.NewDomainID("email")}
		f.repool(t, c.store, func(config *pgxpool.Config) { config.ConnConfig.Tracer = conductor })
		clients = append(clients, c)
		p := &player{conductor: conductor, turn: make(chan struct{})}
		ctx := context.WithValue(t.Context(), playerKey{}, p)
		working.Go(func() {
			for range modelSteps {
				c.do(ctx)
			}
			conductor.waiting <- &player{ended: true}
		})
	}
	conductor.conduct(modelClients)
	working.Wait()
	var all []step
	var pins []crypto.KeyNumber
	for _, c := range clients {
		all, pins = append(all, c.steps...), append(pins, c.pins...)
		c.monotone(t)
		c.store.Close()
	}
	written := f.written(t, name, all)
	states := replay(t, first, all, written)
	conflicts := 0
	for _, s := range all {
		if s.err != nil {
			conflicts++
		}
	}
	t.Logf("%d steps, %d versions, %d conflicts", len(all), len(states)-1, conflicts)
	f.finally(t, name, states, all, pins)
}

// written are the versions that were made, by who has made them: those whose name is in the log of events.
func (f *fixture) written(t *testing.T, name string, all []step) map[int64]step {
	t.Helper()
	events, err := f.store.Events(t.Context(), EventFilter{Tenant: name, Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	writers := make(map[int64]step)
	for _, s := range all {
		i := slices.IndexFunc(events, func(e Event) bool { return e.Actor == s.who })
		if i < 0 {
			continue
		}
		events = slices.Delete(events, i, i+1)
		switch twin, there := writers[s.version()]; {
		case s.err != nil:
			t.Errorf("%s: %v, and yet it was done", s.what, s.err)
		case there:
			t.Errorf("version %d was made twice: %s, %s", s.version(), twin.what, s.what)
		default:
			writers[s.version()] = s
		}
	}
	if len(events) != 1 || events[0].Kind != "tenant added" {
		t.Errorf("events of nobody: %+v", events)
	}
	return writers
}

func (s step) version() int64 {
	if s.got == nil {
		return 0
	}
	return s.got.Version
}

// monotone: what one client reads never goes back.
func (c *modelClient) monotone(t *testing.T) {
	t.Helper()
	seen := int64(0)
	for _, s := range c.steps {
		if s.got != nil {
			if s.got.Version < seen {
				t.Errorf("%s gave version %d after %d", s.what, s.got.Version, seen)
			}
			seen = s.got.Version
		}
	}
}

// replay does the changes one after the other, in the order of their versions, and gives the state of each version. What each was told must be that.
func replay(t *testing.T, first *Tenant, all []step, writers map[int64]step) []snapshot {
	t.Helper()
	states := []snapshot{{}, snapshotOf(first)} // by version
	for v := first.Version + 1; v <= first.Version+int64(len(writers)); v++ {
		s, there := writers[v]
		if !there {
			t.Fatalf("nobody has made version %d of %d", v, first.Version+int64(len(writers)))
		}
		next := s.apply(states[v-1], s.got)
		if got := snapshotOf(s.got); got != next {
			t.Errorf("%s gave version %d as %+v instead of %+v", s.what, v, got, next)
		}
		for u, before := range writers {
			if u > v && before.end.Before(s.began) {
				t.Errorf("version %d was made before version %d was begun", u, v)
			}
		}
		states = append(states, next)
	}
	for _, s := range all {
		s.fits(t, states, writers)
	}
	return states
}

// fits holds what was read, or not done, against the states of the model.
func (s step) fits(t *testing.T, states []snapshot, writers map[int64]step) {
	t.Helper()
	if s.err != nil && !(errors.Is(s.err, ErrConflict) && (s.what == "rotate" || s.what == "another key")) {
		t.Errorf("%s: %v", s.what, s.err)
	}
	overlaps := false
	for v, w := range writers {
		overlaps = overlaps || w.who != s.who && w.end.After(s.began) && w.began.Before(s.end)
		if s.got == nil {
			continue
		}
		if v > s.got.Version && w.end.Before(s.began) {
			t.Errorf("%s gave version %d although version %d was made before", s.what, s.got.Version, v)
		}
		if v <= s.got.Version && w.began.After(s.end) {
			t.Errorf("%s gave version %d, which was begun after its end", s.what, v)
		}
	}
	if s.err != nil && !overlaps {
		t.Errorf("%s: %v, and nobody else was there", s.what, s.err)
	}
	if s.got != nil && snapshotOf(s.got) != states[s.got.Version] {
		t.Errorf("%s gave version %d as %+v instead of %+v", s.what, s.got.Version, snapshotOf(s.got), states[s.got.Version])
	}
}

// finally: no generation is lost, the history is complete, everybody was told of the same pin, and each refusal was counted.
func (f *fixture) finally(t *testing.T, name string, states []snapshot, all []step, pins []crypto.KeyNumber) {
	t.Helper()
	last, err := f.store.LookUp(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := snapshotOf(last), states[len(states)-1]; got != want || last.Version != int64(len(states)-1) {
		t.Errorf("in the end version %d is %+v; of %d versions the last is %+v", last.Version, got, len(states)-1, want)
	}
	keys, err := f.store.openGenerations(t.Context(), last, f.wrapper)
	if err != nil {
		t.Fatal(err)
	}
	destroyAll(keys)
	for v, s := range states[1:] {
		if keys[s.current] == nil {
			t.Errorf("the generation of version %d is lost", v+1)
		}
	}
	if pins = slices.Compact(pins); len(pins) > 1 || len(pins) == 1 && keys[pins[0]] == nil {
		t.Errorf("pins: %v", pins)
	}
	history, err := f.store.History(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	refusals := int64(0)
	for _, s := range all {
		made := (s.what == "rotate" || s.what == "another key" && s.done) && s.err == nil
		if in := slices.ContainsFunc(history, func(h HistoryEntry) bool { return h.Actor == s.who }); in != made {
			t.Errorf("%s: done %v, in the history %v", s.what, made, in)
		}
		if s.what == "refusal" && s.err == nil {
			refusals++
		}
	}
	if last.Refusal.Count != refusals {
		t.Errorf("%d refusals were counted as %d", refusals, last.Refusal.Count)
	}
}
