package census

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
)

// Options of a count. DB, Tag and Time are required.
type Options struct {
	DB     *pgxpool.Pool // the control connection
	Tag    crypto.StoreTag
	Exact  bool          // everything is read, however large
	Budget int64         // bytes of a table that are read as a whole, and about what is read of a larger one; default DefaultBudget
	Time   time.Duration // for all tables together
	Now    func() time.Time
}

// DefaultBudget is how much of a table is read where Options say nothing.
const DefaultBudget = 64 << 20

// Column is what was found in one column.
type Column struct {
	Schema, Table, Name string
	State               pgstore.ColumnState
	Mode                crypto.Mode
	Key                 crypto.ColumnID
	Percent             float64 // of the table that was read
	Sealed              map[crypto.KeyNumber]Count
	Plain               Count  // values that this store has not sealed
	Spoilt              Count  // with this store's mark, but with no data key's number behind it
	Unseen              int64  // of a data key that is not in Sealed, there may be so many all the same
	NotCounted          string // why nothing is known; empty where it is
}

// Count is how many values there are: exactly, or within Error 19 times out of 20.
type Count struct{ N, Error int64 }

// Add adds up counts of different columns or data keys.
func (c Count) Add(d Count) Count { return Count{c.N + d.N, combined(c.Error, d.Error)} }

// Take counts the values of the columns whose records are given; retired ones, which are no longer there, are left out. The error is that of a database that
// cannot be asked at all.
func Take(ctx context.Context, o Options, records []pgstore.Column) ([]Column, error) {
	if o.Budget <= 0 {
		o.Budget = DefaultBudget
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	end := o.Now().Add(o.Time)
	var all []Column
	tables, err := locate(ctx, o.DB, records)
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		if err := t.count(ctx, o, end.Sub(o.Now())); err != nil {
			return nil, err
		}
		for _, c := range t.columns {
			all = append(all, c.Column)
		}
	}
	return all, nil
}
