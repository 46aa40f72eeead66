package keysource_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/keysourcetest"
)

// crowd is many tenants of one store, and the keyrings of some proxies.
type crowd struct {
	*rig
	rings []*keysource.Keyring
	names []string

	mu    sync.Mutex
	calls map[string]int // of the KMS, by tenant
}

var cacheTimes = []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 24 * time.Hour}

func newCrowd(t *testing.T, tenants, proxies int) *crowd {
	t.Helper()
	c := &crowd{rig: newRig(t), calls: map[string]int{}}
	for i := range tenants {
		name := fmt.Sprintf("tenant-%d", i)
		spec := keysource.KeySpec{Provider: "fake", KeyARN: keysourcetest.FakeARN}
		c.store.Put(keysourcetest.NewTenant(t, c.wrapper, spec, name, c.cacheTime(i)))
		c.names = append(c.names, name)
	}
	c.wrapper.Before(func(op string, spec keysource.KeySpec) {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.calls[spec.TenantName]++
	})
	for range proxies {
		ring := keysource.NewKeyring(keysource.Options{Store: c.store, Wrappers: map[string]keysource.Wrapper{"fake": c.wrapper}, Clock: c.clock,
			Observer: c.heard, CallTimeout: 20 * time.Second, Random: rand.Float64})
		t.Cleanup(ring.Close)
		c.rings = append(c.rings, ring)
	}
	return c
}

func (c *crowd) cacheTime(i int) time.Duration { return cacheTimes[i%len(cacheTimes)] }

// TestCallsAreBounded: a tenant in use costs one call of the KMS for each refresh and proxy, one that was used once a single one, and
// one that nobody asks for none.
func TestCallsAreBounded(t *testing.T) {
	const proxies, step, elapsed = 2, 5 * time.Second, 20 * time.Minute
	c := newCrowd(t, 1000, proxies)
	busy, once, idle := c.names[:500], c.names[500:600], c.names[600:]
	use := func(names []string) {
		for _, ring := range c.rings {
			for _, name := range names {
				h, err := ring.Acquire(t.Context(), name)
				if err != nil {
					t.Fatal(err)
				}
				h.Release()
			}
		}
	}
	for _, ring := range c.rings {
		ring.Poll(t.Context())
		ring.Settle()
	}
	if len(c.calls) != 0 {
		t.Fatalf("before anybody asks: calls for %d tenants", len(c.calls))
	}
	use(once)
	for range int(elapsed / step) {
		use(busy)
		c.clock.Advance(step)
		for _, ring := range c.rings {
			ring.Sweep(t.Context())
			ring.Poll(t.Context())
			ring.Settle()
		}
	}
	for i, name := range c.names {
		refreshes := float64(elapsed) / float64(c.cacheTime(i))
		atLeast, atMost := proxies*int(refreshes), proxies*(1+int(refreshes/0.7))
		if n := c.calls[name]; i < len(busy) && (n < atLeast || n > atMost) {
			t.Errorf("%s, in use, cache time %v: %d calls in %v, want %d to %d", name, c.cacheTime(i), n, elapsed, atLeast, atMost)
		} else if i >= len(busy) && i < len(busy)+len(once) && n != proxies {
			t.Errorf("%s, used once: %d calls", name, n)
		}
	}
	for _, name := range idle {
		if n := c.calls[name]; n != 0 {
			t.Errorf("%s, which nobody asked for: %d calls", name, n)
		}
	}
}

// TestNobodyWaitsForAnothersKMS: while the calls for many tenants are not answered, others get their keys; few enough tenants that
// hang are not even felt.
func TestNobodyWaitsForAnothersKMS(t *testing.T) {
	for _, hanging := range []int{100, 1000} {
		t.Run(fmt.Sprintf("%d hang", hanging), func(t *testing.T) {
			c := newCrowd(t, hanging+100, 1)
			release := make(chan struct{})
			let := sync.OnceFunc(func() { close(release) })
			t.Cleanup(let)
			bad := map[string]bool{}
			for _, name := range c.names[:hanging] {
				bad[name] = true
			}
			var stuck atomic.Int64
			c.wrapper.Before(func(_ string, spec keysource.KeySpec) {
				if bad[spec.TenantName] {
					stuck.Add(1)
					<-release
				}
			})
			var wg sync.WaitGroup
			for _, name := range c.names[:hanging] {
				wg.Go(func() { c.askFor(t.Context(), name) })
			}
			waitFor(t, "the calls that hang", func() bool { return stuck.Load() == int64(hanging) })
			for _, name := range c.names[hanging:] {
				if err := c.askFor(t.Context(), name); err != nil {
					t.Errorf("%s, while %d others hang: %v", name, hanging, err)
				}
			}
			if n := stuck.Load(); n != int64(hanging) {
				t.Errorf("%d calls hang", n)
			}
			let()
			wg.Wait()
			c.heard.mu.Lock()
			defer c.heard.mu.Unlock()
			if n := len(c.heard.queued); hanging == 100 && n != 0 {
				t.Errorf("%d fetches waited before they began", n)
			}
		})
	}
}

func (c *crowd) askFor(ctx context.Context, name string) error {
	h, err := c.rings[0].Acquire(ctx, name)
	if err == nil {
		h.Release()
	}
	return err
}

// TestHerd: a thousand tenants that come back at once get their keys with one call each.
func TestHerd(t *testing.T) {
	c := newCrowd(t, 1000, 1)
	var calls atomic.Int64
	full := make(chan struct{})
	c.wrapper.Before(func(string, keysource.KeySpec) {
		if calls.Add(1) == 128 {
			close(full)
		}
		<-full
	})
	var wg sync.WaitGroup
	for _, name := range c.names {
		for range 3 {
			wg.Go(func() {
				if err := c.askFor(t.Context(), name); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			})
		}
	}
	wg.Wait()
	if calls.Load() != 1000 {
		t.Errorf("%d calls for 1000 tenants", calls.Load())
	}
}
