package crypto

import (
	"crypto/cipher"
	"errors"
	"sync"
	"testing"
)

// TestPrefixIsReplaced: the last value of a prefix is the 2^20th, also when several goroutines race for it.
func TestPrefixIsReplaced(t *testing.T) {
	g := newGeneration(t)
	k := columnKey(t, g, goldenColumn)
	first := mustSeal(t, k, Randomized, "x")
	const left = 100
	k.keys.Load().randomized.sealing.Load().used.Store(valuesPerPrefix - left)

	var mu sync.Mutex
	count := map[[prefixSize]byte]int{}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range left {
				v, err := k.Seal(nil, Randomized, []byte("x"))
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				count[[prefixSize]byte(v[headerSize:])]++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if n := count[[prefixSize]byte(first[headerSize:])]; n != left || len(count) != 2 {
		t.Errorf("%d more values under the first prefix, want %d; %d prefixes, want 2", n, left, len(count))
	}
	if _, err := k.Open(nil, first); err != nil {
		t.Errorf("a value of the former prefix: %v", err)
	}
}

// TestPrefixIsReplacedOnce: of several goroutines that find the same prefix spent, one draws and the others take what it drew.
func TestPrefixIsReplacedOnce(t *testing.T) {
	k := columnKey(t, newGeneration(t), goldenColumn)
	mustSeal(t, k, Randomized, "x")
	r := &k.keys.Load().randomized
	spent := r.sealing.Load()
	for range 2 {
		if err := r.draw(spent); err != nil {
			t.Fatal(err)
		}
	}
	if n := cached(k.generation); n != 2 || r.sealing.Load() == spent {
		t.Errorf("%d prefixes drawn, want 2", n)
	}
}

// TestEachProcessDraws: another generation object of the same key, as after a restart, draws its own prefix.
func TestEachProcessDraws(t *testing.T) {
	a := mustSeal(t, columnKey(t, newGeneration(t), goldenColumn), Randomized, "x")
	k := columnKey(t, newGeneration(t), goldenColumn)
	b := mustSeal(t, k, Randomized, "x")
	if [prefixSize]byte(a[headerSize:]) == [prefixSize]byte(b[headerSize:]) {
		t.Error("the same prefix twice")
	}
	if _, err := k.Open(nil, a); err != nil {
		t.Errorf("the other process's value: %v", err)
	}
}

// TestPrefixCacheIsBounded opens values of far more prefixes than are kept.
func TestPrefixCacheIsBounded(t *testing.T) {
	g := newGeneration(t)
	k := columnKey(t, g, goldenColumn)
	for range 4 * cacheSets * cacheWays {
		other, err := newColumnKey(g, goldenColumn)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := k.Open(nil, mustSeal(t, other, Randomized, "x")); err != nil {
			t.Fatal(err)
		}
	}
	if n := cached(g); n == 0 || n > cacheSets*cacheWays {
		t.Errorf("%d prefixes cached", n)
	}
}

// TestForgedPrefixIsNotCached: whoever writes rubbish into the table can't push out what is in use.
func TestForgedPrefixIsNotCached(t *testing.T) {
	g := newGeneration(t)
	k := columnKey(t, g, goldenColumn)
	v := mustSeal(t, k, Randomized, "x")
	before := cached(g)
	for i := range 256 {
		v[headerSize] = byte(i)
		v[len(v)-1]++
		if _, err := k.Open(nil, v); !errors.Is(err, ErrNotAuthentic) {
			t.Fatal(err)
		}
	}
	if n := cached(g); n != before {
		t.Errorf("%d prefixes cached, want %d", n, before)
	}
}

// TestPrefixCacheSeparatesColumns: the same prefix in two columns means two subkeys.
func TestPrefixCacheSeparatesColumns(t *testing.T) {
	g := newGeneration(t)
	a := columnKey(t, g, goldenColumn)
	b := columnKey(t, g, Column{NewDomainID("email"), "text"})
	g.prefixes.drop()
	ra, rb := &a.keys.Load().randomized, &b.keys.Load().randomized
	prefix := [prefixSize]byte{1, 2, 3}
	aeads := map[cipher.AEAD]bool{}
	for _, r := range []*randomized{ra, rb} {
		aead, err := r.xaes.gcm(prefix)
		if err != nil {
			t.Fatal(err)
		}
		r.remember(prefix, aead)
		aeads[aead] = true
	}
	if x, y := g.prefixes.get(ra, &prefix), g.prefixes.get(rb, &prefix); x == nil || y == nil || x == y || len(aeads) != 2 {
		t.Error("the columns share a subkey")
	}
}

// TestRememberAfterDestroy: a value opened during Destroy leaves nothing behind in the emptied cache.
func TestRememberAfterDestroy(t *testing.T) {
	g := newGeneration(t)
	r := &columnKey(t, g, goldenColumn).keys.Load().randomized
	aead, err := r.xaes.gcm([prefixSize]byte{})
	if err != nil {
		t.Fatal(err)
	}
	g.Destroy()
	r.remember([prefixSize]byte{}, aead)
	if n := cached(g); n != 0 {
		t.Errorf("%d prefixes cached", n)
	}
}

func cached(g *Generation) int {
	n := 0
	for i := range g.prefixes.slots {
		for j := range g.prefixes.slots[i] {
			if g.prefixes.slots[i][j].Load() != nil {
				n++
			}
		}
	}
	return n
}
