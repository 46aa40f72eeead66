package tenants

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// lives is what adding, locking and retiring tenants costs those who use their keys meanwhile.
type lives struct {
	added, retired    []time.Duration // from the command until each proxy went by it
	before, meanwhile []time.Duration // statements of the others
}

// soon is when every proxy should have followed; busy is how much later on a machine that does other things.
const (
	soon = 2 * time.Second
	busy = 8 * time.Second
)

// comeAndGo adds tenants and retires them while all others are in use.
func (w *world) comeAndGo(t *testing.T) (l lives) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var loading sync.WaitGroup
	var mu sync.Mutex
	into := &l.before
	loading.Go(func() {
		w.sessions(t, 0, 2, func(_ int, s *session) error {
			for ctx.Err() == nil {
				took, _, err := s.served(t.Context(), w.tenants[rand.IntN(len(w.tenants))])
				if err != nil {
					return fmt.Errorf("while tenants come and go: %w", err)
				}
				mu.Lock()
				*into = append(*into, took)
				mu.Unlock()
			}
			return nil
		})
	})
	time.Sleep(time.Duration(*seconds) * time.Second)
	mu.Lock()
	into = &l.meanwhile
	mu.Unlock()
	for i := range 2 {
		c := w.newTenant(len(w.tenants) + i)
		l.added = append(l.added, w.follow(t, c, "KU010", "", func() error { return w.add(t.Context(), c) })...)
		w.sessions(t, 0, 1, func(_ int, s *session) error { return s.write(t.Context(), c) })
		l.retired = append(l.retired, w.follow(t, c, "", "KU010", func() error { return w.retire(t.Context(), c) })...)
	}
	stop()
	loading.Wait()
	t.Logf("a tenant that was added is served after %v at most, one that was retired is not after %v; the others' p99: %v before, %v meanwhile",
		at(l.added, 1), at(l.retired, 1), at(l.before, .99), at(l.meanwhile, .99))
	if most := max(at(l.added, 1), at(l.retired, 1)); most > soon+busy {
		t.Errorf("a proxy followed after %v", most)
	}
	return l
}

// follow has sessions of every proxy ask for a tenant, makes the change, and gives how long each proxy took to answer in the new way.
func (w *world) follow(t *testing.T, c *tenant, before, after string, change func() error) []time.Duration {
	took := make([]time.Duration, len(w.proxies))
	var asking, asked sync.WaitGroup
	changed := make(chan time.Time, len(w.proxies))
	asked.Add(len(w.proxies))
	for i := range w.proxies {
		asking.Go(func() {
			once := sync.OnceFunc(asked.Done)
			defer once()
			w.sessions(t, i, 1, func(_ int, s *session) error {
				_, err := s.read(t.Context(), c)
				once()
				if now := code(err); now != before && now != slow && !noRows(err) {
					return fmt.Errorf("%s, before: %v, want %q", c.name, err, before)
				}
				began := <-changed
				for {
					_, err := s.read(t.Context(), c)
					if now := code(err); now == after && (after != "" || err == nil || noRows(err)) {
						took[i] = time.Since(began)
						return nil
					} else if now != before && now != slow || time.Since(began) > patience {
						return fmt.Errorf("%s, after %v: %v, want %q", c.name, time.Since(began), err, after)
					}
					time.Sleep(5 * time.Millisecond)
				}
			})
		})
	}
	asked.Wait()
	if err := change(); err != nil {
		t.Fatal(err)
	}
	at := time.Now()
	for range w.proxies {
		changed <- at
	}
	asking.Wait()
	return slices.Clone(took)
}

func noRows(err error) bool { return errors.Is(err, pgx.ErrNoRows) }

// retire ends a tenant.
func (w *world) retire(ctx context.Context, c *tenant) error {
	_, err := w.store.Retire(ctx, c.name, "test")
	return err
}
