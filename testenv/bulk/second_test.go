package bulk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// members has columns that cannot be sealed row by row, in the middle of others.
const members = `
	CREATE TABLE members (id bigint PRIMARY KEY, email varchar(80) NOT NULL, born date, note text DEFAULT 'none', CONSTRAINT one_address UNIQUE (email));
	COMMENT ON CONSTRAINT one_address ON members IS 'one each';
	COMMENT ON COLUMN members.email IS 'where to';
	CREATE INDEX by_address ON members (email DESC, note) WHERE email IS NOT NULL;
	INSERT INTO members SELECT i, 'zq7734.' || i || '@example.org', CASE WHEN i %% 7 > 0 THEN date '1950-01-01' + i END, 'n' || i FROM generate_series(1, %[1]d) i;
	CREATE TABLE aside AS TABLE members;
	ANALYZE members`

const membersPolicy = "version: 1\ntables:\n  public.members: {columns: {email: {mode: deterministic}, born: {mode: randomized}}}\n"

// membersList is what an application that names no column gets, in an order that it knows.
var membersList = []string{"id", "email", "born", "note"}

// TestSecondColumn seals a unique column and one of another type by way of second columns, while clients of two proxies use lists of all columns and what is at
// work is killed. Nobody sees the second column, and every row is as it was written last.
func TestSecondColumn(t *testing.T) {
	unraced(t)
	t.Parallel()
	rows := *rowsEach // so many that what is wrong is not made good by the next change before it is looked at
	w := startWith(t, fmt.Sprintf(members, rows), membersPolicy)
	_, second := w.another(t)
	var err error
	c := &listers{crowd: &crowd{t: t, met: map[string]int{}}, rows: rows}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var clients sync.WaitGroup
	for i, url := range []string{w.url, second} {
		clients.Go(func() { c.list(ctx, url) })
		clients.Go(func() { c.change(ctx, url, int64(i)) })
	}
	if out := w.column(t, true, "encrypt", "members.email", "--route", "column", "--dry-run"); !strings.Contains(out, `"one_address" UNIQUE USING INDEX`) || !strings.Contains(out, "CONCURRENTLY") {
		t.Error(out)
	}
	for _, column := range []string{"members.email", "members.born"} {
		t.Log(w.bother(t, column, *kills))
		var out []byte
		for deadline := time.Now().Add(5 * time.Minute); ; {
			out, err = w.pgseal.Command(t.Context(), "column", "encrypt", column, "--route", "column", "--max-write-pause", "30s").CombinedOutput()
			if err == nil {
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("%s: %v\n%s", column, err, out)
			}
		}
		t.Logf("%s:\n%s", column, out)
		c.writing.Lock()
		w.asAside(t)
		c.writing.Unlock()
	}
	c.calm.Store(true)
	time.Sleep(3 * time.Second) // of load behind it
	stop()
	clients.Wait()
	for _, what := range slices.Sorted(maps.Keys(c.met)) {
		t.Logf("%6d %s", c.met[what], what)
	}
	t.Logf("%d right answers", c.right)
	if c.right == 0 || time.Since(c.last) < time.Second {
		t.Error("it has not come right again")
	}
	w.sameMembers(t)
}

// sameMembers holds the rows against those that clients kept aside, as the server holds its columns.
func (w *world) sameMembers(t *testing.T) {
	t.Helper()
	w.asAside(t)
	w.exec1(t, `DO $$ BEGIN
		IF EXISTS (SELECT FROM members WHERE email NOT LIKE 'pgs1\_%') THEN RAISE EXCEPTION 'plaintext'; END IF;
		IF (SELECT atttypid FROM pg_attribute WHERE attrelid = 'members'::regclass AND attname = 'born') <> 'bytea'::regtype THEN RAISE EXCEPTION 'type'; END IF;
		IF (SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'members'::regclass AND attnum > 0 AND NOT attisdropped) <> 'id,note,email,born' THEN RAISE EXCEPTION 'columns'; END IF;
		IF NOT (SELECT attnotnull FROM pg_attribute WHERE attrelid = 'members'::regclass AND attname = 'email') THEN RAISE EXCEPTION 'NOT NULL'; END IF;
		IF (SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class JOIN pg_index ON indexrelid = oid WHERE indrelid = 'members'::regclass AND indisvalid) <> 'by_address,members_pkey,one_address' THEN RAISE EXCEPTION 'indexes'; END IF;
		IF (SELECT obj_description(oid) FROM pg_constraint WHERE conname = 'one_address') <> 'one each' THEN RAISE EXCEPTION 'comment'; END IF;
		IF EXISTS (SELECT FROM pg_proc WHERE proname LIKE 'beside%') THEN RAISE EXCEPTION 'function'; END IF;
	END $$`)
	conn, err := pgx.Connect(t.Context(), w.url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	var server *pgconn.PgError
	if _, err := conn.Exec(t.Context(), "INSERT INTO members SELECT -1, email, born, note FROM members WHERE id = 2"); !errors.As(err, &server) || server.Code != "23505" {
		t.Errorf("an address twice: %v", err)
	}
	var n int
	if err := conn.QueryRow(t.Context(), "SELECT count(*) FROM members WHERE email = (SELECT email FROM members WHERE id = $1)", 2).Scan(&n); err != nil || n != 1 {
		t.Errorf("%d found by value: %v", n, err)
	}
}

// asAside compares all rows.
func (w *world) asAside(t *testing.T) {
	t.Helper()
	w.untilReadable(t, "SELECT * FROM members ORDER BY id")
	got, want := rowsOf(t, w.url, "SELECT * FROM members ORDER BY id"), rowsOf(t, w.server.URL(database, ""), "SELECT * FROM aside ORDER BY id")
	if got == want {
		return
	}
	lines := strings.Split(want, "\n")
	n := 0
	for i, line := range strings.Split(got, "\n") {
		if i >= len(lines) || line != lines[i] {
			if n++; n < 5 {
				t.Errorf("a row is %s, not what was written last", line)
			}
		}
	}
	t.Errorf("%d rows are not what was written last", n)
}

// listers are clients that leave the columns to the server.
type listers struct {
	*crowd
	rows int
	calm atomic.Bool // nothing is killed any more

	writing sync.RWMutex // held for writing: nobody does
}

// bother gives the command several times, disturbs what it needs, and kills it.
func (w *world) bother(t *testing.T, column string, times int) map[string]int {
	t.Helper()
	s, counts := &shop{world: *w}, make(map[string]int)
	rng := rand.New(rand.NewPCG(uint64(len(column)), 7734))
	for i := range times {
		cmd := w.pgseal.Command(t.Context(), "column", "encrypt", column, "--route", "column", "--max-write-pause", "30s")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(400+rng.IntN(900*(i+1))) * time.Millisecond)
		counts[s.disturb(t, rng)]++
		_ = cmd.Process.Kill() // it may have ended
		_ = cmd.Wait()
	}
	return counts
}

// connected has a client use connections, one after the other, until ctx ends.
func (c *listers) connected(ctx context.Context, url string, use func(conn *pgx.Conn)) {
	for ctx.Err() == nil {
		conn, err := pgx.Connect(ctx, url)
		if err != nil {
			c.told(ctx, nil, "connect", err)
			time.Sleep(100 * time.Millisecond)
			continue
		}
		for ctx.Err() == nil && !conn.IsClosed() {
			use(conn)
		}
		_ = conn.Close(context.WithoutCancel(ctx))
	}
}

// told passes over what comes of something being killed, or of a key that is gone.
func (c *listers) told(ctx context.Context, conn *pgx.Conn, what string, err error) {
	var server *pgconn.PgError
	gone := err != nil && (conn == nil || conn.IsClosed() || errors.As(err, &server) && (strings.HasPrefix(server.Code, "57") || strings.HasPrefix(server.Code, "08") || strings.HasPrefix(server.Code, "KU") || strings.HasPrefix(server.Code, "KP")))
	mark := errors.As(err, &server) && server.Code == "KD002" // what a snapshot of before the change of places meets: it opens to nothing, and is no wrong NULL
	if (gone || mark) && !c.calm.Load() {
		return
	}
	c.again(ctx, what, err)
}

// list reads.
func (c *listers) list(ctx context.Context, url string) {
	i := 0
	c.connected(ctx, url, func(conn *pgx.Conn) {
		i++
		id := int64(1 + i%c.rows)
		rows, err := conn.Query(ctx, "SELECT * FROM members WHERE id = $1", id)
		if err == nil {
			var names []string
			for _, f := range rows.FieldDescriptions() {
				names = append(names, f.Name)
			}
			var email, note string
			var born *time.Time
			n := 0
			_, err = pgx.ForEachRow(rows, []any{&id, &email, &born, &note}, func() error { n++; return nil })
			if err == nil && n > 0 && (n != 1 || !slices.Equal(names, membersList) || !address.MatchString(email) || born == nil != (id%7 == 0)) {
				c.wrong("star", fmt.Sprint(names, n, email, born))
			}
		}
		c.told(ctx, conn, "star", err)
		var copied bytes.Buffer
		_, err = conn.PgConn().CopyTo(ctx, &copied, "COPY members TO STDOUT")
		if line, _, _ := strings.Cut(copied.String(), "\n"); err == nil && (strings.Count(line, "\t") != 3 || !address.MatchString(strings.Split(line, "\t")[1])) {
			c.wrong("copy", line)
		}
		c.told(ctx, conn, "copy", err)
		time.Sleep(5 * time.Millisecond)
	})
}

// change writes rows without naming columns, and the same aside in the same transaction.
func (c *listers) change(ctx context.Context, url string, part int64) {
	i := int64(0)
	c.connected(ctx, url, func(conn *pgx.Conn) {
		i++
		id := 1 + (2*i+part)%int64(c.rows)
		c.writing.RLock()
		defer c.writing.RUnlock()
		err := pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
			for _, table := range []string{"members", "aside"} {
				if err := changeIn(ctx, tx, table, id, i); err != nil {
					return err
				}
			}
			return nil
		})
		c.told(ctx, conn, "change", err)
		time.Sleep(3 * time.Millisecond)
	})
}

// changeIn changes a row of a table, each always in the same one of three manners: what one does wrong, another must not make good.
func changeIn(ctx context.Context, tx pgx.Tx, table string, id, i int64) error {
	email, born := fmt.Sprintf("zq7734.%d.%d@example.org", id, i), "'1980-02-03'"
	if id%7 == 0 {
		born = "NULL"
	}
	exec := func(sql string, args ...any) error {
		_, err := tx.Exec(ctx, fmt.Sprintf(sql, args...), pgx.QueryExecModeSimpleProtocol)
		return err
	}
	if id%3 == 0 {
		return exec("UPDATE %s SET email = '%s' WHERE id = %d", table, email, id)
	}
	if err := exec("DELETE FROM %s WHERE id = %d", table, id); err != nil {
		return err
	}
	if id%3 == 1 {
		return exec("INSERT INTO %s VALUES (%d, '%s', %s, 'w')", table, id, email, born)
	}
	line := fmt.Sprintf("%d\t%s\t%s\tc\n", id, email, strings.ReplaceAll(strings.Trim(born, "'"), "NULL", `\N`))
	_, err := tx.Conn().PgConn().CopyFrom(ctx, strings.NewReader(line), "COPY "+table+" FROM STDIN")
	return err
}

// TestSecondColumnAway: what was begun can be taken back half way, what cannot be carried over is named before anything is touched, and the route is chosen by how
// long writes would wait.
func TestSecondColumnAway(t *testing.T) {
	t.Parallel()
	rows := 5 * *rowsEach
	w := startWith(t, fmt.Sprintf(members, rows), membersPolicy)
	before := rowsOf(t, w.url, "SELECT * FROM members ORDER BY id")
	lie := func() int {
		return w.number(t, "SELECT count(*) FROM pg_attribute WHERE attrelid = 'members'::regclass AND attnum > 0 AND NOT attisdropped")
	}
	w.exec1(t, "CREATE VIEW addresses AS SELECT email FROM members; ALTER TABLE members ALTER born SET DEFAULT '2000-01-01'")
	if out := w.column(t, false, "encrypt", "members.email", "--route", "column"); !strings.Contains(out, "view") || lie() != 4 {
		t.Error(out)
	}
	if out := w.column(t, false, "encrypt", "members.born", "--route", "column"); !strings.Contains(out, "the column has a default") {
		t.Error(out)
	}
	w.exec1(t, "DROP VIEW addresses; ALTER TABLE members ALTER born DROP DEFAULT")
	// A statement that was planned before would see the second column.
	holder := w.server.Conn(t, database, "")
	if _, err := holder.Exec(t.Context(), "BEGIN; SELECT FROM members WHERE id = 5 FOR UPDATE"); err != nil {
		t.Fatal(err)
	}
	if out := w.column(t, false, "encrypt", "members.email", "--route", "column"); !strings.Contains(out, "end them, or try again later") || lie() != 4 {
		t.Error(out)
	}
	if _, err := holder.Exec(t.Context(), "COMMIT"); err != nil {
		t.Fatal(err)
	}
	w.column(t, true, "encrypt", "members.email", "--route", "column", "--detach")
	w.await(t, "members.email", "fill: done")
	if lie() != 5 {
		t.Error("there is no second column")
	}
	if out := w.column(t, false, "encrypt", "members.email", "--route", "pause"); !strings.Contains(out, "pgseal column cancel first") {
		t.Error(out)
	}
	if got := rowsOf(t, w.url, "SELECT * FROM members ORDER BY id"); got != before {
		t.Errorf("a reader sees what lies beside:\n%.300s", got)
	}
	conn, err := pgx.Connect(t.Context(), w.url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	for _, sql := range []string{
		fmt.Sprintf("SELECT %s FROM members", w.secondName(t)), "SELECT m FROM members m", fmt.Sprintf("UPDATE members SET %s = 'x'", w.secondName(t)), fmt.Sprintf("ALTER TABLE members DROP COLUMN %s", w.secondName(t)),
		fmt.Sprintf(`ALTER TABLE members DISABLE TRIGGER "~%s"`, w.secondName(t)), "ALTER TABLE members DISABLE TRIGGER ALL", fmt.Sprintf(`DROP TRIGGER "~%s" ON members`, w.secondName(t)),
	} {
		var server *pgconn.PgError
		if _, err := conn.Exec(t.Context(), sql, pgx.QueryExecModeSimpleProtocol); !errors.As(err, &server) || !strings.HasPrefix(server.Code, "K") {
			t.Errorf("%s: %v", sql, err)
		}
	}
	w.column(t, true, "cancel", "members.email")
	if lie() != 4 || w.number(t, "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'members'::regclass AND NOT tgisinternal") != 0 || w.number(t, "SELECT count(*) FROM pgseal.column_state WHERE before <> '{}'") != 0 {
		t.Error("something is left of it")
	}
	if got := rowsOf(t, w.url, "SELECT * FROM members ORDER BY id"); got != before {
		t.Errorf("rows are not what they were:\n%.300s", got)
	}
	// The one route would take longer than is allowed, so that it is the other one. Whether the machine is quick enough for that is another question.
	out, err := w.pgseal.Command(t.Context(), "column", "encrypt", "members.email", "--max-write-pause", "700ms").CombinedOutput()
	if text := string(out); !strings.Contains(text, "by way of a second column instead") || err != nil && !strings.Contains(text, "undone") && !strings.Contains(text, "nothing has changed") {
		t.Errorf("%v: %s", err, text)
	}
	w.column(t, true, "encrypt", "members.email", "--route", "column", "--max-write-pause", "30s")
	w.untilReadable(t, "SELECT * FROM members ORDER BY id")
	if got := rowsOf(t, w.url, "SELECT * FROM members ORDER BY id"); got != before {
		t.Errorf("rows are not what they were:\n%.300s", got)
	}
	// A mark opens to nothing.
	w.exec1(t, "UPDATE members SET email = substr(email, 1, 9) || repeat('A', 32) || replace(gen_random_uuid()::text, '-', '') WHERE id = 1")
	var server *pgconn.PgError
	if _, err := conn.Exec(t.Context(), "SELECT * FROM members WHERE id = 1"); !errors.As(err, &server) || server.Code != "KD002" {
		t.Errorf("a mark: %v", err)
	}
}

// TestSecondColumnPause compares how long applications wait by the two routes, for two tables alike.
func TestSecondColumnPause(t *testing.T) {
	long(t)
	unraced(t)
	rows := 20 * *rowsEach
	w := startWith(t, fmt.Sprintf(members+"; ALTER TABLE aside ADD PRIMARY KEY (id), ADD UNIQUE (email), ALTER email SET NOT NULL", rows),
		strings.TrimSuffix(membersPolicy, "\n")+"\n  public.aside: {columns: {email: {mode: deterministic}}}\n")
	waits := map[string]time.Duration{}
	for column, route := range map[string]string{"members.email": "column", "aside.email": "pause"} {
		out := w.column(t, true, "encrypt", column, "--route", route, "--max-write-pause", "2m")
		_, text, _ := strings.Cut(out, "have waited for ")
		text, _, _ = strings.Cut(text, "\n")
		var err error
		if waits[route], err = time.ParseDuration(text); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	t.Logf("%d values: by pause %s, by a second column %s: %.1f times as long", rows, waits["pause"], waits["column"], float64(waits["pause"])/float64(waits["column"]))
	if waits["pause"] < waits["column"] {
		t.Error("the second column does not shorten the pause")
	}
}

// secondName is the name of the one second column that there is.
func (w *world) secondName(t *testing.T) (name string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), w.server.URL(database, ""))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	if err := conn.QueryRow(t.Context(), "SELECT attname FROM pg_attribute WHERE attrelid = 'members'::regclass AND attname LIKE 'pgseal%'").Scan(&name); err != nil {
		t.Fatal(err)
	}
	return name
}
