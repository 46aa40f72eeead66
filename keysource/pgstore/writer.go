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
	// written are the versions that records get, which count as seen after the
	// commit: whoever locks a tenant knows that it is locked. nil: nobody asks.
	written map[string]int64
}

// wrote notes the version that a record gets.
func (w *writer) wrote(what string, version int64) {
	if w.written != nil {
		w.written[what] = version
	}
}

// write runs f in one transaction, with the store's row read and verified, and
// gives proxies a hint to look.
func (s *Store) write(ctx context.Context, f func(w writer, row storeRow) error) error {
	return s.transact(ctx, true, f)
}

func (s *Store) transact(ctx context.Context, hint bool, f func(w writer, row storeRow) error) error {
	t, written := &turn{c: s.chain}, map[string]int64{}
	err := pgx.BeginFunc(ctx, s.Conns(ctx), func(tx pgx.Tx) error {
		row, err := s.storeRow(ctx, tx)
		if err != nil {
			return err
		}
		w := writer{tx, s.key, s.id, micro(s.now()), new([]Event), written}
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
	for what, version := range written {
		if err == nil {
			s.memory.raise(what, version)
		}
	}
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
