package clients

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// pgxModes are pgx's ways to run a query.
var pgxModes = []pgx.QueryExecMode{
	pgx.QueryExecModeCacheStatement,
	pgx.QueryExecModeCacheDescribe,
	pgx.QueryExecModeDescribeExec,
	pgx.QueryExecModeExec,
	pgx.QueryExecModeSimpleProtocol,
}

// pgxSession is one pgx connection and what it saw. The first error that is
// not part of the work ends it.
type pgxSession struct {
	ctx  context.Context
	conn *pgx.Conn
	mode pgx.QueryExecMode
	Report
}

// runPgx does the work in one mode.
func runPgx(mode pgx.QueryExecMode) func(context.Context, string) (Report, error) {
	return func(ctx context.Context, url string) (Report, error) {
		config, err := pgx.ParseConfig(url)
		if err != nil {
			return nil, err
		}
		config.DefaultQueryExecMode = mode
		conn, err := pgx.ConnectConfig(ctx, config)
		if err != nil {
			return nil, err
		}
		defer conn.Close(ctx)
		s := &pgxSession{ctx: ctx, conn: conn, mode: mode}
		if _, err := conn.Exec(ctx, reset, pgx.QueryExecModeSimpleProtocol); err != nil {
			return nil, err
		}
		for _, part := range work {
			s.section(part.section)
			for _, st := range part.statements {
				s.do(st)
			}
		}
		for _, part := range []struct {
			name string
			run  func() error
		}{
			{"repeated", s.repeated}, {"array", s.array}, {"mistakes", s.mistakes}, {"transactions", s.transactions},
			{"batches", s.batches}, {"large", s.large}, {"kinds", s.kinds}, {"copy", s.copy}, {"notify", s.notify}, {"cancel", s.cancel},
		} {
			s.section(part.name)
			if err := part.run(); err != nil {
				return nil, fmt.Errorf("%s: %w", part.name, err)
			}
		}
		return s.Report, nil
	}
}

// do runs a statement and notes its result or error.
func (s *pgxSession) do(st statement) {
	rows, err := s.conn.Query(s.ctx, st.sql, st.args...)
	if err != nil {
		s.fault(err, true)
		return
	}
	s.result(rows, true)
}

// result notes the rows of a result: each column with its type, each value as
// it lay on the wire. words is as for fault.
func (s *pgxSession) result(rows pgx.Rows, words bool) {
	defer rows.Close()
	described := false
	for rows.Next() {
		if !described {
			described = true
			s.add("columns %s", fields(rows.FieldDescriptions()))
		}
		s.add("row %s", rawValues(rows.RawValues()))
	}
	if err := rows.Err(); err != nil {
		s.fault(err, words)
		return
	}
	if !described {
		s.add("columns %s", fields(rows.FieldDescriptions()))
	}
	s.add("%s, status %c", rows.CommandTag(), s.conn.PgConn().TxStatus())
}

// fault notes an error; its words only if they say nothing of a sealed value.
func (s *pgxSession) fault(err error, words bool) {
	s.add("%s, status %c", errorLine(err, words), s.conn.PgConn().TxStatus())
}

// fields writes down a result's columns.
func fields(all []pgconn.FieldDescription) string {
	var b strings.Builder
	for _, f := range all {
		fmt.Fprintf(&b, "[%s type %d(%d) size %d format %d attribute %d]", f.Name, f.DataTypeOID, f.TypeModifier, f.DataTypeSize, f.Format, f.TableAttributeNumber)
	}
	return b.String()
}

func rawValues(values [][]byte) string {
	var b strings.Builder
	for _, v := range values {
		switch {
		case v == nil:
			b.WriteString("[NULL]")
		case len(v) > 200:
			fmt.Fprintf(&b, "[%q... %d bytes, sum %d]", v[:20], len(v), checksum(v))
		default:
			fmt.Fprintf(&b, "[%q]", v)
		}
	}
	return b.String()
}

func checksum(v []byte) (sum uint32) {
	for _, b := range v {
		sum = sum*31 + uint32(b)
	}
	return sum
}

// errorLine writes down an error of the server; see detailOf.
func errorLine(err error, words bool) string {
	if err == nil {
		return "no error"
	}
	pgErr := (*pgconn.PgError)(nil)
	if !errors.As(err, &pgErr) {
		return "error of the driver: " + err.Error()
	}
	if !words {
		return fmt.Sprintf("%s %s", pgErr.SeverityUnlocalized, pgErr.Code)
	}
	return fmt.Sprintf("%s %s %q detail %q position %d table %q constraint %q",
		pgErr.SeverityUnlocalized, pgErr.Code, pgErr.Message, detailOf(pgErr.TableName, pgErr.Detail), pgErr.Position, pgErr.TableName, pgErr.ConstraintName)
}

// usable proves that the connection goes on working.
func (s *pgxSession) usable() {
	var id int64
	var title *string
	err := s.conn.QueryRow(s.ctx, `select id, title from matters where id = $1`, 1).Scan(&id, &title)
	s.add("afterwards: %v, status %c", err, s.conn.PgConn().TxStatus())
}

// detailOf is the DETAIL of an error about a table. That of a table with sealed
// columns is not compared: it can quote whole rows, so the proxy takes it away.
func detailOf(table, detail string) string {
	if table == "matters" || table == "kinds" {
		return ""
	}
	return detail
}
