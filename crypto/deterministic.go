package crypto

import "crypto/cipher"

// deterministic seals and opens a column's values in deterministic mode.
type deterministic struct {
	aead   cipher.AEAD
	mac    *prefixMAC
	aad    []byte
	header [headerSize]byte
}

// seal appends a sealed value; dst has room for it.
func (d *deterministic) seal(dst, plaintext []byte) []byte {
	dst = append(dst, d.header[:]...)
	n := len(dst)
	dst = d.mac.appendNonce(dst, plaintext)
	return d.aead.Seal(dst, dst[n:], plaintext, d.aad)
}

// open appends the plaintext of a sealed value whose header and length are checked.
func (d *deterministic) open(dst, sealed []byte) ([]byte, error) {
	nonce, body := sealed[headerSize:headerSize+nonceDeterministic], sealed[headerSize+nonceDeterministic:]
	out, err := d.aead.Open(dst, nonce, body, d.aad)
	if err != nil {
		return dst, ErrNotAuthentic
	}
	if !d.mac.matches(nonce, out[len(dst):]) {
		clear(out[len(dst):])
		return dst, ErrNotAuthentic
	}
	return out, nil
}
