package bulk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
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
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/postgres"
)

// people is a table with a deterministic column of each physical form, and randomized ones. v tells the rows apart; each client of the test has a
// range of its own, of which it knows every row.
const people = `CREATE TABLE people (v bigint PRIMARY KEY, email text, born date, note text, score integer); CREATE INDEX ON people (email)`

const peoplePolicy = `version: 1
tables:
  public.people:
    columns:
      email: {mode: %s}
      born: {mode: deterministic}
      note: {mode: %s}
      score: {mode: randomized}
`

// resealed is a database behind two proxies.
type resealed struct {
	*world
	second *program.Deployment
	urls   []string
}

func startResealed(t *testing.T) *resealed {
	t.Helper()
	w := &resealed{world: &world{server: postgres.Start(t, postgres.Options{})}}
	w.server.Exec(t, "postgres", "CREATE DATABASE "+database)
	w.server.Exec(t, database, people)
	options := program.Options{Binary: binary, Dir: filepath.Join(t.TempDir(), "first"), Upstream: w.server.Address(), Database: database,
		Control: "user=postgres", Policy: fmt.Sprintf(peoplePolicy, "deterministic", "randomized")}
	var err error
	if w.pgseal, err = program.Prepare(t.Context(), options); err != nil {
		t.Fatal(err)
	}
	options.Dir = filepath.Join(t.TempDir(), "second")
	if w.second, err = w.pgseal.Another(options); err != nil {
		t.Fatal(err)
	}
	for _, p := range []*program.Deployment{w.pgseal, w.second} {
		if err := p.Serve(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if t.Failed() {
				t.Logf("a proxy's log:\n%s", p.Log())
			}
			if err := p.Stop(); err != nil {
				t.Error(err)
			}
		})
		url, err := p.URL(w.server.URL(database, ""))
		if err != nil {
			t.Fatal(err)
		}
		w.urls = append(w.urls, url)
	}
	w.url = w.urls[0]
	return w
}

// key runs a command on the tenant's key.
func (w *world) key(t *testing.T, args ...string) string {
	t.Helper()
	out, err := w.pgseal.Command(t.Context(), append([]string{"key"}, args...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("pgseal key %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// person is what a client knows of one of its rows.
type person struct{ email, born, note string }

// client reads and writes the rows of its range, and holds every answer against what it knows.
type client struct {
	url      string
	from, to int64
	rows     map[int64]person
	rng      *rand.Rand
	simple   bool
	search   bool // by equality, which another mode may not have
	asked    int
	refused  int // with an error that is allowed: the column is sealed anew, or a plan is of before
}

func (c *client) email() string { return fmt.Sprintf("%s-%d@example.org", canary, c.rng.IntN(12)) }
func (c *client) born() string  { return fmt.Sprintf("19%02d-03-01", 10+c.rng.IntN(12)) }

// fill makes the client's rows.
func (c *client) fill(ctx context.Context, rows int64) error {
	conn, err := pgx.Connect(ctx, c.url)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	c.rows = make(map[int64]person)
	batch := &pgx.Batch{}
	for v := c.from; v < c.from+rows; v++ {
		p := person{c.email(), c.born(), fmt.Sprintf("%s note %d", canary, v)}
		batch.Queue("INSERT INTO people (v, email, born, note, score) VALUES ($1, $2, $3::date, $4, $5)", v, p.email, date(p.born), p.note, v)
		c.rows[v] = p
	}
	return conn.SendBatch(ctx, batch).Close()
}

// date is of a text that this test has made.
func date(text string) time.Time {
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return d
}

// run goes on until stop is done. A wrong answer is an error.
func (c *client) run(ctx context.Context, stop <-chan struct{}) error {
	config, err := pgx.ParseConfig(c.url)
	if err != nil {
		return err
	}
	if c.simple {
		config.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	}
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for {
		select {
		case <-stop:
			return nil
		default:
		}
		err := c.step(ctx, conn)
		var server *pgconn.PgError
		if errors.As(err, &server) && (server.Code == "0A000" || strings.HasPrefix(server.Code, "KU") || c.allowed(server)) {
			c.refused++
			time.Sleep(2 * time.Millisecond)
			continue
		}
		if err != nil {
			return err
		}
		time.Sleep(time.Millisecond)
	}
}

// allowed are refusals of searches by a column that has not the mode for them, or is on the way to or from it.
func (c *client) allowed(err *pgconn.PgError) bool {
	return !c.search && strings.HasPrefix(err.Code, "KP")
}

func (c *client) step(ctx context.Context, conn *pgx.Conn) error {
	c.asked++
	email, other, born := c.email(), c.email(), c.born()
	switch c.rng.IntN(9) {
	case 0:
		return c.find(ctx, conn, func(p person) bool { return p.email == email }, "email = $3", email)
	case 1:
		return c.find(ctx, conn, func(p person) bool { return p.email != email }, "email <> $3", email)
	case 2:
		return c.find(ctx, conn, func(p person) bool { return p.email == email || p.email == other }, "email IN ($3, $4)", email, other)
	case 3:
		return c.find(ctx, conn, func(p person) bool { return p.email == email || p.email == other }, "email = ANY ($3)", []string{email, other})
	case 4:
		return c.find(ctx, conn, func(p person) bool { return p.born == born }, "born = $3", date(born))
	case 5:
		return c.find(ctx, conn, func(p person) bool { return p.email == email }, "email = '"+email+"'")
	case 6: // of one value, all rows get another
		tag, err := conn.Exec(ctx, "UPDATE people SET email = $4 WHERE email = $3 AND v >= $1 AND v < $2", c.from, c.to, email, other)
		if err != nil {
			return err
		}
		return c.changed(tag.RowsAffected(), func(p *person) bool {
			hit := p.email == email
			if hit {
				p.email = other
			}
			return hit
		})
	case 7: // one row
		v := c.some()
		tag, err := conn.Exec(ctx, "UPDATE people SET email = $2, born = $3, score = 7 WHERE v = $1", v, email, date(born))
		if err != nil || tag.RowsAffected() != 1 {
			return fmt.Errorf("a row's update: %d rows, %w", tag.RowsAffected(), err)
		}
		p := c.rows[v]
		p.email, p.born = email, born
		c.rows[v] = p
	case 8: // one goes, one comes
		v := c.some()
		if _, err := conn.Exec(ctx, "DELETE FROM people WHERE v = $1", v); err != nil {
			return err
		}
		p := c.rows[v]
		delete(c.rows, v)
		p.email, p.born = email, born
		if _, err := conn.Exec(ctx, "INSERT INTO people (v, email, born, note, score) VALUES ($1, $2, $3, $4, 1)", v, p.email, date(p.born), p.note); err != nil {
			return err
		}
		c.rows[v] = p
	}
	return nil
}

// some is a row that is there; clients keep some always.
func (c *client) some() int64 {
	for v := range c.rows {
		return v
	}
	panic("no rows")
}

// changed holds the number of rows that an UPDATE has changed against those that it must have.
func (c *client) changed(n int64, change func(*person) bool) error {
	var want int64
	for v, p := range c.rows {
		if change(&p) {
			want++
			c.rows[v] = p
		}
	}
	if n != want {
		return fmt.Errorf("an UPDATE by email has changed %d rows, want %d", n, want)
	}
	return nil
}

// find holds what a search gives against what it must.
func (c *client) find(ctx context.Context, conn *pgx.Conn, such func(person) bool, where string, args ...any) error {
	rows, err := conn.Query(ctx, "SELECT v, email, born, note FROM people WHERE v >= $1 AND v < $2 AND "+where, append([]any{c.from, c.to}, args...)...)
	if err != nil {
		return err
	}
	got := make(map[int64]person)
	var v int64
	var day time.Time
	var p person
	keep := func() error {
		p.born = day.Format(time.DateOnly)
		got[v] = p
		return nil
	}
	if _, err := pgx.ForEachRow(rows, []any{&v, &p.email, &day, &p.note}, keep); err != nil {
		return err
	}
	want := 0
	for v, p := range c.rows {
		if !such(p) {
			continue
		}
		want++
		if got[v] != p {
			return fmt.Errorf("where %s: row %d is %+v, want %+v", where, v, got[v], p)
		}
	}
	if len(got) != want {
		return fmt.Errorf("where %s: %d rows, want %d", where, len(got), want)
	}
	return nil
}

// load runs clients through both proxies until the end of during.
func (w *resealed) load(t *testing.T, search bool, during func()) {
	t.Helper()
	stop := make(chan struct{})
	var running sync.WaitGroup
	var asked, refused atomic.Int64
	var all []*client
	for i := range 4 {
		c := &client{url: w.urls[i%2], from: int64(i) * 1_000_000, to: int64(i+1) * 1_000_000, rng: rand.New(rand.NewPCG(3, uint64(i))), simple: i/2 == 1, search: search}
		if err := c.fill(t.Context(), 400); err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	for i, c := range all {
		running.Go(func() {
			if err := c.run(t.Context(), stop); err != nil {
				t.Errorf("client %d: %v", i, err)
			}
			asked.Add(int64(c.asked))
			refused.Add(int64(c.refused))
		})
	}
	defer func() {
		close(stop)
		running.Wait()
		t.Logf("%d statements, %d to be repeated or refused", asked.Load(), refused.Load())
	}()
	during()
}

// TestResealUnderLoad seals columns anew under newer data keys while clients search by equality through two proxies, data keys come, the key goes, and
// what works is killed. Then the elder data keys are needed by nothing.
func TestResealUnderLoad(t *testing.T) {
	t.Parallel()
	w := startResealed(t)
	w.load(t, true, func() {
		w.key(t, "rotate", "acme", "--new-data-key")
		w.column(t, true, "reseal", "public.people.email", "--detach")
		w.key(t, "rotate", "acme", "--new-data-key") // while it runs
		for _, wait := range []time.Duration{300, 900} {
			cmd := w.pgseal.Command(t.Context(), "column", "reseal", "public.people.email")
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(wait * time.Millisecond)
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait() // it was killed
		}
		w.key(t, "lock", "acme")
		w.key(t, "unlock", "acme")
		if out := w.column(t, true, "reseal", "public.people.email"); !strings.Contains(out, "done, verifying") {
			t.Error(out)
		}
		w.column(t, true, "reseal", "--all")
	})
	w.needsNewestAlone(t)
}

// needsNewestAlone holds the report on the key against that no elder data key is needed.
func (w *world) needsNewestAlone(t *testing.T) {
	t.Helper()
	var report struct {
		DataKeys []struct {
			Current bool
			Values  *struct{ N int64 }
			Pinned  []string `json:"pinned_columns"`
		} `json:"data_keys"`
	}
	out, err := w.pgseal.Command(t.Context(), "key", "report", "acme", "--count", "exact", "--json").Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out, &report); err != nil || len(report.DataKeys) < 2 {
		t.Fatalf("%d data keys: %v\n%s", len(report.DataKeys), err, out)
	}
	for _, k := range report.DataKeys {
		if k.Values == nil || k.Current == (k.Values.N == 0) || !k.Current && len(k.Pinned) > 0 {
			t.Errorf("data key %+v: %+v", k, k.Values)
		}
	}
}

// TestResealToAnotherMode moves a column from randomized mode to deterministic and back, while clients write.
func TestResealToAnotherMode(t *testing.T) {
	t.Parallel()
	w := startResealed(t)
	policy := func(email, note string) {
		for _, p := range []*program.Deployment{w.pgseal, w.second} {
			if err := os.WriteFile(p.File("policy.yaml"), fmt.Appendf(nil, peoplePolicy, email, note), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	w.load(t, false, func() {
		policy("deterministic", "deterministic") // too early
		if out := w.column(t, false, "status", "public.people.note"); !strings.Contains(out, "pgseal column reseal public.people.note --mode deterministic") {
			t.Error(out)
		}
		policy("deterministic", "randomized")
		if out := w.column(t, false, "reseal", "public.people.email", "--mode", "randomized"); !strings.Contains(out, "people_email_idx") {
			t.Error(out) // which would find nothing any more
		}
		w.server.Exec(t, database, "DROP INDEX people_email_idx")
		w.column(t, true, "reseal", "public.people.note", "--mode", "deterministic", "--detach")
		w.column(t, true, "reseal", "public.people.email", "--mode", "randomized", "--detach")
		w.await(t, "public.people.note", "list the column with mode: deterministic")
		policy("randomized", "deterministic")
		w.await(t, "public.people.note", "done, verifying")
		w.await(t, "public.people.email", "done, verifying")
	})
	conn := w.server.Conn(t, database, "")
	var notes, distinct, emails, random int
	if err := conn.QueryRow(t.Context(), `SELECT count(note), count(DISTINCT note) FILTER (WHERE get_byte(decode(translate(substr(note, 6, 4), '-_', '+/'), 'base64'), 0) = 2),
		count(email), count(DISTINCT email) FILTER (WHERE get_byte(decode(translate(substr(email, 6, 4), '-_', '+/'), 'base64'), 0) = 1) FROM people`).
		Scan(&notes, &distinct, &emails, &random); err != nil {
		t.Fatal(err)
	}
	if notes < 1000 || distinct != notes || emails != random {
		t.Errorf("%d notes, %d deterministic; %d emails, %d randomized", notes, distinct, emails, random)
	}
	through, err := pgx.Connect(t.Context(), w.urls[1])
	if err != nil {
		t.Fatal(err)
	}
	defer through.Close(context.WithoutCancel(t.Context()))
	var note string
	if err := through.QueryRow(t.Context(), "SELECT note FROM people LIMIT 1").Scan(&note); err != nil {
		t.Fatal(err)
	}
	found := 0
	for end := time.Now().Add(time.Minute); found == 0 && time.Now().Before(end); time.Sleep(100 * time.Millisecond) { // the proxy hears of the end a moment later
		err = through.QueryRow(t.Context(), "SELECT count(*) FROM people WHERE note = $1", note).Scan(&found)
	}
	if err != nil || found != 1 {
		t.Errorf("%d rows found by note, %v, of %q", found, err, note)
	}
}

// await waits until the status of a column says something.
func (w *world) await(t *testing.T, column, text string) {
	t.Helper()
	out := ""
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		b, err := w.pgseal.Command(t.Context(), "column", "status").CombinedOutput()
		if out = string(b); err != nil {
			continue
		}
		_, own, _ := strings.Cut(out, column)
		own, _, _ = strings.Cut(own, "\npublic.")
		if strings.Contains(own, text) {
			return
		}
	}
	t.Fatalf("%s: no %q in the status:\n%s", column, text, out)
}

// TestResealRefused: what would not hold while values of two data keys lie side by side is refused before the start, and meanwhile.
func TestResealRefused(t *testing.T) {
	t.Parallel()
	w := startResealed(t)
	w.server.Exec(t, database, "CREATE UNIQUE INDEX unique_email ON people (email)")
	if out := w.column(t, false, "reseal", "public.people.email", "--detach"); !strings.Contains(out, "at once, by the command itself") {
		t.Error(out)
	}
	if out := w.column(t, false, "reseal", "public.people.email", "--mode", "randomized"); !strings.Contains(out, "unique_email") || !strings.Contains(out, "pgseal column decrypt") {
		t.Error(out)
	}
	if out := w.column(t, false, "reseal", "public.people.score", "--mode", "elaborate"); !strings.Contains(out, "randomized or deterministic") {
		t.Error(out)
	}
	if out := w.column(t, true, "reseal", "public.people.note", "--dry-run"); !strings.Contains(out, "triggers") || !strings.Contains(out, "by the data key") || strings.Contains(out, "CHECK") {
		t.Error(out)
	}
	// Where other work is under way nothing is ordered: the column would be searched in both forms, and could not be joined by, for nobody.
	store := w.store(t)
	all, err := store.Columns(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	of := func(r pgstore.Column) bool { return r.Name == "born" }
	other := &pgstore.Bulk{Column: all[slices.IndexFunc(all, of)].ID, Status: pgstore.BulkPaused, Kind: pgstore.BulkEncrypt, Phase: "sealing", Pass: 1, Started: time.Now()}
	if err := pgx.BeginFunc(t.Context(), store.Pool(), func(tx pgx.Tx) error { return store.SaveBulk(t.Context(), tx, other) }); err != nil {
		t.Fatal(err)
	}
	if out := w.column(t, false, "reseal", "public.people.born"); !strings.Contains(out, "other work on the column is under way") {
		t.Error(out)
	}
	if all, err = store.Columns(t.Context()); err != nil || all[slices.IndexFunc(all, of)].NextMode != 0 {
		t.Errorf("ordered nevertheless: %v", err)
	}
}
