package value

// booleanCodec is boolean. Canonical form: one byte, 0 or 1.
type booleanCodec struct{}

func (booleanCodec) parse(dst, in []byte, _ int32, _ *Settings) ([]byte, error) {
	word := trimSpace(in)
	for _, w := range [...]struct {
		text  string
		least int // the shortest prefix that is accepted
		value byte
	}{{"true", 1, 1}, {"yes", 1, 1}, {"on", 2, 1}, {"1", 1, 1}, {"false", 1, 0}, {"no", 1, 0}, {"off", 2, 0}, {"0", 1, 0}} {
		if len(word) >= w.least && len(word) <= len(w.text) && foldEqual(word, w.text[:len(word)]) {
			return append(dst, w.value), nil
		}
	}
	return dst, syntaxError("boolean", "Accepted: true, yes, on, 1, false, no, off, 0 and their unambiguous beginnings.")
}

func (booleanCodec) receive(dst, in []byte, _ int32) ([]byte, error) {
	if err := fixedSize(in, 1); err != nil {
		return dst, err
	}
	if in[0] != 0 {
		return append(dst, 1), nil
	}
	return append(dst, 0), nil
}

func (booleanCodec) print(dst, canonical []byte, _ *Settings) ([]byte, error) {
	switch {
	case len(canonical) != 1 || canonical[0] > 1:
		return dst, storedError("boolean")
	case canonical[0] == 1:
		return append(dst, 't'), nil
	}
	return append(dst, 'f'), nil
}

func (c booleanCodec) send(dst, canonical []byte) ([]byte, error) {
	if len(canonical) != 1 || canonical[0] > 1 {
		return dst, storedError("boolean")
	}
	return append(dst, canonical[0]), nil
}
