package pgstore

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
)

// ImportedColumn is a column's record that an import brings back.
type ImportedColumn struct {
	Column  string `json:"column"`
	State   string `json:"state"`
	Outcome string `json:"outcome"` // ImportBack or ImportOlder
	Note    string `json:"note,omitempty"`
}

// columns brings back the records of columns. Where a column is now, the guard finds out: by its place, or in another database by its name.
func (im *importer) columns(ctx context.Context) error {
	theirs, err := im.exportedColumns(ctx)
	if err != nil {
		return err
	}
	ours, err := im.presentColumns(ctx)
	if err != nil {
		return err
	}
	for i := range theirs {
		if err := im.column(ctx, &theirs[i], ours); err != nil {
			return err
		}
	}
	return nil
}

// exportedColumns reads the export's records as the store would.
func (im *importer) exportedColumns(ctx context.Context) (all []Column, err error) {
	err = im.trial(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "DELETE FROM pgseal.column_state"); err != nil {
			return err
		}
		if err := put(ctx, tx, "column_state", im.e.rows.raw["column_state"], 0); err != nil {
			return err
		}
		all, err = im.source().readColumns(ctx, tx, im.row)
		return err
	})
	return all, err
}

// presentColumns reads the store's own. One that does not verify is taken away: the export's takes its place, or it is missed.
func (im *importer) presentColumns(ctx context.Context) ([]Column, error) {
	for {
		all, err := im.blank().readColumns(ctx, im.tx, im.row)
		if !isInvalid(err) {
			return all, err
		}
		if err := im.dropInvalidColumns(ctx); err != nil {
			return nil, err
		}
	}
}

func (im *importer) dropInvalidColumns(ctx context.Context) error {
	rows, err := im.tx.Query(ctx, "SELECT id FROM pgseal.column_state")
	if err != nil {
		return err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[[16]byte])
	if err != nil {
		return err
	}
	for _, id := range ids {
		_, err := im.blank().queryColumns(ctx, im.tx, im.row, "WHERE id = $1", id)
		if err != nil && !isInvalid(err) {
			return err
		}
		if err == nil {
			continue
		}
		if raw, err := im.rawColumn(id); err != nil || raw == nil {
			im.refuse("the record of a column, %x, does not verify, and the export does not have it", id)
		}
		im.done.Changed = true
		if _, err := im.tx.Exec(ctx, "DELETE FROM pgseal.column_state WHERE id = $1", id); err != nil {
			return err
		}
	}
	return nil
}

// rawColumn is the export's row of a column; nil where it has none.
func (im *importer) rawColumn(id [16]byte) (rawRows, error) {
	return im.e.rows.of("column_state", "id", crypto.TenantID(id)) // UUIDs both
}

// column brings one record back, if the store does not have it.
func (im *importer) column(ctx context.Context, c *Column, ours []Column) error {
	out := ImportedColumn{Column: c.Schema + "." + c.Table + "." + c.Name, State: string(c.State), Outcome: ImportBack}
	if i := slices.IndexFunc(ours, func(o Column) bool { return o.ID == c.ID }); i >= 0 {
		if ours[i].Version >= c.Version {
			return nil
		}
		out.Note = "the store's record was older"
		if _, err := im.tx.Exec(ctx, "DELETE FROM pgseal.column_state WHERE id = $1", c.ID); err != nil {
			return err
		}
	} else if taken, err := im.takenUp(ctx, c, ours, &out); err != nil || taken {
		return err
	}
	raw, err := im.rawColumn(c.ID)
	if err != nil {
		return err
	}
	seen := im.seenColumn(c)
	if c.Version >= seen {
		err = put(ctx, im.tx, "column_state", raw, 0)
	} else if im.o.AcceptOlder {
		out.Outcome = ImportOlder
		err = im.olderColumn(ctx, c, raw, seen)
	} else {
		im.refuse("the export's record of column %s is of version %d, and version %d was seen", out.Column, c.Version, seen)
	}
	im.done.Columns, im.done.Changed = append(im.done.Columns, out), true
	return err
}

func (im *importer) seenColumn(c *Column) int64 {
	if im.seen.seen.Epoch == im.row.epoch {
		return im.seen.seen.Versions[c.what()]
	}
	return 0
}

// olderColumn writes a record under a version above what was seen. What it says about the column's state is found out again.
func (im *importer) olderColumn(ctx context.Context, c *Column, raw rawRows, seen int64) error {
	next := *c
	if next.State == ColumnSealed {
		next.State = ColumnSealing
	}
	next.Wanted = "" // an order of then may have been taken back since
	if err := put(ctx, im.tx, "column_state", raw, seen); err != nil {
		return err
	}
	next.Version = seen
	return (&Tx{im.blank(), im.w, im.row}).SaveColumn(ctx, &next)
}

// takenUp looks for a record that a proxy has made in the meantime for the same column. One of the same identity does as well; one under which nothing was
// sealed gives way.
func (im *importer) takenUp(ctx context.Context, c *Column, ours []Column, out *ImportedColumn) (bool, error) {
	i := slices.IndexFunc(ours, func(o Column) bool {
		return !o.Retired && !c.Retired && o.Schema == c.Schema && o.Table == c.Table && o.Name == c.Name
	})
	if i < 0 {
		return false, nil
	}
	o := &ours[i]
	switch {
	case sameIdentity(o, c):
		return true, nil
	case o.State == ColumnPlain || o.State == ColumnReadable:
	case !im.o.Replace:
		im.refuse("column %s has been taken up anew since its record was lost, under another identity, and what was written since then is sealed under that", out.Column)
		return true, nil
	default:
		out.Note = "what was sealed since the record was lost does not open any more"
	}
	o.Retired = true
	return false, (&Tx{im.blank(), im.w, im.row}).SaveColumn(ctx, o)
}

// sameIdentity tells that values sealed under one record open under the other.
func sameIdentity(a, b *Column) bool {
	return a.Key == b.Key && a.TypeOID == b.TypeOID && a.Typmod == b.Typmod && a.Mode == b.Mode && a.Domain == b.Domain && a.Pad == b.Pad &&
		a.Unicode == b.Unicode && slices.Equal(a.Normalize, b.Normalize)
}
