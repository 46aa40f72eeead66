package bulk

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/postgres"
)

//go:embed testdata/rental.sql
var rentalSQL []byte

// shopColumn is a column that is worked on, and how clients use it. The first parameter is the row's number, the second the value.
type shopColumn struct {
	name, read, update, insert string
	triggers                   bool
}

// shopColumns lie behind a foreign key, in a view, in partitions, in a table with a child, and beside triggers that touch the row.
var shopColumns = []shopColumn{
	{name: "public.address.phone", read: "SELECT address_id, phone FROM address", update: "UPDATE address SET phone = $2 WHERE address_id = $1",
		insert: "INSERT INTO address (address_id, address, city_id, phone) VALUES ($1, 'new', 1, $2)", triggers: true},
	{name: "public.customer.email", read: "SELECT id, email FROM customer_list", update: "UPDATE customer SET email = $2 WHERE customer_id = $1",
		insert: "INSERT INTO customer (customer_id, first_name, last_name, address_id, email) VALUES ($1, 'f', 'l', 1, $2)", triggers: true},
	{name: "public.payment.remark", read: "SELECT payment_id, remark FROM payment", update: "UPDATE payment SET remark = $2 WHERE payment_id = $1",
		insert: "INSERT INTO payment (payment_id, customer_id, amount, paid, remark) VALUES ($1, 1, 1, '2026-02-03', $2)"},
	{name: "public.note.body", read: "SELECT note_id, body FROM note", update: "UPDATE note SET body = $2 WHERE note_id = $1",
		insert: "INSERT INTO note (note_id, body) VALUES ($1, $2)"},
}

const shopPolicy = `version: 1
tables:
  public.address: {acknowledge_triggers: [last_updated], columns: {phone: {mode: randomized}}}
  public.customer: {acknowledge_triggers: [last_updated], columns: {email: {mode: randomized}}}
  public.payment: {columns: {remark: {mode: randomized}}}
  public.note: {columns: {body: {mode: randomized}}}
`

// shop is the sample database behind pgseal, with a copy of what its rows must hold.
type shop struct {
	world
	copies []*kept
	next   atomic.Int64 // where numbers of new rows begin
	unsure [][]int64
}

func openShop(t *testing.T) *shop {
	t.Helper()
	s := &shop{world: world{server: postgres.Start(t, postgres.Options{Durable: true})}}
	s.server.Exec(t, "postgres", "CREATE DATABASE "+database)
	s.server.Exec(t, database, string(bytes.ReplaceAll(rentalSQL, []byte(":rows"), []byte(strconv.Itoa(*rowsEach)))))
	var err error
	s.pgseal, err = program.Prepare(t.Context(), program.Options{Binary: binary, Dir: filepath.Join(t.TempDir(), "pgseal"), Upstream: s.server.Address(),
		Database: database, Control: "user=postgres", Policy: shopPolicy})
	if err != nil {
		t.Fatal(err)
	}
	s.serve(t)
	t.Cleanup(func() {
		if err := s.pgseal.Stop(); err != nil {
			t.Error(err)
		}
	})
	if s.url, err = s.pgseal.URL(s.server.URL(database, "")); err != nil {
		t.Fatal(err)
	}
	s.freePhones(t)
	for _, c := range shopColumns {
		s.copies = append(s.copies, &kept{notes: readBy(t, s.url, c.read)})
	}
	s.unsure = make([][]int64, len(shopColumns))
	return s
}

// freePhones: a varchar(n) that a view uses cannot become text, so that it stays plain, readable as ever, and the command says why. The view is taken
// away for a moment, as that asks for.
func (s *shop) freePhones(t *testing.T) {
	t.Helper()
	if got := readBy(t, s.url, shopColumns[0].read); len(got) != *rowsEach || !strings.Contains(*got[1], canary[:6]) {
		t.Errorf("a listed column that could not be taken on is not readable: %d rows", len(got))
	}
	if out := s.column(t, false, "encrypt", shopColumns[0].name, "--triggers", "run"); !strings.Contains(out, "customer_list") {
		t.Error(out)
	}
	s.exec1(t, "ALTER VIEW customer_list RENAME TO former")
	s.exec1(t, "DO $$ DECLARE body text := pg_get_viewdef('former'); BEGIN DROP VIEW former; ALTER TABLE address ALTER phone TYPE text; EXECUTE 'CREATE VIEW customer_list AS ' || body; END $$")
	s.untilReadable(t, shopColumns[1].read) // proxies look for changes every 2 s
}

// untilReadable waits until a query through pgseal answers.
func (w *world) untilReadable(t *testing.T, sql string) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		conn, err := pgx.Connect(t.Context(), w.url)
		if err != nil {
			t.Fatal(err)
		}
		_, err = conn.Exec(t.Context(), sql)
		_ = conn.Close(t.Context())
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}

// clients use every column until ctx ends. A statement whose fate is not known takes its row out of what is judged.
func (s *shop) clients(ctx context.Context) *sync.WaitGroup {
	var all sync.WaitGroup
	for i, c := range shopColumns {
		all.Go(func() {
			rng := rand.New(rand.NewPCG(3, uint64(i)))
			next := s.next.Add(1_000_000)
			var conn *pgx.Conn
			for ctx.Err() == nil {
				time.Sleep(time.Millisecond)
				if conn == nil || conn.IsClosed() {
					var err error
					if conn, err = pgx.Connect(ctx, s.url); err != nil {
						conn = nil
						continue
					}
				}
				v, sql := 1+rng.Int64N(int64(*rowsEach)), c.update
				if rng.IntN(4) == 0 {
					next++
					v, sql = next, c.insert
				}
				text := fmt.Sprintf("%s of %d by a client, %d", canary, v, rng.Int64N(1_000_000))
				_, err := conn.Exec(ctx, sql, v, text)
				var refused *pgconn.PgError
				switch {
				case err == nil:
					s.copies[i].set(v, &text)
				case !errors.As(err, &refused) || refused.Code[:2] == "57" || refused.Code[:2] == "08": // it may have been done nevertheless
					s.unsure[i] = append(s.unsure[i], v)
				}
			}
			if conn != nil {
				_ = conn.Close(context.WithoutCancel(ctx))
			}
		})
	}
	return &all
}

// disturb does one thing that may happen while work is under way.
func (s *shop) disturb(t *testing.T, rng *rand.Rand) string {
	t.Helper()
	switch rng.IntN(6) {
	case 0:
		s.killProxy(t)
		return "proxy killed"
	case 1:
		if err := errors.Join(s.server.Kill(), s.server.Restart(context.WithoutCancel(t.Context()))); err != nil {
			t.Fatal(err)
		}
		return "database killed"
	case 2:
		if _, err := s.server.Psql(t.Context(), database, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'pgseal'"); err != nil {
			t.Fatal(err)
		}
		return "control connections cut"
	case 3:
		away := s.pgseal.File("away.key")
		if err := os.Rename(s.pgseal.File("master.key"), away); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rng.IntN(1500)) * time.Millisecond)
		if err := os.Rename(away, s.pgseal.File("master.key")); err != nil {
			t.Fatal(err)
		}
		return "key gone for a while"
	}
	return "worker killed"
}

// work orders something to be done to a column, kills whoever does it a number of times, and waits for its end.
func (s *shop) work(t *testing.T, verb string, c shopColumn, times int, rng *rand.Rand, extra ...string) {
	t.Helper()
	args := append([]string{"column", verb, c.name}, extra...)
	if c.triggers {
		args = append(args, "--triggers", "run")
	}
	counts := make(map[string]int)
	for range times {
		cmd := s.pgseal.Command(t.Context(), args...)
		cmd.Stderr = nil
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(50+rng.IntN(500)) * time.Millisecond)
		counts[s.disturb(t, rng)]++
		_ = cmd.Process.Kill() // it may have ended
		_ = cmd.Wait()
	}
	began, last := time.Now(), ""
	for deadline := time.Now().Add(5 * time.Minute); ; time.Sleep(100 * time.Millisecond) {
		out, err := s.pgseal.Command(t.Context(), args...).CombinedOutput()
		if last = string(out); err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s %s: %v\n%s", verb, c.name, err, last)
		}
	}
	t.Logf("%s %s: %v, then done within %s", verb, c.name, counts, time.Since(began).Round(time.Millisecond))
}

// judge compares every row with the copy, and looks how the values lie in the tables.
func (s *shop) judge(t *testing.T, sealed bool) {
	t.Helper()
	s.untilReadable(t, shopColumns[0].read) // the key may just have come back
	for i, c := range shopColumns {
		got, want := readBy(t, s.url, c.read), s.copies[i].notes
		wrong, judged := 0, 0
		for v, w := range want {
			if slices.Contains(s.unsure[i], v) {
				continue
			}
			judged++
			if have, ok := got[v]; !ok || (have == nil) != (w == nil) || have != nil && *have != *w {
				if wrong++; wrong < 5 {
					t.Errorf("%s: row %d is %s, and was %s", c.name, v, shown(have), shown(w))
				}
			}
		}
		for v := range got {
			if _, ok := want[v]; !ok && !slices.Contains(s.unsure[i], v) {
				t.Errorf("%s: row %d was never written", c.name, v)
			}
		}
		raw := readBy(t, s.server.URL(database, ""), c.read)
		armoured := 0
		for v, have := range raw {
			is := have != nil && len(*have) > 5 && (*have)[:5] == "pgs1_"
			if is {
				armoured++
			}
			if have != nil && is != sealed {
				t.Errorf("%s: row %d lies as it should not", c.name, v)
				break
			}
		}
		t.Logf("%s: %d rows, %d judged, %d wrong, %d lie sealed", c.name, len(got), judged, wrong, armoured)
		if judged < *rowsEach*9/10 {
			t.Errorf("%s: only %d rows could be judged", c.name, judged)
		}
	}
}

func shown(v *string) string {
	if v == nil {
		return "NULL"
	}
	return strconv.Quote(*v)
}

// readBy reads a number and a value of each row.
func readBy(t *testing.T, url, sql string) map[int64]*string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	rows, err := conn.Query(t.Context(), sql)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	all := make(map[int64]*string)
	var v int64
	var text *string
	if _, err := pgx.ForEachRow(rows, []any{&v, &text}, func() error { all[v] = text; return nil }); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return all
}

// TestSampleDatabase encrypts columns of a database with views, triggers, foreign keys, partitions and inheritance while clients write, while
// workers, proxies and the database are killed and the key goes and comes, and decrypts them again; each time it holds every row against a copy.
func TestSampleDatabase(t *testing.T) {
	unraced(t)
	t.Parallel()
	s := openShop(t)
	rng := rand.New(rand.NewPCG(7, 7))
	for _, way := range []struct {
		verb   string
		extra  []string
		sealed bool
	}{{"encrypt", nil, true}, {"decrypt", []string{"--yes"}, false}} {
		ctx, stop := context.WithCancel(t.Context())
		clients := s.clients(ctx)
		for _, c := range shopColumns {
			s.work(t, way.verb, c, (*kills+3)/4, rng, way.extra...)
		}
		stop()
		clients.Wait()
		s.judge(t, way.sealed)
	}
}
