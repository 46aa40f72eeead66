package guard

import (
	"strings"
	"testing"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
)

// TestHeld: columns that cannot be sealed row by row stay plain while their tables have rows, with all of their equality domain.
func TestHeld(t *testing.T) {
	f := newFixture(t, `CREATE TABLE people (email text UNIQUE, nick text, born date); CREATE TABLE letters (recipient text REFERENCES people (email), note text);
		CREATE TABLE groups (owner text); CREATE TABLE none (name text UNIQUE); INSERT INTO people VALUES ('a', 'b', '2000-01-01')`)
	columns := []Column{columnOf("people", "email"), columnOf("letters", "recipient"), columnOf("groups", "owner"), columnOf("people", "nick"), columnOf("people", "born"), columnOf("none", "name")}
	for _, i := range []int{0, 1, 2, 5} {
		columns[i].Mode = crypto.Deterministic
	}
	for _, i := range []int{0, 1, 2} {
		columns[i].Domain = "addresses"
	}
	s := f.settle(t, columns...)
	for i, want := range []struct {
		state pgstore.ColumnState
		with  int
		why   string
	}{
		{pgstore.ColumnPlain, 3, "the foreign key letters_recipient_fkey"}, {pgstore.ColumnPlain, 3, "of one equality domain with public.people.email"},
		{pgstore.ColumnPlain, 3, "of one equality domain"}, {pgstore.ColumnSealing, 0, ""}, {pgstore.ColumnPlain, 1, "type date"}, {pgstore.ColumnSealed, 0, ""},
	} {
		c := &s.Columns[i]
		if c.State() != want.state || (c.Held == nil) != (want.with == 0) || c.Held != nil && (len(c.Held.Columns) != want.with || !strings.Contains(c.Held.Reason, want.why)) {
			t.Errorf("%s: %s, held %+v, note %q", c.Column.String(), c.State(), c.Held, c.Note)
		}
	}
	f.as(t, "owner", "DELETE FROM people")
	for i := range f.sealed(t, columns...).Columns {
		if c := &s.Columns[i]; c.Record == nil {
			t.Errorf("%s has no record", c.Column.String())
		}
	}
}

// TestHeldIsGivenBack: a held column that was opened for its conversion becomes plain again once nobody works on it, and is not opened again before every
// proxy has said that it is plain.
func TestHeldIsGivenBack(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (v text UNIQUE); INSERT INTO t VALUES ('a')")
	v := columnOf("t", "v")
	v.Mode = crypto.Deterministic
	a := f.proxy(t, "a", 1, v)
	a.serve(t)
	wantState(t, a.serve(t), pgstore.ColumnPlain)
	ids := a.last.Columns[0].Held.Columns
	conn, err := f.store.Pool().Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Release()
	if _, err := conn.Exec(t.Context(), "SELECT pg_advisory_lock($1::int4, $2::int4)", TurnClass, TurnKey(ids[0])); err != nil {
		t.Fatal(err)
	}
	wait := func(want string) {
		t.Helper()
		if got, err := MakeReadable(t.Context(), f.store, pgstore.PolicyHash{1}, ids); err != nil || got != want {
			t.Errorf("waiting for %q, %v; want %q", got, err, want)
		}
	}
	a.look(t) // its heartbeat tells that it works by plain
	wait("a")
	wantState(t, a.look(t), pgstore.ColumnReadable)
	wait("a")
	a.Acknowledge(a.last)
	a.look(t)
	wait("")
	if _, err := conn.Exec(t.Context(), "SELECT pg_advisory_unlock_all()"); err != nil {
		t.Fatal(err)
	}
	wantState(t, a.look(t), pgstore.ColumnPlain)
	wait("a") // whose last word is of the former time
	wantState(t, a.look(t), pgstore.ColumnPlain)
	a.Acknowledge(a.last)
	if _, err := conn.Exec(t.Context(), "SELECT pg_advisory_lock($1::int4, $2::int4)", TurnClass, TurnKey(ids[0])); err != nil {
		t.Fatal(err)
	}
	a.look(t)
	wait("a")
	wantState(t, a.look(t), pgstore.ColumnReadable)
}
