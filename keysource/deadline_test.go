package keysource_test

import (
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource"
)

// TestDeadline: a key ends with its cache time, to the nanosecond, by whichever clock comes there first.
func TestDeadline(t *testing.T) {
	for _, c := range []struct {
		name string
		move func(b *rig)
		over bool
	}{
		{"a nanosecond before", func(b *rig) { b.clock.Advance(cacheTime - 1) }, false},
		{"at the deadline", func(b *rig) { b.clock.Advance(cacheTime) }, true},
		{"clock set back, a nanosecond before", func(b *rig) { b.clock.SetWall(-time.Hour); b.clock.Advance(cacheTime - 1) }, false},
		{"clock set back", func(b *rig) { b.clock.SetWall(-time.Hour); b.clock.Advance(cacheTime) }, true},
		{"clock set back again and again", func(b *rig) {
			for range 10 {
				b.clock.Advance(cacheTime / 10)
				b.clock.SetWall(-cacheTime / 10)
			}
		}, true},
		{"clock set forward", func(b *rig) { b.clock.SetWall(cacheTime) }, true},
		{"suspended", func(b *rig) { b.clock.Suspend(cacheTime) }, true},
		{"suspended for less", func(b *rig) { b.clock.Suspend(cacheTime - 1) }, false},
		{"suspended with the clock set back", func(b *rig) { b.clock.Suspend(cacheTime); b.clock.SetWall(-24 * time.Hour) }, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newRig(t)
			h := b.acquire(acme)
			value := sealed(t, h, 1, "title", "a secret")
			c.move(b)
			if !c.over {
				wantCheck(t, h, 0)
				wantOpen(t, h, "title", value, "a secret")
				b.wantAsk(0)
				b.wantCalls(1)
				return
			}
			wantCheck(t, h, keysource.KMSUnreachable)
			wantRefused(t, h, value, keysource.KMSUnreachable)
			b.wantAsk(0) // asks the KMS anew
			b.wantCalls(2)
			wantCheck(t, h, keysource.KMSUnreachable) // the old handle stays dead
		})
	}
}

// TestDeadlineCountsFromSending: the time that the KMS takes is not given away.
func TestDeadlineCountsFromSending(t *testing.T) {
	b := newRig(t)
	b.wrapper.Before(func(string, keysource.KeySpec) { b.clock.Advance(2 * time.Second) })
	began := b.clock.Now()
	h := b.acquire(acme)
	if want := began.Add(cacheTime); !h.Deadline().Equal(want) {
		t.Errorf("deadline %v, want %v", h.Deadline(), want)
	}
	b.clock.Advance(cacheTime - 2*time.Second - 1)
	wantCheck(t, h, 0)
	b.clock.Advance(1)
	wantCheck(t, h, keysource.KMSUnreachable)
}

// TestDeadlineIsNotExtendedByUse: nobody who goes on using a key has it for longer.
func TestDeadlineIsNotExtendedByUse(t *testing.T) {
	b := newRig(t)
	h := b.acquire(acme)
	want := h.Deadline()
	for range 299 {
		b.clock.Advance(time.Second)
		b.wantAsk(0)
		sealed(t, h, 1, "title", "in use")
	}
	if !h.Deadline().Equal(want) {
		t.Errorf("deadline %v, want %v", h.Deadline(), want)
	}
	b.clock.Advance(time.Second)
	wantCheck(t, h, keysource.KMSUnreachable)
	b.wantCalls(1)
}

// TestDeadlineOfHandle: the wall time that a handle tells follows the clock that ends it first.
func TestDeadlineOfHandle(t *testing.T) {
	b := newRig(t)
	h := b.acquire(acme)
	b.clock.SetWall(-time.Hour)
	if want := b.clock.Now().Add(cacheTime); !h.Deadline().Equal(want) {
		t.Errorf("deadline %v, want %v", h.Deadline(), want)
	}
}

// TestSweepDestroys: what is over is not kept in memory until somebody asks, but until the last user lets go.
func TestSweepDestroys(t *testing.T) {
	b := newRig(t)
	h := b.acquire(acme)
	g := h.Current()
	b.clock.Advance(cacheTime)
	b.sweep()
	if _, err := g.Column(column("title")); err != nil {
		t.Errorf("destroyed under its user: %v", err)
	}
	h.Release()
	if _, err := g.Column(column("other")); err == nil {
		t.Error("the key is still there after the last release")
	}
	if got := b.ring.Status(acme); got.State != keysource.StateUnknown {
		t.Errorf("status %+v", got)
	}
	if len(b.heard.evicted) != 0 {
		t.Errorf("evictions heard of: %v", b.heard.evicted)
	}
}

// TestLongerCacheTime: what is held is refreshed before it ends, not when the new cache time would want it.
func TestLongerCacheTime(t *testing.T) {
	b := newRig(t)
	b.wantAsk(0)
	setCacheTime(b.store, time.Hour)
	b.poll()
	b.wantAsk(0)
	b.clock.Advance(cacheTime * 8 / 10)
	b.sweep()
	b.wantCalls(2)
	if got, want := b.acquire(acme).Deadline(), b.clock.Now().Add(time.Hour); !got.Equal(want) {
		t.Errorf("deadline %v, want %v", got, want)
	}
}

// TestShorterCacheTime: a cache time that was shortened counts for what is held; a longer one from the next yes on.
func TestShorterCacheTime(t *testing.T) {
	b := newRig(t)
	h := b.acquire(acme)
	began := b.clock.Now()
	setCacheTime(b.store, time.Hour)
	b.poll()
	if want := began.Add(cacheTime); !h.Deadline().Equal(want) {
		t.Errorf("deadline %v after a longer cache time, want %v", h.Deadline(), want)
	}
	b.wantAsk(0)
	setCacheTime(b.store, time.Minute)
	b.poll()
	if want := began.Add(time.Minute); !h.Deadline().Equal(want) {
		t.Errorf("deadline %v, want %v", h.Deadline(), want)
	}
	b.wantCalls(1)
	b.clock.Advance(48 * time.Second)
	b.wantAsk(0)
	b.sweep() // 80 % of the new cache time
	b.wantCalls(2)
}
