package bulk

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/proxy/guard"
)

// Inspect finds what has to be known before, of all columns: how much there is, the triggers that fire, and what stands in the way.
func (s *Swap) Inspect(ctx context.Context) (all Inspection, err error) {
	for _, t := range s.tables {
		for i, c := range t.columns {
			in, err := Inspect(ctx, s.r.o.Pool, c.status)
			if err != nil {
				return all, err
			}
			if i == 0 {
				all.Rows, all.Bytes = all.Rows+in.Rows, all.Bytes+in.Bytes
			}
			if !t.rewritten() {
				all.Triggers, all.Always = append(all.Triggers, in.Triggers...), append(all.Always, in.Always...)
				all.Blocking = append(all.Blocking, in.Rules...)
			}
			found, err := s.blocking(ctx, c)
			if err != nil {
				return all, err
			}
			all.Blocking = append(all.Blocking, found...)
		}
	}
	for _, k := range s.foreign {
		if k.stranger != "" {
			all.Blocking = append(all.Blocking, fmt.Sprintf("the foreign key %s on %s leads from or to %s, which is not converted with it: list both with one domain", k.name, k.table, k.stranger))
		}
	}
	return all, nil
}

// blocking finds what keeps a column from getting another type, and parts on other servers.
func (s *Swap) blocking(ctx context.Context, c *swapColumn) ([]string, error) {
	var found []string
	for _, l := range c.leaves {
		if l.kind != 'r' {
			found = append(found, "a part of the table lies on another server: "+l.name)
		}
	}
	if c.how.Rewrite == "" && c.how.Change == "" {
		return found, nil
	}
	rows, err := s.r.o.Pool.Query(ctx, `
		SELECT DISTINCT coalesce(
			(SELECT CASE v.relkind WHEN 'v' THEN 'the view ' WHEN 'm' THEN 'the materialized view ' ELSE 'a rule of ' END || r.ev_class::pg_catalog.regclass::text
				FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class v ON v.oid = r.ev_class WHERE d.classid = 'pg_catalog.pg_rewrite'::regclass AND r.oid = d.objid),
			(SELECT 'the trigger ' || pg_catalog.quote_ident(t.tgname) || ' on ' || t.tgrelid::pg_catalog.regclass::text
				FROM pg_catalog.pg_trigger t WHERE d.classid = 'pg_catalog.pg_trigger'::regclass AND t.oid = d.objid AND NOT t.tgisinternal AND pg_catalog.left(t.tgname, $3) <> $4)) || ' names the column, whose type changes'
		FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
		WHERE d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = ANY ($1::int8[]::oid[]) AND a.attname = $2
		AND d.classid IN ('pg_catalog.pg_rewrite'::regclass, 'pg_catalog.pg_trigger'::regclass) ORDER BY 1`, oids(c.status.Relations()), c.status.Name,
		len(guard.TriggerPrefix), guard.TriggerPrefix)
	if err != nil {
		return nil, err
	}
	texts, err := pgx.CollectRows(rows, pgx.RowTo[*string])
	for _, t := range texts {
		if t != nil {
			found = append(found, *t)
		}
	}
	return found, err
}
