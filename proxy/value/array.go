package value

import "encoding/binary"

// EachElement calls f for each element of a one-dimensional array, in order, with nil for NULL; an element's bytes are
// valid until f returns. inOID is the array type that the client gave the parameter (0 or unknown: an array of t; a string
// type: the text form of one, in text format only), format that of the array and so of each element. The elements themselves then go through Canonical
// with ElementOID(inOID) as their type. Errors are *Error, 0A000 for more than one dimension; an error of f ends the walk
// and is returned as it is.
func (t Type) EachElement(array []byte, inOID uint32, format int16, f func(elem []byte) error) error {
	element := t.OID
	switch {
	case inOID == 0 || inOID == OIDUnknown:
	case isString(inOID) && format == formatText:
	default:
		if element = ElementOID(inOID); element == 0 {
			return &Error{Code: codeMismatch, Message: "an array of " + t.Name() + " was expected",
				Hint: "Send the value as an array, or as the text of one with an unknown type."}
		}
	}
	switch format {
	case formatText:
		if err := checkText(array); err != nil {
			return err
		}
		return (&arrayText{in: array}).each(f)
	case formatBinary:
		return eachBinary(array, element, f)
	}
	return formatError()
}

// Layout of PostgreSQL's binary array: dimensions, flags (1 where there may be NULLs), element type; for each dimension its
// size and lower bound; then the elements, each behind its length, -1 for NULL. All numbers are int32.
const (
	arrayHeader    = 12
	arrayDimension = 8
	arrayMaxDims   = 6
)

func eachBinary(array []byte, elemOID uint32, f func(elem []byte) error) error {
	if len(array) < arrayHeader {
		return shortError()
	}
	dims := binary.BigEndian.Uint32(array)
	flags := binary.BigEndian.Uint32(array[4:])
	oid := binary.BigEndian.Uint32(array[8:])
	rest := array[arrayHeader:]
	switch {
	case dims > arrayMaxDims:
		return &Error{Code: codeLimit, Message: "number of array dimensions exceeds the maximum allowed"}
	case flags > 1:
		return binaryError("invalid array flags")
	case oid != elemOID && !(isString(oid) && isString(elemOID)):
		return &Error{Code: codeMismatch, Message: "wrong element type", Hint: "The array's elements are of another type than its own type says."}
	case dims > 1:
		return dimensionError()
	case dims == 0:
		return endOfArray(rest)
	case len(rest) < arrayDimension:
		return shortError()
	}
	count := int32(binary.BigEndian.Uint32(rest))
	rest = rest[arrayDimension:]
	if count < 0 {
		return &Error{Code: codeLimit, Message: "array size exceeds the maximum allowed"}
	}
	for range count {
		elem, tail, err := cutElement(rest)
		if err != nil {
			return err
		}
		if err := f(elem); err != nil {
			return err
		}
		rest = tail
	}
	return endOfArray(rest)
}

// cutElement takes the next element off, nil for NULL.
func cutElement(in []byte) (elem, rest []byte, err error) {
	if len(in) < 4 {
		return nil, nil, shortError()
	}
	size := int32(binary.BigEndian.Uint32(in))
	in = in[4:]
	switch {
	case size == -1:
		return nil, in, nil
	case size < 0 || int(size) > len(in):
		return nil, nil, binaryError("insufficient data left in message")
	}
	return in[:size:size], in[size:], nil
}

func endOfArray(rest []byte) error {
	if len(rest) > 0 {
		return binaryError("incorrect binary data format")
	}
	return nil
}

func isString(oid uint32) bool { return oid == OIDText || oid == OIDVarchar || oid == OIDBpchar }

func dimensionError() error {
	return &Error{Code: codeUnsupported, Message: "the array has more than one dimension", Hint: "Send the values as one flat array."}
}

// AppendArray appends the binary form of a one-dimensional array to dst and returns the longer slice. The elements are of
// type elemOID and in its binary form, nil for NULL; no elements make an empty array.
func AppendArray(dst []byte, elemOID uint32, elems [][]byte) []byte {
	flags := uint32(0)
	for _, e := range elems {
		if e == nil {
			flags = 1
		}
	}
	dims := uint32(1)
	if len(elems) == 0 {
		dims = 0
	}
	dst = binary.BigEndian.AppendUint32(dst, dims)
	dst = binary.BigEndian.AppendUint32(dst, flags)
	dst = binary.BigEndian.AppendUint32(dst, elemOID)
	if dims == 0 {
		return dst
	}
	dst = binary.BigEndian.AppendUint32(dst, uint32(len(elems)))
	dst = binary.BigEndian.AppendUint32(dst, 1) // lower bound
	for _, e := range elems {
		if e == nil {
			dst = binary.BigEndian.AppendUint32(dst, 0xffffffff)
			continue
		}
		dst = binary.BigEndian.AppendUint32(dst, uint32(len(e)))
		dst = append(dst, e...)
	}
	return dst
}
