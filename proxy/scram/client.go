package scram

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"slices"
	"strings"
)

// Client is one exchange in the client's part: First, Final, Verify.
type Client struct {
	keysFor func(salt []byte, iterations int) (*Keys, error)
	binding []byte

	mechanism   string
	header      string
	nonce       string
	clientFirst string
	exchanged   string
	server      [keySize]byte // ServerKey
}

// NewClient begins an exchange with what the server offers. binding is that of the server's TLS connection, or nil; it is used if the server offers it,
// and the server is told that it could have been used if not, so that nobody in between can take the offer out unseen.
func NewClient(offered []string, binding []byte) (*Client, error) {
	c := &Client{nonce: newNonce()}
	switch {
	case binding != nil && slices.Contains(offered, SHA256Plus):
		c.mechanism, c.header, c.binding = SHA256Plus, "p="+endPoint+",,", binding
	case !slices.Contains(offered, SHA256):
		return nil, fmt.Errorf("%w: the server offers %s", ErrUnsupported, strings.Join(offered, ", "))
	case binding != nil:
		c.mechanism, c.header = SHA256, "y,,"
	default:
		c.mechanism, c.header = SHA256, "n,,"
	}
	return c, nil
}

// UseKeys has the exchange prove knowledge of keys. The caller wipes them afterwards.
func (c *Client) UseKeys(keys *Keys) {
	c.keysFor = func(salt []byte, iterations int) (*Keys, error) {
		if iterations != keys.cost || !slices.Equal(salt, keys.salt) {
			return nil, ErrChanged
		}
		k := *keys
		return &k, nil
	}
}

// UsePassword has the exchange prove knowledge of a password, which must be printable ASCII.
func (c *Client) UsePassword(password string) {
	c.keysFor = func(salt []byte, iterations int) (*Keys, error) { return derive(password, salt, iterations) }
}

// First is the mechanism that was chosen, and the first message.
func (c *Client) First() (mechanism string, message []byte) {
	c.clientFirst = "n=,r=" + c.nonce
	return c.mechanism, []byte(c.header + c.clientFirst)
}

// Final answers the server's first message.
func (c *Client) Final(message []byte) ([]byte, error) {
	text := string(message)
	nonce, rest, err := attribute(text, 'r')
	if err != nil {
		return nil, err
	}
	encoded, rest, err := attribute(rest, 's')
	if err != nil {
		return nil, err
	}
	cost, _, err := attribute(rest, 'i')
	if err != nil {
		return nil, err
	}
	salt, err := decode(encoded)
	if err != nil || len(salt) == 0 || len(salt) > maxSalt {
		return nil, fmt.Errorf("%w: salt", ErrMalformed)
	}
	iterations, err := parseIterations(cost)
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(nonce, c.nonce) || len(nonce) == len(c.nonce) || !printable(nonce) {
		return nil, fmt.Errorf("%w: nonce", ErrMalformed)
	}
	keys, err := c.keysFor(salt, iterations)
	if err != nil {
		return nil, err
	}
	defer keys.Wipe()
	withoutProof := "c=" + encoding.EncodeToString(append([]byte(c.header), c.binding...)) + ",r=" + nonce
	c.exchanged = c.clientFirst + "," + text + "," + withoutProof
	c.server = keys.server
	stored := sha256.Sum256(keys.client[:])
	proof := mac(stored[:], c.exchanged)
	subtle.XORBytes(proof[:], proof[:], keys.client[:])
	return []byte(withoutProof + ",p=" + encoding.EncodeToString(proof[:])), nil
}

// Verify verifies that the server knows the verifier.
func (c *Client) Verify(message []byte) error {
	defer clear(c.server[:])
	signature, _, err := attribute(string(message), 'v')
	if err != nil {
		return err
	}
	var theirs [keySize]byte
	if err := decodeKey(&theirs, signature); err != nil {
		return fmt.Errorf("%w: signature", ErrMalformed)
	}
	if ours := mac(c.server[:], c.exchanged); c.exchanged == "" || !hmac.Equal(ours[:], theirs[:]) {
		return ErrProof
	}
	return nil
}
