package value

import (
	"encoding/binary"
	"math"
)

// arrayShape is the size and the lower bound of each dimension.
type arrayShape struct{ sizes, lowers []int32 }

// count is how many elements there are.
func (s arrayShape) count() int64 {
	if len(s.sizes) == 0 {
		return 0
	}
	n := int64(1)
	for _, size := range s.sizes {
		if n *= int64(size); n > math.MaxInt32 {
			return n
		}
	}
	return n
}

// check holds the shape against the limits of PostgreSQL.
func (s arrayShape) check() error {
	const maxElements = (1<<30 - 1) / 8 // MaxArraySize: what a gigabyte of pointers can hold
	for i, size := range s.sizes {
		switch {
		case size < 0:
			return &Error{Code: codeLimit, Message: "array size exceeds the maximum allowed"}
		case size > 0 && int64(s.lowers[i])+int64(size) > math.MaxInt32:
			return &Error{Code: codeLimit, Message: "array lower bound is too large"}
		}
	}
	if s.count() > maxElements {
		return &Error{Code: codeLimit, Message: "array size exceeds the maximum allowed"}
	}
	return nil
}

func tooManyDimensions() error {
	return &Error{Code: codeLimit, Message: "number of array dimensions exceeds the maximum allowed"}
}

// append appends the head of an array's canonical form.
func (s arrayShape) append(dst []byte) []byte {
	return s.appendDimensions(binary.BigEndian.AppendUint32(dst, uint32(len(s.sizes))))
}

func (s arrayShape) appendDimensions(dst []byte) []byte {
	for i := range s.sizes {
		dst = binary.BigEndian.AppendUint32(dst, uint32(s.sizes[i]))
		dst = binary.BigEndian.AppendUint32(dst, uint32(s.lowers[i]))
	}
	return dst
}

// cutDimensions reads n dimensions.
func cutDimensions(in []byte, n int) (s arrayShape, rest []byte, ok bool) {
	if len(in) < n*arrayDimension {
		return s, nil, false
	}
	for range n {
		s.sizes = append(s.sizes, int32(binary.BigEndian.Uint32(in)))
		s.lowers = append(s.lowers, int32(binary.BigEndian.Uint32(in[4:])))
		in = in[arrayDimension:]
	}
	return s, in, true
}

// receiveShape reads the head of a binary array, whose elements must be of the given type.
func receiveShape(in []byte, elementOID uint32) (s arrayShape, rest []byte, err error) {
	if len(in) < arrayHeader {
		return s, nil, shortError()
	}
	dims := binary.BigEndian.Uint32(in)
	flags := binary.BigEndian.Uint32(in[4:])
	switch {
	case dims > arrayMaxDims:
		return s, nil, tooManyDimensions()
	case flags > 1:
		return s, nil, binaryError("invalid array flags")
	case binary.BigEndian.Uint32(in[8:]) != elementOID:
		return s, nil, &Error{Code: codeMismatch, Message: "wrong element type", Hint: "The array's elements are of another type than its own type says."}
	}
	s, rest, ok := cutDimensions(in[arrayHeader:], int(dims))
	if !ok {
		return s, nil, shortError()
	}
	return s, rest, s.check()
}

// storedShape reads the head of an array's canonical form and makes sure that it has as many elements as it says.
func storedShape(canonical []byte) (s arrayShape, elements []byte, ok bool) {
	if len(canonical) < 4 {
		return s, nil, false
	}
	dims := binary.BigEndian.Uint32(canonical)
	if dims > arrayMaxDims {
		return s, nil, false
	}
	s, elements, ok = cutDimensions(canonical[4:], int(dims))
	if !ok || s.check() != nil || dims > 0 && s.count() == 0 {
		return s, nil, false
	}
	rest := elements
	for range s.count() {
		var err error
		if _, rest, err = cutElement(rest); err != nil {
			return s, nil, false
		}
	}
	return s, elements, len(rest) == 0
}
