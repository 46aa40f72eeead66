package guard

import (
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// TestScrubbedNoMore: a column whose CHECK was away for a while is sealed again by itself, but not scrubbed; without its triggers alone, nothing can
// have come in. The record's version tells a scrub that is under way.
func TestScrubbedNoMore(t *testing.T) {
	f := newFixture(t, `CREATE TABLE t (id int, txt text)`)
	drop := "ALTER TABLE t DROP CONSTRAINT " + quoteName(check.name("txt"))
	for _, tt := range []struct {
		sql      string
		scrubbed bool
		want     pgstore.ColumnState
		told     bool
	}{
		{"SELECT 1", true, Scrubbed, false},
		{"ALTER TABLE t DISABLE TRIGGER USER", true, Scrubbed, false},
		{drop, true, pgstore.ColumnSealed, true},
		{drop, false, pgstore.ColumnSealed, true},
	} {
		c := f.sealed(t, columnOf("t", "txt")).Columns[0]
		if tt.scrubbed {
			c.Record.Scrubbed = time.Now()
			if err := f.store.Update(t.Context(), func(tx *pgstore.Tx) error { return tx.SaveColumn(t.Context(), c.Record) }); err != nil {
				t.Fatal(err)
			}
		}
		before := c.Record.Version
		f.as(t, "owner", tt.sql)
		c = f.settle(t, columnOf("t", "txt")).Columns[0]
		if c.Called() != tt.want || (c.Record.Version > before) != tt.told {
			t.Errorf("%s: called %s, version %d after %d", tt.sql, c.Called(), c.Record.Version, before)
		}
	}
}
