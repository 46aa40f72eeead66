package backup

import (
	"bytes"
	"encoding/hex"

	"github.com/legatics/pgseal/crypto"
)

// sealed gives the bytes of a sealed value of the store with the tag, of a value as COPY or a literal has it: armour, or a bytea in either of its forms. It is nil
// for anything else, which is plaintext. Whether it opens is another question.
func sealed(tag crypto.StoreTag, text []byte) []byte {
	var raw []byte
	switch {
	case bytes.HasPrefix(text, []byte(crypto.ArmourPrefix)):
		raw, _ = crypto.AppendUnarmour(nil, text)
	case bytes.HasPrefix(text, []byte(`\`)):
		raw, _ = Bytea(text)
	}
	if !crypto.CarriesTag(tag, raw) {
		return nil
	}
	return raw
}

// head gives the header of what could be the beginning of a sealed value.
func head(tag crypto.StoreTag, text []byte) (number crypto.KeyNumber, ok bool) {
	const header = 7 // bytes, which are ten characters of armour or fourteen digits
	var raw []byte
	switch {
	case bytes.HasPrefix(text, []byte(crypto.ArmourPrefix)) && len(text) >= len(crypto.ArmourPrefix)+12:
		raw, _ = crypto.AppendUnarmour(nil, text[:len(crypto.ArmourPrefix)+12])
	case bytes.HasPrefix(text, []byte(`\x`)) && len(text) >= 2+2*header:
		raw = make([]byte, header)
		if _, err := hex.Decode(raw, text[2:2+2*header]); err != nil {
			return 0, false
		}
	}
	if len(raw) < header {
		return 0, false
	}
	h, err := crypto.ParseHeader(append(raw[:header:header], make([]byte, crypto.OverheadRandomized)...))
	return h.Number, err == nil && h.Tag == tag
}

// uncopied reads a value's backslashes as COPY writes them. It may write into text.
func uncopied(text []byte) []byte {
	at := bytes.IndexByte(text, '\\')
	if at < 0 {
		return text
	}
	out := text[:at]
	for i := at; i < len(text); i++ {
		c := text[i]
		if c == '\\' && i+1 < len(text) {
			i++
			out = append(out, unescaped(text[i])...)
			continue
		}
		out = append(out, c)
	}
	return out
}

// Bytea reads the text of a bytea, in hex or in the older form that databases with bytea_output = escape write. ok is false where it is none.
func Bytea(text []byte) (raw []byte, ok bool) {
	if digits, ok := bytes.CutPrefix(text, []byte(`\x`)); ok {
		raw = make([]byte, hex.DecodedLen(len(digits)))
		_, err := hex.Decode(raw, digits)
		return raw, err == nil
	}
	raw = make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			raw = append(raw, text[i])
			continue
		}
		switch {
		case i+1 < len(text) && text[i+1] == '\\':
			raw = append(raw, '\\')
			i++
		case i+3 < len(text) && octal(text[i+1]) && octal(text[i+2]) && octal(text[i+3]):
			raw = append(raw, (text[i+1]-'0')<<6|(text[i+2]-'0')<<3|(text[i+3]-'0'))
			i += 3
		default:
			return nil, false
		}
	}
	return raw, true
}

func octal(c byte) bool { return c >= '0' && c <= '7' }
