package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgproto3"
)

// session is a connection whose messages are written and read as they are.
type session struct {
	conn net.Conn
	in   *bufio.Reader
	out  []byte
}

// answerTimeout is how long one unit may take.
const answerTimeout = 30 * time.Second

func dial(ctx context.Context, url string) (*session, error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return nil, err
	}
	hijacked, err := conn.PgConn().Hijack()
	if err != nil {
		return nil, err
	}
	return &session{conn: hijacked.Conn, in: bufio.NewReader(hijacked.Conn)}, nil
}

func (s *session) close() error { return s.conn.Close() }

// answer is one message of the server's.
type answer struct {
	typ  byte
	body []byte
	// of an error
	code, message, detail string
}

// ask writes messages, and reads until each Query and Sync has been answered.
func (s *session) ask(messages []pgproto3.FrontendMessage) ([]answer, error) {
	s.out = s.out[:0]
	ready := 0
	for _, m := range messages {
		switch m.(type) {
		case *pgproto3.Query, *pgproto3.Sync:
			ready++
		}
		var err error
		if s.out, err = m.Encode(s.out); err != nil {
			return nil, err
		}
	}
	_ = s.conn.SetDeadline(time.Now().Add(answerTimeout))
	if _, err := s.conn.Write(s.out); err != nil {
		return nil, err
	}
	var all []answer
	for ready > 0 {
		a, err := s.read()
		if err != nil {
			return all, fmt.Errorf("%d ReadyForQuery are missing: %w", ready, err)
		}
		if a.typ == 'Z' {
			ready--
		}
		if a.typ != 'S' && a.typ != 'G' && a.typ != 'H' {
			all = append(all, a)
		}
	}
	return all, nil
}

func (s *session) read() (a answer, err error) {
	var head [5]byte
	if _, err := io.ReadFull(s.in, head[:]); err != nil {
		return a, err
	}
	a.typ, a.body = head[0], make([]byte, binary.BigEndian.Uint32(head[1:])-4)
	if _, err := io.ReadFull(s.in, a.body); err != nil {
		return a, err
	}
	if a.typ == 'E' || a.typ == 'N' {
		var m pgproto3.ErrorResponse
		if err := m.Decode(a.body); err != nil {
			return a, err
		}
		a.code, a.message, a.detail = m.Code, m.Message, m.Detail
	}
	return a, nil
}
