package keysource_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource"
)

// waitFor waits until ok; it is for what other goroutines do.
func waitFor(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// TestSingleFlight: fifty sessions that begin together cost one call of the KMS and one read of the record.
func TestSingleFlight(t *testing.T) {
	for _, answer := range []keysource.Kind{0, keysource.AccessDenied, keysource.KMSUnreachable} {
		b := newRig(t)
		release := b.wrapper.Hang()
		b.wrapper.Answer(answer)
		kinds := make([]keysource.Kind, 50)
		var wg sync.WaitGroup
		for i := range kinds {
			wg.Go(func() { kinds[i] = b.ask() })
		}
		waitFor(t, "50 askers", func() bool { b.heard.mu.Lock(); defer b.heard.mu.Unlock(); return b.heard.misses == 50 })
		waitFor(t, "the call", func() bool { return b.calls() == 1 })
		release()
		wg.Wait()
		for i, k := range kinds {
			if k != answer {
				t.Errorf("asker %d: %v, want %v", i, k, answer)
			}
		}
		b.wantCalls(1)
		reads := 1
		if answer == keysource.AccessDenied {
			reads = 2 // is it still the same record?
		}
		if got := b.store.Reads(); got != reads {
			t.Errorf("%d reads, want %d", got, reads)
		}
	}
}

// TestFlightsAreApart: a tenant whose KMS hangs keeps no other waiting.
func TestFlightsAreApart(t *testing.T) {
	b := newRig(t)
	b.add("beta")
	defer b.wrapper.Hang()()
	var wg sync.WaitGroup
	wg.Go(func() { b.ask() })
	waitFor(t, "the call", func() bool { return b.calls() == 1 })
	b.wrapper.Hang()() // later calls go through
	b.acquire("beta")
	b.ring.Close()
	wg.Wait()
}

// TestWaiterLeaves: whoever gives up waiting gets its own error at once; the flight goes on for the others.
func TestWaiterLeaves(t *testing.T) {
	b := newRig(t)
	release := b.wrapper.Hang()
	ctx, cancel := context.WithCancel(t.Context())
	left := make(chan error)
	go func() {
		_, err := b.ring.Acquire(ctx, acme) // this one starts the flight
		left <- err
	}()
	waitFor(t, "the call", func() bool { return b.calls() == 1 })
	stayed := make(chan keysource.Kind)
	go func() { stayed <- b.ask() }()
	cancel()
	if err := <-left; kindOf(t, err) != keysource.KMSUnreachable || !errors.Is(err, context.Canceled) {
		t.Errorf("who left: %v", err)
	}
	release()
	if k := <-stayed; k != 0 {
		t.Errorf("who stayed: %v", k)
	}
	b.wantCalls(1)
}

// TestAllWaitersLeave: the answer is kept although nobody waits for it any more.
func TestAllWaitersLeave(t *testing.T) {
	b := newRig(t)
	if _, err := b.ring.Acquire(cancelled(t), acme); kindOf(t, err) != 0 && !errors.Is(err, context.Canceled) {
		t.Errorf("Acquire: %v", err)
	}
	b.ring.Settle()
	b.acquire(acme)
	b.wantCalls(1)
}

// TestFlightDeadline: a KMS that hangs is unreachable when the flight's own deadline is over, however patient the waiter is.
func TestFlightDeadline(t *testing.T) {
	b := newRig(t, func(o *keysource.Options) { o.CallTimeout = 50 * time.Millisecond })
	defer b.wrapper.Hang()()
	began := time.Now()
	_, err := b.ring.Acquire(t.Context(), acme)
	if kindOf(t, err) != keysource.KMSUnreachable || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Acquire: %v", err)
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
}

// TestHitNeedsNoOne: a key that is held is given out while KMS and store hang, and to whoever has no time left.
func TestHitNeedsNoOne(t *testing.T) {
	b := newRig(t)
	b.acquire(acme)
	defer b.wrapper.Hang()()
	b.store.Fail(errors.New("down"))
	h, err := b.ring.Acquire(cancelled(t), acme)
	if err != nil {
		t.Fatal(err)
	}
	h.Release()
	b.heard.mu.Lock()
	defer b.heard.mu.Unlock()
	if b.heard.hits != 1 || b.heard.misses != 1 {
		t.Errorf("%d hits, %d misses", b.heard.hits, b.heard.misses)
	}
}

// TestCloseWaits: Close comes back when nothing runs any more, however slow a driver is.
func TestCloseWaits(t *testing.T) {
	b := newRig(t)
	var back atomic.Bool
	b.wrapper.Before(func(string, keysource.KeySpec) {
		time.Sleep(50 * time.Millisecond)
		back.Store(true)
	})
	if _, err := b.ring.Acquire(cancelled(t), acme); err == nil {
		t.Fatal("an answer before the driver had one")
	}
	waitFor(t, "the call", func() bool { return b.calls() == 1 })
	b.ring.Close()
	if !back.Load() {
		t.Error("Close did not wait for the driver")
	}
}

// TestClose: what is under way is cancelled, handles fail, nothing begins any more, and no goroutine is left.
func TestClose(t *testing.T) {
	b := newRig(t)
	b.add("beta")
	h := b.acquire("beta")
	defer b.wrapper.Hang()()
	asked := make(chan error)
	go func() {
		_, err := b.ring.Acquire(t.Context(), acme)
		asked <- err
	}()
	waitFor(t, "the call", func() bool { return b.calls() == 2 })
	b.ring.Close()
	b.ring.Close()
	for _, err := range []error{<-asked, h.Check()} {
		if kindOf(t, err) != keysource.KMSUnreachable || !errors.Is(err, keysource.ErrClosed) {
			t.Errorf("after Close: %v", err)
		}
	}
	if _, err := b.ring.Acquire(t.Context(), acme); !errors.Is(err, keysource.ErrClosed) {
		t.Errorf("Acquire after Close: %v", err)
	}
	b.sweep()
	b.poll()
	b.watch()
	b.wantCalls(2)
	g := h.Current()
	if _, err := g.Column(column("title")); err != nil {
		t.Errorf("destroyed under its user: %v", err)
	}
	h.Release()
	if _, err := g.Column(column("other")); err == nil {
		t.Error("the key is still there after the last release")
	}
}
