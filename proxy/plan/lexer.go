package plan

// tokenKind is the lexical class of a token.
type tokenKind uint8

const (
	tokEOF     tokenKind = iota
	tokWord              // unquoted identifier or keyword
	tokQuoted            // "identifier"
	tokUQuoted           // U&"identifier"
	tokString            // 'text', with everything that continues it on the next lines
	tokEscape            // E'text'
	tokUString           // U&'text'
	tokNString           // N'text'
	tokBits              // B'01' or X'1F'
	tokDollar            // $tag$text$tag$
	tokInt               // decimal digits alone
	tokNumber            // any other number: 1.5, 1e10, 0x1F, 1_000
	tokParam             // $1
	tokOp                // operator, or one of the single characters that stand for themselves
	tokBad               // what no token starts with, or a token that the text ends in the middle of
)

// token is one token of a text: its bytes are text[start:end].
type token struct {
	start, end uint32
	kind       tokenKind
}

// lexer cuts a text into tokens exactly as PostgreSQL's scan.l does (as of version 17). It allocates nothing.
// https://www.postgresql.org/docs/current/sql-syntax-lexical.html
type lexer struct {
	src []byte
	pos int
	// backslash is set where standard_conforming_strings is off: plain strings then know backslash escapes.
	backslash bool
}

// Character classes, as scan.l names them.
const (
	chSpace uint8 = 1 << iota
	chIdentStart
	chDigit
	chHex
	chSelf // stands for itself where it is not part of a longer operator
	chOperator
	chBlankStart                          // white space, or what a comment may start with
	chAlone                               // never part of a longer operator
	chIdentCont  = chIdentStart | chDigit // and the dollar sign
)

// charClass is a read-only table of the classes of each byte.
var charClass = classes()

func classes() (t [256]uint8) {
	set := func(chars string, class uint8) {
		for i := range len(chars) {
			t[chars[i]] |= class
		}
	}
	set(" \t\n\r\f\v", chSpace|chBlankStart)
	set("-/", chBlankStart)
	set(",()[];", chAlone)
	set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_", chIdentStart)
	set("0123456789", chDigit|chHex)
	set("abcdefABCDEF", chHex)
	set(",()[].;:+-*/%^<>=", chSelf)
	set("~!@#^&|`?+-*/%<>=", chOperator)
	for c := 0x80; c < 0x100; c++ {
		t[c] |= chIdentStart
	}
	return t
}

// at is the byte at position i, 0 behind the end.
func (l *lexer) at(i int) byte {
	if i < len(l.src) {
		return l.src[i]
	}
	return 0
}

// next returns the next token, tokEOF at the end.
func (l *lexer) next() token {
	start := l.pos
	if start < len(l.src) && l.src[start] == ' ' {
		start++
	}
	if start >= len(l.src) || charClass[l.src[start]]&chBlankStart != 0 {
		var ok bool
		if start, ok = skipBlank(l.src, start); !ok {
			return l.cut(start, len(l.src), tokBad)
		}
		if start >= len(l.src) {
			l.pos = start
			return token{uint32(start), uint32(start), tokEOF}
		}
	}
	c := l.src[start]
	switch class := charClass[c]; {
	case class&chIdentStart != 0:
		return l.word(start)
	case class&chAlone != 0:
		return l.cut(start, start+1, tokOp)
	case class&chDigit != 0, c == '.' && charClass[l.at(start+1)]&chDigit != 0:
		return l.number(start)
	case c == '\'':
		return l.quote(start, start, l.backslash, tokString)
	case c == '"':
		return l.identifier(start, start, tokQuoted)
	case c == '$':
		return l.dollar(start)
	case class&(chSelf|chOperator) != 0:
		return l.operator(start)
	}
	return l.cut(start, start+1, tokBad)
}

func (l *lexer) cut(start, end int, kind tokenKind) token {
	l.pos = end
	return token{uint32(start), uint32(end), kind}
}

// word reads an identifier, or a string whose prefix looked like one.
func (l *lexer) word(start int) token {
	src, end := l.src, start+1
	for end < len(src) && (charClass[src[end]]&chIdentCont != 0 || src[end] == '$') {
		end++
	}
	if end-start == 1 && end < len(src) {
		switch c := src[start] | 0x20; {
		case src[end] == '\'':
			switch c {
			case 'e':
				return l.quote(start, end, true, tokEscape)
			case 'b', 'x':
				return l.quote(start, end, false, tokBits)
			case 'n':
				return l.quote(start, end, l.backslash, tokNString)
			}
		case c == 'u' && src[end] == '&':
			switch l.at(end + 1) {
			case '\'':
				return l.quote(start, end+1, false, tokUString)
			case '"':
				return l.identifier(start, end+1, tokUQuoted)
			}
		}
	}
	return l.cut(start, end, tokWord)
}

// identifier reads a quoted identifier whose opening quote stands at open.
func (l *lexer) identifier(start, open int, kind tokenKind) token {
	for i := open + 1; i < len(l.src); i++ {
		if l.src[i] != '"' {
			continue
		}
		if l.at(i+1) != '"' {
			if i == open+1 { // an identifier of no length
				kind = tokBad
			}
			return l.cut(start, i+1, kind)
		}
		i++
	}
	return l.cut(start, len(l.src), tokBad)
}

// operator reads an operator and gives back what scan.l gives back: comments, and a trailing + or - where no
// character says that the operator is a user's.
func (l *lexer) operator(start int) token {
	src, end, special := l.src, start, false
	for end < len(src) && charClass[src[end]]&chOperator != 0 {
		c := src[end]
		if (c == '-' || c == '/') && end > start && l.at(end+1) == commentSecond(c) {
			break
		}
		switch c {
		case '~', '!', '@', '#', '^', '&', '|', '`', '?', '%':
			special = true
		}
		end++
	}
	for !special && end > start+1 && (src[end-1] == '+' || src[end-1] == '-') {
		end--
	}
	if end > start+1 {
		return l.cut(start, end, tokOp)
	}
	switch c, d := src[start], l.at(start+1); {
	case c == ':' && (d == ':' || d == '='), c == '.' && d == '.':
		return l.cut(start, start+2, tokOp)
	}
	return l.cut(start, start+1, tokOp)
}

// commentSecond is the character that makes a comment of - or /.
func commentSecond(c byte) byte {
	if c == '-' {
		return '-'
	}
	return '*'
}
