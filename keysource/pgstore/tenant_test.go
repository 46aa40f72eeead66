package pgstore

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/keysourcetest"
)

func TestAddTenant(t *testing.T) {
	f := newFixture(t)
	added := f.addTenant(t, "acme")
	read, err := f.store.LookUp(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	added.Pins = map[crypto.ColumnID]crypto.KeyNumber{}
	read.CreatedAt, read.ReadAt = read.CreatedAt.UTC(), added.ReadAt
	if diff := cmp.Diff(added, read, cmp.Comparer(func(a, b crypto.ColumnID) bool { return a == b })); diff != "" {
		t.Errorf("read back (-added +read):\n%s", diff)
	}
	if read.CacheTime != keysource.DefaultCacheTime || read.Spec.ResolvedARN != keysourcetest.FakeARN || read.Current.Number == 0 {
		t.Errorf("the record: %+v", read)
	}
	history, err := f.store.History(t.Context(), "acme")
	if err != nil || len(history) != 1 || history[0].Action != ActionCreated || history[0].Actor != "tester" || history[0].KeyNumber != read.Current.Number {
		t.Errorf("history: %+v, %v", history, err)
	}
	events, err := f.store.Events(t.Context(), EventFilter{Limit: 10})
	if err != nil || len(events) != 1 || events[0].Kind != "tenant added" || events[0].Name != "acme" {
		t.Errorf("events: %+v, %v", events, err)
	}
}

func TestAddTenantRefused(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	add := func(n NewTenant) error {
		n.Provider, n.KeyARN = keysource.ProviderLocal, keysourcetest.FakeARN
		_, err := f.store.AddTenant(t.Context(), n, f.wrapper)
		return err
	}
	if err := add(NewTenant{Name: "acme"}); !errors.Is(err, ErrTenantExists) {
		t.Errorf("twice: %v", err)
	}
	for _, name := range []string{"", "a\nb", strings.Repeat("a", 129), "\xff"} {
		if err := add(NewTenant{Name: name}); !errors.Is(err, ErrTenantName) {
			t.Errorf("%q: %v", name, err)
		}
	}
	for _, d := range []time.Duration{time.Second, 25 * time.Hour, -time.Minute} {
		if err := add(NewTenant{Name: "other", CacheTime: d}); err == nil {
			t.Errorf("cache time %s was taken", d)
		}
	}
	f.wrapper.Answer(keysource.AccessDenied)
	wantKind(t, add(NewTenant{Name: "denied"}), keysource.AccessDenied)
	f.wrapper.Answer(0)
	// A driver that generates and then cannot open what it made.
	f.wrapper.Before(func(op string, _ keysource.KeySpec) {
		if op == keysource.OpUnwrap {
			f.wrapper.Answer(keysource.KeyMismatch)
		}
	})
	wantKind(t, add(NewTenant{Name: "unproved"}), keysource.KeyMismatch)
	f.wrapper.Before(nil)
	f.wrapper.Answer(0)
	if _, err := f.store.AddTenant(t.Context(), NewTenant{Name: "swapped", KeyARN: keysourcetest.FakeARN}, swappingWrapper{f.wrapper}); !errors.Is(err, ErrNotProved) {
		t.Errorf("a driver that gives back another key: %v", err)
	}
	list, err := f.store.Tenants(t.Context())
	if err != nil || len(list) != 1 || list[0].Name != "acme" {
		t.Errorf("after the refusals there are %+v, %v", list, err)
	}
	out, err := server.Psql(t.Context(), f.database, "SELECT (SELECT count(*) FROM pgseal.data_key), (SELECT count(*) FROM pgseal.key_history)")
	if err != nil || out != "1|1\n" {
		t.Errorf("rows left behind: %q, %v", out, err)
	}
}

// swappingWrapper unwraps to another key than it has wrapped.
type swappingWrapper struct{ *keysourcetest.Wrapper }

func (w swappingWrapper) Unwrap(_ context.Context, _ keysource.KeySpec, _ keysource.Wrapped) (*crypto.DataKey, string, error) {
	key, err := crypto.GenerateDataKey()
	return key, "", err
}

func TestUnknownTenant(t *testing.T) {
	f := newFixture(t)
	_, err := f.store.Tenant(t.Context(), "nobody")
	wantKind(t, err, keysource.TenantUnknown)
	_, err = f.store.Lock(t.Context(), "nobody", "tester")
	wantKind(t, err, keysource.TenantUnknown)
	_, err = f.store.History(t.Context(), "nobody")
	wantKind(t, err, keysource.TenantUnknown)
}

func TestLockAndUnlock(t *testing.T) {
	f := newFixture(t)
	added := f.addTenant(t, "acme")
	locked, err := f.store.Lock(t.Context(), "acme", "officer")
	if err != nil {
		t.Fatal(err)
	}
	again, err := f.store.Lock(t.Context(), "acme", "somebody else")
	if err != nil || again.Version != locked.Version || again.LockedBy != "officer" {
		t.Errorf("locked again: %+v, %v", again, err)
	}
	rec, err := f.store.Tenant(t.Context(), "acme")
	if err != nil || !rec.Locked || rec.LockedBy != "officer" || rec.LockedSince.IsZero() || rec.Version != added.Version+1 {
		t.Errorf("the record: %+v, %v", rec, err)
	}
	versions, err := f.store.Changed(t.Context())
	if err != nil || len(versions) != 1 || versions[0] != (keysource.TenantVersion{Name: "acme", Version: rec.Version}) {
		t.Errorf("Changed: %v, %v", versions, err)
	}
	for n, want := range map[crypto.KeyNumber]bool{rec.Current.Number: true, rec.Current.Number ^ 1: false} {
		if known, err := f.store.Knows(t.Context(), n); err != nil || known != want {
			t.Errorf("Knows: %v, %v", known, err)
		}
	}
	unlocked, err := f.store.Unlock(t.Context(), "acme", "officer")
	if err != nil || unlocked.Locked || !unlocked.LockedSince.IsZero() || unlocked.Version != rec.Version+1 {
		t.Errorf("unlocked: %+v, %v", unlocked, err)
	}
	events, err := f.store.Events(t.Context(), EventFilter{Tenant: "acme", Limit: 2})
	if err != nil || len(events) != 2 || events[0].Kind != "unlocked" || events[1].Kind != "locked" {
		t.Errorf("events: %+v, %v", events, err)
	}
}

func TestRotate(t *testing.T) {
	f := newFixture(t)
	first := f.addTenant(t, "acme")
	column := crypto.Column{ID: crypto.NewColumnID("public", "t", "c"), Family: "text"}
	// A value of each generation.
	var sealed [][]byte
	seal := func(tenant *Tenant) {
		all, err := f.store.openGenerations(t.Context(), tenant, f.wrapper)
		if err != nil {
			t.Fatal(err)
		}
		defer destroyAll(all)
		k, err := all[tenant.Current.Number].Column(column)
		if err != nil {
			t.Fatal(err)
		}
		s, err := k.Seal(nil, crypto.Randomized, []byte("value"))
		if err != nil {
			t.Fatal(err)
		}
		sealed = append(sealed, s)
	}
	seal(first)
	for range 2 {
		tenant, err := f.store.Rotate(t.Context(), "acme", "tester", f.wrapper)
		if err != nil {
			t.Fatal(err)
		}
		seal(tenant)
	}
	now, err := f.store.LookUp(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	if len(now.Elders) != 2 || now.Version != first.Version+2 || now.ID != first.ID {
		t.Errorf("after two rotations: %+v", now)
	}
	unwraps := f.wrapper.Calls(keysource.OpUnwrap)
	all, err := f.store.openGenerations(t.Context(), now, f.wrapper)
	if err != nil {
		t.Fatal(err)
	}
	defer destroyAll(all)
	if n := f.wrapper.Calls(keysource.OpUnwrap) - unwraps; n != 1 {
		t.Errorf("%d calls of the KMS open all generations, want 1", n)
	}
	for i, s := range sealed {
		h, err := crypto.ParseHeader(s)
		if err != nil {
			t.Fatal(err)
		}
		k, err := all[h.Number].Column(column)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := k.Open(nil, s); err != nil || string(got) != "value" {
			t.Errorf("value %d: %q, %v", i, got, err)
		}
	}
	if history, err := f.store.History(t.Context(), "acme"); err != nil || len(history) != 3 {
		t.Errorf("history: %+v, %v", history, err)
	}
}

// TestChangesRace: concurrent changes of one tenant follow one another, and
// none gets lost.
func TestChangesRace(t *testing.T) {
	f := newFixture(t)
	added := f.addTenant(t, "acme")
	const n = 8
	var wg sync.WaitGroup
	errs := make([]error, n)
	for i := range n {
		wg.Go(func() {
			_, errs[i] = f.store.SetCacheTime(t.Context(), "acme", time.Duration(10+i)*time.Minute, "tester")
		})
	}
	reads := make(chan error, 1)
	stop := make(chan struct{})
	go func() {
		for {
			select {
			case <-stop:
				reads <- nil
				return
			default:
				if _, err := f.store.Tenant(t.Context(), "acme"); err != nil {
					reads <- err
					return
				}
			}
		}
	}()
	wg.Wait()
	close(stop)
	if err := errors.Join(append(errs, <-reads)...); err != nil {
		t.Fatal(err)
	}
	rec, err := f.store.Tenant(t.Context(), "acme")
	if err != nil || rec.Version != added.Version+n {
		t.Errorf("version %d, %v, want %d", rec.Version, err, added.Version+n)
	}
}

// TestRotateRace: of two rotations from one state, one wins and the other
// changes nothing.
func TestRotateRace(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	// The second rotation happens while the first waits for its KMS.
	inner := false
	f.wrapper.Before(func(op string, _ keysource.KeySpec) {
		if op == keysource.OpGenerate && !inner {
			inner = true
			if _, err := f.store.Rotate(t.Context(), "acme", "second", f.wrapper); err != nil {
				t.Errorf("the second: %v", err)
			}
		}
	})
	if _, err := f.store.Rotate(t.Context(), "acme", "first", f.wrapper); !errors.Is(err, ErrConflict) {
		t.Errorf("the first: %v", err)
	}
	rec, err := f.store.Tenant(t.Context(), "acme")
	if err != nil || len(rec.Elders) != 1 {
		t.Errorf("%d elders, %v", len(rec.Elders), err)
	}
}

func TestPin(t *testing.T) {
	f := newFixture(t)
	first := f.addTenant(t, "acme")
	other := f.addTenant(t, "other")
	rotated, err := f.store.Rotate(t.Context(), "acme", "tester", f.wrapper)
	if err != nil {
		t.Fatal(err)
	}
	column := crypto.NewDomainID("email")
	for range 2 {
		got, err := f.store.Pin(t.Context(), first.ID, column, first.Current.Number)
		if err != nil || got != first.Current.Number {
			t.Fatalf("got %d, %v", got, err)
		}
	}
	// The pinned generation stays, whatever is current.
	got, err := f.store.Pin(t.Context(), first.ID, column, rotated.Current.Number)
	if err != nil || got != first.Current.Number {
		t.Errorf("pinned again: %d, %v, want %d", got, err, first.Current.Number)
	}
	rec, err := f.store.Tenant(t.Context(), "acme")
	if err != nil || rec.Pins[column] != first.Current.Number || rec.Version != rotated.Version {
		t.Errorf("the record: %+v, %v", rec, err)
	}
	_, err = f.store.Pin(t.Context(), first.ID, crypto.NewDomainID("phone"), other.Current.Number)
	wantKind(t, err, keysource.KeyRecordInvalid)
}
