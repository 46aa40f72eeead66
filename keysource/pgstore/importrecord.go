package pgstore

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// tenantRows is a tenant's record as the export or the store has it.
type tenantRows struct {
	tenant *Tenant // nil: the store's does not verify, or is gone
	keys   []dataKey
	exists bool // there is a row of the tenant, valid or not
}

func (r *tenantRows) key(n crypto.KeyNumber) *dataKey {
	i := slices.IndexFunc(r.keys, func(k dataKey) bool { return k.number == n })
	if i < 0 {
		return nil
	}
	return &r.keys[i]
}

// exported reads the export's record as the store would: with its MACs.
func (im *importer) exported(ctx context.Context, x exportedTenant) (*tenantRows, error) {
	r := &tenantRows{}
	err := im.trial(ctx, func(tx pgx.Tx) error {
		if err := im.clear(ctx, tx, x); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "DELETE FROM pgseal.tenant WHERE name = $1", x.Name); err != nil {
			return err
		}
		if im.done.Joined { // ours are signed by another store than what is read here
			if _, err := tx.Exec(ctx, "DELETE FROM pgseal.column_pin WHERE tenant = $1", [16]byte(x.ID)); err != nil {
				return err
			}
		}
		if err := im.putTenant(ctx, tx, x, 0); err != nil {
			return err
		}
		keys, err := im.e.rows.of("data_key", "tenant", x.ID)
		if err != nil {
			return err
		}
		if err := put(ctx, tx, "data_key", keys, 0); err != nil {
			return err
		}
		r.tenant, r.keys, err = im.source().readTenant(ctx, tx, im.row, x.Name, false)
		return err
	})
	return r, err
}

// trial runs f and undoes what it wrote.
func (im *importer) trial(ctx context.Context, f func(tx pgx.Tx) error) error {
	tx, err := im.tx.Begin(ctx) // a savepoint
	if err != nil {
		return err
	}
	return errors.Join(f(tx), tx.Rollback(ctx))
}

// clear takes away the tenant's row and its data keys; its pins, history and events stay.
func (im *importer) clear(ctx context.Context, tx pgx.Tx, x exportedTenant) error {
	_, errK := tx.Exec(ctx, "DELETE FROM pgseal.data_key WHERE tenant = $1", [16]byte(x.ID))
	if errK != nil {
		return errK
	}
	_, err := tx.Exec(ctx, "DELETE FROM pgseal.tenant WHERE id = $1", [16]byte(x.ID))
	return err
}

func (im *importer) putTenant(ctx context.Context, tx pgx.Tx, x exportedTenant, version int64) error {
	row, err := im.e.rows.of("tenant", "id", x.ID)
	if err != nil {
		return err
	}
	return put(ctx, tx, "tenant", row, version)
}

// present reads what the store has of the tenant: every data key that verifies, and the whole record if it does. It is nil where the store has another
// tenant of the name.
func (im *importer) present(ctx context.Context, x exportedTenant) (*tenantRows, error) {
	r := &tenantRows{}
	if _, err := im.tx.Exec(ctx, "SELECT FROM pgseal.tenant WHERE name = $2 OR id = $1 FOR UPDATE", [16]byte(x.ID), x.Name); err != nil { // whoever changes it waits
		return nil, err
	}
	var other bool
	if err := im.tx.QueryRow(ctx, "SELECT count(*) FILTER (WHERE id = $1) > 0, count(*) FILTER (WHERE id <> $1) > 0 FROM pgseal.tenant WHERE name = $2 OR id = $1",
		[16]byte(x.ID), x.Name).Scan(&r.exists, &other); err != nil || other {
		return nil, err
	}
	s := im.blank()
	keys, err := scanDataKeys(ctx, im.tx, x.ID)
	if err != nil {
		return nil, err
	}
	for _, k := range keys {
		if k.record(s.id).verify(s.key, k.mac, k.what()) == nil {
			r.keys = append(r.keys, k)
		}
	}
	if !r.exists {
		return r, nil
	}
	t, _, err := s.readTenant(ctx, im.tx, im.row, x.Name, false)
	if err == nil {
		r.tenant = t
	} else if keysource.KindOf(err) != keysource.KeyRecordInvalid && keysource.KindOf(err) != keysource.TenantUnknown {
		return nil, err
	}
	return r, nil
}

// mergedKeys has the later version of each data key.
func mergedKeys(theirs, ours *tenantRows) []dataKey {
	all := slices.Clone(ours.keys)
	for _, k := range theirs.keys {
		i := slices.IndexFunc(all, func(o dataKey) bool { return o.number == k.number })
		switch {
		case i < 0:
			all = append(all, k)
		case k.version > all[i].version:
			all[i] = k
		}
	}
	sortKeys(all)
	return all
}

func numbersLacking(all []dataKey, in *tenantRows) (lacking []string) {
	for _, k := range all {
		if in.key(k.number) == nil {
			lacking = append(lacking, hexNumber(k.number))
		}
	}
	return lacking
}

func hexNumber(n crypto.KeyNumber) string { return fmt.Sprintf("%08x", uint32(n)) }

// attempt writes the data keys, with their MACs as they are, below the store's own row of the tenant or below the export's, and keeps it where that
// verifies and is no older than what was seen.
func (im *importer) attempt(ctx context.Context, x exportedTenant, keys []dataKey, tenant *Tenant, seen int64) (bool, error) {
	tx, err := im.tx.Begin(ctx)
	if err != nil {
		return false, err
	}
	undo := func(err error) (bool, error) { return false, errors.Join(err, tx.Rollback(ctx)) }
	if _, err := tx.Exec(ctx, "DELETE FROM pgseal.data_key WHERE tenant = $1", [16]byte(x.ID)); err != nil {
		return undo(err)
	}
	if tenant != nil {
		if _, err := tx.Exec(ctx, "DELETE FROM pgseal.tenant WHERE id = $1", [16]byte(x.ID)); err != nil {
			return undo(err)
		}
		if err := im.putTenant(ctx, tx, x, 0); err != nil {
			return undo(err)
		}
	}
	for i := range keys {
		if err := keys[i].insertAs(ctx, tx); err != nil {
			return undo(err)
		}
	}
	read, _, err := im.blank().readTenant(ctx, tx, im.row, x.Name, false)
	switch kind := keysource.KindOf(err); {
	case kind == keysource.KeyRecordInvalid || kind == keysource.TenantUnknown || err == nil && read.Version < seen:
		return undo(nil)
	case err != nil:
		return undo(err)
	}
	return true, tx.Commit(ctx)
}
