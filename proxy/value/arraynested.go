package value

import (
	"math"
	"strconv"
)

// arrayNested reads the text form of an array of any dimensions: [2:3][1:2]={{a,"b, c"},{NULL,d}}.
type arrayNested struct {
	arrayText
	shape arrayShape
	out   []byte
	read  elementReader
	start int // of the canonical form in out
	size  int // of the text
}

// parseAs reads the text form, and its elements by read.
func (c arrayCodec) parseAs(dst, in []byte, read elementReader) ([]byte, error) {
	p := arrayNested{arrayText: arrayText{in: trimSpace(in)}, read: read, start: len(dst), size: len(in)}
	bounds, err := p.bounds()
	if err != nil {
		return dst, err
	}
	if err := p.dimensions(); err != nil {
		return dst, err
	}
	p.out = p.shape.append(dst)
	empty, err := p.level(0)
	if err == nil {
		err = p.end()
	}
	switch {
	case err != nil:
		return dst, err
	case empty && len(bounds.sizes) > 0:
		return dst, arrayError()
	case empty:
		return arrayShape{}.append(dst), nil
	}
	if len(bounds.sizes) > 0 {
		if len(bounds.sizes) != len(p.shape.sizes) {
			return dst, arrayError()
		}
		for i, size := range bounds.sizes {
			if size != p.shape.sizes[i] {
				return dst, arrayError()
			}
		}
		p.shape.lowers = bounds.lowers
	}
	if err := p.shape.check(); err != nil {
		return dst, err
	}
	p.shape.append(p.out[:len(dst)]) // now that the sizes are known, over what was there
	return p.out, nil
}

// bounds reads [2:3][1:2]= in front of the braces.
func (p *arrayNested) bounds() (s arrayShape, err error) {
	for p.skip('[') {
		lower, ok1 := p.bound(':')
		upper, ok2 := p.bound(']')
		switch {
		case !ok1 || !ok2:
			return s, arrayError()
		case len(s.sizes) == arrayMaxDims:
			return s, tooManyDimensions()
		case upper < lower:
			return s, &Error{Code: codeArray, Message: "upper bound cannot be less than lower bound"}
		case upper-lower >= math.MaxInt32:
			return s, &Error{Code: codeLimit, Message: "array size exceeds the maximum allowed"}
		}
		s.sizes, s.lowers = append(s.sizes, int32(upper-lower+1)), append(s.lowers, int32(lower))
	}
	if len(s.sizes) > 0 && !p.skip('=') {
		return s, arrayError()
	}
	return s, nil
}

// bound reads a number and the sign behind it.
func (p *arrayNested) bound(behind byte) (int64, bool) {
	negative, body, _ := cutSign(p.in)
	n, rest, ok := cutInteger(body)
	n = signedBy(n, negative)
	if !ok || len(rest) == 0 || rest[0] != behind || n != int64(int32(n)) {
		return 0, false
	}
	p.in = rest[1:]
	return n, true
}

// dimensions counts the braces in front of the first element.
func (p *arrayNested) dimensions() error {
	for _, b := range p.in {
		switch {
		case b == '{':
			if len(p.shape.sizes) == arrayMaxDims {
				return tooManyDimensions()
			}
			p.shape.sizes, p.shape.lowers = append(p.shape.sizes, -1), append(p.shape.lowers, 1)
		case !isSpace(b):
			if len(p.shape.sizes) == 0 {
				return arrayError()
			}
			return nil
		}
	}
	return arrayError()
}

// level reads one pair of braces. The array is empty where there is but one pair with nothing in it.
func (p *arrayNested) level(depth int) (empty bool, err error) {
	p.in = trimSpaceLeft(p.in)
	if !p.skip('{') {
		return false, arrayError()
	}
	p.in = trimSpaceLeft(p.in)
	if depth == 0 && len(p.shape.sizes) == 1 && p.skip('}') {
		return true, nil
	}
	for n := int32(1); ; n++ {
		if err := p.member(depth); err != nil {
			return false, err
		}
		p.in = trimSpaceLeft(p.in)
		switch {
		case p.skip(','):
		case p.skip('}') && (p.shape.sizes[depth] < 0 || p.shape.sizes[depth] == n):
			p.shape.sizes[depth] = n
			return false, nil
		default:
			return false, arrayError()
		}
	}
}

// member reads an element, or the array in its place.
func (p *arrayNested) member(depth int) error {
	if depth < len(p.shape.sizes)-1 {
		_, err := p.level(depth + 1)
		return err
	}
	if p.in = trimSpaceLeft(p.in); len(p.in) > 0 && p.in[0] == '{' {
		return arrayError() // deeper than the first element
	}
	element, err := p.element()
	if err != nil {
		return err
	}
	if p.out, err = appendElement(p.out, element, p.read); err != nil {
		return err
	}
	return checkGrowth(len(p.out)-p.start, p.size)
}

// print writes the text form as PostgreSQL does.
func (c arrayCodec) print(dst, canonical []byte, s *Settings) ([]byte, error) {
	shape, elements, ok := storedShape(canonical)
	if !ok {
		return dst, storedError(c.name())
	}
	if len(shape.sizes) == 0 {
		return append(dst, '{', '}'), nil
	}
	out := shape.appendBounds(dst)
	w := arrayWriter{codec: c.codec, s: s, sizes: shape.sizes, elements: elements}
	out, err := w.level(out, 0)
	if err != nil {
		return dst, err
	}
	return out, nil
}

// appendBounds writes the bounds where a lower one is not 1.
func (s arrayShape) appendBounds(dst []byte) []byte {
	plain := true
	for _, lower := range s.lowers {
		plain = plain && lower == 1
	}
	if plain {
		return dst
	}
	for i, lower := range s.lowers {
		dst = strconv.AppendInt(append(dst, '['), int64(lower), 10)
		dst = strconv.AppendInt(append(dst, ':'), int64(lower)+int64(s.sizes[i])-1, 10)
		dst = append(dst, ']')
	}
	return append(dst, '=')
}

// arrayWriter writes elements between their braces.
type arrayWriter struct {
	codec    codec
	s        *Settings
	sizes    []int32
	elements []byte // those that are left
	room     []byte
}

func (w *arrayWriter) level(dst []byte, depth int) ([]byte, error) {
	dst = append(dst, '{')
	for i := range w.sizes[depth] {
		if i > 0 {
			dst = append(dst, ',')
		}
		var err error
		if depth < len(w.sizes)-1 {
			dst, err = w.level(dst, depth+1)
		} else {
			dst, err = w.element(dst)
		}
		if err != nil {
			return dst, err
		}
	}
	return append(dst, '}'), nil
}

func (w *arrayWriter) element(dst []byte) ([]byte, error) {
	element, rest, err := cutElement(w.elements)
	if err != nil {
		return dst, err
	}
	w.elements = rest
	if element == nil {
		return append(dst, "NULL"...), nil
	}
	if w.room, err = w.codec.print(w.room[:0], element, w.s); err != nil {
		return dst, err
	}
	return appendArrayElement(dst, w.room), nil
}

// appendArrayElement appends an element in quotes where it could be read as something else.
func appendArrayElement(dst, text []byte) []byte {
	quote := len(text) == 0 || foldEqual(text, "null")
	for _, b := range text {
		quote = quote || b == '"' || b == '\\' || b == '{' || b == '}' || b == ',' || isSpace(b)
	}
	if !quote {
		return append(dst, text...)
	}
	dst = append(dst, '"')
	for _, b := range text {
		if b == '"' || b == '\\' {
			dst = append(dst, '\\')
		}
		dst = append(dst, b)
	}
	return append(dst, '"')
}
