package bulk

import (
	"context"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/testenv/bench/program"
)

// another starts one more proxy.
func (w *world) another(t *testing.T) (second *program.Deployment, url string) {
	t.Helper()
	policy, err := os.ReadFile(w.pgseal.File("policy.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	binary := w.pgseal.Command(t.Context()).Path
	second, err = w.pgseal.Another(program.Options{Binary: binary, Dir: filepath.Join(t.TempDir(), "second"), Upstream: w.server.Address(), Database: database,
		Control: "user=postgres", Policy: string(policy)})
	if err != nil {
		t.Fatal(err)
	}
	if err := second.Serve(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := second.Stop(); err != nil {
			t.Error(err)
		}
	})
	if url, err = second.URL(w.server.URL(database, "")); err != nil {
		t.Fatal(err)
	}
	return second, url
}

// watch reads a table over and over, now and then twice in one snapshot, until ctx ends. No sealed value may ever come to the application.
func watch(ctx context.Context, t *testing.T, url, table string, reads *atomic.Int64) {
	var conn *pgx.Conn
	for n := 0; ctx.Err() == nil; n++ {
		if conn == nil || conn.IsClosed() {
			var err error
			if conn, err = pgx.Connect(ctx, url); err != nil {
				time.Sleep(20 * time.Millisecond)
				continue
			}
		}
		sealed := 0
		look := func(tx interface {
			Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
		}) error {
			rows, err := tx.Query(ctx, "SELECT note FROM "+table, pgx.QueryExecModeSimpleProtocol) // planned anew each time
			if err != nil {
				return err
			}
			var note *string
			_, err = pgx.ForEachRow(rows, []any{&note}, func() error {
				if note != nil && strings.HasPrefix(*note, "pgs1_") {
					sealed++
				}
				return nil
			})
			return err
		}
		var err error
		if n%4 == 0 {
			err = pgx.BeginTxFunc(ctx, conn, pgx.TxOptions{IsoLevel: pgx.RepeatableRead}, func(tx pgx.Tx) error {
				for range 10 { // long enough for a column to come through its last states meanwhile
					if err := look(tx); err != nil || ctx.Err() != nil {
						return err
					}
					time.Sleep(700 * time.Millisecond)
				}
				return nil
			})
		} else {
			err = look(conn)
		}
		if sealed > 0 {
			t.Errorf("%s: %d sealed values came to the application", table, sealed)
			return
		}
		if err == nil {
			reads.Add(1)
		}
		time.Sleep(5 * time.Millisecond)
	}
	if conn != nil {
		_ = conn.Close(context.WithoutCancel(ctx))
	}
}

// plain demands that every row lies in plaintext as it was kept, with nothing of the guard, for a client that knows nothing of pgseal.
func (w *world) plain(t *testing.T, table string, k *kept, unsure []int64) {
	t.Helper()
	got := read(t, w.server.URL(database, ""), table)
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
	var left int
	err := w.server.Conn(t, database, "").QueryRow(t.Context(), `SELECT (SELECT count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE tgname LIKE '  pgseal%' AND c.relname = $1)
		+ (SELECT count(*) FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid WHERE conname LIKE 'pgseal_sealed%' AND c.relname = $1)`, table).Scan(&left)
	if err != nil || left != 0 {
		t.Errorf("%s: %d parts of the guard are left: %v", table, left, err)
	}
	t.Logf("%s: %d rows in plaintext as they were kept, %d rows not judged", table, len(k.notes), len(unsure))
}

// listing writes a policy for both proxies and waits until it is in force.
func (w *world) listing(t *testing.T, second *program.Deployment, policy string) {
	t.Helper()
	for _, d := range []*program.Deployment{w.pgseal, second} {
		if err := os.WriteFile(d.File("policy.yaml"), []byte(policy), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		out, err := w.pgseal.Command(t.Context(), "column", "status", "--json").Output()
		var in, same int
		conn := w.server.Conn(t, database, "")
		if e := conn.QueryRow(t.Context(), "SELECT count(*) FILTER (WHERE p.policy = s.policy), count(*) FROM pgseal.proxy p, pgseal.store s WHERE p.heartbeat_at > now() - interval '5 s'").Scan(&in, &same); e != nil {
			t.Fatal(e)
		}
		if err == nil && in == 2 && same == 2 && (strings.TrimSpace(string(out)) == "[]") == !strings.Contains(policy, "mode:") {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the policy is not in force: %v %d %d\n%s\n%s", err, in, same, out, w.pgseal.Log())
		}
	}
}

// TestThereAndBackUnderLoad opens sealed columns for good while clients write and read through two proxies, and while what does the work is killed. Every
// row is then as it was kept, the columns go off the policy, and the application does without pgseal; and then they are sealed again.
func TestThereAndBackUnderLoad(t *testing.T) {
	long(t)
	t.Parallel()
	names := []string{"by_uuid", "by_place"}
	if *kills > 10 {
		names = slices.Sorted(maps.Keys(tables))
	}
	w := start(t, names...)
	second, url := w.another(t)
	for _, name := range names {
		w.column(t, true, "encrypt", "public."+name+".note")
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var clients sync.WaitGroup
	var mu sync.Mutex
	var reads atomic.Int64
	all, unsure := map[string]*kept{}, map[string][]int64{}
	for i, name := range names {
		k := &kept{notes: read(t, w.url, name)}
		all[name] = k
		writer, reader := w.url, url
		if i%2 == 1 {
			writer, reader = url, w.url
		}
		clients.Go(func() {
			u := k.write(ctx, writer, name, rand.New(rand.NewPCG(3, uint64(i))))
			mu.Lock()
			defer mu.Unlock()
			unsure[name] = u
		})
		clients.Go(func() { watch(ctx, t, reader, name, &reads) })
	}
	for _, name := range names {
		w.decrypt(t, name, rand.New(rand.NewPCG(4, uint64(len(name)))))
	}
	time.Sleep(time.Second)
	stop()
	clients.Wait()
	if reads.Load() < 20 {
		t.Errorf("the readers have read %d times", reads.Load())
	}
	for name, k := range all {
		w.plain(t, name, k, unsure[name])
	}
	if t.Failed() {
		return
	}

	before, err := os.ReadFile(w.pgseal.File("policy.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	w.listing(t, second, "version: 1\ntables: {}\n")
	conn, err := pgx.Connect(t.Context(), w.url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	if _, err := conn.Exec(t.Context(), "SELECT lower(note) FROM by_place WHERE note LIKE '%x' ORDER BY note"); err != nil {
		t.Errorf("nothing is to be kept from a column that is off the policy: %v", err)
	}
	w.exec1(t, "INSERT INTO by_place (v, note) VALUES (-1, 'by a client that knows nothing of pgseal')")
	w.listing(t, second, string(before))
	kept := &kept{notes: read(t, w.url, "by_place")}
	w.column(t, true, "encrypt", "public.by_place.note")
	w.compare(t, "by_place", kept, nil)
}

// decrypt runs `pgseal column decrypt` and kills it, or the proxy, now and then.
func (w *world) decrypt(t *testing.T, table string, rng *rand.Rand) {
	t.Helper()
	column := "public." + table + ".note"
	for range *kills {
		cmd := w.pgseal.Command(t.Context(), "column", "decrypt", "--yes", column)
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
	out := w.column(t, true, "decrypt", "--yes", column)
	t.Logf("%s: %s\n%s", table, time.Since(began), out)
	status, err := w.pgseal.Command(t.Context(), "column", "status", column, "--json").Output()
	var views []struct {
		State  string
		Opened *struct{ By, Type_back string }
	}
	if e := json.Unmarshal(status, &views); err != nil || e != nil || len(views) != 1 || views[0].State != "plain" || views[0].Opened == nil || !strings.Contains(views[0].Opened.By, "@") {
		t.Errorf("%s: %v %v\n%s", table, err, e, status)
	}
	if back := "ALTER TABLE public.by_uuid ALTER COLUMN note TYPE varchar(200);"; table == "by_uuid" && !strings.Contains(out, back) {
		t.Errorf("the type is not told: %s", out)
	}
}

// TestDecryptStops: what stops the work, and what goes on by itself.
func TestDecryptStops(t *testing.T) {
	t.Parallel()
	names := []string{"by_number", "insensitive", "partitioned"}
	w := start(t, names...)
	const column = "public.by_number.note"
	before := read(t, w.url, "by_number")
	w.column(t, true, "encrypt", column)
	if out := w.column(t, false, "decrypt", column); !strings.Contains(out, "--yes") {
		t.Error(out)
	}
	if out := w.column(t, true, "decrypt", "--dry-run", column); !strings.Contains(out, column) {
		t.Error(out)
	}
	if out, err := w.pgseal.Command(t.Context(), "key", "lock", "acme").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	w.column(t, true, "decrypt", "--yes", "--detach", column)
	w.until(t, column, "KU009")
	w.until(t, column, "unsealing")
	w.exec1(t, "UPDATE by_number SET note = left(note, -4) || 'AAAA' WHERE v = 1")
	if out, err := w.pgseal.Command(t.Context(), "key", "unlock", "acme").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	w.until(t, column, "does not open")
	w.exec1(t, "UPDATE by_number SET note = 'mended' WHERE v = 1")
	w.column(t, true, "resume", column)
	w.until(t, column, "done")
	mended := "mended"
	before[1] = &mended
	w.plain(t, "by_number", &kept{notes: before}, nil)

	// A dump of when it was sealed comes back.
	w.column(t, true, "encrypt", column)
	w.exec1(t, "CREATE TABLE sealed AS SELECT v, note FROM by_number")
	w.column(t, true, "decrypt", "--yes", column)
	w.exec1(t, "UPDATE by_number b SET note = s.note FROM sealed s WHERE s.v = b.v AND s.v < 50")
	if out := w.column(t, true, "decrypt", "--yes", column); !strings.Contains(out, "plain") {
		t.Error(out)
	}
	w.plain(t, "by_number", &kept{notes: before}, nil)

	// The way there again, in the middle of the way back.
	w.column(t, true, "encrypt", column)
	w.column(t, true, "decrypt", "--yes", "--detach", column)
	w.column(t, true, "encrypt", column)
	w.compare(t, "by_number", &kept{notes: before}, nil)

	if out := w.column(t, false, "decrypt", "--tenant", "globex"); !strings.Contains(out, "but acme's") {
		t.Error(out)
	}
	if out := w.column(t, true, "decrypt", "--tenant", "acme", "--yes"); strings.Count(out, "open by order of") != len(names) {
		t.Error(out)
	}
	for _, name := range names {
		if name != "by_number" {
			w.plain(t, name, &kept{notes: read(t, w.url, name)}, nil)
		}
	}
	out, _ := w.pgseal.Command(t.Context(), "doctor").CombinedOutput() // it has found something, or not: other things are no matter here
	if strings.Count(string(out), "open by order of") != len(names) {
		t.Errorf("%s", out)
	}
}
