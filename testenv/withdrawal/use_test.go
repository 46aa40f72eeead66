package withdrawal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgproto3"
)

// use is one way of having data in use. run goes on until something fails, and calls s.value for each value that has come through.
type use struct {
	name string
	run  func(ctx context.Context, s *session) error
}

// session is one use at work.
type session struct {
	url   string
	base  int           // of the tenant's ids
	every time.Duration // between two values
	last  time.Time     // when the last value came through
	count int
	began func() // called at the first value
}

func (s *session) value() {
	s.last = time.Now()
	if s.count++; s.count == 1 {
		s.began()
	}
	time.Sleep(s.every)
}

// Each tenant has a row with a short title, and one whose title is larger than the server's buffer for results, so that each row arrives by itself.
const (
	perTenant = 1_000_000 // ids
	small     = 1
	large     = 2
	largeSize = 16 << 10
)

var errLost = errors.New("a value came that is not the one that was sealed")

func uses() []use {
	return []use{
		{"statements, one by one", query(pgx.QueryExecModeSimpleProtocol, byID, false)},
		{"a prepared statement", query(pgx.QueryExecModeCacheStatement, byID, false)},
		{"a transaction", query(pgx.QueryExecModeCacheStatement, byID, true)},
		{"equality search", query(pgx.QueryExecModeCacheStatement, "SELECT title FROM matters WHERE id = $1 AND email = 'somebody@example.org'", false)},
		{"a connection each time", connections},
		{"writes", writes},
		{"a cursor", cursor},
		{"a portal with a row limit", portal},
		{"a long result", result},
		{"COPY out", copyOut},
		{"COPY in", copyIn},
	}
}

const byID = "SELECT title FROM matters WHERE id = $1"

// query asks for one value over and over.
func query(mode pgx.QueryExecMode, sql string, transaction bool) func(context.Context, *session) error {
	return func(ctx context.Context, s *session) error {
		return s.connected(ctx, func(conn *pgx.Conn) error {
			if transaction {
				if _, err := conn.Exec(ctx, "BEGIN"); err != nil {
					return err
				}
			}
			for {
				if err := s.one(ctx, conn, sql, mode, s.base+small); err != nil {
					return err
				}
			}
		})
	}
}

// one asks for one value.
func (s *session) one(ctx context.Context, conn *pgx.Conn, sql string, args ...any) error {
	var title string
	if err := conn.QueryRow(ctx, sql, args...).Scan(&title); err != nil {
		return err
	}
	return s.check(title)
}

// check counts a value that has come through, if it is one.
func (s *session) check(title string) error {
	if !strings.HasPrefix(title, canary) {
		return errLost
	}
	s.value()
	return nil
}

func (s *session) connected(ctx context.Context, f func(*pgx.Conn) error) error {
	conn, err := pgx.Connect(ctx, s.url)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	return f(conn)
}

func connections(ctx context.Context, s *session) error {
	for {
		err := s.connected(ctx, func(conn *pgx.Conn) error { return s.one(ctx, conn, byID, s.base+small) })
		if err != nil {
			return err
		}
	}
}

func writes(ctx context.Context, s *session) error {
	return s.connected(ctx, func(conn *pgx.Conn) error {
		for {
			tag, err := conn.Exec(ctx, "UPDATE matters SET title = $1 WHERE id = $2", canary+"again", s.base+small)
			if err != nil {
				return err
			}
			if tag.RowsAffected() != 1 {
				return errLost
			}
			s.value()
		}
	})
}

// manyRows is a query whose rows do not come to an end soon.
func (s *session) manyRows() string {
	return fmt.Sprintf("SELECT m.title FROM matters m, generate_series(1, 1000000) n WHERE m.id = %d", s.base+large)
}

func cursor(ctx context.Context, s *session) error {
	return s.connected(ctx, func(conn *pgx.Conn) error {
		if _, err := conn.Exec(ctx, "BEGIN"); err != nil {
			return err
		}
		if _, err := conn.Exec(ctx, "DECLARE c CURSOR FOR "+s.manyRows(), pgx.QueryExecModeSimpleProtocol); err != nil {
			return err
		}
		for {
			if err := s.one(ctx, conn, "FETCH 1 FROM c", pgx.QueryExecModeSimpleProtocol); err != nil {
				return err
			}
		}
	})
}

// portal executes one portal over and over, a row at a time.
func portal(ctx context.Context, s *session) error {
	return s.connected(ctx, func(conn *pgx.Conn) error {
		f := conn.PgConn().Frontend()
		f.SendParse(&pgproto3.Parse{Query: s.manyRows()})
		f.SendBind(&pgproto3.Bind{})
		for {
			f.SendExecute(&pgproto3.Execute{MaxRows: 1})
			f.Send(&pgproto3.Flush{})
			if err := f.Flush(); err != nil {
				return err
			}
			for suspended := false; !suspended; {
				msg, err := f.Receive()
				if err != nil {
					return err
				}
				switch m := msg.(type) {
				case *pgproto3.DataRow:
					if err := s.check(string(m.Values[0])); err != nil {
						return err
					}
				case *pgproto3.PortalSuspended:
					suspended = true
				case *pgproto3.ErrorResponse:
					return &refusal{m.Code}
				}
			}
		}
	})
}

// refusal is an error of the server's.
type refusal struct{ code string }

func (r *refusal) Error() string    { return r.code }
func (r *refusal) SQLState() string { return r.code }

// slowly is a query whose rows come one by one, at a distance.
func (s *session) slowly() string {
	return fmt.Sprintf("SELECT m.title, pg_sleep(%f)::text FROM matters m, generate_series(1, 1000000) n WHERE m.id = %d", s.every.Seconds(), s.base+large)
}

func result(ctx context.Context, s *session) error {
	every := s.every
	return s.connected(ctx, func(conn *pgx.Conn) error {
		rows, err := conn.Query(ctx, s.slowly())
		if err != nil {
			return err
		}
		defer rows.Close()
		s.every = 0 // the server waits
		defer func() { s.every = every }()
		for rows.Next() {
			var title, pause string
			if err := rows.Scan(&title, &pause); err != nil {
				return err
			}
			if err := s.check(title); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

func copyOut(ctx context.Context, s *session) error {
	return s.connected(ctx, func(conn *pgx.Conn) error {
		query := s.slowly()
		s.every = 0
		_, err := conn.PgConn().CopyTo(ctx, &rowCounter{s: s}, "COPY ("+query+") TO STDOUT")
		return err
	})
}

// rowCounter takes COPY data, of which each row comes by itself.
type rowCounter struct{ s *session }

func (r *rowCounter) Write(b []byte) (int, error) { return len(b), r.s.check(string(b)) }

func copyIn(ctx context.Context, s *session) error {
	return s.connected(ctx, func(conn *pgx.Conn) error {
		_, err := conn.PgConn().CopyFrom(ctx, &rowMaker{s: s}, "COPY matters (id, title) FROM STDIN")
		if err == nil {
			return errors.New("the COPY has come to an end")
		}
		return err
	})
}

// rowMaker gives a row each time it is read.
type rowMaker struct {
	s    *session
	rows int
}

func (r *rowMaker) Read(b []byte) (int, error) {
	row := fmt.Sprintf("%d\t%s\n", r.s.base+100+r.rows, canary)
	if r.rows++; len(row) > len(b) {
		return 0, io.ErrShortBuffer
	}
	r.s.value()
	return copy(b, row), nil
}
