package crypto

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"math/rand/v2"
	"testing"
)

// TestHMACWithoutTrace holds it against crypto/hmac.
func TestHMACWithoutTrace(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	random := func(n int) []byte {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(r.Uint32())
		}
		return b
	}
	for keySize := range sha256.BlockSize + 1 {
		for _, size := range []int{0, 1, 31, 32, 33, 55, 56, 63, 64, 65, 127, 128, 200} {
			key, message := random(keySize), random(size)
			mac := hmac.New(sha256.New, key)
			mac.Write(message)
			var sum [sha256.Size]byte
			hmacWithoutTrace(sum[:], key, message)
			if !bytes.Equal(sum[:], mac.Sum(nil)) {
				t.Fatalf("key of %d bytes, message of %d", keySize, size)
			}
		}
	}
}
