package value

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// textCodec is text and varchar(n). Canonical form: the UTF-8 bytes, without any terminator.
type textCodec struct{ bounded bool } // bounded: varchar, whose modifier counts

func (c textCodec) name() string {
	if c.bounded {
		return "character varying"
	}
	return "text"
}

func (c textCodec) parse(dst, in []byte, typmod int32, _ *Settings) ([]byte, error) {
	if typmod < varHeader || !c.bounded {
		return append(dst, in...), nil
	}
	fitting, err := fitCharacters(in, int(typmod-varHeader), "character varying")
	if err != nil {
		return dst, err
	}
	return append(dst, fitting...), nil
}

func (c textCodec) receive(dst, in []byte, typmod int32) ([]byte, error) {
	if err := checkText(in); err != nil {
		return dst, err
	}
	return c.parse(dst, in, typmod, nil)
}

func (c textCodec) print(dst, canonical []byte, _ *Settings) ([]byte, error) {
	if checkText(canonical) != nil {
		return dst, storedError(c.name())
	}
	return append(dst, canonical...), nil
}

func (c textCodec) send(dst, canonical []byte) ([]byte, error) { return c.print(dst, canonical, nil) }

// checkText refuses what no PostgreSQL text value can hold: a NUL, and bytes that are not UTF-8.
func checkText(in []byte) error {
	if !utf8.Valid(in) || bytes.IndexByte(in, 0) >= 0 {
		return encodingError()
	}
	return nil
}

// fitCharacters returns in cut to max characters where only spaces follow them, which is what PostgreSQL does on
// assignment to varchar(max) and char(max); in itself where it is not longer.
func fitCharacters(in []byte, max int, typeName string) ([]byte, error) {
	if len(in) <= max {
		return in, nil
	}
	end, n := 0, 0
	for ; end < len(in) && n < max; n++ {
		_, size := utf8.DecodeRune(in[end:])
		end += size
	}
	for _, b := range in[end:] {
		if b != ' ' {
			return nil, &Error{Code: codeTooLong, Message: "value too long for type " + typeName + "(" + strconv.Itoa(max) + ")"}
		}
	}
	return in[:end], nil
}
