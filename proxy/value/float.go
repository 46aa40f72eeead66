package value

import (
	"encoding/binary"
	"math"
	"strconv"
)

// floatCodec is real and double precision: width is 4 or 8 bytes. Canonical form: IEEE 754, big endian, with -0 and every
// NaN as it came. It is PostgreSQL's binary form.
type floatCodec struct{ width int }

func (c floatCodec) name() string {
	if c.width == 4 {
		return "real"
	}
	return "double precision"
}

func (c floatCodec) bits() int { return c.width * 8 }

func (c floatCodec) append(dst []byte, f float64) []byte {
	if c.width == 4 {
		return binary.BigEndian.AppendUint32(dst, math.Float32bits(float32(f)))
	}
	return binary.BigEndian.AppendUint64(dst, math.Float64bits(f))
}

func (c floatCodec) parse(dst, in []byte, _ int32, _ *Settings) ([]byte, error) {
	f, err := c.read(in)
	if err != nil {
		return dst, err
	}
	return c.append(dst, f), nil
}

// read parses decimal digits with point and exponent, NaN and Infinity.
func (c floatCodec) read(in []byte) (float64, error) {
	text := trimSpace(in)
	zero, ok := decimalSyntax(text)
	if !ok {
		return c.special(text)
	}
	f, err := strconv.ParseFloat(string(text), c.bits())
	if err != nil || f == 0 && !zero {
		return 0, rangeError(c.name())
	}
	return f, nil
}

func (c floatCodec) special(text []byte) (float64, error) {
	negative, word, signed := cutSign(text)
	switch {
	case foldEqual(word, "nan") && !signed:
		return math.Float64frombits(0x7ff8 << 48), nil // as PostgreSQL's, other than Go's
	case foldEqual(word, "infinity"), foldEqual(word, "inf"):
		if negative {
			return math.Inf(-1), nil
		}
		return math.Inf(1), nil
	}
	return 0, syntaxError(c.name(), "Accepted: decimal digits with sign, point and exponent; NaN, Infinity, -Infinity.")
}

// decimalSyntax tells whether text is a decimal number with an optional sign, point and exponent, and whether it is zero.
func decimalSyntax(text []byte) (zero, ok bool) {
	_, rest, _ := cutSign(text)
	zero = true
	digits := 0
	count := func() {
		for len(rest) > 0 && isDigit(rest[0]) {
			zero = zero && rest[0] == '0'
			rest = rest[1:]
			digits++
		}
	}
	count()
	if len(rest) > 0 && rest[0] == '.' {
		rest = rest[1:]
		count()
	}
	if digits == 0 {
		return false, false
	}
	if len(rest) > 0 && rest[0]|0x20 == 'e' {
		_, exponent, _ := cutSign(rest[1:])
		if _, rest, ok = cutInteger(exponent); !ok {
			return false, false
		}
	}
	return zero, len(rest) == 0
}

func (c floatCodec) receive(dst, in []byte, _ int32) ([]byte, error) {
	if err := fixedSize(in, c.width); err != nil {
		return dst, err
	}
	return append(dst, in...), nil
}

func (c floatCodec) send(dst, canonical []byte) ([]byte, error) {
	if len(canonical) != c.width {
		return dst, storedError(c.name())
	}
	return append(dst, canonical...), nil
}

func (c floatCodec) print(dst, canonical []byte, s *Settings) ([]byte, error) {
	if len(canonical) != c.width {
		return dst, storedError(c.name())
	}
	return c.appendText(dst, c.decode(canonical), s.extraFloatDigits()), nil
}

func (c floatCodec) decode(in []byte) float64 {
	if c.width == 4 {
		return float64(math.Float32frombits(binary.BigEndian.Uint32(in)))
	}
	return math.Float64frombits(binary.BigEndian.Uint64(in))
}
