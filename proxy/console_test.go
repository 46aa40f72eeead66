package proxy_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/proxy"
)

func testConsole() *proxy.Console {
	return &proxy.Console{Database: "pgseal", Roles: []string{"watcher", "shut_out", "unfit"}, LoginDatabase: "postgres", Version: "test",
		Run: func(_ context.Context, who proxy.ConsoleUser, command string) (*proxy.ConsoleResult, error) {
			switch command {
			case "SHOW ME":
				return &proxy.ConsoleResult{Tag: "SHOW", Columns: []string{"role", "n", "nothing"}, Rows: [][]any{{who.Role, int64(1 << 40), nil}}}, nil
			case "RELOAD":
				return &proxy.ConsoleResult{Tag: "RELOAD", Notice: "done"}, nil
			case "SHOW PANIC":
				panic("canary")
			case "":
				return &proxy.ConsoleResult{}, nil
			}
			return nil, &proxy.ConsoleError{Code: "42601", Message: "unknown", Hint: "SHOW HELP"}
		}}
}

// Who may use the console, and is let in as in a session: in each mode, with each kind of client.
func TestConsoleLogin(t *testing.T) {
	makeRole(t, "watcher", "")
	makeRole(t, "stranger", "")
	makeRole(t, "shut_out", "VALID UNTIL '2020-01-01'")
	makeRole(t, "unfit", "; ALTER ROLE unfit NOLOGIN")
	for mode, auth := range map[string]proxy.Auth{"passthrough": {}, "relay": relay()} {
		for _, up := range []proxy.UpstreamTLSMode{proxy.UpstreamTLSDisable, proxy.UpstreamTLSVerifyFull} {
			p := start(t, proxy.Config{Auth: auth, Console: testConsole(), ClientTLS: clientTLS(t, proxy.ClientTLSAllow), Dial: upstream(t, up).Dial, Limits: proxy.Limits{FailedLogins: -1}})
			for _, settings := range []string{"sslmode=disable", "sslmode=require&channel_binding=disable"} {
				p.settings = settings
				for _, c := range []struct{ role, password, code string }{
					{"watcher", "secret", ""}, {"watcher", "wrong", "28P01"}, {"stranger", "secret", "42501"}, {"stranger", "wrong", "28P01"}, {"nobody_here", "secret", "28P01"},
					{"shut_out", "secret", "28P01"}, {"unfit", "secret", "28000"},
				} {
					url := strings.Replace(p.as(c.role, c.password), "/postgres?", "/pgseal?", 1)
					conn, err := pgx.Connect(t.Context(), url)
					if code(err) != c.code {
						t.Errorf("%s, upstream %s, %s: %s with %q: %v", mode, up, settings, c.role, c.password, err)
					}
					if err == nil {
						_ = conn.Close(t.Context())
					}
				}
			}
		}
	}
}

// What drivers do in it: simple and prepared, errors, and a drain that ends it.
func TestConsoleSession(t *testing.T) {
	makeRole(t, "watcher", "")
	p := start(t, proxy.Config{Console: testConsole()})
	url := strings.Replace(p.as("watcher", "secret"), "/postgres?", "/pgseal?", 1)
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	for _, mode := range []pgx.QueryExecMode{pgx.QueryExecModeSimpleProtocol, pgx.QueryExecModeExec, pgx.QueryExecModeDescribeExec, pgx.QueryExecModeCacheStatement, pgx.QueryExecModeCacheDescribe} {
		var role string
		var n int64
		var nothing *string
		for range 2 {
			if err := conn.QueryRow(t.Context(), "SHOW ME", mode).Scan(&role, &n, &nothing); err != nil || role != "watcher" || n != 1<<40 || nothing != nil {
				t.Errorf("%s: %s, %d, %v, %v", mode, role, n, nothing, err)
			}
			if tag, err := conn.Exec(t.Context(), "RELOAD", mode); err != nil || tag.String() != "RELOAD" {
				t.Errorf("%s: %s, %v", mode, tag, err)
			}
			if _, err := conn.Exec(t.Context(), "DROP TABLE x", mode); code(err) != "42601" {
				t.Errorf("%s: %v", mode, err)
			}
		}
	}
	if _, err := conn.Exec(t.Context(), "SHOW $1", "ME"); code(err) == "" {
		t.Error("a parameter is taken")
	}
	if err := conn.Ping(t.Context()); code(err) == "08P01" {
		t.Error(err)
	}
	ended := make(chan error, 1)
	go func() {
		ctx, stop := context.WithTimeout(context.Background(), 20*time.Second)
		defer stop()
		ended <- p.Drain(ctx, p.listener)
	}()
	if err := <-ended; err != nil {
		t.Errorf("a drain does not end the console: %v", err)
	}
	if _, err := conn.Exec(t.Context(), "SHOW ME"); code(err) != "57P01" {
		t.Errorf("after the drain: %v", err)
	}
}

// A panic in the console, too, is the end of its own connection and no other, and the log says nothing of what it was about.
func TestConsolePanic(t *testing.T) {
	makeRole(t, "watcher", "")
	logged := make(logLines, 100)
	p := start(t, proxy.Config{Console: testConsole(), Log: slog.New(slog.NewTextHandler(logged, &slog.HandlerOptions{Level: slog.LevelError}))})
	url := strings.Replace(p.as("watcher", "secret"), "/postgres?", "/pgseal?", 1)
	var conns []*pgx.Conn
	for range 2 {
		conn, err := pgx.Connect(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close(context.Background())
		conns = append(conns, conn)
	}
	if _, err := conns[0].Exec(t.Context(), "SHOW PANIC", pgx.QueryExecModeSimpleProtocol); err == nil {
		t.Error("a panic is answered")
	}
	if _, err := conns[1].Exec(t.Context(), "RELOAD", pgx.QueryExecModeSimpleProtocol); err != nil {
		t.Errorf("another client: %v", err)
	}
	if line := <-logged; !strings.Contains(line, "connection panicked") || strings.Contains(line, "canary") {
		t.Error(line)
	}
}

// Without a console its name is a database like any other.
func TestNoConsole(t *testing.T) {
	makeRole(t, "watcher", "")
	p := start(t, proxy.Config{})
	if _, err := pgx.Connect(t.Context(), strings.Replace(p.as("watcher", "secret"), "/postgres?", "/pgseal?", 1)); code(err) != "3D000" {
		t.Error(fmt.Sprint(err))
	}
}
