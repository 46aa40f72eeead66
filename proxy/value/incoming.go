package value

// purpose is what a value is made canonical for.
type purpose bool

const (
	storing   purpose = false // as an assignment to the column
	searching purpose = true  // as the other side of a comparison
)

// incoming is a value as the client sent it.
type incoming struct {
	bytes  []byte
	oid    uint32
	format int16
	s      *Settings
}

// convert chooses how the client's value becomes one of t.
func (t Type) convert(dst []byte, in incoming, why purpose) ([]byte, error) {
	c := t.codec()
	switch {
	case c == nil:
		return dst, &Error{Code: codeMismatch, Message: t.Name() + " cannot be sealed"}
	case in.format != formatText && in.format != formatBinary:
		return dst, formatError()
	}
	if in.format == formatText {
		if err := checkText(in.bytes); err != nil { // the server looks at the encoding first, whatever the type
			return dst, err
		}
	}
	typmod := t.Typmod
	if why == searching {
		typmod = -1
	}
	var out []byte
	var err error
	switch in.oid {
	case 0, OIDUnknown, t.OID:
		out, err = in.own(dst, c, typmod)
	case OIDText, OIDVarchar, OIDBpchar:
		out, err = in.fromString(dst, c, typmod)
	default:
		out, err = in.cast(dst, t, c, typmod, why)
	}
	if err != nil {
		return dst, err
	}
	if why == searching && t.OID == OIDNumeric {
		return rescale(dst, out, t.Typmod), nil
	}
	return out, nil
}

// own reads a form of the type itself.
func (in incoming) own(dst []byte, c codec, typmod int32) ([]byte, error) {
	if in.format == formatBinary {
		return c.receive(dst, in.bytes, typmod)
	}
	return c.parse(dst, in.bytes, typmod, in.s)
}

// fromString reads the text form of the type out of a string value, whose two formats are the same bytes. The padding of
// char(n) goes, as it does in a cast to text.
func (in incoming) fromString(dst []byte, c codec, typmod int32) ([]byte, error) {
	text := in.bytes
	if in.format == formatBinary {
		if err := checkText(text); err != nil {
			return dst, err
		}
	}
	if in.oid == OIDBpchar {
		for len(text) > 0 && text[len(text)-1] == ' ' {
			text = text[:len(text)-1]
		}
	}
	return c.parse(dst, text, typmod, in.s)
}

// rescale gives the canonical numeric behind dst in out the scale that the column's values have, where it has no more
// digits than that; else it stays as it is and equals none of them.
func rescale(dst, out []byte, typmod int32) []byte {
	_, scale, ok := numericTypmod(typmod)
	var room [numericRoom]byte
	d, whole := readDecimal(room[:0], out[len(dst):])
	if !ok || !whole || d.special != "" {
		return out
	}
	for i := max(d.point+scale, 0); i < len(d.digits); i++ {
		if d.digits[i] != '0' {
			return out
		}
	}
	d.scale = max(scale, 0)
	return d.appendText(dst)
}
