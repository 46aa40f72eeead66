package value

// jsonCodec is json. Canonical form: the text as the client sent it, once it has been found to be JSON.
type jsonCodec struct{}

func (jsonCodec) parse(dst, in []byte, _ int32, _ *Settings) ([]byte, error) {
	j := jsonScanner{in: in}
	if err := j.document(); err != nil {
		return dst, err
	}
	return append(dst, in...), nil
}

func (c jsonCodec) receive(dst, in []byte, typmod int32) ([]byte, error) {
	if err := checkText(in); err != nil {
		return dst, err
	}
	return c.parse(dst, in, typmod, nil)
}

func (jsonCodec) print(dst, canonical []byte, _ *Settings) ([]byte, error) {
	if len(canonical) == 0 || checkText(canonical) != nil {
		return dst, storedError("json")
	}
	return append(dst, canonical...), nil
}

func (c jsonCodec) send(dst, canonical []byte) ([]byte, error) { return c.print(dst, canonical, nil) }

// jsonMaxDepth bounds the nesting of arrays and objects. The server's own bound is its stack (max_stack_depth), which a
// default configuration reaches at some 12,000 levels.
const jsonMaxDepth = 5000

// jsonScanner reads one JSON document (RFC 8259), which must be valid UTF-8 without NUL, by recursive descent. Where it
// has a writer, the document is written there as jsonb.
type jsonScanner struct {
	in     []byte
	pos    int
	depth  int
	writer *jsonbWriter
}

func jsonError() error {
	return syntaxError("json", "Accepted: one JSON value (RFC 8259).")
}

// document reads the whole input.
func (j *jsonScanner) document() error {
	if err := j.value(); err != nil {
		return err
	}
	if j.next() != 0 {
		return jsonError()
	}
	return nil
}

// next skips white space and returns the byte there, 0 at the end.
func (j *jsonScanner) next() byte {
	for ; j.pos < len(j.in); j.pos++ {
		switch b := j.in[j.pos]; b {
		case ' ', '\t', '\n', '\r':
		default:
			return b
		}
	}
	return 0
}

func (j *jsonScanner) value() error {
	switch b := j.next(); {
	case b == '{' || b == '[':
		return j.nested(b)
	case b == '"':
		return j.stringValue()
	case b == '-' || isDigit(b):
		return j.number()
	case b == 't':
		return j.word("true")
	case b == 'f':
		return j.word("false")
	case b == 'n':
		return j.word("null")
	}
	return jsonError()
}

// nested reads an array or object and counts the depth.
func (j *jsonScanner) nested(opening byte) (err error) {
	if j.depth++; j.depth > jsonMaxDepth {
		return &Error{Code: codeTooComplex, Message: "the JSON value is nested too deeply"}
	}
	if opening == '[' {
		err = j.array()
	} else {
		err = j.object()
	}
	j.depth--
	return err
}

func (j *jsonScanner) word(w string) error {
	if len(j.in)-j.pos < len(w) || string(j.in[j.pos:j.pos+len(w)]) != w {
		return jsonError()
	}
	j.pos += len(w)
	return j.writer.raw(w)
}

func (j *jsonScanner) array() error {
	j.pos++
	if err := j.writer.raw("["); err != nil {
		return err
	}
	if j.next() == ']' {
		j.pos++
		return j.writer.raw("]")
	}
	for {
		if err := j.value(); err != nil {
			return err
		}
		b := j.next()
		j.pos++
		switch b {
		case ',':
			if err := j.writer.raw(", "); err != nil {
				return err
			}
		case ']':
			return j.writer.raw("]")
		default:
			return jsonError()
		}
	}
}

func (j *jsonScanner) object() error {
	j.pos++
	o := j.writer.openObject()
	if j.next() == '}' {
		j.pos++
		return j.writer.closeObject(o)
	}
	for {
		if j.next() != '"' {
			return jsonError()
		}
		if err := j.key(); err != nil {
			return err
		}
		if j.next() != ':' {
			return jsonError()
		}
		j.pos++
		if err := j.value(); err != nil {
			return err
		}
		j.writer.endMember()
		b := j.next()
		j.pos++
		switch b {
		case ',':
		case '}':
			return j.writer.closeObject(o)
		default:
			return jsonError()
		}
	}
}

func (j *jsonScanner) key() error {
	if j.writer == nil {
		return j.skipString()
	}
	return j.writer.beginMember(j)
}

func (j *jsonScanner) stringValue() error {
	if j.writer == nil {
		return j.skipString()
	}
	return j.writer.stringValue(j)
}

// number checks the grammar of a number: no leading zero, digits on both sides of a point.
func (j *jsonScanner) number() error {
	start := j.pos
	if j.in[j.pos] == '-' {
		j.pos++
	}
	switch {
	case j.pos < len(j.in) && j.in[j.pos] == '0':
		j.pos++
	case j.digits() == 0:
		return jsonError()
	}
	if j.pos < len(j.in) && j.in[j.pos] == '.' {
		j.pos++
		if j.digits() == 0 {
			return jsonError()
		}
	}
	if j.pos < len(j.in) && j.in[j.pos]|0x20 == 'e' {
		j.pos++
		if j.pos < len(j.in) && (j.in[j.pos] == '+' || j.in[j.pos] == '-') {
			j.pos++
		}
		if j.digits() == 0 {
			return jsonError()
		}
	}
	return j.writer.number(j.in[start:j.pos])
}

func (j *jsonScanner) digits() int {
	start := j.pos
	for j.pos < len(j.in) && isDigit(j.in[j.pos]) {
		j.pos++
	}
	return j.pos - start
}
