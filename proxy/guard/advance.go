package guard

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// waiting says in a transaction that a step has to wait.
type waiting struct{ reason string }

func (w *waiting) Error() string { return w.reason }

// outcome is what became of an attempt to take a column on.
type outcome int

const (
	stuck   outcome = iota // nothing more comes of itself; the note says why
	pending                // the next look may find it possible
	moved
)

// advance moves a column one state on, or back, if every live proxy works by the
// present state.
func (w *walk) advance(ctx context.Context, m *matched, c *ColumnStatus, next pgstore.ColumnState) (outcome, error) {
	p := prepare(m.live, m.logical)
	r := *m.record
	if err := w.outlived(ctx, m, next); err != nil {
		return w.excuse(ctx, m, c, p, err)
	}
	err := w.store.Update(ctx, func(tx *pgstore.Tx) error {
		if err := w.agreed(ctx, tx, m.record); err != nil {
			return err
		}
		if err := w.ready(ctx, tx, m, p, next); err != nil {
			return err
		}
		r.State = next
		if m.record.State == pgstore.ColumnSealed {
			r.Scrubbed = time.Time{}
		}
		if err := tx.SaveColumn(ctx, &r); err != nil {
			return err
		}
		return tx.Event(ctx, pgstore.Event{Kind: "column " + string(next), Actor: "pgseal", Detail: m.Column.String()})
	})
	if err != nil {
		return w.excuse(ctx, m, c, p, err)
	}
	*m.record = r
	if next == pgstore.ColumnUnsealing {
		c.Guard = c.Guard.removed()
	}
	w.log.Info("column state", "column", m.Column.String(), "state", string(next))
	return moved, nil
}

// excuse makes a note of what keeps a column from going on.
func (w *walk) excuse(ctx context.Context, m *matched, c *ColumnStatus, p preparation, err error) (outcome, error) {
	obstacle, wait, server := (*obstacleError)(nil), (*waiting)(nil), (*pgconn.PgError)(nil)
	switch {
	case errors.As(err, &wait):
		c.Note = wait.reason
		return pending, nil
	case errors.As(err, &obstacle):
		c.Note = obstacle.text
		return stuck, nil
	case again(err):
		return pending, nil
	case errors.Is(err, errPanicked): // of this column alone: the others go on
		c.Note = err.Error()
		return stuck, nil
	case sqlState(err) == insufficientPrivilege:
		return stuck, w.forOwner(ctx, m, c, p)
	case errors.As(err, &server):
		// Of DDL; the message names objects and no values.
		c.Note = "the server refuses: " + server.Message
		w.log.Error("column cannot go on", "column", m.Column.String(), "sqlstate", server.Code, "error", server.Message)
		return stuck, nil
	}
	return stuck, err
}

// outlived waits, before anything is sealed in a column that holds plaintext, for
// transactions that began before every proxy read both forms: a statement of theirs
// that was planned for plaintext, and waits for something, would take what is sealed
// meanwhile for that, and find nothing by what it looks for.
func (w *walk) outlived(ctx context.Context, m *matched, next pgstore.ColumnState) error {
	if m.record.State != pgstore.ColumnReadable || next != pgstore.ColumnSealing || w.elders == nil {
		return nil
	}
	proxies, err := w.store.Proxies(ctx)
	if err != nil {
		return err
	}
	if names := waitingFor(proxies, w.policy, m.record.ID, m.record.State); names != "" { // the moment that is waited for comes behind the last of them
		return notKnown(m.record.State, names)
	}
	size, err := sizeOf(ctx, w.store.Pool(), m.live)
	if err != nil || size == 0 { // there is nothing to compare with what is sealed
		return err
	}
	left, err := w.elders.Ended(ctx, w.store.Pool(), fmt.Sprintf("%x readable, version %d", m.record.ID, m.record.Version))
	if err == nil && left != "" {
		err = &waiting{"waiting for transactions that began before every proxy read both forms, and may take sealed values for plaintext: " + left}
	}
	return err
}

// agreed asks all live proxies for their acknowledgement of the present state.
// plain has nothing to acknowledge but the policy that lists the column.
func (w *walk) agreed(ctx context.Context, tx *pgstore.Tx, r *pgstore.Column) error {
	proxies, err := tx.Proxies(ctx)
	if err != nil {
		return err
	}
	names := others(proxies, w.policy)
	if r.State != pgstore.ColumnPlain {
		names = waitingFor(proxies, w.policy, r.ID, r.State)
	}
	if names != "" {
		return notKnown(r.State, names)
	}
	return nil
}

func notKnown(state pgstore.ColumnState, names string) error {
	return &waiting{fmt.Sprintf("waiting for every live proxy to know it as %s: %s", state, names)}
}

// ready sees to it that what is written in the next state fits into the column.
// Of sealed values: before the column even becomes readable it is tried and undone, so
// that one that cannot be prepared stays plain.
func (w *walk) ready(ctx context.Context, tx *pgstore.Tx, m *matched, p preparation, next pgstore.ColumnState) error {
	switch {
	case next == pgstore.ColumnUnsealing:
		return w.removeGuard(ctx, tx.Conn(), m)
	case m.record.State == pgstore.ColumnSealed: // values of both forms fit
		return nil
	case m.record.State == pgstore.ColumnUnsealing:
		if err := admitSealed(ctx, tx.Conn(), m.live); err != nil {
			return err
		}
		return p.run(ctx, tx.Conn(), m.live)
	case next == pgstore.ColumnSealing:
		return p.run(ctx, tx.Conn(), m.live)
	}
	trial, err := tx.Conn().Begin(ctx) // a savepoint
	if err != nil {
		return err
	}
	err = p.run(ctx, trial, m.live)
	return errors.Join(err, trial.Rollback(ctx))
}

// forOwner notes that only the table's owner can go on, and how.
func (w *walk) forOwner(ctx context.Context, m *matched, c *ColumnStatus, p preparation) error {
	armour := armoured(m.record)
	r, err := verifyOne(ctx, w.store.Pool(), w.store.Tag(), m.live, armour)
	if err != nil {
		return err
	}
	if c.Opening() {
		c.Note, c.SQL = "the control role may not take the guard off the table; its owner can run the printed SQL", r.sqlToRemove(m.live)
		return nil
	}
	c.Note = "the control role may not change the table: make it a member of the role that owns it (GRANT owner TO role) and run pgseal init, or have the owner run the printed SQL"
	c.SQL = sqlForOwner(w.store.Tag(), m.live, armour, p.statement, &r)
	return nil
}
