package bulk

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/proxy/guard"
)

// Inspect finds what has to be known before, and all that a second column would not have of the first.
func (b *Beside) Inspect(ctx context.Context) (in Inspection, err error) {
	if in, err = Inspect(ctx, b.r.o.Pool, b.column.status); err != nil {
		return in, err
	}
	in.Blocking = in.Rules
	indexes, err := b.indexes(ctx, b.r.o.Pool)
	if err != nil {
		return in, err
	}
	in.Blocking = append(in.Blocking, blockingOf(indexes)...)
	for _, k := range b.foreign {
		in.Blocking = append(in.Blocking, fmt.Sprintf("the foreign key %s on %s: tables that refer to each other are converted in one moment, which --route pause does", k.name, k.table))
	}
	found, err := b.obstacles(ctx, b.r.o.Pool)
	in.Blocking = append(in.Blocking, found...)
	return in, err
}

// obstacles are what hangs on the column and is not carried over, and what keeps the table from having a second column.
func (b *Beside) obstacles(ctx context.Context, db guard.Querier) ([]string, error) {
	rows, err := db.Query(ctx, `
		WITH it AS (SELECT a.*, c.relispartition, c.reloftype, c.relreplident FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid WHERE a.attrelid = $1::int8::oid AND a.attnum = $2)
		SELECT DISTINCT pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid) || ' names the column' FROM it JOIN pg_catalog.pg_depend d
			ON d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = it.attrelid AND d.refobjsubid = it.attnum
			WHERE NOT (d.classid = 'pg_catalog.pg_class'::regclass AND EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indexrelid = d.objid))
			AND NOT (d.classid = 'pg_catalog.pg_constraint'::regclass AND EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.oid = d.objid AND k.contype IN ('p', 'u', 'x', 'f', 'n')))
			AND NOT (d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = it.attrelid)
		UNION ALL
		SELECT DISTINCT pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid) || ' rests on the constraint ' || pg_catalog.quote_ident(k.conname)
			FROM it JOIN pg_catalog.pg_constraint k ON k.conrelid = it.attrelid AND k.contype IN ('p', 'u') AND it.attnum = ANY (k.conkey)
			JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_constraint'::regclass AND d.refobjid = k.oid
			WHERE d.classid NOT IN ('pg_catalog.pg_class'::regclass, 'pg_catalog.pg_constraint'::regclass)
		UNION ALL SELECT 'the column has a default' FROM it WHERE it.atthasdef AND it.attgenerated = ''
		UNION ALL SELECT 'the column is an identity, or is computed by the server' FROM it WHERE it.attidentity <> '' OR it.attgenerated <> ''
		UNION ALL SELECT 'privileges were granted on the column' FROM it WHERE it.attacl IS NOT NULL
		UNION ALL SELECT 'its table is a part of another, or of a composite type' FROM it WHERE it.relispartition OR it.reloftype <> 0
			OR EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE h.inhrelid = it.attrelid OR h.inhparent = it.attrelid)
		UNION ALL SELECT 'the publication ' || pg_catalog.quote_ident(p.pubname) || ' publishes its table, and subscribers know of no second column'
			FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_publication_tables p ON p.schemaname = n.nspname AND p.tablename = c.relname
			WHERE c.oid = $1::int8::oid
		UNION ALL SELECT 'the trigger ' || pg_catalog.quote_ident(t.tgname) || ' would fire behind the one that keeps the second column right, and may change values unseen: rename it'
			FROM pg_catalog.pg_trigger t WHERE t.tgrelid = $1::int8::oid AND NOT t.tgisinternal AND t.tgtype & 3 = 3 AND t.tgname::text COLLATE "C" > $3 COLLATE "C" AND t.tgname <> $3
		ORDER BY 1`, int64(b.record.Relation), b.record.Attnum, "~"+b.second.bare())
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// manner is what of the column is carried over beside its indexes.
func (b *Beside) manner(ctx context.Context, db guard.Querier) (attnum int16, notNull bool, comment string, err error) {
	rows, err := db.Query(ctx, `SELECT s.attnum, a.attnotnull, coalesce(pg_catalog.quote_literal(pg_catalog.col_description(a.attrelid, a.attnum)), '')
		FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_attribute s ON s.attrelid = a.attrelid AND s.attname = $3 AND NOT s.attisdropped
		JOIN pg_catalog.pg_trigger t ON t.tgrelid = a.attrelid AND t.tgname = $4 AND t.tgenabled = 'A'
		WHERE a.attrelid = $1::int8::oid AND a.attnum = $2`, int64(b.record.Relation), b.record.Attnum, b.second.bare(), "~"+b.second.bare())
	if err != nil {
		return 0, false, "", err
	}
	_, err = pgx.ForEachRow(rows, []any{&attnum, &notNull, &comment}, func() error { return nil })
	if err == nil && attnum == 0 {
		err = errors.New("the second column or its trigger is not as it was made: pgseal column cancel, then begin anew; nothing has changed")
	}
	return attnum, notNull, comment, err
}
