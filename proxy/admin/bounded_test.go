package admin

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/goleak"
)

// elsewhere is a listener to which 127.N.0.x comes from 192.0.2.N, for all N but 0.
type elsewhere struct{ net.Listener }

func (e elsewhere) Accept() (net.Conn, error) {
	conn, err := e.Listener.Accept()
	return from{conn}, err
}

type from struct{ net.Conn }

func (f from) RemoteAddr() net.Addr {
	at := f.Conn.RemoteAddr().(*net.TCPAddr)
	if n := at.IP.To4()[1]; n != 0 {
		return &net.TCPAddr{IP: net.IPv4(192, 0, 2, n), Port: at.Port}
	}
	return at
}

// served is a server whose clients may come from elsewhere.
type served struct {
	t      *testing.T
	at     string
	server *Server
}

func serveElsewhere(t *testing.T) *served {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	pages := http.NewServeMux()
	s := &served{t: t, at: l.Addr().String()}
	under := make(chan struct{})
	pages.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		_ = http.NewResponseController(w).Flush()
		select {
		case <-under:
		case <-r.Context().Done():
		}
	})
	s.server = New(Config{Ready: func(context.Context) error { return nil }, Metrics: prometheus.NewRegistry(), Pages: pages})
	ended := make(chan error, 1)
	go func() { ended <- s.server.Serve(elsewhere{l}) }()
	t.Cleanup(func() {
		close(under)
		if err := s.server.http.Close(); err != nil {
			t.Error(err)
		}
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return s
}

// dial connects from 192.0.2.N, or from this machine itself where n is 0.
func (s *served) dial(n byte) net.Conn {
	s.t.Helper()
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, n, 0, 1)}}
	conn, err := d.Dial("tcp", s.at)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(time.Minute))
	return conn
}

// get sends a request over a connection that is kept, and reads the answer's head.
func get(conn net.Conn, path string) (status string, err error) {
	if _, err := fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: pgseal\r\n\r\n", path); err != nil {
		return "", err
	}
	return bufio.NewReader(conn).ReadString('\n')
}

func wantOK(t *testing.T, who string, conn net.Conn) {
	t.Helper()
	if status, err := get(conn, "/live"); !strings.Contains(status, "200") {
		t.Errorf("%s is answered %q, %v", who, status, err)
	}
}

func wantEnd(t *testing.T, who string, conn net.Conn) {
	t.Helper()
	if n, err := io.Copy(io.Discard, conn); err != nil && isTimeout(err) {
		t.Errorf("%s is not closed (%d, %v)", who, n, err)
	}
}

// TestProbesGetThrough: however many connections strangers hold, and with whatever is done on them, whoever comes is answered: a probe from elsewhere, one of this machine, and
// one of the strangers' own address; and a stranger's request that is under way goes last.
func TestProbesGetThrough(t *testing.T) {
	defer goleak.VerifyNone(t)
	t.Run("held", func(t *testing.T) {
		s := serveElsewhere(t)
		var strangers []net.Conn
		for n := byte(1); n <= 9; n++ { // more than there is room for
			for i := range maxOfAddress {
				conn := s.dial(n)
				switch {
				case i == 0: // one of each has a request under way
					if status, err := get(conn, "/slow"); !strings.Contains(status, "200") {
						t.Fatalf("a stranger is answered %q, %v", status, err)
					}
				case n <= 8:
					wantOK(t, "a stranger", conn)
				}
				strangers = append(strangers, conn)
			}
		}
		for range 3 {
			wantOK(t, "a probe from elsewhere", s.dial(100))
			wantOK(t, "a probe of this machine", s.dial(0))
			wantOK(t, "a probe behind a stranger's address", s.dial(8))
		}
		held := 0
		for n := range 9 { // none of those was closed
			conn := strangers[n*maxOfAddress]
			_ = conn.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
			if _, err := io.Copy(io.Discard, conn); err != nil && isTimeout(err) {
				held++
			}
		}
		if held != 9 {
			t.Errorf("of 9 requests under way %d are left", held)
		}
		wantEnd(t, "the first of those on which nothing is done", strangers[1])
	})
}

func isTimeout(err error) bool {
	e, ok := err.(net.Error)
	return ok && e.Timeout()
}

// TestWhoGoes: one address holds so many, with IPv6 one network, and all so many together; for each that is more one goes of whoever holds most.
func TestWhoGoes(t *testing.T) {
	b := newBounded(nil)
	of := func(s string) *counted {
		return &counted{of: b, who: network(net.TCPAddrFromAddrPort(netip.AddrPortFrom(netip.MustParseAddr(s), 1000)))}
	}
	begins := map[string]*counted{}
	for i := range maxOfAddress {
		for _, address := range []string{"2001:db8::1", "::ffff:192.0.2.1", "127.0.0.1"} {
			c := of(address)
			if b.admit(c) != nil {
				t.Fatal("one goes too early")
			}
			if i == 0 {
				begins[address] = c
			}
		}
	}
	begins["2001:db8::1"].busy = true
	second := b.holds[begins["2001:db8::1"].who][1]
	for address, want := range map[string]*counted{"2001:db8::2": second, "192.0.2.1": begins["::ffff:192.0.2.1"], "127.0.0.1": nil, "::1": nil, "2001:db8:0:1::1": nil, "192.0.2.2": nil} {
		if got := b.admit(of(address)); got != want {
			t.Errorf("%s: another goes than the one that should", address)
		}
	}
	for i := 0; b.all < maxConnections; i++ {
		b.admit(of(fmt.Sprintf("198.51.100.%d", i%250)))
	}
	if gone := b.admit(of("203.0.113.1")); gone != begins["127.0.0.1"] {
		t.Error("not the first one of whoever holds most goes")
	}
	if b.all != maxConnections {
		t.Errorf("%d are counted", b.all)
	}
	for _, held := range b.holds {
		for _, c := range append([]*counted{}, held...) {
			b.forget(c)
			b.forget(c) // counts once
		}
	}
	if b.all != 0 || len(b.holds) != 0 {
		t.Errorf("%d are left, of %v", b.all, b.holds)
	}
}
