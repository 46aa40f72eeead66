package keysourcetest

import (
	"errors"
	"testing"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// Harness is what a driver's tests hand to Run.
type Harness struct {
	// Wrapper is the driver under test.
	Wrapper keysource.Wrapper
	// Spec names a master key that can be used. The suite puts tenants and key numbers of its own in.
	Spec keysource.KeySpec
	// Other names a second usable master key of the same driver, for a wrapping under the wrong key and for re-wrapping from one to
	// the other. Nil where a driver has one key only.
	Other *keysource.KeySpec
	// Withdrawals are the ways in which Spec's key can be taken away: at least one.
	Withdrawals []Withdrawal
	// Secrets are bytes that must not be found in anything that the driver prints (master keys, credentials).
	Secrets [][]byte
}

// Withdrawal is one way in which a master key is taken away and given back.
type Withdrawal struct {
	Name     string
	Kind     keysource.Kind // of the error while it is away
	Withdraw func(t *testing.T)
	Restore  func(t *testing.T)
}

// Run holds a driver to the contract of keysource.Wrapper.
func Run(t *testing.T, h Harness) {
	if len(h.Withdrawals) == 0 {
		t.Fatal("the harness knows no withdrawal")
	}
	t.Run("RoundTrip", h.roundTrip)
	t.Run("FreshKeys", h.freshKeys)
	t.Run("Concurrent", h.concurrent)
	t.Run("WrongContext", h.wrongContext)
	t.Run("Spoilt", h.spoilt)
	t.Run("Hostile", h.hostile)
	t.Run("Rewrap", h.rewrap)
	t.Run("Probe", h.probe)
	t.Run("Withdrawal", h.withdrawal)
	t.Run("Context", h.context)
	t.Run("Secrets", h.secrets)
}

// spec is the harness's key for a new tenant and key number.
func (h Harness) spec() keysource.KeySpec { return fresh(h.Spec) }

func fresh(s keysource.KeySpec) keysource.KeySpec {
	s.TenantID, s.KeyNumber = crypto.NewTenantID(), crypto.NewKeyNumber()
	if s.TenantName == "" {
		s.TenantName = "conformance"
	}
	return s
}

// generate makes a data key that is destroyed with the test.
func (h Harness) generate(t *testing.T, s keysource.KeySpec) (keysource.Wrapped, *crypto.DataKey) {
	t.Helper()
	w, key, err := h.Wrapper.Generate(t.Context(), s)
	if err != nil {
		t.Fatalf("Generate: %v", err)
	}
	if key == nil || len(w.Ciphertext) == 0 {
		t.Fatalf("Generate gave no key or no ciphertext, and no error")
	}
	t.Cleanup(key.Destroy)
	return w, key
}

func (h Harness) unwrap(t *testing.T, s keysource.KeySpec, w keysource.Wrapped) *crypto.DataKey {
	t.Helper()
	key, _, err := h.Wrapper.Unwrap(t.Context(), s, w)
	if err != nil {
		t.Fatalf("Unwrap: %v", err)
	}
	if key == nil {
		t.Fatal("Unwrap gave neither key nor error")
	}
	t.Cleanup(key.Destroy)
	return key
}

// refused holds an error to the contract: an *keysource.Error of one of the kinds, that says what was being done.
func refused(t *testing.T, err error, kinds ...keysource.Kind) {
	t.Helper()
	var e *keysource.Error
	if !errors.As(err, &e) {
		t.Errorf("%T (%v) is no *keysource.Error", err, err)
		return
	}
	if e.Op == "" {
		t.Errorf("%v does not say what was being done", e)
	}
	for _, k := range kinds {
		if e.Kind == k {
			return
		}
	}
	t.Errorf("kind %v, want one of %v (%v)", e.Kind, kinds, e)
}

// sameKey tells two data keys apart by what they seal.
func sameKey(t *testing.T, a, b *crypto.DataKey) bool {
	t.Helper()
	tag, tenant := crypto.StoreTag{1, 2}, crypto.TenantID{3}
	column := crypto.Column{ID: crypto.NewColumnID("public", "t", "c"), Family: "text"}
	open := func(k *crypto.DataKey, sealed []byte) error {
		c, err := crypto.NewGeneration(tag, tenant, 1, k).Column(column)
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.Open(nil, sealed)
		return err
	}
	c, err := crypto.NewGeneration(tag, tenant, 1, a).Column(column)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := c.Seal(nil, crypto.Randomized, []byte("the same"))
	if err != nil {
		t.Fatal(err)
	}
	if err := open(a, sealed); err != nil {
		t.Fatalf("a key does not open what it sealed: %v", err)
	}
	return open(b, sealed) == nil
}
