package plan

import "bytes"

// quote reads a string whose opening quote stands at open, with every segment that continues it: a string goes on
// in the next line's string where nothing but blanks lie between them, a newline among them.
func (l *lexer) quote(start, open int, backslash bool, kind tokenKind) token {
	i := open
	for {
		end, closed := segmentEnd(l.src, i, backslash, kind != tokBits)
		if !closed {
			return l.cut(start, len(l.src), tokBad)
		}
		more, ok := continuation(l.src, end)
		if !ok {
			return l.cut(start, end, kind)
		}
		i = more
	}
}

// segmentEnd returns the position behind the closing quote of the segment whose opening quote stands at i. Two quotes
// stand for one where doubled is set.
func segmentEnd(src []byte, i int, backslash, doubled bool) (end int, closed bool) {
	for i++; i < len(src); i++ {
		switch src[i] {
		case '\\':
			if backslash {
				i++
			}
		case '\'':
			if doubled && i+1 < len(src) && src[i+1] == '\'' {
				i++
				continue
			}
			return i + 1, true
		}
	}
	return len(src), false
}

// continuation returns the position of the quote that continues a string which was closed before i, if there is one.
// Blanks in front of the first newline, then any blanks; comments of one line count as blanks.
func continuation(src []byte, i int) (quote int, ok bool) {
	newline := false
	for i < len(src) {
		switch c := src[i]; {
		case c == '\n' || c == '\r':
			newline = true
			i++
		case charClass[c]&chSpace != 0:
			i++
		case c == '-' && i+1 < len(src) && src[i+1] == '-':
			i = lineEnd(src, i+2)
			if i == len(src) {
				return 0, false
			}
		default:
			return i, newline && c == '\''
		}
	}
	return 0, false
}

// dollar reads a parameter or a dollar-quoted string.
func (l *lexer) dollar(start int) token {
	end := start + 1
	if charClass[l.at(end)]&chDigit != 0 {
		for charClass[l.at(end)]&chDigit != 0 {
			end++
		}
		if charClass[l.at(end)]&chIdentStart != 0 {
			return l.cut(start, end, tokBad)
		}
		return l.cut(start, end, tokParam)
	}
	if charClass[l.at(end)]&chIdentStart != 0 {
		for charClass[l.at(end)]&chIdentCont != 0 {
			end++
		}
	}
	if l.at(end) != '$' {
		return l.cut(start, start+1, tokBad)
	}
	end++
	tag := l.src[start:end]
	closing := bytes.Index(l.src[end:], tag)
	if closing < 0 {
		return l.cut(start, len(l.src), tokBad)
	}
	return l.cut(start, end+closing+len(tag), tokDollar)
}
