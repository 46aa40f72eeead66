package bulk

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/postgres"
)

var lettersRows = flag.Int("letters", 0, "rows of the table that the rate is measured with; 0: ten times -rows")

// loop is what one writes without pgseal's own command: read through the proxy, write back through the proxy, in batches of 100.
const loop = `
import sys, time, psycopg
with psycopg.connect(sys.argv[1]) as conn, conn.cursor() as cur:
    began, last, done = time.time(), 0, 0
    while True:
        rows = cur.execute("SELECT id, body FROM loops WHERE id > %s ORDER BY id LIMIT 100", (last,)).fetchall()
        if not rows:
            break
        cur.executemany("UPDATE loops SET body = %s WHERE id = %s", [(body, id) for id, body in rows])
        conn.commit()
        last, done = rows[-1][0], done + len(rows)
    print(done / (time.time() - began))
`

// TestRate says how many values of 100 bytes are sealed in a second while nobody else is at work, verified and proved by the guard, and what that takes of
// memory; beside it, in the same run, how many a loop in Python seals.
func TestRate(t *testing.T) {
	unraced(t)
	rows := *lettersRows
	if rows == 0 {
		rows = 10 * *rowsEach
	}
	w := startLetters(t, rows, postgres.Options{Settings: map[string]string{"max_wal_size": "4GB"}}, program.Options{Config: "work_on_columns: false\n"})
	w.serve(t)
	t.Cleanup(func() {
		if err := w.pgseal.Stop(); err != nil {
			t.Error(err)
		}
	})
	worker := w.worker(t)
	w.column(t, true, "encrypt", "--detach", letters)
	config, err := pgx.ParseConfig(w.server.URL(database, ""))
	if err != nil {
		t.Fatal(err)
	}
	config.RuntimeParams["application_name"] = "pgseal" // else who looks is a session at work, which the work goes slower beside
	conn, err := pgx.ConnectConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	var sealed int
	var took time.Duration
	for status := ""; status != "done"; time.Sleep(500 * time.Millisecond) {
		select {
		case <-worker.Done():
			t.Fatal("the worker has ended")
		default:
		}
		if err := conn.QueryRow(t.Context(), "SELECT status, written, coalesce(finished_at - started_at, '0') FROM pgseal.bulk").Scan(&status, &sealed, &took); err != nil {
			t.Fatal(err)
		}
	}
	if sealed != rows {
		t.Errorf("%d values were sealed, want %d", sealed, rows)
	}
	rate := float64(sealed) / took.Seconds()
	peak := peakMemory(t, worker.PID())
	t.Logf("%d values in %s: %.0f a second; the worker took %d MiB at most", sealed, took.Round(time.Millisecond), rate, peak>>20)
	if peak > 100<<20 {
		t.Errorf("the worker took %d MiB", peak>>20)
	}
	cmd := exec.CommandContext(t.Context(), "/usr/bin/python3", "-c", loop, w.url)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	byLoop, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("a loop in Python: %.0f a second; %.1f times as many here", byLoop, rate/byLoop)
}

// peakMemory is the most that a process has had resident.
func peakMemory(t *testing.T, pid int) int64 {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	_, line, _ := strings.Cut(string(status), "VmHWM:")
	kib, err := strconv.ParseInt(strings.Fields(line)[0], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return kib << 10
}
