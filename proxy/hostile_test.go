package proxy_test

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/proxy"
)

// A client sends more behind a request that fails than the queue holds, and its Sync last.
func TestManyRequestsBehindAnError(t *testing.T) {
	p := start(t, proxy.Config{PassOthers: true})
	c := dialWire(t, p.url("postgres"))
	c.send(t, parse("", "SELECT 1/0"), bind(""), execute)
	for range 200 {
		var some []pgproto3.FrontendMessage
		for range 25 {
			some = append(some, parse("", "SELECT 1"), bind(""), execute)
		}
		c.send(t, some...)
	}
	expect(t, "1 22012 I T D C I", c.answers(t, 2, endSync, query("SELECT 1")))
}

// At the limit of sessions a statement can still be cancelled, and who is turned away is told why, though he asks for TLS first.
func TestAtTheLimit(t *testing.T) {
	p := start(t, proxy.Config{PassOthers: true, Limits: proxy.Limits{Connections: 1}})
	conn := p.connect(t, "postgres")
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	if _, err := pgx.Connect(ctx, p.url("postgres")); code(err) != "53300" {
		t.Error(err)
	}
	if _, err := pgx.Connect(ctx, strings.Replace(p.url("postgres"), "sslmode=disable", "sslmode=prefer", 1)); code(err) != "53300" {
		t.Error(err)
	}
	go func() {
		time.Sleep(200 * time.Millisecond)
		_ = conn.PgConn().CancelRequest(ctx)
	}()
	if _, err := conn.Exec(ctx, "SELECT pg_sleep(15)"); code(err) != "57014" {
		t.Error(err)
	}
	p = start(t, proxy.Config{PassOthers: true, Limits: proxy.Limits{Connections: 1}, ClientTLS: clientTLS(t, proxy.ClientTLSRequire)})
	p.settings = "sslmode=require"
	_ = p.connect(t, "postgres")
	if _, err := pgx.Connect(ctx, p.url("postgres")); code(err) != "53300" {
		t.Errorf("under TLS: %v", err)
	}
}

// A server that does not take the connection keeps the client no longer than a log-in may take, and a proxy that is stopped not at all.
func TestDialThatHangs(t *testing.T) {
	dial := func(ctx context.Context) (net.Conn, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	p := start(t, proxy.Config{PassOthers: true, Dial: dial, Limits: proxy.Limits{LoginTimeout: 500 * time.Millisecond}})
	if _, err := pgx.Connect(t.Context(), p.url("postgres")); err == nil {
		t.Error("connected")
	}
	p = start(t, proxy.Config{PassOthers: true, Dial: dial})
	go func() { _, _ = pgx.Connect(t.Context(), p.url("postgres")) }()
	time.Sleep(100 * time.Millisecond)
	ctx, stop := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer stop()
	began := time.Now()
	if err := p.Drain(ctx, p.listener); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) > 20*time.Second {
		t.Errorf("after %v: %v", time.Since(began), err)
	}
}

// The server cuts the names of databases; a longer one leads to the same database, and to the same policy.
func TestLongDatabaseName(t *testing.T) {
	const name = "a_database_whose_name_has_sixty_three_bytes_the_servers_limit_63"
	cluster.Exec(t, "postgres", `CREATE DATABASE "`+name[:63]+`"`)
	p := start(t, proxy.Config{PassOthers: true, Databases: map[string]*proxy.Database{name[:63]: {Tenant: fixedTenant("acme")}}})
	if _, err := pgx.Connect(t.Context(), strings.Replace(p.url("DB"), "DB", name+"_and_more", 1)+"&replication=database"); code(err) != "0A000" {
		t.Errorf("not taken for the protected database: %v", err)
	}
}

// A panic ends its own session and no other, and the log says nothing of the values.
func TestPanic(t *testing.T) {
	logged := make(logLines, 100)
	s := startSafe(t, func(c *proxy.Config) {
		c.Log = slog.New(slog.NewTextHandler(logged, nil))
		for _, d := range c.Databases {
			d.Keys = panicking{}
		}
	})
	other := s.connect(t)
	conn := s.connect(t)
	if _, err := conn.Exec(t.Context(), insertTitle, 1, "canary"); code(err) != "XX000" {
		t.Error(err)
	}
	if err := other.Ping(t.Context()); err != nil {
		t.Error(err)
	}
	for len(logged) > 0 {
		line := <-logged
		if strings.Contains(line, "session panicked") && strings.Contains(line, "panicking") && !strings.Contains(line, "canary") {
			return
		}
		t.Error(line)
	}
	t.Error("not logged")
}

// logLines are lines of a log that a test reads.
type logLines chan string

func (l logLines) Write(b []byte) (int, error) {
	l <- string(b)
	return len(b), nil
}

// panicking is a Keys with a bug.
type panicking struct{}

func (panicking) Acquire(context.Context, string) (proxy.Key, error) { panic("canary") }
