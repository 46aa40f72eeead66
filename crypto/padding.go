package crypto

import "slices"

const paddingMark = 0x80

// AppendPadded appends plaintext, the byte 0x80 and as many zero bytes as bring the padded length to a multiple of block bytes (a
// block under 1 counts as 1). plaintext must not overlap the spare capacity of dst.
func AppendPadded(dst, plaintext []byte, block int) []byte {
	block = max(block, 1)
	n := len(plaintext) + 1
	zeros := (block - n%block) % block
	dst = slices.Grow(dst, n+zeros)
	dst = append(dst, plaintext...)
	dst = append(dst, paddingMark)
	end := len(dst)
	dst = dst[:end+zeros]
	clear(dst[end:])
	return dst
}

// Unpad gives the plaintext within padded bytes, as a part of the same memory. ErrMalformed when there is no mark. It is for
// opened (authenticated) bytes only, so the time that it takes tells nobody anything.
func Unpad(padded []byte) ([]byte, error) {
	for i := len(padded) - 1; i >= 0; i-- {
		switch padded[i] {
		case 0:
		case paddingMark:
			return padded[:i:i], nil
		default:
			return nil, ErrMalformed
		}
	}
	return nil, ErrMalformed
}
