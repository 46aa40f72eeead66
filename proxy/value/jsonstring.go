package value

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// skipString checks a string without decoding it. As the server does for json, it looks at the form of \u escapes only,
// not at what they stand for.
func (j *jsonScanner) skipString() error {
	for j.pos++; j.pos < len(j.in); j.pos++ {
		switch b := j.in[j.pos]; {
		case b == '"':
			j.pos++
			return nil
		case b < ' ':
			return jsonError()
		case b == '\\':
			j.pos++
			if j.pos == len(j.in) {
				return jsonError()
			}
			if j.in[j.pos] == 'u' {
				if _, ok := j.hex4(); !ok {
					return jsonError()
				}
			} else if jsonEscape(j.in[j.pos]) == 0 {
				return jsonError()
			}
		}
	}
	return jsonError()
}

// decodeString appends what a string stands for to dst. It refuses \u0000, which no text of PostgreSQL can hold.
func (j *jsonScanner) decodeString(dst []byte) ([]byte, error) {
	j.pos++
	for j.pos < len(j.in) {
		plain := j.pos
		for j.pos < len(j.in) && j.in[j.pos] != '"' && j.in[j.pos] != '\\' && j.in[j.pos] >= ' ' {
			j.pos++
		}
		dst = append(dst, j.in[plain:j.pos]...)
		if j.pos == len(j.in) || j.in[j.pos] < ' ' {
			break
		}
		j.pos++
		if j.in[j.pos-1] == '"' {
			return dst, nil
		}
		var err error
		if dst, err = j.decodeEscape(dst); err != nil {
			return dst, err
		}
	}
	return dst, jsonError()
}

// decodeEscape reads what follows a backslash.
func (j *jsonScanner) decodeEscape(dst []byte) ([]byte, error) {
	if j.pos == len(j.in) {
		return dst, jsonError()
	}
	if j.in[j.pos] != 'u' {
		b := jsonEscape(j.in[j.pos])
		j.pos++
		if b == 0 {
			return dst, jsonError()
		}
		return append(dst, b), nil
	}
	r, ok := j.hex4()
	if !ok {
		return dst, jsonError()
	}
	j.pos++
	if utf16.IsSurrogate(r) {
		if !bytes.HasPrefix(j.in[j.pos:], []byte(`\u`)) {
			return dst, jsonError()
		}
		j.pos++
		low, ok := j.hex4()
		if r = utf16.DecodeRune(r, low); !ok || r == utf8.RuneError {
			return dst, jsonError()
		}
		j.pos++
	}
	if r == 0 {
		return dst, &Error{Code: codeUntranslatable, Message: "unsupported Unicode escape sequence", Hint: `\u0000 cannot be converted to text.`}
	}
	return utf8.AppendRune(dst, r), nil
}

// hex4 reads the four digits behind the u at the current position and stops at the last one.
func (j *jsonScanner) hex4() (rune, bool) {
	r := rune(0)
	for range 4 {
		if j.pos++; j.pos >= len(j.in) {
			return 0, false
		}
		d, ok := hexDigit(j.in[j.pos])
		if !ok {
			return 0, false
		}
		r = r<<4 | rune(d)
	}
	return r, true
}

// jsonEscape is what a one-letter escape stands for, 0 for none.
func jsonEscape(b byte) byte {
	switch b {
	case '"', '\\', '/':
		return b
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return 0
}

// appendJSONString appends text as PostgreSQL writes a JSON string.
func appendJSONString(dst, text []byte) []byte {
	const digits = "0123456789abcdef"
	dst = append(dst, '"')
	for _, b := range text {
		switch b {
		case '"', '\\':
			dst = append(dst, '\\', b)
		case '\b':
			dst = append(dst, '\\', 'b')
		case '\f':
			dst = append(dst, '\\', 'f')
		case '\n':
			dst = append(dst, '\\', 'n')
		case '\r':
			dst = append(dst, '\\', 'r')
		case '\t':
			dst = append(dst, '\\', 't')
		default:
			if b < ' ' {
				dst = append(dst, '\\', 'u', '0', '0', digits[b>>4], digits[b&15])
			} else {
				dst = append(dst, b)
			}
		}
	}
	return append(dst, '"')
}
