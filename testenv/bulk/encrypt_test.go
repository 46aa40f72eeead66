package bulk

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/postgres"
)

var (
	rowsEach = flag.Int("rows", 3000, "rows of each table")
	kills    = flag.Int("kills", 4, "how often what is at work is killed")
)

const database = "firm"

// tables are of each kind that is gone through in its own way: by a key of one column, of several, of a type with its own order, by place, and in
// parts. The column note is encrypted; v is what tells the rows apart.
var tables = map[string]string{
	"by_number":   "CREATE TABLE by_number (v bigint PRIMARY KEY, note text)",
	"by_uuid":     "CREATE TABLE by_uuid (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), v bigint UNIQUE, note varchar(200))",
	"by_two":      "CREATE TABLE by_two (a date, b text, v bigint UNIQUE, note text, PRIMARY KEY (b, a))",
	"insensitive": "CREATE EXTENSION citext; CREATE TABLE insensitive (v bigint PRIMARY KEY, note citext)",
	"by_place":    "CREATE TABLE by_place (v bigint, note text)",
	"partitioned": "CREATE TABLE partitioned (v bigint, note text, PRIMARY KEY (v)) PARTITION BY HASH (v); CREATE TABLE part_a PARTITION OF partitioned FOR VALUES WITH (MODULUS 2, REMAINDER 0); CREATE TABLE part_b PARTITION OF partitioned FOR VALUES WITH (MODULUS 2, REMAINDER 1)",
}

func insert(table string) string {
	switch table {
	case "by_two":
		return "INSERT INTO by_two (a, b, v, note) SELECT date '2000-01-01' + (i %% 1000)::int, 'k' || i, i, %s FROM generate_series(%d, %d) i"
	}
	return "INSERT INTO " + table + " (v, note) SELECT i, %s FROM generate_series(%d, %d) i"
}

const canary = "zq7734 canary"

// note is what the i-th row has at first; every 7th has none, every 11th is empty.
const note = `CASE WHEN i % 7 = 0 THEN NULL WHEN i % 11 = 0 THEN '' ELSE '` + canary + ` ' || i || ' ' || repeat('x', (i % 90)::int) END`

type world struct {
	server *postgres.Cluster
	pgseal *program.Deployment
	url    string // through pgseal
	binary string // set by startWith
}

// start has a deployment on the tables, or on those that are named.
func start(t *testing.T, only ...string) *world {
	t.Helper()
	w := &world{server: postgres.Start(t, postgres.Options{})}
	w.server.Exec(t, "postgres", "CREATE DATABASE "+database)
	policy := "version: 1\ntables:\n"
	for name, ddl := range tables {
		if only != nil && !slices.Contains(only, name) {
			continue
		}
		w.server.Exec(t, database, ddl)
		w.server.Exec(t, database, fmt.Sprintf(insert(name), note, 1, *rowsEach))
		typ := ""
		if name == "insensitive" {
			typ = ", type: citext"
		}
		policy += "  public." + name + ": {columns: {note: {mode: randomized" + typ + "}}}\n"
	}
	var err error
	w.pgseal, err = program.Prepare(t.Context(), program.Options{Binary: binary, Dir: filepath.Join(t.TempDir(), "pgseal"), Upstream: w.server.Address(),
		Database: database, Control: "user=postgres", Policy: policy})
	if err != nil {
		t.Fatal(err)
	}
	w.serve(t)
	t.Cleanup(func() {
		if err := w.pgseal.Stop(); err != nil {
			t.Error(err)
		}
	})
	if w.url, err = w.pgseal.URL(w.server.URL(database, "")); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) serve(t *testing.T) {
	t.Helper()
	if err := w.pgseal.Serve(); err != nil {
		t.Fatal(err)
	}
}

// kept is what each row of a table must hold, by v. A row that is being written is not to be judged by.
type kept struct {
	mu    sync.Mutex
	notes map[int64]*string
}

func (k *kept) set(v int64, note *string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.notes[v] = note
}

func read(t *testing.T, url, table string) map[int64]*string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	rows, err := conn.Query(t.Context(), "SELECT v, note FROM "+table)
	if err != nil {
		t.Fatal(err)
	}
	all := make(map[int64]*string)
	for rows.Next() {
		var v int64
		var note *string
		if err := rows.Scan(&v, &note); err != nil {
			t.Fatal(err)
		}
		all[v] = note
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// write changes rows of a table through pgseal until ctx ends: the encrypted column, the row's other columns, new rows, deletions. pgseal may be
// killed meanwhile: a row whose fate is not known is read again at the end.
func (k *kept) write(ctx context.Context, url, table string, rng *rand.Rand) (unsure []int64) {
	var conn *pgx.Conn
	next := int64(*rowsEach)
	for ctx.Err() == nil {
		if conn == nil || conn.IsClosed() {
			var err error
			if conn, err = pgx.Connect(ctx, url); err != nil {
				time.Sleep(20 * time.Millisecond)
				continue
			}
		}
		v := 1 + rng.Int64N(int64(*rowsEach))
		text := fmt.Sprintf("%s of %d by a client, %d", canary, v, rng.Int64())
		var err error
		switch rng.IntN(4) {
		case 0:
			if _, err = conn.Exec(ctx, "UPDATE "+table+" SET note = $2 WHERE v = $1", v, text); err == nil {
				k.setIfThere(v, &text)
			}
		case 1:
			_, err = conn.Exec(ctx, "UPDATE "+table+" SET v = v WHERE v = $1", v)
		case 2:
			if next++; table == "by_two" {
				_, err = conn.Exec(ctx, "INSERT INTO by_two (a, b, v, note) VALUES ('2020-01-01', 'c' || $1::text, $1::text::bigint, $2)", fmt.Sprint(next), text)
			} else {
				_, err = conn.Exec(ctx, "INSERT INTO "+table+" (v, note) VALUES ($1, $2)", next, text)
			}
			if v = next; err == nil {
				k.set(v, &text)
			}
		case 3:
			if _, err = conn.Exec(ctx, "DELETE FROM "+table+" WHERE v = $1", v); err == nil {
				k.remove(v)
			}
		}
		if err != nil {
			unsure = append(unsure, v)
		}
		time.Sleep(time.Millisecond)
	}
	if conn != nil {
		_ = conn.Close(context.WithoutCancel(ctx))
	}
	return unsure
}

func (k *kept) setIfThere(v int64, note *string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, ok := k.notes[v]; ok {
		k.notes[v] = note
	}
}

func (k *kept) remove(v int64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.notes, v)
}

// TestEncryptUnderLoad encrypts columns while clients write, and while the processes that do the work are killed.
func TestEncryptUnderLoad(t *testing.T) {
	t.Parallel()
	w := start(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var writers sync.WaitGroup
	all, unsure := map[string]*kept{}, map[string][]int64{}
	var mu sync.Mutex
	for name := range tables {
		k := &kept{notes: read(t, w.url, name)}
		if len(k.notes) != *rowsEach {
			t.Fatalf("%s: %d rows", name, len(k.notes))
		}
		all[name] = k
		writers.Go(func() {
			u := k.write(ctx, w.url, name, rand.New(rand.NewPCG(1, uint64(len(name)))))
			mu.Lock()
			defer mu.Unlock()
			unsure[name] = u
		})
	}
	for name := range tables {
		w.encrypt(t, name, rand.New(rand.NewPCG(2, uint64(len(name)))))
	}
	stop()
	writers.Wait()
	for name, k := range all {
		w.compare(t, name, k, unsure[name])
	}
}

// encrypt runs `pgseal column encrypt` and kills it, or the proxy, now and then.
func (w *world) encrypt(t *testing.T, table string, rng *rand.Rand) {
	t.Helper()
	column := "public." + table + ".note"
	for range *kills {
		cmd := w.pgseal.Command(t.Context(), "column", "encrypt", column)
		cmd.Stderr = nil
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(50+rng.IntN(400)) * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // it was killed
		if rng.IntN(3) == 0 {
			w.killProxy(t)
		}
	}
	began := time.Now()
	out, err := w.pgseal.Command(t.Context(), "column", "encrypt", column, "--json").Output()
	t.Logf("%s: %s", table, time.Since(began))
	if err != nil {
		var exit *exec.ExitError
		if asExit(err, &exit) {
			t.Fatalf("%s: %v: %s", table, err, exit.Stderr)
		}
		t.Fatal(err)
	}
	var views []struct {
		State string
		Work  *struct{ Status string }
	}
	if err := json.Unmarshal(out, &views); err != nil || len(views) != 1 || views[0].State != "sealed" {
		t.Errorf("%s: %v\n%s", table, err, out)
	}
}

// compare holds every row against the copy, and the stored values against what they must be.
func (w *world) compare(t *testing.T, table string, k *kept, unsure []int64) {
	t.Helper()
	got := read(t, w.url, table)
	for _, v := range unsure {
		delete(got, v)
		delete(k.notes, v)
	}
	if len(got) != len(k.notes) {
		t.Errorf("%s: %d rows, want %d", table, len(got), len(k.notes))
	}
	wrong := 0
	for v, want := range k.notes {
		if have, ok := got[v]; !ok || (have == nil) != (want == nil) || have != nil && *have != *want {
			if wrong++; wrong < 5 {
				t.Errorf("%s: row %d is not what it was", table, v)
			}
		}
	}
	conn := w.server.Conn(t, database, "")
	var values, plain int
	if err := conn.QueryRow(t.Context(), "SELECT count(note), count(*) FILTER (WHERE note NOT LIKE 'pgs1\\_%') FROM "+table).Scan(&values, &plain); err != nil {
		t.Fatal(err)
	}
	if plain != 0 || values == 0 {
		t.Errorf("%s: %d of %d values lie in plaintext", table, plain, values)
	}
	t.Logf("%s: %d rows as they were kept, %d values sealed, %d rows not judged", table, len(k.notes), values, len(unsure))
}
