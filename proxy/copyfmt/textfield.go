package copyfmt

import "bytes"

// textField adds the field of the text format that begins at the place start of the row, and returns where it ends
// (CopyReadAttributesText).
func (r *Rows) textField(start int) (end int) {
	line, delimiter := r.row, r.options.Delimiter
	i := len(line)
	if n := bytes.IndexByte(line[start:], delimiter); n >= 0 {
		i = start + n
	}
	if n := bytes.IndexByte(line[start:i], '\\'); n >= 0 {
		i = start + n
	}
	if i == len(line) || line[i] == delimiter {
		f := Field{Start: start, End: i}
		if r.wanted() {
			f.Value = line[start:i:i]
		}
		r.add(f, line[start:i])
		return i
	}
	return r.escapedField(start, i)
}

// escapedField adds a field whose first backslash is at i.
func (r *Rows) escapedField(start, i int) (end int) {
	line := r.row
	value := append(r.decoded, line[start:i]...)
	raw := i // where the field ends as far as it is compared with the NULL string: a single backslash at the end of the line is left out
	for i < len(line) && line[i] != r.options.Delimiter {
		if line[i] != '\\' {
			from := i
			for i < len(line) && line[i] != r.options.Delimiter && line[i] != '\\' {
				i++
			}
			value = append(value, line[from:i]...)
			raw = i
			continue
		}
		if i++; i == len(line) {
			break
		}
		c, n := unescape(line[i:])
		value = append(value, c)
		i += n
		raw = i
	}
	f := Field{Start: start, End: i}
	if r.wanted() {
		f.Value = value[len(r.decoded):len(value):len(value)]
	}
	r.decoded = value
	r.add(f, line[start:raw])
	return i
}

// unescape is what the characters behind a backslash stand for, and how many of them belong to it.
func unescape(b []byte) (c byte, n int) {
	switch c = b[0]; c {
	case 'b':
		return '\b', 1
	case 'f':
		return '\f', 1
	case 'n':
		return '\n', 1
	case 'r':
		return '\r', 1
	case 't':
		return '\t', 1
	case 'v':
		return '\v', 1
	case 'x':
		return hexadecimal(b)
	}
	if c >= '0' && c <= '7' {
		return octal(b)
	}
	return c, 1
}

// octal reads up to three octal digits.
func octal(b []byte) (c byte, n int) {
	for n < len(b) && n < 3 && b[n] >= '0' && b[n] <= '7' {
		c = c<<3 | (b[n] - '0')
		n++
	}
	return c, n
}

// hexadecimal reads x and up to two digits; without any it is the letter.
func hexadecimal(b []byte) (c byte, n int) {
	for n = 1; n < len(b) && n < 3; n++ {
		d, ok := hexDigit(b[n])
		if !ok {
			break
		}
		c = c<<4 | d
	}
	if n == 1 {
		return 'x', 1
	}
	return c, n
}

func hexDigit(b byte) (byte, bool) {
	switch {
	case b >= '0' && b <= '9':
		return b - '0', true
	case b >= 'a' && b <= 'f':
		return b - 'a' + 10, true
	case b >= 'A' && b <= 'F':
		return b - 'A' + 10, true
	}
	return 0, false
}
