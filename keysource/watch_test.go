package keysource_test

import (
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/keysourcetest"
)

// newWatched is a rig whose driver can see the master key.
func newWatched(t *testing.T, change ...func(*keysource.Options)) (*rig, *keysourcetest.WatchedWrapper) {
	t.Helper()
	var w *keysourcetest.WatchedWrapper
	watched := func(o *keysource.Options) {
		w = &keysourcetest.WatchedWrapper{Wrapper: o.Wrappers["fake"].(*keysourcetest.Wrapper)}
		o.Wrappers["fake"] = w
	}
	return newRig(t, append(change, watched)...), w
}

// TestWatch: a key that is seen to be gone is a no at once, and may be asked for at once when it is seen again.
func TestWatch(t *testing.T) {
	b, w := newWatched(t)
	h := b.acquire(acme)
	b.watch()
	wantCheck(t, h, 0)
	w.See(keysource.KeyNotFound)
	w.Answer(keysource.KeyNotFound)
	since := b.clock.Now()
	b.watch()
	wantCheck(t, h, keysource.KeyNotFound)
	b.wantAsk(keysource.KeyNotFound)
	b.wantCalls(1)
	if got := b.ring.Status(acme); got.State != keysource.StateWithdrawn || !got.Since.Equal(since) {
		t.Errorf("status %+v", got)
	}
	for range 40 { // so long that probes come every 30 s only
		b.clock.Advance(time.Second)
		b.watch()
		b.wantAsk(keysource.KeyNotFound)
	}
	if got := b.calls(); got != 1+5 {
		t.Errorf("%d calls; looking in vain neither hastens nor delays the probes", got)
	}
	w.See(0)
	w.Answer(0)
	b.wantAsk(keysource.KeyNotFound) // nobody saw it yet
	b.watch()
	b.wantAsk(0)
	wantCheck(t, h, keysource.KeyNotFound)
}

// TestYesBeforeTheNo: a yes that was asked for before the key was seen to be gone counts no more; it is asked for again.
func TestYesBeforeTheNo(t *testing.T) {
	b, w := newWatched(t)
	h := refreshed(b)
	release := b.wrapper.Hang()
	b.ring.Sweep(t.Context())
	waitFor(t, "the refresh", func() bool { return b.calls() == 2 })
	w.See(keysource.KeyNotFound)
	b.ring.Watch(t.Context())
	wantCheck(t, h, keysource.KeyNotFound)
	release()
	b.ring.Settle()
	b.wantCalls(3)
	b.wantAsk(0)
}

// TestWatchTrouble: when looking fails without a no, nothing is withdrawn.
func TestWatchTrouble(t *testing.T) {
	for _, k := range []keysource.Kind{keysource.KeyStoreUnavailable, keysource.KMSUnreachable, keysource.KeyMismatch, keysource.KeyLocked} {
		b, w := newWatched(t)
		h := b.acquire(acme)
		w.See(k)
		b.watch()
		wantCheck(t, h, 0)
		if got := b.ring.Status(acme); got.State != keysource.StateAvailable {
			t.Errorf("%v: status %+v", k, got)
		}
	}
}

// TestWatchOnlyInUse: a key that nobody holds and nobody asks for is not looked at.
func TestWatchOnlyInUse(t *testing.T) {
	b, w := newWatched(t)
	b.watch()
	b.wantAsk(0)
	b.watch()
	if w.Looks() != 1 {
		t.Errorf("%d looks, want 1", w.Looks())
	}
	b.clock.Advance(cacheTime)
	b.sweep()
	b.watch()
	w.Answer(keysource.KeyNotFound)
	b.wantAsk(keysource.KeyNotFound)
	b.watch() // wanted
	if w.Looks() != 2 {
		t.Errorf("%d looks, want 2", w.Looks())
	}
	b.clock.Advance(time.Minute)
	b.watch() // no longer
	if w.Looks() != 2 {
		t.Errorf("%d looks, want 2", w.Looks())
	}
}

// TestWatchDoesNotRush: a key that is in its place but does not open is not asked for more often because of that.
func TestWatchDoesNotRush(t *testing.T) {
	b, w := newWatched(t)
	w.Answer(keysource.KeyDisabled)
	for range 60 {
		b.wantAsk(keysource.KeyDisabled)
		b.watch()
		b.clock.Advance(time.Second)
	}
	if got := b.calls(); got > 7 {
		t.Errorf("%d calls in a minute", got)
	}
}

// TestWatchIsOneLook: tenants that share a master key cost one look, and lose their keys together.
func TestWatchIsOneLook(t *testing.T) {
	b, w := newWatched(t)
	names := []string{acme}
	for _, name := range []string{"beta", "gamma"} {
		b.add(name)
		names = append(names, name)
	}
	var handles []*keysource.Handle
	for _, name := range names {
		handles = append(handles, b.acquire(name))
	}
	b.watch()
	if n := w.Looks(); n != 1 {
		t.Errorf("%d looks at one master key", n)
	}
	w.See(keysource.KeyNotFound)
	b.watch()
	for _, h := range handles {
		wantCheck(t, h, keysource.KeyNotFound)
	}
}
