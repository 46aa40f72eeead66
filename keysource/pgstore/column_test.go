package pgstore

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/legatics/pgseal/crypto"
)

func sampleColumn(name string) *Column {
	return &Column{Schema: "public", Table: `odd "table`, Name: name, Origin: "here/1", Relation: 4_000_000_000, Attnum: 3,
		Key:     crypto.Column{ID: crypto.NewColumnID("public", `odd "table`, name), Family: "text"},
		TypeOID: 1043, Typmod: 24, Mode: crypto.Deterministic, Domain: "email", Normalize: []string{"trim", "nfc"}, Unicode: "15.0.0", Pad: 16,
		State: ColumnReadable, Wanted: ColumnPlain, NextMode: crypto.Randomized, Round: 3, Turned: true, Before: []string{"d", "e"}, Scrubbed: time.Unix(1_700_000_000, 0).UTC()}
}

func (f *fixture) save(t *testing.T, c *Column) {
	t.Helper()
	if err := f.store.Update(t.Context(), func(tx *Tx) error { return tx.SaveColumn(t.Context(), c) }); err != nil {
		t.Fatal(err)
	}
}

func TestColumnRoundTrip(t *testing.T) {
	f := newFixture(t)
	c := sampleColumn("c")
	f.save(t, c)
	c.State, c.Scrubbed = ColumnSealed, time.Unix(1_700_000_000, 0).UTC()
	f.save(t, c)
	if c.Version != 2 {
		t.Errorf("version %d", c.Version)
	}
	got, err := f.store.Columns(t.Context())
	if err != nil || len(got) != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	got[0].Changed = got[0].Changed.UTC()
	if diff := cmp.Diff(*c, got[0], cmp.Comparer(func(a, b crypto.ColumnID) bool { return a == b })); diff != "" {
		t.Error(diff)
	}
}

func TestColumnConflict(t *testing.T) {
	f := newFixture(t)
	c := sampleColumn("c")
	f.save(t, c)
	mine, theirs := *c, *c
	theirs.State = ColumnSealing
	f.save(t, &theirs)
	mine.State = ColumnPlain
	err := f.store.Update(t.Context(), func(tx *Tx) error { return tx.SaveColumn(t.Context(), &mine) })
	if !errors.Is(err, ErrConflict) || mine.Version != 1 {
		t.Errorf("got %v, version %d", err, mine.Version)
	}
	got, err := f.store.Columns(t.Context())
	if err != nil || got[0].State != ColumnSealing {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestColumnWrittenInVain: a version that a transaction has written, read and undone was never there: the record of before is no older one.
func TestColumnWrittenInVain(t *testing.T) {
	f := newFixture(t)
	c := sampleColumn("c")
	f.save(t, c)
	state, broken := c.State, errors.New("broken")
	err := f.store.Update(t.Context(), func(tx *Tx) error {
		next := *c
		next.State = ColumnSealing
		if err := tx.SaveColumn(t.Context(), &next); err != nil {
			return err
		}
		if all, err := tx.Columns(t.Context()); err != nil || all[0].State != ColumnSealing {
			t.Errorf("within: %+v, %v", all, err)
		}
		return broken
	})
	if !errors.Is(err, broken) {
		t.Fatal(err)
	}
	if all, err := f.store.Columns(t.Context()); err != nil || all[0].State != state {
		t.Errorf("behind: %+v, %v", all, err)
	}
	// What was committed is remembered: the record of before, put back by somebody, is one that is older.
	f.save(t, c)
	if seen := f.store.memory.highest(c.what()); seen != 2 {
		t.Errorf("version %d was seen, not 2", seen)
	}
}

// TestUpdateIsOneTransaction: what fails leaves nothing behind, neither in the
// records nor in other tables.
func TestUpdateIsOneTransaction(t *testing.T) {
	f := newFixture(t)
	broken := errors.New("broken")
	err := f.store.Update(t.Context(), func(tx *Tx) error {
		if _, err := tx.Conn().Exec(t.Context(), "CREATE TABLE pgseal.leftover ()"); err != nil {
			return err
		}
		if err := tx.SaveColumn(t.Context(), sampleColumn("c")); err != nil {
			return err
		}
		return broken
	})
	if !errors.Is(err, broken) {
		t.Fatal(err)
	}
	if columns, err := f.store.Columns(t.Context()); err != nil || len(columns) != 0 {
		t.Errorf("%+v, %v", columns, err)
	}
}
