package copyfmt

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// TestStops: eight bytes at a time, the search finds what it finds one at a time, at every offset and for every byte in front of a stop.
func TestStops(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, chars := range []string{"\\\n\r", "\\\n\r\"", "\\\n\r\"'", "\\\n\r\"\x00", "\\\n\r\x80\xff", "a"} {
		s := newStops([]byte(chars)...)
		near := append([]byte(chars), chars[0]-1, chars[0]+1, chars[0]^0x80, 0, 1, 0x7f, 0x80, 0x81, 0xff, 'x')
		for range 20000 {
			data := make([]byte, random.IntN(40))
			for i := range data {
				data[i] = 'x'
				if random.IntN(12) == 0 {
					data[i] = near[random.IntN(len(near))]
				}
			}
			from := random.IntN(len(data) + 1)
			want := len(data)
			for i := len(data) - 1; i >= from; i-- {
				if bytes.IndexByte([]byte(chars), data[i]) >= 0 {
					want = i
				}
			}
			if got := s.next(data, from); got != want {
				t.Fatalf("%q in %q from %d: %d, want %d", chars, data, from, got, want)
			}
		}
	}
}

// TestAppendEscapedRuns: so does the search for what has to be escaped.
func TestAppendEscapedRuns(t *testing.T) {
	for _, delimiter := range []byte{'\t', ',', 0x01, 0xff} {
		o := Options{Format: Text, Delimiter: delimiter}
		for c := range 256 {
			for place := range 19 {
				value := bytes.Repeat([]byte{'x'}, 19)
				value[place] = byte(c)
				want := byte(c) == delimiter || c == '\\' || c < ' ' && letterOf(byte(c)) != 0
				got := o.AppendField(nil, value, false, false)
				if escaped := len(got) == len(value)+1 && got[place] == '\\'; escaped != want || !escaped && !bytes.Equal(got, value) {
					t.Fatalf("0x%02x at %d, delimiter 0x%02x: %q", c, place, delimiter, got)
				}
			}
		}
	}
}
