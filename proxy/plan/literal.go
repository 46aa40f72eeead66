package plan

import (
	"bytes"
	"unicode/utf8"
)

// literalText appends what the server would read in a literal: the text of a string, the digits of a number, true or
// false. null is set for NULL. ok is false where the server would refuse the literal, or read it in a way that is not
// known here.
func literalText(dst, src []byte, t token) (text []byte, null, ok bool) {
	raw := src[t.start:t.end]
	switch t.kind {
	case tokString:
		text, ok = appendSegments(dst, raw, false)
	case tokEscape:
		text, ok = appendSegments(dst, raw[1:], true)
	case tokUString:
		var escaped []byte
		if escaped, ok = appendSegments(nil, raw[2:], false); ok {
			text, ok = appendUnicode(dst, escaped)
		}
	case tokDollar:
		tag := bytes.IndexByte(raw[1:], '$') + 2
		text, ok = append(dst, raw[tag:len(raw)-tag]...), true
	case tokInt, tokNumber:
		return append(dst, raw...), false, isDecimal(raw)
	case tokWord:
		switch {
		case isWord(raw, "null"):
			return dst, true, true
		case isWord(raw, "true"):
			return append(dst, "true"...), false, true
		case isWord(raw, "false"):
			return append(dst, "false"...), false, true
		}
	}
	return text, false, ok && isText(text[len(dst):])
}

// isDecimal tells whether a number is written in the decimal digits that every version of the server knows.
func isDecimal(number []byte) bool {
	for _, c := range number {
		if c < '0' && c != '+' && c != '-' && c != '.' || c > '9' && c|0x20 != 'e' {
			return false
		}
	}
	return true
}

// appendSegments appends the decoded segments of a string, which starts with its first quote.
func appendSegments(dst, raw []byte, escapes bool) (text []byte, ok bool) {
	for i := 0; ; {
		end, _ := segmentEnd(raw, i, escapes, true)
		segment := raw[i+1 : end-1]
		if escapes {
			if dst, ok = appendEscaped(dst, segment); !ok {
				return dst, false
			}
		} else {
			dst = appendPlain(dst, segment)
		}
		next, more := continuation(raw, end)
		if !more {
			return dst, true
		}
		i = next
	}
}

// appendPlain appends a segment in which two quotes stand for one.
func appendPlain(dst, segment []byte) []byte {
	for {
		i := bytes.IndexByte(segment, '\'')
		if i < 0 {
			return append(dst, segment...)
		}
		dst = append(dst, segment[:i+1]...)
		segment = segment[i+2:]
	}
}

// isText tells whether bytes can be a text of the server.
func isText(b []byte) bool { return utf8.Valid(b) && bytes.IndexByte(b, 0) < 0 }
