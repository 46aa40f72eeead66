package guard

import (
	"context"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// guard looks after a column from sealing on: the triggers, as soon as every
// live proxy seals what it writes, then the proof that no plaintext is left.
// c.Guard says how it stands.
func (w *walk) guard(ctx context.Context, m *matched, c *ColumnStatus) (outcome, error) {
	if !w.mayChange || c.Done() {
		return stuck, nil
	}
	unproved := c.Guard.Check != Whole
	if unproved && !m.record.Scrubbed.IsZero() {
		if err := unscrub(ctx, w.store, m.record, m.Column.String()); err != nil {
			return w.excuse(ctx, m, c, preparation{}, err)
		}
	}
	if !c.Guard.Guarded() {
		r, err := w.install(ctx, m)
		if err != nil {
			return w.excuse(ctx, m, c, preparation{}, err)
		}
		c.Guard = r
	}
	proof := w.prover.ask(job{column: m.Column.String(), live: *m.live, record: *m.record, armoured: armoured(m.record), policy: w.policy,
		unproved: unproved})
	switch c.Proves = proof.running; {
	case proof.running:
		return pending, nil
	case proof.err != nil:
		return w.excuse(ctx, m, c, preparation{}, proof.err)
	case proof.plaintext:
		c.Note = "it still holds plaintext: seal it with pgseal column encrypt " + m.Column.String()
		return stuck, nil
	}
	return pending, nil // sealed since the records were read
}

// install makes the triggers whole, once every live proxy seals what it writes.
func (w *walk) install(ctx context.Context, m *matched) (r Report, err error) {
	if err := ensureFunction(ctx, w.store); err != nil {
		return r, err
	}
	err = w.store.Update(ctx, func(tx *pgstore.Tx) error {
		if err := unchanged(ctx, tx, m.record); err != nil {
			return err
		}
		if m.record.State == pgstore.ColumnSealing {
			if err := w.agreed(ctx, tx, m.record); err != nil {
				return err
			}
		}
		if r, err = installTriggers(ctx, tx.Conn(), w.store.Tag(), m.live, armoured(m.record)); err != nil {
			return err
		}
		if err := dropStale(ctx, tx.Conn(), m.live); err != nil {
			return err
		}
		return tx.Event(ctx, pgstore.Event{Kind: "guard installed", Actor: "pgseal", Detail: m.Column.String()})
	})
	return r, err
}
