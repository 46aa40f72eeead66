//go:build !race

package keysource_test

import (
	"testing"

	"github.com/legatics/pgseal/crypto"
)

// TestNoAllocations: sealing and opening through a handle allocates nothing. (The race detector makes sync.Pool forget.)
func TestNoAllocations(t *testing.T) {
	b := newRig(t)
	h := b.acquire(acme)
	c, plaintext, buf := column("title"), []byte("a secret"), make([]byte, 0, 256)
	for _, m := range []crypto.Mode{crypto.Randomized, crypto.Deterministic} {
		value := sealed(t, h, m, "title", "a secret")
		if n := testing.AllocsPerRun(100, func() {
			if _, err := h.Seal(buf, c, m, plaintext); err != nil {
				t.Error(err)
			}
			if _, err := h.Open(buf, c, value); err != nil {
				t.Error(err)
			}
		}); n != 0 {
			t.Errorf("%v: %v allocations", m, n)
		}
	}
}
