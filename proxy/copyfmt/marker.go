package copyfmt

// mayBeMarker tells whether the backslash at line[i] may begin the end-of-data marker: \. anywhere in a line of the text format, at the beginning
// of a line in CSV.
func (r *Rows) mayBeMarker(line []byte, i int) bool {
	if r.marker == NoMarker || r.options.Format == CSV && (i > 0 || r.marker != MarkerBoth) {
		return false
	}
	return i+1 < len(line) && line[i+1] == '.'
}

// lookAtMarker looks at what stands behind \. at line[i]: the line's end, or else it is none in CSV, and wrong in text.
func (r *Rows) lookAtMarker(line []byte, i int) (found, error) {
	csv := r.options.Format == CSV
	rest := line[i+2:]
	if r.eol == endCRLF {
		if len(rest) == 0 && !r.ended {
			return wants, nil
		}
		switch c := first(rest); {
		case c != '\r' && csv:
			return notFound, nil
		case c == '\n':
			return notFound, markerStyle()
		case c != '\r':
			return notFound, r.markerCorrupt()
		}
		rest = rest[1:]
	}
	if len(rest) == 0 && !r.ended {
		return wants, nil
	}
	switch c := first(rest); {
	case c != '\r' && c != '\n' && csv:
		return notFound, nil
	case c != '\r' && c != '\n':
		return notFound, r.markerCorrupt()
	case c == '\r' && (r.eol == endLF || r.eol == endCRLF), c == '\n' && r.eol == endCR:
		return notFound, markerStyle()
	case i > 0 && r.marker == MarkerText:
		return notFound, r.markerCorrupt()
	}
	return atMarker, nil
}

// markerCorrupt is what the server says to a marker that is not alone.
func (r *Rows) markerCorrupt() error {
	if r.marker == MarkerText {
		return malformed("end-of-copy marker is not alone on its line")
	}
	return malformed("end-of-copy marker corrupt")
}

// markerSize is the length of the marker with its line end.
func (r *Rows) markerSize() int {
	if r.eol == endCRLF {
		return len(`\.`) + 2
	}
	return len(`\.`) + 1
}

func markerStyle() error {
	return malformed("end-of-copy marker does not match previous newline style")
}

// first is the first byte, or NUL behind the end of the data.
func first(b []byte) byte {
	if len(b) == 0 {
		return 0
	}
	return b[0]
}
