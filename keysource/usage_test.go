package keysource_test

import (
	"sync"
	"testing"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// taken is the usage of the one tenant.
func (b *rig) taken() keysource.Usage {
	b.t.Helper()
	all := b.ring.TakeUsage()
	switch {
	case len(all) == 0:
		return keysource.Usage{}
	case len(all) > 1 || all[0].Name != acme || all[0].Tenant != b.store.Record(acme).ID:
		b.t.Fatalf("usage: %+v", all)
	}
	u := all[0]
	u.Tenant, u.Name = crypto.TenantID{}, ""
	return u
}

func (b *rig) wantTaken(want keysource.Usage) {
	b.t.Helper()
	if got := b.taken(); got != want {
		b.t.Errorf("usage %+v, want %+v", got, want)
	}
}

// Usage is what was done, whatever was done at once, and each thing is told once.
func TestUsage(t *testing.T) {
	b := newRig(t)
	h, err := b.ring.Acquire(t.Context(), acme)
	if err != nil {
		t.Fatal(err)
	}
	c := column("title")
	value := sealed(t, h, crypto.Randomized, "title", "a secret")
	if _, err := h.Open(nil, c, value[:len(value)-1]); err == nil {
		t.Error("a spoilt value opens")
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 1000 {
				if _, err := h.Open(nil, c, value); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	b.wantTaken(keysource.Usage{Opened: 7 * 1024, Fetched: 1})
	h.Release()
	h.Release()
	b.wantTaken(keysource.Usage{Sealed: 1, Opened: 8000 - 7*1024})
	b.wantTaken(keysource.Usage{})

	b.ring.Refused(acme)
	b.ring.Refused("nobody")
	b.store.Lock(acme, "somebody", b.clock.Now())
	b.poll()
	b.wantAsk(keysource.KeyLocked) // the KMS is not asked
	b.wantTaken(keysource.Usage{Refused: 1})
	b.store.Unlock(acme)
	b.wrapper.Answer(keysource.AccessDenied)
	b.poll()
	b.wantAsk(keysource.AccessDenied)
	b.wantAsk(keysource.AccessDenied) // answered without asking
	b.wantTaken(keysource.Usage{Failed: 1})
}

// Whoever names no tenant leaves nothing behind.
func TestUsageOfNobody(t *testing.T) {
	b := newRig(t)
	if _, err := b.ring.Acquire(t.Context(), "nobody"); keysource.KindOf(err) != keysource.TenantUnknown {
		t.Fatal(err)
	}
	b.ring.Refused("nobody")
	if got := b.ring.TakeUsage(); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}
