package bulk

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/proxy/guard"
)

// foreignKey is one that leads from or to a column that is converted. It is taken off and made anew, so that the server proves it of the sealed values.
type foreignKey struct {
	name       string // quoted
	table      string // that refers, quoted
	definition string
	comment    string // as a literal; empty: none
	stranger   string // the other column, where that is not converted with it
}

func (k foreignKey) drop() string {
	return fmt.Sprintf("ALTER TABLE %s DROP CONSTRAINT %s", k.table, k.name)
}

func (k foreignKey) add() []string {
	sql := []string{fmt.Sprintf("ALTER TABLE %s ADD CONSTRAINT %s %s", k.table, k.name, k.definition)}
	if k.comment != "" {
		sql = append(sql, fmt.Sprintf("COMMENT ON CONSTRAINT %s ON %s IS %s", k.name, k.table, k.comment))
	}
	return sql
}

// foreignKeys finds them. Those that partitions have from their parent come and go with it.
func foreignKeys(ctx context.Context, db guard.Querier, columns []*guard.ColumnStatus) ([]foreignKey, error) {
	var relations []int64
	var names []string
	for _, c := range columns {
		for _, r := range c.Relations() {
			relations, names = append(relations, int64(r)), append(names, c.Name)
		}
	}
	rows, err := db.Query(ctx, `
		WITH place AS (SELECT a.attrelid, a.attnum FROM unnest($1::int8[], $2::text[]) w (r, c)
			JOIN pg_catalog.pg_attribute a ON a.attrelid = w.r::oid AND a.attname = w.c AND NOT a.attisdropped)
		SELECT pg_catalog.quote_ident(k.conname), pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(t.relname), pg_catalog.pg_get_constraintdef(k.oid),
		       coalesce(pg_catalog.quote_literal(pg_catalog.obj_description(k.oid, 'pg_constraint')), ''),
		       coalesce(max(CASE WHEN f.attrelid IS NULL THEN k.conrelid::pg_catalog.regclass::text || '.' || (SELECT attname FROM pg_catalog.pg_attribute WHERE attrelid = k.conrelid AND attnum = u.f)
		                         WHEN p.attrelid IS NULL THEN k.confrelid::pg_catalog.regclass::text || '.' || (SELECT attname FROM pg_catalog.pg_attribute WHERE attrelid = k.confrelid AND attnum = u.p) END), '')
		FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class t ON t.oid = k.conrelid JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
		CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS u (f, p)
		LEFT JOIN place f ON f.attrelid = k.conrelid AND f.attnum = u.f
		LEFT JOIN place p ON p.attrelid = k.confrelid AND p.attnum = u.p
		WHERE k.contype = 'f' AND k.conparentid = 0 AND (f.attrelid IS NOT NULL OR p.attrelid IS NOT NULL)
		GROUP BY k.oid, k.conname, n.nspname, t.relname ORDER BY 2, 1`, relations, names)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (k foreignKey, err error) {
		err = row.Scan(&k.name, &k.table, &k.definition, &k.comment, &k.stranger)
		return k, err
	})
}
