package crypto

import (
	"crypto/aes"
	"crypto/cipher"
)

// formatVersion is the first part of every derivation info and of all additional data.
const formatVersion = "pgseal.v1"

// The purposes of derived keys. No key serves two constructions.
const (
	purposeSeal   = "seal-x"
	purposeDetEnc = "det-enc"
	purposeDetMAC = "det-mac"
	purposeWrap   = "wrap"
)

const derivedKeySize = 32

// derive makes one derived key: HKDF-SHA256 (RFC 5869) of the data key with the tenant's id as salt, which for 32 bytes is HMAC twice. column is the
// canonical column id, empty for the purpose wrap. The data key is held against Destroy meanwhile. f must not keep the key, which is
// zeroed after it.
func (g *Generation) derive(purpose, column string, f func(key []byte) error) error {
	return g.key.use(func(secret []byte) error {
		var prk, key [derivedKeySize]byte
		defer clear(prk[:])
		defer clear(key[:])
		hmacWithoutTrace(prk[:], g.tenant[:], secret)                                                 // HKDF-Extract
		hmacWithoutTrace(key[:], prk[:], append(appendParts(nil, formatVersion, purpose, column), 1)) // HKDF-Expand, the first block
		return f(key[:])
	})
}

// newGCM is AES-GCM with 12-byte nonces and 16-byte tags under key, which may be zeroed afterwards.
func newGCM(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// columnAAD is the additional data of every value of a column.
func (g *Generation) columnAAD(c Column) []byte {
	h := Header{Number: g.number}.bytes()
	return appendParts(nil, formatVersion, string(g.tenant[:]), string(h[3:]), c.ID.canonical, c.Family)
}
