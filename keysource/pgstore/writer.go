package pgstore

import (
	"context"
	"crypto/rand"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
)

// writer is what writing signed records needs: a transaction, the control key,
// the store and the time.
type writer struct {
	tx     pgx.Tx
	key    *crypto.ControlKey
	store  storeID
	now    time.Time
	events *[]Event // to be written at the transaction's end
}

// write runs f in one transaction, with the store's row read and verified, and
// gives proxies a hint to look.
func (s *Store) write(ctx context.Context, f func(w writer, row storeRow) error) error {
	return s.transact(ctx, true, f)
}

func (s *Store) transact(ctx context.Context, hint bool, f func(w writer, row storeRow) error) error {
	t := &turn{c: s.chain}
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		row, err := s.storeRow(ctx, tx)
		if err != nil {
			return err
		}
		w := writer{tx, s.key, s.id, micro(s.now()), new([]Event)}
		if err := f(w, row); err != nil {
			return err
		}
		if hint {
			if _, err = tx.Exec(ctx, "SELECT pg_notify($1, '')", HintChannel); err != nil {
				return err
			}
		}
		return t.append(ctx, w, row.epoch)
	})
	t.end(err)
	return s.noted(err)
}

// newID draws the random id of a row.
func newID() (id [16]byte) {
	_, _ = rand.Read(id[:]) // never fails
	id[6] = id[6]&0x0f | 0x40
	id[8] = id[8]&0x3f | 0x80
	return id
}

// nullable is a time for a column that may be NULL.
func nullable(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
