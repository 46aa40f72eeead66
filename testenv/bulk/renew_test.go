package bulk

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// heads are what the sealed values of a column begin with, each once: mode, store and data key.
func (w *world) heads(t *testing.T, of string) string {
	t.Helper()
	return rowsOf(t, w.server.URL(database, ""), fmt.Sprintf(`SELECT DISTINCT substr(decode(translate(substr(v, 6, 12), '-_', '+/'), 'base64'), 1, 7)::text FROM (%s) AS x (v) WHERE v IS NOT NULL`, of))
}

// find looks for rows that nobody changes by their value, until ctx ends: they must be found, whatever else is said.
func (c *crowd) find(ctx context.Context, url string, found *atomic.Int64) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		c.again(ctx, "connect", err)
		return
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for i := 0; ctx.Err() == nil; i++ {
		v := 1 + i%keyedRows()
		var n int64
		err := conn.QueryRow(ctx, "SELECT count(*) FROM letters WHERE copy_to = $1", fmt.Sprintf("zq7734.%d@example.org", v)).Scan(&n)
		c.again(ctx, "found by value", err)
		if err == nil && n != 1 {
			c.t.Errorf("letter %d was found %d times", v, n)
		}
		if err == nil {
			found.Add(1)
		}
		_, err = conn.Exec(ctx, "INSERT INTO letters (n, recipient) VALUES ($1, 'zq7734.nobody@example.org')", -1-v)
		var server *pgconn.PgError
		if err == nil || errors.As(err, &server) && server.Code != "23503" && retried[server.Code] == "" && server.Code != "23514" {
			c.t.Errorf("a letter to nobody: %v", err)
		}
		time.Sleep(3 * time.Millisecond)
	}
}

// TestRenewAtOnce seals an equality domain with a unique column and a foreign key anew, under a new data key, while clients of two proxies read, write and
// look for values, and the command is killed: equal values are found throughout, none stays under the former data key, and what the server holds the
// columns to holds.
func TestRenewAtOnce(t *testing.T) {
	unraced(t)
	t.Parallel()
	w := startWith(t, fmt.Sprintf(keyed, keyedRows()), keyedPolicy)
	w.column(t, true, "encrypt", "public.people.email", "--max-write-pause", "60s")
	const all = "SELECT email FROM people UNION ALL SELECT recipient FROM letters UNION ALL SELECT copy_to FROM letters"
	before, guarded := w.heads(t, all), w.guardOf(t)
	c, end := crowded(t, w)
	defer end()
	if out, err := w.pgseal.Command(t.Context(), "key", "rotate", "acme", "--new-data-key").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var found atomic.Int64
	finding := make(chan struct{})
	go func() { defer close(finding); c.find(ctx, w.url, &found) }()
	if out := w.column(t, true, "reseal", "public.people.email", "--dry-run"); !strings.Contains(out, "public.letters.copy_to") || !strings.Contains(out, "DROP CONSTRAINT letters_recipient_fkey") {
		t.Error(out)
	}
	if out := w.column(t, false, "reseal", "public.people.email", "--mode", "randomized"); !strings.Contains(out, "pgseal column decrypt") {
		t.Error(out)
	}
	w.killed(t, 700*time.Millisecond, "reseal", "public.people.email")
	began := time.Now()
	var out string
	for { // on a busy machine it may say that not every proxy knows yet, and that the same command is to be given again
		said, err := w.pgseal.Command(t.Context(), "column", "reseal", "public.letters.copy_to", "--max-write-pause", "60s").CombinedOutput()
		if out = string(said); err == nil {
			break
		}
		t.Logf("%v\n%s", err, out)
		if !strings.Contains(out, "again") || time.Since(began) > 3*time.Minute {
			t.Fatal("it cannot be sealed anew")
		}
	}
	t.Logf("%s:\n%s", time.Since(began).Round(time.Millisecond), out)
	if strings.Contains(out, "another checksum") {
		t.Error(out)
	}
	c.ended(end)
	stop()
	<-finding
	if now := w.heads(t, all); strings.Count(now, "\n") != 1 || now == before {
		t.Errorf("values begin with\n%sand did with\n%s", now, before)
	}
	if now := w.guardOf(t); now != guarded {
		t.Errorf("what is there of the guard:\n%s", differing(guarded, now))
	}
	if found.Load() == 0 {
		t.Error("nothing was found by value")
	}
	c.compare(w)
	w.domainHolds(t)
}

// domainHolds: what the server holds the domain of addresses to.
func (w *world) domainHolds(t *testing.T) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), w.url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	for sql, code := range map[string]string{
		"INSERT INTO people (id, email) VALUES (-1, 'zq7734.once@example.org')":             "",
		"INSERT INTO letters (n, recipient) VALUES (-1000000, 'zq7734.nobody@example.org')": "23503",
	} {
		_, err := conn.Exec(t.Context(), sql)
		var server *pgconn.PgError
		if code == "" && err != nil || code == "23503" && (!errors.As(err, &server) || server.Code != code) {
			t.Errorf("%s: %v, want %q", sql, err, code)
		}
	}
	var server *pgconn.PgError
	if _, err := conn.Exec(t.Context(), "INSERT INTO people (id, email) VALUES (-2, 'zq7734.once@example.org')"); !errors.As(err, &server) || server.Code != "23505" {
		t.Errorf("the same address twice: %v", err)
	}
	var n int
	if err := conn.QueryRow(t.Context(), "SELECT count(*) FROM people p JOIN letters l ON l.recipient = p.email").Scan(&n); err != nil || n == 0 {
		t.Errorf("%d letters are joined with their recipients: %v", n, err)
	}
}
