package copyfmt

// Field is one field of a row.
type Field struct {
	Start, End int    // where it stands in the row, with everything that AppendField would write
	Value      []byte // what it means; valid until the next call of Next; nil where it is not wanted
	Null       bool   // it is the NULL string
	Default    bool   // it stands for the column's default
	Quoted     bool   // CSV: a part of it was quoted
}

// Fields takes the row apart that Next has returned last. The slice is valid until the next call of Next.
func (r *Rows) Fields() ([]Field, error) {
	if r.options.Format == Binary {
		return r.fields, nil
	}
	r.fields = r.fields[:0]
	if cap(r.decoded) < len(r.row) { // a value is never longer than its field
		r.decoded = make([]byte, 0, len(r.row)+len(r.row)/2)
	}
	r.decoded = r.decoded[:0]
	for at := 0; ; at++ { // over the delimiter
		var err error
		if r.options.Format == CSV {
			at, err = r.csvField(at)
		} else {
			at = r.textField(at)
		}
		if err != nil || at == len(r.row) {
			return r.fields, err
		}
	}
}

// wanted tells whether the value of the next field is to be decoded.
func (r *Rows) wanted() bool {
	i := len(r.fields)
	return r.want == nil || i < len(r.want) && r.want[i]
}

// add adds a field that stands at raw, which is the row from start to end.
func (r *Rows) add(f Field, raw []byte) {
	switch {
	case f.Quoted:
	case string(raw) == r.options.Null:
		f.Null = true
	case r.options.HasDefault && string(raw) == r.options.Default:
		f.Default = true
	}
	if f.Null || f.Default {
		f.Value = nil
	}
	r.fields = append(r.fields, f)
}
