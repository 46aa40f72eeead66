package pgstore

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
)

func sampleBulk(c *Column) *Bulk {
	return &Bulk{Column: c.ID, Status: BulkRunning, Code: "KU006", Reason: "r", Kind: BulkDecrypt, Phase: "sealing", Round: 2, Pass: 1, Relation: 4_000_000_000, Position: []string{"7", "x"},
		Triggers: "run", Settings: "{}", Actor: "tester", Total: 10, Seen: 5, Written: 4, Skipped: 1, Verified: 2,
		Count: 3, CountAfter: 4, Sum: []byte{1}, SumAfter: []byte{2}, Started: time.Now()}
}

func TestBulkRoundTrip(t *testing.T) {
	f := newFixture(t)
	c := sampleColumn("c")
	f.save(t, c)
	if b, err := f.store.Bulk(t.Context(), c.ID); b != nil || err != nil {
		t.Fatalf("%+v, %v", b, err)
	}
	want := sampleBulk(c)
	save := func(b *Bulk) error {
		return pgx.BeginFunc(t.Context(), f.store.Pool(), func(tx pgx.Tx) error { return f.store.SaveBulk(t.Context(), tx, b) })
	}
	if err := save(want); err != nil {
		t.Fatal(err)
	}
	stale := *want
	want.Status, want.Finished = BulkDone, time.Now()
	if err := save(want); err != nil {
		t.Fatal(err)
	}
	got, err := f.store.Bulk(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" || got.Version != 2 || !got.Status.Ended() {
		t.Error(d)
	}
	if err := save(&stale); !errors.Is(err, ErrConflict) {
		t.Errorf("an old version was written: %v", err)
	}
	if err := save(sampleBulk(c)); !errors.Is(err, ErrConflict) {
		t.Errorf("a second record was written: %v", err)
	}
}

// TestChangeBulkTogether: changes of several processes come one after the other.
func TestChangeBulkTogether(t *testing.T) {
	f := newFixture(t)
	c := sampleColumn("c")
	f.save(t, c)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			err := f.store.ChangeBulk(t.Context(), c.ID, func(b *Bulk) (*Bulk, error) {
				if b == nil {
					b = sampleBulk(c)
					b.Seen = 0
				}
				b.Seen++
				return b, nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if b, err := f.store.Bulk(t.Context(), c.ID); err != nil || b.Seen != 8 || b.Version != 8 {
		t.Errorf("%+v, %v", b, err)
	}
}
