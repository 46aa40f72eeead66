package guard

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// hasRow tells whether a row of the table, or of its partitions and children,
// meets the condition. It is an error where row-level security hides rows and
// row_security is off.
func hasRow(ctx context.Context, db Querier, l *liveColumn, condition string) (bool, error) {
	return one[bool](ctx, db, rowQuery(l, condition))
}

func rowQuery(l *liveColumn, condition string) string {
	return fmt.Sprintf("SELECT EXISTS (SELECT 1 FROM %s WHERE %s)", l.quotedRelation, condition)
}

// rowsHidden tells whether row-level security hides rows of the table from the
// present role: what it does not see is then no proof.
func rowsHidden(ctx context.Context, db Querier, l *liveColumn) (bool, error) {
	return one[bool](ctx, db, "SELECT pg_catalog.row_security_active($1::int8::oid)", int64(l.relation))
}

// sizeOf is the size of the table with its partitions and children, in bytes.
// Deleted rows count until they are vacuumed.
func sizeOf(ctx context.Context, db Querier, l *liveColumn) (int64, error) {
	return one[int64](ctx, db, `
		WITH RECURSIVE t (relation) AS (
			SELECT $1::int8::oid UNION SELECT i.inhrelid FROM t JOIN pg_catalog.pg_inherits i ON i.inhparent = t.relation)
		SELECT coalesce(sum(pg_catalog.pg_relation_size(relation)), 0)::int8 FROM t`, int64(l.relation))
}

// anyRow tells whether the table has rows, by its size where they may be hidden.
func anyRow(ctx context.Context, db Querier, l *liveColumn) (bool, error) {
	hidden, err := rowsHidden(ctx, db, l)
	if err != nil {
		return false, err
	}
	if hidden {
		size, err := sizeOf(ctx, db, l)
		return size > 0, err
	}
	return hasRow(ctx, db, l, "true")
}

func one[T any](ctx context.Context, db Querier, sql string, args ...any) (T, error) {
	rows, err := db.Query(ctx, sql, args...)
	if err != nil {
		var zero T
		return zero, err
	}
	return pgx.CollectExactlyOneRow(rows, pgx.RowTo[T])
}
