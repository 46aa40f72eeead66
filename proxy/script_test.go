package proxy

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"log/slog"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"
)

// scripted is a session whose client and server are played by the test: for what a real server does only when it misbehaves or dies. What is
// written to either side waits until it is read.
type scripted struct {
	*session
	client, server *peer
	lifted         *atomic.Pointer[func()] // called once when the read deadline of the server's leg is lifted
	ended          chan struct{}
}

// startScripted starts a session that has logged in.
func startScripted(t *testing.T) *scripted {
	s := startLoggingIn(t)
	s.server.send(&pgproto3.AuthenticationOk{}, &pgproto3.BackendKeyData{ProcessID: 1, SecretKey: []byte{1, 2, 3, 4}}, &pgproto3.ReadyForQuery{TxStatus: 'I'})
	s.client.want("RKZ")
	return s
}

// startLoggingIn starts a session whose server has not answered yet.
func startLoggingIn(t *testing.T) *scripted {
	t.Helper()
	client, clientLeg := net.Pipe()
	server, serverLeg := net.Pipe()
	dial := func(context.Context) (net.Conn, error) { return nil, errors.New("no cancel requests here") }
	srv := New(Config{Dial: dial, Log: slog.New(slog.DiscardHandler)})
	late := &lateConn{Conn: serverLeg}
	s := &scripted{
		session: &session{server: srv, log: srv.log, client: clientLeg, upstream: late, host: dial, queue: newQueue(), readyCh: make(chan struct{})},
		client:  &peer{t, client}, server: &peer{t, server}, lifted: &late.lifted, ended: make(chan struct{}),
	}
	s.settings.Store(&settings{utf8: true, standardStrings: true})
	for _, c := range []net.Conn{client, server} {
		_ = c.SetDeadline(time.Now().Add(30 * time.Second))
	}
	go func() { defer close(s.ended); s.run(t.Context()) }()
	t.Cleanup(func() {
		_, _ = client.Close(), server.Close()
		s.wait(t)
		if n := srv.counters.Desyncs.Load(); n != 0 {
			t.Errorf("%d sessions out of step", n)
		}
	})
	return s
}

// wait waits for the session's end.
func (s *scripted) wait(t *testing.T) {
	t.Helper()
	select {
	case <-s.ended:
	case <-time.After(30 * time.Second):
		t.Error("the session does not end")
	}
}

// peer is one end of the session, in the test's hand.
type peer struct {
	t *testing.T
	net.Conn
}

func (p *peer) send(messages ...interface {
	Encode(dst []byte) ([]byte, error)
}) {
	p.t.Helper()
	var out []byte
	for _, m := range messages {
		var err error
		if out, err = m.Encode(out); err != nil {
			p.t.Error(err)
			return
		}
	}
	p.write(out)
}

func (p *peer) write(b []byte) {
	p.t.Helper()
	if _, err := p.Write(b); err != nil {
		p.t.Errorf("write: %v", err)
	}
}

// want reads messages of these types.
func (p *peer) want(types string) (bodies [][]byte) {
	p.t.Helper()
	for i := range types {
		typ, body, err := p.read()
		if err != nil || typ != types[i] {
			p.t.Fatalf("message %d is %q (%v), want %q; body %q", i, typ, err, types[i], body)
		}
		bodies = append(bodies, body)
	}
	return bodies
}

// wantError reads an ErrorResponse of that code.
func (p *peer) wantError(severity, code string) {
	p.t.Helper()
	var e pgproto3.ErrorResponse
	if err := e.Decode(p.want("E")[0]); err != nil || e.Severity != severity || e.Code != code {
		p.t.Fatalf("%+v, %v; want %s %s", e, err, severity, code)
	}
}

// wantEnd reads up to the connection's end, where nothing more may come.
func (p *peer) wantEnd() {
	p.t.Helper()
	if rest, err := io.ReadAll(p); err != nil || len(rest) > 0 {
		p.t.Fatalf("%q, %v; want the end", rest, err)
	}
}

func (p *peer) read() (typ byte, body []byte, err error) {
	var head [5]byte
	if _, err := io.ReadFull(p, head[:]); err != nil {
		return 0, nil, err
	}
	body = make([]byte, binary.BigEndian.Uint32(head[1:])-4)
	_, err = io.ReadFull(p, body)
	return head[0], body, err
}

func query(sql string) *pgproto3.Query { return &pgproto3.Query{String: sql} }

func row(value []byte) []byte {
	out, _ := (&pgproto3.DataRow{Values: [][]byte{value}}).Encode(nil)
	return out
}

// What is complete goes on at once, though the other side has sent the beginning of a message behind it and takes its time.
func TestNothingWaitsForTheRestOfAMessage(t *testing.T) {
	s := startScripted(t)
	next, _ := query("SELECT 2").Encode(nil)
	first, _ := query("SELECT 1").Encode(nil)
	s.client.write(append(first, next[:7]...))
	s.server.want("Q")
	complete, partial := row([]byte("1")), row([]byte("2"))
	s.server.write(append(complete, partial[:9]...))
	s.client.want("D")
	go s.server.write(partial[9:])
	s.client.want("D")
	go s.client.write(next[7:])
	s.server.want("Q")
}

// A server that dies in the middle of a message: the client is not told so within the message.
func TestServerDiesWithinAMessage(t *testing.T) {
	s := startScripted(t)
	s.client.send(query("SELECT 1"))
	s.server.want("Q")
	long := row(bytes.Repeat([]byte("x"), 1000))
	s.server.write(long[:500])
	_ = s.server.Close()
	if got, err := io.ReadAll(s.client); err != nil || !bytes.Equal(got, long[:500]) {
		t.Errorf("%d bytes, %v, want 500: %q", len(got), err, got[min(500, len(got)):])
	}
}

// A server that dies between messages.
func TestServerDies(t *testing.T) {
	s := startScripted(t)
	s.client.send(query("SELECT 1"))
	s.server.want("Q")
	_ = s.server.Close()
	s.client.wantError("FATAL", codeConnectionFailure)
	s.client.wantEnd()
}

// A drain does not disturb a session that is busy, not in the middle of a message either; the session ends with its transaction.
func TestDrainWithinAMessage(t *testing.T) {
	s := startScripted(t)
	s.client.send(query("BEGIN; SELECT 1"))
	s.server.want("Q")
	long := row(bytes.Repeat([]byte("x"), 1000))
	go func() {
		_, _ = s.server.Write(long[:500])
		s.drain()
		time.Sleep(10 * time.Millisecond)
		_, _ = s.server.Write(long[500:])
	}()
	s.client.want("D")
	s.server.send(&pgproto3.CommandComplete{CommandTag: []byte("SELECT 1")}, &pgproto3.ReadyForQuery{TxStatus: 'T'})
	s.client.want("CZ")
	s.client.send(query("COMMIT"))
	s.server.want("Q")
	s.server.send(&pgproto3.CommandComplete{CommandTag: []byte("COMMIT")}, &pgproto3.ReadyForQuery{TxStatus: 'I'})
	s.client.want("CZ")
	s.client.wantError("FATAL", codeAdminShutdown)
	s.client.wantEnd()
}

// A drain that meets an idle session in the middle of a notification ends it behind that.
func TestDrainWithinANotification(t *testing.T) {
	s := startScripted(t)
	note, _ := (&pgproto3.NotificationResponse{Channel: "c", Payload: "payload"}).Encode(nil)
	go func() {
		_, _ = s.server.Write(note[:10])
		s.drain()
		time.Sleep(10 * time.Millisecond)
		_, _ = s.server.Write(note[10:])
	}()
	s.client.want("A")
	s.client.wantError("FATAL", codeAdminShutdown)
	s.client.wantEnd()
}

// A drain during the log-in says so.
func TestDrainDuringLogIn(t *testing.T) {
	s := startLoggingIn(t)
	s.drain()
	s.client.wantError("FATAL", codeAdminShutdown)
	s.client.wantEnd()
}

// A drain while the log-in ends is not forgotten.
func TestDrainAtTheEndOfLogIn(t *testing.T) {
	s := startLoggingIn(t)
	s.server.send(&pgproto3.AuthenticationOk{})
	s.client.want("R")
	s.stopping.Store(true) // its deadline falls with the log-in's
	s.server.send(&pgproto3.ReadyForQuery{TxStatus: 'I'})
	s.client.want("Z")
	s.client.wantError("FATAL", codeAdminShutdown)
	s.client.wantEnd()
}

// lateConn has something happen at the moment when the read deadline is lifted.
type lateConn struct {
	net.Conn
	lifted atomic.Pointer[func()]
}

func (c *lateConn) SetReadDeadline(t time.Time) error {
	if f := c.lifted.Load(); f != nil && t.IsZero() && c.lifted.CompareAndSwap(f, nil) {
		(*f)()
	}
	return c.Conn.SetReadDeadline(t)
}

// Whoever ends the session at the very moment when the pump lifts the deadline that has woken it, is heard.
func TestNoWakeUpIsLost(t *testing.T) {
	s := startScripted(t)
	s.client.send(query("BEGIN"))
	s.server.want("Q")
	s.server.send(&pgproto3.CommandComplete{CommandTag: []byte("BEGIN")}, &pgproto3.ReadyForQuery{TxStatus: 'T'})
	s.client.want("CZ")
	end := func() { s.end(errShutdown) }
	s.lifted.Store(&end)
	s.drain() // only wakes: a transaction is open
	s.client.wantError("FATAL", codeAdminShutdown)
	s.client.wantEnd()
}

// After a FATAL of the server nothing more is said.
func TestOneFatalOnly(t *testing.T) {
	s := startScripted(t)
	s.server.send(&pgproto3.ErrorResponse{Severity: "FATAL", SeverityUnlocalized: "FATAL", Code: "57P01", Message: "terminating"})
	s.client.wantError("FATAL", "57P01")
	s.end(errShutdown)
	s.client.wantEnd()
}

// A client that does not read cannot keep its session from ending.
func TestClientThatDoesNotRead(t *testing.T) {
	for _, test := range []struct {
		name string
		end  func(s *scripted)
	}{
		{"killed", func(s *scripted) { s.end(errShutdown) }},
		{"has sent Terminate", func(s *scripted) { s.client.send(&pgproto3.Terminate{}) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel() // they wait for a time-out
			s := startScripted(t)
			s.client.send(query("SELECT 1"))
			s.server.want("Q")
			go func() {
				for range 100 {
					if _, err := s.server.Write(row(bytes.Repeat([]byte("x"), 8000))); err != nil {
						return
					}
				}
			}()
			go func() { _, _ = io.Copy(io.Discard, s.server) }()
			time.Sleep(20 * time.Millisecond) // the pump is stuck in a write to the client
			test.end(s)
			s.wait(t)
		})
	}
}

// A message of impossible length is the client's fault, and it is told so.
func TestImpossibleLength(t *testing.T) {
	s := startScripted(t)
	s.client.write([]byte{'Q', 0xff, 0xff, 0xff, 0xff})
	s.client.wantError("FATAL", codeProtocolViolation)
	s.client.wantEnd()
}

// An error longer than what is looked into is an error all the same: the requests behind it are passed over.
func TestLongError(t *testing.T) {
	s := startScripted(t)
	s.client.send(&pgproto3.Parse{Query: "x"}, &pgproto3.Bind{}, &pgproto3.Execute{}, &pgproto3.Sync{})
	s.server.want("PBES")
	long := &pgproto3.ErrorResponse{Severity: "ERROR", SeverityUnlocalized: "ERROR", Code: "P0001", Message: string(bytes.Repeat([]byte("m"), 2*errorLimit))}
	go s.server.send(long, &pgproto3.ReadyForQuery{TxStatus: 'I'})
	s.client.wantError("ERROR", "P0001")
	s.client.want("Z")
	if !s.queue.idle() {
		t.Error("not in step")
	}
}

// A setting longer than any that is taken note of passes.
func TestLongSetting(t *testing.T) {
	s := startScripted(t)
	go s.server.send(&pgproto3.ParameterStatus{Name: "search_path", Value: string(bytes.Repeat([]byte("a,"), 64<<10))})
	s.client.want("S")
}

// What a large message has taken is given back at the end of the segment.
func TestLargeMessagesAreGivenBack(t *testing.T) {
	var toServer, toClient bytes.Buffer
	req, res := offlinePumps(nil, &toServer, &toClient)
	req.message, req.plain = make([]byte, 1<<20), make([]byte, 1<<20)
	res.message, res.raw = make([]byte, 1<<20), make([]byte, 1<<20)
	req.feed(t, query(string(bytes.Repeat([]byte("q"), 1<<20))), &pgproto3.Sync{})
	res.feed(t, &pgproto3.ReadyForQuery{TxStatus: 'I'})
	if req.message != nil || req.plain != nil || res.message != nil || res.raw != nil {
		t.Error("scratch memory is kept")
	}
}
