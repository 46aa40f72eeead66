package keysource_test

import (
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/keysourcetest"
)

// TestLock: an operator's lock ends every handle when it is noticed, needs no KMS, and says since when; unlocking gives the key
// back at once.
func TestLock(t *testing.T) {
	b := newRig(t)
	old := b.acquire(acme)
	b.wantAsk(0)
	b.clock.Advance(cacheTime * 8 / 10)
	b.sweep()
	h := b.acquire(acme) // the second fetch's; old is the first's
	locked := b.clock.Now().Add(-time.Minute)
	b.store.Lock(acme, "officer", locked)
	wantCheck(t, h, 0) // nobody looked yet
	b.wrapper.Answer(keysource.KMSUnreachable)
	b.poll()
	for _, handle := range []*keysource.Handle{old, h} {
		wantCheck(t, handle, keysource.KeyLocked)
	}
	_, err := b.ring.Acquire(t.Context(), acme)
	if kindOf(t, err) != keysource.KeyLocked || !err.(*keysource.Error).Since.Equal(locked) {
		t.Errorf("Acquire: %v", err)
	}
	if got := b.ring.Status(acme); got.State != keysource.StateLocked || !got.Since.Equal(locked) {
		t.Errorf("status %+v", got)
	}
	b.wantCalls(2)

	b.wrapper.Answer(0)
	b.store.Unlock(acme)
	b.poll()
	if got := b.ring.Status(acme); got.State != keysource.StateUnknown {
		t.Errorf("status after unlocking %+v", got)
	}
	b.wantAsk(0)
	wantCheck(t, h, keysource.KeyLocked)
	b.wantCalls(3)
}

// TestLockedFromTheStart: a locked tenant's key is never asked for; without polling, the probes notice that it is unlocked.
func TestLockedFromTheStart(t *testing.T) {
	b := newRig(t)
	b.store.Lock(acme, "officer", b.clock.Now())
	for range 60 {
		b.wantAsk(keysource.KeyLocked)
		b.clock.Advance(time.Second)
	}
	b.wantCalls(0)
	if reads := b.store.Reads(); reads > 7 {
		t.Errorf("%d reads of a locked record in a minute", reads)
	}
	b.store.Unlock(acme)
	b.clock.Advance(30 * time.Second)
	b.wantAsk(0)
}

// TestLockWhileTheKMSHangs: the lock counts although a fetch is under way, and the yes that comes after it counts no more.
func TestLockWhileTheKMSHangs(t *testing.T) {
	b := newRig(t)
	h := refreshed(b)
	release := b.wrapper.Hang()
	b.ring.Sweep(t.Context())
	waitFor(t, "the refresh", func() bool { return b.calls() == 2 })
	b.store.Lock(acme, "officer", b.clock.Now())
	b.ring.Poll(t.Context())
	waitFor(t, "the lock", func() bool { return h.Check() != nil })
	wantCheck(t, h, keysource.KeyLocked)
	release()
	b.ring.Settle()
	b.wantAsk(keysource.KeyLocked)
	b.wantCalls(2)
}

// TestDenialOfAnOldRecord: a no to a wrapping that another proxy has just replaced says nothing; the new one is tried.
func TestDenialOfAnOldRecord(t *testing.T) {
	const newARN = "arn:fake:key/2"
	b := newRig(t)
	h := refreshed(b)
	b.wrapper.AddKey(newARN)
	b.wrapper.Before(func(op string, spec keysource.KeySpec) {
		if op == keysource.OpUnwrap && spec.KeyARN != newARN { // the customer moves to another key and withdraws the old one
			b.wrapper.Before(nil)
			rec := b.store.Record(acme)
			to := rec.Spec
			to.KeyARN = newARN
			moved, err := b.wrapper.Rewrap(t.Context(), rec.Spec, to, rec.Current.Wrapped)
			if err != nil {
				t.Error(err)
			}
			b.store.Update(acme, func(r *keysource.TenantRecord) { r.Spec, r.Current.Wrapped = to, moved })
			b.wrapper.RemoveKey(keysourcetest.FakeARN)
		}
	})
	b.sweep()
	b.wantCalls(3) // and the new one
	wantCheck(t, h, 0)
	b.wantAsk(0)
	if got := b.ring.Status(acme); got.Key != newARN || got.State != keysource.StateAvailable || got.Version != 2 {
		t.Errorf("status %+v", got)
	}
	if len(b.heard.evicted) != 0 {
		t.Errorf("evicted: %v", b.heard.evicted)
	}
}

// TestDenialCounts: a no is no when the record is the same, when it can't be read again, and when it changes without end.
func TestDenialCounts(t *testing.T) {
	for name, meanwhile := range map[string]func(b *rig){
		"same record":    func(*rig) {},
		"store gone":     func(b *rig) { b.store.Fail(errLost) },
		"record gone":    func(b *rig) { b.store.Remove(acme) },
		"older record":   func(b *rig) { setVersion(b.store, 0) },
		"always another": func(b *rig) { b.store.Update(acme, func(*keysource.TenantRecord) {}) },
	} {
		t.Run(name, func(t *testing.T) {
			b := newRig(t)
			h := refreshed(b)
			b.wrapper.Answer(keysource.AccessDenied)
			b.wrapper.Before(func(string, keysource.KeySpec) { meanwhile(b) })
			b.sweep()
			wantCheck(t, h, keysource.AccessDenied)
		})
	}
}

// TestLookDuringFetch: a look that finds the same record does not make the KMS be asked twice.
func TestLookDuringFetch(t *testing.T) {
	b := newRig(t)
	h := refreshed(b)
	value := sealed(t, h, 1, "title", "a secret")
	value[6] ^= 0xff // the key number: the record is looked at
	release := b.wrapper.Hang()
	b.ring.Sweep(t.Context())
	waitFor(t, "the refresh", func() bool { return b.calls() == 2 })
	opened := make(chan error)
	go func() {
		_, err := h.Open(nil, column("title"), value)
		opened <- err
	}()
	waitFor(t, "the look", func() bool { return b.store.Reads() == 3 })
	release()
	if err := <-opened; kindOf(t, err) != keysource.ValueKeyUnknown {
		t.Errorf("Open: %v", err)
	}
	b.ring.Settle()
	b.wantCalls(2)
}

// TestYesOfAnOldRecord: a yes to a wrapping that is known to be replaced is not installed.
func TestYesOfAnOldRecord(t *testing.T) {
	b := newRig(t)
	h := refreshed(b)
	rotated := keysourcetest.Rotate(t, b.wrapper, b.store.Record(acme))
	b.others++
	release := b.wrapper.Hang()
	b.ring.Sweep(t.Context())
	waitFor(t, "the refresh", func() bool { return b.calls() == 2 })
	release2 := b.wrapper.Hang() // for the calls from here on
	b.store.Put(rotated)
	b.ring.Poll(t.Context()) // reads version 2, while the fetch of version 1 is under way
	waitFor(t, "the look", func() bool { return b.ring.Status(acme).Version == 2 })
	release()
	waitFor(t, "the second call", func() bool { return b.calls() == 3 })
	release2()
	b.ring.Settle()
	fresh := b.acquire(acme)
	if got := fresh.Current().Number(); got != rotated.Current.Number {
		t.Errorf("generation %v is installed, want %v", got, rotated.Current.Number)
	}
	wantCheck(t, h, 0)
}

// TestRecordMendsWithdrawal: a tenant that is moved to a key that works is back as soon as the record is noticed.
func TestRecordMendsWithdrawal(t *testing.T) {
	b := newRig(t)
	spec := b.store.Record(acme).Spec
	spec.KeyARN = "arn:fake:key/2"
	b.wrapper.AddKey(spec.KeyARN)
	moved := keysourcetest.NewTenant(t, b.wrapper, spec, acme, cacheTime)
	b.wrapper.RemoveKey(keysourcetest.FakeARN)
	for range 60 {
		b.wantAsk(keysource.KeyNotFound)
		b.clock.Advance(time.Second)
	}
	moved.Version = 2
	b.store.Put(moved)
	b.poll()
	if got := b.ring.Status(acme); got.State != keysource.StateWithdrawn {
		t.Errorf("nobody asked the new key, and the status is %+v", got)
	}
	b.wantAsk(0)
}

// TestNewTag: the values that are sealed from now on carry what the record says.
func TestNewTag(t *testing.T) {
	b := newRig(t)
	b.acquire(acme)
	b.store.Update(acme, func(r *keysource.TenantRecord) { r.Tag[0] ^= 1 })
	b.poll()
	if got, want := b.acquire(acme).Tag(), b.store.Record(acme).Tag; got != want {
		t.Errorf("tag %v, want %v", got, want)
	}
}

// TestNewKeyIsNoticed: a record with other keys is fetched when polling finds it, before anybody asks.
func TestNewKeyIsNoticed(t *testing.T) {
	b := newRig(t)
	b.acquire(acme)
	rotated := rotate(b)
	b.poll()
	b.wantCalls(2)
	if got := b.acquire(acme).Current().Number(); got != rotated.Current.Number {
		t.Errorf("generation %v, want %v", got, rotated.Current.Number)
	}
	b.wantCalls(2)
	b.store.Update(acme, func(*keysource.TenantRecord) {}) // nothing that matters here
	b.poll()
	b.poll()
	b.wantCalls(2)
	if reads := b.store.Reads(); reads != 4 {
		t.Errorf("%d reads, want 4", reads)
	}
}
