package pgstore

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"github.com/legatics/pgseal/crypto"
)

// Joined stores are those of one family: sealed values of one open in the other, because they share the tag, the tenants' ids, the wrapped data keys with
// their numbers, the columns' identities and the pins of deterministic columns. Each has an id, an epoch, versions, a log of events, a history, locks and
// proxies of its own, and signs its records under its own id, so that none can be carried from one into the other by who can only write the database.

// ErrSameStore: the database has the very store of the export, not one that could be joined with it.
var ErrSameStore = errors.New("pgstore: this database has the very store that the key export is of, as a dump or a copy of the other database brings it along. " +
	"Two databases that go on apart need a store each: DROP SCHEMA pgseal CASCADE, then pgseal init --join again")

// joins tells whether the export is of a store that the database's is joined with.
func (im *importer) joins(row storeRow, exported *exportedStore) error {
	same := row.id == storeID(exported.ID)
	if im.o.Join && same {
		return ErrSameStore
	}
	im.done.Joined = !same && row.family == storeID(exported.Family) && row.tag == crypto.StoreTag(exported.Tag)
	return nil
}

// makeJoined makes the store's row where there is none, after that of the export.
func (im *importer) makeJoined(ctx context.Context) (storeRow, error) {
	tx, err := im.tx.Begin(ctx)
	if err != nil {
		return storeRow{}, err
	}
	if err := put(ctx, tx, "store", im.e.rows.raw["store"], 0); err != nil {
		return storeRow{}, err
	}
	theirs, err := readStoreRow(ctx, tx, im.key)
	if err := errors.Join(err, tx.Rollback(ctx)); err != nil {
		return storeRow{}, err
	}
	row := storeRow{tag: theirs.tag, family: theirs.family, epoch: 1, created: micro(im.o.Now)}
	_, _ = rand.Read(row.id[:]) // never fails
	im.done.StoreMade, im.done.Changed = true, true
	return row, row.insert(ctx, im.tx, im.key)
}

// carryTenant takes over what a joined store has of a tenant and this one lacks. A lock of either stays; cache time, drill and retirement are each
// store's own matter.
func (im *importer) carryTenant(ctx context.Context, x exportedTenant) error {
	out := ImportedTenant{Name: x.Name, Outcome: ImportKept, id: x.ID}
	theirs, err := im.exported(ctx, x)
	if err != nil {
		return err
	}
	ours, err := im.present(ctx, x)
	if err != nil {
		return err
	}
	switch {
	case ours == nil:
		im.refuse("there is another tenant by the name of %q in this database: it was not added by the join, and values of the export's do not open with its keys", x.Name)
		return nil
	case ours.exists && ours.tenant == nil:
		im.refuse("the record of tenant %q in this database does not verify: bring it back from a key export of this database first", x.Name)
		return nil
	}
	if err := im.carryKeys(ctx, x, theirs, ours, &out); err != nil {
		return err
	}
	if err := im.carryPins(ctx, &out); err != nil {
		return err
	}
	if out.changed() {
		im.done.Changed = true
		err = im.record(ctx, &out)
	}
	im.done.Tenants = append(im.done.Tenants, out)
	return err
}

// carryKeys brings the data keys. Where the export has all that are here, its wrapping and its master key are taken with them, and nobody is asked;
// where each side has keys of its own, both master keys are.
func (im *importer) carryKeys(ctx context.Context, x exportedTenant, theirs, ours *tenantRows, out *ImportedTenant) error {
	missing := numbersLacking(theirs.keys, ours)
	switch t := theirs.tenant; {
	case !ours.exists:
		out.Outcome = ImportCarried
		t.Drill, t.Probes = nil, 0
		return im.rewrite(ctx, x, theirs, ours, theirs.keys, 0, false, out)
	case len(missing) == 0:
		if t.Locked && !ours.tenant.Locked {
			out.note("it is locked in the other store, and not in this one: pgseal key lock")
		}
		if t.Current.Number == ours.tenant.Current.Number && t.Current.Wrapped.KeyARN != ours.tenant.Current.Wrapped.KeyARN {
			out.note("in the other store its data keys are wrapped under %s, here under %s: pgseal key set-arn", t.Current.Wrapped.KeyARN, ours.tenant.Current.Wrapped.KeyARN)
		}
		return nil
	case len(numbersLacking(ours.keys, theirs)) == 0:
		out.Outcome = ImportCarried
		t.CacheTime, t.Drill, t.Probes, t.Retired = ours.tenant.CacheTime, ours.tenant.Drill, ours.tenant.Probes, t.Retired || ours.tenant.Retired
		return im.rewrite(ctx, x, theirs, ours, theirs.keys, 0, ours.tenant.Locked, out)
	}
	var lacking []dataKey
	for _, k := range theirs.keys {
		if ours.key(k.number) == nil {
			lacking = append(lacking, k)
		}
	}
	out.Outcome, out.DataKeys = ImportMerged, missing
	return im.merge(ctx, x, ours, lacking, out)
}

// carryPins brings the data keys that deterministic columns keep. One that is another here was drawn before this store knew of the other's.
func (im *importer) carryPins(ctx context.Context, out *ImportedTenant) error {
	rows, err := im.e.rows.of("column_pin", "tenant", out.id)
	if err != nil || len(rows) == 0 {
		return err
	}
	have, err := im.blank().readPins(ctx, im.tx, out.id)
	if err != nil {
		return err
	}
	theirs, err := im.exportedPins(ctx, out.id, rows)
	if err != nil {
		return err
	}
	for column, number := range theirs {
		now, ok := have[column]
		if ok && now == number {
			continue
		}
		if ok && !im.o.Replace {
			im.refuse("tenant %q: the deterministic column %s is pinned to the data key %s here, and to %s in the other store: equal values of the two are not found together. "+
				"--replace takes the other store's; what was written here under its own is not found by equality then before it is written anew", out.Name, column, hexNumber(now), hexNumber(number))
			continue
		}
		encoded, err := column.MarshalBinary()
		if err != nil {
			return err
		}
		if _, err := im.tx.Exec(ctx, "DELETE FROM pgseal.column_pin WHERE tenant = $1 AND column_id = $2", [16]byte(out.id), encoded); err != nil {
			return err
		}
		if err := im.w.pin(ctx, &pin{tenant: out.id, column: encoded, number: number, created: im.w.now, version: 1}); err != nil {
			return fmt.Errorf("pgstore: the pin of column %s: %w", column, err)
		}
		out.Pins++
	}
	return nil
}
