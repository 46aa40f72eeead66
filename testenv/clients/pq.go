package clients

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/lib/pq"
)

// pqSession is database/sql over lib/pq, held to one connection.
type pqSession struct {
	ctx context.Context
	db  *sql.DB
	Report
}

// runPq does the work with parameters of a URL added, for instance
// binary_parameters=yes.
func runPq(parameters string) func(context.Context, string) (Report, error) {
	return func(ctx context.Context, url string) (Report, error) {
		connector, err := pq.NewConnector(withParameters(url, parameters))
		if err != nil {
			return nil, err
		}
		db := sql.OpenDB(connector)
		defer db.Close()
		db.SetMaxOpenConns(1)
		s := &pqSession{ctx: ctx, db: db}
		if _, err := db.ExecContext(ctx, reset); err != nil {
			return nil, err
		}
		for _, part := range work {
			s.section(part.section)
			for _, st := range part.statements {
				s.query(db, st.sql, st.args...)
			}
		}
		for _, part := range []struct {
			name string
			run  func() error
		}{{"prepared", s.prepared}, {"array", s.array}, {"mistakes", s.mistakes}, {"transactions", s.transactions}, {"kinds", s.kinds}, {"copy", s.copy}} {
			s.section(part.name)
			if err := part.run(); err != nil {
				return nil, fmt.Errorf("%s: %w", part.name, err)
			}
		}
		return s.Report, nil
	}
}

// withParameters adds parameters to a connection URL.
func withParameters(url, parameters string) string {
	switch {
	case parameters == "":
		return url
	case strings.Contains(url, "?"):
		return url + "&" + parameters
	default:
		return url + "?" + parameters
	}
}

// querier is a *sql.DB, *sql.Tx or *sql.Conn.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// query notes the rows of a statement and how the driver gives them.
func (s *pqSession) query(q querier, query string, args ...any) {
	rows, err := q.QueryContext(s.ctx, query, args...)
	if err != nil {
		s.fault(err, true)
		return
	}
	s.rows(rows)
}

func (s *pqSession) rows(rows *sql.Rows) {
	defer rows.Close()
	types, err := rows.ColumnTypes()
	if err != nil {
		s.add("column types: %v", err)
		return
	}
	for _, c := range types {
		precision, scale, isDecimal := c.DecimalSize()
		length, isVariable := c.Length()
		s.add("column %s %s %v %d %d %v %d %v", c.Name(), c.DatabaseTypeName(), c.ScanType(), precision, scale, isDecimal, length, isVariable)
	}
	for rows.Next() {
		values := make([]any, len(types))
		into := make([]any, len(types))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			s.add("scan: %v", err)
			return
		}
		var line strings.Builder
		for _, v := range values {
			switch v := v.(type) {
			case []byte:
				fmt.Fprintf(&line, "[bytes %q]", v)
			case time.Time:
				fmt.Fprintf(&line, "[%s]", v.UTC().Format(time.RFC3339Nano))
			default:
				fmt.Fprintf(&line, "[%T %v]", v, v)
			}
		}
		s.add("row %s", line.String())
	}
	if err := rows.Err(); err != nil {
		s.fault(err, true)
	}
}

func (s *pqSession) fault(err error, words bool) {
	pqErr := (*pq.Error)(nil)
	switch {
	case err == nil:
		s.add("no error")
	case !errors.As(err, &pqErr):
		s.add("error of the driver: %v", err)
	case words:
		s.add("%s %s %q detail %q constraint %q", pqErr.Severity, pqErr.Code, pqErr.Message, detailOf(pqErr.Table, pqErr.Detail), pqErr.Constraint)
	default:
		s.add("%s %s", pqErr.Severity, pqErr.Code)
	}
}

func (s *pqSession) usable() {
	var title sql.NullString
	err := s.db.QueryRowContext(s.ctx, `select title from matters where id = $1`, 1).Scan(&title)
	s.add("afterwards: %v", err)
}

// prepared runs a prepared statement many times and closes it.
func (s *pqSession) prepared() error {
	insert, err := s.db.PrepareContext(s.ctx, `insert into matters (id, title, value, client_email) values ($1, $2, $3, $4)`)
	if err != nil {
		return err
	}
	defer insert.Close()
	for i := range 10 {
		if _, err := insert.ExecContext(s.ctx, 600+i, fmt.Sprintf("privileged: prepared %d", i), float64(i)/8, fmt.Sprintf("pq%d@sealed.example", i)); err != nil {
			return err
		}
	}
	_, err = insert.ExecContext(s.ctx, 600, "privileged: twice", 1, nil)
	s.fault(err, true)
	res, err := insert.ExecContext(s.ctx, 650, "privileged: after the error", 1, nil)
	if err != nil {
		return err
	}
	n, err := res.RowsAffected()
	s.add("inserted %d, %v", n, err)
	s.query(s.db, `select * from matters where id >= 600 order by id`)
	return nil
}

func (s *pqSession) array() error {
	s.query(s.db, `select id, client_email from matters where client_email = any($1) order by id`, pq.Array([]string{"ann@sealed.example", "pq3@sealed.example", `odd "\,{}@sealed.example`}))
	return nil
}

func (s *pqSession) mistakes() error {
	for _, m := range mistakes {
		_, err := s.db.ExecContext(s.ctx, m.sql, m.args...)
		s.fault(err, !m.sealed)
		s.usable()
		tx, err := s.db.BeginTx(s.ctx, nil)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(s.ctx, m.sql, m.args...)
		s.fault(err, !m.sealed)
		_, err = tx.ExecContext(s.ctx, `select title from matters where id = $1`, 1)
		s.fault(err, true)
		s.add("rollback: %v", tx.Rollback())
		s.usable()
	}
	return nil
}

func (s *pqSession) transactions() error {
	for _, end := range []string{"commit", "rollback"} {
		tx, err := s.db.BeginTx(s.ctx, &sql.TxOptions{Isolation: sql.LevelSerializable})
		if err != nil {
			return err
		}
		s.query(tx, `insert into matters (id, title, note) values ($1, $2, $3) returning *`, 700+len(end), "privileged: "+end, end)
		if end == "commit" {
			err = tx.Commit()
		} else {
			err = tx.Rollback()
		}
		s.add("%s: %v", end, err)
	}
	s.query(s.db, `select id, title from matters where id >= 700 order by id`)
	return nil
}

func (s *pqSession) kinds() error {
	moment := time.Date(2026, 3, 4, 5, 6, 7, 123456000, time.UTC)
	s.query(s.db, `insert into kinds values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning *`,
		1, "code-1", []byte{0, 1, 0xff, '\\'}, -7, 1<<30, int64(1)<<62, "1234.5", true, "2024-02-29", moment, "550e8400-0000-0000-0000-0000000000ff", `{"k": [1, 2.0]}`)
	s.query(s.db, `select id from kinds where number = $1 and moment = $2 and ref = $3`, 1<<30, moment, "550e8400-0000-0000-0000-0000000000ff")
	s.query(s.db, `select * from kinds`)
	return nil
}

// copy fills a table without sealed columns, in lib/pq's own way.
func (s *pqSession) copy() error {
	tx, err := s.db.BeginTx(s.ctx, nil)
	if err != nil {
		return err
	}
	in, err := tx.PrepareContext(s.ctx, `copy ledger (id, amount, entry) from stdin`)
	if err != nil {
		return err
	}
	for i := range 30 {
		if _, err := in.ExecContext(s.ctx, 3000+i, i, fmt.Sprintf("copied\t%d\n", i)); err != nil {
			return err
		}
	}
	if _, err := in.ExecContext(s.ctx); err != nil {
		return err
	}
	if err := in.Close(); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	s.query(s.db, `select * from ledger where id >= 3000 order by id`)
	return s.copySealed()
}

// copySealed does the same with sealed columns.
func (s *pqSession) copySealed() error {
	tx, err := s.db.BeginTx(s.ctx, nil)
	if err != nil {
		return err
	}
	in, err := tx.PrepareContext(s.ctx, `copy matters (id, title, client_email, value) from stdin`)
	if err != nil {
		return err
	}
	for i := range 30 {
		if _, err := in.ExecContext(s.ctx, 3000+i, fmt.Sprintf("privileged: \\copied\t%d\n", i), nil, i); err != nil {
			return err
		}
	}
	if _, err := in.ExecContext(s.ctx); err != nil {
		return err
	}
	if err := in.Close(); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	s.query(s.db, `select * from matters where id >= 3000 order by id`)
	return nil
}
