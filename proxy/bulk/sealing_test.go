package bulk

import (
	"errors"
	"testing"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/value"
)

var (
	storeTag = crypto.StoreTag{0x5e, 0xa1}
	errGone  = errors.New("the key is gone")
)

// fickleKey is a generation whose Open fails, and which says so the first time that it is asked alone.
type fickleKey struct {
	generation *crypto.Generation
	fails      bool
	checks     int
}

func (k *fickleKey) Seal(dst []byte, c crypto.Column, m crypto.Mode, plaintext []byte) ([]byte, error) {
	column, err := k.generation.Column(c)
	if err != nil {
		return dst, err
	}
	return column.Seal(dst, m, plaintext)
}

func (k *fickleKey) Open(dst []byte, c crypto.Column, sealed []byte) ([]byte, error) {
	if k.fails {
		return dst, errGone
	}
	column, err := k.generation.Column(c)
	if err != nil {
		return dst, err
	}
	return column.Open(dst, sealed)
}

func (k *fickleKey) Check() error {
	if k.checks++; k.fails && k.checks == 1 {
		return errGone
	}
	return nil
}

func (k *fickleKey) SealIn(dst []byte, c crypto.Column, m crypto.Mode, _ int, plaintext []byte) ([]byte, error) {
	return k.Seal(dst, c, m, plaintext)
}

func (k *fickleKey) Newest() crypto.KeyNumber { return k.generation.Number() }
func (k *fickleKey) Pinned(crypto.ColumnID, int) (crypto.KeyNumber, error) {
	return k.generation.Number(), nil
}

func (k *fickleKey) Tag() crypto.StoreTag { return storeTag }
func (k *fickleKey) Release()             {}

// TestNothingIsSealedTwice: a sealed value that cannot be opened just now is not taken for a plaintext, and seal itself takes none.
func TestNothingIsSealedTwice(t *testing.T) {
	key, err := crypto.GenerateDataKey()
	if err != nil {
		t.Fatal(err)
	}
	k := &fickleKey{generation: crypto.NewGeneration(storeTag, crypto.TenantID{1}, 7, key)}
	defer k.generation.Destroy()
	f := formOf(&pgstore.Column{Key: crypto.Column{ID: crypto.NewColumnID("public", "t", "c"), Family: "text"}, TypeOID: value.OIDText, Typmod: -1, Mode: crypto.Randomized})
	if opened, err := f.opened(k, []byte("a plaintext")); opened != nil || err != nil {
		t.Fatalf("a plaintext: %q, %v", opened, err)
	}
	plain, stored, err := encryption{}.treat(f, k, []byte("a plaintext"))
	if err != nil || string(plain) != "a plaintext" {
		t.Fatalf("%q, %v", plain, err)
	}
	if opened, err := f.opened(k, stored); string(opened) != "a plaintext" || err != nil {
		t.Fatalf("a sealed value: %q, %v", opened, err)
	}
	if _, next, err := (encryption{}).treat(f, k, stored); next != nil || err != nil {
		t.Fatalf("a sealed value is treated: %v", err)
	}
	if _, err := f.plain(k, stored); !errors.Is(err, errNotOpened) {
		t.Errorf("sealed twice: %v", err)
	}
	k.fails, k.checks = true, 0
	if opened, err := f.opened(k, stored); opened != nil || !errors.Is(err, errGone) {
		t.Errorf("while the key is gone: %q, %v", opened, err)
	}
	if opened, err := f.opened(k, stored); opened != nil || !errors.Is(err, errNotOpened) {
		t.Errorf("a value that does not open: %q, %v", opened, err)
	}
}

// TestEmptyValues: the empty text is a value like any other, sealed or not.
func TestEmptyValues(t *testing.T) {
	key, err := crypto.GenerateDataKey()
	if err != nil {
		t.Fatal(err)
	}
	k := &fickleKey{generation: crypto.NewGeneration(storeTag, crypto.TenantID{1}, 7, key)}
	defer k.generation.Destroy()
	f := formOf(&pgstore.Column{Key: crypto.Column{ID: crypto.NewColumnID("public", "t", "c"), Family: "text"}, TypeOID: value.OIDText, Typmod: -1, Mode: crypto.Randomized})
	_, stored, err := encryption{}.treat(f, k, nil)
	if err != nil || stored == nil {
		t.Fatalf("%q, %v", stored, err)
	}
	if _, next, err := (encryption{}).treat(f, k, stored); next != nil || err != nil {
		t.Errorf("sealed twice: %q, %v", next, err)
	}
}

// TestSum: the checksum knows no order, differs where a value does, and goes on where a record left it.
func TestSum(t *testing.T) {
	key, err := crypto.GenerateDataKey()
	if err != nil {
		t.Fatal(err)
	}
	k := &fickleKey{generation: crypto.NewGeneration(storeTag, crypto.TenantID{1}, 7, key)}
	defer k.generation.Destroy()
	record := &pgstore.Column{ID: [16]byte{1}, Key: crypto.Column{ID: crypto.NewColumnID("public", "t", "c"), Family: "text"}}
	of := func(values ...string) *summed {
		s := sumOf(record, 0, nil)
		for _, v := range values {
			if s = sumOf(record, s.count, s.sum[:]); s.add(k, []byte(v)) != nil {
				t.Fatal(v)
			}
		}
		return s
	}
	a := of("a", "b", "b", "")
	if b := of("", "b", "a", "b"); a.sum != b.sum || a.count != 4 || b.count != 4 {
		t.Errorf("the order counts: %x, %x", a.sum, b.sum)
	}
	for _, other := range [][]string{{"a", "b", ""}, {"a", "b", "c", ""}, {"a", "a", "b", ""}, {"ab", "b", ""}} {
		if of(other...).sum == a.sum {
			t.Errorf("the same for %q", other)
		}
	}
}
