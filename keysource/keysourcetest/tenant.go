package keysourcetest

import (
	"testing"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// Tag is the store tag of the records made here.
func Tag() crypto.StoreTag { return crypto.StoreTag{0xa7, 0x3c} }

// NewTenant makes a tenant with a first data key under the spec's master key, version 1. The record is not stored anywhere.
func NewTenant(t testing.TB, w keysource.Wrapper, spec keysource.KeySpec, name string, cacheTime time.Duration) keysource.TenantRecord {
	t.Helper()
	spec.TenantID, spec.TenantName, spec.KeyNumber = crypto.NewTenantID(), name, crypto.NewKeyNumber()
	wrapped, key, err := w.Generate(t.Context(), spec)
	if err != nil {
		t.Fatalf("a data key for tenant %s: %v", name, err)
	}
	key.Destroy()
	return keysource.TenantRecord{
		ID: spec.TenantID, Name: name, Tag: Tag(), Spec: spec, CacheTime: cacheTime, Version: 1,
		Current: keysource.WrappedGeneration{Number: spec.KeyNumber, Wrapped: wrapped},
	}
}

// Rotate gives a record a new current data key; the one before and all elders are wrapped under it. The version is raised.
func Rotate(t testing.TB, w keysource.Wrapper, rec keysource.TenantRecord) keysource.TenantRecord {
	t.Helper()
	spec := rec.Spec
	key, _, err := w.Unwrap(t.Context(), spec, rec.Current.Wrapped)
	if err != nil {
		t.Fatalf("the current data key: %v", err)
	}
	old := crypto.NewGeneration(rec.Tag, rec.ID, rec.Current.Number, key)
	defer old.Destroy()
	spec.KeyNumber = crypto.NewKeyNumber()
	wrapped, key, err := w.Generate(t.Context(), spec)
	if err != nil {
		t.Fatalf("a new data key: %v", err)
	}
	current := crypto.NewGeneration(rec.Tag, rec.ID, spec.KeyNumber, key)
	defer current.Destroy()

	elders := []keysource.WrappedElder{{Number: old.Number(), Wrapped: wrapElder(t, current, old)}}
	for _, e := range rec.Elders {
		elder, err := old.UnwrapElder(e.Number, e.Wrapped)
		if err != nil {
			t.Fatalf("an elder data key: %v", err)
		}
		elders = append(elders, keysource.WrappedElder{Number: e.Number, Wrapped: wrapElder(t, current, elder)})
		elder.Destroy()
	}
	rec.Spec, rec.Elders = spec, elders
	rec.Current = keysource.WrappedGeneration{Number: spec.KeyNumber, Wrapped: wrapped}
	rec.Version++
	return rec
}

func wrapElder(t testing.TB, current, elder *crypto.Generation) []byte {
	t.Helper()
	wrapped, err := current.WrapElder(elder)
	if err != nil {
		t.Fatalf("wrapping an elder data key: %v", err)
	}
	return wrapped
}
