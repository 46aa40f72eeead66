package keysource_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/keysourcetest"
)

// ownWay is one proxy's way to a store: it can be cut, before a call arrives or before its answer does.
type ownWay struct {
	*keysourcetest.Store
	clock *keysourcetest.Clock
	cut   atomic.Int32 // 0: open, 1: nothing arrives, 2: what is registered arrives, and nobody is told
	until atomic.Int64 // registered, a duration, by the time since the machine's start
}

var errCutOff = errors.New("cut off")

func (s *ownWay) Tenant(ctx context.Context, name string) (keysource.TenantRecord, error) {
	if s.cut.Load() > 0 {
		return keysource.TenantRecord{}, errCutOff
	}
	return s.Store.Tenant(ctx, name)
}

func (s *ownWay) Changed(ctx context.Context) ([]keysource.TenantVersion, error) {
	if s.cut.Load() > 0 {
		return nil, errCutOff
	}
	return s.Store.Changed(ctx)
}

func (s *ownWay) Refused(ctx context.Context, name string, version int64, k keysource.Kind) error {
	if s.cut.Load() == 1 {
		return errCutOff
	}
	return s.Store.Refused(ctx, name, version, k)
}

func (s *ownWay) Hold(_ context.Context, _ crypto.TenantID, left time.Duration) error {
	if s.cut.Load() == 1 {
		return errCutOff
	}
	s.until.Store(int64(s.clock.Boot() + left))
	if s.cut.Load() == 2 {
		return errCutOff
	}
	return nil
}

// walker is one proxy of TestNobodyHoldsForLongerThanIsRegistered.
type walker struct {
	*rig
	way     *ownWay
	handles []*keysource.Handle
}

// TestNobodyHoldsForLongerThanIsRegistered takes random steps with three proxies: time passes, ways to the store are cut, the KMS says no or nothing, cache times
// and locks change, the machine sleeps. No handle works for longer than was registered, at any time.
func TestNobodyHoldsForLongerThanIsRegistered(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 0))
	first := newRig(t)
	var all []*walker
	for range 3 {
		w := &walker{rig: &rig{t: t, clock: first.clock, store: first.store, wrapper: first.wrapper, heard: &ear{}}, way: &ownWay{Store: first.store, clock: first.clock}}
		w.ring = keysource.NewKeyring(keysource.Options{Store: w.way, Wrappers: map[string]keysource.Wrapper{"fake": w.wrapper}, Clock: w.clock, CallTimeout: 20 * time.Second})
		t.Cleanup(w.ring.Close)
		all = append(all, w)
	}
	used := 0
	for step := range 800 {
		w := all[random.IntN(len(all))]
		switch random.IntN(13) {
		case 0:
			first.clock.Advance(time.Duration(random.IntN(40)) * time.Second)
		case 1:
			first.clock.SetWall(time.Duration(random.IntN(120)-60) * time.Second)
		case 2:
			w.way.cut.Store(random.Int32N(3))
		case 12:
			first.wrapper.Answer(0)
			next := keysourcetest.Rotate(t, first.wrapper, first.store.Record(acme))
			next.CacheTime = time.Duration(60+random.IntN(120)) * time.Second
			first.store.Put(next)
		case 3:
			first.wrapper.Answer([]keysource.Kind{0, 0, 0, keysource.AccessDenied, keysource.KMSUnreachable}[random.IntN(5)])
		case 4:
			first.store.Update(acme, func(r *keysource.TenantRecord) { r.CacheTime = time.Duration(60+random.IntN(120)) * time.Second })
		case 5:
			first.store.Update(acme, func(r *keysource.TenantRecord) { r.Locked = random.IntN(3) == 0 })
		case 6, 7:
			w.sweep()
		case 8, 9:
			w.poll()
		default:
			if h, err := w.ring.Acquire(t.Context(), acme); err == nil {
				w.handles = append(w.handles, h)
			}
		}
		for n, w := range all {
			w.ring.Settle()
			until := time.Duration(w.way.until.Load())
			for _, h := range w.handles {
				if h.Check() != nil {
					continue
				}
				if used++; first.clock.Boot() >= until {
					t.Fatalf("seed %d, step %d: proxy %d uses a key %v after what is registered", seed, step, n, first.clock.Boot()-until)
				}
			}
			if len(w.handles) > 20 {
				w.handles[0].Release()
				w.handles = w.handles[1:]
			}
		}
	}
	for _, w := range all {
		for _, h := range w.handles {
			h.Release()
		}
	}
	if used == 0 {
		t.Error("no key was ever used")
	}
	t.Logf("seed %d: %d uses", seed, used)
}
