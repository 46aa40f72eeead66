package bulk

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/proxy/guard"
)

// Inspection is what has to be known before the rows of a column are written.
type Inspection struct {
	Rows     int64    // with their partitions and children, as the server estimates
	Bytes    int64    // of the tables
	Triggers []string // of the application's that fire when the column is updated, with their tables
	Always   []string // those of them that session_replication_role does not keep from firing
	Rules    []string // rewrite rules of updates
	Blocking []string // why it cannot be done in place, for people
}

// Inspect looks at the tables of a column.
func Inspect(ctx context.Context, db guard.Querier, c *guard.ColumnStatus) (in Inspection, err error) {
	all := oids(c.Relations())
	rows, err := db.Query(ctx, `SELECT coalesce(sum(greatest(reltuples, 0)), 0)::int8, coalesce(sum(pg_catalog.pg_table_size(oid)), 0)::int8
		FROM pg_catalog.pg_class WHERE oid = ANY ($1::int8[]::oid[]) AND relkind <> 'p'`, all)
	if err != nil {
		return in, err
	}
	if _, err = pgx.ForEachRow(rows, []any{&in.Rows, &in.Bytes}, func() error { return nil }); err != nil {
		return in, err
	}
	if err := in.triggers(ctx, db, all, c.Name); err != nil {
		return in, err
	}
	err = in.blocking(ctx, db, all, c.Name)
	return in, err
}

// triggers finds row and statement triggers that an UPDATE of the column fires, but for the guard's and those of constraints.
func (in *Inspection) triggers(ctx context.Context, db guard.Querier, relations []int64, column string) error {
	rows, err := db.Query(ctx, `SELECT pg_catalog.quote_ident(t.tgname) || ' on ' || t.tgrelid::pg_catalog.regclass::text, t.tgenabled <> 'O'
		FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_attribute a ON a.attrelid = t.tgrelid AND a.attname = $2
		WHERE t.tgrelid = ANY ($1::int8[]::oid[]) AND NOT t.tgisinternal AND t.tgenabled <> 'D' AND t.tgtype & 16 <> 0
		AND (t.tgattr = '' OR a.attnum = ANY (t.tgattr)) AND pg_catalog.left(t.tgname, $3) <> $4
		AND NOT EXISTS (SELECT FROM pg_catalog.pg_proc p WHERE p.oid = t.tgfoid AND p.pronamespace = pg_catalog.to_regnamespace('pgseal')) ORDER BY 1`, relations, column, len(guard.TriggerPrefix), guard.TriggerPrefix)
	if err != nil {
		return err
	}
	var name string
	var always bool
	_, err = pgx.ForEachRow(rows, []any{&name, &always}, func() error {
		in.Triggers = append(in.Triggers, name)
		if always {
			in.Always = append(in.Always, name)
		}
		return nil
	})
	return err
}

// blocking finds what would not hold while half of the values are sealed, and what would not be written as it is meant.
func (in *Inspection) blocking(ctx context.Context, db guard.Querier, relations []int64, column string) error {
	rows, err := db.Query(ctx, `
		SELECT true, 'the rule ' || pg_catalog.quote_ident(r.rulename) || ' on ' || r.ev_class::pg_catalog.regclass::text || ' rewrites its updates'
		FROM pg_catalog.pg_rewrite r WHERE r.ev_class = ANY ($1::int8[]::oid[]) AND r.ev_type = '2'
		UNION ALL
		SELECT false, 'the unique index ' || i.indexrelid::pg_catalog.regclass::text || ' would not hold while some of its values are sealed and others are not'
		FROM pg_catalog.pg_index i JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attname = $2
		WHERE i.indrelid = ANY ($1::int8[]::oid[]) AND (i.indisunique OR i.indisexclusion) AND a.attnum = ANY (i.indkey)
		UNION ALL
		SELECT false, 'the foreign key ' || pg_catalog.quote_ident(k.conname) || ' on ' || k.conrelid::pg_catalog.regclass::text || ' would not hold while some of its values are sealed and others are not'
		FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_attribute a ON a.attname = $2
		     AND (a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) OR a.attrelid = k.confrelid AND a.attnum = ANY (k.confkey))
		WHERE k.contype = 'f' AND a.attrelid = ANY ($1::int8[]::oid[])
		ORDER BY 2`, relations, column)
	if err != nil {
		return err
	}
	var rule bool
	var text string
	_, err = pgx.ForEachRow(rows, []any{&rule, &text}, func() error {
		if rule {
			in.Rules = append(in.Rules, text)
		}
		in.Blocking = append(in.Blocking, text)
		return nil
	})
	if err != nil {
		return fmt.Errorf("bulk: what depends on the column: %w", err)
	}
	return nil
}
