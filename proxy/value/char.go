package value

import (
	"bytes"
	"unicode/utf8"
)

// charCodec is char(n), which PostgreSQL calls bpchar. Canonical form: the UTF-8 bytes as PostgreSQL stores them, filled up
// with spaces to n characters; without a declared length as they came.
type charCodec struct{}

func (charCodec) parse(dst, in []byte, typmod int32, _ *Settings) ([]byte, error) {
	if typmod < varHeader {
		return append(dst, in...), nil
	}
	n := int(typmod - varHeader)
	fitting, err := fitCharacters(in, n, "character")
	if err != nil {
		return dst, err
	}
	return fillUp(append(dst, fitting...), fitting, n), nil
}

// fillUp appends the spaces that text has too few for n characters.
func fillUp(dst, text []byte, n int) []byte {
	if missing := n - utf8.RuneCount(text); missing > 0 {
		return append(dst, bytes.Repeat([]byte{' '}, missing)...)
	}
	return dst
}

func (c charCodec) receive(dst, in []byte, typmod int32) ([]byte, error) {
	if err := checkText(in); err != nil {
		return dst, err
	}
	return c.parse(dst, in, typmod, nil)
}

func (charCodec) print(dst, canonical []byte, _ *Settings) ([]byte, error) {
	if checkText(canonical) != nil {
		return dst, storedError("character")
	}
	return append(dst, canonical...), nil
}

func (c charCodec) send(dst, canonical []byte) ([]byte, error) { return c.print(dst, canonical, nil) }

// refill gives canonical text of a char the width that the column has now: where n has grown since it was sealed, and where
// it has lain in a text column, in which PostgreSQL leaves the spaces off.
func (t Type) refill(dst, canonical []byte, err error) ([]byte, error) {
	if err != nil || t.OID != OIDBpchar || t.Typmod < varHeader {
		return dst, err
	}
	return fillUp(dst, canonical, int(t.Typmod-varHeader)), nil
}
