package clients

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// repeated runs one statement often enough for every cache to be used.
func (s *pgxSession) repeated() error {
	for i := range 12 {
		s.do(statement{`select title, value from matters where id = $1`, []any{1 + i%3}})
		s.do(statement{`update matters set title = $2 where id = $1`, []any{1, fmt.Sprintf("privileged: round %d", i)}})
	}
	return nil
}

// array compares a sealed column with an array.
func (s *pgxSession) array() error {
	s.do(statement{`select id from matters where client_email = any($1) order by id`, []any{[]string{"ann@sealed.example", "zoe@sealed.example", `q"uo\te,@sealed.example`}}})
	s.do(statement{`select id from matters where client_email = any($1) order by id`, []any{[]string{}}})
	return nil
}

// mistakes runs what PostgreSQL refuses, by itself and in a transaction, and
// proves each time that the connection goes on.
func (s *pgxSession) mistakes() error {
	for _, m := range mistakes {
		_, err := s.conn.Exec(s.ctx, m.sql, m.args...)
		s.fault(err, !m.sealed)
		s.usable()
	}
	for _, m := range mistakes {
		tx, err := s.conn.Begin(s.ctx)
		if err != nil {
			return err
		}
		_, err = tx.Exec(s.ctx, m.sql, m.args...)
		s.fault(err, !m.sealed)
		_, err = tx.Exec(s.ctx, `select id from matters where client_email = $1`, "ann@sealed.example")
		s.fault(err, true)
		if err := tx.Rollback(s.ctx); err != nil {
			return err
		}
		s.usable()
	}
	return nil
}

// transactions commits, rolls back, and goes back to a savepoint.
func (s *pgxSession) transactions() error {
	const insert = `insert into matters (id, title, client_email) values ($1, $2, $3)`
	err := pgx.BeginFunc(s.ctx, s.conn, func(tx pgx.Tx) error {
		_, err := tx.Exec(s.ctx, insert, 20, "privileged: committed", "c@sealed.example")
		return err
	})
	if err != nil {
		return err
	}
	tx, err := s.conn.Begin(s.ctx)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(s.ctx, insert, 21, "privileged: rolled back", "r@sealed.example"); err != nil {
		return err
	}
	err = tx.Rollback(s.ctx)
	s.add("rollback %v, status %c", err, s.conn.PgConn().TxStatus())

	tx, err = s.conn.BeginTx(s.ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead})
	if err != nil {
		return err
	}
	save, err := tx.Begin(s.ctx)
	if err != nil {
		return err
	}
	_, err = save.Exec(s.ctx, insert, 20, "privileged: again", nil)
	s.fault(err, true)
	if err := save.Rollback(s.ctx); err != nil {
		return err
	}
	if _, err := tx.Exec(s.ctx, insert, 22, "privileged: after the savepoint", nil); err != nil {
		return err
	}
	err = tx.Commit(s.ctx)
	s.add("commit %v, status %c", err, s.conn.PgConn().TxStatus())
	s.do(statement{`select id, title, client_email from matters where id >= 20 order by id`, nil})
	return nil
}

// batches sends several statements at once, without and with an error among
// them.
func (s *pgxSession) batches() error {
	const insert = `insert into matters (id, title, value) values ($1, $2, $3)`
	good := &pgx.Batch{}
	for i := range 20 {
		good.Queue(insert, 300+i, fmt.Sprintf("privileged: batch %d", i), fmt.Sprintf("%d.25", i))
	}
	good.Queue(`select id, title, value from matters where id >= $1 order by id`, 300)
	good.Queue(`select entry from ledger order by id`)
	s.batch(good)

	bad := &pgx.Batch{}
	bad.Queue(insert, 400, "privileged: before the error", nil)
	bad.Queue(`select title from matters where id = $1`, 300)
	bad.Queue(insert, 300, "privileged: the error", nil)
	bad.Queue(insert, 401, "privileged: after the error", nil)
	s.batch(bad)
	s.usable()
	s.do(statement{`select id from matters where id >= 400`, nil})
	return nil
}

// batch notes the result of each statement of a batch.
func (s *pgxSession) batch(b *pgx.Batch) {
	results := s.conn.SendBatch(s.ctx, b)
	for i := range b.Len() {
		rows, err := results.Query()
		if err != nil {
			s.add("batch %d: %s", i, errorLine(err, true))
			rows.Close()
			continue
		}
		for rows.Next() {
			s.add("batch %d: row %s", i, rawValues(rows.RawValues()))
		}
		rows.Close()
		if err := rows.Err(); err != nil {
			s.add("batch %d: %s", i, errorLine(err, true))
		} else {
			s.add("batch %d: %s", i, rows.CommandTag())
		}
	}
	if err := results.Close(); err != nil {
		s.add("batch: %s", errorLine(err, true))
	}
	s.add("batch done, status %c", s.conn.PgConn().TxStatus())
}

// large sends values that span many packets.
func (s *pgxSession) large() error {
	for i, size := range []int{1 << 12, 1<<16 - 40, 1 << 16, 1 << 20} {
		title := strings.Repeat("privileged: a long memorandum. ", 1+size/31)[:size]
		s.do(statement{`insert into matters (id, title) values ($1, $2)`, []any{500 + i, title}})
		s.do(statement{`select id, title, note from matters where id = $1`, []any{500 + i}})
	}
	return nil
}

// kinds writes and reads every type that can be sealed.
func (s *pgxSession) kinds() error {
	args, err := kindsArgs()
	if err != nil {
		return err
	}
	const insert = `insert into kinds (id, code, raw, small, number, big, amount, flag, day, moment, ref, doc) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`
	for _, a := range args {
		s.do(statement{insert, a})
	}
	s.do(statement{`insert into kinds values (10, 'literal', '\xdeadbeef', -1, 2147483647, -9223372036854775808, 12.345, false, '1999-12-31', '2001-02-03 04:05:06.789+05:30', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', '{"b": [1, 2.50, null], "a": "x"}')`, nil})
	s.do(statement{`select * from kinds order by id`, nil})
	first := args[0]
	for _, c := range []struct {
		column string
		value  any
	}{{"number", first[4]}, {"amount", first[6]}, {"day", first[8]}, {"moment", first[9]}, {"ref", first[10]}} {
		s.do(statement{fmt.Sprintf(`select id, %s from kinds where %[1]s = $1`, c.column), []any{c.value}})
	}
	s.do(statement{`update kinds set number = $1, big = $2 where id = $3 returning number, big`, []any{int64(7), int32(8), 1}})
	s.do(statement{`select id from kinds where number = $1`, []any{int64(7)}})
	return nil
}

// kindsArgs are rows of table kinds in Go's types.
func kindsArgs() ([][]any, error) {
	var amount, rounded pgtype.Numeric
	if err := amount.Scan("1234.50"); err != nil {
		return nil, err
	}
	if err := rounded.Scan("-0.005"); err != nil {
		return nil, err
	}
	ref := pgtype.UUID{Bytes: [16]byte{0x55, 0x0e, 0x84, 0x00, 15: 0xff}, Valid: true}
	day := pgtype.Date{Time: time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC), Valid: true}
	moment := time.Date(2026, 3, 4, 5, 6, 7, 123456000, time.UTC)
	return [][]any{
		{1, "code-1", []byte{0, 1, 0xff, '\\', '\''}, int16(-7), int32(1 << 30), int64(1) << 62, amount, true, day, moment, ref, `{"k": "v", "n": 1.0}`},
		{2, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil},
		{3, "", []byte{}, int16(0), int32(0), int64(0), rounded, false, pgtype.Date{Time: time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), Valid: true}, moment.Add(-50 * 365 * 24 * time.Hour), pgtype.UUID{Valid: true}, `[]`},
	}, nil
}

// copy moves rows in and out, in binary and as text: of a table without sealed columns, and of those with every type.
func (s *pgxSession) copy() error {
	n, err := s.conn.CopyFrom(s.ctx, pgx.Identifier{"ledger"}, []string{"id", "amount", "entry"}, pgx.CopyFromSlice(50, func(i int) ([]any, error) {
		return []any{1000 + i, float64(i) / 4, fmt.Sprintf("copied %d", i)}, nil
	}))
	s.add("copied in %d, %v", n, err)
	_, err = s.conn.CopyFrom(s.ctx, pgx.Identifier{"ledger"}, []string{"id", "amount"}, pgx.CopyFromRows([][]any{{2000, 1.0}, {1000, 1.0}}))
	s.fault(err, true)
	var out strings.Builder
	tag, err := s.conn.PgConn().CopyTo(s.ctx, io.Writer(&out), `copy (select * from ledger order by id) to stdout`)
	s.add("copied out %s, %v: %d bytes, sum %d", tag, err, out.Len(), checksum([]byte(out.String())))
	s.usable()
	return s.copySealed()
}

func (s *pgxSession) copySealed() error {
	rows, err := kindsArgs()
	if err != nil {
		return err
	}
	for i, row := range rows {
		row[0] = 1000 + i
	}
	columns := []string{"id", "code", "raw", "small", "number", "big", "amount", "flag", "day", "moment", "ref", "doc"}
	n, err := s.conn.CopyFrom(s.ctx, pgx.Identifier{"kinds"}, columns, pgx.CopyFromRows(rows))
	s.add("copied in %d, %v", n, err)
	s.do(statement{`select * from kinds where id >= 1000 order by id`, nil})
	n, err = s.conn.CopyFrom(s.ctx, pgx.Identifier{"matters"}, []string{"id", "title", "client_email"}, pgx.CopyFromSlice(500, func(i int) ([]any, error) {
		return []any{5000 + i, fmt.Sprintf("privileged: copied %d", i), fmt.Sprintf("copied%d@sealed.example", i)}, nil
	}))
	s.add("copied in %d, %v", n, err)
	_, err = s.conn.CopyFrom(s.ctx, pgx.Identifier{"matters"}, []string{"id", "client_email"}, pgx.CopyFromRows([][]any{{7000, "copied1@sealed.example"}}))
	s.fault(err, true)
	_, err = s.conn.PgConn().CopyFrom(s.ctx, strings.NewReader("8000\tprivileged: x\tno number\n"), `copy matters (id, title, value) from stdin`)
	s.add("no number: %s", codeOf(err))
	for _, options := range []string{"", "(format csv, header, force_quote *)", "(format binary)"} {
		for _, what := range []string{"(select * from kinds order by id)", "(select id, title, client_email, value from matters order by id)"} {
			var out strings.Builder
			tag, err := s.conn.PgConn().CopyTo(s.ctx, io.Writer(&out), "copy "+what+" to stdout "+options)
			s.add("copied out %s, %v: %d bytes, sum %d", tag, err, out.Len(), checksum([]byte(out.String())))
		}
	}
	s.usable()
	return nil
}

// notify passes a notification to the connection itself.
func (s *pgxSession) notify() error {
	if _, err := s.conn.Exec(s.ctx, `listen client_channel`); err != nil {
		return err
	}
	if _, err := s.conn.Exec(s.ctx, `select pg_notify('client_channel', $1)`, "hello"); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(s.ctx, 10*time.Second)
	defer cancel()
	n, err := s.conn.WaitForNotification(ctx)
	if err != nil {
		return err
	}
	s.add("notified on %s: %s", n.Channel, n.Payload)
	return nil
}

// cancel has a statement end by a cancel request, with the key and the process id that the server has given.
func (s *pgxSession) cancel() error {
	var pid uint32
	if err := s.conn.QueryRow(s.ctx, `select pg_backend_pid()`).Scan(&pid); err != nil {
		return err
	}
	s.add("the same process id: %v", pid == s.conn.PgConn().PID())
	sent := make(chan error, 1)
	timer := time.AfterFunc(300*time.Millisecond, func() { sent <- s.conn.PgConn().CancelRequest(s.ctx) })
	_, err := s.conn.Exec(s.ctx, `select pg_sleep(20)`)
	if timer.Stop() {
		return fmt.Errorf("pg_sleep ended by itself: %w", err)
	}
	s.fault(err, true)
	s.usable()
	return <-sent
}
