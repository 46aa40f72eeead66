package crypto

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/subtle"
)

const prefixSize = 12

// xaes derives the AES-256-GCM keys of XAES-256-GCM (https://c2sp.org/XAES-256-GCM): for each 12-byte nonce prefix one subkey, by
// the counter KDF of NIST SP 800-108r1 over AES-256-CMAC. The message is always one whole block, so CMAC comes down to one AES
// call under the subkey K1 of NIST SP 800-38B, section 6.1.
type xaes struct {
	block cipher.Block
	k1    [aes.BlockSize]byte
}

// newXAES takes a key of 32 bytes, which may be zeroed afterwards.
func newXAES(key []byte) (*xaes, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	x := &xaes{block: block}
	block.Encrypt(x.k1[:], x.k1[:])
	// K1 is L doubled in GF(2^128): shifted left by one bit, and reduced if a bit fell out.
	var carry byte
	for i := len(x.k1) - 1; i >= 0; i-- {
		x.k1[i], carry = x.k1[i]<<1|carry, x.k1[i]>>7
	}
	x.k1[len(x.k1)-1] ^= byte(subtle.ConstantTimeSelect(int(carry), 0x87, 0))
	return x, nil
}

// gcm is AES-256-GCM under the subkey of prefix; its nonce is the last 12 bytes of the XAES nonce.
func (x *xaes) gcm(prefix [prefixSize]byte) (cipher.AEAD, error) {
	key := make([]byte, 2*aes.BlockSize)
	defer clear(key)
	for i := range 2 {
		m := key[i*aes.BlockSize : (i+1)*aes.BlockSize]
		m[1], m[2] = byte(i+1), 'X' // counter, label; m[3] is the separator
		copy(m[4:], prefix[:])
		subtle.XORBytes(m, m, x.k1[:])
		x.block.Encrypt(m, m)
	}
	return newGCM(key)
}
