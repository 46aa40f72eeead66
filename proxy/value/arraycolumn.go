package value

import "encoding/binary"

// arrayCodec is an array as the type of a column, sealed as one value. Canonical form, all numbers int32 and big endian: how
// many dimensions, 0 for an empty array; of each its size and its lower bound; then the elements, the last dimension
// fastest, each as its length and its canonical form, -1 for NULL.
type arrayCodec struct {
	element Type // its modifier is the array's
	codec   codec
}

func (c arrayCodec) name() string { return c.element.describe() + "[]" }

// elementReader makes the canonical form of an element out of a form of it.
type elementReader func(dst, element []byte) ([]byte, error)

func (c arrayCodec) parse(dst, in []byte, typmod int32, s *Settings) ([]byte, error) {
	return c.parseAs(dst, in, func(dst, element []byte) ([]byte, error) { return c.codec.parse(dst, element, typmod, s) })
}

func (c arrayCodec) receive(dst, in []byte, typmod int32) ([]byte, error) {
	return c.receiveAs(dst, in, c.element.OID, func(dst, element []byte) ([]byte, error) { return c.codec.receive(dst, element, typmod) })
}

// receiveAs reads a binary array whose elements are of the given type.
func (c arrayCodec) receiveAs(dst, in []byte, elementOID uint32, read elementReader) ([]byte, error) {
	shape, rest, err := receiveShape(in, elementOID)
	if err != nil {
		return dst, err
	}
	count := shape.count()
	if count == 0 {
		shape = arrayShape{}
	}
	out := shape.append(dst)
	for range count {
		var element []byte
		if element, rest, err = cutElement(rest); err != nil {
			return dst, err
		}
		if out, err = appendElement(out, element, read); err != nil {
			return dst, err
		}
		if err := checkGrowth(len(out)-len(dst), len(in)); err != nil {
			return dst, err
		}
	}
	if err := endOfArray(rest); err != nil {
		return dst, err
	}
	return out, nil
}

// checkGrowth keeps a few bytes from becoming gigabytes, as 1e131071 does in each element of a numeric array.
func checkGrowth(size, from int) error {
	const always, factor = 16 << 20, 12 // an interval of one digit has 20 bytes
	if size > always+factor*from {
		return &Error{Code: codeLimit, Message: "the array's elements would be too long", Hint: "Numbers of many digits that are written in a few are counted as they are printed."}
	}
	return nil
}

// appendElement appends what read makes of an element behind its length; nil is NULL.
func appendElement(dst, element []byte, read elementReader) ([]byte, error) {
	at := len(dst)
	dst = binary.BigEndian.AppendUint32(dst, 0xffffffff)
	if element == nil {
		return dst, nil
	}
	dst, err := read(dst, element)
	if err != nil {
		return dst, err
	}
	binary.BigEndian.PutUint32(dst[at:], uint32(len(dst)-at-4))
	return dst, nil
}

func (c arrayCodec) send(dst, canonical []byte) ([]byte, error) {
	shape, elements, ok := storedShape(canonical)
	if !ok {
		return dst, storedError(c.name())
	}
	out := binary.BigEndian.AppendUint32(dst, uint32(len(shape.sizes)))
	flags := len(out)
	out = binary.BigEndian.AppendUint32(out, 0)
	out = binary.BigEndian.AppendUint32(out, c.element.OID)
	out = shape.appendDimensions(out)
	for len(elements) > 0 {
		element, rest, err := cutElement(elements)
		if err != nil {
			return dst, storedError(c.name())
		}
		if element == nil {
			binary.BigEndian.PutUint32(out[flags:], 1)
		}
		if out, err = appendElement(out, element, c.codec.send); err != nil {
			return dst, err
		}
		elements = rest
	}
	return out, nil
}

// toArray reads an array of another type, whose elements are cast one by one.
func (in incoming) toArray(dst []byte, t Type, c arrayCodec, typmod int32, why purpose) ([]byte, error) {
	oid := ElementOID(in.oid)
	if oid == 0 || isString(oid) && !isString(c.element.OID) {
		return dst, in.mismatch(t)
	}
	element := c.element
	element.Typmod = typmod
	read := func(dst, form []byte) ([]byte, error) {
		return element.convert(dst, incoming{form, oid, in.format, in.s}, why)
	}
	if in.format == formatBinary {
		return c.receiveAs(dst, in.bytes, oid, read)
	}
	return c.parseAs(dst, in.bytes, read)
}
