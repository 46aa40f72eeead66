package crypto

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"testing"
)

// The SHA-256 test cases of RFC 5869, appendix A.
func TestHKDFVectors(t *testing.T) {
	for i, v := range []struct{ ikm, salt, info, prk, okm string }{
		{
			"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9",
			"077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
			"3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
		},
		{
			sequence(0x00, 80), sequence(0x60, 80), sequence(0xb0, 80),
			"06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
			"b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c" +
				"59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
		},
		{
			"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "", "",
			"19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
			"8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
		},
	} {
		prk, err := hkdf.Extract(sha256.New, unhex(t, v.ikm), unhex(t, v.salt))
		if err != nil || hex.EncodeToString(prk) != v.prk {
			t.Errorf("case %d: PRK %x, %v", i+1, prk, err)
		}
		okm, err := hkdf.Key(sha256.New, unhex(t, v.ikm), unhex(t, v.salt), string(unhex(t, v.info)), len(v.okm)/2)
		if err != nil || hex.EncodeToString(okm) != v.okm {
			t.Errorf("case %d: OKM %x, %v", i+1, okm, err)
		}
	}
}

// TestDeriveIsHKDF writes the derivation out: one block of output is HMAC(HMAC(salt, IKM), info 01).
func TestDeriveIsHKDF(t *testing.T) {
	g := newGeneration(t)
	mac := func(key []byte, parts ...string) []byte {
		h := hmac.New(sha256.New, key)
		for _, p := range parts {
			h.Write([]byte(p))
		}
		return h.Sum(nil)
	}
	prk := mac(g.tenant[:], string(unhex(t, goldenKeyHex)))
	want := mac(prk, "\x00\x00\x00\x09pgseal.v1", "\x00\x00\x00\x06seal-x", "\x00\x00\x00\x02id", "\x01")
	equalBytes(t, "derived key", derived(t, g, purposeSeal, "id"), want)
}

func sequence(from byte, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = from + byte(i)
	}
	return hex.EncodeToString(b)
}
