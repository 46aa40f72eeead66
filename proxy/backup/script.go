package backup

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
)

// What a Script finds.
const (
	foundStatement = iota // one statement of SQL, without its semicolon
	foundMeta             // a line of psql's own, as \connect
	foundComment          // a line behind --, between statements
)

// maxStatement is how much of a statement is kept; the rest is read over.
const maxStatement = 16 << 20

// script reads the text of a dump, one thing after another.
type script struct {
	in   *bufio.Reader
	text []byte  // of the present thing
	cut  bool    // there was more of it
	last [2]byte // characters that were read, kept or not
}

func newScript(r io.Reader) *script { return &script{in: bufio.NewReaderSize(r, 256<<10)} }

func (s *script) keep(c byte) {
	s.last = [2]byte{s.last[1], c}
	if len(s.text) < maxStatement {
		s.text = append(s.text, c)
	} else {
		s.cut = true
	}
}

// next reads up to the end of the next statement, psql command or comment. io.EOF behind the last; a statement without an end is one all the same.
func (s *script) next() (kind int, err error) {
	s.text, s.cut, s.last = s.text[:0], false, [2]byte{}
	for {
		c, err := s.in.ReadByte()
		if err != nil {
			if errors.Is(err, io.EOF) && len(bytes.TrimSpace(s.text)) > 0 {
				return foundStatement, nil
			}
			return 0, err
		}
		empty := len(bytes.TrimSpace(s.text)) == 0
		switch {
		case c == ';':
			return foundStatement, nil
		case c == '\\' && empty:
			s.text = s.text[:0]
			return foundMeta, s.line()
		case c == '-' && s.follows('-'):
			if empty {
				s.text = s.text[:0]
				return foundComment, s.line()
			}
			err = s.drop(s.line)
		case c == '/' && s.follows('*'):
			err = s.comment()
		case c == '\'' || c == '"':
			err = s.quoted(c)
		case c == '$':
			err = s.dollar()
		default:
			s.keep(c)
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return 0, err
		}
	}
}

// follows reads the next byte if it is that one.
func (s *script) follows(c byte) bool {
	b, err := s.in.Peek(1)
	if err != nil || b[0] != c {
		return false
	}
	_, _ = s.in.Discard(1)
	return true
}

// line reads the rest of the line.
func (s *script) line() error {
	for {
		piece, err := s.in.ReadSlice('\n')
		for _, c := range bytes.TrimRight(piece, "\r\n") {
			s.keep(c)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF):
			return nil
		default:
			return err
		}
	}
}

// drop runs read and forgets what it has kept.
func (s *script) drop(read func() error) error {
	n := len(s.text)
	err := read()
	s.text = s.text[:n]
	s.keep(' ')
	return err
}

// comment reads to the end of a comment, which may have others in it.
func (s *script) comment() error {
	for depth := 1; depth > 0; {
		c, err := s.in.ReadByte()
		if err != nil {
			return err
		}
		switch {
		case c == '*' && s.follows('/'):
			depth--
		case c == '/' && s.follows('*'):
			depth++
		}
	}
	s.keep(' ')
	return nil
}

// quoted reads to the closing quote. One that is doubled begins again.
func (s *script) quoted(quote byte) error {
	escapes := quote == '\'' && s.last[1]|0x20 == 'e' && !identifierPart(s.last[0])
	s.keep(quote)
	for {
		c, err := s.in.ReadByte()
		if err != nil {
			return err
		}
		s.keep(c)
		switch {
		case c == '\\' && escapes:
			if c, err = s.in.ReadByte(); err != nil {
				return err
			}
			s.keep(c)
		case c == quote:
			return nil
		}
	}
}

// dollar reads a dollar-quoted text, or the dollar sign alone where it begins none.
func (s *script) dollar() error {
	before := s.last[1]
	s.keep('$')
	if identifierPart(before) {
		return nil
	}
	head, _ := s.in.Peek(maxDollarTag)
	tag := dollarTag("$" + string(head))
	if tag == "" {
		return nil
	}
	_, _ = s.in.Discard(len(tag) - 1)
	for _, c := range []byte(tag[1:]) {
		s.keep(c)
	}
	for last := make([]byte, 0, len(tag)); ; {
		c, err := s.in.ReadByte()
		if err != nil {
			return err
		}
		s.keep(c)
		if len(last) == len(tag) {
			last = append(last[:0], last[1:]...)
		}
		if last = append(last, c); string(last) == tag {
			return nil
		}
	}
}

// maxDollarTag is a name's length in PostgreSQL, and the signs around it.
const maxDollarTag = 66

// rest reads over what is left of the line behind a statement; ok is false where that is not blank.
func (s *script) rest() (ok bool, err error) {
	s.text = s.text[:0]
	err = s.line()
	return strings.TrimSpace(string(s.text)) == "", err
}
