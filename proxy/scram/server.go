package scram

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"strings"
)

// Server is one exchange in the server's part: First, then Final.
type Server struct {
	verifier Verifier
	binding  []byte // nil: no channel binding

	header      string // the client's GS2 header, with the comma behind it
	clientFirst string // without the header
	nonce       string // the client's and ours
	serverFirst string
}

// NewServer begins an exchange. binding is that of the client's TLS connection, or nil.
func NewServer(v Verifier, binding []byte) *Server { return &Server{verifier: v, binding: binding} }

// Mechanisms is what the client is offered, the preferred one first.
func (s *Server) Mechanisms() []string {
	if s.binding != nil {
		return []string{SHA256Plus, SHA256}
	}
	return []string{SHA256}
}

// First answers the client's first message, which came with the choice of a mechanism. The name of the user in it counts for
// nothing, as in PostgreSQL: who it is the StartupMessage has said.
func (s *Server) First(mechanism string, message []byte) ([]byte, error) {
	if mechanism != SHA256 && (mechanism != SHA256Plus || s.binding == nil) {
		return nil, fmt.Errorf("%w: mechanism", ErrMalformed)
	}
	rest, err := s.readHeader(mechanism == SHA256Plus, string(message))
	if err != nil {
		return nil, err
	}
	s.clientFirst = rest
	if strings.HasPrefix(rest, "m=") {
		return nil, fmt.Errorf("%w: a mandatory extension", ErrUnsupported)
	}
	_, rest, err = attribute(rest, 'n')
	if err != nil {
		return nil, err
	}
	nonce, _, err := attribute(rest, 'r') // what follows are extensions, which PostgreSQL passes over too
	if err != nil {
		return nil, err
	}
	if !printable(nonce) || len(nonce) == 0 {
		return nil, fmt.Errorf("%w: nonce", ErrMalformed)
	}
	s.nonce = nonce + newNonce()
	s.serverFirst = fmt.Sprintf("r=%s,s=%s,i=%d", s.nonce, encoding.EncodeToString(s.verifier.salt), s.verifier.iterations)
	return []byte(s.serverFirst), nil
}

// readHeader reads the GS2 header, which says what the client knows of channel binding, and returns what follows it.
func (s *Server) readHeader(plus bool, message string) (rest string, err error) {
	flag, rest, ok := strings.Cut(message, ",")
	if !ok {
		return "", fmt.Errorf("%w: header", ErrMalformed)
	}
	switch {
	case flag == "n" && !plus:
	case flag == "y" && !plus:
		if s.binding != nil { // we have offered it: somebody has taken the offer out
			return "", ErrBinding
		}
	case flag == "p="+endPoint && plus:
	case strings.HasPrefix(flag, "p=") && plus:
		return "", fmt.Errorf("%w: channel binding of another kind", ErrUnsupported)
	default:
		return "", fmt.Errorf("%w: channel binding and mechanism", ErrMalformed)
	}
	identity, rest, ok := strings.Cut(rest, ",")
	switch {
	case !ok:
		return "", fmt.Errorf("%w: header", ErrMalformed)
	case strings.HasPrefix(identity, "a="):
		return "", fmt.Errorf("%w: an authorization identity", ErrUnsupported)
	case identity != "":
		return "", fmt.Errorf("%w: header", ErrMalformed)
	}
	s.header = flag + ",,"
	return rest, nil
}

// Final verifies the client's last message. It returns ours, and the keys with which the client's role can log in elsewhere; the
// caller wipes them.
func (s *Server) Final(message []byte) (answer []byte, keys *Keys, err error) {
	text := string(message)
	at := strings.LastIndex(text, ",p=")
	if at < 0 || s.nonce == "" {
		return nil, nil, fmt.Errorf("%w: proof", ErrMalformed)
	}
	withoutProof := text[:at]
	var proof [keySize]byte
	if err := decodeKey(&proof, text[at+len(",p="):]); err != nil {
		return nil, nil, fmt.Errorf("%w: proof", ErrMalformed)
	}
	binding, rest, err := attribute(withoutProof, 'c')
	if err != nil {
		return nil, nil, err
	}
	want := s.header
	if strings.HasPrefix(s.header, "p=") {
		want += string(s.binding)
	}
	if subtle.ConstantTimeCompare([]byte(binding), []byte(encoding.EncodeToString([]byte(want)))) == 0 {
		return nil, nil, ErrBinding
	}
	nonce, _, err := attribute(rest, 'r')
	if err != nil {
		return nil, nil, err
	}
	if nonce != s.nonce {
		return nil, nil, fmt.Errorf("%w: nonce", ErrMalformed)
	}
	return s.verify(proof, s.clientFirst+","+s.serverFirst+","+withoutProof)
}

func (s *Server) verify(proof [keySize]byte, exchanged string) (answer []byte, keys *Keys, err error) {
	signature := mac(s.verifier.stored[:], exchanged)
	keys = &Keys{server: s.verifier.server, salt: s.verifier.salt, cost: s.verifier.iterations}
	subtle.XORBytes(keys.client[:], proof[:], signature[:])
	if stored := sha256.Sum256(keys.client[:]); !hmac.Equal(stored[:], s.verifier.stored[:]) {
		keys.Wipe()
		return nil, nil, ErrProof
	}
	ours := mac(s.verifier.server[:], exchanged)
	return []byte("v=" + encoding.EncodeToString(ours[:])), keys, nil
}

// attribute reads name=value and the comma behind it.
func attribute(text string, name byte) (value, rest string, err error) {
	if len(text) < 2 || text[0] != name || text[1] != '=' {
		return "", "", fmt.Errorf("%w: attribute %c", ErrMalformed, name)
	}
	value, rest, _ = strings.Cut(text[2:], ",")
	return value, rest, nil
}

// printable: ASCII but for the comma (RFC 5802, section 7).
func printable(s string) bool {
	for i := range len(s) {
		if s[i] < '!' || s[i] > '~' || s[i] == ',' {
			return false
		}
	}
	return true
}

// newNonce has 144 random bits, as PostgreSQL's.
func newNonce() string {
	var b [18]byte
	_, _ = rand.Read(b[:]) // never fails
	return encoding.EncodeToString(b[:])
}
