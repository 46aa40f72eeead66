package proxy_test

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/proxy"
)

// Without a policy the proxy cannot be told from the server: every execution mode, pipelines, errors in the middle, COPY,
// notifications, notices, cancel, long results.
func TestPassThrough(t *testing.T) {
	db := cluster.NewDatabase(t)
	cluster.Exec(t, db, "CREATE TABLE t (id int PRIMARY KEY, v text)")
	testPassThrough(t, start(t, proxy.Config{PassOthers: true}), db)
}

func testPassThrough(t *testing.T, p *running, db string) {
	for _, mode := range []pgx.QueryExecMode{pgx.QueryExecModeCacheStatement, pgx.QueryExecModeCacheDescribe,
		pgx.QueryExecModeDescribeExec, pgx.QueryExecModeExec, pgx.QueryExecModeSimpleProtocol} {
		t.Run(mode.String(), func(t *testing.T) {
			ctx := t.Context()
			conn := p.connect(t, db)
			mustExec(t, conn, "TRUNCATE t")
			for i := range 10 {
				mustExec(t, conn, "INSERT INTO t VALUES ($1, $2)", mode, i, strings.Repeat("x", i))
			}
			if _, err := conn.Exec(ctx, "INSERT INTO t VALUES ($1, $2)", mode, 1, "twice"); code(err) != "23505" {
				t.Fatalf("duplicate key: %v", err)
			}
			var n int
			if err := conn.QueryRow(ctx, "SELECT count(*) FROM t WHERE id < $1", mode, 5).Scan(&n); err != nil || n != 5 {
				t.Fatalf("%d rows, %v", n, err)
			}
			tx, err := conn.Begin(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := tx.Exec(ctx, "SELECT 1/0", mode); code(err) != "22012" {
				t.Fatal(err)
			}
			if _, err := tx.Exec(ctx, "SELECT 1", mode); code(err) != "25P02" {
				t.Fatal(err)
			}
			if err := tx.Rollback(ctx); err != nil {
				t.Fatal(err)
			}
			if status := conn.PgConn().TxStatus(); status != 'I' {
				t.Fatalf("status %c", status)
			}
		})
	}
	t.Run("pipelines", func(t *testing.T) { testPipelines(t, p.connect(t, db)) })
	t.Run("copy", func(t *testing.T) { testCopy(t, p.connect(t, db)) })
	t.Run("notify", func(t *testing.T) { testNotify(t, p.connect(t, db), p.connect(t, db)) })
	t.Run("long result", func(t *testing.T) {
		var n, sum int
		rows, _ := p.connect(t, db).Query(t.Context(), "SELECT i, repeat('x', 1000) FROM generate_series(1, 20000) i")
		var s string
		if _, err := pgx.ForEachRow(rows, []any{&n, &s}, func() error { sum += len(s); return nil }); err != nil {
			t.Fatal(err)
		}
		if n != 20000 || sum != 20_000_000 {
			t.Fatalf("%d rows, %d bytes", n, sum)
		}
	})
	t.Run("large values", func(t *testing.T) {
		var n int
		if err := p.connect(t, db).QueryRow(t.Context(), "SELECT length($1)", strings.Repeat("y", 5<<20)).Scan(&n); err != nil || n != 5<<20 {
			t.Fatal(n, err)
		}
	})
	t.Run("cancel", func(t *testing.T) {
		conn := p.connect(t, db)
		ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
		defer stop()
		go func() {
			time.Sleep(200 * time.Millisecond)
			_ = conn.PgConn().CancelRequest(ctx)
		}()
		if _, err := conn.Exec(ctx, "SELECT pg_sleep(15)"); code(err) != "57014" {
			t.Fatal(err)
		}
		var pid uint32
		if err := conn.QueryRow(ctx, "SELECT pg_backend_pid()").Scan(&pid); err != nil || pid != conn.PgConn().PID() {
			t.Fatalf("pid %d, want %d: %v", conn.PgConn().PID(), pid, err)
		}
	})
	t.Run("many pipelined requests", func(t *testing.T) {
		batch := &pgx.Batch{}
		for i := range 20000 {
			batch.Queue("SELECT $1::int", i)
		}
		if err := p.connect(t, db).SendBatch(t.Context(), batch).Close(); err != nil {
			t.Fatal(err)
		}
	})
}

func testPipelines(t *testing.T, conn *pgx.Conn) {
	ctx := t.Context()
	mustExec(t, conn, "TRUNCATE t")
	pipe := conn.PgConn().StartPipeline(ctx)
	send := func(sql string) { pipe.SendQueryParams(sql, nil, nil, nil, nil) }
	send("INSERT INTO t VALUES (1, 'kept')")
	if err := pipe.Sync(); err != nil {
		t.Fatal(err)
	}
	send("INSERT INTO t VALUES (2, 'rolled back')")
	send("SELECT 1/0")
	send("INSERT INTO t VALUES (3, 'skipped')")
	_ = pipe.Sync()
	send("INSERT INTO t VALUES (4, 'kept')")
	_ = pipe.Sync()
	var got []string
	for {
		res, err := pipe.GetResults()
		switch r := res.(type) {
		case *pgconn.ResultReader:
			if _, err = r.Close(); err == nil {
				got = append(got, "ok")
			}
		case *pgconn.PipelineSync:
			got = append(got, "sync")
		}
		if err != nil {
			got = append(got, code(err))
		}
		if res == nil && err == nil {
			break
		}
	}
	if want := "ok sync ok 22012 sync ok sync"; strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", strings.Join(got, " "), want)
	}
	if err := pipe.Close(); err != nil {
		t.Log(err) // the division by zero again
	}
	var ids []int32
	if err := conn.QueryRow(ctx, "SELECT array_agg(id ORDER BY id) FROM t").Scan(&ids); err != nil || len(ids) != 2 || ids[1] != 4 {
		t.Errorf("rows %v, %v", ids, err)
	}
}

func testCopy(t *testing.T, conn *pgx.Conn) {
	ctx := t.Context()
	mustExec(t, conn, "TRUNCATE t")
	n, err := conn.CopyFrom(ctx, pgx.Identifier{"t"}, []string{"id", "v"}, pgx.CopyFromSlice(5000, func(i int) ([]any, error) {
		return []any{i, "row"}, nil
	}))
	if err != nil || n != 5000 {
		t.Fatal(n, err)
	}
	if _, err := conn.CopyFrom(ctx, pgx.Identifier{"t"}, []string{"id", "v"}, pgx.CopyFromSlice(10, func(i int) ([]any, error) {
		return []any{i, "duplicate"}, nil
	})); code(err) != "23505" {
		t.Fatal(err)
	}
	tag, err := conn.PgConn().CopyTo(ctx, io.Discard, "COPY t TO STDOUT")
	if err != nil || tag.RowsAffected() != 5000 {
		t.Fatal(tag, err)
	}
	if _, err := conn.PgConn().CopyFrom(ctx, failingReader{}, "COPY t FROM STDIN"); err == nil {
		t.Fatal("COPY with a failing source succeeded")
	}
	if err := conn.Ping(ctx); err != nil {
		t.Fatal(err)
	}
}

type failingReader struct{}

func (failingReader) Read([]byte) (int, error) { return 0, errors.New("no more") }

func testNotify(t *testing.T, listener, sender *pgx.Conn) {
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	mustExec(t, listener, "LISTEN news")
	mustExec(t, sender, "NOTIFY news, 'hello'")
	n, err := listener.WaitForNotification(ctx)
	if err != nil || n.Payload != "hello" || n.PID != sender.PgConn().PID() {
		t.Fatal(n, err)
	}
}

// What comes before log-in is bounded, and answered or dropped without harm.
func TestBeforeLogin(t *testing.T) {
	p := start(t, proxy.Config{PassOthers: true, Limits: proxy.Limits{LoginTimeout: 500 * time.Millisecond}})
	startup := func(params string) []byte {
		b := binary.BigEndian.AppendUint32(nil, uint32(8+len(params)))
		return append(binary.BigEndian.AppendUint32(b, 3<<16), params...)
	}
	ssl := []byte{0, 0, 0, 8, 4, 210, 22, 47}
	tests := []struct {
		name string
		send []byte
		want string // in what comes back
	}{
		{"nothing", nil, ""},
		{"garbage", []byte("GET / HTTP/1.1\r\n\r\n"), "08P01"},
		{"huge length", []byte{0xff, 0xff, 0xff, 0xff, 0, 3, 0, 0}, "08P01"},
		{"length of a megabyte", []byte{0, 0x10, 0, 0, 0, 3, 0, 0}, "08P01"},
		{"too short", []byte{0, 0, 0, 7, 0, 3, 0, 0}, "08P01"},
		{"no user", startup("database\x00postgres\x00\x00"), "28000"},
		{"no terminator", startup("user\x00postgres\x00"), "08P01"},
		{"protocol 2", []byte{0, 0, 0, 8, 0, 2, 0, 0}, "0A000"},
		{"protocol 4", []byte{0, 0, 0, 8, 0, 4, 0, 0}, "0A000"},
		{"TLS asked for twice", append(append([]byte{}, ssl...), ssl...), "08P01"},
		{"a password that never comes", startup("user\x00postgres\x00\x00"), "log-in took too long"},
		{"a query before the password", append(startup("user\x00postgres\x00\x00"), "Q\x00\x00\x00\x0dselect 1\x00"...), "log-in took too long"},
		{"a long password", append(startup("user\x00postgres\x00\x00"), "p\x00\x20\x00\x00"...), "08P01"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			conn, err := net.Dial("tcp", p.listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			_ = conn.SetDeadline(time.Now().Add(30 * time.Second))
			if _, err := conn.Write(test.send); err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(conn)
			if err != nil && !strings.Contains(err.Error(), "reset") {
				t.Fatal(err)
			}
			if !strings.Contains(string(got), test.want) {
				t.Errorf("got %q, want %q in it", got, test.want)
			}
		})
	}
	if err := p.connect(t, "postgres").Ping(t.Context()); err != nil {
		t.Fatalf("afterwards: %v", err)
	}
}

// 500 connections that say nothing do not keep the 501st out, and the limit is the server's own error.
func TestSilentConnections(t *testing.T) {
	p := start(t, proxy.Config{PassOthers: true, Limits: proxy.Limits{Connections: 502}})
	var conns []net.Conn
	for range 500 {
		conn, err := net.Dial("tcp", p.listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		conns = append(conns, conn)
	}
	if err := p.connect(t, "postgres").Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		conn, err := net.Dial("tcp", p.listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
	}
	if _, err := pgx.Connect(t.Context(), p.url("postgres")); code(err) != "53300" {
		t.Fatal(err)
	}
	_ = conns
}

func TestUnknownDatabase(t *testing.T) {
	p := start(t, proxy.Config{})
	if _, err := pgx.Connect(t.Context(), p.url("postgres")); code(err) != "3D000" {
		t.Fatal(err)
	}
}

func TestWrongPassword(t *testing.T) {
	p := start(t, proxy.Config{PassOthers: true})
	url := strings.Replace(p.url("postgres"), "secret", "wrong", 1)
	if _, err := pgx.Connect(t.Context(), url); code(err) != "28P01" {
		t.Fatal(err)
	}
}

func TestServerUnreachable(t *testing.T) {
	p := start(t, proxy.Config{PassOthers: true, Dial: func(ctx context.Context) (net.Conn, error) {
		return nil, errors.New("refused")
	}})
	if _, err := pgx.Connect(t.Context(), p.url("postgres")); code(err) != "08006" {
		t.Fatal(err)
	}
}

// A client that leaves in the middle of a statement does not leave the statement running.
func TestClientGone(t *testing.T) {
	p := start(t, proxy.Config{PassOthers: true})
	conn := p.connect(t, "postgres")
	pid := conn.PgConn().PID()
	conn.PgConn().Frontend().SendQuery(&pgproto3.Query{String: "SELECT pg_sleep(30)"})
	if err := conn.PgConn().Frontend().Flush(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(200 * time.Millisecond)
	_ = conn.PgConn().Conn().Close()
	admin := p.connect(t, "postgres")
	deadline := time.Now().Add(30 * time.Second)
	for {
		var n int
		if err := admin.QueryRow(t.Context(), "SELECT count(*) FROM pg_stat_activity WHERE pid = $1", pid).Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("the statement still runs")
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// Drain ends idle sessions at once, busy ones at the end of their transaction.
func TestDrain(t *testing.T) {
	p := start(t, proxy.Config{PassOthers: true})
	idle, busy := p.connect(t, "postgres"), p.connect(t, "postgres")
	tx, err := busy.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var done sync.WaitGroup
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	done.Go(func() {
		if err := p.Drain(ctx, p.listener); err != nil {
			t.Errorf("drain: %v", err)
		}
	})
	if _, err := idle.PgConn().ReceiveMessage(ctx); err == nil || !strings.Contains(err.Error(), "57P01") {
		t.Errorf("idle session: %v", err)
	}
	if _, err := tx.Exec(ctx, "SELECT 1"); err != nil {
		t.Errorf("a statement of the transaction: %v", err)
	}
	if err := tx.Commit(ctx); err != nil {
		t.Errorf("commit: %v", err)
	}
	if _, err := busy.Exec(ctx, "SELECT 1"); err == nil {
		t.Error("the session goes on after its transaction")
	}
	done.Wait()
}

func mustExec(t testing.TB, conn *pgx.Conn, sql string, args ...any) pgconn.CommandTag {
	t.Helper()
	tag, err := conn.Exec(t.Context(), sql, args...)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return tag
}

// code is the SQLSTATE of an error.
func code(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}
