package proxy_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"log/slog"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/proxy"
)

// How sessions end: by the server's time-outs and commands, by the client, by nobody.

// The server's own ends reach a client that is idle, in a transaction, or in the middle of something, as they are, and nothing behind them.
func TestServerEndsSession(t *testing.T) {
	a := startAlike(t)
	const terminate = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
	ends := []struct {
		name string
		say  func()
		want string
	}{
		{"idle", func() { a.say(t, "C I", query("SET idle_session_timeout = 100")) }, "57P05"},
		{"in a transaction", func() {
			a.say(t, "C I C T", query("SET idle_in_transaction_session_timeout = 100"), query("BEGIN"))
		}, "25P03"},
		{"in a failed one", func() {
			a.say(t, "C I C T 42703 E", query("SET idle_in_transaction_session_timeout = 100"), query("BEGIN"), query("SELECT no_such_column"))
		}, "25P03"},
		{"terminated", func() { a.behind(t, terminate) }, "57P01"},
		{"terminated in a statement", func() {
			a.say(t, "", query("SELECT title FROM matters WHERE id = 1; SELECT pg_sleep(60)"))
			time.Sleep(100 * time.Millisecond)
			a.behind(t, terminate)
		}, "T D C T 57P01"},
		{"terminated in a COPY", func() {
			a.say(t, "G", query("COPY matters (id) FROM STDIN"))
			a.behind(t, terminate)
		}, "57P01"},
	}
	for _, end := range ends {
		t.Run(end.name, func(t *testing.T) {
			a.dial(t)
			end.say()
			a.end(t, end.want)
		})
	}
}

// The server's time-outs of statements and locks are errors like others.
func TestServerTimeouts(t *testing.T) {
	a := startAlike(t)
	a.say(t, "C I T 57014 I", query("SET statement_timeout = 50"), query("SELECT title, pg_sleep(10) FROM matters"))
	a.say(t, "C T 1 2 57014 E C I", query("BEGIN"), parse("", "SELECT 1 FROM pg_sleep(10)"), bind(""), execute, endSync, query("ROLLBACK"))
	a.say(t, "T D C I", query("SELECT title FROM matters WHERE id = 1"))
}

// Too many sessions are the server's own error, the first thing that a client hears.
func TestServerConnectionLimit(t *testing.T) {
	db := cluster.NewDatabase(t)
	cluster.Exec(t, "postgres", "ALTER DATABASE "+db+" CONNECTION LIMIT 0; CREATE ROLE limited LOGIN PASSWORD 'secret'")
	p := start(t, proxy.Config{PassOthers: true})
	for _, url := range []string{cluster.URL(db, ""), p.url(db)} {
		if _, err := pgx.Connect(t.Context(), strings.Replace(url, "postgres:secret@", "limited:secret@", 1)); code(err) != "53300" {
			t.Errorf("%v", err)
		}
	}
}

// wantBackend waits until the server has a session of that process, or has none.
func wantBackend(t *testing.T, pid uint32, there bool) {
	t.Helper()
	conn := cluster.Conn(t, "postgres", "")
	defer func() { _ = conn.Close(context.Background()) }()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		var n int
		if err := conn.QueryRow(t.Context(), "SELECT count(*) FROM pg_stat_activity WHERE pid = $1", pid).Scan(&n); err != nil {
			t.Fatal(err)
		}
		if (n == 1) == there {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("session %d there: %v", pid, !there)
		}
	}
}

// Terminate ends the session, also behind a refused message, where everything else is passed over, and in the middle of a COPY.
func TestClientTerminates(t *testing.T) {
	s := startSafe(t)
	for name, before := range map[string][]pgproto3.FrontendMessage{
		"idle":                   nil,
		"behind a refusal":       {parse("", "SELECT max(title) FROM matters")},
		"behind an error":        {parse("", "SELEC")},
		"in a pipeline":          {parse("", titles), bind(""), execute},
		"in a COPY":              {query("COPY matters (id) FROM STDIN"), data("1")},
		"with a statement ahead": {query(titles)},
	} {
		conn := s.connect(t)
		pid := conn.PgConn().PID()
		f := conn.PgConn().Frontend()
		for _, m := range append(before, &pgproto3.Terminate{}) {
			f.Send(m)
		}
		if err := f.Flush(); err != nil {
			t.Fatal(err)
		}
		_ = conn.PgConn().Conn().SetReadDeadline(time.Now().Add(30 * time.Second))
		if _, err := io.Copy(io.Discard, conn.PgConn().Conn()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		wantBackend(t, pid, false)
	}
}

// A client that goes without a word under TLS, not closing it either, is nothing to talk about.
func TestTLSEndsWithoutGoodbye(t *testing.T) {
	log := &lockedBuffer{}
	p := start(t, proxy.Config{PassOthers: true, ClientTLS: clientTLS(t, proxy.ClientTLSRequire), Log: slog.New(slog.NewTextHandler(log, nil))})
	p.settings = "sslmode=require"
	conn := p.connect(t, "postgres")
	pid := conn.PgConn().PID()
	secured, ok := conn.PgConn().Conn().(*tls.Conn)
	if !ok {
		t.Fatal("no TLS")
	}
	if err := secured.NetConn().Close(); err != nil {
		t.Fatal(err)
	}
	wantBackend(t, pid, false)
	if said := log.String(); said != "" {
		t.Error(said)
	}
}

// lockedBuffer is a log that is read while it is written.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// Health checks connect and leave, in whatever manner: they are not written down, and nobody connects to the server for them.
func TestProbes(t *testing.T) {
	log := &lockedBuffer{}
	var dialed atomic.Int32
	p := start(t, proxy.Config{PassOthers: true, ClientTLS: clientTLS(t, proxy.ClientTLSAllow), Log: slog.New(slog.NewTextHandler(log, nil)),
		Dial: func(ctx context.Context) (net.Conn, error) {
			dialed.Add(1)
			var d net.Dialer
			return d.DialContext(ctx, "tcp", cluster.Address())
		}})
	ssl := []byte{0, 0, 0, 8, 4, 210, 22, 47}
	for name, probe := range map[string]func(*net.TCPConn) error{
		"close":         (*net.TCPConn).Close,
		"half close":    (*net.TCPConn).CloseWrite,
		"reset":         func(c *net.TCPConn) error { return c.SetLinger(0) },
		"asks for TLS":  func(c *net.TCPConn) error { _, err := c.Write(ssl); return err },
		"a few bytes":   func(c *net.TCPConn) error { _, err := c.Write(ssl[:3]); return err },
		"TLS and reset": func(c *net.TCPConn) error { _, err := c.Write(ssl); return err },
	} {
		for range 20 {
			c, err := net.Dial("tcp", p.listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			if err := probe(c.(*net.TCPConn)); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(name, "reset") {
				_ = c.(*net.TCPConn).SetLinger(0)
			}
			_ = c.Close()
		}
	}
	if err := p.connect(t, "postgres").Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	if said := log.String(); said != "" || dialed.Load() != 1 {
		t.Errorf("%d connections to the server; logged:\n%s", dialed.Load(), said)
	}
}

// A client that writes for long before it reads, and whose answers are long, does not stand still.
func TestBothSidesWrite(t *testing.T) {
	s := startSafe(t)
	c := s.dial(t)
	const pairs = 40
	sent := make(chan error, 1)
	go func() {
		for range pairs {
			if _, err := c.Write(encode(query("SELECT repeat('x', 1000000)"), query("SELECT length('"+strings.Repeat("y", 1_000_000)+"')"))); err != nil {
				sent <- err
				return
			}
		}
		sent <- nil
	}()
	time.Sleep(300 * time.Millisecond) // by now both directions are full
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	for range 2 * pairs {
		if _, err := c.readUntil(ctx, ""); err != nil {
			t.Fatal(err)
		}
	}
	if err := <-sent; err != nil {
		t.Fatal(err)
	}
}
