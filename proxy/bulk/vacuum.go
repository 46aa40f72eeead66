package bulk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/proxy/guard"
)

// Vacuum is what becomes of the dead rows that work leaves: one for each value.
type Vacuum struct {
	Live, Dead int64
	Trigger    float64   // share of dead rows at which autovacuum begins, of the largest part of the table; 0: it does not
	Last       time.Time // the last VACUUM of a part of the table; zero: never, as far as is known
	Holders    []string  // what keeps VACUUM from removing anything that died lately
}

// Share is the share of the rows that are dead.
func (v *Vacuum) Share() float64 {
	if v.Dead == 0 {
		return 0
	}
	return float64(v.Dead) / float64(v.Live+v.Dead)
}

// LookVacuum looks at a column's table, its partitions and children.
func LookVacuum(ctx context.Context, db guard.Querier, c *guard.ColumnStatus) (v Vacuum, err error) {
	rows, err := db.Query(ctx, `
		WITH t AS (
			SELECT c.oid, greatest(c.reltuples, 0) AS n, pg_catalog.pg_stat_get_live_tuples(c.oid) AS live, pg_catalog.pg_stat_get_dead_tuples(c.oid) AS dead,
			       greatest(pg_catalog.pg_stat_get_last_autovacuum_time(c.oid), pg_catalog.pg_stat_get_last_vacuum_time(c.oid)) AS last,
			       coalesce((SELECT option_value::bool FROM pg_catalog.pg_options_to_table(c.reloptions) WHERE option_name = 'autovacuum_enabled'), true)
			         AND pg_catalog.current_setting('autovacuum')::bool AND pg_catalog.current_setting('track_counts')::bool AS auto,
			       coalesce((SELECT option_value::float8 FROM pg_catalog.pg_options_to_table(c.reloptions) WHERE option_name = 'autovacuum_vacuum_scale_factor'),
			         pg_catalog.current_setting('autovacuum_vacuum_scale_factor')::float8) AS factor,
			       coalesce((SELECT option_value::float8 FROM pg_catalog.pg_options_to_table(c.reloptions) WHERE option_name = 'autovacuum_vacuum_threshold'),
			         pg_catalog.current_setting('autovacuum_vacuum_threshold')::float8) AS threshold
			FROM pg_catalog.pg_class c WHERE c.oid = ANY ($1::int8[]::oid[]) AND c.relkind IN ('r', 'm'))
		SELECT coalesce(sum(live), 0)::int8, coalesce(sum(dead), 0)::int8, max(last),
		       coalesce((SELECT CASE WHEN auto THEN (threshold + factor * n) / greatest(n + threshold + factor * n, 1) ELSE 0 END FROM t ORDER BY n DESC LIMIT 1), 0)::float8
		FROM t`, oids(c.Relations()))
	if err != nil {
		return v, err
	}
	var last *time.Time
	if _, err = pgx.ForEachRow(rows, []any{&v.Live, &v.Dead, &last, &v.Trigger}, func() error { return nil }); err != nil {
		return v, err
	}
	if last != nil {
		v.Last = *last
	}
	v.Holders, err = holders(ctx, db)
	return v, err
}

// holding is how long a transaction must have been open to be named.
const holding = time.Minute

// holders are what keeps rows that died since then from being removed.
func holders(ctx context.Context, db guard.Querier) ([]string, error) {
	rows, err := db.Query(ctx, `
		SELECT 'session ' || pid || coalesce(' of ' || usename, '') || ': a transaction is open since ' || pg_catalog.date_trunc('second', xact_start)
		FROM pg_catalog.pg_stat_activity WHERE (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL) AND xact_start < pg_catalog.clock_timestamp() - $1::interval
		  AND (datname = pg_catalog.current_database() OR backend_type = 'walsender') AND backend_type <> 'autovacuum worker'
		UNION ALL
		SELECT 'the prepared transaction ' || pg_catalog.quote_literal(gid) || ' waits since ' || pg_catalog.date_trunc('second', prepared)
		FROM pg_catalog.pg_prepared_xacts WHERE database = pg_catalog.current_database()
		UNION ALL
		SELECT 'the replication slot ' || pg_catalog.quote_ident(slot_name) || ' holds transactions that are ' || pg_catalog.age(xmin) || ' back'
		FROM pg_catalog.pg_replication_slots WHERE pg_catalog.age(xmin) > 10000
		ORDER BY 1`, holding)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// Observable tells what stands against bounds that were asked for: what the control role may not see, and what would make the work rest for good.
func (p Pace) Observable(ctx context.Context, db guard.Querier, c *guard.ColumnStatus) error {
	if p.MaxLoad > 0 || p.MaxLag > 0 || p.MaxBytes > 0 {
		rows, err := db.Query(ctx, "SELECT pg_catalog.pg_has_role(current_user, 'pg_read_all_stats', 'USAGE'), current_user::text")
		if err != nil {
			return err
		}
		var may bool
		var role string
		if _, err := pgx.ForEachRow(rows, []any{&may, &role}, func() error { return nil }); err != nil {
			return err
		}
		if !may {
			return fmt.Errorf("the control role may not see other sessions and replicas, so that no bound can be held that depends on them: GRANT pg_read_all_stats TO %s", role)
		}
	}
	if p.MaxDead == 0 {
		return nil
	}
	v, err := LookVacuum(ctx, db, c)
	switch {
	case err != nil:
		return err
	case v.Trigger == 0:
		return errors.New("autovacuum does not look after the table: the work would rest for good once the bound of dead rows is reached; enable it, or leave the bound out")
	case v.Trigger >= p.MaxDead:
		return fmt.Errorf("autovacuum begins when %.2f of the rows are dead: with a bound of %.2f the work would rest for good; "+
			"set autovacuum_vacuum_scale_factor of the table lower, or the bound higher", v.Trigger, p.MaxDead)
	}
	return nil
}
