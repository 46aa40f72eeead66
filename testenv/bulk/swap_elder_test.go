package bulk

import (
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// TestAtOnceWaitsForStatements: a statement that was planned while the column was plain, and waits for a lock of something else, neither gets sealed values nor
// finds nothing because of them: the conversion waits for it, or gives up.
func TestAtOnceWaitsForStatements(t *testing.T) {
	w := startWith(t, `CREATE TABLE other (v bigint); INSERT INTO other VALUES (1); CREATE TABLE letters (v bigint PRIMARY KEY, note text UNIQUE);
		INSERT INTO letters SELECT i, 'zq7734 ' || i FROM generate_series(1, 50) i`, "version: 1\ntables: {public.letters: {columns: {note: {mode: deterministic}}}}\n")
	holder := w.server.Conn(t, database, "")
	answers := map[string]string{"SELECT count(*)::text FROM other, letters WHERE note = 'zq7734 5'": "1", "SELECT min(note) FROM other, letters WHERE letters.v = 5": "zq7734 5"}
	if _, err := holder.Exec(t.Context(), "BEGIN; LOCK TABLE other"); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, len(answers))
	got := make(map[string]*string)
	for sql := range answers {
		conn, err := pgx.Connect(t.Context(), w.url)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = conn.Close(t.Context()) })
		got[sql] = new(string)
		go func() { done <- conn.QueryRow(t.Context(), sql, pgx.QueryExecModeSimpleProtocol).Scan(got[sql]) }()
	}
	waiting := func() int {
		return w.number(t, "SELECT count(*) FROM pg_locks WHERE relation = 'other'::regclass AND NOT granted")
	}
	for end := time.Now().Add(time.Minute); waiting() < len(answers) && time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
	}
	if out := w.column(t, false, "encrypt", "public.letters.note"); !strings.Contains(out, "may take sealed values for plaintext, in the server's process ") {
		t.Error(out)
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
	w.column(t, true, "encrypt", "public.letters.note")
}
