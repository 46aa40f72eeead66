package plan

import "bytes"

// Shown is a text as it may be shown, logged and counted: without comments, words in lower case, ? in the place of each literal,
// and the first of several literals or parameters in a row alone. Texts that differ in literals only are shown alike. It is cut
// to about most bytes.
func Shown(sql []byte, most int) string {
	s := shower{src: sql}
	l := lexer{src: sql}
	for {
		t := l.next()
		if t.kind == tokEOF {
			break
		}
		if t.kind == tokBad || len(s.out) > most {
			s.word("...")
			break
		}
		s.token(t)
	}
	return string(bytes.ToValidUTF8(s.out, []byte("?")))
}

// shower writes the tokens of one text.
type shower struct {
	src, out []byte
	tight    bool // no blank before the next word
	values   int  // how many values with commas between them have just been written
	comma    bool // the last token was a comma behind a value
}

func (s *shower) token(t token) {
	text := s.src[t.start:t.end]
	switch t.kind {
	case tokWord:
		var buf [maxName + 1]byte
		s.word(string(foldWord(&buf, text)))
	case tokQuoted, tokUQuoted:
		s.word(string(text))
	case tokParam:
		s.value(string(text))
	case tokOp:
		s.operator(string(text))
	default: // a literal of any kind
		s.value("?")
	}
}

// value writes a literal or parameter; of a list of them the first, and dots.
func (s *shower) value(text string) {
	if !s.comma {
		s.word(text)
		s.values = 1
		return
	}
	s.comma = false
	if s.values++; s.values == 2 {
		s.out = append(s.out, " ..."...)
	} else {
		s.out = s.out[:len(s.out)-1] // the comma: there are dots already
	}
}

func (s *shower) operator(text string) {
	switch text {
	case ",":
		s.out = append(s.out, ',')
		s.comma, s.tight = s.values > 0, false
		return
	case ")", "]", ";":
		s.row(text)
		s.tight = false
	case ".", "::", "[":
		s.out = append(s.out, text...)
		s.tight = true
	case "(":
		if n := len(s.out); !s.tight && n > 0 && s.out[n-1] != '(' {
			s.out = append(s.out, ' ')
		}
		s.out = append(s.out, '(')
		s.tight = true
	default:
		s.word(text)
	}
	s.comma, s.values = false, 0
}

// row writes a closing token. A row of VALUES that looks like the one before it is left out.
func (s *shower) row(text string) {
	s.out = append(s.out, text...)
	at := bytes.LastIndexByte(s.out, '(')
	if text != ")" || at < 2 || !bytes.HasSuffix(s.out[:at], []byte("), ")) {
		return
	}
	if row := s.out[at:]; bytes.HasSuffix(s.out[:at-2], row) && isValue(row[1]) {
		s.out = s.out[:at-2]
	}
}

func isValue(c byte) bool { return c == '?' || c == '$' }

func (s *shower) word(text string) {
	if !s.tight && len(s.out) > 0 {
		s.out = append(s.out, ' ')
	}
	s.out = append(s.out, text...)
	s.tight, s.comma, s.values = false, false, 0
}
