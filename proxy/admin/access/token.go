package access

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
)

// tokenPrefix begins every API token, so that people and scanners of secrets know it for what it is.
const tokenPrefix = "pgseal_"

// tokenBytes are drawn at random: no dictionary finds them, so that a plain digest keeps them safe.
const tokenBytes = 32

// NewToken draws an API token. The users file gets its digest; the token itself is shown once.
func NewToken() (token, sha string) {
	b := make([]byte, tokenBytes)
	_, _ = rand.Read(b) // never fails
	token = tokenPrefix + base64.RawURLEncoding.EncodeToString(b)
	sum := sha256.Sum256([]byte(token))
	return token, hex.EncodeToString(sum[:])
}

func parseDigest(text string) (sum [sha256.Size]byte, err error) {
	raw, err := hex.DecodeString(text)
	if err != nil || copy(sum[:], raw) != len(sum) || len(raw) != len(sum) {
		return sum, errors.New("no SHA-256 in hexadecimal digits")
	}
	return sum, nil
}
