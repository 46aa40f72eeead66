package guard

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// Somebody may have locked a table for long: to have it written anew, by VACUUM FULL for instance, or in a transaction that is left open. The look at all the
// other columns does not wait for that, nor does a proxy that has to know what they are.

// lookWait bounds how long a look waits for a table's lock.
const lookWait = "200ms"

// quickly asks something that needs locks, and waits for none for long: see busy.
func (w *walk) quickly(ctx context.Context, ask func(tx pgx.Tx) error) error {
	return pgx.BeginTxFunc(ctx, w.store.Conns(ctx), pgx.TxOptions{AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SET LOCAL lock_timeout = '"+lookWait+"'"); err != nil {
			return err
		}
		return ask(tx)
	})
}

// mayHaveRows tells whether a table has rows. One that is locked may.
func (w *walk) mayHaveRows(ctx context.Context, l *liveColumn) (has bool, err error) {
	err = w.quickly(ctx, func(tx pgx.Tx) (err error) { has, err = anyRow(ctx, tx, l); return err })
	if sqlState(err) == insufficientPrivilege {
		err = w.quickly(ctx, func(tx pgx.Tx) error {
			size, err := sizeOf(ctx, tx, l)
			has = size > 0
			return err
		})
	}
	if busy(err) {
		return true, nil
	}
	return has, err
}

// guarded is a column of a relation whose guard was looked at.
type guarded struct {
	Target
	relation uint32
}

// verifyQuickly is Verify, with what was seen last of the guards on tables that are locked: while they are, nobody can take them off and write. Of one that was
// never seen it has to be waited for what is there.
func (w *walk) verifyQuickly(ctx context.Context, columns []guarded) (reports []Report, err error) {
	var targets []Target
	for _, c := range columns {
		targets = append(targets, c.Target)
	}
	err = w.quickly(ctx, func(tx pgx.Tx) (err error) { reports, err = Verify(ctx, tx, w.store.Tag(), targets...); return err })
	if busy(err) {
		reports, err = w.verifyApart(ctx, columns)
	}
	if err != nil {
		return nil, err
	}
	clear(w.seen)
	for i, c := range columns {
		w.seen[c] = reports[i]
	}
	return reports, nil
}

// verifyApart looks at one after the other.
func (w *walk) verifyApart(ctx context.Context, columns []guarded) ([]Report, error) {
	locked := make(map[uint32]bool)
	reports := make([]Report, len(columns))
	for i, c := range columns {
		last, seen := w.seen[c]
		if seen && locked[c.relation] {
			reports[i] = last
			continue
		}
		err := w.quickly(ctx, func(tx pgx.Tx) error {
			one, err := Verify(ctx, tx, w.store.Tag(), c.Target)
			if err == nil {
				reports[i] = one[0]
			}
			return err
		})
		switch locked[c.relation] = busy(err); {
		case err != nil && !busy(err):
			return nil, err
		case busy(err) && seen:
			reports[i] = last
		case busy(err):
			one, err := Verify(ctx, w.store.Conns(ctx), w.store.Tag(), c.Target)
			if err != nil {
				return nil, err
			}
			reports[i] = one[0]
		}
	}
	return reports, nil
}
