package crypto

import (
	"encoding/hex"
	"testing"
)

// The fixed identities and keys that the golden bytes were made with.
var (
	goldenTag    = StoreTag{0xa7, 0x3c}
	goldenTenant = TenantID{0x6f, 0x1e, 0x0d, 0x52, 0x93, 0x0b, 0x4c, 0x6a, 0x8f, 0x21, 0x7d, 0x5e, 0x44, 0x90, 0xb2, 0xc8}
	goldenNumber = KeyNumber(0x9c41f00d)
	goldenColumn = Column{ID: NewColumnID("public", "matters", "title"), Family: "text"}
)

const goldenKeyHex = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

func goldenKey(t testing.TB) *DataKey {
	t.Helper()
	k, err := NewDataKey(unhex(t, goldenKeyHex))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// newGeneration is a generation under the golden key, destroyed with the test.
func newGeneration(t testing.TB) *Generation {
	t.Helper()
	g := NewGeneration(goldenTag, goldenTenant, goldenNumber, goldenKey(t))
	t.Cleanup(g.Destroy)
	return g
}

func columnKey(t testing.TB, g *Generation, c Column) *ColumnKey {
	t.Helper()
	k, err := g.Column(c)
	if err != nil {
		t.Fatal(err)
	}
	return k
}
