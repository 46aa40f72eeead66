package crypto

import (
	"encoding/json"
	"errors"
	"regexp"
	"testing"
)

func TestTenantID(t *testing.T) {
	const text = "6f1e0d52-930b-4c6a-8f21-7d5e4490b2c8"
	if goldenTenant.String() != text {
		t.Errorf("%s, want %s", goldenTenant, text)
	}
	if id, err := ParseTenantID(text); err != nil || id != goldenTenant {
		t.Errorf("%s, %v", id, err)
	}
	encoded, err := json.Marshal(map[TenantID]TenantID{goldenTenant: goldenTenant})
	if want := `{"` + text + `":"` + text + `"}`; err != nil || string(encoded) != want {
		t.Errorf("%s, %v", encoded, err)
	}
	var back TenantID
	if err := json.Unmarshal([]byte(`"`+text+`"`), &back); err != nil || back != goldenTenant {
		t.Errorf("%s, %v", back, err)
	}
	for _, wrong := range []string{
		"", "6F1E0D52-930B-4C6A-8F21-7D5E4490B2C8", text[:35], text + "0", "6f1e0d52930b4c6a8f217d5e4490b2c8",
		"6f1e0d52x930b-4c6a-8f21-7d5e4490b2c8", "6f1e0d52-930b-4c6a-8f21-7d5e4490b2cg", "{f1e0d52-930b-4c6a-8f21-7d5e4490b2c}",
	} {
		if id, err := ParseTenantID(wrong); !errors.Is(err, ErrMalformed) || id != (TenantID{}) {
			t.Errorf("%q: %s, %v", wrong, id, err)
		}
	}
}

func TestRandomIdentities(t *testing.T) {
	uuid := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	tenants, numbers, tags := map[TenantID]bool{}, map[KeyNumber]bool{0: true}, map[StoreTag]bool{}
	for range 20 {
		id, n := NewTenantID(), NewKeyNumber()
		if !uuid.MatchString(id.String()) || tenants[id] || numbers[n] {
			t.Errorf("tenant %s, number %d", id, n)
		}
		tenants[id], numbers[n], tags[NewStoreTag()] = true, true, true
	}
	if len(tags) < 15 {
		t.Errorf("%d different tags of 20", len(tags))
	}
}
