package crypto

import (
	"bytes"
	"fmt"
	"testing"
)

// The sizes are those of a flag, of a short text (the size that the goals speak of) and of a document.
var benchSizes = []int{4, 100, 4096}

func BenchmarkSeal(b *testing.B) {
	forEachMode(b, func(b *testing.B, k *ColumnKey, m Mode, plaintext []byte) {
		dst := make([]byte, 0, len(plaintext)+OverheadRandomized)
		for b.Loop() {
			dst, _ = k.Seal(dst[:0], m, plaintext)
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	forEachMode(b, func(b *testing.B, k *ColumnKey, m Mode, plaintext []byte) {
		sealed, _ := k.Seal(nil, m, plaintext)
		dst := make([]byte, 0, len(plaintext))
		for b.Loop() {
			var err error
			if dst, err = k.Open(dst[:0], sealed); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkSealArmoured(b *testing.B) {
	forEachMode(b, func(b *testing.B, k *ColumnKey, m Mode, plaintext []byte) {
		var sealed, text []byte
		for b.Loop() {
			sealed, _ = k.Seal(sealed[:0], m, plaintext)
			text = AppendArmour(text[:0], sealed)
		}
	})
}

func BenchmarkOpenArmoured(b *testing.B) {
	forEachMode(b, func(b *testing.B, k *ColumnKey, m Mode, plaintext []byte) {
		sealed, _ := k.Seal(nil, m, plaintext)
		text := AppendArmour(nil, sealed)
		var dst []byte
		for b.Loop() {
			sealed, _ = AppendUnarmour(sealed[:0], text)
			var err error
			if dst, err = k.Open(dst[:0], sealed); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkOpenStrangePrefix opens values of which each has a prefix of its own: the price of a miss in the prefix cache.
func BenchmarkOpenStrangePrefix(b *testing.B) {
	g := NewGeneration(goldenTag, goldenTenant, goldenNumber, goldenKey(b))
	defer g.Destroy()
	plaintext := bytes.Repeat([]byte("x"), 100)
	values := make([][]byte, 8*cacheSets*cacheWays)
	for i := range values {
		k, err := newColumnKey(g, goldenColumn)
		if err != nil {
			b.Fatal(err)
		}
		if values[i], err = k.Seal(nil, Randomized, plaintext); err != nil {
			b.Fatal(err)
		}
	}
	k, _ := g.Column(goldenColumn)
	dst := make([]byte, 0, len(plaintext))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := k.Open(dst, values[i%len(values)]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkColumn(b *testing.B) {
	g := NewGeneration(goldenTag, goldenTenant, goldenNumber, goldenKey(b))
	defer g.Destroy()
	b.Run("cached", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, _ = g.Column(goldenColumn)
		}
	})
	b.Run("derived", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, _ = newColumnKey(g, goldenColumn)
		}
	})
}

func forEachMode(b *testing.B, f func(*testing.B, *ColumnKey, Mode, []byte)) {
	g := NewGeneration(goldenTag, goldenTenant, goldenNumber, goldenKey(b))
	defer g.Destroy()
	k, err := g.Column(goldenColumn)
	if err != nil {
		b.Fatal(err)
	}
	for _, m := range []Mode{Randomized, Deterministic} {
		for _, n := range benchSizes {
			b.Run(fmt.Sprintf("%s/%d", m, n), func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(n))
				f(b, k, m, bytes.Repeat([]byte("x"), n))
			})
		}
	}
}
