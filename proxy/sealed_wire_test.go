package proxy_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/proxy"
	"github.com/legatics/pgseal/proxy/plan"
)

// Messages in an order, of a form or at a time that drivers do not use.

func (s *safe) dial(t testing.TB) *wireConn { return dialWire(t, s.url(s.name)) }

// answers writes the messages at once and reads up to as many ReadyForQuery; of each message it tells the type, of errors the code too, of
// ReadyForQuery the status.
func (c *wireConn) answers(t testing.TB, ready int, messages ...pgproto3.FrontendMessage) string {
	t.Helper()
	c.send(t, messages...)
	return c.told(t, ready)
}

func (c *wireConn) told(t testing.TB, ready int) string {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	var out []string
	for range ready {
		trace, err := c.readUntil(ctx, "")
		for _, line := range trace {
			fields := strings.Fields(line)
			switch fields[0] {
			case "E":
				out = append(out, fields[2])
			case "Z":
				out = append(out, strings.Trim(fields[1], `"`))
			case "S", "N":
			default:
				out = append(out, fields[0])
			}
		}
		if err != nil {
			t.Fatalf("%s, then %v", strings.Join(out, " "), err)
		}
	}
	return strings.Join(out, " ")
}

func expect(t testing.TB, want, got string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(- want, + got)\n%s", diff)
	}
}

func parse(name, sql string) *pgproto3.Parse { return &pgproto3.Parse{Name: name, Query: sql} }

func bind(name string, args ...string) *pgproto3.Bind {
	m := &pgproto3.Bind{PreparedStatement: name}
	for _, a := range args {
		m.Parameters = append(m.Parameters, []byte(a))
	}
	return m
}

var (
	execute = &pgproto3.Execute{}
	flush   = &pgproto3.Flush{}
	endSync = &pgproto3.Sync{}
)

func query(sql string) *pgproto3.Query { return &pgproto3.Query{String: sql} }

const insertTitle = "INSERT INTO matters (id, title) VALUES ($1, $2)"

// recorder keeps what the proxy sends to the server.
type recorder struct {
	mu   sync.Mutex
	sent bytes.Buffer
}

type recorded struct {
	net.Conn
	r *recorder
}

func (c recorded) Write(b []byte) (int, error) {
	c.r.mu.Lock()
	c.r.sent.Write(b)
	c.r.mu.Unlock()
	return c.Conn.Write(b)
}

func (r *recorder) dial(ctx context.Context) (net.Conn, error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", cluster.Address())
	return recorded{conn, r}, err
}

// A Bind that the server would refuse as malformed does not show it the values.
func TestMalformedBind(t *testing.T) {
	r := &recorder{}
	s := startSafe(t, func(c *proxy.Config) { c.Dial = r.dial })
	c := s.dial(t)
	expect(t, "1 I", c.answers(t, 1, parse("s1", insertTitle), endSync))
	message := append(encode(bind("s1", "1", "canary")), 0)
	binary.BigEndian.PutUint32(message[1:], uint32(len(message)-1))
	if _, err := c.Write(append(message, encode(execute, endSync)...)); err != nil {
		t.Fatal(err)
	}
	expect(t, "08P01 I", c.told(t, 1))
	r.mu.Lock()
	defer r.mu.Unlock()
	if bytes.Contains(r.sent.Bytes(), []byte("canary")) {
		t.Error("the server got to see the value")
	}
}

// A Bind with too few or too many parameters reads what the server says natively, which counts the client's own only, and what is too many
// does not reach the server unsealed.
func TestBindOfAnotherNumber(t *testing.T) {
	r := &recorder{}
	s := startSafe(t, func(c *proxy.Config) { c.Dial = r.dial })
	c := s.dial(t)
	expect(t, "1 I", c.answers(t, 1, parse("s1", "INSERT INTO matters (id, title, note) VALUES ($1, 'literal', $2)"), endSync))
	for _, args := range [][]string{{}, {"1"}, {"1", "a", "canary"}} {
		c.send(t, bind("s1", args...), execute, endSync)
		_, body, err := c.read()
		want := fmt.Sprintf("bind message supplies %d parameters, but prepared statement \"s1\" requires 2", len(args))
		if err != nil || !strings.Contains(string(body), want) {
			t.Errorf("%q, %v", body, err)
		}
		expect(t, "I", c.told(t, 1))
	}
	expect(t, "2 C I", c.answers(t, 1, bind("s1", "1", "a"), execute, endSync))
	expect(t, "1 2 D C I", c.answers(t, 1, parse("", "SELECT set_config('TimeZone', $1, false)"), bind("", "UTC"), execute, endSync))
	r.mu.Lock()
	defer r.mu.Unlock()
	if bytes.Contains(r.sent.Bytes(), []byte("canary")) {
		t.Error("the server got to see the value")
	}
}

// A Parse of the unnamed statement that fails, or is refused, drops the old one, as a Query does: the server says so, not the proxy.
func TestUnnamedIsDroppedByFailures(t *testing.T) {
	s := startSafe(t)
	c := s.dial(t)
	for _, failing := range [][]pgproto3.FrontendMessage{
		{parse("", "SELEC"), endSync}, {parse("", "SELECT max(title) FROM matters"), endSync}, {query("SELEC")}, {query("SELECT max(title) FROM matters")},
	} {
		expect(t, "1 I", c.answers(t, 1, parse("", insertTitle), endSync))
		c.answers(t, 1, failing...)
		expect(t, "26000 I", c.answers(t, 1, bind("", "1", "a", "too many"), execute, endSync))
	}
	expect(t, "1 I", c.answers(t, 1, parse("", insertTitle), endSync))
	expect(t, "1 22012 I", c.answers(t, 1, parse("s", "SELECT 1/0"), bind("s"), execute, parse("", "skipped"), endSync))
	expect(t, "2 C I", c.answers(t, 1, bind("", "1", "a"), execute, endSync))
}

// A malformed Flush is answered, by an error, and what follows it is skipped: the session stays in step.
func TestMalformedFlush(t *testing.T) {
	s := startSafe(t)
	c := s.dial(t)
	malformed := []byte{'H', 0, 0, 0, 5, 0}
	for _, behind := range [][]pgproto3.FrontendMessage{{query("SELECT 1")}, {parse("", "SELECT title FROM matters"), bind(""), execute}, {}} {
		if _, err := c.Write(malformed); err != nil {
			t.Fatal(err)
		}
		expect(t, "08P01 I T D C I", c.answers(t, 2, append(behind, endSync, query("SELECT 1"))...))
	}
}

// An EXECUTE behind a DEALLOCATE that turns out to have failed does not go around the plan.
func TestExecuteBehindFailedDeallocate(t *testing.T) {
	s := startSafe(t)
	c := s.dial(t)
	expect(t, "1 I", c.answers(t, 1, parse("s1", insertTitle), endSync))
	expect(t, "22012 I C I KP001 I", c.answers(t, 3, query("SELECT 1/0; DEALLOCATE s1"), query("EXECUTE s1(1, 'canary')"), query("EXECUTE s1(2, 'can' || 'ary')")))
	if stored := s.stored(t, "title"); len(stored) != 1 || !strings.HasPrefix(stored[0], "pgs1_") {
		t.Errorf("stored %q", stored)
	}
	// Where it was carried out, the name is free at once.
	expect(t, "C I C I T D C I", c.answers(t, 3, query("DEALLOCATE s1"), query("PREPARE s1 AS SELECT 1"), query("EXECUTE s1")))
}

// Values are sealed and opened in UTF8 only, however late the encoding was changed.
func TestEncodingChangedBehindParse(t *testing.T) {
	s := startSafe(t)
	c := s.dial(t)
	expect(t, "1 1 I", c.answers(t, 1, parse("s1", insertTitle), parse("s2", "SELECT title FROM matters"), endSync))
	expect(t, "2 C I", c.answers(t, 1, bind("s1", "1", "a"), execute, endSync))
	expect(t, "C T 2 C T KP002 E", c.answers(t, 3, query("BEGIN"), &pgproto3.Bind{PreparedStatement: "s2", DestinationPortal: "p"},
		query("SET client_encoding = 'LATIN1'"), &pgproto3.Execute{Portal: "p"}, endSync))
	expect(t, "C I C I", c.answers(t, 2, query("ROLLBACK"), query("SET client_encoding = 'LATIN1'")))
	expect(t, "KP002 I", c.answers(t, 1, bind("s1", "2", "\xe9"), execute, endSync))
	expect(t, "KP002 I", c.answers(t, 1, bind("s2"), execute, endSync))
	for _, utf8 := range []string{"RESET client_encoding", "SET client_encoding = 'UNICODE'", "SET NAMES 'utf-8'"} {
		expect(t, "C I 2 D C I", c.answers(t, 2, query(utf8), bind("s2"), execute, endSync))
	}
}

// What was prepared before there was a policy is not executed under it.
func TestPreparedBeforeThePolicy(t *testing.T) {
	s := startSafe(t)
	s.planner.SetCatalogue(plan.NewCatalogue(1, nil, nil, nil))
	c := s.dial(t)
	expect(t, "1 I C I", c.answers(t, 2, parse("s1", insertTitle), endSync, query("PREPARE s2 (bigint, text) AS "+insertTitle)))
	s.planner.SetCatalogue(safeCatalogue(t, s.name, plan.StateSealed, "1"))
	for _, name := range []string{"s1", "s2"} {
		expect(t, "0A000 I", c.answers(t, 1, bind(name, "1", "canary"), execute, endSync))
	}
	if stored := s.stored(t, "title"); len(stored) != 0 {
		t.Errorf("stored %q", stored)
	}
}

// A table that was changed since the catalogue was read: what the server describes is another column than the plan means. The session goes on.
func TestDescribedOtherwise(t *testing.T) {
	s := startSafe(t)
	cluster.Exec(t, s.name, "INSERT INTO matters (id, note) VALUES (1, 'native'); ALTER TABLE matters RENAME title TO x; ALTER TABLE matters RENAME note TO title")
	c := s.dial(t)
	expect(t, "1 t KP002 I", c.answers(t, 1, parse("s1", "SELECT title FROM matters"), &pgproto3.Describe{ObjectType: 'S', Name: "s1"}, endSync))
	expect(t, "0A000 I", c.answers(t, 1, bind("s1"), execute, endSync))
	expect(t, "1 2 KP002 I", c.answers(t, 1, parse("", "SELECT title FROM matters"), bind(""), &pgproto3.Describe{ObjectType: 'P'}, execute, endSync))
	expect(t, "KP002 I", c.answers(t, 1, query("SELECT title FROM matters")))
	expect(t, "T D C I", c.answers(t, 1, query("SELECT 1")))
}

// A value does not open before the client has sent its Sync: what came before in the segment is rolled back, as after a native error.
func TestAbortBeforeSync(t *testing.T) {
	s := startSafe(t)
	cluster.Exec(t, s.name, "INSERT INTO matters (id, title) VALUES (1, 'plaintext')")
	c := s.dial(t)
	for _, test := range []struct {
		begin  []pgproto3.FrontendMessage
		status string
	}{
		{[]pgproto3.FrontendMessage{endSync}, "I"},
		{[]pgproto3.FrontendMessage{query("BEGIN")}, "E"},
	} {
		c.answers(t, 1, test.begin...)
		c.send(t, parse("", insertTitle), bind("", "2", "x"), execute, parse("", "SELECT title FROM matters WHERE id = 1"), bind(""), execute, flush)
		time.Sleep(100 * time.Millisecond) // the rows are here, the error is on its way
		expect(t, "1 2 C 1 2 KD003 "+test.status, c.answers(t, 1, parse("skipped", "SELECT 1"), endSync))
		expect(t, "C I 26000 I", c.answers(t, 2, query("ROLLBACK"), bind("skipped"), endSync))
	}
	if ids := s.stored(t, "id::text"); len(ids) != 1 {
		t.Errorf("rows %v", ids)
	}
}

// A COPY behind a statement that was aborted waits for data that nobody sends: the session does not.
func TestAbortBeforeCopy(t *testing.T) {
	s := startSafe(t)
	cluster.Exec(t, s.name, "INSERT INTO matters (id, title) VALUES (1, 'plaintext')")
	c := s.dial(t)
	c.send(t, parse("copy", "COPY plain FROM STDIN"), parse("", "SELECT title FROM matters"), bind(""), execute, bind("copy"), execute, endSync)
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	trace, err := c.readUntil(ctx, "")
	if err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("%q, %v", trace, err)
	}
}

// A request in the place of COPY data ends the session, as in the server, and does not wait for what will never come.
func TestRequestInThePlaceOfCopyData(t *testing.T) {
	s := startSafe(t)
	c := s.dial(t)
	expect(t, "1 I", c.answers(t, 1, parse("", "SELECT title FROM matters"), endSync))
	c.send(t, query("COPY plain FROM STDIN"))
	if typ, _, err := c.read(); typ != 'G' || err != nil {
		t.Fatalf("%q, %v", typ, err)
	}
	c.send(t, bind(""))
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	trace, err := c.readUntil(ctx, "")
	if len(trace) == 0 || trace[len(trace)-1] != "E FATAL 08P01" || err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("%q, %v", trace, err)
	}
}

// A Parse that is too long to be looked into drops the unnamed statement all the same, as a failed one does.
func TestLongParseOfTheUnnamed(t *testing.T) {
	s := startSafe(t, func(c *proxy.Config) { c.Limits.Message = 4096 })
	c := s.dial(t)
	expect(t, "1 I", c.answers(t, 1, parse("", "SELECT 1"), endSync))
	expect(t, "KP005 I 26000 I", c.answers(t, 2, parse("", "SELECT 2 --"+strings.Repeat("x", 5000)), endSync, bind(""), execute, endSync))
}

// Many small values grow by sealing; what they may grow to is bounded.
func TestSealedMessageIsBounded(t *testing.T) {
	s := startSafe(t, func(c *proxy.Config) { c.Limits.Message = 100_000 })
	conn := s.connect(t)
	const sql = "SELECT id FROM matters WHERE email = ANY($1)"
	if _, err := conn.Exec(t.Context(), sql, make([]string, 1000)); err != nil {
		t.Error(err)
	}
	if _, err := conn.Exec(t.Context(), sql, make([]string, 10_000)); code(err) != "KP005" {
		t.Error(err)
	}
	literals := "SELECT id FROM matters WHERE email IN ('" + strings.Repeat("','", 10_000) + "')"
	if _, err := conn.Exec(t.Context(), literals, pgx.QueryExecModeSimpleProtocol); code(err) != "KP005" {
		t.Error(err)
	}
}

// A value that was small enough to be written is small enough to be read, though it has grown by sealing.
func TestWhatIsWrittenCanBeRead(t *testing.T) {
	s := startSafe(t, func(c *proxy.Config) { c.Limits.Message = 100_000 })
	conn := s.connect(t)
	want := strings.Repeat("t", 90_000)
	mustExec(t, conn, insertTitle, 1, want)
	for _, mode := range allModes {
		var got string
		if err := conn.QueryRow(t.Context(), "SELECT title FROM matters", mode).Scan(&got); err != nil || got != want {
			t.Errorf("%s: %d bytes, %v", mode, len(got), err)
		}
	}
}

// Names are what the server cuts them to.
func TestLongNames(t *testing.T) {
	s := startSafe(t)
	c := s.dial(t)
	const name = "a name of sixty-three bytes, which is where the server cuts it...."
	expect(t, "1 2 C I", c.answers(t, 1, parse("", insertTitle), bind("", "1", "title"), execute, endSync))
	expect(t, "1 C T", c.answers(t, 1, parse(name+"x", "SELECT title FROM matters"), query("BEGIN")))
	c.send(t, &pgproto3.Bind{PreparedStatement: name, DestinationPortal: name}, &pgproto3.Execute{Portal: name + strings.Repeat("y", 600)}, endSync)
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	trace, err := c.readUntil(ctx, "")
	if err != nil || len(trace) != 4 || !strings.HasSuffix(trace[1], `title"`) {
		t.Errorf("%q, %v", trace, err)
	}
}

// A text that the server cannot take apart does not drop the unnamed statement: what is bound to it is sealed.
func TestUnnamedStatementBehindUnreadableText(t *testing.T) {
	r := &recorder{}
	s := startSafe(t, func(c *proxy.Config) { c.Dial = r.dial })
	c := s.dial(t)
	expect(t, "1 I 22021 I 2 C I", c.answers(t, 3,
		parse("", insertTitle), endSync,
		query("SELECT '\xff'"),
		bind("", "1", "canary"), execute, endSync))
	r.mu.Lock()
	defer r.mu.Unlock()
	if bytes.Contains(r.sent.Bytes(), []byte("canary")) {
		t.Error("the server got to see the value")
	}
}
