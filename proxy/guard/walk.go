package guard

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// walk is one look at all listed columns.
type walk struct {
	store     *pgstore.Store
	prover    *prover
	drains    *Drains // nil: nothing is waited for
	elders    *Drains // nil, too: transactions that may run statements which were planned for plaintext
	log       *slog.Logger
	policy    pgstore.PolicyHash
	mayChange bool // the policy is in force, and nobody else is changing columns
	busy      bool // somebody else is: to be tried again
	orders    map[[16]byte]*Order
	seen      map[guarded]Report // of the guards, by the last look; nil: nothing is kept
}

func (w *walk) run(ctx context.Context, columns []Column) (*Status, error) {
	records, err := w.store.Columns(ctx)
	if err != nil {
		return nil, err
	}
	l, err := loadLive(ctx, w.store.Conns(ctx), columns, records)
	if err != nil {
		return nil, err
	}
	listed := match(columns, l, records)
	if w.orders, err = Orders(ctx, w.store, records); err != nil {
		return nil, err
	}
	s := &Status{Stale: forgotten(listed, l, records)}
	if s.Stale == "" {
		s.Stale = settleAll(listed, l, records)
	}
	w.mayChange = w.mayChange && s.Stale == ""
	if w.mayChange {
		if err := w.saveAll(ctx, listed); err != nil {
			return nil, err
		}
		if err := w.fulfil(ctx, listed, l, records); err != nil {
			return nil, err
		}
	}
	if err := w.hold(ctx, listed); err != nil {
		return nil, err
	}
	reports, err := w.verify(ctx, listed)
	if err != nil {
		return nil, err
	}
	for i, m := range listed {
		c, o, err := w.column(ctx, m, reports[i])
		if err != nil {
			return nil, fmt.Errorf("guard: column %s: %w", m.Column.String(), err)
		}
		s.Columns = append(s.Columns, c)
		s.Again = s.Again || o != stuck
	}
	s.Again = s.Again || w.busy
	return s, nil
}

// verify looks at the guards of all columns at once.
func (w *walk) verify(ctx context.Context, listed []*matched) ([]Report, error) {
	var targets []Target
	var columns []guarded
	for _, m := range listed {
		t := Target{m.Schema, m.Table, m.Name, m.record != nil && armoured(m.record)}
		c := guarded{Target: t}
		if m.live != nil {
			c.relation = m.live.relation
		}
		targets, columns = append(targets, t), append(columns, c)
	}
	if w.seen == nil {
		return Verify(ctx, w.store.Conns(ctx), w.store.Tag(), targets...)
	}
	return w.verifyQuickly(ctx, columns)
}

// settleAll gives every listed column its record and holds it against the
// policy. The text says what the policy may not ask for.
func settleAll(listed []*matched, l *live, records []pgstore.Column) string {
	var all []*pgstore.Column
	for i := range records {
		all = append(all, &records[i])
	}
	for _, m := range listed {
		if m.live == nil {
			continue
		}
		if p := prepare(m.live, m.logical); p.obstacle != "" && m.record == nil {
			m.problem = p.obstacle
			continue
		}
		if m.record == nil {
			m.create(l.origin, all)
			all = append(all, m.record)
		} else if problem := m.settle(all); problem != "" {
			return problem
		}
	}
	return domainConflict(listed)
}

// forgotten names a column that holds sealed values and is not listed any more.
func forgotten(listed []*matched, l *live, records []pgstore.Column) string {
	known := make(map[*pgstore.Column]bool)
	for _, m := range listed {
		known[m.record] = true
	}
	for i := range records {
		r := &records[i]
		if second := l.second(r); second != nil && !r.Retired && !known[r] {
			return fmt.Sprintf("%s is a second column that pgseal fills, and the policy does not list the column %s any more: list it again, and have that ended with pgseal column cancel", second, nameOf(r))
		}
		sealed := sealsWrites(r.State) || r.State == pgstore.ColumnUnsealing
		if there := l.of(r); sealed && !r.Retired && !known[r] && there != nil {
			return fmt.Sprintf("column %s is %s, and the policy does not list it: list it again, and have it opened with pgseal column decrypt before it is taken off the policy", there, r.State)
		}
	}
	return ""
}

// saveAll writes the records that are new or have changed.
func (w *walk) saveAll(ctx context.Context, listed []*matched) error {
	dirty := false
	for _, m := range listed {
		dirty = dirty || m.dirty || m.retire != nil
	}
	if !dirty {
		return nil
	}
	err := w.store.Update(ctx, func(tx *pgstore.Tx) error {
		if err := unknownYet(ctx, tx, listed); err != nil {
			return err
		}
		for _, m := range listed {
			if m.retire != nil {
				if err := tx.SaveColumn(ctx, m.retire); err != nil {
					return err
				}
			}
			if m.dirty {
				if err := tx.SaveColumn(ctx, m.record); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if errors.Is(err, pgstore.ErrBusy) || errors.Is(err, pgstore.ErrConflict) {
		w.mayChange, w.busy = false, true // another proxy does the same just now
		w.undo(listed)
		return nil
	}
	return err
}

// unknownYet is nil while the columns whose record is new have none. Another proxy may have listed one since the records were read: a second
// record would have the proxies wait for one another for ever.
func unknownYet(ctx context.Context, tx *pgstore.Tx, listed []*matched) error {
	if !slices.ContainsFunc(listed, func(m *matched) bool { return m.dirty && m.record.Version == 0 }) {
		return nil
	}
	present, err := tx.Columns(ctx)
	if err != nil {
		return err
	}
	for _, m := range listed {
		if !m.dirty || m.record.Version != 0 {
			continue
		}
		if slices.ContainsFunc(present, func(r pgstore.Column) bool {
			here := r.Origin == m.record.Origin && r.Relation == m.record.Relation && r.Attnum == m.record.Attnum
			return here && !r.Retired && (m.retire == nil || r.ID != m.retire.ID) || m.Domain == "" && r.Key.ID == m.record.Key.ID
		}) {
			return pgstore.ErrConflict
		}
	}
	return nil
}

// undo forgets records that were not written.
func (w *walk) undo(listed []*matched) {
	for _, m := range listed {
		if m.dirty && m.record.Version == 0 {
			m.record = nil
		}
	}
}

// column takes one column as far as it can go in this look.
func (w *walk) column(ctx context.Context, m *matched, r Report) (ColumnStatus, outcome, error) {
	c := ColumnStatus{Column: m.Column, Record: m.record, Guard: r, Note: m.problem}
	if m.live == nil || m.record == nil {
		return c, stuck, nil
	}
	c.Order, c.AtOnce = w.orders[m.record.ID], m.atOnce
	if c.bare() && !c.Opening() {
		c.Damage = r.String()
	}
	if m.held != nil {
		o, err := w.stay(ctx, m, &c)
		return c, o, err
	}
	if c.OpensAtOnce() {
		o, err := w.awaitOpening(ctx, m, &c)
		return c, o, err
	}
	for next := following(m.record); w.mayChange && next != ""; next = following(m.record) {
		if o, err := w.advance(ctx, m, &c, next); err != nil || o != moved {
			return c, o, err
		}
	}
	switch {
	case c.Opening():
		o, err := w.open(ctx, m, &c)
		return c, o, err
	case sealsWrites(m.record.State):
		o, err := w.guard(ctx, m, &c)
		if err == nil && o == stuck {
			o, err = w.move(ctx, m, &c)
		}
		return c, o, err
	}
	return c, stuck, nil
}

// following is the state that is next for a column by a step of this package alone; empty where there is none. The proofs, of sealing to sealed and of
// unsealing to plain, are the prover's.
func following(r *pgstore.Column) pgstore.ColumnState {
	steps := map[pgstore.ColumnState]pgstore.ColumnState{pgstore.ColumnPlain: pgstore.ColumnReadable, pgstore.ColumnReadable: pgstore.ColumnSealing,
		pgstore.ColumnUnsealing: pgstore.ColumnSealing}
	if opening(r) {
		steps = map[pgstore.ColumnState]pgstore.ColumnState{pgstore.ColumnSealed: pgstore.ColumnSealing, pgstore.ColumnSealing: pgstore.ColumnUnsealing,
			pgstore.ColumnReadable: pgstore.ColumnUnsealing}
	}
	return steps[r.State]
}

// sealsWrites tells the states in which every write is sealed.
func sealsWrites(s pgstore.ColumnState) bool {
	return s == pgstore.ColumnSealing || s == pgstore.ColumnSealed
}
