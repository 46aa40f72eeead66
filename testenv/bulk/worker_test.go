package bulk

import (
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
	"github.com/legatics/pgseal/testenv/postgres"
)

// startCloud is a world with one table, letters, whose tenant has its key in a KMS, and whose proxies leave the work to others.
func startCloud(t *testing.T, rows int, server postgres.Options) (*world, *kmstest.Server, string) {
	t.Helper()
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIDPGSEAL")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	t.Setenv("AWS_REGION", "eu-central-1")
	kms, err := kmstest.Start(kmstest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = kms.Close() })
	key := kms.CreateKey(kmstest.KeyOptions{})
	w := startLetters(t, rows, server, program.Options{Rule: "{fixed: away}", Config: "work_on_columns: false\n"})
	if out, err := w.pgseal.Command(t.Context(), "tenant", "add", "away", "--provider", "aws-kms", "--key", key, "--endpoint", kms.URL(), "--cache-time", "1m").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	w.serve(t)
	t.Cleanup(func() {
		if err := w.pgseal.Stop(); err != nil {
			t.Error(err)
		}
	})
	return w, kms, key
}

// startLetters prepares a world with texts of 100 bytes: a table letters of so many rows, and a small one, loops.
func startLetters(t *testing.T, rows int, server postgres.Options, options program.Options) *world {
	t.Helper()
	w := &world{server: postgres.Start(t, server)}
	w.server.Exec(t, "postgres", "CREATE DATABASE "+database)
	w.server.Exec(t, database, "CREATE TABLE letters (id bigint PRIMARY KEY, body text); CREATE TABLE loops (id bigint PRIMARY KEY, body text)")
	w.server.Exec(t, database, fmt.Sprintf("INSERT INTO letters SELECT i, lpad(i::text, 100, 'x') FROM generate_series(1, %d) i", rows))
	w.server.Exec(t, database, "INSERT INTO loops SELECT i, lpad(i::text, 100, 'x') FROM generate_series(1, 3000) i")
	w.server.Exec(t, database, "ANALYZE letters")
	options.Binary, options.Dir, options.Upstream = binary, filepath.Join(t.TempDir(), "pgseal"), w.server.Address()
	options.Database, options.Control = database, "user=postgres"
	options.Policy = "version: 1\ntables:\n  public.letters: {columns: {body: {mode: randomized}}}\n  public.loops: {columns: {body: {mode: randomized}}}\n"
	var err error
	if w.pgseal, err = program.Prepare(t.Context(), options); err != nil {
		t.Fatal(err)
	}
	if w.url, err = w.pgseal.URL(w.server.URL(database, "")); err != nil {
		t.Fatal(err)
	}
	return w
}

const letters = "public.letters.body"

// worker starts `pgseal worker`.
func (w *world) worker(t *testing.T, args ...string) *program.Process {
	t.Helper()
	cmd := w.pgseal.Command(t.Context(), append([]string{"worker"}, args...)...)
	cmd.Stdout, cmd.Stderr = t.Output(), t.Output()
	cmd.WaitDelay = 5 * time.Second
	p, err := program.Start(cmd)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Kill)
	return p
}

// number asks the server for one.
func (w *world) number(t *testing.T, sql string) (n int) {
	t.Helper()
	if err := w.server.Conn(t, database, "").QueryRow(t.Context(), sql).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestWorker: a process that serves nobody does the work that proxies leave alone; the key's owner reaches it; it ends behind a batch.
func TestWorker(t *testing.T) {
	rows := 10 * *rowsEach
	w, kms, _ := startCloud(t, rows, postgres.Options{})
	w.column(t, true, "encrypt", "--detach", letters, "--max-wal-rate", "100kB")
	port, err := program.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	at := fmt.Sprintf("127.0.0.1:%d", port)
	time.Sleep(3 * time.Second) // a proxy that worked would look for work once a second
	if n := w.number(t, "SELECT count(*) FROM letters WHERE body LIKE 'pgs1%'"); n > 0 {
		t.Fatalf("the proxy has sealed %d values", n)
	}

	p := w.worker(t, "--admin", at)
	w.until(t, letters, "bytes of WAL a second, over 102400")
	// It takes no part in what proxies agree on, and counts as a holder of the key.
	if n := w.number(t, "SELECT count(*) FROM pgseal.proxy"); n != 1 {
		t.Errorf("%d proxies are registered", n)
	}
	if n := w.number(t, "SELECT count(DISTINCT holder) FROM pgseal.key_hold WHERE until > clock_timestamp()"); n != 1 { // the proxy has sealed nothing
		t.Errorf("%d holders of the key", n)
	}

	denial := kmstest.Denial{Operations: []string{"Decrypt"}}
	kms.Deny(denial)
	limit := 30 * time.Second
	if *kills > 10 {
		limit = time.Minute + 10*time.Second // the cache time, on a busy machine
	} else if out, err := w.pgseal.Command(t.Context(), "key", "probe", "away").CombinedOutput(); err == nil {
		t.Logf("the probe: %s", out)
	}
	denied := time.Now()
	w.until(t, letters, "KU001")
	if took := time.Since(denied); took > limit {
		t.Errorf("the work has waited for the key only after %s", took)
	}
	before := w.number(t, "SELECT count(*) FROM letters WHERE body LIKE 'pgs1%'")
	time.Sleep(2 * time.Second)
	if now := w.number(t, "SELECT count(*) FROM letters WHERE body LIKE 'pgs1%'"); now != before || before == 0 || before == rows {
		t.Errorf("%d values are sealed, then %d", before, now)
	}
	kms.Allow(denial)
	w.until(t, letters, "resting")

	if err := p.Stop(20 * time.Second); err != nil {
		t.Errorf("the worker: %v", err)
	}
	if n := w.number(t, "SELECT count(*) FROM pgseal.key_hold WHERE until > clock_timestamp()"); n != 0 {
		t.Errorf("%d holders of the key are left", n)
	}
	if seen, sealed := w.number(t, "SELECT written FROM pgseal.bulk"), w.number(t, "SELECT count(*) FROM letters WHERE body LIKE 'pgs1%'"); seen != sealed {
		t.Errorf("%d values are sealed, %d noted", sealed, seen)
	}
	w.worker(t, "--admin", at)
	w.column(t, true, "encrypt", "--detach", letters, "--max-wal-rate", "1GB")
	w.until(t, letters, "done")
	if plain := w.number(t, "SELECT count(*) FROM letters WHERE body NOT LIKE 'pgs1\\_%'"); plain > 0 {
		t.Errorf("%d values lie in plaintext", plain)
	}
	w.metrics(t, at, `pgseal_bulk_status{code="",column="public.letters.body",database="firm",kind="encrypt",phase="verifying",status="done"} 1`,
		fmt.Sprintf(`pgseal_bulk_values_written{column="public.letters.body",database="firm"} %d`, rows), `pgseal_column_state{column="public.letters.body",database="firm",state="sealed"} 1`)
	w.metrics(t, w.pgseal.AdminAddress(), `pgseal_column_state{column="public.letters.body",database="firm",state="sealed"} 1`)
}

// metrics waits until /metrics says all that.
func (w *world) metrics(t *testing.T, at string, want ...string) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(200 * time.Millisecond) {
		answer, err := http.Get("http://" + at + "/metrics")
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(answer.Body)
		_ = answer.Body.Close() // it was read
		if err != nil {
			t.Fatal(err)
		}
		missing := ""
		for _, line := range want {
			if !strings.Contains(string(text), line+"\n") {
				missing = line
			}
		}
		if missing == "" {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s does not say %s", at, missing)
		}
	}
}
