package pgstore

import (
	"errors"
	"testing"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/keysourcetest"
)

const otherARN = "arn:fake:key/2"

// sealedWith seals a value with the tenant's current data key, and opens one.
func (f *fixture) sealedWith(t *testing.T, tenant *Tenant, wrapper keysource.Wrapper) (seal func() []byte, opens func([]byte) bool) {
	t.Helper()
	all, err := f.store.openGenerations(t.Context(), tenant, wrapper)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { destroyAll(all) })
	column := crypto.Column{ID: crypto.NewColumnID("public", "t", "c"), Family: "text"}
	key := func(n crypto.KeyNumber) *crypto.ColumnKey {
		k, err := all[n].Column(column)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	seal = func() []byte {
		s, err := key(tenant.Current.Number).Seal(nil, crypto.Randomized, []byte("value"))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	return seal, func(sealed []byte) bool {
		h, err := crypto.ParseHeader(sealed)
		if err != nil {
			t.Fatal(err)
		}
		got, err := key(h.Number).Open(nil, sealed)
		return err == nil && string(got) == "value"
	}
}

// TestRewrap: the data key stays, what it is wrapped by changes, and everything says so.
func TestRewrap(t *testing.T) {
	f := newFixture(t)
	first := f.addTenant(t, "acme")
	if _, err := f.store.Rotate(t.Context(), "acme", "tester", f.wrapper); err != nil { // so that there is an elder
		t.Fatal(err)
	}
	before, err := f.store.LookUp(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	seal, _ := f.sealedWith(t, before, f.wrapper)
	sealed := seal()

	same, err := f.store.Rewrap(t.Context(), "acme", "tester", MasterKeyOf(before.Spec), f.wrapper)
	if err != nil || same.Changed || same.Tenant.Version != before.Version || same.Since.IsZero() {
		t.Fatalf("under the same material: %+v, %v", same, err)
	}
	f.wrapper.AddKey(otherARN)
	to := MasterKeyOf(before.Spec)
	to.KeyARN = otherARN
	done, err := f.store.Rewrap(t.Context(), "acme", "tester", to, f.wrapper)
	if err != nil || !done.Changed || done.From.KeyARN != keysourcetest.FakeARN || done.To.KeyARN != otherARN {
		t.Fatalf("under another key: %+v, %v", done, err)
	}
	f.wrapper.RemoveKey(keysourcetest.FakeARN)
	after, err := f.store.LookUp(t.Context(), "acme")
	if err != nil || after.Version != before.Version+1 || after.Current.Number != before.Current.Number || after.Spec.KeyARN != otherARN || len(after.Elders) != 1 {
		t.Fatalf("the record: %+v, %v", after, err)
	}
	if _, opens := f.sealedWith(t, after, f.wrapper); !opens(sealed) {
		t.Error("a value of before does not open")
	}
	history, err := f.store.History(t.Context(), "acme")
	if err != nil || len(history) != 3 || history[2].Action != ActionRewrapped || history[2].KeyARN != otherARN || history[0].KeyNumber != first.Current.Number {
		t.Errorf("history: %+v, %v", history, err)
	}
	events, err := f.store.Events(t.Context(), EventFilter{Tenant: "acme", Limit: 1})
	if err != nil || len(events) != 1 || events[0].Kind != EventKeyChanged {
		t.Errorf("events: %+v, %v", events, err)
	}
}

// TestRewrapRefused: whatever goes wrong, nothing is written.
func TestRewrapRefused(t *testing.T) {
	f := newFixture(t)
	before := f.addTenant(t, "acme")
	f.wrapper.AddKey(otherARN)
	to := MasterKeyOf(before.Spec)
	to.KeyARN = otherARN
	rewrap := func(to MasterKey, w keysource.Wrapper) error {
		_, err := f.store.Rewrap(t.Context(), "acme", "tester", to, w)
		return err
	}
	for _, op := range []string{keysource.OpRewrap, keysource.OpUnwrap} {
		f.wrapper.Before(func(now string, _ keysource.KeySpec) {
			if now == op {
				f.wrapper.Answer(keysource.AccessDenied)
			}
		})
		wantKind(t, rewrap(to, f.wrapper), keysource.AccessDenied)
		f.wrapper.Answer(0)
	}
	f.wrapper.Before(nil)
	if err := rewrap(to, swappingWrapper{f.wrapper}); !errors.Is(err, ErrNotProved) {
		t.Errorf("a driver that gives back another key: %v", err)
	}
	other := to
	other.Provider = keysource.ProviderAWS
	if err := rewrap(other, f.wrapper); !errors.Is(err, ErrProvider) {
		t.Errorf("another provider: %v", err)
	}
	missing := to
	missing.KeyARN = "arn:fake:key/3"
	wantKind(t, rewrap(missing, f.wrapper), keysource.KeyNotFound)
	wantUnchanged := func() {
		t.Helper()
		now, err := f.store.LookUp(t.Context(), "acme")
		if err != nil || now.Version != before.Version || now.Spec.KeyARN != keysourcetest.FakeARN {
			t.Errorf("the record has changed: %+v, %v", now, err)
		}
	}
	wantUnchanged()
	// A change while the key service is asked.
	inner := false
	f.wrapper.Before(func(op string, _ keysource.KeySpec) {
		if op == keysource.OpRewrap && !inner {
			inner = true
			if _, err := f.store.Lock(t.Context(), "acme", "officer"); err != nil {
				t.Error(err)
			}
		}
	})
	if err := rewrap(to, f.wrapper); !errors.Is(err, ErrConflict) {
		t.Errorf("beside a lock: %v", err)
	}
	before.Version++
	wantUnchanged()
}

// TestSetProvider: what the former key wraps is gone from the store, and what was sealed before still opens.
func TestSetProvider(t *testing.T) {
	f := newFixture(t)
	before := f.addTenant(t, "acme")
	seal, _ := f.sealedWith(t, before, f.wrapper)
	sealed := seal()
	into := keysourcetest.NewWrapper()
	into.AddKey(otherARN)
	to := MasterKey{Provider: keysource.ProviderAWS, KeyARN: otherARN, RoleARN: "arn:fake:role", ExternalID: "id", Endpoint: "http://kms.example"}
	into.Answer(keysource.AccessDenied)
	_, err := f.store.SetProvider(t.Context(), "acme", "tester", to, f.wrapper, into)
	wantKind(t, err, keysource.AccessDenied)
	into.Answer(0)
	stale := *before
	stale.Version--
	if _, err := f.store.SetProviderOf(t.Context(), &stale, "tester", to, f.wrapper, into); !errors.Is(err, ErrConflict) {
		t.Errorf("of a record that is not the present one: %v", err)
	}
	after, err := f.store.SetProvider(t.Context(), "acme", "tester", to, f.wrapper, into)
	if err != nil {
		t.Fatal(err)
	}
	read, err := f.store.LookUp(t.Context(), "acme")
	if err != nil || MasterKeyOf(read.Spec) != to || read.Version != before.Version+1 || len(read.Elders) != 1 || read.Current.Number == before.Current.Number {
		t.Fatalf("the record: %+v, %v (%+v)", read, err, after)
	}
	if _, opens := f.sealedWith(t, read, into); !opens(sealed) {
		t.Error("a value of before does not open")
	}
	_, err = f.store.openGenerations(t.Context(), read, f.wrapper)
	if keysource.KindOf(err) == 0 {
		t.Error("the former provider's key still opens something")
	}
}
