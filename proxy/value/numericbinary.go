package value

import "encoding/binary"

// Sign words of PostgreSQL's binary numeric: four int16 (number of digits, weight, sign, display scale) and the digits,
// base 10000, of which the first counts 10000 to the power of weight.
const (
	numericPositive = 0x0000
	numericNegative = 0x4000
	numericNaN      = 0xc000
	numericPlusInf  = 0xd000
	numericMinusInf = 0xf000

	numericInfScale = 0x20 // what the server sends as the scale of an infinity: bits of its storage header, ignored on input

	numericHeader = 8
	numericGroup  = 4 // decimal digits in one digit of base 10000
)

// receiveDecimal reads the binary form. The digits are collected behind room, which must not overlap in. Digits that the
// display scale hides are cut off, as numeric_recv does.
func receiveDecimal(room, in []byte) (decimal, error) {
	if len(in) < numericHeader-2 {
		return decimal{}, shortError()
	}
	count := int(binary.BigEndian.Uint16(in))
	weight := int(int16(binary.BigEndian.Uint16(in[2:])))
	sign := binary.BigEndian.Uint16(in[4:])
	switch sign {
	case numericPositive, numericNegative, numericNaN, numericPlusInf, numericMinusInf:
	default:
		return decimal{}, binaryError(`invalid sign in external "numeric" value`)
	}
	if len(in) < numericHeader {
		return decimal{}, shortError()
	}
	scale := int(binary.BigEndian.Uint16(in[6:]))
	if scale > numericMaxScale {
		return decimal{}, binaryError(`invalid scale in external "numeric" value`)
	}
	digits, err := receiveDigits(room, in[numericHeader:], count)
	if err != nil {
		return decimal{}, err
	}
	switch sign {
	case numericNaN:
		return decimal{special: "NaN"}, nil
	case numericPlusInf:
		return decimal{special: "Infinity"}, nil
	case numericMinusInf:
		return decimal{special: "-Infinity"}, nil
	}
	d := decimal{negative: sign == numericNegative, digits: digits, point: (weight + 1) * numericGroup, scale: scale}.normal()
	d, _ = d.cut(scale)
	return d.normal(), nil
}

// receiveDigits collects the digits of count groups behind room.
func receiveDigits(room, groups []byte, count int) ([]byte, error) {
	digits := room
	for i := range count {
		if len(groups) < 2*i+2 {
			return nil, shortError()
		}
		g := binary.BigEndian.Uint16(groups[2*i:])
		if g >= 10000 {
			return nil, binaryError(`invalid digit in external "numeric" value`)
		}
		digits = append(digits, byte('0'+g/1000), byte('0'+g/100%10), byte('0'+g/10%10), byte('0'+g%10))
	}
	if len(groups) > 2*count {
		return nil, binaryError("incorrect binary data format")
	}
	return digits, nil
}

// appendBinary appends the binary form, without the groups of zeros that the server would not send either.
func (d decimal) appendBinary(dst []byte) []byte {
	switch d.special {
	case "NaN":
		return appendNumericHeader(dst, 0, 0, numericNaN, 0)
	case "Infinity":
		return appendNumericHeader(dst, 0, 0, numericPlusInf, numericInfScale)
	case "-Infinity":
		return appendNumericHeader(dst, 0, 0, numericMinusInf, numericInfScale)
	}
	digits := d.digits
	for len(digits) > 0 && digits[len(digits)-1] == '0' {
		digits = digits[:len(digits)-1]
	}
	if len(digits) == 0 {
		return appendNumericHeader(dst, 0, 0, numericPositive, d.scale)
	}
	sign := uint16(numericPositive)
	if d.negative {
		sign = numericNegative
	}
	groupsBefore := (d.point + numericGroup - 1) >> 2 // rounded up, also below zero
	first := d.point - groupsBefore*numericGroup      // index of the first group's first digit: -3 to 0
	count := (len(digits) - first + numericGroup - 1) / numericGroup
	dst = appendNumericHeader(dst, count, groupsBefore-1, sign, d.scale)
	for i := range count {
		g := uint16(0)
		for j := range numericGroup {
			g = g*10 + uint16(d.digit(first+i*numericGroup+j)-'0')
		}
		dst = binary.BigEndian.AppendUint16(dst, g)
	}
	return dst
}

func appendNumericHeader(dst []byte, count, weight int, sign uint16, scale int) []byte {
	dst = binary.BigEndian.AppendUint16(dst, uint16(count))
	dst = binary.BigEndian.AppendUint16(dst, uint16(weight))
	dst = binary.BigEndian.AppendUint16(dst, sign)
	return binary.BigEndian.AppendUint16(dst, uint16(scale))
}
