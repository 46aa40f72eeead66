//go:build !race

package crypto

import (
	"bytes"
	"testing"
)

// Sealing and opening run for every cell of every row, so they must leave nothing for the collector. (The race detector
// makes sync.Pool forget on purpose; hence the build constraint.)
func TestNoAllocations(t *testing.T) {
	g := newGeneration(t)
	k := columnKey(t, g, goldenColumn)
	plaintext := bytes.Repeat([]byte("x"), 100)
	dst, text := make([]byte, 0, 200), make([]byte, 0, 300)
	for _, m := range bothModes {
		sealed := mustSeal(t, k, m, string(plaintext))
		armoured := AppendArmour(nil, sealed)
		for what, f := range map[string]func() error{
			"Seal": func() error { _, err := k.Seal(dst, m, plaintext); return err },
			"Open": func() error { _, err := k.Open(dst, sealed); return err },
			"Seal, armour": func() error {
				out, err := k.Seal(dst, m, plaintext)
				AppendArmour(text, out)
				return err
			},
			"unarmour, Open": func() error {
				out, err := AppendUnarmour(text, armoured)
				if err != nil {
					return err
				}
				_, err = k.Open(dst, out)
				return err
			},
			"Column":     func() error { _, err := g.Column(goldenColumn); return err },
			"CarriesTag": func() error { CarriesTag(goldenTag, sealed); return nil },
			"padding":    func() error { _, err := Unpad(AppendPadded(dst, plaintext, 32)); return err },
		} {
			if n := testing.AllocsPerRun(1000, func() {
				if err := f(); err != nil {
					t.Fatal(err)
				}
			}); n != 0 {
				t.Errorf("%s, %s: %v allocations, want 0", what, m, n)
			}
		}
	}
}

// TestOneAllocationWithoutRoom: without room in dst there is one allocation for the whole result.
func TestOneAllocationWithoutRoom(t *testing.T) {
	k := columnKey(t, newGeneration(t), goldenColumn)
	plaintext := bytes.Repeat([]byte("x"), 100)
	for _, m := range bothModes {
		if n := testing.AllocsPerRun(1000, func() { _, _ = k.Seal(nil, m, plaintext) }); n != 1 {
			t.Errorf("%s: %v allocations, want 1", m, n)
		}
	}
}
