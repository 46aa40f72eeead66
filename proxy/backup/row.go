package backup

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// headLength is how much is kept of a value that nobody asks for: enough to see whose it would be if it were sealed.
const headLength = 24

// maxValue is how much of a value is kept. One that is longer is judged by its beginning.
const maxValue = 64 << 20

// errEndless: COPY data without their end.
var errEndless = errors.New("the dump is cut off")

// field is a value as it stands in COPY data, before its backslashes are read.
type field struct {
	n    int // which one of the row, from 0
	text []byte
	cut  bool // there was more of it
}

// row reads one row of COPY data and gives its fields, one after another; a field's text is good until the next one. wanted says which fields are needed as a
// whole. It returns how many there were; end is true at the line that ends the data, which is no row.
func (s *script) row(wanted func(n int) bool, visit func(f field)) (fields int, end bool, err error) {
	f := field{text: s.text[:0]}
	limit := func() int {
		if wanted(f.n) {
			return maxValue
		}
		return headLength
	}
	room, length := limit(), 0
	for {
		piece, err := s.in.ReadSlice('\n')
		more := errors.Is(err, bufio.ErrBufferFull)
		if err != nil && !more {
			if errors.Is(err, io.EOF) {
				err = errEndless
			}
			return 0, false, err
		}
		length += len(piece)
		if !more {
			piece = piece[:len(piece)-1]
			if n := len(piece); n > 0 && piece[n-1] == '\r' {
				piece = piece[:n-1]
			}
			if length <= len("\\.\r\n") && f.n == 0 && string(piece) == `\.` {
				return 0, true, nil
			}
		}
		for {
			part, rest, tab := bytes.Cut(piece, []byte{'\t'})
			if fits := min(len(part), room-len(f.text)); fits < len(part) {
				f.text, f.cut = append(f.text, part[:fits]...), true
			} else {
				f.text = append(f.text, part...)
			}
			if !tab {
				break
			}
			visit(f)
			f = field{n: f.n + 1, text: f.text[:0]}
			room, piece = limit(), rest
		}
		if !more {
			visit(f)
			s.text = f.text[:0]
			return f.n + 1, false, nil
		}
	}
}
