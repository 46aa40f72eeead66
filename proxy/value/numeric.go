package value

// numericCodec is numeric, with or without declared precision and scale. Canonical form: the text that PostgreSQL prints,
// in ASCII, with as many digits behind the point as the display scale says.
type numericCodec struct{}

// numericRoom is how many digits are read without allocating.
const numericRoom = 64

const numericHint = "Accepted: decimal digits with an optional sign, point and exponent; NaN, Infinity, -Infinity."

func (numericCodec) parse(dst, in []byte, typmod int32, _ *Settings) ([]byte, error) {
	var room [numericRoom]byte
	d, err := parseDecimal(room[:0], in)
	if err != nil {
		return dst, err
	}
	return d.appendCanonical(dst, typmod)
}

func (numericCodec) receive(dst, in []byte, typmod int32) ([]byte, error) {
	var room [numericRoom]byte
	d, err := receiveDecimal(room[:0], in)
	if err != nil {
		return dst, err
	}
	return d.appendCanonical(dst, typmod)
}

func (numericCodec) print(dst, canonical []byte, _ *Settings) ([]byte, error) {
	var room [numericRoom]byte
	if _, ok := readDecimal(room[:0], canonical); !ok {
		return dst, storedError("numeric")
	}
	return append(dst, canonical...), nil
}

func (numericCodec) send(dst, canonical []byte) ([]byte, error) {
	var room [numericRoom]byte
	d, ok := readDecimal(room[:0], canonical)
	if !ok {
		return dst, storedError("numeric")
	}
	return d.appendBinary(dst), nil
}

// appendCanonical appends the canonical form of a number that PostgreSQL can hold, rounded to the declared scale and
// checked against the declared precision.
func (d decimal) appendCanonical(dst []byte, typmod int32) ([]byte, error) {
	if !d.fits() {
		return dst, overflowError()
	}
	if precision, scale, ok := numericTypmod(typmod); ok {
		switch d.special {
		case "":
			d = d.round(scale)
			if d.point > precision-scale && len(d.digits) > 0 {
				return dst, &Error{Code: codeRange, Message: "numeric field overflow",
					Hint: "The column is " + Type{OID: OIDNumeric, Typmod: typmod}.Name() + "."}
			}
		case "Infinity", "-Infinity":
			return dst, &Error{Code: codeRange, Message: "numeric field overflow",
				Hint: "A column with precision and scale cannot hold an infinite value."}
		}
	}
	return d.appendText(dst), nil
}

func overflowError() error {
	return &Error{Code: codeRange, Message: "value overflows numeric format"}
}

// parseDecimal reads the text form. The digits are collected behind room, which must not overlap in.
func parseDecimal(room, in []byte) (decimal, error) {
	word := trimSpace(in)
	for _, s := range [...]struct{ text, special string }{
		{"nan", "NaN"}, {"infinity", "Infinity"}, {"+infinity", "Infinity"}, {"-infinity", "-Infinity"},
		{"inf", "Infinity"}, {"+inf", "Infinity"}, {"-inf", "-Infinity"},
	} {
		if foldEqual(word, s.text) {
			return decimal{special: s.special}, nil
		}
	}
	negative := false
	if len(word) > 0 && (word[0] == '-' || word[0] == '+') {
		negative, word = word[0] == '-', word[1:]
	}
	digits, point, rest := scanDigits(room, word)
	if len(digits) == 0 {
		return decimal{}, syntaxError("numeric", numericHint)
	}
	exponent, err := scanExponent(rest)
	if err != nil {
		return decimal{}, err
	}
	d := decimal{negative: negative, digits: digits, point: point + exponent, scale: max(len(digits)-point-exponent, 0)}
	return d.normal(), nil
}

// scanDigits collects the digits of 12.34 behind room and returns them, how many of them stand before the point, and what follows.
func scanDigits(room, in []byte) (digits []byte, point int, rest []byte) {
	digits, point = room, -1
	i := 0
	for ; i < len(in); i++ {
		switch {
		case isDigit(in[i]):
			digits = append(digits, in[i])
			continue
		case in[i] == '.' && point < 0:
			point = len(digits)
			continue
		}
		break
	}
	if point < 0 {
		point = len(digits)
	}
	return digits, point, in[i:]
}

// maxExponent bounds what is read as an exponent: everything beyond overflows anyway.
const maxExponent = 1 << 30

// scanExponent reads what follows the digits: nothing, or e and a whole number.
func scanExponent(rest []byte) (int, error) {
	if len(rest) == 0 {
		return 0, nil
	}
	if rest[0]|0x20 != 'e' {
		return 0, syntaxError("numeric", numericHint)
	}
	rest = rest[1:]
	negative := false
	if len(rest) > 0 && (rest[0] == '-' || rest[0] == '+') {
		negative, rest = rest[0] == '-', rest[1:]
	}
	if len(rest) == 0 || !isDigit(rest[0]) {
		return 0, syntaxError("numeric", numericHint)
	}
	n := 0
	for len(rest) > 0 && isDigit(rest[0]) {
		n, rest = min(n*10+int(rest[0]-'0'), maxExponent), rest[1:]
	}
	switch {
	case n >= maxExponent-1:
		return 0, overflowError()
	case len(rest) > 0:
		return 0, syntaxError("numeric", numericHint)
	case negative:
		return -n, nil
	}
	return n, nil
}

// readDecimal takes canonical bytes apart and tells whether they are well formed. The digits are collected behind room,
// which must not overlap canonical.
func readDecimal(room, canonical []byte) (decimal, bool) {
	switch string(canonical) {
	case "NaN":
		return decimal{special: "NaN"}, true
	case "Infinity":
		return decimal{special: "Infinity"}, true
	case "-Infinity":
		return decimal{special: "-Infinity"}, true
	}
	number := canonical
	negative := len(number) > 0 && number[0] == '-'
	if negative {
		number = number[1:]
	}
	digits, point, rest := scanDigits(room, number)
	switch {
	case len(rest) > 0 || point == 0: // something else follows, or no digit comes first
		return decimal{}, false
	case point > 1 && number[0] == '0':
		return decimal{}, false
	case len(number) > point && len(digits) == point: // a point without a digit behind it
		return decimal{}, false
	}
	d := decimal{negative: negative, digits: digits, point: point, scale: len(digits) - point}.normal()
	return d, d.fits() && d.negative == negative
}
