package crypto

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"
)

func TestArmour(t *testing.T) {
	for n := range 200 {
		sealed := make([]byte, n)
		for i := range sealed {
			sealed[i] = byte(i*37 + n)
		}
		text := AppendArmour([]byte("before"), sealed)
		if want := "before" + "pgs1_" + base64.RawURLEncoding.EncodeToString(sealed); string(text) != want {
			t.Fatalf("%x: %s, want %s", sealed, text, want)
		}
		got, err := AppendUnarmour([]byte("before"), text[len("before"):])
		if err != nil || string(got) != "before"+string(sealed) {
			t.Fatalf("%x: %x, %v", sealed, got, err)
		}
	}
}

func TestUnarmourRefuses(t *testing.T) {
	for _, text := range []string{
		"", "pgs1", "pgs1-", "PGS1_AAAA", "pgs2_AAAA", " pgs1_AAAA", "xpgs1_AAAA",
		"pgs1_A", "pgs1_AAAAA", // a length that no value has
		"pgs1_AB", "pgs1_AAB", // bits left over
		"pgs1_AA==", "pgs1_AAA=", "pgs1_AAAA=", // padding
		"pgs1_AA+A", "pgs1_AA/A", "pgs1_AA.A", "pgs1_AA\x00A", "pgs1_AA\xc3A", // outside of the alphabet
		"pgs1_\nAAAA", "pgs1_AAAA\n", "pgs1_AA\nAA", "pgs1_AA\r\nAA", "pgs1_AAAA\r", "pgs1_AAA\n", "pgs1_\n", // line breaks
		"pgs1_AAAA ", "pgs1_ AAAA",
	} {
		if got, err := AppendUnarmour([]byte("dst"), []byte(text)); !errors.Is(err, ErrMalformed) || string(got) != "dst" {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
}

// TestUnarmourAlphabet tries every byte in every place of a group.
func TestUnarmourAlphabet(t *testing.T) {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	for place := range 8 {
		for b := range 256 {
			text := []byte("pgs1_AAAAAAAA")
			text[5+place] = byte(b)
			_, err := AppendUnarmour(nil, text)
			if ok := strings.IndexByte(alphabet, byte(b)) >= 0; ok != (err == nil) {
				t.Errorf("%q: %v", text, err)
			}
		}
	}
}

// FuzzArmour holds the tables against encoding/base64, which is as strict but for line breaks.
func FuzzArmour(f *testing.F) {
	for _, seed := range []string{"", "AA", "AB", "AAA", "AAAA", "AAAAAAAA", "AAAAAAAAAAA", "-_-_-_-_", "AAAAA\nAAAA", "AAA=", "AAAAAAA+", "\xff\x80AAAAAA"} {
		f.Add([]byte(seed))
	}
	strict := base64.RawURLEncoding.Strict()
	f.Fuzz(func(t *testing.T, body []byte) {
		text := append([]byte(ArmourPrefix), body...)
		got, err := AppendUnarmour(nil, text)
		want, wantErr := strict.AppendDecode(nil, body)
		if strings.ContainsAny(string(body), "\r\n") {
			wantErr = ErrMalformed
		}
		if (err == nil) != (wantErr == nil) || err == nil && string(got) != string(want) {
			t.Fatalf("%q: %x, %v, want %x, %v", text, got, err, want, wantErr)
		}
		if got, want := string(AppendArmour(nil, body)), ArmourPrefix+base64.RawURLEncoding.EncodeToString(body); got != want {
			t.Fatalf("%x: %s, want %s", body, got, want)
		}
	})
}
