package keysource_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource"
)

const drillTime = 2 * time.Minute

// order begins a drill in the rig's store.
func (b *rig) order(proxies ...string) keysource.Drill {
	d := keysource.Drill{ID: [16]byte{1}, Ordered: b.clock.Now(), Until: b.clock.Now().Add(drillTime), By: "officer", Proxies: proxies}
	b.store.Drill(acme, d)
	return d
}

// TestDrill: the key counts as denied until the drill's end, whoever held it; then it is asked for again, by itself. What it did is told.
func TestDrill(t *testing.T) {
	b := newRig(t)
	h := b.acquire(acme)
	value := sealed(t, h, 1, "title", "a secret")
	used := b.clock.Now()
	b.clock.Advance(10 * time.Second)
	d := b.order()
	b.clock.Advance(300 * time.Millisecond)
	noticed := b.clock.Now()
	b.poll()
	wantRefused(t, h, value, keysource.AccessDenied)
	err := h.Check().(*keysource.Error)
	if !err.Since.Equal(d.Ordered) || !strings.Contains(err.UserDetail(), "DRILL, ordered by officer") || !strings.Contains(err.UserHint(), "drill") ||
		!strings.Contains(err.Error(), "DRILL") || !err.DrillUntil().Equal(d.Until) {
		t.Errorf("%v: %s / %s", err, err.UserDetail(), err.UserHint())
	}
	b.clock.Advance(time.Second)
	refused := b.clock.Now()
	for range 3 {
		_, err := b.ring.Acquire(t.Context(), acme)
		b.ring.Refused(err.(*keysource.Error))
	}
	got := b.ring.Status(acme)
	if got.State != keysource.StateWithdrawn || got.Drill == nil || !got.Drill.Until.Equal(d.Until) {
		t.Errorf("status %+v", got)
	}
	r := got.Rehearsed
	if r == nil || r.Drill != "01000000000000000000000000000000" || !r.Noticed.Equal(noticed) || r.Held != 1 || r.Left != 1 || r.Destroyed != nil ||
		!r.LastValue.Equal(used) || !r.FirstRefusal.Equal(refused) || r.Refused["KU001"] != 3 || len(r.Refused) != 1 || r.Over != nil || r.FirstValue != nil {
		t.Fatalf("while it goes on: %+v", r)
	}
	b.clock.Advance(time.Second)
	h.Release()
	if r = b.ring.Status(acme).Rehearsed; r.Left != 0 || !r.Destroyed.Equal(b.clock.Now()) {
		t.Errorf("after the last release: %+v", r)
	}
	b.wantCalls(1)
	for step := time.Second; b.clock.Now().Before(d.Until.Add(-step)); {
		b.clock.Advance(step)
		b.sweep()
		b.poll()
		b.wantAsk(keysource.AccessDenied)
	}
	b.wantCalls(1) // a drill asks nobody
	b.clock.Advance(d.Until.Sub(b.clock.Now()))
	b.sweep()
	if got := b.ring.Status(acme); got.Drill != nil || got.State != keysource.StateUnknown || got.Rehearsed.Over == nil {
		t.Errorf("after its end, before anybody asks: %+v", got)
	}
	h = b.acquire(acme)
	wantOpen(t, h, "title", value, "a secret")
	if r = b.ring.Status(acme).Rehearsed; !r.FirstValue.Equal(d.Until) || !r.Over.Equal(d.Until) || !r.LastValue.Equal(used) || r.Refused["KU001"] != 3 {
		t.Errorf("after its end: %+v", r)
	}
	b.wantCalls(2)
	b.clock.Advance(11 * time.Minute)
	b.sweep()
	if b.ring.Status(acme).Rehearsed != nil {
		t.Error("it is told of for ever")
	}
}

// TestDrillAfterStart: a proxy that is started in a drill follows it; one whose name is not on the list does not.
func TestDrillAfterStart(t *testing.T) {
	b := newRig(t)
	b.order()
	b.wantAsk(keysource.AccessDenied)
	b.wantCalls(0)
	b.clock.Advance(drillTime) // nobody sweeps: the first who asks finds it over
	b.wantAsk(0)
	for name, want := range map[string]keysource.Kind{"a": keysource.AccessDenied, "c": 0, "": 0} {
		b := newRig(t, func(o *keysource.Options) { o.Name = name })
		b.order("a", "b")
		b.wantAsk(want)
	}
}

// TestDrillEndsWithoutStore: neither the command, nor the database nor this proxy's looks are needed for the end, and nothing that was held before
// is used again.
func TestDrillEndsWithoutStore(t *testing.T) {
	b := newRig(t)
	h := b.acquire(acme)
	b.order()
	b.poll()
	b.store.Fail(errLost)
	b.clock.Advance(drillTime)
	b.poll()
	b.sweep()
	b.wantAsk(keysource.KMSUnreachable)
	wantCheck(t, h, keysource.AccessDenied)
	b.store.Fail(nil)
	b.clock.Advance(time.Second)
	b.wantAsk(0)
}

// TestDrillEndedEarly: another end in the record counts as soon as the record is looked at.
func TestDrillEndedEarly(t *testing.T) {
	b := newRig(t)
	b.wantAsk(0)
	d := b.order()
	b.poll()
	b.wantAsk(keysource.AccessDenied)
	b.clock.Advance(time.Second)
	d.Until = b.clock.Now()
	b.store.Drill(acme, d)
	b.wantAsk(keysource.AccessDenied) // nobody looked yet
	b.poll()
	b.wantAsk(0)
	if r := b.ring.Status(acme).Rehearsed; !r.Over.Equal(d.Until) || b.ring.Status(acme).Kind != 0 {
		t.Errorf("%+v", r)
	}
}

// TestDrillClocks: it is the store's clock that counts, whatever the proxy's says; and setting the proxy's changes nothing.
func TestDrillClocks(t *testing.T) {
	const behind = time.Hour
	b := newRig(t)
	b.store.Clock(func() time.Time { return b.clock.Now().Add(behind) })
	at := b.clock.Now().Add(behind)
	b.store.Drill(acme, keysource.Drill{ID: [16]byte{1}, Ordered: at, Until: at.Add(drillTime)})
	b.clock.Advance(100 * time.Millisecond)
	b.wantAsk(keysource.AccessDenied)
	if r := b.ring.Status(acme).Rehearsed; !r.Noticed.Equal(at.Add(100 * time.Millisecond)) {
		t.Errorf("noticed at %v, want 100 ms after %v", r.Noticed, at)
	}
	b.clock.Advance(drillTime - 101*time.Millisecond)
	b.sweep()
	b.wantAsk(keysource.AccessDenied)
	b.clock.Advance(time.Millisecond)
	b.wantAsk(0)
}

// TestDrillAndLock: a lock in a drill is a lock, and a drill does not unlock.
func TestDrillAndLock(t *testing.T) {
	b := newRig(t)
	b.wantAsk(0)
	b.order()
	b.poll()
	b.store.Lock(acme, "officer", b.clock.Now())
	b.poll()
	b.wantAsk(keysource.KeyLocked)
	if got := b.ring.Status(acme); got.State != keysource.StateLocked || got.Drill != nil || got.Rehearsed.Over != nil {
		t.Errorf("status %+v", got)
	}
	b.clock.Advance(drillTime + time.Second)
	b.sweep()
	b.poll()
	b.clock.Advance(30 * time.Second)
	b.wantAsk(keysource.KeyLocked)
	b.store.Unlock(acme)
	b.poll()
	b.wantAsk(0)
}

// TestDrillHidesNoWithdrawal: a key that is really gone is told as that before, in and after a drill, and is asked for as ever; only when it is back
// does the drill's answer count.
func TestDrillHidesNoWithdrawal(t *testing.T) {
	b := newRig(t)
	refreshed(b)
	b.wrapper.Answer(keysource.KeyDisabled)
	b.sweep()
	b.wantAsk(keysource.KeyDisabled)
	b.order()
	b.poll()
	b.wantAsk(keysource.KeyDisabled)
	calls := b.calls()
	b.clock.Advance(31 * time.Second)
	b.wantAsk(keysource.KeyDisabled)
	b.wantCalls(calls + 1)
	if got := b.ring.Status(acme); got.Kind != keysource.KeyDisabled || got.Drill != nil || got.Rehearsed == nil {
		t.Errorf("status %+v", got)
	}
	b.wrapper.Answer(0)
	b.clock.Advance(31 * time.Second)
	b.wantAsk(keysource.AccessDenied)
	if got := b.ring.Status(acme); got.Drill == nil {
		t.Errorf("status %+v", got)
	}
	b.wrapper.Answer(keysource.KeyDisabled)
	b.clock.Advance(drillTime)
	b.wantAsk(keysource.KeyDisabled)
	if got := b.ring.Status(acme); got.Drill != nil || !got.Since.Equal(b.clock.Now()) {
		t.Errorf("the drill's no counts as the owner's: %+v", got)
	}
}

// TestDrillInFlight: a yes that was on its way when the drill was noticed counts no more.
func TestDrillInFlight(t *testing.T) {
	b := newRig(t)
	h := refreshed(b)
	release := b.wrapper.Hang()
	b.ring.Sweep(t.Context())
	waitFor(t, "the refresh", func() bool { return b.calls() == 2 })
	b.order()
	b.ring.Poll(t.Context())
	waitFor(t, "the drill", func() bool { return h.Check() != nil })
	release()
	b.ring.Settle()
	wantCheck(t, h, keysource.AccessDenied)
	b.wantAsk(keysource.AccessDenied)
	b.wantCalls(2)
}

// TestDrillExtendsNoCacheTime: an outage behind a drill is an outage: what was held before the drill is not.
func TestDrillExtendsNoCacheTime(t *testing.T) {
	b := newRig(t)
	b.wantAsk(0)
	b.order()
	b.poll()
	b.wrapper.Answer(keysource.KMSThrottled)
	b.clock.Advance(drillTime)
	b.wantAsk(keysource.KMSThrottled)
	if got := b.ring.Status(acme); !got.ReadableUntil.IsZero() {
		t.Errorf("status %+v", got)
	}
}

// TestSecondDrill is measured by itself.
func TestSecondDrill(t *testing.T) {
	b := newRig(t)
	b.wantAsk(0)
	b.order()
	b.poll()
	b.clock.Advance(drillTime)
	b.sweep()
	b.wantAsk(0)
	d := keysource.Drill{ID: [16]byte{2}, Ordered: b.clock.Now(), Until: b.clock.Now().Add(drillTime)}
	b.store.Drill(acme, d)
	b.poll()
	if r := b.ring.Status(acme).Rehearsed; r.Drill[:2] != "02" || r.Held != 1 || r.Left != 0 || len(r.Refused) != 0 || !r.Noticed.Equal(d.Ordered) {
		t.Errorf("%+v", r)
	}
}

// TestProbeOrder: who orders a probe has every proxy ask the KMS at once, whether it holds the key or was told no; once for each order.
func TestProbeOrder(t *testing.T) {
	b := newRig(t)
	h := b.acquire(acme)
	b.store.Probe(acme)
	b.poll()
	b.wantCalls(2)
	wantCheck(t, h, 0)
	b.poll()
	b.wantCalls(2)
	b.wrapper.Answer(keysource.KeyDisabled)
	b.store.Probe(acme)
	b.poll()
	wantCheck(t, h, keysource.KeyDisabled)
	for range 8 { // so that the next try is half a minute away
		b.clock.Advance(30 * time.Second)
		b.wantAsk(keysource.KeyDisabled)
	}
	b.wantAsk(keysource.KeyDisabled)
	calls := b.calls()
	b.wrapper.Answer(0)
	b.clock.Advance(time.Second)
	b.poll()
	b.wantCalls(calls)
	b.store.Probe(acme)
	b.poll()
	b.wantCalls(calls + 1)
	if got := b.ring.Status(acme); got.State != keysource.StateAvailable {
		t.Errorf("nobody asked, but the probe did: %+v", got)
	}
	b.add("beta")
	b.store.Probe("beta")
	b.poll()
	b.wantCalls(calls + 1) // nobody here uses it
}

// heardOf is a Journal.
type heardOf []keysource.Happening

func (j *heardOf) Happened(h keysource.Happening) { *j = append(*j, h) }

// TestDrillInJournal: a drill's no is never told as the key service's, and one of the key service's behind it is told.
func TestDrillInJournal(t *testing.T) {
	j := &heardOf{}
	b := newRig(t, func(o *keysource.Options) { o.Journal = j })
	b.wantAsk(0)
	b.order()
	b.poll()
	b.wrapper.Answer(keysource.AccessDenied)
	b.clock.Advance(drillTime)
	b.wantAsk(keysource.AccessDenied)
	var told []keysource.What
	for _, h := range *j {
		told = append(told, h.What)
		if h.What == keysource.Evicted && h.Failure.Drill == nil || h.What == keysource.Denied && h.Failure.Drill != nil {
			t.Errorf("%+v", h)
		}
	}
	if want := []keysource.What{keysource.Fetched, keysource.Evicted, keysource.Denied}; !slices.Equal(told, want) {
		t.Errorf("told of %v, want %v", told, want)
	}
}
