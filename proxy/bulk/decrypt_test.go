package bulk

import (
	"errors"
	"testing"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/value"
)

// TestOpened: what lies there afterwards is what applications read, whatever the value was sealed as; and what would not be told from a sealed value is not
// written.
func TestOpened(t *testing.T) {
	key, err := crypto.GenerateDataKey()
	if err != nil {
		t.Fatal(err)
	}
	k := &fickleKey{generation: crypto.NewGeneration(storeTag, crypto.TenantID{1}, 7, key)}
	defer k.generation.Destroy()
	sealed := func(f form, text string) []byte {
		t.Helper()
		plain, err := f.plain(k, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		stored, err := f.seal(k, plain)
		if err != nil {
			t.Fatal(err)
		}
		return stored
	}
	record := func(oid uint32, typmod int32, pad int, mode crypto.Mode, normalize ...string) form {
		typ := value.Type{OID: oid, Typmod: typmod}
		family := typ.Family()
		if pad > 0 {
			family = crypto.PaddedFamily(family)
		}
		return formOf(&pgstore.Column{Key: crypto.Column{ID: crypto.NewColumnID("public", "t", "c"), Family: family}, TypeOID: oid, Typmod: typmod, Mode: mode, Pad: pad,
			Normalize: normalize})
	}
	text := record(value.OIDText, -1, 0, crypto.Randomized)
	for name, tt := range map[string]struct {
		form     form
		in, want string
	}{
		"text":       {text, "O'Brien \\ é", "O'Brien \\ é"},
		"empty":      {text, "", ""},
		"padded":     {record(value.OIDText, -1, 64, crypto.Randomized), "short", "short"},
		"varchar(5)": {record(value.OIDVarchar, 9, 0, crypto.Deterministic), "12345", "12345"},
		"char(5)":    {record(value.OIDBpchar, 9, 0, crypto.Randomized), "12", "12   "},
		"normalized": {record(value.OIDText, -1, 0, crypto.Deterministic, "trim", "lower"), " A ", "a"},
	} {
		stored := sealed(tt.form, tt.in)
		before, next, err := decryption{}.treat(tt.form, k, stored)
		if err != nil || string(next) != tt.want || next == nil {
			t.Errorf("%s: %q, %v", name, next, err)
			continue
		}
		after, again, err := decryption{}.treat(tt.form, k, next)
		if err != nil || again != nil || string(after) != string(before) {
			t.Errorf("%s: looked at once more: %q in place of %q, %q, %v", name, after, before, again, err)
		}
	}
	if _, next, err := (decryption{}).treat(record(value.OIDVarchar, 9, 0, crypto.Randomized), k, []byte("longer than five")); next != nil || err != nil {
		t.Errorf("a plaintext that is longer than the type allows: %q, %v", next, err)
	}

	// An application has stored what it read past the proxy.
	inner, err := k.Seal(nil, text.record.Key, crypto.Randomized, sealed(text, "twice"))
	if err != nil {
		t.Fatal(err)
	}
	if _, next, err := (decryption{}).treat(text, k, crypto.AppendArmour(nil, inner)); next != nil || !errors.Is(err, errSealedInside) {
		t.Errorf("a sealed value inside of one: %q, %v", next, err)
	}
	raw, _ := text.unarmoured(k, sealed(text, "spoilt"))
	raw[len(raw)-1] ^= 1
	for name, spoilt := range map[string][]byte{"a spoilt value": crypto.AppendArmour(nil, raw), "a spoilt armour": append(sealed(text, "spoilt"), '{')} {
		if _, next, err := (decryption{}).treat(text, k, spoilt); next != nil || !errors.Is(err, errNotOpened) {
			t.Errorf("%s: %q, %v", name, next, err)
		}
	}
	k.fails, k.checks = true, 0
	if _, next, err := (decryption{}).treat(text, k, sealedBefore(t, k, text)); next != nil || !errors.Is(err, errGone) {
		t.Errorf("while the key is gone: %q, %v", next, err)
	}
}

// sealedBefore seals as long as the key still was there.
func sealedBefore(t *testing.T, k *fickleKey, f form) []byte {
	t.Helper()
	sealed, err := k.Seal(nil, f.record.Key, crypto.Randomized, []byte("a value"))
	if err != nil {
		t.Fatal(err)
	}
	return crypto.AppendArmour(nil, sealed)
}
