package crypto

import (
	"bytes"
	"errors"
	"slices"
	"testing"
)

var bothModes = []Mode{Randomized, Deterministic}

func TestSealOpen(t *testing.T) {
	k := columnKey(t, newGeneration(t), goldenColumn)
	for _, m := range bothModes {
		for _, n := range []int{0, 1, 15, 16, 17, 100, 5000} {
			plaintext := bytes.Repeat([]byte{0x5a}, n)
			sealed, err := k.Seal([]byte("before"), m, plaintext)
			if err != nil {
				t.Fatal(err)
			}
			value, ok := bytes.CutPrefix(sealed, []byte("before"))
			if !ok || len(value) != n+m.overhead() {
				t.Fatalf("%s: %d bytes became %x", m, n, sealed)
			}
			if n >= 15 && bytes.Contains(value, plaintext) {
				t.Fatalf("%s: the plaintext is in %x", m, value)
			}
			h, err := ParseHeader(value)
			if err != nil || h != (Header{m, goldenTag, goldenNumber}) {
				t.Fatalf("%s: header %+v, %v", m, h, err)
			}
			opened, err := k.Open([]byte("before"), value)
			if err != nil || !bytes.Equal(opened, append([]byte("before"), plaintext...)) {
				t.Fatalf("%s: opened %x, %v", m, opened, err)
			}
		}
	}
}

func TestDeterministicIsDeterministic(t *testing.T) {
	g, other := newGeneration(t), newGeneration(t)
	k := columnKey(t, g, goldenColumn)
	a, b, c := mustSeal(t, k, Deterministic, "a"), mustSeal(t, k, Deterministic, "a"), mustSeal(t, k, Deterministic, "b")
	if !bytes.Equal(a, b) || bytes.Equal(a, c) {
		t.Error("equality of sealed values is not that of the plaintexts")
	}
	if !bytes.Equal(a, mustSeal(t, columnKey(t, other, goldenColumn), Deterministic, "a")) {
		t.Error("another process seals another value")
	}
	domain := Column{NewDomainID("email"), "text"}
	if bytes.Equal(a, mustSeal(t, columnKey(t, g, domain), Deterministic, "a")) {
		t.Error("equal values across columns")
	}
}

func TestRandomizedIsRandom(t *testing.T) {
	k := columnKey(t, newGeneration(t), goldenColumn)
	seen := map[[nonceRandomized]byte]bool{}
	prefixes := map[[prefixSize]byte]bool{}
	for range 5000 {
		v := mustSeal(t, k, Randomized, "same")
		nonce := [nonceRandomized]byte(v[headerSize:])
		if seen[nonce] {
			t.Fatalf("nonce %x twice", nonce)
		}
		seen[nonce], prefixes[[prefixSize]byte(v[headerSize:])] = true, true
	}
	if len(prefixes) != 1 {
		t.Errorf("%d prefixes, want 1", len(prefixes))
	}
}

// TestPlaceIsBound: a value opens in its own column, family, tenant, generation and store, and nowhere else.
func TestPlaceIsBound(t *testing.T) {
	key, err := NewDataKey(bytes.Repeat([]byte{7}, DataKeySize))
	if err != nil {
		t.Fatal(err)
	}
	strangeKey := NewGeneration(goldenTag, goldenTenant, goldenNumber, key)
	tenant := NewGeneration(goldenTag, TenantID{1}, goldenNumber, goldenKey(t))
	number := NewGeneration(goldenTag, goldenTenant, goldenNumber+1, goldenKey(t))
	store := NewGeneration(StoreTag{1, 2}, goldenTenant, goldenNumber, goldenKey(t))
	for _, g := range []*Generation{strangeKey, tenant, number, store} {
		defer g.Destroy()
	}
	home := newGeneration(t)
	with := func(id ColumnID, family string) Column { return Column{id, family} }
	for _, c := range []struct {
		what   string
		g      *Generation
		column Column
		want   error
	}{
		{"home", home, goldenColumn, nil},
		{"other key", strangeKey, goldenColumn, ErrNotAuthentic},
		{"other tenant", tenant, goldenColumn, ErrNotAuthentic},
		{"other number", number, goldenColumn, ErrKeyNumber},
		{"other store", store, goldenColumn, ErrWrongStore},
		{"other column", home, with(NewColumnID("public", "matters", "note"), "text"), ErrNotAuthentic},
		{"dot moved", home, with(NewColumnID("public.matters", "title", "x"), "text"), ErrNotAuthentic},
		{"domain", home, with(NewDomainID("title"), "text"), ErrNotAuthentic},
		{"other family", home, with(goldenColumn.ID, "bytea"), ErrNotAuthentic},
		{"padded family", home, with(goldenColumn.ID, PaddedFamily("text")), ErrNotAuthentic},
	} {
		for _, m := range bothModes {
			sealed := mustSeal(t, columnKey(t, home, goldenColumn), m, "Smith v. Jones")
			got, err := columnKey(t, c.g, c.column).Open([]byte("dst"), sealed)
			if !errors.Is(err, c.want) || (c.want == nil) != (err == nil) {
				t.Errorf("%s, %s: %v, want %v", c.what, m, err, c.want)
			}
			if err != nil && string(got) != "dst" {
				t.Errorf("%s, %s: dst became %q", c.what, m, got)
			}
		}
	}
}

// TestNumberIsBound: a changed key number is noticed even by a generation that has this number and the same data key.
func TestNumberIsBound(t *testing.T) {
	twin := NewGeneration(goldenTag, goldenTenant, goldenNumber+1, goldenKey(t))
	defer twin.Destroy()
	for _, m := range bothModes {
		sealed := mustSeal(t, columnKey(t, newGeneration(t), goldenColumn), m, "x")
		sealed[headerSize-1]++
		if _, err := columnKey(t, twin, goldenColumn).Open(nil, sealed); !errors.Is(err, ErrNotAuthentic) {
			t.Errorf("%s: %v", m, err)
		}
	}
}

// TestEveryBitIsBound flips each bit of a value in turn, and cuts it at each length.
func TestEveryBitIsBound(t *testing.T) {
	k := columnKey(t, newGeneration(t), goldenColumn)
	for _, m := range bothModes {
		sealed := mustSeal(t, k, m, "Smith v. Jones")
		for bit := range len(sealed) * 8 {
			flipped := bytes.Clone(sealed)
			flipped[bit/8] ^= 1 << (bit % 8)
			if got, err := k.Open(nil, flipped); err == nil {
				t.Fatalf("%s: bit %d flipped, opened %q", m, bit, got)
			}
		}
		for n := range sealed {
			if got, err := k.Open(nil, sealed[:n]); err == nil {
				t.Fatalf("%s: cut to %d bytes, opened %q", m, n, got)
			}
		}
	}
}

// TestDeterministicNonceIsChecked: a value that AES-GCM takes, but whose nonce is not the plaintext's own, is refused and wiped.
func TestDeterministicNonceIsChecked(t *testing.T) {
	g := newGeneration(t)
	k := columnKey(t, g, goldenColumn)
	d := &k.keys.Load().deterministic
	nonce := bytes.Repeat([]byte{1}, nonceDeterministic)
	forged := append(d.header[:], nonce...)
	forged = d.aead.Seal(forged, nonce, []byte("secret"), d.aad)
	dst := make([]byte, 0, 100)
	if _, err := k.Open(dst, forged); !errors.Is(err, ErrNotAuthentic) {
		t.Fatalf("opened: %v", err)
	}
	if bytes.Contains(dst[:cap(dst)], []byte("secret")) {
		t.Error("the plaintext is still in dst")
	}
}

func TestSealRefuses(t *testing.T) {
	g := newGeneration(t)
	k := columnKey(t, g, goldenColumn)
	for _, m := range []Mode{0, 3, 0xff} {
		if got, err := k.Seal([]byte("dst"), m, nil); !errors.Is(err, ErrMalformed) || string(got) != "dst" {
			t.Errorf("%s: %q, %v", m, got, err)
		}
	}
	for _, c := range []Column{
		{},
		{ID: goldenColumn.ID},
		{Family: "text"},
		{NewColumnID("a", "", "c"), "text"},
		{NewDomainID(""), "text"},
		{NewDomainID(string(make([]byte, maxIDPart+1))), "text"},
		{goldenColumn.ID, string(make([]byte, maxIDPart+1))},
	} {
		if _, err := g.Column(c); !errors.Is(err, ErrMalformed) {
			t.Errorf("%v: %v", c, err)
		}
	}
	zero := NewGeneration(goldenTag, goldenTenant, 0, goldenKey(t))
	defer zero.Destroy()
	if _, err := zero.Column(goldenColumn); !errors.Is(err, ErrMalformed) {
		t.Errorf("key number 0: %v", err)
	}
}

// TestSealLeavesPlaintext: neither direction writes to its input or keeps it.
func TestSealLeavesPlaintext(t *testing.T) {
	k := columnKey(t, newGeneration(t), goldenColumn)
	for _, m := range bothModes {
		plaintext := []byte("Smith v. Jones")
		sealed := mustSeal(t, k, m, string(plaintext))
		before := slices.Clone(sealed)
		opened, err := k.Open(nil, sealed)
		if err != nil {
			t.Fatal(err)
		}
		clear(opened)
		if !bytes.Equal(sealed, before) {
			t.Errorf("%s: opening changed the sealed value", m)
		}
	}
}

func mustSeal(t testing.TB, k *ColumnKey, m Mode, plaintext string) []byte {
	t.Helper()
	sealed, err := k.Seal(nil, m, []byte(plaintext))
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}
