package copyfmt

import "encoding/binary"

const (
	signature  = "PGCOPY\n\xff\r\n\x00"
	headerSize = len(signature) + 4 + 4 // flags, length of the extension

	flagOIDs      = 1 << 16
	criticalFlags = 0xffff0000 // those that a reader has to know
	trailer       = -1         // in place of the count of a row's fields
	null          = -1         // in place of a field's length
)

// nextBinary finds the next row, or the header or trailer, and returns its length.
func (r *Rows) nextBinary() (size int, kind Kind, err error) {
	b := r.data[r.at:]
	if !r.begun {
		return r.header(b)
	}
	if r.left < 0 {
		if len(b) < 2 {
			return r.unfinished(b)
		}
		count := int(int16(binary.BigEndian.Uint16(b)))
		switch {
		case count == trailer:
			r.done = true
			return 2, Passing, nil
		case count < r.atLeast || r.exactly && count > r.atLeast:
			return 0, More, malformed("row field count is %d, expected %d", count, r.atLeast)
		}
		r.left, r.scanned, r.fields = count, 2, r.fields[:0]
		r.line++
	}
	for ; r.left > 0; r.left-- {
		ok, err := r.binaryField(b)
		switch {
		case err != nil:
			return 0, More, err
		case !ok && r.ended:
			return 0, More, malformed("unexpected EOF in COPY data")
		case !ok:
			return 0, More, nil
		}
	}
	for i := range r.fields { // the row may have moved while it came in
		if f := &r.fields[i]; !f.Null {
			f.Value = b[f.Start+4 : f.End : f.End]
		}
	}
	r.row = b[:r.scanned]
	return r.scanned, Row, nil
}

// unfinished deals with what may be the beginning of a count. One byte at the end of the stream is what the server does not look at.
func (r *Rows) unfinished(b []byte) (size int, kind Kind, err error) {
	if r.ended && len(b) > 0 {
		r.done = true
		return len(b), Passing, nil
	}
	return 0, More, nil
}

// binaryField adds the field that begins where the row has been looked at; ok is false where it has not come as a whole.
func (r *Rows) binaryField(b []byte) (ok bool, err error) {
	at := r.scanned
	if len(b) < at+4 {
		return false, nil
	}
	n := int(int32(binary.BigEndian.Uint32(b[at:])))
	f := Field{Start: at, End: at + 4, Null: n == null}
	switch {
	case n < null:
		return false, malformed("invalid field size")
	case n > r.limit-f.End:
		return false, ErrTooLong
	case n > len(b)-f.End:
		return false, nil
	case n > 0:
		f.End += n
	}
	r.fields = append(r.fields, f)
	r.scanned = f.End
	return true, nil
}

// header checks what stands in front of the rows.
func (r *Rows) header(b []byte) (size int, kind Kind, err error) {
	if n := min(len(b), len(signature)); string(b[:n]) != signature[:n] || r.ended && n < len(signature) {
		return 0, More, malformed("COPY file signature not recognized")
	}
	flagsAt, sizeAt := len(signature), len(signature)+4
	if len(b) >= sizeAt {
		switch flags := binary.BigEndian.Uint32(b[flagsAt:]); {
		case flags&flagOIDs != 0:
			return 0, More, malformed("invalid COPY file header (WITH OIDS)")
		case flags&criticalFlags != 0:
			return 0, More, malformed("unrecognized critical flags in COPY file header")
		}
	}
	want := int64(headerSize)
	if len(b) >= headerSize {
		n := int32(binary.BigEndian.Uint32(b[sizeAt:]))
		if n < 0 {
			return 0, More, malformed("invalid COPY file header (missing length)")
		}
		want += int64(n)
	}
	switch {
	case want > int64(r.limit):
		return 0, More, ErrTooLong
	case int64(len(b)) >= want:
		r.begun = true
		return int(want), Passing, nil
	case !r.ended:
		return 0, More, nil
	case len(b) < sizeAt:
		return 0, More, malformed("invalid COPY file header (missing flags)")
	case len(b) < headerSize:
		return 0, More, malformed("invalid COPY file header (missing length)")
	}
	return 0, More, malformed("invalid COPY file header (wrong length)")
}
