package value

import "encoding/hex"

// uuidSize is the size of a UUID in bytes.
const uuidSize = 16

// uuidCodec is uuid. Canonical form: the 16 bytes in the order in which they are printed.
type uuidCodec struct{}

// parse accepts what PostgreSQL does: 32 hex digits of any case, a hyphen after any group of four, braces around it all.
func (uuidCodec) parse(dst, in []byte, _ int32, _ *Settings) ([]byte, error) {
	bad := func() ([]byte, error) {
		return dst, syntaxError("uuid", "Accepted: 32 hexadecimal digits, with or without hyphens after groups of four and braces around it.")
	}
	rest := in
	braces := len(rest) > 0 && rest[0] == '{'
	if braces {
		rest = rest[1:]
	}
	var id [uuidSize]byte
	for i := range id {
		if len(rest) < 2 {
			return bad()
		}
		high, ok1 := hexDigit(rest[0])
		low, ok2 := hexDigit(rest[1])
		if !ok1 || !ok2 {
			return bad()
		}
		id[i], rest = high<<4|low, rest[2:]
		if i%2 == 1 && i < uuidSize-1 && len(rest) > 0 && rest[0] == '-' {
			rest = rest[1:]
		}
	}
	if braces {
		if len(rest) == 0 || rest[0] != '}' {
			return bad()
		}
		rest = rest[1:]
	}
	if len(rest) != 0 {
		return bad()
	}
	return append(dst, id[:]...), nil
}

func (uuidCodec) receive(dst, in []byte, _ int32) ([]byte, error) {
	if err := fixedSize(in, uuidSize); err != nil {
		return dst, err
	}
	return append(dst, in...), nil
}

func (uuidCodec) print(dst, canonical []byte, _ *Settings) ([]byte, error) {
	if len(canonical) != uuidSize {
		return dst, storedError("uuid")
	}
	for i, part := range [...][2]int{{0, 4}, {4, 6}, {6, 8}, {8, 10}, {10, 16}} {
		if i > 0 {
			dst = append(dst, '-')
		}
		dst = hex.AppendEncode(dst, canonical[part[0]:part[1]])
	}
	return dst, nil
}

func (uuidCodec) send(dst, canonical []byte) ([]byte, error) {
	if len(canonical) != uuidSize {
		return dst, storedError("uuid")
	}
	return append(dst, canonical...), nil
}
