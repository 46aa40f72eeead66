package value

import (
	"encoding/binary"
	"math"
)

// toFloat casts integers, numeric, and the two sizes into each other.
func (in incoming) toFloat(dst []byte, t Type, c floatCodec) ([]byte, error) {
	var room [64]byte
	switch in.oid {
	case OIDInt2, OIDInt4, OIDInt8:
		canonical, err := in.source(room[:0])
		if err != nil {
			return dst, err
		}
		n := int64(binary.BigEndian.Uint64(canonical))
		if c.width == 4 {
			return c.append(dst, float64(float32(n))), nil
		}
		return c.append(dst, float64(n)), nil
	case OIDNumeric:
		canonical, err := in.source(room[:0])
		if err != nil {
			return dst, err
		}
		return c.parse(dst, canonical, -1, nil)
	case OIDFloat4, OIDFloat8:
		canonical, err := in.source(room[:0])
		if err != nil {
			return dst, err
		}
		f := floatCodec{len(canonical)}.decode(canonical)
		if narrow := float64(float32(f)); c.width == 4 && (math.IsInf(narrow, 0) && !math.IsInf(f, 0) || narrow == 0 && f != 0) {
			return dst, rangeError(c.name())
		}
		return c.append(dst, f), nil
	}
	return dst, in.mismatch(t)
}
