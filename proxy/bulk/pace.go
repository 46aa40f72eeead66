package bulk

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// pace keeps the work from taking the server to itself: while sessions of others are active, it rests behind each batch for several times as long as
// the batch took. Where nobody else is active there is no rest.
type pace struct {
	looked time.Time
	others bool
	note   string
}

func (p *pace) full() bool { return !p.others }

const (
	lookEvery = 500 * time.Millisecond // between two looks for other sessions
	restShare = 3                      // rest, in lengths of the batch before it
	longRest  = 500 * time.Millisecond
)

// rest waits behind a batch that took a time.
func (p *pace) rest(ctx context.Context, pool *pgxpool.Pool, took time.Duration) error {
	if time.Since(p.looked) >= lookEvery {
		if err := p.look(ctx, pool); err != nil {
			return err
		}
	}
	if !p.others {
		return nil
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(min(restShare*took, longRest)):
		return nil
	}
}

// look asks whether a client of the database, other than pgseal itself, is at work. Of sessions that the control role may not look into it is
// taken for granted, unless they only wait for their client.
func (p *pace) look(ctx context.Context, pool *pgxpool.Pool) error {
	p.looked = time.Now()
	return pool.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_catalog.pg_stat_activity
		WHERE datname = pg_catalog.current_database() AND backend_type = 'client backend' AND application_name <> 'pgseal'
		AND (state IS DISTINCT FROM 'idle' AND (state IS NOT NULL OR wait_event IS DISTINCT FROM 'ClientRead') OR state_change > pg_catalog.clock_timestamp() - $1::interval))`,
		lookEvery).Scan(&p.others)
}
