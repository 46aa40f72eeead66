package value

import (
	"encoding/binary"
	"strconv"
)

// cast reads a value whose type is another one than the column's, where PostgreSQL has an assignment cast that can be
// made here exactly as there.
func (in incoming) cast(dst []byte, t Type, c codec, typmod int32, why purpose) ([]byte, error) {
	switch t.OID {
	case OIDInt2, OIDInt4, OIDInt8:
		return in.toInteger(dst, t, why)
	case OIDNumeric:
		return in.toNumeric(dst, t, typmod, why)
	case OIDTimestamp, OIDTimestamptz:
		return in.toTimestamp(dst, t, typmod, why)
	case OIDFloat4, OIDFloat8:
		return in.toFloat(dst, t, c.(floatCodec))
	case OIDInet, OIDCIDR:
		return in.toNetwork(dst, t, c.(inetCodec), why)
	case OIDText, OIDVarchar, OIDBpchar:
		if why == storing {
			return in.toText(dst, t, c, typmod)
		}
	case OIDJSON, OIDJSONB:
		return in.toJSON(dst, t, c)
	}
	if t.Live != nil && !t.Live.Enum && why == storing {
		return in.toText(dst, t, c, typmod)
	}
	if array, ok := c.(arrayCodec); ok {
		return in.toArray(dst, t, array, typmod, why)
	}
	return dst, in.mismatch(t)
}

func (in incoming) mismatch(t Type) error {
	return &Error{Code: codeMismatch, Message: "the column is of type " + t.Name() + " but the value is of " + Type{OID: in.oid, Typmod: -1}.describe(),
		Hint: "Send the value as " + t.describe() + ", or as text of unknown type."}
}

// source is the canonical form of the value as its own type.
func (in incoming) source(dst []byte) ([]byte, error) {
	return in.own(dst, codecOf(in.oid), -1)
}

// toInteger casts integers and, where they are whole, numerics.
func (in incoming) toInteger(dst []byte, t Type, why purpose) ([]byte, error) {
	target := integerOf(t.OID)
	var room [64]byte
	var n int64
	switch in.oid {
	case OIDInt2, OIDInt4, OIDInt8:
		canonical, err := in.source(room[:0])
		if err != nil {
			return dst, err
		}
		n = int64(binary.BigEndian.Uint64(canonical))
	case OIDNumeric:
		canonical, err := in.source(room[:0])
		if err != nil {
			return dst, err
		}
		var digits [numericRoom]byte
		d, whole := readDecimal(digits[:0], canonical)
		whole = whole && d.integral()
		if whole {
			n, err = strconv.ParseInt(string(d.appendInteger(nil)), 10, 64)
		}
		switch {
		case (!whole || err != nil) && why == searching:
			return append(append(dst, noInteger...), canonical...), nil
		case !whole:
			return dst, &Error{Code: codeMismatch, Message: "the column is of type " + t.Name() + " but the value is a numeric that is not a whole number",
				Hint: "Round the value in the application, or send it as " + t.Name() + "."}
		case err != nil:
			return dst, rangeError(target.name())
		}
	default:
		return dst, in.mismatch(t)
	}
	if why == storing && !target.fits(n) {
		return dst, rangeError(target.name())
	}
	return binary.BigEndian.AppendUint64(dst, uint64(n)), nil
}

// noInteger begins the bytes of a number that no integer equals. It is longer than the canonical form of an integer.
const noInteger = "not an integer: "

// appendInteger appends a whole number without the zeros behind its point; nothing that an int64 cannot hold is written out.
func (d decimal) appendInteger(dst []byte) []byte {
	if d.point > 19 {
		return append(dst, "99999999999999999999"...)
	}
	d.scale = 0
	return d.appendText(dst)
}
