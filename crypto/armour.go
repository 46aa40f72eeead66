package crypto

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// ArmourPrefix begins a sealed value in a column of the text family.
const ArmourPrefix = "pgs1_"

// AppendArmour appends the text form of a sealed value: ArmourPrefix and base64url (RFC 4648, section 5) without padding.
// sealed must not overlap the spare capacity of dst.
func AppendArmour(dst, sealed []byte) []byte {
	n := len(sealed)/3*4 + (len(sealed)%3*8+5)/6
	dst = append(slices.Grow(dst, len(ArmourPrefix)+n), ArmourPrefix...)
	at := len(dst)
	dst = dst[:at+n]
	encodeArmour(dst[at:], sealed)
	return dst
}

// AppendUnarmour appends the bytes of an armoured value. Exactly the texts that AppendArmour makes are taken: ErrMalformed for
// another prefix, any character outside of the alphabet (line breaks too), an impossible length, or bits left over that are not
// zero; dst is then returned as it came. text must not overlap the spare capacity of dst.
func AppendUnarmour(dst, text []byte) ([]byte, error) {
	body, ok := bytes.CutPrefix(text, []byte(ArmourPrefix))
	if !ok || len(body)%4 == 1 {
		return dst, ErrMalformed
	}
	n := len(body)/4*3 + len(body)%4*6/8
	out := slices.Grow(dst, n)[:len(dst)+n]
	if !decodeArmour(out[len(dst):], body) {
		return dst, ErrMalformed
	}
	return out, nil
}

const armourAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// notArmour marks a character outside of the alphabet; it is above the bits of four characters.
const notArmour = 1 << 31

// Tables for two characters at once, and for a character in each place of a group of four. Their indexes are of sealed values, which are
// no secret. encoding/base64 takes two to three times as long, more than AES for a short value; a test holds these against it.
var (
	armourPairs  = newArmourPairs()
	armourPlaces = newArmourPlaces()
)

func newArmourPairs() *[1 << 12]uint16 {
	t := new([1 << 12]uint16)
	for i := range t {
		t[i] = uint16(armourAlphabet[i>>6])<<8 | uint16(armourAlphabet[i&63])
	}
	return t
}

func newArmourPlaces() *[4][256]uint32 {
	t := new([4][256]uint32)
	for place := range t {
		for c := range t[place] {
			t[place][c] = notArmour
		}
		for i := range len(armourAlphabet) {
			t[place][armourAlphabet[i]] = uint32(i) << (18 - 6*place)
		}
	}
	return t
}

// encodeArmour fills dst, which has just the right length.
func encodeArmour(dst, src []byte) {
	pairs := armourPairs
	for len(src) >= 8 && len(dst) >= 8 { // six of the eight bytes
		v := binary.BigEndian.Uint64(src)
		binary.BigEndian.PutUint64(dst, uint64(pairs[v>>52])<<48|uint64(pairs[v>>40&0xfff])<<32|uint64(pairs[v>>28&0xfff])<<16|uint64(pairs[v>>16&0xfff]))
		dst, src = dst[8:], src[6:]
	}
	for len(src) >= 3 {
		v := uint32(src[0])<<16 | uint32(src[1])<<8 | uint32(src[2])
		binary.BigEndian.PutUint32(dst, uint32(pairs[v>>12])<<16|uint32(pairs[v&0xfff]))
		dst, src = dst[4:], src[3:]
	}
	switch len(src) {
	case 1:
		binary.BigEndian.PutUint16(dst, pairs[uint32(src[0])<<4])
	case 2:
		v := uint32(src[0])<<8 | uint32(src[1])
		binary.BigEndian.PutUint16(dst, pairs[v>>4])
		dst[2] = armourAlphabet[v&0xf<<2]
	}
}

// decodeArmour fills dst, which has just the right length; false where src is no text of encodeArmour's.
func decodeArmour(dst, src []byte) bool {
	t := armourPlaces
	for len(src) >= 8 && len(dst) >= 8 { // the last two of the eight bytes are written over by the next group, or the rest
		v := t[0][src[0]] | t[1][src[1]] | t[2][src[2]] | t[3][src[3]]
		w := t[0][src[4]] | t[1][src[5]] | t[2][src[6]] | t[3][src[7]]
		if (v|w)&notArmour != 0 {
			return false
		}
		binary.BigEndian.PutUint64(dst, uint64(v)<<40|uint64(w)<<16)
		dst, src = dst[6:], src[8:]
	}
	for len(src) >= 4 {
		v := t[0][src[0]] | t[1][src[1]] | t[2][src[2]] | t[3][src[3]]
		if v&notArmour != 0 {
			return false
		}
		dst[0], dst[1], dst[2] = byte(v>>16), byte(v>>8), byte(v)
		dst, src = dst[3:], src[4:]
	}
	if len(src) == 0 {
		return true
	}
	v := t[0][src[0]] | t[1][src[1]]
	if len(src) == 3 {
		v |= t[2][src[2]]
	}
	for i := range dst { // bits that are left over have to be zero
		dst[i] = byte(v >> 16)
		v = v&notArmour | v<<8&0xffffff
	}
	return v == 0
}
