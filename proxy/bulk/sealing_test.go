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
	if sealed, err := f.sealed(k, []byte("a plaintext")); sealed || err != nil {
		t.Fatalf("a plaintext: %t, %v", sealed, err)
	}
	stored, err := f.seal(k, []byte("a plaintext"))
	if err != nil {
		t.Fatal(err)
	}
	if sealed, err := f.sealed(k, stored); !sealed || err != nil {
		t.Fatalf("a sealed value: %t, %v", sealed, err)
	}
	if _, err := f.seal(k, stored); !errors.Is(err, errNotOpened) {
		t.Errorf("sealed twice: %v", err)
	}
	k.fails, k.checks = true, 0
	if sealed, err := f.sealed(k, stored); sealed || !errors.Is(err, errGone) {
		t.Errorf("while the key is gone: %t, %v", sealed, err)
	}
	if sealed, err := f.sealed(k, stored); sealed || !errors.Is(err, errNotOpened) {
		t.Errorf("a value that does not open: %t, %v", sealed, err)
	}
}
