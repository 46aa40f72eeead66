package guard

import (
	"context"

	"github.com/legatics/pgseal/crypto"
)

// PlainStatistics counts the values that the server keeps of a column for its
// planner, most common ones and those of the histogram, and that the store has not
// sealed. What row-level security hides from the present role is not seen.
func PlainStatistics(ctx context.Context, db Querier, tag crypto.StoreTag, armoured bool, relation uint32, column string) (int64, error) {
	element := "v"
	if !armoured {
		element = "(v)::bytea"
	}
	return one[int64](ctx, db, `
		SELECT count(*) FROM pg_catalog.pg_stats s
			JOIN pg_catalog.pg_namespace n ON n.nspname = s.schemaname JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.tablename,
			unnest(coalesce(s.most_common_vals::text::text[], '{}') || coalesce(s.histogram_bounds::text::text[], '{}')) AS v
		WHERE c.oid = $1::int8::oid AND s.attname = $2 AND NOT `+Sealed(tag, armoured, element), int64(relation), column)
}
