package value

// arrayText reads the text form of a one-dimensional array: {a,"b, c",NULL}.
type arrayText struct {
	in   []byte
	elem []byte // the current element, unescaped
}

func arrayError() error {
	return &Error{Code: codeSyntax, Message: "malformed array literal",
		Hint: `Accepted: elements between braces, separated by commas; double quotes around an element that holds one of {},"\ or white space at its ends, a backslash before a quote or backslash.`}
}

func (a *arrayText) each(f func(elem []byte) error) error {
	a.in = trimSpace(a.in)
	if !a.skip('{') {
		if len(a.in) > 0 && a.in[0] == '[' {
			return &Error{Code: codeUnsupported, Message: "array bounds are not supported here", Hint: "Leave out the bounds before the braces."}
		}
		return arrayError()
	}
	a.in = trimSpaceLeft(a.in)
	if a.skip('}') {
		return a.end()
	}
	for {
		elem, err := a.element()
		if err != nil {
			return err
		}
		if err := f(elem); err != nil {
			return err
		}
		a.in = trimSpaceLeft(a.in)
		if a.skip('}') {
			return a.end()
		}
		if !a.skip(',') {
			return arrayError()
		}
	}
}

func (a *arrayText) skip(b byte) bool {
	if len(a.in) == 0 || a.in[0] != b {
		return false
	}
	a.in = a.in[1:]
	return true
}

func (a *arrayText) end() error {
	if len(a.in) > 0 {
		return arrayError()
	}
	return nil
}

// element reads one element and returns it, nil for NULL.
func (a *arrayText) element() ([]byte, error) {
	a.in = trimSpaceLeft(a.in)
	a.elem = a.elem[:0]
	if a.elem == nil {
		a.elem = []byte{} // an empty element is not NULL
	}
	switch {
	case a.skip('"'):
		return a.quoted()
	case len(a.in) > 0 && a.in[0] == '{':
		return nil, dimensionError()
	}
	return a.bare()
}

func (a *arrayText) quoted() ([]byte, error) {
	for i := 0; i < len(a.in); i++ {
		switch b := a.in[i]; {
		case b == '"':
			a.in = a.in[i+1:]
			return a.elem, nil
		case b == '\\' && i+1 < len(a.in):
			i++
			a.elem = append(a.elem, a.in[i])
		default:
			a.elem = append(a.elem, b)
		}
	}
	return nil, arrayError()
}

// bare reads an element without quotes: white space at its ends does not count, unless it is escaped.
func (a *arrayText) bare() ([]byte, error) {
	keep, escaped := 0, false
	for i := 0; i < len(a.in); i++ {
		switch b := a.in[i]; {
		case b == ',' || b == '}':
			a.in = a.in[i:]
			a.elem = a.elem[:keep]
			switch {
			case keep == 0:
				return nil, arrayError()
			case !escaped && foldEqual(a.elem, "null"):
				return nil, nil
			}
			return a.elem, nil
		case b == '"' || b == '{':
			return nil, arrayError()
		case b == '\\' && i+1 < len(a.in):
			i++
			escaped = true
			a.elem = append(a.elem, a.in[i])
			keep = len(a.elem)
		default:
			a.elem = append(a.elem, b)
			if !isSpace(b) {
				keep = len(a.elem)
			}
		}
	}
	return nil, arrayError()
}
