package bulk

import (
	"context"
	"fmt"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"
)

// schemaOf is what pg_dump says of the tables, without what pgseal keeps for itself.
func (w *world) schemaOf(t *testing.T) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "pg_dump", "--schema-only", "--schema=public", "--no-owner", w.server.URL(database, "")).Output()
	if err != nil {
		t.Fatalf("pg_dump: %v", err)
	}
	return regexp.MustCompile(`(?m)^\\(un)?restrict .*$`).ReplaceAllString(string(out), "")
}

// openedToo are columns of further types and constraints, beside those of keyed.
const openedToo = `
	CREATE TABLE kinds (n bigint PRIMARY KEY, born date NOT NULL, seen timestamptz(3), share float8, doc jsonb, due interval, flag boolean,
		pin varchar(9) NOT NULL, CONSTRAINT pins UNIQUE (pin) DEFERRABLE);
	CREATE INDEX kinds_born ON kinds (born);
	COMMENT ON COLUMN kinds.born IS 'when';
	INSERT INTO kinds SELECT i, date '1999-12-31' + i, CASE WHEN i %% 4 > 0 THEN timestamptz '2020-01-01 00:00:00.123+00' + i * interval '1 hour' END, i / 3.0,
		jsonb_build_object('zq7734', i, 'b', '[1.50, null]'::jsonb), make_interval(days => i, secs => i / 7.0), i %% 2 = 0, 'p' || i FROM generate_series(1, %[1]d) i;
`

// char(6), which is opened row by row, gets its type back by hand.
var openedPolicy = strings.Replace(keyedPolicy, "code: {mode: randomized}, ", "", 1) + `  public.kinds: {columns: {born: {mode: deterministic}, seen: {mode: randomized, type: "timestamptz(3)"}, share: {mode: randomized}, doc: {mode: randomized}, due: {mode: randomized}, flag: {mode: randomized}, pin: {mode: deterministic}}}
`

var openedQueries = append([]string{"SELECT * FROM kinds ORDER BY n"}, keyedQueries...)

// TestOpenAtOnce seals columns that have to be unique, are in foreign keys or are of other types, and opens them again: the schema and every row are then
// what they were, for a client that knows nothing of pgseal.
func TestOpenAtOnce(t *testing.T) {
	t.Parallel()
	w := startWith(t, fmt.Sprintf(keyed+openedToo, keyedRows()), openedPolicy)
	raw := w.server.URL(database, "")
	// Of raw, whose values lie as they are sealed, the guard is there from the beginning.
	schema, before := regexp.MustCompile(`(?ms)^--\n-- Name: accounts   pgseal .*?\n\n\n`).ReplaceAllString(w.schemaOf(t), ""), map[string]string{}
	for _, q := range openedQueries {
		before[q] = rowsOf(t, raw, q)
	}
	columns := []string{"people.email", "accounts.id", "accounts.raw", "kinds.born"}
	if *longForm {
		columns = append(columns, "kinds.pin", "accounts.balance", "accounts.mood", "accounts.parts", "accounts.tags", "entries.amount", "entries.at", "kinds.seen", "kinds.share", "kinds.doc", "kinds.due", "kinds.flag")
	}
	for _, column := range columns {
		if out := w.column(t, true, "encrypt", "public."+column, "--max-write-pause", "60s"); strings.Contains(out, "another checksum") {
			t.Error(out)
		}
	}
	if w.schemaOf(t) == schema {
		t.Fatal("the schema is what it was while columns are sealed")
	}
	if out := w.column(t, true, "decrypt", "public.people.email", "--dry-run"); !strings.Contains(out, "DROP CONSTRAINT letters_recipient_fkey") || !strings.Contains(out, "TYPE varchar(80)") {
		t.Error(out)
	}
	if out := w.column(t, false, "decrypt", "public.letters.copy_to", "--yes", "--max-write-pause", "1ms"); !strings.Contains(out, "writes would wait") {
		t.Error(out)
	}
	if out := w.column(t, true, "status", "public.people.email"); !strings.Contains(out, "sealed") || strings.Contains(out, "ordered") {
		t.Error(out)
	}
	began := time.Now()
	out := w.column(t, true, "decrypt", "public.letters.copy_to", "--yes", "--max-write-pause", "60s") // with all of its domain
	t.Logf("%s:\n%s", time.Since(began).Round(time.Millisecond), out)
	for _, column := range []string{"public.people.email", "public.letters.recipient", "public.letters.copy_to"} {
		if !strings.Contains(out, column) {
			t.Errorf("%s is not opened: %s", column, out)
		}
	}
	out = w.column(t, true, "decrypt", "--all", "--yes", "--max-write-pause", "60s")
	t.Logf("%s:\n%s", time.Since(began).Round(time.Millisecond), out)
	if strings.Contains(out, "another checksum") {
		t.Error(out)
	}
	if now := w.schemaOf(t); now != schema {
		t.Errorf("the schema is not what it was:\n%s", differing(schema, now))
	}
	for _, q := range openedQueries {
		for _, url := range []string{raw, w.url} {
			if got := rowsOf(t, url, q); got != before[q] {
				t.Errorf("%s: rows are not what they were:\n%.300s\n%.300s", q, got, before[q])
			}
		}
	}
	if got := rowsOf(t, w.url, "SELECT id FROM people WHERE email = 'zq7734.3@example.org'"); got != "\"3\" \n" {
		t.Errorf("found by value: %s", got)
	}
	// And there again.
	w.column(t, true, "encrypt", "public.people.email") // takes the orders back, of which the columns were plain
	w.column(t, true, "encrypt", "public.people.email", "--max-write-pause", "60s")
}

// TestOpenAtOnceUnderLoad: the same while clients of two proxies read and write, the command is killed, and the key goes and comes. What they are told is
// right or a typed error, no sealed value is left or refused for ever, and every row is as it was written last.
func TestOpenAtOnceUnderLoad(t *testing.T) {
	unraced(t)
	t.Parallel()
	w := startWith(t, fmt.Sprintf(keyed, keyedRows()), keyedPolicy)
	schema := w.guardOf(t)
	for _, column := range []string{"people.email", "accounts.id"} {
		w.column(t, true, "encrypt", "public."+column, "--max-write-pause", "60s")
	}
	c, end := crowded(t, w)
	defer end()
	w.killed(t, 700*time.Millisecond, "decrypt", "public.people.email", "--yes")
	if out, err := w.pgseal.Command(t.Context(), "key", "lock", "acme").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	w.waitsForKey(t, time.Now(), "decrypt", "public.people.email", "--yes", "--max-write-pause", "60s")
	if out, err := w.pgseal.Command(t.Context(), "key", "unlock", "acme").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, column := range []string{"people.email", "accounts.id"} {
		began := time.Now()
		out := w.column(t, true, "decrypt", "public."+column, "--yes", "--max-write-pause", "60s")
		t.Logf("%s in %s:\n%s", column, time.Since(began).Round(time.Millisecond), out)
	}
	c.ended(end)
	c.compareRows(w.server.URL(database, ""))
	if now := w.guardOf(t); now != schema {
		t.Errorf("what is there of the guard:\n%s", differing(schema, now))
	}
	w.exec1(t, `DO $$ BEGIN
		IF EXISTS (SELECT FROM people WHERE email LIKE 'pgs1\_%') OR EXISTS (SELECT FROM letters WHERE recipient || copy_to LIKE 'pgs1\_%') THEN RAISE EXCEPTION 'sealed values'; END IF;
		IF (SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated AND conparentid = 0 AND connamespace = 'public'::regnamespace) <> 2 THEN RAISE EXCEPTION 'foreign keys'; END IF;
	END $$`)
}

// waitsForKey gives a command whose work needs the key that was locked, or whose values were opened before every proxy had given it up: proxies go on with what commands
// that were killed had ordered. The record of the work begins with the transaction that opens them.
func (w *world) waitsForKey(t *testing.T, locked time.Time, args ...string) {
	t.Helper()
	const bound = 2 * time.Second                                 // as pgseal key lock promises
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second) // it would wait for the key, and say so
	defer stop()
	out, err := w.pgseal.Command(ctx, append([]string{"column"}, args...)...).CombinedOutput()
	switch {
	case err != nil && strings.Contains(string(out), "KU009"):
	case err != nil:
		t.Errorf("%v: %s", err, out)
	case w.number(t, "SELECT count(*) FROM pgseal.bulk WHERE started_at > '"+locked.Add(bound).Format(time.RFC3339Nano)+"'") != 0:
		t.Errorf("values were opened behind the lock of %s: %s", locked, out)
	}
}

// guardOf are the CHECKs and triggers of the tables.
func (w *world) guardOf(t *testing.T) string {
	t.Helper()
	return rowsOf(t, w.server.URL(database, ""), `SELECT conname::text FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace
		UNION ALL SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1`)
}

// differing are the lines that one text has and the other has not.
func differing(a, b string) string {
	var out strings.Builder
	has := func(text, line string) bool { return strings.Contains("\n"+text+"\n", "\n"+line+"\n") }
	for _, l := range strings.Split(a, "\n") {
		if !has(b, l) {
			out.WriteString("- " + l + "\n")
		}
	}
	for _, l := range strings.Split(b, "\n") {
		if !has(a, l) {
			out.WriteString("+ " + l + "\n")
		}
	}
	return out.String()
}
