package bulk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/testenv/bench/program"
)

// retried are the errors that clients may meet while columns are converted: each says that nothing was done, and that it can be done again.
var retried = map[string]string{
	"0A000": "prepare it again", "KP002": "another description: try again", "KP003": "a plaintext was refused", "KP001": "it cannot be searched in this moment",
	"55P03": "locked", "40P01": "deadlock", "40001": "serialization",
	"KU009": "the tenant is locked",
}

// crowd are clients of both proxies, and what they have met.
type crowd struct {
	t     *testing.T
	mu    sync.Mutex
	met   map[string]int
	first time.Time // error
	last  time.Time
	right int // answers
	rows  map[int64]string
	sure  map[int64]bool
}

// again notes an error; one that is none of those that may be met fails the test.
func (c *crowd) again(ctx context.Context, what string, err error) {
	var server *pgconn.PgError
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case err == nil:
		c.right++
		return
	case ctx.Err() != nil:
		return
	case !errors.As(err, &server) || retried[server.Code] == "":
		c.t.Errorf("%s: %v", what, err)
		return
	}
	if c.met[server.Code+" "+server.Message]++; c.first.IsZero() {
		c.first = time.Now()
	}
	c.last = time.Now()
}

var address = regexp.MustCompile(`^zq7734\.[0-9w.]+@example\.org$`)
var uuidText = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

func (c *crowd) wrong(what, v string) {
	c.t.Errorf("%s: a reader got %.40q", what, v)
}

// read reads in several manners until ctx ends.
func (c *crowd) read(ctx context.Context, url string) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		c.again(ctx, "connect", err)
		return
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for i := int64(1); ctx.Err() == nil; i++ {
		v := 1 + i%int64(keyedRows())
		var email, account string
		if err = conn.QueryRow(ctx, "SELECT email FROM people WHERE id = $1", v).Scan(&email); err == nil && !address.MatchString(email) {
			c.wrong("prepared", email)
		}
		c.again(ctx, "prepared", err)
		if err = conn.QueryRow(ctx, "SELECT id::text FROM (SELECT id FROM accounts WHERE owner = $1) a", fmt.Sprintf("o%d", v)).Scan(&account); err == nil && !uuidText.MatchString(account) {
			c.wrong("cast", account)
		}
		if err = conn.QueryRow(ctx, "SELECT id FROM accounts WHERE owner = $1", fmt.Sprintf("o%d", v)).Scan(&account); err == nil && !uuidText.MatchString(account) {
			c.wrong("uuid", account)
		}
		c.again(ctx, "uuid", err)
		if err = conn.QueryRow(ctx, "SELECT p.email FROM people p JOIN letters l ON l.recipient = p.email WHERE l.n = $1", pgx.QueryExecModeSimpleProtocol, 1+v/5*5).Scan(&email); err == nil && !address.MatchString(email) {
			c.wrong("join", email)
		} else if !errors.Is(err, pgx.ErrNoRows) {
			c.again(ctx, "join", err)
		}
		var copied bytes.Buffer
		_, err = conn.PgConn().CopyTo(ctx, &copied, "COPY accounts (owner, id) TO STDOUT")
		c.again(ctx, "copy", err)
		lines := strings.Split(strings.TrimSuffix(copied.String(), "\n"), "\n")
		if err == nil && len(lines) < keyedRows() {
			c.wrong("copy", fmt.Sprintf("%d rows", len(lines)))
		}
		for _, line := range lines {
			if _, id, ok := strings.Cut(line, "\t"); ok && !uuidText.MatchString(id) {
				c.wrong("copy", id)
				break
			}
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// write changes the rows of one remainder, each statement until it is done or the time is over.
func (c *crowd) write(ctx context.Context, url string, of, part int64) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		c.again(ctx, "connect", err)
		return
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for i := int64(0); ctx.Err() == nil; i++ {
		id := 1 + (i*of+part)%int64(keyedRows())
		if id%of != part {
			continue
		}
		email := fmt.Sprintf("zq7734.w%d.%d.%d@example.org", part, id, i)
		c.mu.Lock()
		c.sure[id] = false
		c.mu.Unlock()
		_, err := conn.Exec(ctx, "INSERT INTO people (id, email) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET email = excluded.email", id, email)
		c.again(ctx, "upsert", err)
		c.mu.Lock()
		if err == nil {
			c.rows[id], c.sure[id] = email, true
		} else if ctx.Err() == nil {
			c.sure[id] = true // it was not done
		}
		c.mu.Unlock()
		_, err = conn.Exec(ctx, "UPDATE accounts SET id = gen_random_uuid() WHERE owner = 'nobody'")
		_ = err // whatever is said, it must not be done
		time.Sleep(3 * time.Millisecond)
	}
}

// crowded starts a second proxy, and clients that read and write through both until end is called.
func crowded(t *testing.T, w *world) (c *crowd, end func()) {
	t.Helper()
	other, err := w.pgseal.Another(program.Options{Binary: w.binary, Dir: filepath.Join(t.TempDir(), "second"), Upstream: w.server.Address(), Database: database,
		Control: "user=postgres", Policy: keyedPolicy})
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Serve(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { other.Stop() })
	second, err := other.URL(w.server.URL(database, ""))
	if err != nil {
		t.Fatal(err)
	}
	c = &crowd{t: t, met: map[string]int{}, rows: map[int64]string{}, sure: map[int64]bool{}}
	for v := range int64(keyedRows()) {
		c.rows[v+1], c.sure[v+1] = fmt.Sprintf("zq7734.%d@example.org", v+1), true
	}
	// What refers to people would keep their addresses from being changed.
	w.exec1(t, "UPDATE letters SET recipient = NULL WHERE n % 5 > 1")
	ctx, stop := context.WithCancel(t.Context())
	var clients sync.WaitGroup
	for i, url := range []string{w.url, second} {
		clients.Go(func() { c.read(ctx, url) })
		clients.Go(func() { c.write(ctx, url, 2, int64(i)) })
	}
	return c, func() {
		stop()
		clients.Wait()
	}
}

// killed runs a command of pgseal column over and over, and kills it each time.
func (w *world) killed(t *testing.T, after time.Duration, args ...string) {
	t.Helper()
	for i := range *kills {
		cmd := w.pgseal.Command(t.Context(), append([]string{"column"}, args...)...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(after + time.Duration(i%4)*after/2)
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // it was killed
	}
}

// ended says what clients have met, and demands that it has come right again.
func (c *crowd) ended(end func()) {
	time.Sleep(3 * time.Second) // of load behind it
	end()
	for _, what := range slices.Sorted(maps.Keys(c.met)) {
		c.t.Logf("%6d %s", c.met[what], what)
	}
	c.t.Logf("%d right answers; errors for %s in all", c.right, c.last.Sub(c.first).Round(time.Millisecond))
	if c.right == 0 || time.Since(c.last) < time.Second {
		c.t.Error("it has not come right again")
	}
}

// TestAtOnceUnderLoad: clients of two proxies read and write while columns are converted and the command is killed. What they are told is right or a
// typed error, and every row is as it was written last.
func TestAtOnceUnderLoad(t *testing.T) {
	t.Parallel()
	w := startWith(t, fmt.Sprintf(keyed, keyedRows()), keyedPolicy)
	c, end := crowded(t, w)
	defer end()
	w.killed(t, 700*time.Millisecond, "encrypt", "public.people.email")
	for _, column := range []string{"people.email", "accounts.id"} {
		began := time.Now()
		out := w.column(t, true, "encrypt", "public."+column, "--max-write-pause", "60s")
		t.Logf("%s in %s:\n%s", column, time.Since(began).Round(time.Millisecond), out)
	}
	c.ended(end)
	c.compare(w)
}

// compare holds the rows against what was written last, and demands that they are sealed.
func (c *crowd) compare(w *world) {
	c.compareRows(w.url)
	w.exec1(c.t, `DO $$ BEGIN
		IF EXISTS (SELECT FROM people WHERE email NOT LIKE 'pgs1\_%') OR EXISTS (SELECT FROM letters WHERE recipient NOT LIKE 'pgs1\_%') THEN RAISE EXCEPTION 'plaintext'; END IF;
	END $$`)
}

func (c *crowd) compareRows(url string) {
	conn, err := pgx.Connect(c.t.Context(), url)
	if err != nil {
		c.t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(c.t.Context()))
	rows, err := conn.Query(c.t.Context(), "SELECT id, email FROM people")
	if err != nil {
		c.t.Fatal(err)
	}
	n := 0
	var id int64
	var email string
	if _, err := pgx.ForEachRow(rows, []any{&id, &email}, func() error {
		if n++; c.sure[id] && c.rows[id] != email {
			c.t.Errorf("row %d is %s, want %s", id, email, c.rows[id])
		}
		return nil
	}); err != nil || n != len(c.rows) {
		c.t.Errorf("%d rows of %d: %v", n, len(c.rows), err)
	}
}
