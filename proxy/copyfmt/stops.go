package copyfmt

import "encoding/binary"

// maxStops is how many characters a search can stop at.
const maxStops = 5

// stops are characters that a search through data stops at. Most data are long runs without one, so that the search takes eight bytes at a time.
type stops struct {
	is    [256]bool
	words [maxStops]uint64 // each of the characters eight times over; those that are not needed repeat the first
	many  bool             // more than three
}

func newStops(chars ...byte) stops {
	var s stops
	n := 0
	for _, c := range chars {
		if !s.is[c] {
			s.is[c] = true
			s.words[n] = lowBits * uint64(c)
			n++
		}
	}
	for i := n; i < maxStops; i++ {
		s.words[i] = s.words[0]
	}
	s.many = n > 3
	return s
}

const (
	lowBits  = 0x0101010101010101
	highBits = 0x8080808080808080
)

// zeroes is not 0 exactly where one of the eight bytes of w is.
func zeroes(w uint64) uint64 { return (w - lowBits) &^ w & highBits }

// next is the place of the first of the characters at or behind i, or the length of b.
func (s *stops) next(b []byte, i int) int {
	for ; i+8 <= len(b); i += 8 {
		w := binary.LittleEndian.Uint64(b[i:])
		hit := zeroes(w^s.words[0]) | zeroes(w^s.words[1]) | zeroes(w^s.words[2])
		if s.many {
			hit |= zeroes(w^s.words[3]) | zeroes(w^s.words[4])
		}
		if hit != 0 {
			break
		}
	}
	for i < len(b) && !s.is[b[i]] {
		i++
	}
	return i
}
