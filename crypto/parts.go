package crypto

import "encoding/binary"

// appendParts appends each part preceded by its length as uint32 big endian: the one encoding of every composed input of this
// package (derivation info, additional data, MAC input, column id). Parts must be shorter than 4 GiB.
func appendParts[T ~string | ~[]byte](dst []byte, parts ...T) []byte {
	for _, p := range parts {
		dst = binary.BigEndian.AppendUint32(dst, uint32(len(p)))
		dst = append(dst, p...)
	}
	return dst
}

// splitParts is the inverse of appendParts for at most limit parts. The parts are substrings of encoded. It allocates nothing by
// the lengths that it reads.
func splitParts(encoded string, limit int) ([]string, error) {
	var parts []string
	for len(encoded) > 0 {
		if len(encoded) < 4 || len(parts) == limit {
			return nil, ErrMalformed
		}
		n := uint64(encoded[0])<<24 | uint64(encoded[1])<<16 | uint64(encoded[2])<<8 | uint64(encoded[3])
		encoded = encoded[4:]
		if n > uint64(len(encoded)) {
			return nil, ErrMalformed
		}
		parts = append(parts, encoded[:n])
		encoded = encoded[n:]
	}
	return parts, nil
}
