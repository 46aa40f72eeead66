package copyfmt

// lineEnd is how the lines of a stream end: the first one says it for all.
type lineEnd uint8

const (
	unknownEnd lineEnd = iota
	endLF
	endCR
	endCRLF
)

// size is the length of a line end in bytes.
func (e lineEnd) size() int {
	if e == endCRLF {
		return 2
	}
	return 1
}

// nextLine finds the next line and returns its length, with its line end.
func (r *Rows) nextLine() (size int, kind Kind, err error) {
	end, state, err := r.endOfLine()
	switch {
	case err != nil:
		return 0, More, err
	case state == wants:
		r.scanned = end
		return 0, More, nil
	case state == atMarker && end == 0:
		size, r.done = r.markerSize(), true
		return size, Passing, nil
	case state == atLineEnd:
		size = end + r.eol.size()
	case end == 0: // the stream's end
		return 0, More, nil
	default:
		size = end
	}
	if size > r.limit {
		return 0, More, ErrTooLong
	}
	if !r.begun {
		r.begun = true
		return size, Passing, nil
	}
	r.row = r.data[r.at : r.at+end]
	return size, Row, nil
}

// found is what the search for the end of a line has come to.
type found uint8

const (
	wants     found = iota // the next piece: the search goes on at this place
	atLineEnd              // the line's end
	atMarker               // \.
	atDataEnd              // the end of the stream
	notFound               // none of it: an ordinary character
)

// endOfLine looks for the end of the line that begins at r.at and returns its place in the line (CopyReadLineText).
func (r *Rows) endOfLine() (end int, state found, err error) {
	line := r.data[r.at:]
	i := r.scanned
	if i == 0 && !r.counted && len(line) > 0 {
		r.line++
		r.counted = true
	}
	for {
		from := i
		i = r.special.next(line, i)
		r.escaped = r.escaped && from == i
		if i == len(line) {
			if r.ended {
				return i, atDataEnd, nil
			}
			return i, wants, nil
		}
		state, err = r.look(line, i)
		if state != notFound || err != nil {
			return i, state, err
		}
		if line[i] == '\\' && r.options.Format == Text && i+1 < len(line) {
			i++ // whatever it is, it is data
		}
		i++
	}
}

// look finds out what the special character at line[i] is.
func (r *Rows) look(line []byte, i int) (found, error) {
	c := line[i]
	if (c == '\\' || c == '\r') && i+1 == len(line) && !r.ended {
		return wants, nil
	}
	if c == '\\' && r.mayBeMarker(line, i) {
		if state, err := r.lookAtMarker(line, i); state != notFound || err != nil {
			return state, err
		}
	}
	if r.options.Format == CSV {
		r.quote(c)
	}
	if r.quoted {
		if c == '\n' && r.eol == endLF || c == '\r' && r.eol != endLF {
			r.line++
		}
		return notFound, nil
	}
	switch c {
	case '\r':
		return r.carriageReturn(i+1 < len(line) && line[i+1] == '\n')
	case '\n':
		if r.eol == endCR || r.eol == endCRLF {
			return notFound, malformed("%s newline found in data", r.literal())
		}
		r.eol = endLF
		return atLineEnd, nil
	}
	return notFound, nil
}

// quote follows the quotes of CSV. An escape counts only within quotes, right in front of a quote, and where it is not escaped itself.
func (r *Rows) quote(c byte) {
	escape := c == r.options.Escape && r.options.Escape != r.options.Quote
	if r.quoted && escape {
		r.escaped = !r.escaped
	}
	if c == r.options.Quote && !r.escaped {
		r.quoted = !r.quoted
	}
	if !escape {
		r.escaped = false
	}
}

// carriageReturn decides about a CR outside of quotes.
func (r *Rows) carriageReturn(newline bool) (found, error) {
	switch {
	case r.eol == endLF, r.eol == endCRLF && !newline:
		return notFound, malformed("%s carriage return found in data", r.literal())
	case r.eol == unknownEnd && newline:
		r.eol = endCRLF
	case r.eol == unknownEnd:
		r.eol = endCR
	}
	return atLineEnd, nil
}

// literal is how PostgreSQL calls a line end that is not one.
func (r *Rows) literal() string {
	if r.options.Format == CSV {
		return "unquoted"
	}
	return "literal"
}
