package bulk

import (
	"context"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// column runs a command on a column; ok is that it is to succeed.
func (w *world) column(t *testing.T, ok bool, args ...string) string {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
	defer stop()
	out, err := w.pgseal.Command(ctx, append([]string{"column"}, args...)...).CombinedOutput()
	if (err == nil) != ok {
		t.Fatalf("pgseal column %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// TestEncryptQuiet: nobody else writes, so that it is the work alone that seals every row.
func TestEncryptQuiet(t *testing.T) {
	t.Parallel()
	w := start(t)
	for name := range tables {
		before := read(t, w.url, name)
		if out := w.column(t, true, "encrypt", "public."+name+".note"); !strings.Contains(out, "sealed") {
			t.Error(out)
		}
		w.compare(t, name, &kept{notes: before}, nil)
		if out := w.column(t, true, "status", "public."+name+".note"); !strings.Contains(out, "done, verifying, pass 1:") || !strings.Contains(out, "the same before and after, of "+strconv.Itoa(withValue(before))+" values") {
			t.Errorf("%s: not in one pass:\n%s", name, out)
		}
	}
	if out := w.column(t, true, "encrypt", "public.by_uuid.note"); !strings.Contains(out, "sealed") {
		t.Errorf("ordered again: %s", out)
	}
	// The commands have used the key like a proxy, and nobody is told that they still could.
	var left, fetched int
	conn := w.server.Conn(t, database, "")
	if err := conn.QueryRow(t.Context(), "SELECT count(DISTINCT holder) - (SELECT count(*) FROM pgseal.proxy) FROM pgseal.key_hold").Scan(&left); err != nil || left > 0 {
		t.Errorf("%d commands that have ended count as holding the key: %v", left, err)
	}
	if err := conn.QueryRow(t.Context(), "SELECT count(*) FROM pgseal.event WHERE kind = 'key fetched' AND actor LIKE '%@%'").Scan(&fetched); err != nil || fetched == 0 {
		t.Errorf("no fetch of a command is in the event log: %v", err)
	}
}

// withValue counts rows that are not NULL.
func withValue(notes map[int64]*string) (n int) {
	for _, v := range notes {
		if v != nil {
			n++
		}
	}
	return n
}

// exec1 runs SQL on the server itself.
func (w *world) exec1(t *testing.T, sql string) {
	t.Helper()
	w.server.Exec(t, database, sql)
}

// until waits until the status of a column says something.
func (w *world) until(t *testing.T, column, want string) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(200 * time.Millisecond) {
		out := w.column(t, true, "status", column)
		if strings.Contains(out, want) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("never %q:\n%s", want, out)
		}
	}
}

// TestKeyGoes: without the key the work waits and says why, and goes on by itself. Paused work goes on when somebody says so; cancelled work is over.
func TestKeyGoes(t *testing.T) {
	t.Parallel()
	w := start(t)
	const column = "public.by_number.note"
	before := read(t, w.url, "by_number")
	if err := os.Rename(w.pgseal.File("master.key"), w.pgseal.File("away.key")); err != nil {
		t.Fatal(err)
	}
	w.column(t, true, "encrypt", "--detach", column)
	w.until(t, column, "KU004")
	w.exec1(t, "DELETE FROM pgseal.river_job") // work whose job is lost is found again
	w.column(t, true, "pause", column)
	if err := os.Rename(w.pgseal.File("away.key"), w.pgseal.File("master.key")); err != nil {
		t.Fatal(err)
	}
	w.until(t, column, "paused")
	w.column(t, true, "resume", column)
	w.exec1(t, "DELETE FROM pgseal.river_job WHERE state <> 'running'")
	w.until(t, column, "done")
	w.compare(t, "by_number", &kept{notes: before}, nil)
	w.column(t, false, "cancel", column)
}

// TestWhatStops: what must not be sealed over, or cannot be sealed row by row, is named, and nothing is lost.
func TestWhatStops(t *testing.T) {
	t.Parallel()
	w := start(t)
	conn, err := pgx.Connect(t.Context(), w.url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	if _, err := conn.Exec(t.Context(), "UPDATE by_number SET note = 'sealed by a client' WHERE v = 1"); err != nil {
		t.Fatal(err)
	}
	// A sealed value in another row's place opens; one that is spoilt does not.
	w.exec1(t, "UPDATE by_number SET note = left(note, -4) || 'AAAA' WHERE v = 1")
	if out := w.column(t, false, "encrypt", "by_number.note"); !strings.Contains(out, "does not open") {
		t.Error(out)
	}
	w.exec1(t, "UPDATE by_number SET note = NULL WHERE v = 1")
	w.column(t, true, "resume", "by_number.note")
	w.until(t, "by_number.note", "done")

	w.exec1(t, "CREATE UNIQUE INDEX once ON by_uuid (note) WHERE v = 2")
	if out := w.column(t, false, "encrypt", "by_uuid.note"); !strings.Contains(out, "once would not hold") {
		t.Error(out)
	}
	w.exec1(t, `DROP INDEX once; CREATE TABLE copies (note text);
		CREATE FUNCTION copy_note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO public.copies VALUES (old.note); RETURN new; END';
		CREATE TRIGGER audit AFTER UPDATE ON by_uuid FOR EACH ROW EXECUTE FUNCTION copy_note()`)
	if out := w.column(t, false, "encrypt", "by_uuid.note"); !strings.Contains(out, "audit on") {
		t.Error(out)
	}
	if out := w.column(t, true, "encrypt", "by_uuid.note", "--triggers", "skip", "--dry-run"); !strings.Contains(out, "skip audit on") {
		t.Error(out)
	}
	if out := w.column(t, true, "encrypt", "by_uuid.note", "--triggers", "skip", "--dry-run", "--json"); !strings.Contains(out, `"triggers_on": [`) || !strings.Contains(out, `"rows_estimated"`) {
		t.Error(out)
	}
	w.column(t, true, "encrypt", "by_uuid.note", "--triggers", "skip")
	var copies int
	if err := w.server.Conn(t, database, "").QueryRow(t.Context(), "SELECT count(*) FROM copies").Scan(&copies); err != nil || copies != 0 {
		t.Errorf("the trigger has fired %d times: %v", copies, err)
	}
	for args, want := range map[string]string{"encrypt public.nothing.note": "does not list", "status a.b.c.d": "names no column", "encrypt": "name the column", "pause by_two.note": "ever ordered"} {
		if out := w.column(t, false, strings.Fields(args)...); !strings.Contains(out, want) {
			t.Errorf("%s: %s", args, out)
		}
	}
}

// TestJobsOrderNothing: whoever can write the job table has nothing done that was not ordered.
func TestJobsOrderNothing(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.exec1(t, `INSERT INTO pgseal.river_job (state, kind, queue, args, max_attempts)
		SELECT 'available', 'pgseal_column', 'pgseal', jsonb_build_object('column', c), 25 FROM (
			SELECT replace(id::text, '-', '') FROM pgseal.column_state UNION ALL VALUES ('00'), (repeat('0', 32)), ('x')) AS w (c)`)
	conn := w.server.Conn(t, database, "")
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		var left, sealed int
		if err := conn.QueryRow(t.Context(), "SELECT count(*) FILTER (WHERE state IN ('available', 'running', 'retryable', 'scheduled')) FROM pgseal.river_job").Scan(&left); err != nil {
			t.Fatal(err)
		}
		if err := conn.QueryRow(t.Context(), "SELECT count(*) FROM by_number WHERE note LIKE 'pgs1%'").Scan(&sealed); err != nil || sealed > 0 {
			t.Fatalf("%d values were sealed: %v", sealed, err)
		}
		if left == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d jobs are left\n%s", left, w.pgseal.Log())
		}
	}
}
