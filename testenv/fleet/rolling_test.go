package fleet

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/postgres"
)

// group are proxies of one deployment behind a balancer.
type group struct {
	t        *testing.T
	database string
	proxies  []*program.Deployment
	balancer string
}

const groupPolicy = "version: 1\ntables: {public.matters: {columns: {title: {mode: randomized}, email: {mode: deterministic}}}}\n"

// startGroup starts n proxies whose upstream is so.
func startGroup(t *testing.T, n int, database, upstream, attrs string) *group {
	t.Helper()
	g := &group{t: t, database: database}
	dir := t.TempDir()
	options := program.Options{Binary: binary, Upstream: upstream, Attrs: attrs, Database: database, Policy: groupPolicy, Control: "user=postgres",
		Config: fromDocument(t).limits}
	for i := range n {
		options.Dir = filepath.Join(dir, fmt.Sprintf("proxy%d", i+1))
		p, err := (*program.Deployment)(nil), error(nil)
		if i == 0 {
			p, err = program.Prepare(t.Context(), options)
		} else {
			p, err = g.proxies[0].Another(options)
		}
		if err == nil {
			err = p.Serve()
		}
		if err != nil {
			t.Fatal(err)
		}
		g.proxies = append(g.proxies, p)
		t.Cleanup(func() {
			if err := p.Stop(); err != nil {
				t.Error(err)
			}
			if t.Failed() {
				t.Logf("proxy %d: %s", i+1, tail(p.Log(), 30))
			}
		})
	}
	g.balancer = balance(t, g.proxies)
	return g
}

// connect connects to an address: the balancer's, or a proxy's.
func (g *group) connect(ctx context.Context, address string) (*pgx.Conn, error) {
	return pgx.Connect(ctx, fmt.Sprintf("postgres://postgres@%s/%s?sslmode=disable&connect_timeout=20", address, g.database))
}

func (g *group) mustConnect(address string) *pgx.Conn {
	g.t.Helper()
	conn, err := g.connect(g.t.Context(), address)
	if err != nil {
		g.t.Fatal(err)
	}
	g.t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

// lockReaches demands that a lock is obeyed by every proxy within seconds, and an unlock too.
func (g *group) lockReaches() {
	g.t.Helper()
	g.key("lock", "KU009")
	g.key("unlock", "")
}

// key runs a command on the tenant's key, and waits until every proxy answers so.
func (g *group) key(command, want string) {
	g.t.Helper()
	began := time.Now()
	if out, err := g.proxies[0].Command(g.t.Context(), "key", command, "acme").CombinedOutput(); err != nil {
		g.t.Fatalf("key %s: %v: %s", command, err, out)
	}
	for i, p := range g.proxies {
		conn := g.mustConnect(p.Address())
		for {
			var title string
			err := conn.QueryRow(g.t.Context(), "SELECT title FROM matters LIMIT 1").Scan(&title)
			var server *pgconn.PgError
			if errors.As(err, &server) && server.Code == want || err == nil && want == "" {
				break
			}
			if time.Since(began) > 30*time.Second {
				g.t.Fatalf("proxy %d does not follow key %s: %v", i+1, command, err)
			}
			time.Sleep(50 * time.Millisecond)
		}
	}
	g.t.Logf("key %s had reached all %d proxies %s after the command began", command, len(g.proxies), time.Since(began).Round(10*time.Millisecond))
}

// cancels demands that a CancelRequest works that goes through the balancer, to whichever proxy that picks.
func (g *group) cancels(times int) {
	g.t.Helper()
	for range times {
		conn := g.mustConnect(g.balancer)
		done := make(chan error, 1)
		go func() {
			_, err := conn.Exec(g.t.Context(), "SELECT pg_sleep(60)")
			done <- err
		}()
		var err error
		for end, stopped := time.Now().Add(30*time.Second), false; !stopped; {
			if time.Now().After(end) {
				g.t.Fatal("the statement is not cancelled")
			}
			if err := conn.PgConn().CancelRequest(g.t.Context()); err != nil {
				g.t.Fatal(err)
			}
			select {
			case err = <-done:
				stopped = true
			case <-time.After(500 * time.Millisecond): // it may not have begun
			}
		}
		var server *pgconn.PgError
		if !errors.As(err, &server) || server.Code != "57014" {
			g.t.Errorf("cancelled: %v", err)
		}
	}
}

// TestRollingRestart: three proxies behind HAProxy are restarted one after the other under pgbench: no transaction fails, one that is open over the
// restart of its proxy comes to its end, cancel requests arrive by whichever proxy, and a lock reaches all.
func TestRollingRestart(t *testing.T) {
	t.Parallel()
	server := postgres.Start(t, clusterOptions())
	database := server.NewDatabase(t)
	server.Exec(t, database, "CREATE TABLE matters (id bigserial PRIMARY KEY, title text, email text)")
	g := startGroup(t, 3, database, server.Address(), "")
	script := filepath.Join(t.TempDir(), "script.sql")
	if err := os.WriteFile(script, []byte("BEGIN;\nINSERT INTO matters (title, email) VALUES ('"+canary+"x', 'a@b.example');\nSELECT title FROM matters ORDER BY id DESC LIMIT 1;\nCOMMIT;\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, port, _ := strings.Cut(g.balancer, ":")
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Minute)
	defer stop()
	bench := exec.CommandContext(ctx, pgbench(t, server), "-n", "-C", "-c", "4", "-T", "25", "-f", script, "-h", "127.0.0.1", "-p", port, "-U", "postgres", database)
	var out strings.Builder
	bench.Stdout, bench.Stderr = &out, &out
	if err := bench.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- bench.Wait() }()
	restarts := 0
	for _, p := range g.proxies {
		conn := g.mustConnect(p.Address())
		if _, err := conn.Exec(t.Context(), "BEGIN; INSERT INTO matters (title, email) VALUES ('"+canary+"open', 'c@d.example')"); err != nil {
			t.Fatal(err)
		}
		var committing sync.WaitGroup
		committing.Go(func() {
			time.Sleep(2 * time.Second)
			if _, err := conn.Exec(t.Context(), "COMMIT"); err != nil {
				t.Errorf("a transaction that was open when its proxy was told to end: %v", err)
			}
		})
		if err := p.Stop(); err != nil {
			t.Error(err)
		}
		committing.Wait()
		if err := p.Serve(); err != nil {
			t.Fatal(err)
		}
		restarts++
		time.Sleep(time.Second)
	}
	select {
	case <-ended:
		t.Errorf("pgbench ended before the restarts did: %s", out.String())
	default:
	}
	if err := <-ended; err != nil || !strings.Contains(out.String(), "number of failed transactions: 0 ") {
		t.Errorf("pgbench: %v\n%s", err, out.String())
	}
	for _, line := range strings.Split(out.String(), "\n") {
		if strings.Contains(line, "transactions actually processed") || strings.Contains(line, "failed") {
			t.Log(line)
		}
	}
	var rows, plain int
	conn := server.Conn(t, database, "")
	if err := conn.QueryRow(t.Context(), "SELECT count(*), count(*) FILTER (WHERE title NOT LIKE 'pgs1\\_%' OR email NOT LIKE 'pgs1\\_%') FROM matters").Scan(&rows, &plain); err != nil {
		t.Fatal(err)
	}
	if plain > 0 || !strings.Contains(out.String(), fmt.Sprintf("actually processed: %d\n", rows-restarts)) {
		t.Errorf("%d rows, %d of them plain\n%s", rows, plain, out.String())
	}
	g.cancels(6)
	g.lockReaches()
}

// pgbench is the program of the server's version.
func pgbench(t *testing.T, server *postgres.Cluster) string {
	t.Helper()
	cmd, err := server.Command(t.Context(), "pgbench")
	if err != nil {
		t.Fatal(err)
	}
	return cmd.Path
}
