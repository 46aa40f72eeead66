package crypto

import (
	"bytes"
	"encoding/base64"
	"slices"
)

// ArmourPrefix begins a sealed value in a column of the text family.
const ArmourPrefix = "pgs1_"

// AppendArmour appends the text form of a sealed value: ArmourPrefix and base64url (RFC 4648, section 5) without padding.
// sealed must not overlap the spare capacity of dst.
func AppendArmour(dst, sealed []byte) []byte {
	dst = slices.Grow(dst, len(ArmourPrefix)+base64.RawURLEncoding.EncodedLen(len(sealed)))
	dst = append(dst, ArmourPrefix...)
	return base64.RawURLEncoding.AppendEncode(dst, sealed)
}

// AppendUnarmour appends the bytes of an armoured value. Exactly the texts that AppendArmour makes are taken: ErrMalformed for
// another prefix, any character outside of the alphabet (line breaks too), an impossible length, or bits left over that are not
// zero; dst is then returned as it came. text must not overlap the spare capacity of dst.
func AppendUnarmour(dst, text []byte) ([]byte, error) {
	body, ok := bytes.CutPrefix(text, []byte(ArmourPrefix))
	if !ok {
		return dst, ErrMalformed
	}
	// encoding/base64 skips CR and LF even in strict mode.
	if bytes.IndexByte(body, '\n') >= 0 || bytes.IndexByte(body, '\r') >= 0 {
		return dst, ErrMalformed
	}
	strict := base64.RawURLEncoding.Strict()
	out := slices.Grow(dst, strict.DecodedLen(len(body)))
	out, err := strict.AppendDecode(out, body)
	if err != nil {
		return dst, ErrMalformed
	}
	return out, nil
}
