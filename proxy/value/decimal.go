package value

// Limits of PostgreSQL's numeric (src/include/utils/numeric.h): digits before the point and behind it.
const (
	numericMaxInteger = (0x7fff + 1) * 4
	numericMaxScale   = 0x3fff
)

// decimal is an exact decimal number: 0.DIGITS times ten to the power of point, printed with scale digits behind the
// point; or one of the special values. A zero has no digits.
type decimal struct {
	special  string // "", "NaN", "Infinity" or "-Infinity"
	negative bool
	digits   []byte // ASCII; the first is not '0'
	point    int
	scale    int
}

// stripZeros drops leading zeros from ASCII digits, of which the first point stand before the decimal point.
func stripZeros(digits []byte, point int) ([]byte, int) {
	for len(digits) > 0 && digits[0] == '0' {
		digits = digits[1:]
		point--
	}
	if len(digits) == 0 {
		point = 0
	}
	return digits, point
}

// normal is d after its digits were set: without leading zeros, and a zero without sign.
func (d decimal) normal() decimal {
	d.digits, d.point = stripZeros(d.digits, d.point)
	d.negative = d.negative && len(d.digits) > 0
	return d
}

// cut drops the digits beyond scale places behind the point (before it, where scale is negative) and returns the first
// digit that went, '0' where there was none.
func (d decimal) cut(scale int) (decimal, byte) {
	keep := d.point + scale
	first := byte('0')
	switch {
	case keep >= len(d.digits):
		return d, first
	case keep < 0:
		d.digits = d.digits[:0]
	default:
		first = d.digits[keep]
		d.digits = d.digits[:keep]
	}
	return d, first
}

// round rounds half away from zero to scale places behind the point (before it, where scale is negative). It may write
// into the digits.
func (d decimal) round(scale int) decimal {
	d, first := d.cut(scale)
	if first >= '5' {
		i := len(d.digits) - 1
		for ; i >= 0 && d.digits[i] == '9'; i-- {
			d.digits[i] = '0'
		}
		if i >= 0 {
			d.digits[i]++
		} else { // 99.9 has become 100: one digit more in front, the last one is a zero that is not needed
			d.digits = append(d.digits[:0], '1')
			d.point++
		}
	}
	d.scale = max(scale, 0)
	return d.normal()
}

// fits tells whether PostgreSQL's numeric can hold the number.
func (d decimal) fits() bool {
	return d.special != "" || d.point <= numericMaxInteger && d.scale <= numericMaxScale
}

// size is the length of the text form, at most.
func (d decimal) size() int { return 3 + max(d.point, 0) + d.scale + len(d.special) }

// appendText appends the text form, as PostgreSQL prints a numeric. The number must fit.
func (d decimal) appendText(dst []byte) []byte {
	if d.special != "" {
		return append(dst, d.special...)
	}
	if d.negative {
		dst = append(dst, '-')
	}
	if d.point <= 0 {
		dst = append(dst, '0')
	}
	for i := range d.point {
		dst = append(dst, d.digit(i))
	}
	if d.scale == 0 {
		return dst
	}
	dst = append(dst, '.')
	for i := range d.scale {
		dst = append(dst, d.digit(d.point+i))
	}
	return dst
}

// digit is the digit at index i, counted from the first one; zeros stand on both sides.
func (d decimal) digit(i int) byte {
	if i < 0 || i >= len(d.digits) {
		return '0'
	}
	return d.digits[i]
}

// integral tells whether nothing but zeros stands behind the point.
func (d decimal) integral() bool {
	if d.special != "" {
		return false
	}
	for i := max(d.point, 0); i < len(d.digits); i++ {
		if d.digits[i] != '0' {
			return false
		}
	}
	return d.point > 0 || len(d.digits) == 0
}
