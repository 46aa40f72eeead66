package keysource_test

import (
	"context"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource"
)

// running has Run at work at short intervals, and stops it with the test.
func running(b *rig) {
	b.t.Helper()
	ctx, cancel := context.WithCancel(b.t.Context())
	done := make(chan error, 1)
	go func() { done <- b.ring.Run(ctx) }()
	b.t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			b.t.Errorf("Run: %v", err)
		}
	})
}

func often(o *keysource.Options) {
	o.Sweep, o.Poll, o.Watch = time.Millisecond, time.Millisecond, time.Millisecond
}

// TestRun: refreshes, ends, locks and master keys that are gone are noticed without anybody asking.
func TestRun(t *testing.T) {
	b, w := newWatched(t, often)
	running(b)
	h := b.acquire(acme)
	b.wantAsk(0)
	b.clock.Advance(cacheTime * 8 / 10)
	waitFor(t, "the refresh", func() bool { return b.calls() == 2 })
	b.store.Lock(acme, "officer", b.clock.Now())
	waitFor(t, "the lock", func() bool { return keysource.KindOf(h.Check()) == keysource.KeyLocked })
	b.store.Unlock(acme)
	waitFor(t, "the unlocking", func() bool { return b.ask() == 0 })
	h = b.acquire(acme)
	w.See(keysource.KeyNotFound)
	waitFor(t, "the withdrawal", func() bool { return keysource.KindOf(h.Check()) == keysource.KeyNotFound })
	w.See(0)
	waitFor(t, "the return", func() bool { return b.ask() == 0 })
	b.clock.Advance(cacheTime)
	waitFor(t, "the end", func() bool { return b.ring.Status(acme).State == keysource.StateUnknown })
}

// TestHint: a hint is followed at once, and many are not followed one by one.
func TestHint(t *testing.T) {
	polls := make(chan struct{}, 1000)
	b := newRig(t) // polls every second, which is too late for this test
	h := b.acquire(acme)
	b.store.Before(func(op string) {
		if op == "changed" {
			polls <- struct{}{}
		}
	})
	running(b)
	began := time.Now()
	b.store.Lock(acme, "officer", b.clock.Now())
	b.ring.Hint()
	waitFor(t, "the lock", func() bool { return h.Check() != nil })
	for time.Since(began) < 500*time.Millisecond {
		b.ring.Hint()
	}
	if n := len(polls); n > 8 {
		t.Errorf("%d looks in half a second", n)
	}
}

// TestIntervals: no setting makes a lock or a withdrawal be noticed later than promised.
func TestIntervals(t *testing.T) {
	b, w := newWatched(t, func(o *keysource.Options) { o.Poll, o.Watch = time.Hour, time.Hour })
	running(b)
	h := b.acquire(acme)
	began := time.Now()
	b.store.Lock(acme, "officer", b.clock.Now())
	waitFor(t, "the lock", func() bool { return h.Check() != nil })
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("the lock was noticed after %v", took)
	}
	if w.Looks() == 0 {
		t.Error("the master key was not looked at")
	}
}
