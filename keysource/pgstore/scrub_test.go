package pgstore

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
)

func sampleScrub(c *Column) *Scrub {
	return &Scrub{Column: c.ID, OfVersion: c.Version, Files: []string{"4000000000/7"}, Until: "0/1", Actor: "tester", Started: time.Now()}
}

func (f *fixture) saveScrub(t *testing.T, c *Scrub) error {
	t.Helper()
	return pgx.BeginFunc(t.Context(), f.store.Pool(), func(tx pgx.Tx) error { return f.store.SaveScrub(t.Context(), tx, c) })
}

func TestScrubRoundTrip(t *testing.T) {
	f := newFixture(t)
	c := sampleColumn("c")
	f.save(t, c)
	if got, err := f.store.Scrub(t.Context(), c.ID); got != nil || err != nil {
		t.Fatalf("%+v, %v", got, err)
	}
	want := sampleScrub(c)
	if err := f.saveScrub(t, want); err != nil {
		t.Fatal(err)
	}
	stale := *want
	want.Files, want.Finished = append(want.Files, "8/9"), time.Now()
	if err := f.saveScrub(t, want); err != nil {
		t.Fatal(err)
	}
	got, err := f.store.Scrub(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" || got.Version != 2 {
		t.Error(d)
	}
	for _, old := range []*Scrub{&stale, sampleScrub(c)} {
		if err := f.saveScrub(t, old); !errors.Is(err, ErrConflict) {
			t.Errorf("an old version was written: %v", err)
		}
	}
}

// TestScrubbedEndsWithSealed: whatever takes a column out of sealed, it is not called scrubbed any more.
func TestScrubbedEndsWithSealed(t *testing.T) {
	f := newFixture(t)
	for _, next := range []ColumnState{ColumnPlain, ColumnReadable, ColumnSealing} {
		c := sampleColumn(string(next))
		c.State = ColumnSealed
		f.save(t, c)
		if c.Scrubbed.IsZero() {
			t.Fatal("not written while it is sealed")
		}
		c.State = next
		f.save(t, c)
		if !c.Scrubbed.IsZero() {
			t.Errorf("still scrubbed while it is %s", next)
		}
	}
}
