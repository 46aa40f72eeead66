package crypto

import (
	"bytes"
	"errors"
	"testing"
)

func TestElder(t *testing.T) {
	current := newGeneration(t)
	key, err := GenerateDataKey()
	if err != nil {
		t.Fatal(err)
	}
	elder := NewGeneration(goldenTag, goldenTenant, 7, key)
	defer elder.Destroy()
	sealed := mustSeal(t, columnKey(t, elder, goldenColumn), Randomized, "old value")

	wrapped, err := current.WrapElder(elder)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := current.UnwrapElder(7, wrapped)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Destroy()
	if opened.Number() != 7 || opened.Tenant() != goldenTenant {
		t.Errorf("generation %d of tenant %s", opened.Number(), opened.Tenant())
	}
	got, err := columnKey(t, opened, goldenColumn).Open(nil, sealed)
	if err != nil || string(got) != "old value" {
		t.Errorf("opened %q, %v", got, err)
	}
	again, err := current.WrapElder(elder)
	if err != nil || bytes.Equal(again, wrapped) {
		t.Errorf("the same wrapping twice (%v)", err)
	}
}

func TestElderIsBound(t *testing.T) {
	current := newGeneration(t)
	elder := NewGeneration(goldenTag, goldenTenant, 7, goldenKey(t))
	otherTenant := NewGeneration(goldenTag, TenantID{1}, goldenNumber, goldenKey(t))
	otherNumber := NewGeneration(goldenTag, goldenTenant, goldenNumber+1, goldenKey(t))
	otherStore := NewGeneration(StoreTag{}, goldenTenant, 9, goldenKey(t))
	for _, g := range []*Generation{elder, otherTenant, otherNumber, otherStore} {
		defer g.Destroy()
	}
	wrapped, err := current.WrapElder(elder)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what string
		g    *Generation
		n    KeyNumber
		want error
	}{
		{"other elder number", current, 8, ErrNotAuthentic},
		{"other tenant", otherTenant, 7, ErrNotAuthentic},
		{"other current number", otherNumber, 7, ErrNotAuthentic},
		{"number 0", current, 0, ErrKeyNumber},
		{"own number", current, goldenNumber, ErrKeyNumber},
	} {
		if _, err := c.g.UnwrapElder(c.n, wrapped); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.what, err, c.want)
		}
	}
	otherTenantElder := NewGeneration(goldenTag, TenantID{1}, 9, goldenKey(t))
	defer otherTenantElder.Destroy()
	for _, g := range []*Generation{current, otherTenantElder, otherStore} {
		if _, err := current.WrapElder(g); !errors.Is(err, ErrKeyNumber) {
			t.Errorf("wrapped a generation that is no elder: %v", err)
		}
	}
	for bit := range len(wrapped) * 8 {
		flipped := bytes.Clone(wrapped)
		flipped[bit/8] ^= 1 << (bit % 8)
		if _, err := current.UnwrapElder(7, flipped); err == nil {
			t.Fatalf("bit %d flipped", bit)
		}
	}
	for n := range wrapped {
		if _, err := current.UnwrapElder(7, wrapped[:n]); !errors.Is(err, ErrMalformed) {
			t.Fatalf("cut to %d bytes: %v", n, err)
		}
	}
}
