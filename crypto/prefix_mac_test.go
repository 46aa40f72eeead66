package crypto

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"math/rand/v2"
	"testing"
)

// TestPrefixMACIsHMAC holds the resumed HMAC against crypto/hmac for lengths around every block border.
func TestPrefixMACIsHMAC(t *testing.T) {
	random := rand.NewChaCha8([32]byte{1})
	read := func(n int) []byte {
		b := make([]byte, n)
		random.Read(b)
		return b
	}
	for first := 0; first < 140; first += 7 {
		for second := 0; second < 140; second++ {
			key, a, b := read(32), read(first), read(second)
			m, err := newPrefixMAC(key, a)
			if err != nil {
				t.Fatal(err)
			}
			h := hmac.New(sha256.New, key)
			h.Write(appendParts(nil, a, b))
			want := h.Sum(nil)
			for range 2 { // the second time with a used scratch
				s := m.sum(b)
				if !bytes.Equal(s.sum[:], want) {
					t.Fatalf("%d and %d bytes: %x, want %x", first, second, s.sum, want)
				}
				m.scratch.Put(s)
			}
		}
	}
}
