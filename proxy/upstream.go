package proxy

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"time"
)

// UpstreamTLSMode says what is demanded of the server's leg, with the words of libpq's sslmode.
type UpstreamTLSMode string

const (
	UpstreamTLSDisable    UpstreamTLSMode = "disable"
	UpstreamTLSRequire    UpstreamTLSMode = "require"     // TLS with whoever answers
	UpstreamTLSVerifyCA   UpstreamTLSMode = "verify-ca"   // with a server whose certificate the CA has signed
	UpstreamTLSVerifyFull UpstreamTLSMode = "verify-full" // and that has the right name
)

// Upstream reaches the database server. Sessions and cancel requests go the same way.
type Upstream struct {
	Network, Address string // tcp and host:port, or unix and the socket
	TLS              UpstreamTLSMode
	ServerName       string        // that the server's certificate must bear and that SNI names
	Certificates     *Certificates // nil with TLS disabled; a certificate of ours is shown to a server that asks for one
	Timeout          time.Duration // for reaching it, TLS included
}

var (
	errNoServerTLS = errors.New("the database server does not offer TLS")
	errTLSAnswer   = errors.New("the database server answered the request for TLS with something else")
)

// Dial connects, and takes up TLS where it is demanded: there is no way back to plaintext.
func (u *Upstream) Dial(ctx context.Context) (net.Conn, error) {
	ctx, stop := context.WithTimeout(ctx, u.Timeout)
	defer stop()
	var d net.Dialer
	socket, err := d.DialContext(ctx, u.Network, u.Address)
	if err != nil {
		return nil, err
	}
	if u.TLS == UpstreamTLSDisable {
		return socket, nil
	}
	secured, err := u.secure(ctx, socket)
	if err != nil {
		_ = socket.Close()
		return nil, err
	}
	return secured, nil
}

// secure asks for TLS and takes it up. Only the one byte of the answer is read before it, so that nothing sent in the clear behind it can be taken for
// what the server says (CVE-2021-23222).
func (u *Upstream) secure(ctx context.Context, socket net.Conn) (*tls.Conn, error) {
	answer, err := askForTLS(ctx, socket)
	switch {
	case err != nil:
		return nil, err
	case answer == 'N':
		return nil, errNoServerTLS
	case answer != 'S': // an ErrorResponse, say, whose text nobody vouches for
		return nil, errTLSAnswer
	}
	secured := tls.Client(socket, u.config())
	if err := secured.HandshakeContext(ctx); err != nil {
		return nil, fmt.Errorf("TLS with the database server: %w", err)
	}
	return secured, nil
}

// askForTLS returns the server's answer.
func askForTLS(ctx context.Context, socket net.Conn) (answer byte, err error) {
	var one [1]byte
	err = interruptible(ctx, socket, func() error {
		request := binary.BigEndian.AppendUint32([]byte{0, 0, 0, minStartupPacket}, codeSSLRequest)
		if _, err := socket.Write(request); err != nil {
			return err
		}
		_, err := io.ReadFull(socket, one[:])
		return err
	})
	return one[0], err
}

// interruptible runs f, whose reads and writes of conn fail once ctx is done. Then conn is of no use any more.
func interruptible(ctx context.Context, conn net.Conn, f func() error) error {
	interrupted := make(chan struct{})
	watch := context.AfterFunc(ctx, func() { defer close(interrupted); _ = conn.SetDeadline(time.Unix(1, 0)) })
	err := f()
	if !watch() {
		<-interrupted
		return context.Cause(ctx)
	}
	return err
}

// config is what the next connection uses.
func (u *Upstream) config() *tls.Config {
	m := u.Certificates.current.Load()
	c := &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{alpn}, Certificates: m.own, RootCAs: m.ca, ServerName: u.ServerName}
	if u.TLS != UpstreamTLSVerifyFull {
		c.InsecureSkipVerify = true // verify-ca looks at the chain itself, below
	}
	if u.TLS == UpstreamTLSVerifyCA {
		c.VerifyConnection = func(s tls.ConnectionState) error { return verifyChain(s.PeerCertificates, m.ca) }
	}
	return c
}

// verifyChain verifies a server's certificate but for its name.
func verifyChain(shown []*x509.Certificate, ca *x509.CertPool) error {
	if len(shown) == 0 {
		return errors.New("no certificate")
	}
	between := x509.NewCertPool()
	for _, c := range shown[1:] {
		between.AddCert(c)
	}
	_, err := shown[0].Verify(x509.VerifyOptions{Roots: ca, Intermediates: between})
	return err
}
