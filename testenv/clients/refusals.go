package clients

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// refused are statements that PostgreSQL runs on the application's tables and
// that cannot run on sealed columns. None of them changes a row.
var refused = []string{
	"select id from matters order by title",
	"select lower(client_email) from matters",
	"select id from matters where client_email like 'a%'",
	"select id from matters where client_email > 'a'",
	"select sum(value) from matters",
	"select id from matters where title = 'privileged: one'",
	"select title || 'x' from matters",
	"update matters set title = note where id = 0",
	"insert into ledger (id, amount) select id, value from matters where id = 0",
	"create table copied as select * from matters; drop table copied",
	"copy (select lower(title) from matters) to stdout",
	"copy (select id from matters order by title) to stdout",
}

// Refusals runs statements that the proxy refuses, with several drivers, by
// themselves and in a transaction. want is the beginning of the SQLSTATE due to
// each ("KP" through the proxy), or "ok" where they succeed (straight to
// PostgreSQL). Each time the transaction's status must be the one that a native
// error leaves, and the connection must go on working.
func Refusals(t *testing.T, url, want string) {
	list := []client{
		{"psycopg2", runPsycopg2("refused")},
		{"jdbc", runJDBC("refused", "")},
		{"jdbc simple", runJDBC("refused", "preferQueryMode=simple")},
	}
	for _, mode := range pgxModes {
		list = append(list, client{"pgx " + mode.String(), refusedPgx(mode)})
	}
	for _, c := range list {
		t.Run(c.name, func(t *testing.T) {
			for _, line := range c.report(t, "refusals", url) {
				if err := judgeRefusal(line, want); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// judgeRefusal reads a line that a client wrote of a refusal,
// statement|alone or inside a transaction|code|status|usable: code is a SQLSTATE
// or ok, status the driver's word for the transaction's status afterwards.
func judgeRefusal(line, want string) error {
	part := strings.Split(line, "|")
	if len(part) < 5 {
		return fmt.Errorf("not a line of a refusal: %q", line)
	}
	statement := strings.Join(part[:len(part)-4], "|") // it may have a | of its own
	part = part[len(part)-4:]
	where, code, status, usable := part[0], part[1], part[2], part[3]
	due := map[bool]string{true: "IDLE", false: "OPEN"}[where == "alone"]
	if where == "inside" && want != "ok" {
		due = "FAILED"
	}
	switch {
	case !strings.HasPrefix(code, want):
		return fmt.Errorf("%s, %s: %s, want %s", statement, where, code, want)
	case statusWords[status] != due:
		return fmt.Errorf("%s, %s: the transaction is %s after %s", statement, where, status, code)
	case strings.ToLower(usable) != "true":
		return fmt.Errorf("%s, %s: the connection is not usable after %s", statement, where, code)
	}
	return nil
}

// statusWords are the drivers' words for a transaction's status.
var statusWords = map[string]string{
	"I": "IDLE", "T": "OPEN", "E": "FAILED",
	"IDLE": "IDLE", "OPEN": "OPEN", "FAILED": "FAILED",
	"idle": "IDLE", "in transaction": "OPEN", "failed": "FAILED",
}

// refusedPgx runs them in one of pgx's modes, and in the middle of a batch.
func refusedPgx(mode pgx.QueryExecMode) func(context.Context, string) (Report, error) {
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
		if _, err := conn.Exec(ctx, reset+`; insert into matters (id, title) values (1, 'privileged: one')`, pgx.QueryExecModeSimpleProtocol); err != nil {
			return nil, err
		}
		for _, sql := range refused {
			s.add("%s|alone|%s|%c|%t", sql, s.refusal(sql), conn.PgConn().TxStatus(), s.readable())

			tx, err := conn.Begin(ctx)
			if err != nil {
				return nil, err
			}
			code, status := s.refusal(sql), conn.PgConn().TxStatus()
			if err := tx.Rollback(ctx); err != nil {
				return nil, err
			}
			s.add("%s|inside|%s|%c|%t", sql, code, status, s.readable())
		}
		s.refusedBatch()
		return s.Report, nil
	}
}

// refusal runs a statement and gives its SQLSTATE, or ok.
func (s *pgxSession) refusal(sql string) string {
	var err error
	switch {
	case strings.HasSuffix(sql, "to stdout"):
		_, err = s.conn.PgConn().CopyTo(s.ctx, io.Discard, sql)
	case strings.Contains(sql, ";"):
		_, err = s.conn.Exec(s.ctx, sql, pgx.QueryExecModeSimpleProtocol)
	default:
		_, err = s.conn.Exec(s.ctx, sql)
	}
	return codeOf(err)
}

// codeOf is the SQLSTATE of an error, ok for none.
func codeOf(err error) string {
	pgErr := (*pgconn.PgError)(nil)
	switch {
	case err == nil:
		return "ok"
	case errors.As(err, &pgErr):
		return pgErr.Code
	default:
		return err.Error()
	}
}

// readable proves that the connection goes on working.
func (s *pgxSession) readable() bool {
	var title string
	err := s.conn.QueryRow(s.ctx, `select title from matters where id = $1`, 1).Scan(&title)
	return err == nil && title == "privileged: one"
}

// refusedBatch puts a refusal between two good statements: they share its fate.
func (s *pgxSession) refusedBatch() {
	b := &pgx.Batch{}
	b.Queue(`update matters set note = 'before' where id = 1`)
	b.Queue(`select id from matters order by title`)
	b.Queue(`update matters set note = 'after' where id = 1`)
	code := codeOf(s.conn.SendBatch(s.ctx, b).Close())
	var note *string
	err := s.conn.QueryRow(s.ctx, `select note from matters where id = 1`).Scan(&note)
	together := err == nil && (note == nil) == (code != "ok")
	s.add("a refusal in a batch|alone|%s|%c|%t", code, s.conn.PgConn().TxStatus(), together && s.readable())
}
