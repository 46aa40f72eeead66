package keysource_test

import (
	"context"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/keysourcetest"
	"github.com/legatics/pgseal/keysource/localkey"
)

// outage is the local driver with a KMS's silence to switch on.
type outage struct {
	*localkey.Driver
	silent atomic.Bool
}

func (o *outage) Unwrap(ctx context.Context, spec keysource.KeySpec, w keysource.Wrapped) (*crypto.DataKey, string, error) {
	if o.silent.Load() {
		return nil, "", &keysource.Error{Kind: keysource.KMSUnreachable, Op: keysource.OpUnwrap}
	}
	return o.Driver.Unwrap(ctx, spec, w)
}

// TestRealTime holds the promises about time against the machine's own clocks, with the shortest cache time: an outage is survived
// for one cache time and no longer, a master key file that is gone is noticed within a second, and so is its return.
func TestRealTime(t *testing.T) {
	if testing.Short() {
		t.Skip("takes more than a minute: the shortest cache time has to run out by the machine's own clocks")
	}
	path := filepath.Join(t.TempDir(), "master.key")
	if err := localkey.Create(path); err != nil {
		t.Fatal(err)
	}
	driver, store := &outage{Driver: localkey.New(path)}, keysourcetest.NewStore()
	spec := keysource.KeySpec{Provider: keysource.ProviderLocal, KeyARN: driver.Name()}
	store.Put(keysourcetest.NewTenant(t, driver, spec, acme, keysource.MinCacheTime))
	ring := keysource.NewKeyring(keysource.Options{Store: store, Wrappers: map[string]keysource.Wrapper{keysource.ProviderLocal: driver}})
	defer ring.Close()
	running(&rig{t: t, ring: ring})

	before := time.Now()
	value := firstValue(t, ring)
	after := time.Now()
	driver.silent.Store(true)
	kind, at := until(t, ring, value, func(k keysource.Kind) bool { return k != 0 })
	if early, late := at.Sub(after), at.Sub(before); early < keysource.MinCacheTime-100*time.Millisecond || late > keysource.MinCacheTime+time.Second {
		t.Errorf("the outage was survived for %v to %v, want %v", early, late, keysource.MinCacheTime)
	}
	if kind != keysource.KMSUnreachable {
		t.Errorf("after the cache time: %v", kind)
	}
	driver.silent.Store(false)
	until(t, ring, value, func(k keysource.Kind) bool { return k == 0 })

	for range 2 {
		noticed(t, ring, value, keysource.KeyNotFound, func() error { return os.Rename(path, path+".away") })
		noticed(t, ring, value, 0, func() error { return os.Rename(path+".away", path) })
	}
}

func firstValue(t *testing.T, ring *keysource.Keyring) []byte {
	t.Helper()
	h, err := ring.Acquire(t.Context(), acme)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Release()
	return sealed(t, h, crypto.Randomized, "title", "a secret")
}

// until opens the value every 20 ms until the outcome is as wanted, and tells when that was.
func until(t *testing.T, ring *keysource.Keyring, value []byte, wanted func(keysource.Kind) bool) (keysource.Kind, time.Time) {
	t.Helper()
	for end := time.Now().Add(2 * keysource.MinCacheTime); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		kind := openOnce(t, ring, value)
		if wanted(kind) {
			return kind, time.Now()
		}
	}
	t.Fatal("waited in vain")
	return 0, time.Time{}
}

func openOnce(t *testing.T, ring *keysource.Keyring, value []byte) keysource.Kind {
	t.Helper()
	h, err := ring.Acquire(t.Context(), acme)
	if err != nil {
		return kindOf(t, err)
	}
	defer h.Release()
	plaintext, err := h.Open(nil, column("title"), value)
	if err == nil && string(plaintext) != "a secret" {
		t.Fatalf("opened %q", plaintext)
	}
	return kindOf(t, err)
}

// noticed changes something and wants the outcome to follow: within about a second, and much sooner than by the end of the cache time on a machine that is busy.
func noticed(t *testing.T, ring *keysource.Keyring, value []byte, want keysource.Kind, change func() error) {
	t.Helper()
	if err := change(); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	_, at := until(t, ring, value, func(k keysource.Kind) bool { return k == want })
	if took := at.Sub(began); took > 10*time.Second {
		t.Errorf("%v was noticed after %v", want, took)
	} else {
		t.Logf("%v was noticed after %v", want, took)
	}
}
