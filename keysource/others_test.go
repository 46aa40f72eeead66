package keysource_test

import (
	"errors"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/keysourcetest"
)

// second is another proxy's keyring: on the same store, with a KMS of its own mind.
func (b *rig) second() *rig {
	b.t.Helper()
	o := &rig{t: b.t, clock: b.clock, store: b.store, wrapper: b.wrapper, heard: &ear{}}
	o.ring = keysource.NewKeyring(keysource.Options{Store: b.store, Wrappers: map[string]keysource.Wrapper{"fake": b.wrapper}, Clock: b.clock, Observer: o.heard,
		CallTimeout: 20 * time.Second, Random: func() float64 { return 0 }})
	b.t.Cleanup(o.ring.Close)
	return o
}

// A no that one proxy hears ends the use of the key in the others with their next poll; they ask for themselves then.
func TestRefusedElsewhere(t *testing.T) {
	for _, again := range []bool{false, true} {
		a := newRig(t)
		b := a.second()
		h := b.acquire(acme)
		b.wantAsk(0)
		a.wrapper.Answer(keysource.KeyDisabled)
		a.wantAsk(keysource.KeyDisabled)
		a.ring.Settle()
		wantCheck(t, h, 0)
		if again { // by the time that b asks
			a.wrapper.Answer(0)
		}
		calls := a.wrapper.Calls(keysource.OpUnwrap)
		b.poll()
		wantCheck(t, h, keysource.KeyDisabled)
		if got := b.ring.Status(acme); got.State != keysource.StateWithdrawn || !got.ReadableUntil.IsZero() {
			t.Errorf("%+v", got)
		}
		want := keysource.KeyDisabled
		if again {
			want = 0
		}
		b.wantAsk(want)
		if got := a.wrapper.Calls(keysource.OpUnwrap) - calls; got != 1 {
			t.Errorf("b asked %d times", got)
		}
		// What was heard once is not heard again, and b's no is no news.
		b.ring.Settle()
		if got := a.store.Record(acme).Refusal.Count; got != 1 {
			t.Errorf("%d nos are registered", got)
		}
		b.poll()
		b.wantAsk(want)
	}
}

// A no about an older record than the one whose key is held says nothing about this one, but is a reason to ask.
func TestRefusalOfAnOlderRecord(t *testing.T) {
	a := newRig(t)
	old := a.store.Record(acme).Version
	a.store.Update(acme, func(r *keysource.TenantRecord) { r.CacheTime = 2 * cacheTime })
	h := a.acquire(acme)
	if err := a.store.Refused(t.Context(), acme, old, keysource.AccessDenied); err != nil {
		t.Fatal(err)
	}
	a.poll()
	wantCheck(t, h, 0)
	a.wantCalls(2)
	a.poll()
	a.wantCalls(2)
	a.wantAsk(0)
}

// A refusal that is registered while a key is being fetched counts against that key.
func TestRefusedDuringFetch(t *testing.T) {
	a := newRig(t)
	first := true
	a.wrapper.Before(func(string, keysource.KeySpec) {
		if first {
			first = false
			if err := a.store.Refused(t.Context(), acme, 1, keysource.AccessDenied); err != nil {
				t.Error(err)
			}
			a.ring.Poll(t.Context())
			for a.ring.Looking(acme) {
				time.Sleep(time.Millisecond)
			}
		}
	})
	a.wantAsk(0)
	a.wantCalls(2)
}

// A no that cannot be told is told later.
func TestRefusalIsToldLater(t *testing.T) {
	a := newRig(t)
	a.acquire(acme)
	a.store.Before(func(op string) {
		if op == keysourcetest.StoreRefused {
			a.store.Before(nil)
			a.store.Fail(errors.New("no database"))
		}
	})
	a.wrapper.Answer(keysource.AccessDenied)
	a.clock.Advance(cacheTime)
	a.wantAsk(keysource.AccessDenied)
	a.ring.Settle()
	a.store.Fail(nil)
	if got := a.store.Record(acme).Refusal.Count; got != 0 {
		t.Fatalf("%d nos are registered", got)
	}
	a.poll()
	if got := a.store.Record(acme).Refusal; got.Count != 1 || got.Kind != keysource.AccessDenied || got.Version != 1 {
		t.Errorf("%+v", got)
	}
}

// Until when a key is held is registered before it is used, and what cannot be registered is not used for longer than was registered.
func TestHoldIsRegisteredFirst(t *testing.T) {
	a := newRig(t)
	a.store.Before(func(op string) {
		if op == keysourcetest.StoreHold && a.ring.Status(acme).State == keysource.StateAvailable {
			t.Error("the key is used before that is registered")
		}
	})
	h := a.acquire(acme)
	if got := a.store.Held(acme); got != cacheTime {
		t.Errorf("registered: %v", got)
	}
	a.store.Before(func(op string) {
		if op == keysourcetest.StoreHold {
			a.store.Before(nil)
			a.store.Fail(errors.New("read only"))
		}
	})
	a.clock.Advance(cacheTime * 4 / 5)
	a.wantAsk(0)
	a.sweep() // asks the KMS, which says yes, and cannot register that
	a.wantCalls(2)
	a.store.Fail(nil)
	wantCheck(t, h, 0)
	a.clock.Advance(cacheTime/5 - 1)
	wantCheck(t, h, 0)
	a.store.Fail(errors.New("read only"))
	a.clock.Advance(1)
	wantCheck(t, h, keysource.KMSUnreachable)
	a.wantAsk(keysource.KMSUnreachable)
}

// A shorter cache time holds for what is held with the key before a rotation, too.
func TestShorterForOldHandles(t *testing.T) {
	a := newRig(t)
	h := a.acquire(acme)
	next := keysourcetest.Rotate(t, a.wrapper, a.store.Record(acme))
	next.CacheTime = time.Minute
	a.store.Put(next)
	a.poll()
	a.clock.Advance(time.Minute - 1)
	wantCheck(t, h, 0)
	a.clock.Advance(1)
	wantCheck(t, h, keysource.KMSUnreachable)
}

// What is registered is lowered after the fact: a shorter cache time, a lock, a no, the end.
func TestHoldIsLowered(t *testing.T) {
	a := newRig(t)
	a.acquire(acme)
	a.store.Update(acme, func(r *keysource.TenantRecord) { r.CacheTime = time.Minute })
	a.poll()
	a.poll()
	if got := a.store.Held(acme); got != time.Minute {
		t.Errorf("registered: %v", got)
	}
	a.store.Lock(acme, "tester", a.clock.Now())
	a.poll()
	a.poll()
	if got := a.store.Held(acme); got != 0 {
		t.Errorf("registered of a locked key: %v", got)
	}
	a.store.Unlock(acme)
	a.poll()
	a.wantAsk(0)
	if got := a.store.Held(acme); got != time.Minute {
		t.Errorf("registered: %v", got)
	}
	a.clock.Advance(time.Minute)
	a.poll()
	if got := a.store.Held(acme); got != 0 {
		t.Errorf("registered of a key that is over: %v", got)
	}
}
