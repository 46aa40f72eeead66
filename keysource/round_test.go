package keysource_test

import (
	"bytes"
	"testing"

	"github.com/legatics/pgseal/crypto"
)

// TestRounds: each round of a deterministic column has a generation of its own, the newest when it began, in every proxy; those of before stay.
func TestRounds(t *testing.T) {
	b := newRig(t)
	seal := func(r *rig, round int) []byte {
		t.Helper()
		v, err := r.acquire(acme).SealIn(nil, column("email"), crypto.Deterministic, round, []byte("a@example.org"))
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	first := seal(b, 0)
	stale := b.another()
	stale.acquire(acme) // holds the lease of before
	rotate(b)
	b.poll()
	second := seal(b, 1)
	if header, err := crypto.ParseHeader(second); err != nil || header.Number != b.store.Record(acme).Current.Number || header.Number != b.acquire(acme).Newest() {
		t.Errorf("the next round began under %+v, %v", header, err)
	}
	rotate(b)
	for _, r := range []*rig{b, stale, b.another()} {
		if !bytes.Equal(first, seal(r, 0)) || !bytes.Equal(second, seal(r, 1)) {
			t.Error("two proxies seal the same value of a round differently")
		}
		wantOpen(t, r.acquire(acme), "email", second, "a@example.org")
		n, err := r.acquire(acme).Pinned(column("email").ID, 1)
		if header, _ := crypto.ParseHeader(second); err != nil || n != header.Number {
			t.Errorf("pinned: %v, %v", n, err)
		}
	}
	if n := len(b.store.Record(acme).Pins); n != 2 {
		t.Errorf("%d pins", n)
	}
}
