package guard

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
)

// takeTurn holds the lock of a column, as whoever converts it does; give gives it back.
func (f *fixture) takeTurn(t *testing.T, id [16]byte) (give func()) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), server.URL(f.database, "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), "SELECT pg_advisory_lock($1::int4, $2::int4)", TurnClass, TurnKey(id)); err != nil {
		t.Fatal(err)
	}
	return func() { conn.Close(t.Context()) }
}

// inTurn asks again while a proxy of the test's is changing columns, as the commands do.
func inTurn(ask func() (string, error)) (names string, err error) {
	for end := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		if names, err = ask(); !errors.Is(err, pgstore.ErrBusy) && !errors.Is(err, pgstore.ErrConflict) || time.Now().After(end) {
			return names, err
		}
	}
}

func (f *fixture) update(t *testing.T, change func(tx *pgstore.Tx) error) error {
	_, err := inTurn(func() (string, error) { return "", f.store.Update(t.Context(), change) })
	return err
}

// begun is a session of the application's in a transaction that has done nothing yet, as one does that waits for a lock.
func (f *fixture) begun(t *testing.T) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), server.URL(f.database, "app"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.WithoutCancel(t.Context())) })
	if _, err := conn.Exec(t.Context(), "BEGIN"); err != nil {
		t.Fatal(err)
	}
	return conn
}

func (f *fixture) refuses(t *testing.T, sql, constraint string) {
	t.Helper()
	if err := f.try(t, "app", sql); err == nil || !strings.Contains(err.Error(), constraint) {
		t.Errorf("%s: %v", sql, err)
	}
}

// TestOpenOnceWaits: columns are opened at once only when every live proxy reads both forms, are sealed again when nobody works on them, and take no sealed
// value from where they are opened to where every proxy knows.
func TestOpenOnceWaits(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (v text UNIQUE); GRANT ALL ON t TO PUBLIC")
	a, b := f.proxy(t, "a", 1, deterministicColumn()), f.proxy(t, "b", 1, deterministicColumn())
	untilDone(t, a, b)
	id, policy := a.last.Columns[0].Record.ID, a.last.Policy
	give := f.takeTurn(t, id)
	if err := Open(t.Context(), f.store, id, "tester", func(*pgstore.Tx, *pgstore.Column) error { return nil }); err != nil {
		t.Fatal(err)
	}
	await := func() string {
		t.Helper()
		names, err := inTurn(func() (string, error) { return AwaitOpening(t.Context(), f.store, policy, [][16]byte{id}) })
		if err != nil {
			t.Fatal(err)
		}
		return names
	}
	for range 4 { // both know that it is sealed
		a.serve(t)
		b.serve(t)
	}
	both(t, func(c *ColumnStatus) bool {
		await()
		return c.State() == pgstore.ColumnSealing
	}, a)
	for range 4 {
		a.serve(t)
	}
	if names := await(); names != "b" {
		t.Fatalf("b was not heard of, and it is waited for %q", names)
	}
	give()
	both(t, func(c *ColumnStatus) bool { return c.State() == pgstore.ColumnSealed && c.Opening() }, a, b) // nobody works on it
	defer f.takeTurn(t, id)()
	await()
	both(t, func(c *ColumnStatus) bool { return await() == "" }, a, b)
	err := f.update(t, func(tx *pgstore.Tx) error {
		if names, err := ReadyToOpen(t.Context(), tx, policy, [][16]byte{id}); err != nil || names != "" {
			t.Fatal(names, err)
		}
		if err := TakeOff(t.Context(), f.store, tx, [][16]byte{id}); err != nil {
			return err
		}
		return Unseal(t.Context(), f.store, tx, [][16]byte{id})
	})
	if err != nil {
		t.Fatal(err)
	}
	f.refuses(t, "INSERT INTO t VALUES ("+f.armour(crypto.Deterministic, 3)+")", "pgseal_plain_")
	f.as(t, "app", "INSERT INTO t VALUES ('plain')")
	both(t, func(c *ColumnStatus) bool { return c.State() == pgstore.ColumnPlain }, a, b)
	if left := f.get(t, "SELECT count(*)::text FROM pg_constraint WHERE conrelid = 't'::regclass AND contype = 'c'"); strings.TrimSpace(left) != "0" {
		t.Errorf("%s CHECKs are left", left)
	}
}

// TestRenewOnceWaits: the same of deterministic columns that are sealed anew at once.
func TestRenewOnceWaits(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (v text UNIQUE); GRANT ALL ON t TO PUBLIC")
	a, b := f.proxy(t, "a", 1, deterministicColumn()), f.proxy(t, "b", 1, deterministicColumn())
	untilDone(t, a, b)
	id, policy := a.last.Columns[0].Record.ID, a.last.Policy
	ids := [][16]byte{id}
	give := f.takeTurn(t, id)
	await := func() string {
		t.Helper()
		names, err := inTurn(func() (string, error) { return AwaitAnew(t.Context(), f.store, policy, ids, "tester") })
		if err != nil {
			t.Fatal(err)
		}
		return names
	}
	await()
	for range 6 {
		a.serve(t)
	}
	if names := await(); names != "b" {
		t.Fatalf("b was not heard of, and it is waited for %q", names)
	}
	if a.last.Columns[0].Record.Turned {
		t.Fatal("it is written anew before all of it is")
	}
	give()
	both(t, func(c *ColumnStatus) bool { return c.Record.NextMode == 0 }, a, b) // nobody works on it
	defer f.takeTurn(t, id)()
	both(t, func(c *ColumnStatus) bool { return await() == "" }, a, b)
	elder := f.value(crypto.Deterministic, 3)
	former := string(crypto.AppendArmour(nil, elder))
	err := f.update(t, func(tx *pgstore.Tx) error {
		if names, err := ReadyAnew(t.Context(), tx, policy, ids); err != nil || names != "" {
			t.Fatal(names, err)
		}
		if err := Renew(t.Context(), f.store, tx, ids, "tester"); err != nil {
			return err
		}
		return eachLive(t.Context(), tx, ids, func(_ *pgstore.Column, l *liveColumn) error {
			return refuseElder(t.Context(), tx.Conn(), [][]byte{elder[:7]}, l, true)
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	f.refuses(t, "INSERT INTO t VALUES ('"+former+"')", "pgseal_newer_")
	late := f.begun(t)
	elders := NewStatementDrains()
	admit := func() string {
		t.Helper()
		names, err := inTurn(func() (string, error) { return AdmitElder(t.Context(), f.store, policy, ids, elders) })
		if err != nil {
			t.Fatal(err)
		}
		return names
	}
	a.serve(t)
	a.serve(t)
	if names := admit(); !strings.Contains(names, "b") {
		t.Errorf("b does not know yet: %q", names)
	}
	both(t, func(*ColumnStatus) bool { return strings.Contains(admit(), "process") }, a, b)
	if _, err := late.Exec(t.Context(), "INSERT INTO t VALUES ('"+former+"')"); err == nil || !strings.Contains(err.Error(), "pgseal_newer_") {
		t.Errorf("what was sealed before, in a transaction that began before: %v", err)
	}
	if _, err := late.Exec(t.Context(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	both(t, func(*ColumnStatus) bool { return admit() == "" }, a, b)
	f.as(t, "app", "INSERT INTO t VALUES ('"+former+"')")
	if c := &a.last.Columns[0]; c.Record.Round != 1 || c.State() != pgstore.ColumnSealed {
		t.Errorf("%+v", c.Record)
	}
}

// TestRenewOnceOrderedAgain: what a proxy has said of an order that was given up, and that it may look for one form only again since, says nothing of the
// next order.
func TestRenewOnceOrderedAgain(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (v text UNIQUE); GRANT ALL ON t TO PUBLIC")
	a, b := f.proxy(t, "a", 1, deterministicColumn()), f.proxy(t, "b", 1, deterministicColumn())
	untilDone(t, a, b)
	id, policy := a.last.Columns[0].Record.ID, a.last.Policy
	await := func() string {
		t.Helper()
		names, err := inTurn(func() (string, error) { return AwaitAnew(t.Context(), f.store, policy, [][16]byte{id}, "tester") })
		if err != nil {
			t.Fatal(err)
		}
		return names
	}
	give := f.takeTurn(t, id)
	both(t, func(*ColumnStatus) bool { return await() == "" }, a, b)
	give()
	for range 20 { // a gives the order up; b does not look meanwhile
		if a.serve(t); a.last.Columns[0].Record.NextMode == 0 {
			break
		}
	}
	a.serve(t)
	defer f.takeTurn(t, id)()
	if names := await(); !strings.Contains(names, "b") {
		t.Errorf("b has heard of the first order alone, and it is waited for %q", names)
	}
	both(t, func(*ColumnStatus) bool { return await() == "" }, a, b)
}
