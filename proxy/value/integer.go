package value

import (
	"encoding/binary"
	"math"
	"strconv"
)

// integerSize is the size of the canonical form of every integer type: 8 bytes, big endian, two's complement.
const integerSize = 8

// integerCodec is smallint, integer and bigint: width is 2, 4 or 8 bytes on the wire.
type integerCodec struct{ width int }

// integerOf returns the codec of an integer type's OID.
func integerOf(oid uint32) integerCodec {
	switch oid {
	case OIDInt2:
		return integerCodec{2}
	case OIDInt4:
		return integerCodec{4}
	}
	return integerCodec{8}
}

func (c integerCodec) name() string {
	switch c.width {
	case 2:
		return "smallint"
	case 4:
		return "integer"
	}
	return "bigint"
}

// fits tells whether n is in the type's range.
func (c integerCodec) fits(n int64) bool {
	switch c.width {
	case 2:
		return n == int64(int16(n))
	case 4:
		return n == int64(int32(n))
	}
	return true
}

func (c integerCodec) parse(dst, in []byte, _ int32, _ *Settings) ([]byte, error) {
	n, err := c.read(in)
	if err != nil {
		return dst, err
	}
	return binary.BigEndian.AppendUint64(dst, uint64(n)), nil
}

// read parses decimal digits with an optional sign and white space around them. As in PostgreSQL, a number that has
// grown too large is out of range whatever follows it.
func (c integerCodec) read(in []byte) (int64, error) {
	rest := trimSpaceLeft(in)
	negative := false
	if len(rest) > 0 && (rest[0] == '-' || rest[0] == '+') {
		negative, rest = rest[0] == '-', rest[1:]
	}
	if len(rest) == 0 || !isDigit(rest[0]) {
		return 0, c.syntaxError()
	}
	var n int64 // negated: the negative range is the larger one
	for len(rest) > 0 && isDigit(rest[0]) {
		d := int64(rest[0] - '0')
		if n < math.MinInt64/10 || n*10 < math.MinInt64+d || !c.fits(n*10-d) {
			return 0, rangeError(c.name())
		}
		n, rest = n*10-d, rest[1:]
	}
	if len(trimSpaceLeft(rest)) != 0 {
		return 0, c.syntaxError()
	}
	if negative {
		return n, nil
	}
	if n == math.MinInt64 || !c.fits(-n) {
		return 0, rangeError(c.name())
	}
	return -n, nil
}

func (c integerCodec) syntaxError() error {
	return syntaxError(c.name(), "Accepted: decimal digits with an optional sign.")
}

func (c integerCodec) receive(dst, in []byte, _ int32) ([]byte, error) {
	if err := fixedSize(in, c.width); err != nil {
		return dst, err
	}
	return binary.BigEndian.AppendUint64(dst, uint64(c.decode(in))), nil
}

// decode reads a binary form of the right size.
func (c integerCodec) decode(in []byte) int64 {
	switch c.width {
	case 2:
		return int64(int16(binary.BigEndian.Uint16(in)))
	case 4:
		return int64(int32(binary.BigEndian.Uint32(in)))
	}
	return int64(binary.BigEndian.Uint64(in))
}

// stored reads canonical bytes, whose number may be too large where the column was sealed as a wider type.
func (c integerCodec) stored(canonical []byte) (int64, error) {
	if len(canonical) != integerSize {
		return 0, storedError(c.name())
	}
	n := int64(binary.BigEndian.Uint64(canonical))
	if !c.fits(n) {
		return 0, storedError(c.name())
	}
	return n, nil
}

func (c integerCodec) print(dst, canonical []byte, _ *Settings) ([]byte, error) {
	n, err := c.stored(canonical)
	if err != nil {
		return dst, err
	}
	return strconv.AppendInt(dst, n, 10), nil
}

func (c integerCodec) send(dst, canonical []byte) ([]byte, error) {
	if _, err := c.stored(canonical); err != nil {
		return dst, err
	}
	return append(dst, canonical[integerSize-c.width:]...), nil
}
