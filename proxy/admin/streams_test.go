package admin_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
	"github.com/legatics/pgseal/testenv/certs"
)

// serveDoor starts a server by TLS whose pages are behind a Guard, and gives its address.
func serveDoor(t *testing.T) string {
	t.Helper()
	users := filepath.Join(t.TempDir(), "users.yaml")
	hash, err := access.HashPassword("correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(users, fmt.Appendf(nil, "version: 1\nusers:\n  vera: {role: viewer, password: %q}\n", hash), 0o600); err != nil {
		t.Fatal(err)
	}
	key, err := crypto.NewControlKey(bytes.Repeat([]byte{42}, 32))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(key.Destroy)
	guard, err := access.New(access.Config{UsersFile: users, Key: key, TLS: true})
	if err != nil {
		t.Fatal(err)
	}
	authority, err := certs.NewAuthority("admin")
	if err != nil {
		t.Fatal(err)
	}
	pair, err := authority.Issue("localhost", "127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	cert, err := tls.X509KeyPair([]byte(pair.Certificate), []byte(pair.Key))
	if err != nil {
		t.Fatal(err)
	}
	server := admin.New(admin.Config{Log: slog.New(slog.DiscardHandler), Ready: func(context.Context) error { return nil }, Metrics: prometheus.NewRegistry(), Pages: guard.Wrap(http.NotFoundHandler()),
		TLS: &tls.Config{Certificates: []tls.Certificate{cert}, NextProtos: []string{"h2", "http/1.1"}}})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	t.Cleanup(func() {
		now, stop := context.WithCancel(context.Background())
		stop()
		_ = server.Close(now)
		if err := <-ended; err != nil {
			t.Error(err)
		}
		guard.Close()
	})
	return listener.Addr().String()
}

// stranger is a client of HTTP/2 that keeps to the protocol, and to nothing else.
type stranger struct {
	t       *testing.T
	conn    net.Conn
	framer  *http2.Framer
	headers bytes.Buffer
	encoder *hpack.Encoder

	allowed  map[uint32]int // bytes that the server takes of a stream; 0: of all
	initial  int
	streams  int // that the server takes at a time
	answered map[uint32]string
	refused  map[uint32]bool
}

func connect(t *testing.T, at string) *stranger {
	t.Helper()
	// The server's certificate is not what is tested.
	conn, err := tls.Dial("tcp", at, &tls.Config{InsecureSkipVerify: true, NextProtos: []string{"h2"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if p := conn.ConnectionState().NegotiatedProtocol; p != "h2" {
		t.Fatalf("protocol %q", p)
	}
	_ = conn.SetDeadline(time.Now().Add(2 * time.Minute))
	s := &stranger{t: t, conn: conn, framer: http2.NewFramer(conn, conn), allowed: map[uint32]int{0: 65535}, initial: 65535, answered: map[uint32]string{}, refused: map[uint32]bool{}}
	s.framer.ReadMetaHeaders = hpack.NewDecoder(4096, nil)
	s.encoder = hpack.NewEncoder(&s.headers)
	s.must(io.WriteString(conn, http2.ClientPreface))
	s.must(0, s.framer.WriteSettings())
	s.ping()
	return s
}

func (s *stranger) must(_ int, err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// begin sends the head of a form.
func (s *stranger) begin(id uint32, headers ...string) {
	s.headers.Reset()
	for _, h := range [][2]string{{":method", "POST"}, {":scheme", "https"}, {":authority", "127.0.0.1"}, {":path", "/login"}, {"content-type", "application/x-www-form-urlencoded"}} {
		_ = s.encoder.WriteField(hpack.HeaderField{Name: h[0], Value: h[1]})
	}
	for i := 0; i < len(headers); i += 2 {
		_ = s.encoder.WriteField(hpack.HeaderField{Name: headers[i], Value: headers[i+1]})
	}
	s.allowed[id] = s.initial
	s.must(0, s.framer.WriteHeaders(http2.HeadersFrameParam{StreamID: id, BlockFragment: s.headers.Bytes(), EndHeaders: true}))
}

// send sends as much of a body as the server takes, up to n bytes, and never its end.
func (s *stranger) send(id uint32, n int) (sent int) {
	for s.answered[id] == "" && !s.refused[id] {
		part := min(n-sent, s.allowed[id], s.allowed[0], 16<<10)
		if part <= 0 {
			return sent
		}
		if err := s.framer.WriteData(id, false, bytes.Repeat([]byte("x"), part)); err != nil {
			s.t.Fatal(err)
		}
		s.allowed[id], s.allowed[0], sent = s.allowed[id]-part, s.allowed[0]-part, sent+part
	}
	return sent
}

// ping reads what the server sends until it has seen all that was sent.
func (s *stranger) ping() {
	s.t.Helper()
	data := [8]byte{1}
	s.must(0, s.framer.WritePing(false, data))
	for {
		frame, err := s.framer.ReadFrame()
		if err != nil {
			s.t.Fatal(err)
		}
		switch f := frame.(type) {
		case *http2.PingFrame:
			if f.IsAck() {
				return
			}
		case *http2.SettingsFrame:
			if f.IsAck() {
				continue
			}
			if v, ok := f.Value(http2.SettingInitialWindowSize); ok {
				s.initial = int(v)
			}
			if v, ok := f.Value(http2.SettingMaxConcurrentStreams); ok {
				s.streams = int(v)
			}
			s.must(0, s.framer.WriteSettingsAck())
		case *http2.WindowUpdateFrame:
			s.allowed[f.StreamID] += int(f.Increment)
		case *http2.MetaHeadersFrame:
			s.answered[f.StreamID] = f.PseudoValue("status")
		case *http2.RSTStreamFrame:
			s.refused[f.StreamID] = true
		}
	}
}

// shown gets the log-in page as a browser would, and gives its cookie.
func shown(t *testing.T, at string) string {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DisableKeepAlives: true}}
	res, err := client.Get("https://" + at + "/login")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	for _, c := range res.Cookies() {
		return c.Name + "=" + c.Value
	}
	t.Fatal("the page has no cookie")
	return ""
}

// held is what the program holds, in bytes.
func held() int {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc + m.StackInuse)
}

// TestStrangersHoldLittle: whoever comes by HTTP/2 and begins as many forms as he can, with as much in them as is taken and no end, has the program hold little.
func TestStrangersHoldLittle(t *testing.T) {
	at := serveDoor(t)
	cookie := shown(t, at)
	for name, headers := range map[string][]string{"shown the page": {"cookie", cookie}, "not shown the page": nil} {
		t.Run(name, func(t *testing.T) {
			const connections, body = 16, 128 << 10
			before := held()
			begun, answered, taken := 0, 0, 0
			var all []*stranger
			for range connections {
				s := connect(t, at)
				all = append(all, s)
				for i := range 50 { // who keeps to what the server says
					if i < s.streams {
						s.begin(uint32(2*i+1), headers...)
						begun++
					}
				}
			}
			for range 4 { // a part, and what is taken behind it
				for _, s := range all {
					s.ping()
					for id := range s.allowed {
						if id != 0 {
							taken += s.send(id, body/4)
						}
					}
				}
			}
			for _, s := range all {
				s.ping()
				answered += len(s.answered)
			}
			holds := held() - before
			t.Logf("%d forms on %d connections: %d KiB sent, %d answered, %d KiB held", begun, connections, taken>>10, answered, holds>>10)
			if begun > connections*16 || answered == 0 || holds > 16<<20 {
				t.Errorf("%d forms were begun, %d were answered, %d KiB are held", begun, answered, holds>>10)
			}
			for _, s := range all {
				_ = s.conn.Close()
			}
		})
	}
}

// TestTooManyStreams: who begins more at a time than the server says is told so, and no more of his requests is begun.
func TestTooManyStreams(t *testing.T) {
	at := serveDoor(t)
	s := connect(t, at)
	cookie := shown(t, at)
	for i := range 40 {
		s.begin(uint32(2*i+1), "cookie", cookie)
	}
	s.ping()
	if s.streams != 16 || len(s.refused) != 40-16 || len(s.answered) != 0 {
		t.Errorf("of %d streams that are allowed at a time, %d of 40 were refused, %d answered", s.streams, len(s.refused), len(s.answered))
	}
}

// TestLargeHeads: a head below its bound, whatever is in it, holds no more than a few times as much.
func TestLargeHeads(t *testing.T) {
	at := serveDoor(t)
	cookie := shown(t, at)
	var headers []string
	for i := range 400 { // as many fields as fit: each costs more than its bytes
		headers = append(headers, fmt.Sprintf("x%d", i), "")
	}
	headers = append(headers, "cookie", cookie)
	before := held()
	var all []*stranger
	for range 16 {
		s := connect(t, at)
		for i := range s.streams {
			s.begin(uint32(2*i+1), headers...)
		}
		s.ping()
		if len(s.answered)+len(s.refused) != 0 {
			t.Fatalf("%d were answered: %v", len(s.answered), s.answered)
		}
		all = append(all, s)
	}
	holds := held() - before
	t.Logf("%d connections with %d requests each: %d KiB held, %d each", len(all), all[0].streams, holds>>10, holds/len(all)/all[0].streams)
	if holds > 40<<20 {
		t.Errorf("%d KiB are held", holds>>10)
	}
}
