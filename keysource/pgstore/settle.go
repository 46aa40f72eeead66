package pgstore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/keysource"
)

// ErrOutcome: the database could not be asked whether a change was made, after the connection had been lost in the moment in which it was written.
var ErrOutcome = errors.New("pgstore: the database did not say whether the change was made")

// settleTimeout bounds how long it is asked for.
const settleTimeout = 10 * time.Second

// settle finds out what became of a change of a tenant's data key whose write failed with err: the answer to a COMMIT may have got lost after it was
// carried out. read is the record of before, wrapped what was to be written. The row is read under its lock, which a transaction of before that still
// runs at the server holds until it has ended. The tenant without an error: it was made. err itself: it was not. ErrOutcome: nobody knows.
func (s *Store) settle(ctx context.Context, read *Tenant, wrapped keysource.Wrapped, err error) (*Tenant, error) {
	var refused *pgconn.PgError
	if errors.Is(err, ErrConflict) || keysource.KindOf(err) != 0 || errors.As(err, &refused) && refused.Severity == "ERROR" {
		return nil, err // the database said no
	}
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), settleTimeout)
	defer stop()
	var now *Tenant
	lost := s.write(ctx, func(w writer, row storeRow) (err error) {
		now, _, err = s.readTenant(ctx, w.tx, row, read.Name, true)
		return err
	})
	switch {
	case lost != nil:
		return nil, fmt.Errorf("%w: %w", ErrOutcome, err)
	case bytes.Equal(now.Current.Wrapped.Ciphertext, wrapped.Ciphertext):
		return now, nil
	case now.Version == read.Version:
		return nil, err
	}
	return nil, fmt.Errorf("%w, and somebody has changed the tenant since: %w", ErrOutcome, err)
}
