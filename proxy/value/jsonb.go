package value

// jsonbVersion is the first byte of jsonb's binary form; the text form follows it.
const jsonbVersion = 1

// Limits on the size of the canonical form. The first is the server's own, on the parts of a jsonb (JENTRY_OFFLENMASK). The
// others bound what a few bytes such as 1e131071 may grow to: only a crowd of such numbers makes a document more than
// twice as long, the spaces behind separators do not.
const (
	jsonbMaxSize   = 0x0fffffff
	jsonbMaxGrowth = 4
	jsonbFreeSize  = 16 << 20
)

// jsonbCodec is jsonb. Canonical form: the text that PostgreSQL prints.
type jsonbCodec struct{}

func (jsonbCodec) parse(dst, in []byte, _ int32, _ *Settings) ([]byte, error) {
	w := jsonbWriter{out: dst, base: len(dst), limit: min(len(in)*jsonbMaxGrowth+jsonbFreeSize, jsonbMaxSize)}
	j := jsonScanner{in: in, writer: &w}
	if err := j.document(); err != nil {
		return dst, err
	}
	return w.finish(), nil
}

func (c jsonbCodec) receive(dst, in []byte, typmod int32) ([]byte, error) {
	switch {
	case len(in) == 0:
		return dst, shortError()
	case in[0] != jsonbVersion:
		return dst, binaryError("unsupported jsonb version number")
	}
	if err := checkText(in[1:]); err != nil {
		return dst, err
	}
	return c.parse(dst, in[1:], typmod, nil)
}

func (jsonbCodec) print(dst, canonical []byte, _ *Settings) ([]byte, error) {
	if len(canonical) == 0 || checkText(canonical) != nil {
		return dst, storedError("jsonb")
	}
	return append(dst, canonical...), nil
}

func (c jsonbCodec) send(dst, canonical []byte) ([]byte, error) {
	out, err := c.print(append(dst, jsonbVersion), canonical, nil)
	if err != nil {
		return dst, err
	}
	return out, nil
}

// span is a part of the writer's output, counted from its base.
type span struct{ start, end int }

// member is a key, decoded, and its value in an object that is still open.
type member struct {
	key span // in keys
	out span // "key": value
}

// jsonbWriter writes jsonb's text form while the scanner reads. Members are written as they come; objects that turn out
// not to be in jsonb's order are noted and put in order once, at the end, so that the cost stays near the input's size
// however deep it is nested. The methods do nothing on a nil writer.
type jsonbWriter struct {
	out     []byte
	base    int // where this value starts in out
	limit   int
	scratch []byte
	keys    []byte
	open    []member
	unruly  []object
}

func (w *jsonbWriter) position() int { return len(w.out) - w.base }

func (w *jsonbWriter) checkSize(more int) error {
	if w.position()+more > w.limit {
		return &Error{Code: codeLimit, Message: "the value is too large for type jsonb"}
	}
	return nil
}

func (w *jsonbWriter) raw(text string) error {
	if w == nil {
		return nil
	}
	w.out = append(w.out, text...)
	return w.checkSize(0)
}

func (w *jsonbWriter) stringValue(j *jsonScanner) error {
	var err error
	if w.scratch, err = j.decodeString(w.scratch[:0]); err != nil {
		return err
	}
	w.out = appendJSONString(w.out, w.scratch)
	return w.checkSize(0)
}

func (w *jsonbWriter) number(token []byte) error {
	if w == nil {
		return nil
	}
	var room [numericRoom]byte
	d, err := parseDecimal(room[:0], token)
	if err != nil {
		return err
	}
	if !d.fits() {
		return overflowError()
	}
	if err := w.checkSize(d.size()); err != nil {
		return err
	}
	w.out = d.appendText(w.out)
	return nil
}

// openObject begins an object and returns the handle that closeObject takes: its position, and the members open before it.
func (w *jsonbWriter) openObject() span {
	if w == nil {
		return span{}
	}
	o := span{w.position(), len(w.open)}
	w.out = append(w.out, '{')
	return o
}

// beginMember reads a key and writes it.
func (w *jsonbWriter) beginMember(j *jsonScanner) error {
	if w.out[len(w.out)-1] != '{' {
		w.out = append(w.out, ", "...)
	}
	m := member{key: span{start: len(w.keys)}, out: span{start: w.position()}}
	var err error
	if w.keys, err = j.decodeString(w.keys); err != nil {
		return err
	}
	m.key.end = len(w.keys)
	w.open = append(w.open, m)
	w.out = append(appendJSONString(w.out, w.keys[m.key.start:]), ": "...)
	return w.checkSize(0)
}

// endMember notes where the value of the last open member ends.
func (w *jsonbWriter) endMember() {
	if w != nil {
		w.open[len(w.open)-1].out.end = w.position()
	}
}
