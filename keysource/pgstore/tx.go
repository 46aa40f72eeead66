package pgstore

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
)

// columnLock is the key of the advisory lock of whoever changes columns.
const columnLock = 0x7067_7365_616c_02

// Tx is a transaction that changes columns' records together with the tables
// themselves.
type Tx struct {
	s   *Store
	w   writer
	row storeRow
}

// ErrBusy: another proxy is changing columns just now.
var ErrBusy = errors.New("pgstore: another proxy is changing columns")

// Update runs f in one transaction, one at a time among all proxies. A conflict
// or an error of f leaves nothing behind. It does not wait for its turn:
// ErrBusy.
func (s *Store) Update(ctx context.Context, f func(tx *Tx) error) error {
	return s.write(ctx, func(w writer, _ storeRow) error {
		var mine bool
		if err := w.tx.QueryRow(ctx, "SELECT pg_try_advisory_xact_lock($1)", int64(columnLock)).Scan(&mine); err != nil {
			return err
		}
		if !mine {
			return ErrBusy
		}
		// Whoever held the lock before may have changed the row.
		row, err := s.storeRow(ctx, w.tx)
		if err != nil {
			return err
		}
		row.written = w.written
		return f(&Tx{s, w, row})
	})
}

// Conn is for statements of the caller's own in the transaction.
func (t *Tx) Conn() pgx.Tx { return t.w.tx }

// Columns is Store.Columns within the transaction.
func (t *Tx) Columns(ctx context.Context) ([]Column, error) {
	return t.s.readColumns(ctx, t.w.tx, t.row)
}

// Proxies is Store.Proxies within the transaction, without Keys and Seen.
func (t *Tx) Proxies(ctx context.Context) ([]Proxy, error) { return t.s.briefProxies(ctx, t.w.tx) }

// Policy is the policy in force.
func (t *Tx) Policy() PolicyHash { return policyHash(t.row.policy) }

// SetPolicy puts a policy in force.
func (t *Tx) SetPolicy(ctx context.Context, hash PolicyHash) error {
	t.row.policy = hash[:]
	return t.row.update(ctx, t.w.tx, t.w.key)
}

// Event writes an event.
func (t *Tx) Event(ctx context.Context, e Event) error { return t.w.event(ctx, e) }
