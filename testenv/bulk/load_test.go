package bulk

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/postgres"
)

// load is pgbench at work through pgseal, with the time of each transaction.
type load struct {
	dir  string
	stop context.CancelFunc
	done chan error
}

const script = `\set id random(1, %d)
BEGIN;
SELECT body FROM letters WHERE id = :id;
UPDATE letters SET opened = opened + 1 WHERE id = :id;
END;
`

// bench starts pgbench.
func (w *world) bench(t *testing.T, rows, clients int) *load {
	t.Helper()
	l := &load{dir: t.TempDir(), done: make(chan error, 1)}
	if err := os.WriteFile(l.dir+"/script.sql", []byte(fmt.Sprintf(script, rows)), 0o600); err != nil {
		t.Fatal(err)
	}
	host, port, err := net.SplitHostPort(w.pgseal.Address())
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	cmd := exec.CommandContext(ctx, "pgbench", "-h", host, "-p", port, "-U", "postgres", "-n", "-M", "extended", "-c", strconv.Itoa(clients), "-T", "3600",
		"-f", l.dir+"/script.sql", "--log", "--log-prefix", l.dir+"/times", database)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 5 * time.Second
	l.stop = stop
	go func() {
		out, err := cmd.CombinedOutput()
		if ctx.Err() == nil {
			err = fmt.Errorf("pgbench: %w: %s", err, out)
		} else {
			err = nil
		}
		l.done <- err
	}()
	return l
}

// end stops pgbench; it must not have ended by itself.
func (l *load) end(t *testing.T) {
	t.Helper()
	l.stop()
	if err := <-l.done; err != nil {
		t.Fatal(err)
	}
}

// p99 is that of the transactions that ended between two times.
func (l *load) p99(t *testing.T, from, to time.Time) (p99 time.Duration, count int) {
	t.Helper()
	files, err := filepath.Glob(l.dir + "/times*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no times: %v", err)
	}
	var all []time.Duration
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		for lines := bufio.NewScanner(f); lines.Scan(); { // client transaction µs script seconds µs
			fields := strings.Fields(lines.Text())
			if len(fields) < 6 {
				continue
			}
			took, _ := strconv.ParseInt(fields[2], 10, 64)
			sec, _ := strconv.ParseInt(fields[4], 10, 64)
			micro, _ := strconv.ParseInt(fields[5], 10, 64)
			if at := time.Unix(sec, micro*1000); at.After(from) && at.Before(to) {
				all = append(all, time.Duration(took)*time.Microsecond)
			}
		}
		_ = f.Close() // it was read
	}
	if len(all) == 0 {
		return 0, 0
	}
	slices.Sort(all)
	return all[len(all)*99/100], len(all)
}

// locks are the longest that pgseal's sessions have held locks of a table, and have waited for one.
type locks struct {
	held, waited, gap time.Duration
	samples           int
}

// sample looks again and again until ctx ends. A session that waits for ACCESS SHARE, as a look at the guard does, keeps nobody else waiting. What holds SHARE UPDATE EXCLUSIVE is the guard's VALIDATE, which keeps no statement of an application waiting.
func (w *world) sample(ctx context.Context, url string) (l locks, err error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return l, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for last := time.Now(); ctx.Err() == nil; time.Sleep(10 * time.Millisecond) {
		var held, waited time.Duration
		err := conn.QueryRow(ctx, `
			WITH l AS MATERIALIZED (SELECT l.*, a.xact_start FROM pg_locks l JOIN pg_stat_activity a USING (pid)
				WHERE a.application_name = 'pgseal' AND l.relation = 'letters'::regclass)
			SELECT coalesce(max(clock_timestamp() - xact_start) FILTER (WHERE granted AND pid NOT IN (SELECT pid FROM l WHERE mode = 'ShareUpdateExclusiveLock')), '0'),
			       coalesce(max(clock_timestamp() - waitstart) FILTER (WHERE NOT granted AND mode <> 'AccessShareLock'), '0') FROM l`).Scan(&held, &waited)
		if ctx.Err() != nil {
			return l, nil
		}
		if err != nil {
			return l, err
		}
		l.held, l.waited, l.gap = max(l.held, held), max(l.waited, waited), max(l.gap, time.Since(last))
		l.samples++
		last = time.Now()
	}
	return l, nil
}

// obstruct has an application hold rows, and the whole table, for longer than the work may wait.
func (w *world) obstruct(ctx context.Context, url string) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for i := 0; ctx.Err() == nil; i++ {
		lock := "LOCK TABLE letters IN ACCESS EXCLUSIVE MODE"
		if i%3 > 0 {
			lock = "SELECT FROM letters WHERE id % 500 = 0 FOR UPDATE"
		}
		if _, err := conn.Exec(ctx, "BEGIN; SET LOCAL lock_timeout = '5s'; "+lock+"; SELECT pg_sleep(1.5); COMMIT"); err != nil && ctx.Err() == nil {
			if _, err := conn.Exec(ctx, "ROLLBACK"); err != nil {
				return err
			}
		}
		time.Sleep(200 * time.Millisecond)
	}
	return nil
}

// TestUnderLoad encrypts a column under pgbench, while somebody holds rows and the table for long: no lock of the table is held or waited for longer than
// a second, nobody's transaction fails, and where the machine is quiet (-rows 100000) the p99 at most doubles.
func TestUnderLoad(t *testing.T) {
	unraced(t)
	if _, err := exec.LookPath("pgbench"); err != nil {
		t.Fatal("pgbench is missing: make test installs it")
	}
	long := *rowsEach >= 100000
	rows := 5 * *rowsEach
	w := startLetters(t, rows, postgres.Options{Settings: map[string]string{"max_wal_size": "4GB", "log_lock_waits": "on"}}, program.Options{})
	w.exec1(t, "ALTER TABLE letters ADD COLUMN opened int NOT NULL DEFAULT 0")
	w.serve(t)
	t.Cleanup(func() {
		if err := w.pgseal.Stop(); err != nil {
			t.Error(err)
		}
	})
	l := w.bench(t, rows, 4)
	quiet := 2 * time.Second
	if long {
		quiet = 20 * time.Second
	}
	time.Sleep(quiet)
	began := time.Now()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	sampled := make(chan error, 2)
	var seen locks
	go func() {
		var err error
		seen, err = w.sample(ctx, w.server.URL(database, ""))
		sampled <- err
	}()
	obstructing, clear := context.WithCancel(ctx)
	defer clear()
	go func() {
		if long { // its effect on p99 is not the work's
			sampled <- nil
			return
		}
		sampled <- w.obstruct(obstructing, w.server.URL(database, ""))
	}()
	w.column(t, true, "encrypt", "--detach", letters)
	if !long {
		time.Sleep(8 * time.Second)
	}
	clear()
	for w.number(t, "SELECT count(*) FROM pgseal.bulk WHERE status = 'done'") == 0 {
		if time.Since(began) > 20*time.Minute {
			t.Fatalf("not done: %s", w.column(t, true, "status", letters))
		}
		if long && int(time.Since(began).Seconds())%10 == 0 {
			t.Log(strings.TrimSpace(w.column(t, true, "status", letters)))
		}
		time.Sleep(time.Second)
	}
	ended := time.Now()
	stop()
	for range 2 {
		if err := <-sampled; err != nil {
			t.Fatal(err)
		}
	}
	l.end(t)
	alone, before := l.p99(t, began.Add(-quiet), began)
	beside, during := l.p99(t, began, ended)
	t.Logf("p99 of %d transactions without the work %s, of %d beside it %s: %.2f times; %d values in %s", before, alone, during, beside,
		float64(beside)/float64(alone), rows, ended.Sub(began).Round(time.Second))
	t.Logf("locks of the table: held for %s, waited for %s at most, in %d samples, at most %s apart", seen.held, seen.waited, seen.samples, seen.gap)
	if long && beside > 2*alone {
		t.Errorf("the p99 has risen from %s to %s", alone, beside)
	}
	if limit := time.Second + 3*seen.gap; seen.held > limit || seen.waited > limit || seen.samples == 0 {
		t.Errorf("a lock of the table was held for %s, one waited for %s", seen.held, seen.waited)
	}
	if plain := w.number(t, "SELECT count(*) FROM letters WHERE body NOT LIKE 'pgs1\\_%'"); plain > 0 {
		t.Errorf("%d values lie in plaintext", plain)
	}
}
