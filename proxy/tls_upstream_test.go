package proxy_test

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/proxy"
)

// What each mode demands of the server.
func TestUpstreamTLSModes(t *testing.T) {
	foreign := load(t, proxy.CertificateFiles{CA: caFile(t, foreignAuthority(t))})
	name := func(n string) func(*proxy.Upstream) { return func(u *proxy.Upstream) { u.ServerName = n } }
	strange := func(u *proxy.Upstream) { u.Certificates = foreign }
	for _, c := range []struct {
		mode   proxy.UpstreamTLSMode
		change func(*proxy.Upstream)
		ok     bool
	}{
		{proxy.UpstreamTLSDisable, nil, true},
		{proxy.UpstreamTLSRequire, nil, true},
		{proxy.UpstreamTLSRequire, strange, true},
		{proxy.UpstreamTLSVerifyCA, nil, true},
		{proxy.UpstreamTLSVerifyCA, name("other.test"), true},
		{proxy.UpstreamTLSVerifyCA, strange, false},
		{proxy.UpstreamTLSVerifyFull, nil, true},
		{proxy.UpstreamTLSVerifyFull, name("127.0.0.1"), true},
		{proxy.UpstreamTLSVerifyFull, name("other.test"), false},
		{proxy.UpstreamTLSVerifyFull, strange, false},
	} {
		change := c.change
		if change == nil {
			change = func(*proxy.Upstream) {}
		}
		u := upstream(t, c.mode, change)
		p := start(t, proxy.Config{PassOthers: true, Dial: u.Dial})
		p.settings = "channel_binding=disable&sslmode=disable"
		err := tryPgx(t.Context(), p.url("postgres"))
		if (err == nil) != c.ok {
			t.Errorf("%s, %s: %v", c.mode, u.ServerName, err)
		}
		if c.ok {
			var encrypted bool
			conn := p.connect(t, "postgres")
			if err := conn.QueryRow(t.Context(), "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").Scan(&encrypted); err != nil ||
				encrypted != (c.mode != proxy.UpstreamTLSDisable) {
				t.Errorf("%s: encrypted %v, %v", c.mode, encrypted, err)
			}
		}
	}
}

// A server that asks for a certificate is shown ours.
func TestUpstreamClientCertificate(t *testing.T) {
	cluster.Exec(t, "postgres", "DROP ROLE IF EXISTS certified; CREATE ROLE certified LOGIN")
	own := issue(t, authority, "certified")
	files := load(t, proxy.CertificateFiles{Certificate: own.certificate, Key: own.key, CA: caFile(t, authority)})
	p := start(t, proxy.Config{PassOthers: true, Dial: upstream(t, proxy.UpstreamTLSVerifyFull, func(u *proxy.Upstream) { u.Certificates = files }).Dial})
	if err := tryPgx(t.Context(), p.urlOf(cluster.URL("postgres", "certified"))); err != nil {
		t.Error(err)
	}
}

// Servers that do not do as they should get nothing of the client.
func TestUpstreamTLSRefused(t *testing.T) {
	pair, err := authority.Issue("server", "db.test")
	if err != nil {
		t.Fatal(err)
	}
	own, err := tls.X509KeyPair([]byte(pair.Certificate), []byte(pair.Key))
	if err != nil {
		t.Fatal(err)
	}
	for name, play := range map[string]func(net.Conn){
		"no TLS": func(c net.Conn) { _, _ = c.Write([]byte("N")) },
		"an error in the clear": func(c net.Conn) {
			_, _ = c.Write([]byte("E\x00\x00\x00\x0eSFATAL\x00\x00"))
		},
		"words in front of the handshake": func(c net.Conn) {
			_, _ = c.Write([]byte("SR\x00\x00\x00\x08\x00\x00\x00\x00"))
			_ = tls.Server(c, &tls.Config{Certificates: []tls.Certificate{own}}).Handshake()
		},
		"silence": func(c net.Conn) { _, _ = io.Copy(io.Discard, c) },
		"old TLS": func(c net.Conn) {
			handshake(c, &tls.Config{Certificates: []tls.Certificate{own}, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11})
		},
		"gone away": func(net.Conn) {},
	} {
		t.Run(name, func(t *testing.T) {
			listener, heard := play1(t, play)
			u := upstream(t, proxy.UpstreamTLSVerifyFull, func(u *proxy.Upstream) {
				u.Address, u.Timeout = listener.Addr().String(), 500*time.Millisecond
			})
			began := time.Now()
			conn, err := u.Dial(t.Context())
			if err == nil {
				_ = conn.Close()
				t.Fatal("connected")
			}
			if strings.Contains(err.Error(), "FATAL") || time.Since(began) > 20*time.Second {
				t.Errorf("after %v: %v", time.Since(began), err)
			}
			_ = listener.Close()
			<-heard
		})
	}
}

// The name of the server goes into SNI.
func TestUpstreamSNI(t *testing.T) {
	names := make(chan string, 1)
	listener, heard := play1(t, func(c net.Conn) {
		handshake(c, &tls.Config{GetConfigForClient: func(h *tls.ClientHelloInfo) (*tls.Config, error) {
			names <- h.ServerName + " " + strings.Join(h.SupportedProtos, ",")
			return nil, nil
		}})
	})
	u := upstream(t, proxy.UpstreamTLSRequire, func(u *proxy.Upstream) { u.Address = listener.Addr().String() })
	_, _ = u.Dial(t.Context())
	if got := <-names; got != "db.test postgresql" {
		t.Errorf("SNI and ALPN %q", got)
	}
	_ = listener.Close()
	<-heard
}

func handshake(c net.Conn, config *tls.Config) {
	if _, err := c.Write([]byte("S")); err == nil {
		_ = tls.Server(c, config).HandshakeContext(context.Background())
	}
}

// play1 is a server that reads one request for TLS and answers as it likes.
func play1(t *testing.T, play func(net.Conn)) (l net.Listener, ended chan struct{}) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended = make(chan struct{})
	go func() {
		defer close(ended)
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		_ = c.SetDeadline(time.Now().Add(30 * time.Second))
		if _, err := io.ReadFull(c, make([]byte, 8)); err == nil {
			play(c)
		}
	}()
	return l, ended
}
