package value

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"unicode/utf8"
)

// random makes values that look like those of applications, and those near the edges.
type random struct{ *rand.Rand }

func newRandom(seed uint64) random { return random{rand.New(rand.NewPCG(seed, 0x706773))} }

func pick[T any](r random, from ...T) T { return from[r.IntN(len(from))] }

// text is valid UTF-8 without NUL.
func (r random) text(max int) string {
	var b strings.Builder
	for range r.IntN(max + 1) {
		switch r.IntN(8) {
		case 0:
			c := rune(r.IntN(utf8.MaxRune) + 1)
			if !utf8.ValidRune(c) {
				c = 'ß'
			}
			b.WriteRune(c)
		case 1:
			b.WriteByte(byte(r.IntN(0x7f) + 1))
		case 2:
			b.WriteByte(' ')
		default:
			b.WriteByte(byte('a' + r.IntN(26)))
		}
	}
	return b.String()
}

func (r random) bytes(max int) []byte {
	b := make([]byte, r.IntN(max+1))
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// integer is spread over all magnitudes.
func (r random) integer(bits int) int64 { return int64(r.Uint64()) >> (64 - bits + r.IntN(bits)) }

func (r random) digits(max int) string {
	b := make([]byte, r.IntN(max+1))
	for i := range b {
		b[i] = byte('0' + pick(r, 0, 0, 0, 9, 9, 5, 4, r.IntN(10)))
	}
	return string(b)
}

func (r random) numeric() string {
	switch r.IntN(30) {
	case 0:
		return pick(r, "NaN", "inf", "-Infinity", "+INFINITY", "nAn")
	case 1:
		return "1e" + strconv.Itoa(r.IntN(300)-150)
	}
	s := pick(r, "", "", "-", "+") + r.digits(12)
	if r.IntN(3) > 0 {
		s += "." + r.digits(10)
	}
	if strings.Trim(s, "+-.") == "" {
		s += "0"
	}
	if r.IntN(6) == 0 {
		s += fmt.Sprintf("%s%s%d", pick(r, "e", "E"), pick(r, "", "+", "-"), r.IntN(40))
	}
	return pick(r, "", "", "", " ", "\t\n") + s + pick(r, "", "", " ")
}

func (r random) date() string {
	if r.IntN(40) == 0 {
		return pick(r, "infinity", "-infinity", "Infinity", "epoch")
	}
	era, year := "", 1+r.IntN(pick(r, 9999, 2100, 5874897))
	if r.IntN(20) == 0 {
		era, year = pick(r, " BC", " AD", " bc"), 1+r.IntN(4713)
	}
	return fmt.Sprintf("%04d-%02d-%02d%s", year, 1+r.IntN(12), 1+r.IntN(28+r.IntN(4)), era)
}

func (r random) zone() string {
	switch r.IntN(6) {
	case 0:
		return pick(r, "Z", " z", " UTC", " GMT")
	case 1:
		return pick(r, " Europe/Berlin", " America/New_York", " Australia/Lord_Howe", " Asia/Kathmandu", " Etc/GMT+5")
	case 2:
		return fmt.Sprintf("%s%02d:%02d", pick(r, "+", "-", " +"), r.IntN(16), r.IntN(60))
	case 3:
		return fmt.Sprintf("%s%02d%02d", pick(r, "+", "-"), r.IntN(16), r.IntN(60))
	case 4:
		return fmt.Sprintf("%s%02d:%02d:%02d", pick(r, "+", "-"), r.IntN(16), r.IntN(60), r.IntN(60))
	}
	return fmt.Sprintf("%s%02d", pick(r, "+", "-"), r.IntN(16))
}

func (r random) timestamp() string {
	if r.IntN(40) == 0 {
		return pick(r, "infinity", "-infinity", "epoch")
	}
	era, year := "", 1+r.IntN(pick(r, 9999, 2100, 2100, 2100, 294276))
	if r.IntN(20) == 0 {
		era, year = " BC", 1+r.IntN(4713)
	} else if r.IntN(2) == 0 {
		year = 1880 + r.IntN(200)
	}
	s := fmt.Sprintf("%04d-%02d-%02d", year, 1+r.IntN(12), 1+r.IntN(28+r.IntN(4)))
	if r.IntN(10) == 0 {
		return s + era
	}
	s += fmt.Sprintf("%s%02d:%02d", pick(r, " ", "T", "  "), r.IntN(24), r.IntN(60))
	if r.IntN(8) > 0 {
		s += fmt.Sprintf(":%02d", r.IntN(60))
		if r.IntN(3) > 0 {
			s += "." + r.digits(9)
		}
	}
	if r.IntN(3) > 0 {
		s += r.zone()
	}
	return s + era
}

func (r random) uuid() string {
	b := make([]byte, 16)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	h := fmt.Sprintf(pick(r, "%x", "%X"), b)
	switch r.IntN(4) {
	case 0:
		return h
	case 1:
		return "{" + h + "}"
	case 2:
		return h[:4] + "-" + h[4:8] + "-" + h[8:]
	}
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// json is a document with repeated keys in disorder, numbers of many forms, and escapes.
func (r random) json(depth int) string {
	space := pick(r, "", "", " ", "\n\t")
	kind := r.IntN(9)
	if depth <= 0 {
		kind = r.IntN(5)
	}
	switch {
	case kind == 0:
		return space + pick(r, "true", "false", "null")
	case kind == 1:
		return pick(r, "", "-") + strconv.Itoa(r.IntN(1000)) + pick(r, "", ".0", ".50", "e3", "E-4", "e+2", ".5e10") + space
	case kind < 5:
		return r.jsonString()
	case kind < 7:
		var parts []string
		for range r.IntN(5) {
			parts = append(parts, r.json(depth-1))
		}
		return "[" + space + strings.Join(parts, ","+space) + "]"
	}
	var parts []string
	for range r.IntN(7) {
		parts = append(parts, pick(r, `"a"`, `"b"`, `"aa"`, `"B"`, `""`, `"\u0061"`, r.jsonString())+space+":"+space+r.json(depth-1))
	}
	return space + "{" + strings.Join(parts, space+",") + "}"
}

func (r random) jsonString() string {
	if r.IntN(3) == 0 {
		return `"` + pick(r, `\n`, `\u00e9`, `\ud83d\ude00`, `\/`, `\\`, `\"`, `\u001f`, `\u007F`, `\b\f\r\t`) + `x"`
	}
	b, _ := json.Marshal(r.text(8))
	return string(b)
}

// mutate changes a few bytes, mostly to others that stand in the text forms of values.
func (r random) mutate(s string) string {
	const alphabet = "0123456789-+:. eEtTzZ{}\"\\,xnaifBCDA/\t_"
	b := []byte(s)
	for range 1 + r.IntN(2) {
		at := r.IntN(len(b) + 1)
		c := alphabet[r.IntN(len(alphabet))]
		switch {
		case at == len(b) || r.IntN(3) == 0:
			b = append(b[:at], append([]byte{c}, b[at:]...)...)
		case r.IntN(2) == 0:
			b[at] = c
		default:
			b = append(b[:at], b[at+1:]...)
		}
	}
	return string(b)
}
