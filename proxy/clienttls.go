package proxy

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
)

// ClientTLSMode says what clients may do over the network. A Unix socket never carries TLS, as with PostgreSQL.
type ClientTLSMode string

const (
	ClientTLSDisable ClientTLSMode = "disable"       // TLS is declined
	ClientTLSAllow   ClientTLSMode = "allow"         // as the client likes
	ClientTLSRequire ClientTLSMode = "require"       // plaintext is refused
	ClientTLSVerify  ClientTLSMode = "verify-client" // the client must show a certificate of the CA; a Unix socket is refused
)

// ClientTLS is TLS on the clients' leg. The zero value declines it.
type ClientTLS struct {
	Mode         ClientTLSMode
	Certificates *Certificates // with a certificate, unless Mode is disable; a CA has clients' certificates verified
}

// alpn is the protocol's name for ALPN. A client that begins with TLS at once must offer it, so that what a browser was made to send is
// not taken for a session (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL).
const alpn = "postgresql"

func (t ClientTLS) offered() bool { return t.Mode != "" && t.Mode != ClientTLSDisable }

// required tells that a session in the clear is refused.
func (t ClientTLS) required() bool { return t.Mode == ClientTLSRequire || t.Mode == ClientTLSVerify }

// config is what the next connection uses. Tickets are off, as in PostgreSQL: each session shows that the certificates are good today.
func (t ClientTLS) config(m *material) *tls.Config {
	c := &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{alpn}, SessionTicketsDisabled: true,
		Certificates: m.own, ClientCAs: m.ca}
	switch {
	case t.Mode == ClientTLSVerify:
		c.ClientAuth = tls.RequireAndVerifyClientCert
	case m.ca != nil:
		c.ClientAuth = tls.VerifyClientCertIfGiven
	}
	return c
}

// secure takes up TLS on a client's socket. direct demands ALPN.
func (d *downstream) secure(ctx context.Context, t ClientTLS, socket net.Conn, direct bool) error {
	m := t.Certificates.current.Load()
	secured := tls.Server(socket, t.config(m))
	if err := secured.HandshakeContext(ctx); err != nil {
		return fmt.Errorf("%w: %w", errHandshake, err)
	}
	if direct && secured.ConnectionState().NegotiatedProtocol != alpn {
		return errNoALPN
	}
	d.Conn, d.tls = secured, secured
	d.served = m.own[0].Leaf
	return nil
}

// certificate is the one that the client has shown and that was verified, or nil.
func (d *downstream) certificate() *x509.Certificate {
	if d.tls == nil {
		return nil
	}
	if chains := d.tls.ConnectionState().VerifiedChains; len(chains) > 0 {
		return chains[0][0]
	}
	return nil
}
