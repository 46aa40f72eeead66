package guard

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
)

// deterministicColumn is a sealed column of a table with nothing in it.
func deterministicColumn() Column {
	c := columnOf("t", "v")
	c.Mode = crypto.Deterministic
	return c
}

// both serves with all proxies until the first one's status is such.
func both(t *testing.T, such func(*ColumnStatus) bool, proxies ...*fakeProxy) *ColumnStatus {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		for _, p := range proxies {
			p.serve(t)
		}
		if c := &proxies[0].last.Columns[0]; such(c) {
			return c
		}
	}
	t.Fatalf("%+v", proxies[0].last.Columns[0])
	return nil
}

func turned(c *ColumnStatus) bool  { return c.Turned }
func written(c *ColumnStatus) bool { return c.Record.Turned }

// TestMoveWaits: what is written is sealed in the new way only when every live proxy looks for both, and when what was under way before that has
// ended; rows may be gone through only when every live proxy writes so.
func TestMoveWaits(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (v text)")
	a, b := f.proxy(t, "a", 1, deterministicColumn()), f.proxy(t, "b", 1, deterministicColumn())
	untilDone(t, a, b)
	id := a.last.Columns[0].Record.ID
	under, err := pgx.Connect(t.Context(), server.URL(f.database, "app"))
	if err != nil {
		t.Fatal(err)
	}
	defer under.Close(t.Context())
	if _, err := under.Exec(t.Context(), "BEGIN; SELECT 1"); err != nil {
		t.Fatal(err)
	}
	if err := OrderMove(t.Context(), f.store, id, crypto.Deterministic, "tester"); err != nil {
		t.Fatal(err)
	}
	for range 4 {
		a.serve(t)
	}
	if c := &a.last.Columns[0]; c.Record.NextMode != crypto.Deterministic || c.Record.Turned || !strings.Contains(c.Note, "b") {
		t.Errorf("a alone: %+v", c)
	}
	for range 4 {
		a.serve(t)
		b.serve(t)
	}
	if c := &a.last.Columns[0]; c.Record.Turned || !strings.Contains(c.Note, "process") {
		t.Errorf("while a transaction of before is under way: %+v", c)
	}
	if _, err := under.Exec(t.Context(), "COMMIT"); err != nil {
		t.Fatal(err)
	}
	if c := both(t, written, a, b); c.Turned {
		t.Error("the rows are to be gone through before anybody writes so")
	}
	for range 4 {
		a.serve(t) // alone again: b has not acknowledged
	}
	if a.last.Columns[0].Turned {
		t.Error("the rows are to be gone through while b writes as before")
	}
	both(t, turned, a, b)
	late := f.proxy(t, "late", 1, deterministicColumn()) // knows from its first look
	late.serve(t)
	both(t, turned, a, b, late)
}

// TestMoveEnds: the end is recorded once, and goes by the record that was looked at.
func TestMoveEnds(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (v text)")
	a := f.proxy(t, "a", 1, deterministicColumn())
	untilDone(t, a)
	id := a.last.Columns[0].Record.ID
	order := func(m crypto.Mode) error { return OrderMove(t.Context(), f.store, id, m, "tester") }
	if err := order(crypto.Deterministic); err != nil {
		t.Fatal(err)
	}
	before := *both(t, func(c *ColumnStatus) bool { return c.Record.NextMode != 0 }, a).Record
	if err := EndMove(t.Context(), f.store, id, before.Version, false); !before.Turned && !errors.Is(err, pgstore.ErrConflict) {
		t.Errorf("ended before it began: %v", err)
	}
	r := *both(t, turned, a).Record
	if err := order(crypto.Deterministic); err != nil {
		t.Errorf("the same order again: %v", err)
	}
	if err := EndMove(t.Context(), f.store, id, r.Version-1, false); !errors.Is(err, pgstore.ErrConflict) {
		t.Errorf("of an older record: %v", err)
	}
	if err := EndMove(t.Context(), f.store, id, r.Version, true); err != nil {
		t.Fatal(err)
	}
	r = *both(t, func(c *ColumnStatus) bool { return c.Record.Version > r.Version }, a).Record
	if r.Round != 1 || r.NextMode != crypto.Deterministic {
		t.Errorf("once more: %+v", r)
	}
	r = *both(t, turned, a).Record
	if err := EndMove(t.Context(), f.store, id, r.Version, false); err != nil {
		t.Fatal(err)
	}
	if err := EndMove(t.Context(), f.store, id, r.Version, false); !errors.Is(err, pgstore.ErrConflict) {
		t.Errorf("ended twice: %v", err)
	}
	s := a.serve(t)
	if r := s.Columns[0].Record; r.Round != 2 || r.NextMode != 0 || r.Turned || r.Mode != crypto.Deterministic {
		t.Errorf("%+v", r)
	}
}

// TestMoveToAnotherMode: the policy may list either mode from the order to the end. Ordered back, the values of both ways are gone through once more.
func TestMoveToAnotherMode(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (v text)")
	random := columnOf("t", "v")
	a := f.proxy(t, "a", 1, random)
	untilDone(t, a)
	id := a.last.Columns[0].Record.ID
	lists := func(c Column, hash byte) string {
		a.SetPolicy(pgstore.PolicyHash{hash}, []Column{c})
		return a.serve(t).Stale
	}
	if stale := lists(deterministicColumn(), 2); !strings.Contains(stale, "pgseal column reseal public.t.v --mode deterministic") {
		t.Errorf("without an order: %q", stale)
	}
	if stale := lists(random, 3); stale != "" {
		t.Fatal(stale)
	}
	order := func(m crypto.Mode) error { return OrderMove(t.Context(), f.store, id, m, "tester") }
	if err := order(crypto.Randomized); err != nil || a.serve(t).Columns[0].Record.NextMode != 0 {
		t.Errorf("to the mode that it has: %v", err)
	}
	if err := order(crypto.Deterministic); err != nil {
		t.Fatal(err)
	}
	if err := order(crypto.Randomized); err == nil {
		t.Error("ordered back before it has begun: values of which ways there are is not known")
	}
	if stale := lists(deterministicColumn(), 4); stale != "" {
		t.Errorf("after the order: %q", stale)
	}
	if r := both(t, turned, a).Record; r.Mode != crypto.Randomized || r.NextMode != crypto.Deterministic {
		t.Errorf("%+v", r)
	}
	if err := order(crypto.Randomized); err != nil {
		t.Fatal(err)
	}
	if r := a.serve(t).Columns[0].Record; r.Mode != crypto.Deterministic || r.NextMode != crypto.Randomized || r.Turned || r.Round != 1 {
		t.Errorf("ordered back: %+v", r)
	}
	if stale := lists(random, 5); stale != "" {
		t.Errorf("ordered back: %q", stale)
	}
	r := both(t, turned, a).Record
	if err := EndMove(t.Context(), f.store, id, r.Version, false); err != nil {
		t.Fatal(err)
	}
	if stale := lists(deterministicColumn(), 6); stale == "" {
		t.Error("after the end the other mode is refused again")
	}
}

// TestOpenedInTheMiddle: a column that is opened for good while it is sealed anew, and sealed later, is sealed anew in a round of its own: what was under way
// then is waited for, too.
func TestOpenedInTheMiddle(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (v text)")
	a := f.proxy(t, "a", 1, deterministicColumn())
	untilDone(t, a)
	move := func() {
		t.Helper()
		if err := OrderMove(t.Context(), f.store, a.last.Columns[0].Record.ID, crypto.Deterministic, "tester"); err != nil {
			t.Fatal(err)
		}
	}
	move()
	first := *both(t, turned, a).Record
	f.order(t, true)
	until(t, pgstore.ColumnPlain, a)
	f.order(t, false)
	untilDone(t, a)
	if r := a.last.Columns[0].Record; r.NextMode != 0 || r.Turned || r.Round <= first.Round+1 {
		t.Errorf("%+v", r)
	}
	under, err := pgx.Connect(t.Context(), server.URL(f.database, "app"))
	if err != nil {
		t.Fatal(err)
	}
	defer under.Close(t.Context())
	if _, err := under.Exec(t.Context(), "BEGIN; SELECT 1"); err != nil {
		t.Fatal(err)
	}
	move()
	for range 6 {
		a.serve(t)
	}
	if c := &a.last.Columns[0]; c.Record.Turned || !strings.Contains(c.Note, "process") {
		t.Errorf("while a transaction of before is under way: %+v, %q", c.Record, c.Note)
	}
}
