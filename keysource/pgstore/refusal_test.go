package pgstore

import (
	"testing"

	"github.com/legatics/pgseal/keysource"
)

// TestSpoiltRefusal: whoever writes rubbish over what proxies tell one another keeps nobody from locking the tenant, nor the next no from being told. It counts
// as a no, so that proxies ask the key service.
func TestSpoiltRefusal(t *testing.T) {
	f := newFixture(t)
	acme := f.addTenant(t, "acme")
	for _, rubbish := range []string{"at = now()", "version = 1, code = 'KU002'", "version = 0", "version = -1", "version = 9223372036854775807", "tenant_version = 77"} {
		if err := f.store.Refused(t.Context(), "acme", acme.Version, keysource.KeyDisabled); err != nil {
			t.Fatal(rubbish, err)
		}
		f.exec(t, "UPDATE pgseal.key_refusal SET mac = '\\x00', "+rubbish)
		before, err := f.store.Changed(t.Context())
		if err != nil {
			t.Fatal(rubbish, err)
		}
		locked, err := f.store.Lock(t.Context(), "acme", "officer")
		if err != nil || !locked.Locked || locked.Refusal.Kind != keysource.AccessDenied || locked.Refusal.Count != before[0].Refusals {
			t.Fatalf("%s: %+v, %v", rubbish, locked, err)
		}
		if acme, err = f.store.Unlock(t.Context(), "acme", "officer"); err != nil {
			t.Fatal(rubbish, err)
		}
		if err := f.store.Refused(t.Context(), "acme", acme.Version, keysource.KeyDisabled); err != nil {
			t.Fatal(rubbish, err)
		}
		after, err := f.store.Tenant(t.Context(), "acme")
		if err != nil || after.Refusal.Kind != keysource.KeyDisabled || after.Refusal.Count == before[0].Refusals {
			t.Errorf("%s: %+v, %v", rubbish, after.Refusal, err)
		}
	}
}
