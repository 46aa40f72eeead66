package copyfmt

import (
	"bytes"
	"encoding/binary"
)

// AppendField appends a value that is not NULL as PostgreSQL writes it in a field (CopyAttributeOutText, CopyAttributeOutCSV): escaped, or
// quoted where it has to be, or where force says so; alone says that the row has no other field. value must not overlap the spare capacity of dst.
func (o *Options) AppendField(dst, value []byte, force, alone bool) []byte {
	switch o.Format {
	case Binary:
		dst = binary.BigEndian.AppendUint32(dst, uint32(len(value)))
		return append(dst, value...)
	case CSV:
		if !force && !o.quotes(value, alone) {
			return append(dst, value...)
		}
		return o.appendQuoted(dst, value)
	}
	return o.appendEscaped(dst, value)
}

// quotes tells whether a value of CSV could be taken for something else without quotes.
func (o *Options) quotes(value []byte, alone bool) bool {
	return string(value) == o.Null || alone && string(value) == `\.` ||
		bytes.IndexByte(value, o.Delimiter) >= 0 || bytes.IndexByte(value, o.Quote) >= 0 ||
		bytes.IndexByte(value, '\n') >= 0 || bytes.IndexByte(value, '\r') >= 0
}

func (o *Options) appendQuoted(dst, value []byte) []byte {
	dst = append(dst, o.Quote)
	for _, c := range value {
		if c == o.Quote || c == o.Escape {
			dst = append(dst, o.Escape)
		}
		dst = append(dst, c)
	}
	return append(dst, o.Quote)
}

// appendEscaped writes whole runs of ordinary characters at once.
func (o *Options) appendEscaped(dst, value []byte) []byte {
	from := 0
	for i := o.ordinary(value, 0); i < len(value); i = o.ordinary(value, i+1) {
		c := value[i]
		letter := c
		if c < ' ' {
			letter = letterOf(c)
			if letter == 0 && c != o.Delimiter {
				continue
			}
			if letter == 0 {
				letter = c
			}
		}
		dst = append(append(dst, value[from:i]...), '\\', letter)
		from = i + 1
	}
	return append(dst, value[from:]...)
}

// ordinary is the place of the first character at or behind i that may need a backslash, or the length of value.
func (o *Options) ordinary(value []byte, i int) int {
	delimiter := lowBits * uint64(o.Delimiter)
	for ; i+8 <= len(value); i += 8 {
		w := binary.LittleEndian.Uint64(value[i:])
		controls := (w - lowBits*' ') &^ w & highBits // not 0 exactly where a byte is less than a space
		if controls|zeroes(w^lowBits*'\\')|zeroes(w^delimiter) != 0 {
			break
		}
	}
	for i < len(value) && value[i] >= ' ' && value[i] != '\\' && value[i] != o.Delimiter {
		i++
	}
	return i
}

// letterOf is the letter that stands for a control character behind a backslash; 0 for none.
func letterOf(c byte) byte {
	switch c {
	case '\b':
		return 'b'
	case '\f':
		return 'f'
	case '\n':
		return 'n'
	case '\r':
		return 'r'
	case '\t':
		return 't'
	case '\v':
		return 'v'
	}
	return 0
}
