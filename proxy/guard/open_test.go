package guard

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
)

func nothingElse(*pgstore.Tx, *pgstore.Column) error { return nil }

// order has the one column of the fixture opened for good, or sealed anew.
func (f *fixture) order(t *testing.T, open bool) {
	t.Helper()
	records, err := f.store.Columns(t.Context())
	if err != nil || len(records) != 1 {
		t.Fatalf("%d records, %v", len(records), err)
	}
	give := SealAnew
	if open {
		give = Open
	}
	if err := give(t.Context(), f.store, records[0].ID, "ann@desk", nothingElse); err != nil {
		t.Fatal(err)
	}
}

// until serves with all proxies in turn until all have the column in the state.
func until(t *testing.T, want pgstore.ColumnState, proxies ...*fakeProxy) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		all := true
		for _, p := range proxies {
			all = p.serve(t).Columns[0].State() == want && all
			p.clock.Advance(time.Second)
		}
		if all {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("never %s: %+v", want, proxies[0].last.Columns[0])
		}
	}
}

const guardLeft = `SELECT (SELECT count(*) FROM pg_trigger WHERE tgname LIKE '  pgseal%') + (SELECT count(*) FROM pg_constraint WHERE conname LIKE 'pgseal_sealed%')`

// TestOpenedForGood: two proxies; no step before both have acknowledged the one before. The guard stands while one of them still refuses plaintext, and is gone
// before any of them writes some.
func TestOpenedForGood(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (v varchar(20)); CREATE TABLE child () INHERITS (t)")
	a, b := f.proxy(t, "a", 1, columnOf("t", "v")), f.proxy(t, "b", 1, columnOf("t", "v"))
	untilDone(t, a, b)
	a.serve(t)
	b.serve(t)
	f.as(t, "app", "INSERT INTO t VALUES ("+f.armour(crypto.Randomized, 5)+"); INSERT INTO child VALUES ("+f.armour(crypto.Deterministic, 5)+")")

	f.order(t, true)
	wantState(t, a.look(t), pgstore.ColumnSealing) // both acknowledged sealed
	for range 3 {                                  // b does not know yet
		s := a.serve(t)
		wantState(t, s, pgstore.ColumnSealing)
		if !strings.Contains(s.Columns[0].Note, "b") || !s.Again || s.Stale != "" {
			t.Errorf("%q, again %v, stale %q", s.Columns[0].Note, s.Again, s.Stale)
		}
		wantRefused(t, f.try(t, "app", "INSERT INTO t VALUES ('plain')"), "t", "v")
	}
	b.serve(t)
	s := b.serve(t)
	wantState(t, s, pgstore.ColumnUnsealing)
	if n := f.get(t, guardLeft); n != "0\n" {
		t.Errorf("%s parts of the guard are left", n)
	}
	f.as(t, "app", "INSERT INTO t VALUES ('plain')")
	// a still seals: no look for sealed values proves anything yet.
	for range 3 {
		if s = b.serve(t); !strings.Contains(s.Columns[0].Note, "a") && s.Columns[0].Note != "" {
			t.Errorf("%q", s.Columns[0].Note)
		}
		time.Sleep(50 * time.Millisecond)
	}
	wantState(t, s, pgstore.ColumnUnsealing)
	for deadline := time.Now().Add(20 * time.Second); !strings.Contains(s.Columns[0].Note, "pgseal column decrypt public.t.v"); {
		a.serve(t)
		s = b.serve(t)
		b.clock.Advance(time.Second)
		if time.Now().After(deadline) {
			t.Fatalf("%+v", s.Columns[0])
		}
	}
	wantState(t, s, pgstore.ColumnUnsealing)

	f.as(t, "app", "UPDATE t SET v = 'opened'")
	until(t, pgstore.ColumnPlain, a, b)
	for range 2 {
		s = a.serve(t)
		if c := &s.Columns[0]; !c.Arrived() || c.State() != pgstore.ColumnPlain || !strings.Contains(c.Note, "open by order of") || s.Again || s.Stale != "" {
			t.Errorf("%s, %q, again %v, stale %q", c.State(), c.Note, s.Again, s.Stale)
		}
	}
	if n := f.get(t, "SELECT count(*) FROM pgseal.event WHERE kind = 'column decrypt ordered' AND actor = 'ann@desk' OR kind = 'column plain'"); n != "2\n" {
		t.Errorf("%s events", n)
	}

	// Taken back, it is sealed like any other.
	f.order(t, false)
	f.as(t, "app", "DELETE FROM t")
	untilDone(t, a, b)
}

// TestTurnedRound: an order that is taken back in the middle leads to sealed again, from wherever it has come to.
func TestTurnedRound(t *testing.T) {
	for _, at := range []pgstore.ColumnState{pgstore.ColumnSealed, pgstore.ColumnSealing, pgstore.ColumnUnsealing, pgstore.ColumnPlain} {
		f := newFixture(t, "CREATE TABLE t (v text)")
		f.sealed(t, columnOf("t", "v"))
		row := "'old'"
		if at != pgstore.ColumnPlain {
			row = f.armour(crypto.Randomized, 5)
			f.as(t, "app", "INSERT INTO t VALUES ("+row+")")
		}
		a := f.proxy(t, "a", 1, columnOf("t", "v"))
		a.serve(t)
		a.serve(t)
		f.order(t, true)
		if at == pgstore.ColumnPlain {
			until(t, at, a)
		}
		for i := 0; i < 50 && a.last.Columns[0].State() != at; i++ {
			a.serve(t)
		}
		wantState(t, a.last, at)
		f.order(t, false)
		untilDone(t, a)
		wantRefused(t, f.try(t, "app", "INSERT INTO t VALUES ('plain')"), "t", "v")
	}
}

// TestOldSnapshotHoldsUp: a column is not called plain while a transaction may still see a sealed value in its snapshot, or has written one and not
// committed it.
func TestOldSnapshotHoldsUp(t *testing.T) {
	for name, begin := range map[string]string{
		"a snapshot":    "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM other",
		"an open write": "BEGIN; INSERT INTO t VALUES (%s)",
	} {
		f := newFixture(t, "CREATE TABLE t (v text); CREATE TABLE other ()")
		f.sealed(t, columnOf("t", "v"))
		a := f.proxy(t, "a", 1, columnOf("t", "v"))
		a.serve(t)
		f.as(t, "app", "INSERT INTO t VALUES ("+f.armour(crypto.Randomized, 5)+")")
		f.order(t, true)
		until(t, pgstore.ColumnUnsealing, a)
		f.noted(t, a, "still holds sealed values") // who began before every proxy wrote plaintext is waited for no more
		conn, err := pgx.Connect(t.Context(), server.URL(f.database, "app"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close(t.Context())
		if _, err := conn.PgConn().Exec(t.Context(), strings.ReplaceAll(begin, "%s", f.armour(crypto.Randomized, 7))).ReadAll(); err != nil {
			t.Fatal(name, err)
		}
		f.as(t, "app", "UPDATE t SET v = 'opened'")
		f.noted(t, a, "may still see one")
		if _, err := conn.Exec(t.Context(), "COMMIT"); err != nil {
			t.Fatal(err)
		}
		if name == "an open write" { // what it left is seen by the second look
			f.noted(t, a, "still holds sealed values")
			f.as(t, "app", "UPDATE t SET v = 'opened'")
		}
		until(t, pgstore.ColumnPlain, a)
	}
}

// noted serves until the one column of the fixture, which is unsealing, has the note.
func (f *fixture) noted(t *testing.T, p *fakeProxy, want string) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		s := p.serve(t)
		p.clock.Advance(time.Second)
		if strings.Contains(s.Columns[0].Note, want) {
			return
		}
		if wantState(t, s, pgstore.ColumnUnsealing); time.Now().After(deadline) || t.Failed() {
			t.Fatalf("%q is not said: %+v", want, s.Columns[0])
		}
	}
}

// TestLateSealedWriteHoldsUp: nor while a transaction may write one that was sealed before, though it has no snapshot yet.
func TestLateSealedWriteHoldsUp(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (v text)")
	f.sealed(t, columnOf("t", "v"))
	a := f.proxy(t, "a", 1, columnOf("t", "v"))
	a.serve(t)
	late := f.begun(t)
	f.order(t, true)
	until(t, pgstore.ColumnUnsealing, a)
	f.noted(t, a, "may still write sealed values: process")
	for range 20 {
		wantState(t, a.serve(t), pgstore.ColumnUnsealing)
		a.clock.Advance(time.Second)
	}
	if _, err := late.PgConn().Exec(t.Context(), "INSERT INTO t VALUES ("+f.armour(crypto.Randomized, 7)+"); COMMIT").ReadAll(); err != nil {
		t.Fatal(err)
	}
	f.noted(t, a, "still holds sealed values")
	f.as(t, "app", "UPDATE t SET v = 'opened'")
	until(t, pgstore.ColumnPlain, a)
}

// TestOffThePolicy: a column can be taken off the policy once it is plain, not before; listed again it is sealed, as what it was sealed as.
func TestOffThePolicy(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (v text, w text)")
	f.sealed(t, columnOf("t", "v"))
	first := f.settle(t, columnOf("t", "v")).Columns[0].Record.Key
	f.as(t, "app", "INSERT INTO t VALUES ("+f.armour(crypto.Randomized, 5)+")")
	f.order(t, true)
	if s := f.settle(t, columnOf("t", "v")); s.Columns[0].State() != pgstore.ColumnUnsealing {
		t.Fatalf("%+v", s.Columns[0])
	}
	if s := f.settle(t); !strings.Contains(s.Stale, "is unsealing") || !strings.Contains(s.Stale, "pgseal column decrypt") {
		t.Errorf("stale %q", s.Stale)
	}
	f.as(t, "app", "UPDATE t SET v = 'opened'")
	if s := f.settle(t, columnOf("t", "v")); !s.Columns[0].Arrived() {
		t.Fatalf("%+v", s.Columns[0])
	}
	if s := f.settle(t); s.Stale != "" {
		t.Error(s.Stale)
	}
	if s := f.settle(t, columnOf("t", "v")); s.Columns[0].State() != pgstore.ColumnSealing || s.Columns[0].Record.Key != first || s.Columns[0].Opening() {
		t.Errorf("%+v", s.Columns[0])
	}
}

// TestGuardStaysOff: a look that began before the order may put back some of the guard; the next one takes it off again.
func TestGuardStaysOff(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (v text) PARTITION BY LIST (v); CREATE TABLE t_1 PARTITION OF t DEFAULT")
	f.sealed(t, columnOf("t", "v"))
	s := f.settle(t, columnOf("t", "v"))
	stale := matched{Column: s.Columns[0].Column, live: s.Columns[0].Guard.root(), record: s.Columns[0].Record}
	f.order(t, true)
	s = f.settle(t, columnOf("t", "v"))
	if !s.Columns[0].Arrived() || f.get(t, guardLeft) != "0\n" {
		t.Fatalf("%+v", s.Columns[0])
	}
	if _, err := (&walk{store: f.store}).install(t.Context(), &stale); !errors.Is(err, pgstore.ErrConflict) {
		t.Errorf("installed by a record of before: %v", err)
	}
	f.as(t, "owner", check.create(f.store.Tag(), targetOf(stale.live, true)))
	if s = f.settle(t, columnOf("t", "v")); f.get(t, guardLeft) != "0\n" {
		t.Errorf("%+v", s.Columns[0])
	}
	f.as(t, "app", "INSERT INTO t VALUES ('plain')")
}

// TestOwnerOpens: where the control role does not own the table, its owner gets the statements, and they are enough.
func TestOwnerOpens(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (v text)")
	f.sealed(t, columnOf("t", "v"))
	f.as(t, "", "ALTER TABLE t OWNER TO stranger")
	f.order(t, true)
	s := f.settle(t, columnOf("t", "v"))
	c := &s.Columns[0]
	if c.State() != pgstore.ColumnSealing || !strings.Contains(c.Note, "owner") || !strings.Contains(c.SQL, "DROP TRIGGER") {
		t.Fatalf("%+v", c)
	}
	f.as(t, "stranger", c.SQL+"; GRANT SELECT ON t TO pgseal")
	if s = f.settle(t, columnOf("t", "v")); !s.Columns[0].Arrived() {
		t.Errorf("%+v", s.Columns[0])
	}
}

// TestRestoredWhilePlain: the table of a column that is plain by order is made anew, from a dump of when it was sealed.
func TestRestoredWhilePlain(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (v text)")
	f.sealed(t, columnOf("t", "v"))
	f.order(t, true)
	f.settle(t, columnOf("t", "v"))
	f.as(t, "owner", "DROP TABLE t; CREATE TABLE t (v text); INSERT INTO t VALUES ("+f.armour(crypto.Randomized, 5)+")")
	if s := f.settle(t, columnOf("t", "v")); s.Columns[0].State() != pgstore.ColumnUnsealing || !strings.Contains(s.Columns[0].Note, "still holds sealed") {
		t.Errorf("%+v", s.Columns[0])
	}
	var pg *pgconn.PgError
	if err := f.try(t, "app", "INSERT INTO t VALUES ('plain')"); errors.As(err, &pg) {
		t.Error(err)
	}
}
