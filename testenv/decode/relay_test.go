package decode

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgproto3/v2"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
	"go.uber.org/goleak"

	"github.com/legatics/pgseal/testenv/postgres"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestPostgres: PostgreSQL itself commits no violation, and what went over the
// wire is found again.
func TestPostgres(t *testing.T) {
	cluster := postgres.Start(t, postgres.Options{Auth: "scram-sha-256"})
	relay, through := Between(t, cluster.URL("postgres", ""))
	conn, err := pgx.Connect(t.Context(), through)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	before := relay.Messages()
	for range 3 {
		var text string
		if err := conn.QueryRow(t.Context(), "select $1::text || '-back'", "there").Scan(&text); err != nil || text != "there-back" {
			t.Fatalf("%q, %v", text, err)
		}
	}
	if n := relay.Messages() - before; n < 12 {
		t.Errorf("only %d messages were decoded", n)
	}
	if !relay.Carried([]byte("there-back")) || relay.Carried([]byte("never said")) {
		t.Error("what was carried is not what was said")
	}

	// A cancel request is a connection of its own.
	began := time.Now()
	pgErr := (*pgconn.PgError)(nil)
	config, err := pgx.ParseConfig(through)
	if err != nil {
		t.Fatal(err)
	}
	config.BuildContextWatcherHandler = func(c *pgconn.PgConn) ctxwatch.Handler {
		return &pgconn.CancelRequestContextWatcherHandler{Conn: c, DeadlineDelay: 20 * time.Second}
	}
	slow, err := pgx.ConnectConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Close(context.WithoutCancel(t.Context()))
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	_, err = slow.Exec(ctx, "select pg_sleep(20)")
	if !errors.As(err, &pgErr) || pgErr.Code != "57014" {
		t.Errorf("cancelled statement: %v after %s", err, time.Since(began))
	}
}

// liar is a server that accepts one connection, waits for so many messages of
// the client after its first, and then says what it was told to, or hangs up.
func liar(t *testing.T, waitFor int, say ...pgproto3.BackendMessage) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	t.Cleanup(func() {
		l.Close()
		<-done
	})
	go func() {
		defer close(done)
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		r := bufio.NewReader(conn)
		readFirst(r)
		for _, m := range []pgproto3.BackendMessage{&pgproto3.AuthenticationOk{}, idle('I')} {
			send(conn, m)
		}
		for range waitFor {
			readFrame(r)
		}
		for _, m := range say {
			send(conn, m)
		}
		if len(say) > 0 { // else it hangs up
			io.Copy(io.Discard, r)
		}
	}()
	return l.Addr().String()
}

func send(conn net.Conn, m pgproto3.BackendMessage) {
	if raw, err := m.Encode(nil); err == nil {
		conn.Write(raw)
	}
}

// TestLiars: a server's violations are found, reported once, and the bytes
// reach the client all the same.
func TestLiars(t *testing.T) {
	for _, c := range []struct {
		name    string
		waitFor int
		say     []pgproto3.BackendMessage
		want    string
	}{
		{"honest", 1, []pgproto3.BackendMessage{done("SET"), idle('I')}, ""},
		{"out of turn", 1, []pgproto3.BackendMessage{idle('I')}, "before an answer to Query"},
		{"one answer too many", 1, []pgproto3.BackendMessage{done("SET"), idle('I'), done("SET"), idle('I')}, "answers nothing"},
		{"wrong status", 1, []pgproto3.BackendMessage{done("SET"), idle('E')}, "no transaction was begun"},
		{"hangs up", 1, nil, "the connection ended while Query was unanswered"},
	} {
		t.Run(c.name, func(t *testing.T) {
			relay, err := Listen(liar(t, c.waitFor, c.say...))
			if err != nil {
				t.Fatal(err)
			}
			got := converse(t, relay.Addr())
			err = relay.Close()
			if !matches(err, c.want) {
				t.Errorf("violation %v, want one with %q", err, c.want)
			}
			if n := len(relay.Violations()); n > 1 {
				t.Errorf("%d violations of one connection", n)
			}
			var want []byte
			for _, m := range c.say {
				raw, _ := m.Encode(nil)
				want = append(want, raw...)
			}
			if !strings.HasSuffix(string(got), string(want)) {
				t.Errorf("the client got %q, want it to end in %q", got, want)
			}
		})
	}
}

// converse is a client that logs in, sends one query and reads for a while.
func converse(t *testing.T, address string) []byte {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	start, err := (&pgproto3.StartupMessage{ProtocolVersion: 196608, Parameters: map[string]string{"user": "x"}}).Encode(nil)
	if err != nil {
		t.Fatal(err)
	}
	query, err := (&pgproto3.Query{String: "set x = 1"}).Encode(nil)
	if err != nil {
		t.Fatal(err)
	}
	conn.Write(append(start, query...))
	conn.SetReadDeadline(time.Now().Add(300 * time.Millisecond))
	got, _ := io.ReadAll(conn)
	return got
}

// TestTLS: what cannot be read is reported, and passes.
func TestTLS(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	served := make(chan struct{})
	go func() {
		defer close(served)
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		r := bufio.NewReader(conn)
		readFirst(r)
		conn.Write([]byte("S"))
		io.Copy(conn, r) // an echo in place of TLS
	}()
	relay, err := Listen(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", relay.Addr())
	if err != nil {
		t.Fatal(err)
	}
	conn.Write([]byte("\x00\x00\x00\x08\x04\xd2\x16\x2f"))
	conn.Write([]byte("anything"))
	got := make([]byte, 9)
	conn.SetReadDeadline(time.Now().Add(30 * time.Second))
	if _, err := io.ReadFull(conn, got); err != nil || string(got) != "Sanything" {
		t.Errorf("got %q, %v", got, err)
	}
	conn.Close()
	if err := relay.Close(); !matches(err, "request for encryption") {
		t.Errorf("violation %v", err)
	}
	<-served
}

// TestCloses: Close ends connections that nobody else ends.
func TestCloses(t *testing.T) {
	relay, err := Listen(liar(t, 1))
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", relay.Addr())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.Write([]byte("\x00\x00\x00\x08\x00\x03\x00\x00"))
	one := make([]byte, 1)
	if _, err := io.ReadFull(conn, one); err != nil {
		t.Fatal(err)
	}
	if err := relay.Close(); err != nil {
		t.Errorf("violation %v", err)
	}
}
