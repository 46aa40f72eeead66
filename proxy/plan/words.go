package plan

import "unicode/utf8"

// foldWord folds an unquoted word as a server with a UTF8 database does: ASCII letters to lower case, cut at 63 bytes.
// The result lies in buf.
func foldWord(buf *[maxName + 1]byte, w []byte) []byte {
	w = cutName(w)
	for i, c := range w {
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		buf[i] = c
	}
	return buf[:len(w)]
}

// unquote returns the name in a quoted identifier, cut at 63 bytes. The result lies in buf or in q.
func unquote(buf *[maxName + 1]byte, q []byte) []byte {
	q = q[1 : len(q)-1]
	n := 0
	for i := 0; i < len(q) && n < len(buf); i++ {
		buf[n] = q[i]
		n++
		if q[i] == '"' {
			i++
		}
	}
	return cutName(buf[:n])
}

// cutName cuts a name at 63 bytes, never inside a character.
func cutName(name []byte) []byte {
	if len(name) <= maxName {
		return name
	}
	n := maxName
	for n > 0 && !utf8.RuneStart(name[n]) {
		n--
	}
	return name[:n]
}

// isWord tells whether a token's text is the keyword, which is given in lower case.
func isWord(text []byte, keyword string) bool {
	if len(text) != len(keyword) {
		return false
	}
	for i := range len(keyword) {
		c := text[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		if c != keyword[i] {
			return false
		}
	}
	return true
}

// name is the identifier that a token stands for, folded and unquoted; empty for other tokens.
func name(src []byte, t token) string {
	var buf [maxName + 1]byte
	text := src[t.start:t.end]
	switch t.kind {
	case tokWord:
		return string(foldWord(&buf, text))
	case tokQuoted:
		return string(unquote(&buf, text))
	}
	return ""
}
