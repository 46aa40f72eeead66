package plan

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// appendEscaped appends a segment of E'...' as scan.l reads it. Escapes that not all versions of the server read alike are
// refused (ok is false).
func appendEscaped(dst, s []byte) (text []byte, ok bool) {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\'':
			dst = append(dst, c)
			i++
		case c == '\\':
			n := 0
			if dst, n, ok = appendEscape(dst, s[i+1:]); !ok {
				return dst, false
			}
			i += n
		default:
			dst = append(dst, c)
		}
	}
	return dst, true
}

// appendEscape appends what stands behind a backslash and returns how long it is.
func appendEscape(dst, s []byte) (text []byte, n int, ok bool) {
	switch c := s[0]; c {
	case 'b':
		return append(dst, '\b'), 1, true
	case 'f':
		return append(dst, '\f'), 1, true
	case 'n':
		return append(dst, '\n'), 1, true
	case 'r':
		return append(dst, '\r'), 1, true
	case 't':
		return append(dst, '\t'), 1, true
	case 'v':
		return dst, 1, false
	case 'u', 'U':
		return appendCodePoint(dst, s)
	case 'x':
		digits := prefix(s[1:], 2, func(c byte) bool { return charClass[c]&chHex != 0 })
		if len(digits) == 0 {
			return append(dst, c), 1, true
		}
		return append(dst, byte(parse(digits, 16))), 1 + len(digits), true
	}
	if octal := prefix(s, 3, func(c byte) bool { return c >= '0' && c <= '7' }); len(octal) > 0 {
		return append(dst, byte(parse(octal, 8))), len(octal), true
	}
	return append(dst, s[0]), 1, true
}

// appendCodePoint appends the character of \uXXXX or \UXXXXXXXX, which s starts with behind the backslash; two surrogates
// make one.
func appendCodePoint(dst, s []byte) (text []byte, n int, ok bool) {
	r, n, ok := codePoint(s)
	if ok && utf16.IsSurrogate(r) {
		if len(s) < n+1 || s[n] != '\\' {
			return dst, n, false
		}
		low, m, valid := codePoint(s[n+1:])
		r, n, ok = utf16.DecodeRune(r, low), n+1+m, valid
	}
	if !ok || r == 0 || r == utf8.RuneError || !utf8.ValidRune(r) {
		return dst, n, false
	}
	return utf8.AppendRune(dst, r), n, true
}

func codePoint(s []byte) (r rune, n int, ok bool) {
	want := 4
	switch {
	case len(s) == 0 || s[0] != 'u' && s[0] != 'U':
		return 0, 0, false
	case s[0] == 'U':
		want = 8
	}
	return hexRune(s[1:], want, 1)
}

// hexRune reads exactly want hexadecimal digits; n counts those in front of them as well.
func hexRune(s []byte, want, before int) (r rune, n int, ok bool) {
	digits := prefix(s, want, func(c byte) bool { return charClass[c]&chHex != 0 })
	v := parse(digits, 16)
	return rune(v), before + want, len(digits) == want && v <= utf8.MaxRune
}

// appendUnicode appends the text of U&'...' with the usual escape character, as parser.c reads it: all segments together.
func appendUnicode(dst, s []byte) (text []byte, ok bool) {
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			dst = append(dst, s[i])
			continue
		}
		if i+1 < len(s) && s[i+1] == '\\' {
			dst = append(dst, '\\')
			i++
			continue
		}
		r, n, ok := unicodeEscape(s[i:])
		if ok && utf16.IsSurrogate(r) {
			low, m, valid := unicodeEscape(s[i+n:])
			r, n, ok = utf16.DecodeRune(r, low), n+m, valid
		}
		if !ok || r == 0 || r == utf8.RuneError || !utf8.ValidRune(r) {
			return dst, false
		}
		dst = utf8.AppendRune(dst, r)
		i += n - 1
	}
	return dst, true
}

// unicodeEscape reads \XXXX or \+XXXXXX.
func unicodeEscape(s []byte) (r rune, n int, ok bool) {
	switch {
	case len(s) < 2 || s[0] != '\\':
		return 0, 0, false
	case s[1] == '+':
		return hexRune(s[2:], 6, 2)
	}
	return hexRune(s[1:], 4, 1)
}

// prefix returns the bytes that s starts with and that are all of a kind, at most n of them.
func prefix(s []byte, n int, is func(byte) bool) []byte {
	i := 0
	for i < len(s) && i < n && is(s[i]) {
		i++
	}
	return s[:i]
}

// parse reads digits that are known to be digits of the base.
func parse(digits []byte, base int) uint64 {
	v, err := strconv.ParseUint(string(digits), base, 64)
	if err != nil {
		return 0
	}
	return v
}
