package value

import (
	"encoding/binary"
	"math"
	"strconv"
)

// toNumeric casts integers and floating-point numbers.
func (in incoming) toNumeric(dst []byte, t Type, typmod int32, why purpose) ([]byte, error) {
	var room [32]byte
	switch in.oid {
	case OIDInt2, OIDInt4, OIDInt8:
		canonical, err := in.source(room[:0])
		if err != nil {
			return dst, err
		}
		var digits [24]byte
		text := strconv.AppendInt(digits[:0], int64(binary.BigEndian.Uint64(canonical)), 10)
		return numericCodec{}.parse(dst, text, typmod, nil)
	case OIDFloat4, OIDFloat8:
		canonical, err := in.source(room[:0])
		if err != nil {
			return dst, err
		}
		c := floatCodec{len(canonical)}
		return floatToNumeric(dst, c.decode(canonical), c.bits(), t, why)
	}
	return dst, in.mismatch(t)
}

// Decimal digits that every floating-point number of a size tells apart (DBL_DIG, FLT_DIG).
const (
	float8Digits = 15
	float4Digits = 6
)

// floatToNumeric goes through decimal text. A stored value has the digits that PostgreSQL's cast prints. A searched one has
// the shortest digits that mean the same double: PostgreSQL makes doubles of both sides and compares them, which comes to the
// same as long as the column has no more digits than a double can tell apart.
func floatToNumeric(dst []byte, f float64, bits int, t Type, why purpose) ([]byte, error) {
	digits, typmod := float8Digits, t.Typmod
	if bits == 32 {
		digits = float4Digits
	}
	if why == searching {
		if precision, _, ok := numericTypmod(t.Typmod); !ok || precision > float8Digits {
			return dst, &Error{Code: codeMismatch, Message: "the column is of type " + t.Name() + " and the value it is compared with is a floating-point number",
				Hint: "Send the value as numeric."}
		}
		digits, bits, typmod = -1, 64, -1
	}
	switch {
	case math.IsNaN(f):
		return numericCodec{}.parse(dst, []byte("NaN"), typmod, nil)
	case math.IsInf(f, 1):
		return numericCodec{}.parse(dst, []byte("Infinity"), typmod, nil)
	case math.IsInf(f, -1):
		return numericCodec{}.parse(dst, []byte("-Infinity"), typmod, nil)
	}
	return numericCodec{}.parse(dst, strconv.AppendFloat(nil, f, 'g', digits, bits), typmod, nil)
}
