package proxy_test

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgproto3"
)

// wireConn is a connection whose messages a test writes and reads itself.
type wireConn struct {
	net.Conn
	in  *bufio.Reader
	pid uint32
	key []byte
}

// dialWire logs in at url.
func dialWire(t testing.TB, url string) *wireConn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	hijacked, err := conn.PgConn().Hijack()
	if err != nil {
		t.Fatal(err)
	}
	c := &wireConn{Conn: hijacked.Conn, in: bufio.NewReader(hijacked.Conn), pid: hijacked.PID, key: hijacked.SecretKey}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// read returns the server's next message.
func (c *wireConn) read() (typ byte, body []byte, err error) {
	var head [5]byte
	if _, err := io.ReadFull(c.in, head[:]); err != nil {
		return 0, nil, err
	}
	body = make([]byte, binary.BigEndian.Uint32(head[1:])-4)
	_, err = io.ReadFull(c.in, body)
	return head[0], body, err
}

// send writes messages.
func (c *wireConn) send(t testing.TB, messages ...pgproto3.FrontendMessage) {
	t.Helper()
	if _, err := c.Write(encode(messages...)); err != nil {
		t.Fatal(err)
	}
}

func encode(messages ...pgproto3.FrontendMessage) (out []byte) {
	for _, m := range messages {
		var err error
		if out, err = m.Encode(out); err != nil {
			panic(err)
		}
	}
	return out
}

// readUntil collects what the server says, each message as one line, up to the line stop and the ReadyForQuery behind it; an empty
// stop is the first ReadyForQuery.
func (c *wireConn) readUntil(ctx context.Context, stop string) (trace []string, err error) {
	if deadline, ok := ctx.Deadline(); ok {
		_ = c.SetReadDeadline(deadline)
		defer func() { _ = c.SetReadDeadline(time.Time{}) }()
	}
	stopping := stop == ""
	for {
		typ, body, err := c.read()
		if err != nil {
			return trace, err
		}
		line := describeMessage(typ, body)
		trace = append(trace, line)
		stopping = stopping || line == stop
		if typ == 'Z' && stopping {
			return trace, nil
		}
	}
}

// describeMessage says what of a message does not depend on the session or on object identifiers.
func describeMessage(typ byte, body []byte) string {
	switch typ {
	case 'E', 'N':
		var m pgproto3.ErrorResponse
		if err := m.Decode(body); err != nil {
			return "malformed " + string(typ)
		}
		return fmt.Sprintf("%c %s %s", typ, m.SeverityUnlocalized, m.Code)
	case 'T':
		var m pgproto3.RowDescription
		if err := m.Decode(body); err != nil {
			return "malformed T"
		}
		line := "T"
		for _, f := range m.Fields {
			line += fmt.Sprintf(" %s:%d:%d:%d:%d:%d", f.Name, f.TableAttributeNumber, f.DataTypeOID, f.DataTypeSize, f.TypeModifier, f.Format)
		}
		return line
	case 't':
		var m pgproto3.ParameterDescription
		if err := m.Decode(body); err != nil {
			return "malformed t"
		}
		return fmt.Sprintf("t %v", m.ParameterOIDs)
	case 'A':
		var m pgproto3.NotificationResponse
		if err := m.Decode(body); err != nil {
			return "malformed A"
		}
		return fmt.Sprintf("A %s %s", m.Channel, m.Payload)
	}
	return fmt.Sprintf("%c %q", typ, body)
}
