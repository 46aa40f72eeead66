package proxy_test

import (
	"context"
	"crypto/tls"
	"database/sql"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	_ "github.com/lib/pq"

	"github.com/legatics/pgseal/proxy"
	"github.com/legatics/pgseal/testenv/certs"
)

// Which clients each mode lets in: pgx, lib/pq and psql, by what they ask for.
func TestClientTLSModes(t *testing.T) {
	ca := caFile(t, authority)
	own := issue(t, authority, "client")
	stranger := issue(t, foreignAuthority(t), "client")
	cert := func(c issued) string { return "&sslcert=" + c.certificate + "&sslkey=" + c.key }
	full := "sslmode=verify-full&sslrootcert=" + ca
	const in, out, refused = "in", "out", "28000"
	cases := map[proxy.ClientTLSMode]map[string]string{
		proxy.ClientTLSDisable: {"sslmode=disable": in, "sslmode=prefer": in, "sslmode=require": out},
		proxy.ClientTLSAllow:   {"sslmode=disable": in, "sslmode=prefer": in, full: in, full + cert(own): in},
		proxy.ClientTLSRequire: {"sslmode=disable": refused, "sslmode=require": in, full: in},
		proxy.ClientTLSVerify:  {"sslmode=disable": refused, full: out, full + cert(own): in, full + cert(stranger): out},
	}
	for mode, clients := range cases {
		p := start(t, proxy.Config{PassOthers: true, ClientTLS: clientTLS(t, mode)})
		for settings, want := range clients {
			for name, try := range map[string]func(context.Context, string) error{"pgx": tryPgx, "pq": tryPq, "psql": tryPsql} {
				p.settings = settings
				ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
				err := try(ctx, p.url("postgres"))
				stop()
				got := in
				if err != nil {
					got = out
				}
				if got != want && (want != refused || got != out || !strings.Contains(err.Error(), "accepts no connections without TLS")) {
					t.Errorf("%s: %s with %s: %v; want %s", mode, name, strings.ReplaceAll(settings, "&", " "), err, want)
				}
			}
		}
	}
}

func tryPgx(ctx context.Context, url string) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	return conn.Ping(ctx)
}

func tryPq(ctx context.Context, url string) error {
	db, err := sql.Open("postgres", strings.Replace(url, "sslmode=prefer", "sslmode=disable", 1)) // pq knows no prefer
	if err != nil {
		return err
	}
	defer db.Close()
	return db.PingContext(ctx)
}

func tryPsql(ctx context.Context, url string) error {
	cmd, err := cluster.Command(ctx, "psql", "-X", "-c", "SELECT 1", url)
	if err != nil {
		return err
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		return &psqlError{err, string(out)}
	}
	return nil
}

type psqlError struct {
	error
	out string
}

func (e *psqlError) Error() string { return e.error.Error() + ": " + e.out }

// Everything that works in the clear works with TLS on both legs.
func TestPassThroughTLS(t *testing.T) {
	db := cluster.NewDatabase(t)
	cluster.Exec(t, db, "CREATE TABLE t (id int PRIMARY KEY, v text)")
	p := start(t, proxy.Config{PassOthers: true, ClientTLS: clientTLS(t, proxy.ClientTLSRequire), Dial: upstream(t, proxy.UpstreamTLSVerifyFull).Dial})
	p.settings = "channel_binding=disable&sslmode=verify-full&sslrootcert=" + caFile(t, authority)
	testPassThrough(t, p, db)
}

// A cancel request is taken in the clear too, though sessions need TLS.
func TestPlainCancel(t *testing.T) {
	p := start(t, proxy.Config{PassOthers: true, ClientTLS: clientTLS(t, proxy.ClientTLSRequire), Dial: upstream(t, proxy.UpstreamTLSVerifyFull).Dial})
	p.settings = "channel_binding=disable&sslmode=require"
	conn := p.connect(t, "postgres")
	go func() {
		time.Sleep(200 * time.Millisecond)
		raw := append([]byte{0, 0, 0, 16, 4, 210, 22, 46}, binary32(conn.PgConn().PID())...)
		c, err := net.Dial("tcp", p.listener.Addr().String())
		if err != nil {
			return
		}
		defer c.Close()
		_, _ = c.Write(append(raw, conn.PgConn().SecretKey()...))
		_, _ = c.Read(make([]byte, 1))
	}()
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	if _, err := conn.Exec(ctx, "SELECT pg_sleep(15)"); code(err) != "57014" {
		t.Error(err)
	}
}

func binary32(n uint32) []byte { return []byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)} }

// What a man in the middle puts between the request for TLS and TLS itself is never taken for the client's.
func TestInjectedBehindTLSRequest(t *testing.T) {
	var dialed atomic.Int32
	dial := func(ctx context.Context) (net.Conn, error) {
		dialed.Add(1)
		return upstream(t, proxy.UpstreamTLSDisable).Dial(ctx)
	}
	p := start(t, proxy.Config{PassOthers: true, ClientTLS: clientTLS(t, proxy.ClientTLSRequire), Dial: dial})
	c := p.socket(t)
	write(t, c, append(asked(askTLS), startup(3<<16, "injected")...))
	wantByte(t, c, 'S')
	secured := tls.Client(c, trusting())
	if err := secured.Handshake(); err == nil {
		write(t, secured, startup(3<<16, "postgres"))
		typ, body, err := readMessage(secured)
		t.Errorf("TLS was taken up; the answer is %q %q, %v", typ, body, err)
	}
	if dialed.Load() != 0 {
		t.Error("the server was asked")
	}
}

// The ways of asking for encryption, and the ways of doing it wrong.
func TestEncryptionRequests(t *testing.T) {
	p := start(t, proxy.Config{PassOthers: true, ClientTLS: clientTLS(t, proxy.ClientTLSAllow)})
	secure := func(t *testing.T, c net.Conn, change func(*tls.Config)) (*tls.Conn, error) {
		config := trusting()
		if change != nil {
			change(config)
		}
		s := tls.Client(c, config)
		return s, s.Handshake()
	}
	letIn := func(t *testing.T, c net.Conn) {
		t.Helper()
		write(t, c, startup(3<<16, "postgres"))
		if typ, body, err := readMessage(c); typ != 'R' {
			t.Fatalf("%q %q, %v", typ, body, err)
		}
	}
	t.Run("GSSAPI declined, then TLS", func(t *testing.T) {
		c := p.socket(t)
		write(t, c, asked(askGSS))
		wantByte(t, c, 'N')
		write(t, c, asked(askTLS))
		wantByte(t, c, 'S')
		s, err := secure(t, c, nil)
		if err != nil {
			t.Fatal(err)
		}
		letIn(t, s)
	})
	t.Run("GSSAPI twice", func(t *testing.T) {
		c := p.socket(t)
		write(t, c, asked(askGSS))
		wantByte(t, c, 'N')
		write(t, c, asked(askGSS))
		wantFatal(t, c, "08P01")
	})
	for _, code := range []uint32{askTLS, askGSS} {
		for _, direct := range []bool{false, true} {
			c := p.socket(t)
			if !direct {
				write(t, c, asked(askTLS))
				wantByte(t, c, 'S')
			}
			s, err := secure(t, c, func(c *tls.Config) { c.NextProtos = []string{"postgresql"} })
			if err != nil {
				t.Fatal(err)
			}
			write(t, s, asked(code))
			wantFatal(t, s, "08P01")
		}
	}
	t.Run("TLS at once", func(t *testing.T) {
		s, err := secure(t, p.socket(t), func(c *tls.Config) { c.NextProtos = []string{"postgresql"} })
		if err != nil {
			t.Fatal(err)
		}
		letIn(t, s)
	})
	t.Run("TLS at once without ALPN", func(t *testing.T) {
		s, err := secure(t, p.socket(t), nil)
		if err == nil {
			_, _ = s.Write(startup(3<<16, "postgres"))
			wantClosed(t, s)
		}
	})
	t.Run("TLS for another protocol", func(t *testing.T) {
		if _, err := secure(t, p.socket(t), func(c *tls.Config) { c.NextProtos = []string{"h2"} }); err == nil {
			t.Error("taken up")
		}
	})
	t.Run("TLS at once inside TLS", func(t *testing.T) {
		s, err := secure(t, p.socket(t), func(c *tls.Config) { c.NextProtos = []string{"postgresql"} })
		if err != nil {
			t.Fatal(err)
		}
		if _, err := secure(t, s, func(c *tls.Config) { c.NextProtos = []string{"postgresql"} }); err == nil {
			t.Error("taken up")
		}
	})
	t.Run("old TLS", func(t *testing.T) {
		c := p.socket(t)
		write(t, c, asked(askTLS))
		wantByte(t, c, 'S')
		if _, err := secure(t, c, func(c *tls.Config) { c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS11 }); err == nil {
			t.Error("taken up")
		}
	})
	t.Run("TLS at once where there is none", func(t *testing.T) {
		p := start(t, proxy.Config{PassOthers: true})
		c := p.socket(t)
		if _, err := secure(t, c, nil); err == nil {
			t.Error("taken up")
		}
	})
	t.Run("drivers", func(t *testing.T) {
		p.settings = "sslmode=require&sslnegotiation=direct&channel_binding=disable"
		if err := tryPgx(t.Context(), p.url("postgres")); err != nil {
			t.Error(err)
		}
	})
}

// New files serve the next connection; bad ones change nothing.
func TestCertificatesFollowTheirFiles(t *testing.T) {
	folder := t.TempDir()
	place := func(cn string) {
		t.Helper()
		pair, err := authority.Issue(cn, "127.0.0.1")
		if err != nil {
			t.Fatal(err)
		}
		certs.Write(t, folder, "certificate", pair.Certificate)
		certs.Write(t, folder, "key", pair.Key)
	}
	place("first")
	held := load(t, proxy.CertificateFiles{Certificate: filepath.Join(folder, "certificate"), Key: filepath.Join(folder, "key")})
	p := start(t, proxy.Config{PassOthers: true, ClientTLS: proxy.ClientTLS{Mode: proxy.ClientTLSRequire, Certificates: held}})
	served := func() string {
		t.Helper()
		c := p.socket(t)
		write(t, c, asked(askTLS))
		wantByte(t, c, 'S')
		s := tls.Client(c, trusting())
		if err := s.Handshake(); err != nil {
			t.Fatal(err)
		}
		return s.ConnectionState().PeerCertificates[0].Subject.CommonName
	}
	if changed, err := held.Follow(); changed || err != nil || served() != "first" {
		t.Fatalf("%v, %v, %s", changed, err, served())
	}
	place("second")
	if changed, err := held.Follow(); !changed || err != nil || served() != "second" {
		t.Errorf("%v, %v, %s; want the new one", changed, err, served())
	}
	certs.Write(t, folder, "key", "no key")
	if changed, err := held.Follow(); !changed || err == nil || !strings.Contains(err.Error(), filepath.Join(folder, "key")) || served() != "second" {
		t.Errorf("%v, %v, %s; want the old one, and the file's name", changed, err, served())
	}
	if changed, err := held.Follow(); changed || err != nil {
		t.Errorf("%v, %v; want nothing new", changed, err)
	}
	place("third")
	if err := os.Chmod(filepath.Join(folder, "key"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := held.Reload(); err == nil || served() != "second" {
		t.Errorf("%v, %s; want a key that others may read refused", err, served())
	}
	if err := os.Remove(filepath.Join(folder, "certificate")); err != nil {
		t.Fatal(err)
	}
	if changed, err := held.Follow(); !changed || err == nil || served() != "second" {
		t.Errorf("%v, %v, %s; want the old one", changed, err, served())
	}
}
