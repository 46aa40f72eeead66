package crypto

import (
	"bytes"
	"errors"
	"testing"
)

func TestPadding(t *testing.T) {
	for _, block := range []int{-1, 0, 1, 2, 16, 100, 4096} {
		for n := range 130 {
			plaintext := bytes.Repeat([]byte{0x80}, n)
			dirty := append(make([]byte, 0, 10_000), "before"...)
			for i := range dirty[:cap(dirty)][len(dirty):] {
				dirty[:cap(dirty)][len(dirty)+i] = 0xff // the zeros must be written, not found
			}
			padded, ok := bytes.CutPrefix(AppendPadded(dirty, plaintext, block), []byte("before"))
			if !ok || len(padded)%max(block, 1) != 0 || len(padded) <= n || len(padded) > n+max(block, 1) {
				t.Fatalf("%d bytes, block %d: padded to %d", n, block, len(padded))
			}
			got, err := Unpad(padded)
			if err != nil || !bytes.Equal(got, plaintext) {
				t.Fatalf("%d bytes, block %d: %x, %v", n, block, got, err)
			}
		}
	}
}

func TestUnpadRefuses(t *testing.T) {
	for _, padded := range [][]byte{nil, {0}, {0, 0, 0}, {1}, {0x80, 1}, {0x80, 0, 7, 0}, {0x81}, []byte("text")} {
		if got, err := Unpad(padded); !errors.Is(err, ErrMalformed) || got != nil {
			t.Errorf("%x: %x, %v", padded, got, err)
		}
	}
}
