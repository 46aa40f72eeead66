package copyfmt

// Kind is what Next has found.
type Kind uint8

// What Next finds.
const (
	More    Kind = iota // nothing that is complete: feed the next piece
	Row                 // a row; Fields takes it apart
	Passing             // a header, trailer or end-of-data marker: belongs to the stream, holds no values
	Ignored             // stands behind the end-of-data marker, where the server passes over it
)

// Rows finds the rows in a stream of COPY data. It is used by one goroutine.
type Rows struct {
	options Options
	marker  Marker
	limit   int
	want    []bool // whose values are decoded; nil: all
	atLeast int    // binary: fields of a row
	exactly bool   // binary: and no more

	carried []byte // the beginning of a row whose end has not come yet
	data    []byte // what is being read: the piece, or carried with the piece behind it
	at      int    // where the next row begins in data
	scanned int    // how much of that row has been looked at
	ended   bool   // no more pieces will come

	eol     lineEnd
	quoted  bool // CSV: the place that was looked at last is within quotes
	escaped bool // CSV: an escape stands in front of it
	counted bool // the row's first line is counted
	special stops
	begun   bool // the header has passed, or there is none
	done    bool // the end of the data has passed
	line    int  // of the place that was looked at last; binary: the number of the row

	row     []byte // the last row, without its line end
	fields  []Field
	left    int // binary: fields of the row that have not come yet; -1: its count has not
	decoded []byte
}

// Shape says which fields a row has.
type Shape struct {
	Fields  int    // how many fields a row has, at least
	Exactly bool   // and no more
	Want    []bool // whose values Fields decodes: of those beyond its end none; nil: all
}

// NewRows returns Rows of a stream. A row may have limit bytes.
func NewRows(o Options, marker Marker, shape Shape, limit int) *Rows {
	r := &Rows{options: o, marker: marker, limit: limit, want: shape.Want, atLeast: shape.Fields, exactly: shape.Exactly, left: -1}
	r.begun = o.Format != Binary && !o.Header
	special := []byte{'\\', '\n', '\r'}
	if o.Format == CSV {
		special = append(special, o.Quote, o.Escape)
	}
	r.special = newStops(special...)
	return r
}

// Feed gives the next piece of the stream, which is borrowed until Next has returned More.
func (r *Rows) Feed(piece []byte) {
	if len(r.carried) == 0 {
		r.data, r.at = piece, 0
		return
	}
	r.carried = append(r.carried, piece...)
	r.data, r.at = r.carried, 0
}

// End says that no more pieces come: Next gives out what is left, up to More.
func (r *Rows) End() {
	r.ended = true
	r.Feed(nil)
}

// Next returns what comes next in the stream: valid until the next Feed. Whatever is put together of the pieces that it
// returns, in their order, is the stream.
func (r *Rows) Next() (piece []byte, kind Kind, err error) {
	r.row = nil
	if r.done {
		return r.behind()
	}
	var size int
	if r.options.Format == Binary {
		size, kind, err = r.nextBinary()
	} else {
		size, kind, err = r.nextLine()
	}
	switch {
	case err != nil:
		return nil, More, err
	case kind == More:
		return nil, More, r.keep()
	}
	piece = r.data[r.at : r.at+size : r.at+size]
	r.at += size
	r.scanned, r.quoted, r.escaped, r.left, r.counted = 0, false, false, -1, false
	return piece, kind, nil
}

// behind is what comes behind the end of the data.
func (r *Rows) behind() (piece []byte, kind Kind, err error) {
	piece = r.data[r.at:]
	r.at, r.carried = len(r.data), r.carried[:0]
	switch {
	case len(piece) == 0:
		return nil, More, nil
	case r.options.Format == Binary:
		return nil, More, malformed("received copy data after EOF marker")
	}
	return piece, Ignored, nil
}

// keep carries over what is left of the data.
func (r *Rows) keep() error {
	rest := r.data[r.at:]
	if len(rest) > r.limit {
		return ErrTooLong
	}
	if r.at > 0 || len(r.carried) == 0 {
		r.carried = append(r.carried[:0], rest...)
	}
	r.data, r.at = r.carried, 0
	return nil
}

// Line is the number of the line that the last row is in, or of the place where the data are not of the format, as PostgreSQL counts them: from 1, with the
// line ends within quotes; in binary it is the number of the row.
func (r *Rows) Line() int { return r.line }
