package guard

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// open looks after a column that is to be plain by order: the guard stays off, and once every live proxy takes both forms and writes none of them sealed,
// it is looked for sealed values; where there are none, the column is plain.
func (w *walk) open(ctx context.Context, m *matched, c *ColumnStatus) (outcome, error) {
	plain := m.record.State == pgstore.ColumnPlain
	if plain {
		c.Note = c.Order.note(m.Column.String())
	}
	if !w.mayChange || sealsWrites(m.record.State) || m.record.State == pgstore.ColumnReadable {
		return stuck, nil
	}
	if !c.Guard.gone() { // a look that began before the order has made some of it
		if err := w.takeOff(ctx, m); err != nil {
			return w.excuse(ctx, m, c, preparation{}, err)
		}
		c.Guard = c.Guard.removed()
	}
	if plain {
		return stuck, nil
	}
	return w.proveOpened(ctx, m, c, c.Order.By)
}

// proveOpened has a column that is unsealing looked through, and called plain where nothing sealed is left.
func (w *walk) proveOpened(ctx context.Context, m *matched, c *ColumnStatus, actor string) (outcome, error) {
	if !w.mayChange {
		return stuck, nil
	}
	if err := w.writtenPlain(ctx, m); err != nil {
		return w.excuse(ctx, m, c, preparation{}, err)
	}
	proof := w.prover.ask(job{column: m.Column.String(), live: *m.live, record: *m.record, armoured: armoured(m.record), policy: w.policy, open: true, actor: actor})
	switch c.Proves = proof.running; {
	case proof.running:
		if last := (*waiting)(nil); errors.As(proof.err, &last) {
			c.Note = last.reason
		}
		return pending, nil
	case sqlState(proof.err) == insufficientPrivilege:
		c.Note = "the control role may not read the table to see whether sealed values are left: GRANT SELECT on it"
		return pending, nil
	case proof.err != nil:
		return w.excuse(ctx, m, c, preparation{}, proof.err)
	case proof.plaintext:
		c.Note = "it still holds sealed values: open them with pgseal column decrypt " + m.Column.String()
		return stuck, nil
	}
	return pending, nil // plain since the records were read
}

// writtenPlain waits, before a column is looked through for sealed values, for the transactions that began before every proxy wrote plaintext: a statement that
// was sealed before may wait in one of them, behind another of its Query or pipeline. Such a transaction may hold no snapshot yet, by which it could be told.
func (w *walk) writtenPlain(ctx context.Context, m *matched) error {
	if w.elders == nil {
		return nil
	}
	if err := allUnseal(ctx, w.store.Proxies, w.policy, m.record); err != nil {
		return err
	}
	left, err := w.elders.Ended(ctx, w.store.Pool(), fmt.Sprintf("%x unsealing, version %d", m.record.ID, m.record.Version))
	if err == nil && left != "" {
		err = &waiting{"waiting for transactions that began before every proxy wrote plaintext, and may still write sealed values: " + left}
	}
	return err
}

// note says that a listed column is plain by order, and what can be done.
func (o *Order) note(column string) string {
	return fmt.Sprintf("open by order of %s since %s: take it off the policy, or have it sealed again with pgseal column encrypt %s",
		o.By, o.Since.UTC().Format(time.RFC3339), column)
}

// takeOff removes what is there of the guard of a column that is being opened, or was.
func (w *walk) takeOff(ctx context.Context, m *matched) error {
	return w.store.Update(ctx, func(tx *pgstore.Tx) error {
		if err := unchanged(ctx, tx, m.record); err != nil {
			return err
		}
		return w.removeGuard(ctx, tx.Conn(), m)
	})
}

// fulfil forgets the orders of columns that are plain and that no policy lists any more: should one be listed again, it is sealed like any other. Its
// identity stays, so that values in old dumps open.
func (w *walk) fulfil(ctx context.Context, listed []*matched, l *live, records []pgstore.Column) error {
	known := make(map[[16]byte]bool)
	for _, m := range listed {
		if m.record != nil {
			known[m.record.ID] = true
		}
	}
	for i := range records {
		r := &records[i]
		if r.Retired || known[r.ID] || !opening(r) || r.State != pgstore.ColumnPlain || l.of(r) == nil {
			continue
		}
		err := w.store.Update(ctx, func(tx *pgstore.Tx) error {
			if tx.Policy() != w.policy {
				return pgstore.ErrConflict
			}
			next := *r
			next.Wanted = ""
			if err := tx.SaveColumn(ctx, &next); err != nil {
				return err
			}
			return tx.Event(ctx, pgstore.Event{Kind: "column off the policy", Actor: "pgseal", Detail: l.of(r).String()})
		})
		if again(err) {
			w.busy = true
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}
