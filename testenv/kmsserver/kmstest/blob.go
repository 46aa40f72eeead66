package kmstest

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/hex"
)

// A CiphertextBlob is
//
//	byte 0       0x01
//	bytes 1-32   id of the key material that made it
//	bytes 33-44  nonce
//	rest         AES-256-GCM ciphertext and tag; additional data: bytes 0-32 and the encryption context
const (
	blobVersion   = 0x01
	blobHeaderLen = 1 + 32
	blobNonceLen  = 12
	blobTagLen    = 16
	maxBlobLen    = 6144 // limit of CiphertextBlob in the API reference
	maxPlainLen   = 4096 // limit of Plaintext in the API reference
)

// material is one generation of a key's secret.
type material struct {
	ID     string // 64 hexadecimal digits
	Secret []byte // 32 bytes
}

func newMaterial() material {
	return material{ID: hex.EncodeToString(random(32)), Secret: random(32)}
}

func (m material) aead() cipher.AEAD {
	block, err := aes.NewCipher(m.Secret)
	if err != nil {
		panic("kmstest: key material is not 32 bytes long")
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		panic("kmstest: " + err.Error())
	}
	return gcm
}

// seal encrypts plaintext under m and the encryption context.
func (m material) seal(plaintext []byte, pairs map[string]string) []byte {
	id, err := hex.DecodeString(m.ID)
	if err != nil {
		panic("kmstest: key material id is not hexadecimal")
	}
	blob := append([]byte{blobVersion}, id...)
	aad := append(blob[:blobHeaderLen:blobHeaderLen], canonicalContext(pairs)...)
	nonce := random(blobNonceLen)
	blob = append(blob, nonce...)
	return m.aead().Seal(blob, nonce, plaintext, aad)
}

// open is the opposite of seal. Any difference in blob or context is InvalidCiphertextException.
func (m material) open(blob []byte, pairs map[string]string) ([]byte, *apiError) {
	aad := append(blob[:blobHeaderLen:blobHeaderLen], canonicalContext(pairs)...)
	nonce := blob[blobHeaderLen : blobHeaderLen+blobNonceLen]
	plain, err := m.aead().Open(nil, nonce, blob[blobHeaderLen+blobNonceLen:], aad)
	if err != nil {
		return nil, errInvalidCiphertext()
	}
	return plain, nil
}

// blobMaterial reads the id of the material that made blob.
func blobMaterial(blob []byte) (string, *apiError) {
	if len(blob) < blobHeaderLen+blobNonceLen+blobTagLen || blob[0] != blobVersion {
		return "", errInvalidCiphertext()
	}
	return hex.EncodeToString(blob[1:blobHeaderLen]), nil
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // documented never to fail
	return b
}
