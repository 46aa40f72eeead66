package proxy_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/proxy"
)

// A connection that ends at any byte, on either leg and in any manner, costs its own session and nothing else: what was acknowledged is there, what was
// not is there whole or not at all, nothing lies in the clear, and both connections end.

// deal is what a client does with the rows of one number: a transaction, a statement by itself, a query, a COPY.
func deal(n int) []pgproto3.FrontendMessage {
	return []pgproto3.FrontendMessage{
		query("BEGIN"),
		parse("", insertTitle), bind("", fmt.Sprint(10*n+1), "canary in a transaction"), execute, endSync,
		query("COMMIT"),
		query(fmt.Sprintf("INSERT INTO matters (id, title) VALUES (%d, 'canary by itself')", 10*n+2)),
		parse("", "SELECT title FROM matters WHERE id = $1"), &pgproto3.Describe{ObjectType: 'S'}, bind("", fmt.Sprint(10*n+1)), execute, endSync,
		query("COPY plain FROM STDIN"), &pgproto3.CopyData{Data: fmt.Appendf(nil, "%d\tcopied\n", 10*n+3)}, &pgproto3.CopyDone{},
	}
}

// acknowledged reads what the server says until the connection or the deal ends, and tells which rows it has confirmed.
func acknowledged(c *wireConn) (rows [4]bool) {
	for !rows[3] {
		typ, body, err := c.read()
		if err != nil {
			return rows
		}
		if typ != 'C' {
			continue
		}
		switch tag := strings.TrimRight(string(body), "\x00"); {
		case tag == "COMMIT":
			rows[1] = true
		case tag == "INSERT 0 1" && rows[1]:
			rows[2] = true
		case tag == "COPY 1":
			rows[3] = true
		}
	}
	return rows
}

// wantDeal looks at what is left of a deal.
func (s *safe) wantDeal(t *testing.T, n int, acknowledged [4]bool) {
	t.Helper()
	s.wantNoSessions(t)
	admin := cluster.Conn(t, s.name, "")
	defer func() { _ = admin.Close(context.Background()) }()
	for i := 1; i <= 3; i++ {
		table, column := "matters", "title"
		if i == 3 {
			table, column = "plain", "v"
		}
		var stored string
		err := admin.QueryRow(t.Context(), fmt.Sprintf("SELECT coalesce(max(%s), '') FROM %s WHERE id = %d", column, table, 10*n+i)).Scan(&stored)
		switch {
		case err != nil:
			t.Fatal(err)
		case acknowledged[i] && stored == "":
			t.Errorf("row %d was acknowledged and is not there", i)
		case i < 3 && stored != "" && !strings.HasPrefix(stored, "pgs1_"):
			t.Errorf("row %d holds %q", i, stored)
		}
	}
}

// wantNoSessions waits until neither the proxy nor the server has a session.
func (s *safe) wantNoSessions(t *testing.T) {
	t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for s.counters.Sessions.Load() != s.counters.SessionsEnded.Load() {
		if time.Now().After(deadline) {
			t.Fatal("the session goes on")
		}
		time.Sleep(time.Millisecond)
	}
}

// cuts are the places at which a conversation is cut: before, behind and in each message.
func cuts(messages []pgproto3.FrontendMessage) (at []int) {
	length := 0
	for _, m := range messages {
		at = append(at, length, length+1, length+6)
		length += len(encode(m))
	}
	return append(at, length)
}

func TestClientEndsAnywhere(t *testing.T) {
	s := startSafe(t)
	ends := map[string]func(*net.TCPConn) error{
		"close":      (*net.TCPConn).Close,
		"half-close": (*net.TCPConn).CloseWrite,
		"reset":      func(c *net.TCPConn) error { return errors.Join(c.SetLinger(0), c.Close()) },
	}
	n, whole := 100, 0 // three digits each
	for name, end := range ends {
		for _, at := range cuts(deal(n)) {
			n++
			c := s.dial(t)
			sent := encode(deal(n)...)
			if _, err := c.Write(sent[:at]); err != nil {
				t.Fatal(err)
			}
			var rows [4]bool
			switch {
			case at == len(sent):
				rows = acknowledged(c)
			case n%2 == 0:
				time.Sleep(2 * time.Millisecond) // until the server has begun to answer
			}
			if err := end(c.Conn.(*net.TCPConn)); err != nil {
				t.Fatal(err)
			}
			if at < len(sent) {
				rows = acknowledged(c)
			}
			_ = c.Close()
			if s.wantDeal(t, n, rows); t.Failed() {
				t.Fatalf("%s at byte %d", name, at)
			}
			if rows == [4]bool{1: true, 2: true, 3: true} {
				whole++
			}
		}
	}
	if whole != len(ends) {
		t.Errorf("%d deals were acknowledged as a whole", whole)
	}
}

// brokenConn ends once it has carried some number of bytes more, in one direction or the other.
type brokenConn struct {
	net.Conn
	reads, writes atomic.Int64 // bytes left
}

var errBroken = errors.New("broken by the test")

func (c *brokenConn) Read(b []byte) (int, error) { return c.carry(b, &c.reads, c.Conn.Read) }

func (c *brokenConn) Write(b []byte) (int, error) { return c.carry(b, &c.writes, c.Conn.Write) }

func (c *brokenConn) carry(b []byte, left *atomic.Int64, carry func([]byte) (int, error)) (int, error) {
	allowed := left.Load()
	if allowed <= 0 {
		_ = c.Close()
		return 0, errBroken
	}
	n, err := carry(b[:min(int64(len(b)), allowed)])
	left.Add(int64(-n))
	if err == nil && n < len(b) && left.Load() <= 0 {
		_ = c.Close()
		err = errBroken
	}
	return n, err
}

func TestServerEndsAnywhere(t *testing.T) {
	var last atomic.Pointer[brokenConn]
	s := startSafe(t, func(c *proxy.Config) {
		c.Dial = func(ctx context.Context) (net.Conn, error) {
			var d net.Dialer
			conn, err := d.DialContext(ctx, "tcp", cluster.Address())
			if err != nil {
				return nil, err
			}
			broken := &brokenConn{Conn: conn}
			broken.reads.Store(1 << 40)
			broken.writes.Store(1 << 40)
			last.Store(broken)
			return broken, nil
		}
	})
	n, whole := 0, 0
	for at := int64(1); at < 1000; at += 13 { // more than the deal's bytes in either direction
		for _, reading := range []bool{true, false} {
			n++
			c := s.dial(t)
			if broken := last.Load(); reading {
				broken.reads.Store(at)
			} else {
				broken.writes.Store(at)
			}
			c.send(t, deal(n)...)
			c.send(t, &pgproto3.Terminate{})
			rows := acknowledged(c)
			_ = c.Close()
			if s.wantDeal(t, n, rows); t.Failed() {
				t.Fatalf("at byte %d, reading: %v", at, reading)
			}
			if rows == [4]bool{1: true, 2: true, 3: true} {
				whole++
			}
		}
	}
	if whole == 0 || whole == n {
		t.Errorf("%d of %d deals were acknowledged as a whole", whole, n)
	}
}

// crumbs lets a byte at a time through.
type crumbs struct{ net.Conn }

func (c crumbs) Read(b []byte) (int, error) { return c.Conn.Read(b[:min(len(b), 1)]) }

func (c crumbs) Write(b []byte) (n int, err error) {
	for n < len(b) && err == nil {
		var m int
		m, err = c.Conn.Write(b[n : n+1])
		n += m
	}
	return n, err
}

type crumbListener struct{ net.Listener }

func (l crumbListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return crumbs{c}, nil
}

// Messages that come and go a byte at a time are answered as others are.
func TestByteByByte(t *testing.T) {
	s := startSafe(t, func(c *proxy.Config) {
		c.Dial = func(ctx context.Context) (net.Conn, error) {
			var d net.Dialer
			conn, err := d.DialContext(ctx, "tcp", cluster.Address())
			if err != nil {
				return nil, err
			}
			return crumbs{conn}, nil
		}
	})
	want := s.dial(t).answers(t, 6, deal(1)...)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	ctx, stop := context.WithCancel(t.Context())
	go func() { served <- s.Serve(ctx, crumbListener{listener}) }()
	c := dialWire(t, strings.Replace(s.url(s.name), s.listener.Addr().String(), listener.Addr().String(), 1))
	expect(t, want, c.answers(t, 6, deal(2)...))
	stop()
	if err := <-served; err != nil {
		t.Error(err)
	}
}

// The last words of a session arrive, however much the client has sent that nobody reads any more.
func TestLastWordsArrive(t *testing.T) {
	s := startSafe(t)
	admin := cluster.Conn(t, s.name, "")
	for range 5 {
		c := s.dial(t)
		c.send(t, query("SELECT pg_backend_pid()"))
		if _, err := c.readUntil(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
		flood := encode(query("SELECT repeat('x', 1000) FROM generate_series(1, 1500); SELECT pg_sleep(10)"), query("SELECT '"+strings.Repeat("x", 30<<20)+"'"))
		sent := make(chan error, 1)
		go func() { _, err := c.Write(flood); sent <- err }()
		time.Sleep(20 * time.Millisecond)
		if _, err := admin.Exec(t.Context(), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(20 * time.Millisecond) // what the kernel takes back, it takes back by now
		typ, body, err := c.read()
		for err == nil && typ != 'E' {
			typ, body, err = c.read()
		}
		if err != nil || typ != 'E' || !strings.Contains(string(body), "57P01") {
			t.Errorf("%c %q, %v", typ, body, err)
		}
		_ = c.Close()
		<-sent
	}
}
