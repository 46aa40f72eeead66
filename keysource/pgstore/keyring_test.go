package pgstore

import (
	"testing"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// TestKeyring joins a keyring to the store: values of all generations open,
// deterministic columns keep theirs, a lock closes the tenant, unlocking opens
// it again, and an edited record is not believed.
func TestKeyring(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	random := crypto.Column{ID: crypto.NewColumnID("public", "t", "r"), Family: "text"}
	pinned := crypto.Column{ID: crypto.NewDomainID("email"), Family: "text"}
	var sealed, equal [][]byte
	for range 3 {
		// A keyring of its own each time: a proxy that has just started.
		ring := keysource.NewKeyring(keysource.Options{Store: f.store, Wrappers: map[string]keysource.Wrapper{keysource.ProviderLocal: f.wrapper}, Versions: f.store.Versions()})
		h, err := ring.Acquire(t.Context(), "acme")
		if err != nil {
			t.Fatal(err)
		}
		r, errR := h.Seal(nil, random, crypto.Randomized, []byte("value"))
		d, errD := h.Seal(nil, pinned, crypto.Deterministic, []byte("value"))
		if errR != nil || errD != nil {
			t.Fatal(errR, errD)
		}
		sealed, equal = append(sealed, r, d), append(equal, d)
		for i, s := range sealed {
			column := []crypto.Column{random, pinned}[i%2]
			if got, err := h.Open(nil, column, s); err != nil || string(got) != "value" {
				t.Errorf("value %d: %q, %v", i, got, err)
			}
		}
		h.Release()
		ring.Close()
		if _, err := f.store.Rotate(t.Context(), "acme", "tester", f.wrapper); err != nil {
			t.Fatal(err)
		}
	}
	if string(equal[0]) != string(equal[1]) || string(equal[1]) != string(equal[2]) {
		t.Error("equal values are not equal after a rotation")
	}
	acquire := func() error {
		ring := keysource.NewKeyring(keysource.Options{Store: f.store, Wrappers: map[string]keysource.Wrapper{keysource.ProviderLocal: f.wrapper}})
		defer ring.Close()
		h, err := ring.Acquire(t.Context(), "acme")
		if err == nil {
			h.Release()
		}
		return err
	}
	if _, err := f.store.Lock(t.Context(), "acme", "officer"); err != nil {
		t.Fatal(err)
	}
	wantKind(t, acquire(), keysource.KeyLocked)
	if _, err := f.store.Unlock(t.Context(), "acme", "officer"); err != nil {
		t.Fatal(err)
	}
	wantKind(t, acquire(), 0)
	f.exec(t, "UPDATE pgseal.tenant SET cache_ms = cache_ms * 2, version = version + 1")
	wantKind(t, acquire(), keysource.KeyRecordInvalid)
}
