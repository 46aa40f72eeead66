package value

import "encoding/hex"

// byteaCodec is bytea. Canonical form: the bytes themselves.
type byteaCodec struct{}

func (byteaCodec) parse(dst, in []byte, _ int32, _ *Settings) ([]byte, error) {
	return DecodeBytea(dst, in)
}

func (byteaCodec) receive(dst, in []byte, _ int32) ([]byte, error) { return append(dst, in...), nil }

func (byteaCodec) print(dst, canonical []byte, s *Settings) ([]byte, error) {
	if s.escapeBytea() {
		return appendByteaEscaped(dst, canonical), nil
	}
	return AppendByteaText(dst, canonical), nil
}

func (byteaCodec) send(dst, canonical []byte) ([]byte, error) { return append(dst, canonical...), nil }

// AppendByteaText appends the hex text form of raw (\x and two lower-case digits a byte) to dst and returns the longer slice.
func AppendByteaText(dst, raw []byte) []byte {
	return hex.AppendEncode(append(dst, '\\', 'x'), raw)
}

// appendByteaEscaped appends the escape form: printable ASCII as it is, a doubled backslash, three octal digits for the rest.
func appendByteaEscaped(dst, raw []byte) []byte {
	for _, b := range raw {
		switch {
		case b == '\\':
			dst = append(dst, '\\', '\\')
		case b < 0x20 || b > 0x7e:
			dst = append(dst, '\\', '0'+b>>6, '0'+b>>3&7, '0'+b&7)
		default:
			dst = append(dst, b)
		}
	}
	return dst
}

// DecodeBytea appends the bytes that a bytea's text form stands for to dst and returns the longer slice. Both forms are
// read: \x with pairs of hex digits and white space between the pairs, and the escape form. Errors are *Error: 22023 for
// bad hex, 22P02 for a bad escape.
func DecodeBytea(dst, text []byte) ([]byte, error) {
	if len(text) >= 2 && text[0] == '\\' && text[1] == 'x' {
		return decodeByteaHex(dst, text[2:])
	}
	out := dst
	for i := 0; i < len(text); i++ {
		b := text[i]
		switch {
		case b != '\\':
			out = append(out, b)
		case i+1 < len(text) && text[i+1] == '\\':
			out = append(out, '\\')
			i++
		case i+3 < len(text) && text[i+1] >= '0' && text[i+1] <= '3' && isOctal(text[i+2]) && isOctal(text[i+3]):
			out = append(out, (text[i+1]-'0')<<6|(text[i+2]-'0')<<3|(text[i+3]-'0'))
			i += 3
		default:
			return dst, syntaxError("bytea", byteaHint)
		}
	}
	return out, nil
}

const byteaHint = `Accepted: \x and pairs of hexadecimal digits, or the escape form with \\ and \nnn (octal).`

func isOctal(b byte) bool { return b >= '0' && b <= '7' }

func decodeByteaHex(dst, text []byte) ([]byte, error) {
	out := dst
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case ' ', '\n', '\t', '\r':
			continue
		}
		high, ok := hexDigit(text[i])
		if !ok {
			return dst, &Error{Code: codeParameter, Message: "invalid hexadecimal digit", Hint: byteaHint}
		}
		if i++; i == len(text) {
			return dst, &Error{Code: codeParameter, Message: "invalid hexadecimal data: odd number of digits", Hint: byteaHint}
		}
		low, ok := hexDigit(text[i])
		if !ok {
			return dst, &Error{Code: codeParameter, Message: "invalid hexadecimal digit", Hint: byteaHint}
		}
		out = append(out, high<<4|low)
	}
	return out, nil
}

func hexDigit(b byte) (byte, bool) {
	switch {
	case b >= '0' && b <= '9':
		return b - '0', true
	case b >= 'a' && b <= 'f':
		return b - 'a' + 10, true
	case b >= 'A' && b <= 'F':
		return b - 'A' + 10, true
	}
	return 0, false
}
