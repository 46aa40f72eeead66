package pgstore

import (
	"context"
	"slices"
	"time"

	"github.com/legatics/pgseal/crypto"
)

// carryColumns takes over the identities of a joined store's columns, by their names: where they are here, and how far they are protected, the guard finds
// out. A column that is here under the same identity is left alone, whatever it is called by now.
func (im *importer) carryColumns(ctx context.Context) error {
	theirs, err := im.exportedColumns(ctx)
	if err != nil {
		return err
	}
	ours, err := im.presentColumns(ctx)
	if err != nil {
		return err
	}
	tx := &Tx{im.blank(), im.w, im.row}
	for i := range theirs {
		c := &theirs[i]
		taken, err := im.meets(ctx, tx, c, ours)
		if err != nil {
			return err
		}
		if taken {
			continue
		}
		next := *c
		next.ID, next.Version = [16]byte{}, 0
		next.Origin, next.Relation, next.Attnum = "", 0, 0 // nowhere yet
		next.Wanted, next.NextMode, next.Before, next.Scrubbed = "", crypto.Mode(0), nil, time.Time{}
		if next.State != ColumnPlain {
			next.State = ColumnSealing
		}
		if err := tx.SaveColumn(ctx, &next); err != nil {
			return err
		}
		im.done.Changed = true
		im.done.Columns = append(im.done.Columns, ImportedColumn{Column: c.Schema + "." + c.Table + "." + c.Name, State: string(next.State), Outcome: ImportCarried})
	}
	return nil
}

// meets tells whether a column of the export is here. One of its name that has sealed nothing yet gives way.
func (im *importer) meets(ctx context.Context, tx *Tx, c *Column, ours []Column) (bool, error) {
	i := slices.IndexFunc(ours, func(o Column) bool {
		return o.Retired == c.Retired && (o.Schema == c.Schema && o.Table == c.Table && o.Name == c.Name || c.Domain == "" && o.Key == c.Key)
	})
	if i < 0 {
		return false, nil
	}
	o := &ours[i]
	switch {
	case sameIdentity(o, c) || o.Retired:
		return true, nil
	case o.State == ColumnPlain || o.State == ColumnReadable:
		o.Retired = true
		return false, tx.SaveColumn(ctx, o)
	}
	im.refuse("column %s.%s.%s is sealed under another identity here than in the other store, or in another way: values of the one do not open in the other", c.Schema, c.Table, c.Name)
	return true, nil
}
