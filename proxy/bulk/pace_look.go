package bulk

import (
	"context"
	"time"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// Times tells how long statements of applications take; a running proxy knows of its own.
type Times interface {
	// Ask has them measured until the answer is called.
	Ask() (enough func())
	// Read gives how many took how long, ever, by slots.
	Read() []int64
	// Limit is how long statements of a slot took at most.
	Limit(slot int) time.Duration
}

// paceOf is the pace of a column's work, kept from one stretch to the next.
func (r *Runner) paceOf(column [16]byte, bounds Pace) *pace {
	r.mu.Lock()
	defer r.mu.Unlock()
	p := r.paces[column]
	if p == nil {
		p = &pace{level: 1}
		if r.o.Times != nil {
			p.limit = r.o.Times.Limit
		}
		r.paces[column] = p
	}
	p.bounds = bounds
	return p
}

// yield lets others go first behind a batch that took a time. It returns when the work may go on, when it has to end, and where somebody leaves.
func (s *stretch) yield(ctx context.Context, took time.Duration, until time.Time, leaving <-chan struct{}) error {
	if time.Since(s.pace.last.at) >= lookEvery {
		if err := s.read(ctx); err != nil {
			return err
		}
	}
	for s.pace.hold != "" && time.Now().Before(until) {
		s.ahead.drop(ctx)
		if err := s.say(ctx); err != nil {
			return err
		}
		if left, err := wait(ctx, lookEvery, leaving); left || err != nil {
			return err
		}
		if err := s.read(ctx); err != nil {
			return err
		}
	}
	if rest := s.pace.rest(took); rest > 0 && s.pace.hold == "" {
		s.ahead.drop(ctx)
		_, err := wait(ctx, rest, leaving)
		return err
	}
	return nil
}

// wait tells whether somebody left meanwhile.
func wait(ctx context.Context, d time.Duration, leaving <-chan struct{}) (left bool, err error) {
	select {
	case <-ctx.Done():
		return true, ctx.Err()
	case <-leaving:
		return true, nil
	case <-time.After(d):
		return false, nil
	}
}

// sayEvery is how often the record says anew why the work rests.
const sayEvery = 2 * time.Second

// say notes in the record why the work rests. Batches note it by themselves.
func (s *stretch) say(ctx context.Context) error {
	if s.bulk.Reason == s.pace.hold || s.bulk.Reason != "" && time.Since(s.said) < sayEvery {
		return nil
	}
	next := *s.bulk
	next.Status, next.Code, next.Reason = pgstore.BulkRunning, "", s.pace.hold
	tx, err := s.o.Pool.Begin(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }() // nothing, where it was committed
	if err := s.o.Store.SaveBulk(ctx, tx, &next); err != nil {
		return err
	}
	if err := tx.Commit(ctx); err != nil {
		return err
	}
	s.bulk, s.said = &next, time.Now()
	return nil
}

// read looks at the server. Whether a client of the database, other than pgseal itself, is at work: of sessions that the control role may not look into it
// is taken for granted, unless they only wait for their client.
func (s *stretch) read(ctx context.Context) error {
	r := reading{}
	var lag float64
	var live, dead int64
	relations := make([]int64, 0, len(s.leaves))
	for _, l := range s.leaves {
		relations = append(relations, int64(l.relation))
	}
	err := s.o.Pool.QueryRow(ctx, `
		SELECT a.others, a.active, (pg_catalog.pg_current_wal_lsn() - '0/0'::pg_lsn)::int8, r.lag, r.bytes, r.hidden, d.live, d.dead
		FROM (SELECT coalesce(bool_or(state IS DISTINCT FROM 'idle' AND (state IS NOT NULL OR wait_event IS DISTINCT FROM 'ClientRead')
		             OR state_change > pg_catalog.clock_timestamp() - $1::interval), false) AS others, count(*) FILTER (WHERE state = 'active') AS active
		      FROM pg_catalog.pg_stat_activity WHERE datname = pg_catalog.current_database() AND backend_type = 'client backend' AND application_name <> 'pgseal') AS a,
		     (SELECT coalesce(extract(epoch FROM max(replay_lag)), 0)::float8 AS lag,
		             coalesce(max(pg_catalog.pg_current_wal_lsn() - replay_lsn), 0)::int8 AS bytes, coalesce(bool_or(state IS NULL), false) AS hidden
		      FROM pg_catalog.pg_stat_replication) AS r,
		     (SELECT coalesce(sum(pg_catalog.pg_stat_get_live_tuples(o)), 0)::int8 AS live, coalesce(sum(pg_catalog.pg_stat_get_dead_tuples(o)), 0)::int8 AS dead
		      FROM unnest($2::int8[]::oid[]) AS o) AS d`, lookEvery, relations).
		Scan(&r.others, &r.active, &r.wal, &lag, &r.lagBytes, &r.hidden, &live, &dead)
	if err != nil {
		return err
	}
	r.at, r.lag = time.Now(), time.Duration(lag*float64(time.Second))
	if dead > 0 {
		r.dead = float64(dead) / float64(live+dead)
	}
	if s.o.Times != nil {
		r.times = s.o.Times.Read()
	}
	s.pace.judge(r)
	return nil
}
