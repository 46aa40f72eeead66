package value

import (
	"bytes"
	"math"
	"math/big"
	"strconv"
)

// digits10 is how many decimal digits every number of the size tells apart (FLT_DIG, DBL_DIG).
func (c floatCodec) digits10() int {
	if c.width == 4 {
		return float4Digits
	}
	return float8Digits
}

// appendText prints a number as the server does under a value of extra_float_digits: above 0 the shortest digits that mean
// it, else that many fewer than it has.
func (c floatCodec) appendText(dst []byte, f float64, extra int) []byte {
	switch {
	case math.IsNaN(f):
		return append(dst, "NaN"...)
	case math.IsInf(f, 1):
		return append(dst, "Infinity"...)
	case math.IsInf(f, -1):
		return append(dst, "-Infinity"...)
	case f == 0 && math.Signbit(f):
		return append(dst, "-0"...)
	case f == 0:
		return append(dst, '0')
	}
	if extra > 0 {
		return c.layOut(dst, c.shortest(f), c.digits10())
	}
	precision := max(c.digits10()+extra, 1)
	var room [40]byte
	return c.layOut(dst, dropZeros(strconv.AppendFloat(room[:0], f, 'e', precision-1, 64)), precision)
}

// dropZeros takes the zeros off the end of the digits in 1.500e+01.
func dropZeros(scientific []byte) []byte {
	e := bytes.IndexByte(scientific, 'e')
	end := e
	if bytes.IndexByte(scientific, '.') >= 0 {
		for scientific[end-1] == '0' {
			end--
		}
		if scientific[end-1] == '.' {
			end--
		}
	}
	return append(scientific[:end], scientific[e:]...)
}

// shortest is the shortest decimal number, in the form 1.5e+01, that lies between the two halves of the way to f's
// neighbours, without those halves themselves: a reader need not round them to even to get f back.
func (c floatCodec) shortest(f float64) []byte {
	out := strconv.AppendFloat(make([]byte, 0, 32), f, 'e', -1, c.bits())
	if !c.mayBeHalfway(f) || !c.halfway(f, out) {
		return out
	}
	for precision := len(dropZeros(append([]byte(nil), out...))) - len("e+00"); ; precision++ {
		out = strconv.AppendFloat(out[:0], f, 'e', precision-1, 64)
		back, err := strconv.ParseFloat(string(out), c.bits())
		if err == nil && back == f && !c.halfway(f, out) || precision > 20 {
			return dropZeros(out)
		}
	}
}

// mantissaBits of a number of the size, with the one that is not stored.
func (c floatCodec) mantissaBits() uint {
	if c.width == 4 {
		return 24
	}
	return 53
}

// mayBeHalfway leaves out the numbers of which no short decimal lies halfway to a neighbour: between one half and 2 to the
// power of the mantissa's bits, where halves have a digit 5 that the number itself has not.
func (c floatCodec) mayBeHalfway(f float64) bool {
	f = math.Abs(f)
	return f >= float64(uint64(1)<<(c.mantissaBits()-1))
}

// halfway tells whether decimal text lies exactly between f and one of its neighbours.
func (c floatCodec) halfway(f float64, text []byte) bool {
	exact, ok := new(big.Rat).SetString(string(text))
	if !ok {
		return false
	}
	double := new(big.Rat).Add(exact, exact)
	for _, neighbour := range [...]float64{c.next(f, math.Inf(1)), c.next(f, math.Inf(-1))} {
		if math.IsInf(neighbour, 0) {
			continue
		}
		sum := new(big.Rat).SetFloat64(f)
		if sum.Add(sum, new(big.Rat).SetFloat64(neighbour)).Cmp(double) == 0 {
			return true
		}
	}
	return false
}

func (c floatCodec) next(f, toward float64) float64 {
	if c.width == 4 {
		return float64(math.Nextafter32(float32(f), float32(toward)))
	}
	return math.Nextafter(f, toward)
}

// layOut writes 1.5e+01 as PostgreSQL does: with an exponent where it is below -4 or not below limit.
func (c floatCodec) layOut(dst, scientific []byte, limit int) []byte {
	e := bytes.IndexByte(scientific, 'e')
	exponent, _ := strconv.Atoi(string(scientific[e+1:]))
	if exponent < -4 || exponent >= limit {
		return append(dst, scientific...)
	}
	if scientific[0] == '-' {
		dst, scientific, e = append(dst, '-'), scientific[1:], e-1
	}
	var room [40]byte
	digits := append(room[:0], scientific[0])
	if e > 2 {
		digits = append(digits, scientific[2:e]...)
	}
	d := decimal{digits: digits, point: exponent + 1, scale: max(len(digits)-exponent-1, 0)}
	return d.appendText(dst)
}
