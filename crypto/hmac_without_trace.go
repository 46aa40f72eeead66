package crypto

import "crypto/sha256"

// hmacWithoutTrace puts HMAC-SHA256 (RFC 2104) of the message under key, of at most 64 bytes, into sum, of 32. It is for the few MACs of a data key's
// life by which others are derived: crypto/hmac and crypto/hkdf leave the message, the padded key and the hash's states behind in memory that
// lives until it is used again, where a search of a process's memory finds the data key itself. Here all of it is overwritten. A test
// holds it against crypto/hmac.
func hmacWithoutTrace(sum, key, message []byte) {
	var pad, zeros [sha256.BlockSize]byte
	defer clear(pad[:])
	copy(pad[:], key)
	for i := range pad {
		pad[i] ^= 0x36
	}
	h := sha256.New()
	h.Write(pad[:])
	h.Write(message)
	inner := h.Sum(sum[:0])
	for i := range pad {
		pad[i] ^= 0x36 ^ 0x5c
	}
	h.Reset()
	h.Write(pad[:])
	h.Write(inner)
	h.Sum(sum[:0])
	// The block that the hash gathers a message in keeps what it had in it, on the heap; Sum works on a copy, on this stack. Zeros take both places.
	h.Reset()
	h.Write(zeros[:sha256.Size])
	h.Write(zeros[:])
	h.Sum(zeros[:0])
}
