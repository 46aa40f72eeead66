package proxy

import "encoding/binary"

// formatCodes are the format codes of a Bind as they lie in the message, two bytes each: none (all text), one that stands for all, or one
// for each value (https://www.postgresql.org/docs/current/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-BIND).
type formatCodes []byte

// readFormats reads the codes with their count in front; they lie in b.
func readFormats(b []byte) (codes formatCodes, rest []byte, ok bool) {
	if len(b) < 2 {
		return nil, nil, false
	}
	n := 2 * int(binary.BigEndian.Uint16(b))
	if b = b[2:]; len(b) < n {
		return nil, nil, false
	}
	return formatCodes(b[:n:n]), b[n:], true
}

func (c formatCodes) count() int { return len(c) / 2 }

// of is the code for value i; text where there is none.
func (c formatCodes) of(i int) int16 {
	switch {
	case len(c) == 2:
		i = 0
	case 2*i >= len(c):
		return 0
	}
	return int16(binary.BigEndian.Uint16(c[2*i:]))
}
