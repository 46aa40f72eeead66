package keysource_test

import (
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource"
)

// TestRefreshAhead: a key in use is fetched again before its cache time is over, once, and nobody waits for it.
func TestRefreshAhead(t *testing.T) {
	b := newRig(t)
	old := b.acquire(acme)
	b.wantAsk(0)
	b.clock.Advance(cacheTime*8/10 - 1)
	b.sweep()
	b.wantCalls(1) // too early
	b.clock.Advance(1)
	sent := b.clock.Now()
	for range 3 {
		b.sweep()
	}
	b.wantCalls(2)
	h := b.acquire(acme)
	if want := sent.Add(cacheTime); !h.Deadline().Equal(want) {
		t.Errorf("deadline %v, want %v", h.Deadline(), want)
	}
	value := sealed(t, h, 1, "title", "a secret")
	wantOpen(t, old, "title", value, "a secret") // the same keys
	b.clock.Advance(cacheTime * 2 / 10)
	wantCheck(t, old, keysource.KMSUnreachable) // its own deadline
	wantCheck(t, h, 0)
	g := old.Current()
	old.Release()
	if _, err := g.Column(column("other")); err == nil {
		t.Error("the key of the old lease is still there after its last release")
	}
}

// TestNoRefreshUnused: a key that nobody acquired since it was fetched is let go.
func TestNoRefreshUnused(t *testing.T) {
	b := newRig(t)
	b.acquire(acme)
	b.clock.Advance(cacheTime - 1)
	b.sweep()
	b.wantCalls(1)
	b.wantAsk(0) // used in the last moment
	b.sweep()
	b.wantCalls(2)
	b.clock.Advance(cacheTime - 1)
	b.sweep()
	b.wantCalls(2) // not used since then
}

// TestRefreshJitter: refreshes are spread over the time from 70 to 80 %.
func TestRefreshJitter(t *testing.T) {
	for random, percent := range map[float64]time.Duration{0: 80, 0.5: 75, 1: 70} {
		b := newRig(t, func(o *keysource.Options) { o.Random = func() float64 { return random } })
		b.acquire(acme)
		b.wantAsk(0)
		b.clock.Advance(cacheTime*percent/100 - time.Millisecond)
		b.sweep()
		b.wantCalls(1)
		b.clock.Advance(2 * time.Millisecond)
		b.sweep()
		b.wantCalls(2)
	}
}

// TestRefreshFails: while the KMS is silent the refresh is tried again at growing distances, and only while the key is used.
func TestRefreshFails(t *testing.T) {
	b := newRig(t)
	b.acquire(acme)
	b.clock.Advance(cacheTime * 8 / 10) // a minute is left
	b.wrapper.Answer(keysource.KMSThrottled)
	var at []time.Duration
	for s := time.Duration(0); s < 40*time.Second; s += 100 * time.Millisecond {
		b.wantAsk(0)
		before := b.calls()
		b.sweep()
		if b.calls() > before {
			at = append(at, s)
		}
		b.clock.Advance(100 * time.Millisecond)
	}
	if want := []time.Duration{0, 1e9, 3e9, 7e9, 15e9, 31e9}; !equal(at, want) {
		t.Errorf("tried at %v, want %v", at, want)
	}
	b.sweep() // the last use
	n := b.calls()
	b.clock.Advance(19 * time.Second)
	b.sweep()
	b.wantCalls(n)
	b.wrapper.Answer(0)
	b.wantAsk(0)
	b.clock.Advance(500 * time.Millisecond)
	b.sweep()
	if got := b.ring.Status(acme); got.State != keysource.StateUnreachable { // not asked yet: 30 s are not over
		t.Errorf("status %+v", got)
	}
	b.clock.Advance(time.Minute)
	b.wantAsk(0)
	if got := b.ring.Status(acme); got.State != keysource.StateAvailable || got.Failure != nil {
		t.Errorf("status %+v", got)
	}
}

// TestMissedAfterRefreshFails: when the cache time is over, the first who misses the key has it asked for at once, however long the delay after the
// last refresh that failed; from then on the delays are those of a key that is missed.
func TestMissedAfterRefreshFails(t *testing.T) {
	b := newRig(t)
	h := b.acquire(acme)
	b.clock.Advance(cacheTime * 8 / 10)
	b.wrapper.Answer(keysource.KMSUnreachable)
	for h.Check() == nil { // tried 0, 1, 3, 7, 15 and 31 s later; the next one is due 61 s later
		b.wantAsk(0)
		b.sweep()
		b.clock.Advance(500 * time.Millisecond)
	}
	n := b.calls()
	b.wantAsk(keysource.KMSUnreachable)
	b.wantCalls(n + 1)
	b.wantAsk(keysource.KMSUnreachable)
	b.wantCalls(n + 1)
	b.clock.Advance(time.Second)
	b.wrapper.Answer(0)
	b.wantAsk(0)
	b.wantCalls(n + 2)
}

func equal(a, b []time.Duration) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// TestProbes: after a no the KMS is asked after 1, 2, 4 .. 30 seconds while somebody asks, and everybody else hears the same no.
func TestProbes(t *testing.T) {
	for _, kind := range []keysource.Kind{keysource.AccessDenied, keysource.KMSUnreachable, keysource.KeyMismatch} {
		b := newRig(t)
		b.wrapper.Answer(kind)
		since := b.clock.Now()
		var gaps []time.Duration
		var last time.Duration
		for s := time.Duration(0); s < 125*time.Second; s += 100 * time.Millisecond {
			before := b.calls()
			_, err := b.ring.Acquire(t.Context(), acme)
			if kindOf(t, err) != kind || !err.(*keysource.Error).Since.Equal(since) {
				t.Fatalf("after %v: %v, since %v", s, err, err.(*keysource.Error).Since)
			}
			if b.calls() > before {
				gaps, last = append(gaps, s-last), s
			}
			b.clock.Advance(100 * time.Millisecond)
		}
		if want := []time.Duration{0, 1e9, 2e9, 4e9, 8e9, 16e9, 30e9, 30e9, 30e9}; !equal(gaps, want) {
			t.Errorf("%v: probes after %v, want %v", kind, gaps, want)
		}
	}
}

// TestNoProbeUnasked: nobody asks, nothing is asked; whoever asks after long is the probe.
func TestNoProbeUnasked(t *testing.T) {
	b := newRig(t)
	b.wrapper.Answer(keysource.KeyDisabled)
	b.wantAsk(keysource.KeyDisabled)
	for range 600 {
		b.clock.Advance(time.Second)
		b.sweep()
		b.poll()
		b.watch()
	}
	b.wantCalls(1)
	b.wrapper.Answer(0)
	b.wantAsk(0)
	b.wantCalls(2)
}

// TestSince: the time of the first answer of the same meaning; another meaning begins anew, probes included.
func TestSince(t *testing.T) {
	b := newRig(t)
	ask := func(k keysource.Kind) time.Time {
		t.Helper()
		b.wrapper.Answer(k)
		_, err := b.ring.Acquire(t.Context(), acme)
		if kindOf(t, err) != k {
			t.Fatalf("%v, want %v", err, k)
		}
		return err.(*keysource.Error).Since
	}
	outage := b.clock.Now()
	for _, k := range []keysource.Kind{keysource.KMSUnreachable, keysource.KMSThrottled, keysource.KMSCredentials} {
		if got := ask(k); !got.Equal(outage) {
			t.Errorf("%v since %v, want %v", k, got, outage)
		}
		b.clock.Advance(time.Minute)
	}
	withdrawal := b.clock.Now()
	if got := ask(keysource.AccessDenied); !got.Equal(withdrawal) {
		t.Errorf("since %v, want %v", got, withdrawal)
	}
	b.clock.Advance(time.Second) // the first probe again
	if got := ask(keysource.KeyDisabled); !got.Equal(withdrawal) {
		t.Errorf("since %v, want %v", got, withdrawal)
	}
}
