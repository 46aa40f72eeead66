package value

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// UnicodeVersion is the edition of the Unicode tables that Normalize uses. A column that normalises freezes it: under
// other tables equal texts may become different ones.
const UnicodeVersion = unicode.Version

// Normalize appends plaintext, UTF-8 text, to dst after the steps have been applied in the order given:
//
//	trim   removes white space (Unicode's White_Space property) from both ends
//	lower  maps every character by Unicode's simple lower-case mapping, one to one and without regard to language or context
//	nfc    Unicode Normalization Form C
//
// An unknown step, and text that is not UTF-8, is an error; dst is then returned as it was.
func Normalize(dst, plaintext []byte, steps []string) ([]byte, error) {
	if !utf8.Valid(plaintext) {
		return dst, encodingError()
	}
	text := plaintext
	for _, step := range steps {
		switch step {
		case "trim":
			text = bytes.TrimSpace(text)
		case "lower":
			text = lower(text)
		case "nfc":
			text = norm.NFC.Bytes(text)
		default:
			return dst, fmt.Errorf("unknown normalisation step %q", step)
		}
	}
	return append(dst, text...), nil
}

// lower maps a copy where anything changes.
func lower(text []byte) []byte {
	for i, b := range text {
		if b >= utf8.RuneSelf || b >= 'A' && b <= 'Z' {
			return appendLower(append(make([]byte, 0, len(text)+utf8.UTFMax), text[:i]...), text[i:])
		}
	}
	return text
}

func appendLower(dst, text []byte) []byte {
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		dst = utf8.AppendRune(dst, unicode.ToLower(r))
		text = text[size:]
	}
	return dst
}
