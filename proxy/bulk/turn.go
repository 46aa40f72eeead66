package bulk

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/guard"
)

// One process at a time works on a column: it holds an advisory lock of its session, which the server gives back when the process dies. Who is wrong
// about it does no harm: each batch is written on the record as it was read.

// takeTurn tells whether it is this process's turn; then give gives it back.
func takeTurn(ctx context.Context, pool *pgxpool.Pool, column [16]byte) (mine bool, give func(), err error) {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return false, nil, err
	}
	if err := conn.QueryRow(ctx, "SELECT pg_catalog.pg_try_advisory_lock($1::int4, $2::int4)", guard.TurnClass, guard.TurnKey(column)).Scan(&mine); err != nil || !mine {
		conn.Release()
		return false, nil, err
	}
	return true, func() {
		limited, stop := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer stop()
		if _, err := conn.Exec(limited, "SELECT pg_catalog.pg_advisory_unlock($1::int4, $2::int4)", guard.TurnClass, guard.TurnKey(column)); err != nil {
			_ = conn.Conn().Close(limited) // gives the lock back too
		}
		conn.Release()
	}, nil
}

// orphaned is how long a job must be running, as the queue believes, before it is looked whether anybody does.
const orphaned = 5 * time.Second

// adopt gives jobs back to the queue whose process has died. River does so by itself, after rescueAfter.
func adopt(ctx context.Context, pool *pgxpool.Pool) error {
	_, err := pool.Exec(ctx, `
		WITH running AS MATERIALIZED (
			SELECT id, ('x' || pg_catalog.left(args->>'column', 8))::bit(32)::int4 AS turn FROM pgseal.river_job
			WHERE kind = $1 AND state = 'running' AND attempted_at < pg_catalog.clock_timestamp() - $2::interval AND args->>'column' ~ '^[0-9a-f]{32}$')
		UPDATE pgseal.river_job j SET state = 'available', scheduled_at = pg_catalog.clock_timestamp()
		FROM running r WHERE j.id = r.id AND j.state = 'running' AND pg_catalog.pg_try_advisory_xact_lock($3::int4, r.turn)`,
		ColumnArgs{}.Kind(), orphaned, guard.TurnClass)
	return err
}

// lost puts work in the queue of whose record nobody has a job any more: one that was ordered in the moment in which the job before it ended, for a job
// that is about to be completed still counts as one; and that of which somebody has deleted the job.
func lost(ctx context.Context, pool *pgxpool.Pool) error {
	rows, err := pool.Query(ctx, `
		SELECT b.column_state FROM pgseal.bulk b WHERE b.status = ANY ($2) AND NOT EXISTS (
			SELECT FROM pgseal.river_job j WHERE j.kind = $1 AND j.args->>'column' = pg_catalog.replace(b.column_state::text, '-', '')
			AND j.state IN ('available', 'pending', 'running', 'retryable', 'scheduled'))`,
		ColumnArgs{}.Kind(), []string{string(pgstore.BulkRunning), string(pgstore.BulkWaiting)})
	if err != nil {
		return err
	}
	columns, err := pgx.CollectRows(rows, pgx.RowTo[[16]byte])
	for _, column := range columns {
		err = errors.Join(err, pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error { return Order(ctx, pool, tx, column) }))
	}
	return err
}
