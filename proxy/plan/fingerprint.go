package plan

import (
	"crypto/sha256"
	"encoding/hex"
)

// Of a text so much is looked at for its form, and so much of the form is kept, in bytes.
const (
	FormBytes  = 4096
	formLength = 2000
)

// Form is what may be kept of a text: the text as Shown, without a literal, and 16 hexadecimal digits that stand for it. Texts that differ in
// literals, comments, blanks and the case of words only have the same. Only the first FormBytes bytes count.
func Form(sql []byte) (form, fingerprint string) {
	form = Shown(sql[:min(len(sql), FormBytes)], formLength)
	sum := sha256.Sum256([]byte(form))
	return form, hex.EncodeToString(sum[:8])
}
