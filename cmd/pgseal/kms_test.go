package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
	"github.com/legatics/pgseal/testenv/postgres"
)

// deployment is the whole product in this process: PostgreSQL, a KMS that speaks AWS's protocol to the real SDK, and the proxy.
type deployment struct {
	t       *testing.T
	cluster *postgres.Cluster
	kms     *kmstest.Server
	key     string // ARN
	config  string // path
	service *service
}

func deploy(t *testing.T) *deployment {
	return deployWith(t, "CREATE TABLE matters (id bigint PRIMARY KEY, title text); CREATE TABLE plain (id bigint)",
		"version: 1\ntables: {public.matters: {columns: {title: {mode: randomized}}}}\n")
}

// deployWith has the tables that the SQL makes, and that policy.
func deployWith(t *testing.T, tables, policy string) *deployment {
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIDPGSEAL")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	t.Setenv("AWS_REGION", "eu-central-1")
	d := &deployment{t: t, cluster: postgres.Start(t, postgres.Options{User: "app"})}
	var err error
	if d.kms, err = kmstest.Start(kmstest.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.kms.Close() })
	d.key = d.kms.CreateKey(kmstest.KeyOptions{})
	d.cluster.Exec(t, "postgres", "CREATE DATABASE dealroom")
	d.cluster.Exec(t, "dealroom", tables)
	d.config = filepath.Join(t.TempDir(), "pgseal.yaml")
	d.write(d.config, fmt.Sprintf(`
listen: 127.0.0.1:0
upstream: {address: %q}
admin: {listen: "127.0.0.1:0"}
databases: {dealroom: {control: "user=app", tenant: {fixed: acme}, policy: policy.yaml}}
keys: {default_cache_time: 1m, aws: {endpoint: %q}}
`, d.cluster.Address(), d.kms.URL()))
	d.write(filepath.Join(filepath.Dir(d.config), "policy.yaml"), policy)
	d.run("init")
	d.run("tenant", "add", "acme", "--provider", "aws-kms", "--key", d.key)
	d.service = d.serve(nil)
	return d
}

// serve starts a proxy. settings, if it is not nil, changes its configuration before.
func (d *deployment) serve(settings func(*config)) *service {
	d.t.Helper()
	return d.serveLogged(slog.New(slog.DiscardHandler), settings)
}

func (d *deployment) serveLogged(log *slog.Logger, settings func(*config)) *service {
	d.t.Helper()
	config, err := loadConfig(d.config)
	if err != nil {
		d.t.Fatal(err)
	}
	if settings != nil {
		settings(config)
	}
	s, err := startService(d.t.Context(), config, log)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() {
		ctx, stop := context.WithTimeout(context.Background(), 30*time.Second)
		defer stop()
		if err := s.close(ctx); err != nil {
			d.t.Error(err)
		}
	})
	return s
}

func (d *deployment) write(path, text string) {
	d.t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
}

// run runs one of pgseal's own commands.
func (d *deployment) run(args ...string) {
	d.t.Helper()
	var out bytes.Buffer
	if code := runContext(d.t.Context(), append([]string{"pgseal"}, append(args, "--config", d.config)...), &out, &out); code != exitDone {
		d.t.Fatalf("%v: exit %d: %s", args, code, out.String())
	}
}

func (d *deployment) connect() *pgx.Conn {
	d.t.Helper()
	return d.connectTo(d.service)
}

func (d *deployment) connectTo(s *service) *pgx.Conn {
	d.t.Helper()
	url := strings.Replace(d.cluster.URL("dealroom", ""), d.cluster.Address(), s.address().String(), 1)
	conn, err := pgx.Connect(d.t.Context(), url)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

// ask makes every proxy ask the KMS anew, now: a lock gives the key up, and the end of the lock lets it be fetched again.
func (d *deployment) ask(conn *pgx.Conn) {
	d.t.Helper()
	d.run("key", "lock", "acme")
	d.until(conn, "KU009")
	d.run("key", "unlock", "acme")
}

// until repeats a statement that needs the key until it ends in that SQLSTATE ("": success).
func (d *deployment) until(conn *pgx.Conn, want string) {
	d.t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for {
		_, err := conn.Exec(d.t.Context(), "SELECT title FROM matters")
		if sqlstate(err) == want && (want != "" || err == nil) {
			return
		}
		if time.Now().After(deadline) {
			d.t.Fatalf("still %v, want %q", err, want)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// Each way in which a customer can take the key away ends in its own typed error at the next call of the KMS, and in nothing else; when the key is back
// so is the data, by itself.
func TestWithdrawnInKMS(t *testing.T) {
	d := deploy(t)
	conn := d.connect()
	if _, err := conn.Exec(t.Context(), "INSERT INTO matters VALUES (1, 'canary')"); err != nil {
		t.Fatal(err)
	}
	deny := kmstest.Denial{Operations: []string{"Decrypt"}}
	tests := []struct {
		name     string
		code     string
		withdraw func() error
		give     func() error
	}{
		{"denied", "KU001", func() error { d.kms.Deny(deny); return nil }, func() error { d.kms.Allow(deny); return nil }},
		{"disabled", "KU002", func() error { return d.kms.SetState(d.key, kmstest.Disabled) }, func() error { return d.kms.SetState(d.key, kmstest.Enabled) }},
		{"pending deletion", "KU003", func() error { return d.kms.SetState(d.key, kmstest.PendingDeletion) }, func() error { return d.kms.SetState(d.key, kmstest.Enabled) }},
		{"throttled", "KU007", func() error { _, err := d.kms.Inject(kmstest.Fault{Kind: kmstest.Throttle}); return err }, func() error { d.kms.ClearFaults(); return nil }},
		{"silent", "KU006", func() error { _, err := d.kms.Inject(kmstest.Fault{Kind: kmstest.Hang}); return err }, func() error { d.kms.ClearFaults(); return nil }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if err := test.withdraw(); err != nil {
				t.Fatal(err)
			}
			d.ask(conn)
			d.until(conn, test.code)
			if _, err := conn.Exec(t.Context(), "SELECT * FROM plain"); err != nil {
				t.Errorf("an unprotected table: %v", err)
			}
			tx, err := conn.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := tx.Exec(t.Context(), "INSERT INTO matters VALUES (2, 'x')"); sqlstate(err) != test.code {
				t.Errorf("in a transaction: %v", err)
			}
			if status := conn.PgConn().TxStatus(); status != 'E' {
				t.Errorf("status %c", status)
			}
			_ = tx.Rollback(t.Context())
			if err := test.give(); err != nil {
				t.Fatal(err)
			}
			d.until(conn, "")
		})
	}
}

// An outage is not a denial: what is held serves until its cache time is over. A cache time that is shortened in the meantime counts for what is held
// already: a key that could have been used for a day is gone a minute after the last yes.
func TestOutageServesFromTheCache(t *testing.T) {
	d := deploy(t)
	conn := d.connect()
	d.until(conn, "")
	d.run("key", "set-cache-time", "acme", "24h")
	d.ask(conn)
	d.until(conn, "")
	if _, err := d.kms.Inject(kmstest.Fault{Kind: kmstest.Drop}); err != nil {
		t.Fatal(err)
	}
	began := time.Now() // the last yes came before
	readable := func(within time.Duration) {
		t.Helper()
		for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
			got := told[keyView](d, "key", "status", "acme")
			if got.ReadableUntil != nil && got.ReadableUntil.Before(began.Add(within)) && got.ReadableUntil.After(began.Add(within-30*time.Second)) {
				return
			}
			if time.Now().After(deadline) {
				t.Fatalf("readable until %v: %+v", got.ReadableUntil, got)
			}
		}
	}
	readable(24 * time.Hour)
	for range 20 {
		if _, err := conn.Exec(t.Context(), "SELECT title FROM matters"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(50 * time.Millisecond)
	}
	d.run("key", "set-cache-time", "acme", "1m")
	readable(time.Minute)
	if events := told[[]admin.Event](d, "key", "events", "acme", "--limit", "1"); len(events) != 1 || events[0].Kind != "cache time set" || events[0].Detail != "1m0s" {
		t.Errorf("events: %+v", events)
	}
	if testing.Short() {
		t.Skip("the end of the cache time takes a minute of real time: run without -short")
	}
	for {
		sent := time.Now()
		_, err := conn.Exec(t.Context(), "SELECT title FROM matters")
		if sqlstate(err) == "KU006" {
			break
		}
		if err != nil || sent.After(began.Add(time.Minute)) {
			t.Fatalf("after %s: %v", time.Since(began), err)
		}
		time.Sleep(100 * time.Millisecond)
	}
	if held := time.Since(began); held < 40*time.Second {
		t.Errorf("served for %s", held)
	}
	d.kms.ClearFaults()
	d.until(conn, "")
}

// Fifty sessions that begin at once cost one call of the KMS.
func TestOneCallForManySessions(t *testing.T) {
	d := deploy(t)
	conns := make([]*pgx.Conn, 50)
	for i := range conns {
		conns[i] = d.connect()
	}
	d.kms.ResetCounts()
	var all sync.WaitGroup
	for _, conn := range conns {
		all.Go(func() {
			if _, err := conn.Exec(t.Context(), "SELECT title FROM matters"); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if counts := d.kms.Counts(); counts["Decrypt"] != 1 || len(counts) != 1 {
		t.Errorf("calls: %v", counts)
	}
}
