package guard

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
)

// proveOpen looks for sealed values of a column that is being opened for good; where there are none, it records the column as plain. Reads of a plain
// column open nothing: so no transaction may be left that still sees a sealed value, in an old snapshot, or that has written one and not committed it. It is
// looked once, then waited until all that ran at that moment have ended, then looked again. horizon is that moment; it is kept from one attempt to the next.
func (p *prover) proveOpen(ctx context.Context, j job, horizon *string) (sealed bool, err error) {
	if err := allUnseal(ctx, p.store.Proxies, j.policy, &j.record); err != nil {
		return false, err
	}
	conn, err := p.store.Pool().Acquire(ctx)
	if err != nil {
		return false, err
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, "SET row_security = off; SET lock_timeout = '"+lockTimeout+"'"); err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, reset(conn)) }()
	if *horizon == "" {
		if sealed, err = j.holdsSealed(ctx, conn, p.store.Tag()); sealed || err != nil {
			return sealed, err
		}
		if *horizon, err = one[string](ctx, conn, "SELECT pg_catalog.pg_current_xact_id()::xid::text"); err != nil {
			return false, err
		}
	}
	if err := awaitOlder(ctx, conn, *horizon); err != nil {
		return false, err
	}
	if sealed, err = j.holdsSealed(ctx, conn, p.store.Tag()); sealed || err != nil {
		*horizon = ""
		return sealed, err
	}
	return false, p.recordPlain(ctx, j)
}

// holdsSealed tells whether a value of this store is left. Rows that are hidden would be taken for none.
func (j *job) holdsSealed(ctx context.Context, conn *pgxpool.Conn, tag crypto.StoreTag) (bool, error) {
	if !j.live.holdsSealed() {
		return false, nil
	}
	hidden, err := rowsHidden(ctx, conn, &j.live)
	if err != nil {
		return false, err
	}
	if hidden {
		return false, &obstacleError{"row-level security hides rows from the control role: give the role BYPASSRLS"}
	}
	return hasRow(ctx, conn, &j.live, expression(tag, j.armoured, j.live.quotedName))
}

// olderPatience bounds how long one attempt waits for older transactions, olderEvery is between two looks.
const (
	olderPatience = 2 * time.Second
	olderEvery    = 50 * time.Millisecond
)

// awaitOlder waits until no transaction runs in the database that began before the horizon. What vacuums and sends WAL reads no values.
func awaitOlder(ctx context.Context, conn *pgxpool.Conn, horizon string) error {
	for end := time.Now().Add(olderPatience); ; {
		older, err := one[string](ctx, conn, fmt.Sprintf(`
			SELECT coalesce((SELECT 'backend ' || pid FROM pg_catalog.pg_stat_activity
				WHERE datname = pg_catalog.current_database() AND pid <> pg_catalog.pg_backend_pid() AND coalesce(backend_type, '') NOT IN ('autovacuum worker', 'walsender')
				AND (pg_catalog.age(backend_xmin) > pg_catalog.age('%[1]s'::xid) OR pg_catalog.age(backend_xid) > pg_catalog.age('%[1]s'::xid))
				ORDER BY pg_catalog.age(backend_xmin) DESC NULLS LAST, pid LIMIT 1),
			(SELECT 'the prepared transaction ' || pg_catalog.quote_literal(gid) FROM pg_catalog.pg_prepared_xacts
				WHERE database = pg_catalog.current_database() AND pg_catalog.age(transaction) > pg_catalog.age('%[1]s'::xid) LIMIT 1), '')`, horizon))
		if err != nil || older == "" {
			return err
		}
		if time.Now().After(end) {
			return &waiting{"no sealed value is left; waiting for the transactions that may still see one to end: " + older}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(olderEvery):
		}
	}
}

// allUnseal is an error of waiting while a live proxy may still write sealed values.
func allUnseal(ctx context.Context, proxies func(context.Context) ([]pgstore.Proxy, error), policy pgstore.PolicyHash, r *pgstore.Column) error {
	all, err := proxies(ctx)
	if err != nil {
		return err
	}
	if names := waitingFor(all, policy, r.ID, pgstore.ColumnUnsealing); names != "" {
		return &waiting{"waiting for every live proxy to write no sealed values any more: " + names}
	}
	return nil
}

// recordPlain calls the column plain.
func (p *prover) recordPlain(ctx context.Context, j job) error {
	return p.store.Update(ctx, func(tx *pgstore.Tx) error {
		if err := allUnseal(ctx, tx.Proxies, j.policy, &j.record); err != nil {
			return err
		}
		if err := admitSealed(ctx, tx.Conn(), &j.live); err != nil {
			return err
		}
		next := j.record
		next.State = pgstore.ColumnPlain
		abandonMove(&next)
		if err := tx.SaveColumn(ctx, &next); err != nil {
			return err
		}
		p.log.Info("column state", "column", j.column, "state", string(next.State))
		return tx.Event(ctx, pgstore.Event{Kind: "column plain", Actor: j.actor, Detail: j.column})
	})
}

// again tells an error that the next look may not meet.
func again(err error) bool {
	return errors.Is(err, pgstore.ErrBusy) || errors.Is(err, pgstore.ErrConflict) || busy(err)
}
