package proxy_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/proxy"
	"github.com/legatics/pgseal/testenv/certs"
)

// issued is a certificate of an authority in files.
type issued struct{ certificate, key string }

func issue(t testing.TB, a *certs.Authority, cn string, names ...string) issued {
	t.Helper()
	pair, err := a.Issue(cn, names...)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	return issued{certs.Write(t, folder, "certificate.pem", pair.Certificate), certs.Write(t, folder, "key.pem", pair.Key)}
}

func foreignAuthority(t testing.TB) *certs.Authority {
	t.Helper()
	a, err := certs.NewAuthority("somebody else")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func caFile(t testing.TB, a *certs.Authority) string {
	return certs.Write(t, t.TempDir(), "ca.pem", a.PEM)
}

func load(t testing.TB, files proxy.CertificateFiles) *proxy.Certificates {
	t.Helper()
	c, err := proxy.LoadCertificates(files)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// clientTLS is TLS on the clients' leg with a certificate for 127.0.0.1, and the authority for clients' own.
func clientTLS(t testing.TB, mode proxy.ClientTLSMode) proxy.ClientTLS {
	own := issue(t, authority, "pgseal", "127.0.0.1", "localhost")
	return proxy.ClientTLS{Mode: mode, Certificates: load(t, proxy.CertificateFiles{Certificate: own.certificate, Key: own.key, CA: caFile(t, authority)})}
}

// upstream leads to the cluster.
func upstream(t testing.TB, mode proxy.UpstreamTLSMode, change ...func(*proxy.Upstream)) *proxy.Upstream {
	u := &proxy.Upstream{Network: "tcp", Address: cluster.Address(), TLS: mode, ServerName: "db.test", Timeout: 10 * time.Second,
		Certificates: load(t, proxy.CertificateFiles{CA: caFile(t, authority)})}
	for _, f := range change {
		f(u)
	}
	return u
}

// trusting is what a client uses that believes the authority.
func trusting() *tls.Config {
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM([]byte(authority.PEM))
	return &tls.Config{RootCAs: pool, ServerName: "127.0.0.1"}
}

const (
	askTLS = 80877103
	askGSS = 80877104
)

// asked is the packet with which a client asks for encryption.
func asked(code uint32) []byte { return binary.BigEndian.AppendUint32([]byte{0, 0, 0, 8}, code) }

// startup is a StartupMessage of that version for the database postgres; more holds pairs of names and values.
func startup(version uint32, user string, more ...string) []byte {
	body := binary.BigEndian.AppendUint32(nil, version)
	for _, s := range append([]string{"user", user, "database", "postgres"}, more...) {
		body = append(append(body, s...), 0)
	}
	return append(binary.BigEndian.AppendUint32(nil, uint32(len(body)+5)), append(body, 0)...)
}

// socket is a bare connection to the proxy.
func (r *running) socket(t testing.TB) net.Conn {
	t.Helper()
	conn, err := net.Dial(r.listener.Addr().Network(), r.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	_ = conn.SetDeadline(time.Now().Add(30 * time.Second))
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

func write(t testing.TB, c net.Conn, b []byte) {
	t.Helper()
	if _, err := c.Write(b); err != nil {
		t.Fatal(err)
	}
}

// wantByte reads the answer to a request for encryption.
func wantByte(t testing.TB, c net.Conn, want byte) {
	t.Helper()
	var b [1]byte
	if _, err := io.ReadFull(c, b[:]); err != nil || b[0] != want {
		t.Fatalf("answer %q, %v; want %q", b[0], err, want)
	}
}

// wantFatal reads a FATAL ErrorResponse and the connection's end.
func wantFatal(t testing.TB, c net.Conn, code string) {
	t.Helper()
	typ, body, err := readMessage(c)
	var e pgproto3.ErrorResponse
	if err != nil || typ != 'E' || e.Decode(body) != nil || e.Code != code || e.Severity != "FATAL" {
		t.Fatalf("%q %q, %v; want FATAL %s", typ, body, err, code)
	}
	wantClosed(t, c)
}

// wantClosed: nothing comes any more.
func wantClosed(t testing.TB, c net.Conn) {
	t.Helper()
	rest, err := io.ReadAll(c)
	if errors.Is(err, context.DeadlineExceeded) || len(rest) > 0 || isTimeout(err) {
		t.Fatalf("%q, %v; want the end", rest, err)
	}
}

func isTimeout(err error) bool {
	var e net.Error
	return errors.As(err, &e) && e.Timeout()
}

func readMessage(c io.Reader) (typ byte, body []byte, err error) {
	var head [5]byte
	if _, err := io.ReadFull(c, head[:]); err != nil {
		return 0, nil, err
	}
	body = make([]byte, binary.BigEndian.Uint32(head[1:])-4)
	_, err = io.ReadFull(c, body)
	return head[0], body, err
}
