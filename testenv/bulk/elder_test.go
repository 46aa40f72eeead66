package bulk

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// TestElderStatements: a statement that was planned while a column was plain, and waits for a lock of something else, neither gets sealed values nor finds
// nothing because of them: what would seal the values waits for it.
func TestElderStatements(t *testing.T) {
	w := startWith(t, `CREATE TABLE other (v bigint); INSERT INTO other VALUES (1);
		CREATE TABLE keyed (v bigint PRIMARY KEY, note text UNIQUE); INSERT INTO keyed SELECT i, 'zq7734 ' || i FROM generate_series(1, 50) i;
		CREATE TABLE loose (v bigint PRIMARY KEY, note text); INSERT INTO loose TABLE keyed`,
		"version: 1\ntables: {public.keyed: {columns: {note: {mode: deterministic}}}, public.loose: {columns: {note: {mode: deterministic}}}}\n")
	w.column(t, true, "decrypt", "--yes", "public.loose.note")
	w.untilReadable(t, "SELECT count(*) FROM loose WHERE note = 'zq7734 5'")
	holder := w.server.Conn(t, database, "")
	if _, err := holder.Exec(t.Context(), "BEGIN; LOCK TABLE other"); err != nil {
		t.Fatal(err)
	}
	answers := map[string]string{}
	for _, table := range []string{"keyed", "loose"} {
		answers["SELECT count(*)::text FROM other, "+table+" WHERE note = 'zq7734 5'"] = "1"
		answers["SELECT min(note) FROM other, "+table+" t WHERE t.v = 5"] = "zq7734 5"
	}
	done, got := make(chan error, len(answers)), make(map[string]*string)
	for sql := range answers {
		conn, err := pgx.Connect(t.Context(), w.url)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close(context.WithoutCancel(t.Context()))
		got[sql] = new(string)
		go func(into *string) {
			done <- conn.QueryRow(t.Context(), sql, pgx.QueryExecModeSimpleProtocol).Scan(into)
		}(got[sql])
	}
	waiting := func() int {
		return w.number(t, "SELECT count(*) FROM pg_locks WHERE relation = 'other'::regclass AND NOT granted")
	}
	for end := time.Now().Add(time.Minute); waiting() < len(answers) && time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
	}
	if out := w.column(t, false, "encrypt", "public.keyed.note"); !strings.Contains(out, "may take sealed values for plaintext, in the server's process ") {
		t.Error(out)
	}
	w.column(t, true, "encrypt", "--detach", "public.loose.note")
	w.until(t, "public.loose.note", "may take sealed values for plaintext: process ")
	writer, err := pgx.Connect(t.Context(), w.url) // what an application writes meanwhile must not be sealed either
	if err != nil {
		t.Fatal(err)
	}
	defer writer.Close(context.WithoutCancel(t.Context()))
	if _, err := writer.Exec(t.Context(), "UPDATE loose SET note = 'zq7734 5' WHERE v = 5", pgx.QueryExecModeSimpleProtocol); err != nil {
		t.Fatal(err)
	}
	if _, err := holder.Exec(t.Context(), "COMMIT"); err != nil {
		t.Fatal(err)
	}
	for range answers {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	for sql, want := range answers {
		if *got[sql] != want {
			t.Errorf("%s: %q, want %q", sql, *got[sql], want)
		}
	}
	w.until(t, "public.loose.note", "done")
	w.column(t, true, "encrypt", "public.keyed.note")
}
