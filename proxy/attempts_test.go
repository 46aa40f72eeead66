package proxy

import (
	"net/netip"
	"testing"
	"time"
)

func TestAttempts(t *testing.T) {
	now := time.Unix(1000, 0)
	a := newAttempts(3)
	a.now = func() time.Time { return now }
	one, two := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("192.0.2.2")
	for i := range 3 {
		if !a.allow(one) {
			t.Fatalf("held back after %d", i)
		}
		a.failed(one)
	}
	if a.allow(one) || !a.allow(two) {
		t.Error("the address itself, and no other, is held back")
	}
	now = now.Add(19 * time.Second)
	if a.allow(one) {
		t.Error("let in too soon")
	}
	now = now.Add(2 * time.Second)
	if !a.allow(one) {
		t.Error("not let in after its time")
	}
	if six := netip.MustParseAddr("2001:db8::1"); true {
		for range 3 {
			a.failed(six)
		}
		if a.allow(netip.MustParseAddr("2001:db8::ffff:1")) || !a.allow(netip.MustParseAddr("2001:db8:0:1::1")) {
			t.Error("a subscriber's network is one")
		}
	}
	for range 10 {
		a.failed(netip.Addr{})
	}
	if !a.allow(netip.Addr{}) {
		t.Error("a Unix socket is held back")
	}
	if off := newAttempts(-1); true {
		off.failed(one)
		if !off.allow(one) {
			t.Error("held back without a limit")
		}
	}
}

// However many addresses try, what is remembered is bounded, and those that tried most are not forgotten for it.
func TestAttemptsAreBounded(t *testing.T) {
	now := time.Unix(1000, 0)
	a := newAttempts(3)
	a.now = func() time.Time { return now }
	busy := netip.MustParseAddr("192.0.2.1")
	for range 3 {
		a.failed(busy)
	}
	for i := range maxHeldBack + 100 {
		a.failed(netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}))
	}
	if len(a.levels) > maxHeldBack || a.allow(busy) {
		t.Errorf("%d addresses; held back: %v", len(a.levels), !a.allow(busy))
	}
	now = now.Add(time.Minute)
	a.failed(netip.MustParseAddr("10.9.9.9"))
	if len(a.levels) > 2 {
		t.Errorf("%d addresses after their time", len(a.levels))
	}
}
