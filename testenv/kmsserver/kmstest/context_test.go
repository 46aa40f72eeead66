package kmstest

import (
	"encoding/hex"
	"maps"
	"testing"
)

func TestCanonicalContextGolden(t *testing.T) {
	got := hex.EncodeToString(canonicalContext(map[string]string{"b": "", "a": "xy"}))
	const want = "00000001" + "61" + "00000002" + "7879" + "00000001" + "62" + "00000000"
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Two contexts have the same encoding only if they are the same.
func FuzzCanonicalContext(f *testing.F) {
	f.Add("a", "bc", "", "", "ab", "c", "", "")
	f.Add("a", "b", "c", "d", "a", "bcd", "", "")
	f.Add("k", "\x00\x00\x00\x01", "", "x", "k\x00\x00\x00\x04", "", "", "x")
	f.Fuzz(func(t *testing.T, k1, v1, k2, v2, k3, v3, k4, v4 string) {
		a, b := map[string]string{k1: v1, k2: v2}, map[string]string{k3: v3, k4: v4}
		same := string(canonicalContext(a)) == string(canonicalContext(b))
		if same != maps.Equal(a, b) {
			t.Errorf("%q and %q: same encoding: %v", a, b, same)
		}
	})
}
