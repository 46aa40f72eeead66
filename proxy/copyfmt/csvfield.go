package copyfmt

// csvField adds the field of CSV that begins at the place start of the row, and returns where it ends
// (CopyReadAttributesCSV).
func (r *Rows) csvField(start int) (end int, err error) {
	line, o := r.row, &r.options
	i := start
	for i < len(line) && line[i] != o.Delimiter && line[i] != o.Quote {
		i++
	}
	f := Field{Start: start, End: i}
	if i == len(line) || line[i] == o.Delimiter {
		if r.wanted() {
			f.Value = line[start:i:i]
		}
		r.add(f, line[start:i])
		return i, nil
	}
	value := append(r.decoded, line[start:i]...)
	for i < len(line) && line[i] != o.Delimiter {
		if line[i] != o.Quote {
			from := i
			for i < len(line) && line[i] != o.Delimiter && line[i] != o.Quote {
				i++
			}
			value = append(value, line[from:i]...)
			continue
		}
		if value, i, err = o.unquote(value, line, i+1); err != nil {
			return 0, err
		}
	}
	f.End, f.Quoted = i, true
	if r.wanted() {
		f.Value = value[len(r.decoded):len(value):len(value)]
	}
	r.decoded = value
	r.add(f, line[start:i])
	return i, nil
}

// unquote appends what stands within quotes, from i on, and returns the place behind the closing quote.
func (o *Options) unquote(dst, line []byte, i int) (value []byte, end int, err error) {
	for i < len(line) {
		from := i
		for i < len(line) && line[i] != o.Escape && line[i] != o.Quote {
			i++
		}
		dst = append(dst, line[from:i]...)
		if i == len(line) {
			break
		}
		c := line[i]
		i++
		switch {
		case c == o.Escape && i < len(line) && (line[i] == o.Escape || line[i] == o.Quote):
			dst = append(dst, line[i])
			i++
		case c == o.Quote:
			return dst, i, nil
		default:
			dst = append(dst, c)
		}
	}
	return dst, i, malformed("unterminated CSV quoted field")
}
