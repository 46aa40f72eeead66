package bulk

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/postgres"
)

// TestRate says how many values of 100 bytes are sealed in a second, and opened for good, while nobody else is at work, verified and proved by the guard; -rows
// 10 times over.
func TestRate(t *testing.T) {
	binary, err := program.Build(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	rows := 10 * *rowsEach
	w := &world{server: postgres.Start(t, postgres.Options{Settings: map[string]string{"max_wal_size": "4GB"}})}
	w.server.Exec(t, "postgres", "CREATE DATABASE "+database)
	w.server.Exec(t, database, "CREATE TABLE letters (id bigint PRIMARY KEY, body text)")
	w.server.Exec(t, database, fmt.Sprintf("INSERT INTO letters SELECT i, lpad(i::text, 100, 'x') FROM generate_series(1, %d) i", rows))
	w.pgseal, err = program.Prepare(t.Context(), program.Options{Binary: binary, Dir: filepath.Join(t.TempDir(), "pgseal"), Upstream: w.server.Address(),
		Database: database, Control: "user=postgres", Policy: "version: 1\ntables:\n  public.letters: {columns: {body: {mode: randomized}}}\n"})
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"encrypt"}, {"decrypt", "--yes"}} {
		w.column(t, true, append(args, "public.letters.body")...)
		var written int
		var took time.Duration
		if err := w.server.Conn(t, database, "").QueryRow(t.Context(), "SELECT written, finished_at - started_at FROM pgseal.bulk").Scan(&written, &took); err != nil {
			t.Fatal(err)
		}
		if written != rows {
			t.Errorf("%s: %d values were written, want %d", args[0], written, rows)
		}
		t.Logf("%s: %d values in %s: %.0f a second", args[0], written, took.Round(time.Millisecond), float64(written)/took.Seconds())
	}
}
