package guard

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// Traces names the columns whose tables still have the CHECK of a guard, as schema.table: constraint. In a database without a store they tell that there was
// one, and that sealed values may be there which a new store would never open.
func Traces(ctx context.Context, db Querier) ([]string, error) {
	rows, err := db.Query(ctx, `SELECT n.nspname || '.' || c.relname || ': ' || k.conname
		FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		WHERE k.contype = 'c' AND k.conparentid = 0 AND pg_catalog.starts_with(k.conname::text, $1) ORDER BY 1`, checkPrefix)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}
