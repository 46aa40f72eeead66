package access

import (
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/legatics/pgseal/crypto"
)

// keyLabel names what the Guard's key is derived for.
const keyLabel = "pgseal admin sessions 1"

// maxSigned bounds what is looked at, in bytes: browsers keep cookies of 4096.
const maxSigned = 3800

// signer writes what comes back from browsers so that nobody else can. Each kind of thing has its own MACs.
type signer struct{ key *crypto.ControlKey }

// sign gives a text that can stand in a cookie: what it says, and a MAC. Both in base64 for addresses.
func (s signer) sign(kind string, v any) string {
	text, _ := json.Marshal(v) // of texts and numbers: never fails
	return base64.RawURLEncoding.EncodeToString(text) + "." + s.mac(kind, text)
}

// read is true for what sign has made of the same kind, and nothing else.
func (s signer) read(kind, signed string, into any) bool {
	body, mac, ok := strings.Cut(signed, ".")
	if !ok || len(signed) > maxSigned {
		return false
	}
	text, ok := decode(base64.RawURLEncoding, body)
	return ok && s.is(mac, kind, text) && json.Unmarshal(text, into) == nil
}

// mac is the MAC of a text of a kind.
func (s signer) mac(kind string, text []byte) string {
	sum := s.key.Sum([]byte(kind), text)
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// is compares in time that does not depend on where the two differ.
func (s signer) is(mac, kind string, text []byte) bool {
	raw, ok := decode(base64.RawURLEncoding, mac)
	return ok && s.key.Verify(raw, []byte(kind), text)
}

// decode takes the one text of a value alone: Go's decoder skips line ends.
func decode(e *base64.Encoding, text string) (raw []byte, ok bool) {
	raw, err := e.Strict().DecodeString(text)
	return raw, err == nil && e.EncodeToString(raw) == text
}
