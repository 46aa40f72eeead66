package proxy

import (
	"context"
	"crypto/x509"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"github.com/legatics/pgseal/proxy/scram"
	"github.com/legatics/pgseal/proxy/wire"
)

// AuthMode says who authenticates clients.
type AuthMode string

const (
	// AuthPassthrough: the server does, and the proxy passes on what the two say.
	AuthPassthrough AuthMode = "passthrough"
	// AuthRelay: the proxy does, by SCRAM and the role's own verifier, and logs in to the server as the same role with the key that the client's
	// proof yields. The proxy holds no password, and channel binding works on either leg.
	AuthRelay AuthMode = "scram-relay"
	// AuthTerminate: the proxy does, by the client's certificate or by SCRAM, and logs in to the server with credentials of its own.
	AuthTerminate AuthMode = "terminate"
)

// Auth is how clients and the proxy log in. The zero value is AuthPassthrough.
type Auth struct {
	Mode AuthMode
	// Cleartext lets passwords and bearer tokens pass over a network without TLS (AuthPassthrough).
	Cleartext bool
	// Verifiers finds verifiers (AuthRelay, AuthTerminate). Nil where certificates alone let in.
	Verifiers Verifiers
	// Salt returns the salt that a role without a verifier seems to have: the same every time, and on every proxy, and not to be foreseen.
	Salt func(role string) []byte
	// Certificates let in by themselves (AuthTerminate).
	Certificates []CertificateRule
	// Upstream is the proxy's own account (AuthTerminate).
	Upstream Account
}

// Verifiers finds the SCRAM verifier of a role.
type Verifiers interface {
	// Verifier returns ErrNoVerifier for a role that does not exist, has none, or whose password is no longer valid. Another error is a failure to
	// find out.
	Verifier(ctx context.Context, role string) (scram.Verifier, error)
}

// ErrNoVerifier says that a role cannot log in by SCRAM.
var ErrNoVerifier = errors.New("the role has no verifier")

// CertificateRule lets a client with a verified certificate in as a role.
type CertificateRule struct {
	CommonName string // of the subject; or
	Name       string // DNS name, URI, e-mail or IP address among its alternative names
	Role       string
}

// Matches tells whether the rule is about that certificate. Names are compared as they are: a wildcard is one of a server's.
func (r CertificateRule) Matches(c *x509.Certificate) bool {
	if r.CommonName != "" {
		return c.Subject.CommonName == r.CommonName
	}
	for _, names := range [][]string{c.DNSNames, c.EmailAddresses} {
		for _, n := range names {
			if n == r.Name {
				return true
			}
		}
	}
	for _, u := range c.URIs {
		if u.String() == r.Name {
			return true
		}
	}
	for _, ip := range c.IPAddresses {
		if ip.String() == r.Name {
			return true
		}
	}
	return false
}

// Account is with what the proxy logs in to the server. A certificate is the server's leg's.
type Account struct {
	User     string // "": the client's own role
	Password Password
}

// Password is a secret that can't print itself.
type Password string

const passwordRedacted = "[redacted]"

func (Password) String() string               { return passwordRedacted }
func (Password) GoString() string             { return passwordRedacted }
func (Password) LogValue() slog.Value         { return slog.StringValue(passwordRedacted) }
func (Password) MarshalText() ([]byte, error) { return []byte(passwordRedacted), nil }

// Format implements fmt.Formatter, for the verbs that pass the methods above by.
func (Password) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(passwordRedacted)) }

// Kinds of Authentication messages (https://www.postgresql.org/docs/current/protocol-message-formats.html).
const (
	authOK           = 0
	authCleartext    = 3
	authSASL         = 10
	authSASLContinue = 11
	authSASLFinal    = 12
)

// readMessage reads one message and nothing behind it, for the part of a log-in in which the proxy speaks for itself.
func readMessage(r io.Reader, limit int) (typ byte, body []byte, err error) {
	var head [wire.HeaderSize]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, err
	}
	size := int64(int32(binary.BigEndian.Uint32(head[1:]))) - 4
	if size < 0 || size > int64(limit) {
		return 0, nil, errMessageLength
	}
	body = make([]byte, size)
	_, err = io.ReadFull(r, body)
	return head[0], body, err
}
