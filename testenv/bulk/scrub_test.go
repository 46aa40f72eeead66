package bulk

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/postgres"
)

// scrubPolicy seals a short indexed column, a long one, and one of a partitioned table.
const scrubPolicy = `version: 1
tables:
  public.letters: {columns: {title: {mode: deterministic}, body: {mode: randomized}}}
  public.parted: {columns: {note: {mode: randomized}}}
`

// scrubbedWorld is a cluster whose tables held canaries before their columns were sealed: in rows, in dead rows of updates and deletes, in an index, in
// TOAST, in statistics of columns and of several columns together, and in partitions.
func scrubbedWorld(t *testing.T, c, notes *canaries, control string, more ...string) *world {
	t.Helper()
	w := &world{server: postgres.Start(t, postgres.Options{Settings: map[string]string{"autovacuum": "off", "wal_keep_size": "1GB", "max_prepared_transactions": "5"}})}
	w.server.Exec(t, "postgres", "CREATE DATABASE "+database)
	w.fill(t, c, notes)
	for _, sql := range more {
		w.exec1(t, sql)
	}
	var err error
	w.pgseal, err = program.Prepare(t.Context(), program.Options{Binary: binary, Dir: filepath.Join(t.TempDir(), "pgseal"), Upstream: w.server.Address(),
		Database: database, Control: control, Policy: scrubPolicy})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

const scrubTables = `CREATE TABLE letters (id bigint PRIMARY KEY, kind text, title text, body text, n int); ALTER TABLE letters ALTER body SET STORAGE EXTERNAL;
	CREATE INDEX by_title ON letters (title); CREATE STATISTICS together (mcv, ndistinct) ON kind, title FROM letters; ALTER STATISTICS together SET STATISTICS 10;
	CREATE TABLE parted (id bigint, note text) PARTITION BY RANGE (id);
	CREATE TABLE parted_low PARTITION OF parted FOR VALUES FROM (0) TO (100);
	CREATE TABLE parted_high PARTITION OF parted FOR VALUES FROM (100) TO (1000) PARTITION BY RANGE (id);
	CREATE TABLE parted_top PARTITION OF parted_high FOR VALUES FROM (100) TO (1000)`

// fill writes canaries, changes some of the rows to others, deletes some, and has the server make statistics.
func (w *world) fill(t *testing.T, c, notes *canaries) {
	t.Helper()
	w.exec1(t, scrubTables)
	var titles []string // those that are common become most common values
	for range 20 {
		titles = append(titles, c.one())
	}
	var sql strings.Builder
	for i := range 600 {
		title, body := titles[i%len(titles)], c.one()
		if i%3 == 0 {
			title = c.one()
		}
		if i%10 == 0 {
			body = c.long(150)
		}
		fmt.Fprintf(&sql, "INSERT INTO letters VALUES (%d, 'k%d', '%s', '%s', 0); INSERT INTO parted VALUES (%[1]d, '%[5]s');\n", i, i%2, title, body, notes.one())
	}
	fmt.Fprintf(&sql, "INSERT INTO letters VALUES (1000, 'k', NULL, repeat('%s', 200), 0);\n", c.one()) // could be compressed, and is not
	for i := 0; i < 600; i += 7 {
		fmt.Fprintf(&sql, "UPDATE letters SET title = '%s', body = '%s' WHERE id = %d; UPDATE parted SET note = '%[4]s' WHERE id = %[3]d;\n", c.one(), c.long(90), i, notes.long(3))
	}
	sql.WriteString("DELETE FROM letters WHERE id % 11 = 0; DELETE FROM parted WHERE id % 11 = 0; ANALYZE letters; ANALYZE parted")
	w.exec1(t, sql.String())
}

// sealAll seals what is there.
func (w *world) sealAll(t *testing.T) {
	t.Helper()
	for _, column := range scrubColumns {
		w.column(t, true, "encrypt", column)
	}
}

var scrubColumns = []string{"public.letters.title", "public.letters.body", "public.parted.note"}

// scrubReport is what the tests read of the command's.
type scrubReport struct {
	State   string
	Until   string `json:"until_lsn"`
	Open    []string
	Steps   []struct{ Step, Object, Statement, Lock, Blocks, Outcome string }
	Remains []struct {
		Where, What, Ends string
		Before            time.Time
	}
}

func (w *world) scrub(t *testing.T, ok bool, args ...string) (r scrubReport) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 3*time.Minute)
	defer stop()
	cmd := w.pgseal.Command(ctx, append([]string{"column", "scrub", "--json"}, args...)...)
	var told strings.Builder
	cmd.Stderr = &told
	out, err := cmd.Output()
	if (err == nil) != ok {
		t.Fatalf("pgseal column scrub %s: %v\n%s%s", strings.Join(args, " "), err, out, &told)
	}
	if err := json.Unmarshal(out, &r); err != nil {
		t.Fatalf("%v\n%s%s", err, out, &told)
	}
	return r
}

// TestScrub: before, canaries are found wherever the server keeps values, each kind of place by itself; afterwards in no file of a table at all. In
// the WAL there still are some, and the report says up to where.
func TestScrub(t *testing.T) {
	unraced(t)
	t.Parallel()
	c := newCanaries(3)
	w := scrubbedWorld(t, c, c, "user=postgres")
	if out := w.column(t, false, "scrub", "--yes", "public.letters.title"); !strings.Contains(out, "pgseal column encrypt public.letters.title") {
		t.Errorf("not sealed yet: %s", out)
	}
	w.sealAll(t)
	before := c.files(t, w.server, database, "base", "global")
	for what, relation := range map[string]string{
		"table": "'letters'", "index": "'by_title'", "TOAST": "(SELECT reltoastrelid FROM pg_class WHERE oid = 'letters'::regclass)", "statistics": "'pg_statistic'",
		"their TOAST": "(SELECT reltoastrelid FROM pg_class WHERE relname = 'pg_statistic')", "extended statistics": "'pg_statistic_ext_data'",
		"partition": "'parted_low'", "partition of a partition": "'parted_top'",
	} {
		if before[fileOf(t, w.server, database, relation)] == 0 {
			t.Errorf("nothing is found in the %s, where it must be: %q", what, sorted(before))
		}
	}
	for _, column := range scrubColumns {
		plan := w.scrub(t, true, "--dry-run", column)
		if plan.State != "sealed" || len(plan.Steps) < 6 {
			t.Errorf("%+v", plan)
		}
	}
	if again := c.files(t, w.server, database, "base", "global"); len(again) != len(before) {
		t.Errorf("a dry run has changed something: %q, before %q", sorted(again), sorted(before))
	}
	var until string
	for _, column := range scrubColumns {
		r := w.scrub(t, true, "--yes", column)
		if r.State != "scrubbed" || len(r.Open) > 0 {
			t.Errorf("%+v", r)
		}
		until = r.Until
		w.saidToRemain(t, &r)
	}
	if after := c.files(t, w.server, database, "base", "global"); len(after) > 0 {
		t.Errorf("left: %q", sorted(after))
	}
	w.walAfter(t, c, until)
	for _, column := range scrubColumns {
		if out := w.column(t, true, "status", column); !strings.Contains(out, "scrubbed") {
			t.Error(out)
		}
		if r := w.scrub(t, true, "--yes", column); r.State != "scrubbed" || len(r.Steps) > 0 {
			t.Errorf("once more: %+v", r)
		}
	}
	w.attach(t, c)
	if out, _ := w.pgseal.Command(t.Context(), "doctor").CombinedOutput(); strings.Contains(string(out), "column scrub") {
		t.Errorf("%s", out)
	}
}

// attach: a partition that comes later, with dead rows of its own, is scrubbed by itself.
func (w *world) attach(t *testing.T, c *canaries) {
	t.Helper()
	w.exec1(t, fmt.Sprintf(`CREATE TABLE parted_more (id bigint, note text); INSERT INTO parted_more VALUES (1000, '%s'); DELETE FROM parted_more;
		DO $$ DECLARE k record; BEGIN FOR k IN SELECT conname, pg_get_constraintdef(oid) AS def FROM pg_constraint WHERE conrelid = 'parted'::regclass AND contype = 'c' LOOP
			EXECUTE format('ALTER TABLE parted_more ADD CONSTRAINT %%I %%s', k.conname, k.def); END LOOP; END $$;
		ALTER TABLE parted ATTACH PARTITION parted_more FOR VALUES FROM (1000) TO (2000)`, c.one()))
	w.column(t, true, "status", "public.parted.note")
	r := w.scrub(t, true, "--yes", "public.parted.note")
	var outcomes []string
	for _, step := range r.Steps {
		if step.Step == "rewrite" {
			outcomes = append(outcomes, step.Outcome)
		}
	}
	if got := strings.Join(outcomes, ", "); r.State != "scrubbed" || got != "done before, done before, done" {
		t.Errorf("%s: %+v", got, r)
	}
	if left := c.files(t, w.server, database, "base"); len(left) > 0 {
		t.Errorf("left: %q", sorted(left))
	}
}

// saidToRemain: the places that the report has to name, with times that are right.
func (w *world) saidToRemain(t *testing.T, r *scrubReport) {
	t.Helper()
	for _, where := range []string{"WAL", "standbys", "base backups and snapshots of volumes", "dumps", "server logs and pg_stat_statements", "disks"} {
		found := false
		for _, one := range r.Remains {
			found = found || one.Where == where && one.Ends != "" && one.What != "" && time.Since(one.Before) < time.Hour && time.Since(one.Before) > 0
		}
		if !found {
			t.Errorf("nothing of %s: %+v", where, r.Remains)
		}
	}
}

// walAfter: the WAL holds canaries, and none behind the place that the report names, whatever is written there.
func (w *world) walAfter(t *testing.T, c *canaries, until string) {
	t.Helper()
	w.exec1(t, "CHECKPOINT")
	w.exec1(t, "UPDATE letters SET n = n + 1; UPDATE parted SET id = id; ANALYZE")
	w.exec1(t, "VACUUM")
	var now string
	if err := w.server.Conn(t, database, "").QueryRow(t.Context(), "SELECT pg_current_wal_flush_lsn()::text").Scan(&now); err != nil {
		t.Fatal(err)
	}
	if found := c.files(t, w.server, database, "pg_wal"); len(found) == 0 {
		t.Error("nothing is found in the WAL, where it must be")
	}
	if n := c.inWAL(t, w.server, until, now); n > 0 || lsn(t, now) <= lsn(t, until) {
		t.Errorf("%d canaries in the WAL from %s to %s", n, until, now)
	}
}

// TestScrubWaits: dead rows that an old transaction may still read would be carried over, so that it is waited for, and named. Locks are never waited
// for longer than asked; a process that dies is gone on from; of two at a time one works.
func TestScrubWaits(t *testing.T) {
	unraced(t)
	t.Parallel()
	c := newCanaries(4)
	w := scrubbedWorld(t, c, c, "user=postgres")
	old := w.server.Conn(t, database, "")
	if _, err := old.Exec(t.Context(), "BEGIN; SELECT txid_current(); PREPARE TRANSACTION 'old'"); err != nil { // which sealing does not wait for
		t.Fatal(err)
	}
	w.sealAll(t)
	const column = "public.letters.title"
	out := w.column(t, false, "scrub", "--yes", "--wait", "1s", column)
	if want := "prepared transaction 'old'"; !strings.Contains(out, want) {
		t.Errorf("%q is not named:\n%s", want, out)
	}
	if _, err := old.Exec(t.Context(), "COMMIT PREPARED 'old'"); err != nil {
		t.Fatal(err)
	}
	if _, err := old.Exec(t.Context(), "BEGIN; LOCK TABLE letters IN ACCESS SHARE MODE"); err != nil {
		t.Fatal(err)
	}
	w.readersGoOn(t, func() {
		if out := w.column(t, false, "scrub", "--yes", "--max-lock", "200ms", "--wait", "3s", column); !strings.Contains(out, "no lock was to be had") {
			t.Error(out)
		}
	})
	if _, err := old.Exec(t.Context(), "COMMIT"); err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		cmd := w.pgseal.Command(t.Context(), "column", "scrub", "--yes", column)
		cmd.Stderr = nil
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(80+90*i) * time.Millisecond)
		_ = cmd.Process.Kill() // it may have ended
		_ = cmd.Wait()
	}
	var both sync.WaitGroup
	said := make([]string, 2)
	for i := range said {
		both.Go(func() {
			out, _ := w.pgseal.Command(t.Context(), "column", "scrub", "--yes", column).CombinedOutput()
			said[i] = string(out)
		})
	}
	both.Wait()
	for _, out := range said {
		if !strings.Contains(out, "scrubbed") && !strings.Contains(out, "another process is at work") {
			t.Error(out)
		}
	}
	for _, column := range scrubColumns {
		if r := w.scrub(t, true, "--yes", column); r.State != "scrubbed" {
			t.Errorf("%+v", r)
		}
	}
	if after := c.files(t, w.server, database, "base", "global"); len(after) > 0 {
		t.Errorf("left: %q", sorted(after))
	}
}

// readersGoOn demands that no read of the table waits for long while f runs.
func (w *world) readersGoOn(t *testing.T, f func()) {
	t.Helper()
	conn := w.server.Conn(t, database, "")
	ctx, stop := context.WithCancel(t.Context())
	var reads sync.WaitGroup
	var longest time.Duration
	reads.Go(func() {
		for ctx.Err() == nil {
			began := time.Now()
			if _, err := conn.Exec(t.Context(), "SELECT count(*) FROM letters"); err != nil {
				t.Error(err)
				return
			}
			longest = max(longest, time.Since(began))
			time.Sleep(5 * time.Millisecond)
		}
	})
	f()
	stop()
	reads.Wait()
	if longest < 20*time.Millisecond || longest > 2*time.Second {
		t.Errorf("the longest read took %s: no lock was asked for, or it was waited for too long", longest)
	}
	t.Logf("the longest read took %s", longest)
}

// TestScrubWithoutRights: a control role that owns the tables and nothing else does what it may, says who has to do the rest, and finds that done.
// A copy in a materialized view keeps the column from being called scrubbed until it is filled anew.
func TestScrubWithoutRights(t *testing.T) {
	long(t)
	t.Parallel()
	notes := newCanaries(5)
	w := scrubbedWorld(t, newCanaries(6), notes, "user=keeper", "CREATE ROLE keeper LOGIN; GRANT CREATE ON DATABASE "+database+" TO keeper; GRANT CREATE ON SCHEMA public TO keeper",
		`DO $$ DECLARE r record; BEGIN FOR r IN SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace LOOP
			EXECUTE format('ALTER TABLE %I OWNER TO keeper', r.relname); END LOOP; END $$`, "SET ROLE keeper; CREATE MATERIALIZED VIEW copies AS SELECT id, note FROM parted; ANALYZE copies")
	w.sealAll(t)
	const column = "public.parted.note"
	if r := w.scrub(t, false, "--yes", column); r.State != "sealed" || len(r.Open) != 3 || !strings.Contains(strings.Join(r.Open, "\n"), "materialized view public.copies") {
		t.Fatalf("%+v", r)
	}
	w.exec1(t, "CREATE UNIQUE INDEX ON copies (id)")
	w.exec1(t, "REFRESH MATERIALIZED VIEW CONCURRENTLY copies") // which leaves dead rows
	var todo []string
	for range 2 { // the second time nobody has done anything
		r := w.scrub(t, false, "--yes", column)
		todo = nil
		for _, open := range r.Open {
			if _, rest, ok := strings.Cut(open, "has to run: "); ok {
				todo = append(todo, strings.TrimSuffix(rest, "; then run pgseal column scrub again"))
			}
		}
		if len(todo) != 2 || len(r.Open) != 2 {
			t.Fatalf("%+v", r)
		}
	}
	for _, one := range todo {
		w.exec1(t, one)
	}
	if r := w.scrub(t, true, "--yes", column); r.State != "scrubbed" {
		t.Errorf("%+v", r)
	}
	if left := notes.files(t, w.server, database, "base", "global"); len(left) > 0 {
		t.Errorf("left: %q", sorted(left))
	}
}

// TestScrubRepack: with pg_repack the table is read and written while it is made anew, and nothing is left either.
func TestScrubRepack(t *testing.T) {
	long(t)
	t.Parallel()
	c := newCanaries(7)
	w := scrubbedWorld(t, c, c, "user=postgres")
	w.sealAll(t)
	const column = "public.letters.title"
	if out := w.column(t, false, "scrub", "--yes", "--method", "repack", column); !strings.Contains(out, "CREATE EXTENSION pg_repack") {
		t.Fatalf("without the extension: %s", out)
	}
	w.exec1(t, "CREATE EXTENSION pg_repack")
	ctx, stop := context.WithCancel(t.Context())
	var writes sync.WaitGroup
	conn := w.server.Conn(t, database, "")
	writes.Go(func() {
		for ctx.Err() == nil {
			if _, err := conn.Exec(t.Context(), "UPDATE letters SET n = n + 1 WHERE id % 5 = 0"); err != nil {
				t.Error(err)
				return
			}
		}
	})
	r := w.scrub(t, true, "--yes", "--method", "repack", column)
	stop()
	writes.Wait()
	if r.State != "scrubbed" || r.Steps[0].Step != "repack" || r.Steps[0].Outcome != "done" {
		t.Errorf("%+v", r)
	}
	if out := w.column(t, false, "scrub", "--yes", "--method", "repack", "public.parted.note"); !strings.Contains(out, "pg_repack") {
		t.Errorf("tables without a key cannot be repacked: %s", out)
	}
	for _, column := range scrubColumns[1:] {
		w.scrub(t, true, "--yes", column)
	}
	if after := c.files(t, w.server, database, "base", "global"); len(after) > 0 {
		t.Errorf("left: %q", sorted(after))
	}
}
