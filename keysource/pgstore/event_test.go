package pgstore

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/keysource"
)

// prove verifies the log with a process that has seen nothing, so that it is the
// log itself that tells.
func (f *fixture) prove(t *testing.T, heads ...Head) *EventProof {
	t.Helper()
	var noted []NotedHead
	for i, h := range heads {
		text := h.String() // as the log has it, or the metrics
		if i%2 == 1 {
			text = fmt.Sprintf("%s:%d:#%v", h.Writer, h.Seq, float64(h.Number()))
		}
		n, err := ParseHead(text)
		if err != nil {
			t.Fatal(err)
		}
		noted = append(noted, n)
	}
	s := f.open(t, Options{})
	defer s.Close()
	proof, err := s.VerifyEvents(t.Context(), "", noted)
	if err != nil {
		t.Fatal(err)
	}
	return proof
}

func (p *EventProof) text() string {
	var lines []string
	for _, problem := range p.Problems {
		lines = append(lines, problem.String())
	}
	return strings.Join(lines, "\n")
}

func (f *fixture) wantWhole(t *testing.T) *EventProof {
	t.Helper()
	proof := f.prove(t)
	if len(proof.Problems) != 0 {
		t.Errorf("a log that nobody has touched:\n%s", proof.text())
	}
	return proof
}

// write has a writer write n events.
func writeEvents(t *testing.T, s *Store, n int) {
	t.Helper()
	for range n {
		if err := s.Record(t.Context(), Event{Kind: EventCheckpoint, Actor: "tester"}); err != nil {
			t.Fatal(err)
		}
	}
}

func (f *fixture) writer(t *testing.T, s *Store) WriterID {
	t.Helper()
	head, err := s.EventHead()
	if err != nil {
		t.Fatal(err)
	}
	return head.Writer
}

// logOf is a store whose log has three writers: a proxy, that has written before
// and after the others, and two commands.
func logOf(t *testing.T) (f *fixture, writers map[string]WriterID) {
	f = newFixture(t)
	f.addTenant(t, "acme")
	writeEvents(t, f.store, 5)
	one, two := f.open(t, Options{}), f.open(t, Options{})
	writeEvents(t, one, 3)
	writeEvents(t, two, 2)
	f.store.chain.looked = time.Time{} // a minute later
	writeEvents(t, f.store, 1)
	return f, map[string]WriterID{"proxy": f.writer(t, f.store), "one": f.writer(t, one), "two": f.writer(t, two)}
}

// TestEventLogTampered: whatever somebody does to the log who can write the
// database, as its superuser, shows.
func TestEventLogTampered(t *testing.T) {
	f, writers := logOf(t)
	if proof := f.wantWhole(t); proof.Events != 12 || proof.Writers != 3 {
		t.Fatalf("%+v", proof)
	}
	f.exec(t, "CREATE SCHEMA kept; CREATE TABLE kept.event AS TABLE pgseal.event; CREATE TABLE kept.event_head AS TABLE pgseal.event_head")
	other, _ := logOf(t) // another database of the same deployment
	other.key = f.key
	const deleteHead = "; DELETE FROM pgseal.event_head WHERE writer = '%[2]s'"
	tests := []struct {
		name, writer, sql string // %[1]s: the triggers off; %[2]s: the writer
		says              string
	}{
		{"an event altered", "one", "UPDATE pgseal.event SET actor = 'nobody' WHERE writer = '%[2]s' AND seq = 2", "event 2 of"},
		{"the first deleted", "one", "DELETE FROM pgseal.event WHERE writer = '%[2]s' AND seq = 1", "event 1 is missing"},
		{"some in the middle deleted", "proxy", "DELETE FROM pgseal.event WHERE writer = '%[2]s' AND seq IN (3, 4)", "events 3 to 4 are missing"},
		{"the tail cut", "one", "DELETE FROM pgseal.event WHERE writer = '%[2]s' AND seq > 1", "events 2 to 3 are missing"},
		{"the tail cut, and its head's record", "one", "DELETE FROM pgseal.event WHERE writer = '%[2]s' AND seq > 1" + deleteHead, "events 2 to 3 are missing: event"},
		{"the latest tail cut", "proxy", "DELETE FROM pgseal.event WHERE writer = '%[2]s' AND seq > 6", "event 7 is missing: the record of its head"},
		{"a whole chain deleted", "two", "DELETE FROM pgseal.event WHERE writer = '%[2]s'", "all its events, 2, are missing"},
		{"a whole chain deleted, and its head's record", "two", "DELETE FROM pgseal.event WHERE writer = '%[2]s'" + deleteHead, "all its events, 2, are missing: event 7"},
		{"a head's record deleted", "two", "SELECT" + deleteHead, "the record of its head is missing"},
		{"a head's record altered", "two", "UPDATE pgseal.event_head SET seq = 1 WHERE writer = '%[2]s'", "does not verify"},
		{"two events exchanged", "one", `UPDATE pgseal.event SET seq = seq + 100 WHERE writer = '%[2]s' AND seq IN (1, 2);
			UPDATE pgseal.event SET seq = 103 - seq WHERE writer = '%[2]s' AND seq > 100`, "does not verify"},
		{"two exchanged between writers", "one", `UPDATE pgseal.event SET writer = '00000000-0000-0000-0000-000000000001' WHERE writer = '%[2]s' AND seq = 2;
			UPDATE pgseal.event SET writer = '%[2]s' WHERE seq = 2 AND writer = '` + writers["two"].String() + `';
			UPDATE pgseal.event SET writer = '` + writers["two"].String() + `' WHERE writer = '00000000-0000-0000-0000-000000000001'`, "does not verify"},
		{"a copy put at the end", "one", `INSERT INTO pgseal.event SELECT writer, 4, epoch, at, tenant, kind, actor, detail, key_arn, requests, witness, previous, mac
			FROM pgseal.event WHERE writer = '%[2]s' AND seq = 3`, "event 4 does not follow on event 3"},
		{"a copy as another writer's", "one", `INSERT INTO pgseal.event SELECT '00000000-0000-0000-0000-000000000001', seq, epoch, at, tenant, kind, actor, detail, key_arn,
			requests, witness, previous, mac FROM pgseal.event WHERE writer = '%[2]s'`, "does not verify"},
		{"an event made up", "one", `INSERT INTO pgseal.event SELECT writer, 4, epoch, at, tenant, 'unlocked', actor, detail, key_arn, requests, '', mac, sha256('x')
			FROM pgseal.event WHERE writer = '%[2]s' AND seq = 3`, "event 4 of"},
		{"carried off to another tenant", "proxy", "UPDATE pgseal.event SET tenant = gen_random_uuid() WHERE writer = '%[2]s' AND seq = 1", "does not verify"},
		{"witnesses taken away", "proxy", "UPDATE pgseal.event SET witness = '' WHERE writer = '%[2]s' AND seq = 7", "does not verify"},
		{"everything deleted", "one", "DELETE FROM pgseal.event; DELETE FROM pgseal.event_head", "there is no event at all"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			off := "ALTER TABLE pgseal.event DISABLE TRIGGER ALL; ALTER TABLE pgseal.event_head DISABLE TRIGGER ALL; "
			f.exec(t, off+strings.ReplaceAll(tt.sql, "%[2]s", writers[tt.writer].String()))
			proof := f.prove(t)
			if !strings.Contains(proof.text(), tt.says) || proof.Err() == nil {
				t.Errorf("got\n%s\nwant %q", proof.text(), tt.says)
			}
			f.exec(t, `DELETE FROM pgseal.event; DELETE FROM pgseal.event_head;
				INSERT INTO pgseal.event TABLE kept.event; INSERT INTO pgseal.event_head TABLE kept.event_head`)
		})
	}
	f.wantWhole(t)
	t.Run("rows of another store", func(t *testing.T) {
		f.exec(t, "DELETE FROM pgseal.event WHERE writer = '"+writers["two"].String()+"'")
		conn := server.Conn(t, other.database, "")
		rows, err := conn.Query(t.Context(), "SELECT "+eventColumns+" FROM pgseal.event e")
		if err != nil {
			t.Fatal(err)
		}
		all, err := pgx.CollectRows(rows, scanEvent)
		if err != nil {
			t.Fatal(err)
		}
		if err := pgx.BeginFunc(t.Context(), server.Conn(t, f.database, ""), func(tx pgx.Tx) error { return insertEvents(t.Context(), tx, all) }); err != nil {
			t.Fatal(err)
		}
		if text := f.prove(t).text(); strings.Count(text, "does not verify") != len(all) || !strings.Contains(text, "all its events, 2, are missing") {
			t.Errorf("got\n%s", text)
		}
	})
}

// TestEventLogOfAnEarlierTime: the whole log put back, with every head's record.
// Nothing in it can tell; a process that has seen more can, and so can a head
// that was noted.
func TestEventLogOfAnEarlierTime(t *testing.T) {
	f, _ := logOf(t)
	state := t.TempDir()
	f.exec(t, "CREATE SCHEMA kept; CREATE TABLE kept.event AS TABLE pgseal.event; CREATE TABLE kept.event_head AS TABLE pgseal.event_head")
	command := f.open(t, Options{StateDir: state})
	if _, err := command.Lock(t.Context(), "acme", "officer"); err != nil {
		t.Fatal(err)
	}
	noted, err := command.EventHead()
	if err != nil {
		t.Fatal(err)
	}
	f.wantWhole(t)
	if text := f.prove(t, noted, noted).text(); text != "" {
		t.Errorf("a head that is there: %s", text)
	}
	if text := f.prove(t, noted, Head{noted.Writer, noted.Seq, [16]byte{1}}).text(); !strings.Contains(text, "event 1 is another than was written: it was noted") {
		t.Errorf("a head of another hash: %s", text)
	}
	f.exec(t, `ALTER TABLE pgseal.event DISABLE TRIGGER ALL; ALTER TABLE pgseal.event_head DISABLE TRIGGER ALL; DELETE FROM pgseal.event; DELETE FROM pgseal.event_head;
		INSERT INTO pgseal.event TABLE kept.event; INSERT INTO pgseal.event_head TABLE kept.event_head`)
	f.wantWhole(t)
	if text := f.prove(t, noted).text(); !strings.Contains(text, "all its events, 1, are missing: it was noted") {
		t.Errorf("a head that was noted: %s", text)
	}
	restarted := f.open(t, Options{StateDir: state})
	proof, err := restarted.VerifyEvents(t.Context(), "", nil)
	if err != nil || !strings.Contains(proof.text(), "at least 13 events were written") {
		t.Errorf("by what was seen: %v\n%s", err, proof.text())
	}

	// The writer that goes on tells of it by itself, and so does the next one that has seen more.
	writeEvents(t, command, 1)
	if text := f.prove(t).text(); !strings.Contains(text, "all its events, 1, are missing: event 1 of writer") {
		t.Errorf("after the writer went on: %s", text)
	}
	events, err := f.store.Events(t.Context(), EventFilter{Kinds: []string{EventCut}})
	if err != nil || len(events) != 1 || !strings.Contains(events[0].Detail, "last event was 1") {
		t.Errorf("%+v, %v", events, err)
	}

	// An operator's word that this is meant.
	conn := connect(t, f.database)
	defer conn.Close(t.Context())
	if err := AcceptRestore(t.Context(), conn, f.key, "operator", time.Now()); err != nil {
		t.Fatal(err)
	}
	writeEvents(t, command, 1)
	writeEvents(t, f.store, 1)
	if proof := f.wantWhole(t); len(proof.Restored) != 1 || proof.Restored[0].Actor != "operator" {
		t.Errorf("%+v", proof)
	}
	if text := f.prove(t, noted).text(); text == "" {
		t.Error("a head that was noted is gone, and nobody says so")
	}
}

// TestEventsAreNeverChanged: not even by the schema's owner, by accident.
func TestEventsAreNeverChanged(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	for _, user := range []string{"pgseal", ""} {
		conn := server.Conn(t, f.database, user)
		for _, sql := range []string{
			"DELETE FROM pgseal.event", "UPDATE pgseal.event SET actor = 'x'", "TRUNCATE pgseal.event", "DELETE FROM pgseal.event_head",
			"UPDATE pgseal.event_head SET seq = seq - 1", "TRUNCATE pgseal.event_head",
		} {
			if _, err := conn.Exec(t.Context(), sql); sqlState(err) != "42501" {
				t.Errorf("%s as %q: %v", sql, user, err)
			}
		}
	}
	f.wantWhole(t)
}

// TestConcurrentWriters: several processes, each with several transactions at a
// time, some of which fail.
func TestConcurrentWriters(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	errRefused := errors.New("refused")
	var all sync.WaitGroup
	for range 4 {
		s := f.open(t, Options{})
		for n := range 3 {
			all.Go(func() {
				for i := range 15 {
					err := s.write(t.Context(), func(w writer, _ storeRow) error {
						if err := w.event(t.Context(), Event{Kind: EventCheckpoint, Actor: fmt.Sprint(n)}); err != nil || i%5 != 4 {
							return err
						}
						return errRefused
					})
					if err != nil && !errors.Is(err, errRefused) {
						t.Error(err)
					}
					if i%5 == 3 { // a commit whose outcome is not known
						ctx, stop := context.WithCancel(t.Context())
						_ = s.write(ctx, func(w writer, _ storeRow) error {
							defer time.AfterFunc(time.Duration(n)*time.Millisecond, stop)
							return w.event(ctx, Event{Kind: EventCheckpoint, Actor: "cancelled"})
						})
						stop()
					}
				}
			})
		}
	}
	all.Go(func() {
		for range 20 {
			f.wantWhole(t)
		}
	})
	all.Wait()
	events, err := f.store.Events(t.Context(), EventFilter{Kinds: []string{EventCheckpoint}})
	if err != nil || len(events) < 4*3*12 {
		t.Errorf("%d events, %v", len(events), err)
	}
	if proof := f.wantWhole(t); proof.Events < 4*3*12+1 {
		t.Errorf("%+v", proof)
	}
}

// TestUnknownCommit: what became of a commit is not known; the process goes on
// under another chain, and both outcomes leave a whole log.
func TestUnknownCommit(t *testing.T) {
	f := newFixture(t)
	writeEvents(t, f.store, 2)
	before := f.writer(t, f.store)
	for _, committed := range []bool{true, false} {
		turn := &turn{c: f.store.chain}
		err := pgx.BeginFunc(t.Context(), f.store.pool, func(tx pgx.Tx) error {
			w := writer{tx, f.key, f.store.id, time.Now(), &[]Event{{Kind: EventCheckpoint}}, nil}
			if err := turn.append(t.Context(), w, 1); err != nil || committed {
				return err
			}
			return errors.New("lost")
		})
		if committed == (err != nil) {
			t.Fatal(err)
		}
		turn.end(errors.New("the connection broke"))
		writeEvents(t, f.store, 1)
		if now := f.writer(t, f.store); now == before {
			t.Error("the process went on with its chain")
		}
	}
	f.wantWhole(t)
}

// TestChainBlocked: a row that somebody puts where a proxy's next event goes
// costs one attempt, and is found.
func TestChainBlocked(t *testing.T) {
	f := newFixture(t)
	writeEvents(t, f.store, 2)
	f.exec(t, `INSERT INTO pgseal.event SELECT writer, 3, epoch, at, tenant, kind, actor, detail, key_arn, requests, witness, previous, mac
		FROM pgseal.event WHERE seq = 2`)
	if err := f.store.Record(t.Context(), Event{Kind: EventCheckpoint}); sqlState(err) != uniqueViolation {
		t.Errorf("got %v", err)
	}
	writeEvents(t, f.store, 2)
	if text := f.prove(t).text(); !strings.Contains(text, "event 3 of") || strings.Contains(text, "missing") {
		t.Errorf("got\n%s", text)
	}
}

// TestEventOfAnything: an event that the database would refuse does not hold up
// those behind it.
func TestEventOfAnything(t *testing.T) {
	f := newFixture(t)
	err := f.store.Record(t.Context(), Event{Kind: EventAlarm, Actor: "a\x00b", Detail: "\xff" + strings.Repeat("x", 1<<20), Requests: []string{"\x00"}})
	if err != nil {
		t.Fatal(err)
	}
	f.wantWhole(t)
	if _, err := f.store.VerifyEvents(t.Context(), "nobody", nil); keysource.KindOf(err) != keysource.TenantUnknown {
		t.Errorf("an unknown tenant: %v", err)
	}
}
