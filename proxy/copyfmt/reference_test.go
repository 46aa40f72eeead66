package copyfmt_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"

	"github.com/legatics/pgseal/proxy/copyfmt"
)

// cell is a field as the reference reads it.
type cell struct {
	Value string
	Null  bool
}

var errMalformed = errors.New("malformed")

// reference reads whole COPY data in the plainest way: lines first, by a search that looks at each character with all that came before it,
// then fields.
type reference struct {
	o      copyfmt.Options
	marker copyfmt.Marker
}

func (r reference) rows(data []byte) (rows [][]cell, err error) {
	if r.o.Format == copyfmt.Binary {
		return r.binaryRows(data)
	}
	lines, err := r.lines(string(data))
	for i, line := range lines {
		if i == 0 && r.o.Header {
			continue
		}
		row, ok := r.fields(line)
		if !ok {
			return rows, errMalformed
		}
		rows = append(rows, row)
	}
	return rows, err
}

// lines cuts the data up to the end-of-data marker.
func (r reference) lines(s string) (lines []string, err error) {
	style := ""
	for s != "" {
		n, ending, marker, ok := r.line(s, style)
		if !ok {
			return lines, errMalformed
		}
		if marker {
			if n > 0 {
				lines = append(lines, s[:n])
			}
			return lines, nil
		}
		lines = append(lines, s[:n])
		if ending != "" {
			style = ending
		}
		s = s[n+len(ending):]
	}
	return lines, nil
}

// line is the length of the first line of s and its ending.
func (r reference) line(s, style string) (n int, ending string, marker, ok bool) {
	csv := r.o.Format == copyfmt.CSV
	inside, escaped := false, false
	for i := 0; i < len(s); i++ {
		c := s[i]
		if csv {
			escape := c == r.o.Escape && r.o.Escape != r.o.Quote
			if inside && escape {
				escaped = !escaped
			}
			if c == r.o.Quote && !escaped {
				inside = !inside
			}
			if !escape {
				escaped = false
			}
		}
		if !inside && (c == '\r' || c == '\n') {
			ending = string(c)
			if strings.HasPrefix(s[i:], "\r\n") && (style == "" || style == "\r\n") {
				ending = "\r\n"
			}
			return i, ending, false, style == "" || style == ending
		}
		if c != '\\' || csv && i > 0 {
			continue
		}
		if strings.HasPrefix(s[i:], `\.`) && (r.marker == copyfmt.MarkerBoth || r.marker == copyfmt.MarkerText && !csv) {
			switch behind := s[i+2:] + "\x00"; {
			case style == "\r\n" && strings.HasPrefix(behind, "\r\n"), style != "\r\n" && style != "" && strings.HasPrefix(behind, style),
				style == "" && (behind[0] == '\r' || behind[0] == '\n'):
				return i, "", true, r.marker == copyfmt.MarkerBoth || i == 0
			case !csv:
				return 0, "", false, false
			case style == "\r\n" && behind[0] == '\r' && behind[1] == '\r', style == "\n" && behind[0] == '\r', style == "\r" && behind[0] == '\n':
				return 0, "", false, false
			}
		}
		if !csv {
			i++
		}
	}
	return len(s), "", false, true
}

func (r reference) fields(line string) (row []cell, ok bool) {
	for {
		var raw, value string
		var quoted bool
		if r.o.Format == copyfmt.CSV {
			raw, value, quoted, ok = r.csvField(line)
		} else {
			raw, value, ok = r.textField(line)
		}
		if !ok {
			return nil, false
		}
		compared := raw
		if r.o.Format == copyfmt.Text && len(raw) == len(line) && oddBackslashes(raw) {
			compared = raw[:len(raw)-1]
		}
		c := cell{Value: value, Null: !quoted && compared == r.o.Null}
		if c.Null {
			c.Value = ""
		}
		row = append(row, c)
		if len(raw) == len(line) {
			return row, true
		}
		line = line[len(raw)+1:]
	}
}

// oddBackslashes tells whether s ends in a backslash that escapes what would come next.
func oddBackslashes(s string) bool {
	n := len(s) - len(strings.TrimRight(s, `\`))
	// A backslash may belong to an escape in front of the run only as its second half, which the run begins with then.
	return n%2 == 1
}

var letters = strings.NewReplacer("b", "\b", "f", "\f", "n", "\n", "r", "\r", "t", "\t", "v", "\v")

func (r reference) textField(line string) (raw, value string, ok bool) {
	var out strings.Builder
	i := 0
	for i < len(line) && line[i] != r.o.Delimiter {
		if line[i] != '\\' {
			out.WriteByte(line[i])
			i++
			continue
		}
		i++
		digits, base := "", 0
		switch {
		case i == len(line):
			return line, out.String(), true
		case line[i] >= '0' && line[i] <= '7':
			digits, base = leading(line[i:], "01234567", 3), 8
		case line[i] == 'x':
			digits, base = leading(line[i+1:], "0123456789abcdefABCDEF", 2), 16
		}
		switch {
		case digits == "":
			out.WriteString(letters.Replace(line[i : i+1]))
			i++
		default:
			n := 0
			for _, d := range strings.ToLower(digits) {
				n = n*base + strings.IndexRune("0123456789abcdef", d)
			}
			out.WriteByte(byte(n))
			i += len(digits)
			if base == 16 {
				i++
			}
		}
	}
	return line[:i], out.String(), true
}

func leading(s, set string, most int) string {
	n := 0
	for n < len(s) && n < most && strings.IndexByte(set, s[n]) >= 0 {
		n++
	}
	return s[:n]
}

func (r reference) csvField(line string) (raw, value string, quoted, ok bool) {
	var out strings.Builder
	inside := false
	i := 0
	for ; i < len(line); i++ {
		c := line[i]
		switch {
		case !inside && c == r.o.Delimiter:
			return line[:i], out.String(), quoted, true
		case !inside && c == r.o.Quote:
			inside, quoted = true, true
		case inside && c == r.o.Escape && i+1 < len(line) && (line[i+1] == r.o.Escape || line[i+1] == r.o.Quote):
			i++
			out.WriteByte(line[i])
		case inside && c == r.o.Quote:
			inside = false
		default:
			out.WriteByte(c)
		}
	}
	return line, out.String(), quoted, !inside
}

// binaryRows reads binary COPY data.
func (r reference) binaryRows(data []byte) (rows [][]cell, err error) {
	b := bytes.NewReader(data)
	signature := make([]byte, 11)
	var flags, size int32
	if n, _ := b.Read(signature); n != 11 || string(signature) != "PGCOPY\n\xff\r\n\x00" ||
		binary.Read(b, binary.BigEndian, &flags) != nil || binary.Read(b, binary.BigEndian, &size) != nil ||
		flags&-0x10000 != 0 || size < 0 || int(size) > b.Len() {
		return nil, errMalformed
	}
	_, _ = b.Seek(int64(size), 1)
	for {
		var count int16
		if binary.Read(b, binary.BigEndian, &count) != nil {
			return rows, nil
		}
		if count == -1 && b.Len() == 0 {
			return rows, nil
		}
		if count < 0 {
			return rows, errMalformed
		}
		var row []cell
		for range count {
			var n int32
			if binary.Read(b, binary.BigEndian, &n) != nil || n < -1 || int(n) > b.Len() {
				return rows, errMalformed
			}
			value := make([]byte, max(n, 0))
			_, _ = b.Read(value)
			row = append(row, cell{Value: string(value), Null: n == -1})
		}
		rows = append(rows, row)
	}
}
