package guard

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy/value"
)

// shut finds the sealed columns that cannot be opened row by row: half of their values opened would break what the server holds them to, or they do not fit
// beside each other.
func (w *walk) shut(ctx context.Context, listed []*matched) error {
	var sealed []*matched
	wanted := w.prover == nil // a Look
	for _, m := range listed {
		if m.live != nil && m.record != nil && sealsWrites(m.record.State) {
			sealed, wanted = append(sealed, m), wanted || opening(m.record)
		}
	}
	if len(sealed) == 0 || !wanted {
		return nil
	}
	keyed, err := keys(ctx, w.store.Conns(ctx), sealed)
	if err != nil {
		return err
	}
	for i, m := range sealed {
		reason := keyed[i]
		if reason == "" && !armoured(m.record) {
			reason = "its sealed values lie in bytea, and not as they are opened"
		}
		if reason == "" {
			continue
		}
		for o, held := range m.together(sealed, reason) {
			if o == m || o.atOnce == nil {
				o.atOnce = held
			}
		}
	}
	return nil
}

// OpensAtOnce tells whether the column is sealed, is to be opened for good, and waits for an operator to have that done all at once.
func (c *ColumnStatus) OpensAtOnce() bool {
	return c.Opening() && c.AtOnce != nil && sealsWrites(c.State())
}

// awaitOpening keeps such a column sealed while nobody works on it, whatever has ended in the middle.
func (w *walk) awaitOpening(ctx context.Context, m *matched, c *ColumnStatus) (outcome, error) {
	note := fmt.Sprintf("ordered by %s to be opened for good, which can only be done all at once, for %s: run pgseal column decrypt %s, or take the order back with pgseal column encrypt %[3]s",
		c.Order.By, m.atOnce.Reason, m.Column.String())
	if !w.mayChange {
		c.Note = note
		return stuck, nil
	}
	free, err := one[bool](ctx, w.store.Conns(ctx), fmt.Sprintf("SELECT pg_catalog.pg_try_advisory_xact_lock(%d, %d)", TurnClass, TurnKey(m.record.ID)))
	if err != nil {
		return stuck, err
	}
	if !free {
		c.Note = note
		return stuck, nil
	}
	o, err := w.guard(ctx, m, c)
	if c.Note == "" {
		c.Note = note
	}
	return o, err
}

// holdsSealed tells whether the type of the column is one in which a sealed value can lie.
func (l *liveColumn) holdsSealed() bool {
	return l.citext || slices.Contains([]uint32{value.OIDText, value.OIDVarchar, value.OIDBpchar, value.OIDBytea}, l.typeOID)
}

// refusalPrefix begins the name of the CHECK that keeps sealed values out of a column that was opened at once, until every proxy knows: one of them would
// be none of the values that a unique index or a foreign key compares.
const refusalPrefix = "pgseal_plain_"

func refusalName(column string) string { return refusalPrefix + check.name(column)[len(checkPrefix):] }

// refuseSealed makes it. No row is looked at: its transaction has written them all.
func refuseSealed(ctx context.Context, tx pgx.Tx, tag crypto.StoreTag, l *liveColumn, armoured bool) error {
	if !l.holdsSealed() {
		return nil
	}
	_, err := tx.Exec(ctx, fmt.Sprintf("ALTER TABLE %s ADD CONSTRAINT %s CHECK (NOT %s) NOT VALID", l.quotedRelation, quoteName(refusalName(l.Name)), expression(tag, armoured, l.quotedName)))
	return err
}

// admitSealed takes it off, where it is there.
func admitSealed(ctx context.Context, tx pgx.Tx, l *liveColumn) error {
	return dropCheckNamed(ctx, tx, l, refusalName(l.Name))
}

// dropCheckNamed takes a CHECK off a table, where it is there: else no lock of the table is taken.
func dropCheckNamed(ctx context.Context, tx pgx.Tx, l *liveColumn, name string) error {
	there, err := one[bool](ctx, tx, "SELECT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = $1::int8::oid AND contype = 'c' AND conname = $2::text)",
		int64(l.relation), name)
	if err != nil || !there {
		return err
	}
	_, err = tx.Exec(ctx, fmt.Sprintf("SET LOCAL lock_timeout = '%s'; ALTER TABLE %s DROP CONSTRAINT %s", lockTimeout, l.quotedRelation, quoteName(name)),
		pgx.QueryExecModeSimpleProtocol)
	return err
}
