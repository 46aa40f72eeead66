package bulk

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/proxy/guard"
)

// leaf is a table with rows: the column's own, a partition of it, or a child.
type leaf struct {
	relation uint32
	kind     byte     // pg_class.relkind
	name     string   // schema and table, quoted
	column   string   // quoted
	bytes    bool     // the column is bytea, else text
	second   *second  // where sealed values are gathered beside the column; nil: in it
	tenant   string   // quoted name of the column that says whose row it is; empty: they are all one tenant's
	key      []string // columns of the primary key, quoted; empty: the rows are gone through by their place
	keyTypes []string // as casts name them
}

// leaves are the tables that the rows of a column lie in, in an order that stays.
func leaves(ctx context.Context, db guard.Querier, c *guard.ColumnStatus, tenantColumn string) ([]*leaf, error) {
	rows, err := db.Query(ctx, `
		SELECT c.oid::int8, c.relkind::text, pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname), pg_catalog.quote_ident($2),
		       CASE WHEN $3 = '' THEN '' ELSE pg_catalog.quote_ident($3) END, coalesce(k.names, '{}'), coalesce(k.types, '{}')
		FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		LEFT JOIN LATERAL (
			SELECT array_agg(pg_catalog.quote_ident(a.attname) ORDER BY p.n) AS names, array_agg(pg_catalog.format_type(a.atttypid, a.atttypmod) ORDER BY p.n) AS types
			FROM pg_catalog.pg_index i, unnest(i.indkey[0:i.indnkeyatts - 1], i.indclass[0:i.indnkeyatts - 1]) WITH ORDINALITY AS p (attnum, opclass, n)
			JOIN pg_catalog.pg_attribute a ON a.attnum = p.attnum
			JOIN pg_catalog.pg_opclass o ON o.oid = p.opclass
			WHERE i.indrelid = c.oid AND a.attrelid = c.oid AND i.indisprimary AND i.indisvalid
			HAVING bool_and(o.opcnamespace = 'pg_catalog'::pg_catalog.regnamespace)
		) AS k ON true
		WHERE c.oid = ANY ($1::int8[]::oid[]) AND c.relkind <> 'p' ORDER BY c.oid`, oids(c.Relations()), c.Name, tenantColumn)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (*leaf, error) {
		l := &leaf{bytes: !c.Armoured()}
		var relation int64
		var kind string
		err := row.Scan(&relation, &kind, &l.name, &l.column, &l.tenant, &l.key, &l.keyTypes)
		if l.relation = uint32(relation); kind != "" {
			l.kind = kind[0]
		}
		return l, err
	})
}

func oids(relations []uint32) []int64 {
	var all []int64
	for _, r := range relations {
		all = append(all, int64(r))
	}
	return all
}

// output are the columns of a read: place, version, value, tenant, key.
func (l *leaf) output() string {
	tenant := "NULL::text"
	if l.tenant != "" {
		tenant = "t." + l.tenant + "::text"
	}
	stored := "t." + l.column + "::text"
	if l.second != nil {
		stored = l.second.pair(l.column)
	}
	out := fmt.Sprintf("t.ctid::text, t.xmin::text, %s, %s", stored, tenant)
	for _, k := range l.key {
		out += ", t." + k + "::text"
	}
	return out
}

// keyColumns are the key's columns of the table t: a bare name in ORDER BY would be the column of the output, which is text.
func (l *leaf) keyColumns() string { return "t." + strings.Join(l.key, ", t.") }

// readByKey reads the rows behind a key, $1 of them. The key's values are $2 and on. Rows without a value are among them: where nearly all are such, a
// batch would else be a scan of the whole table.
func (l *leaf) readByKey(first bool) string {
	behind := ""
	if !first {
		var params []string
		for i, t := range l.keyTypes {
			params = append(params, fmt.Sprintf("$%d::text::%s", i+2, t))
		}
		behind = fmt.Sprintf(" WHERE (%s) > (%s)", l.keyColumns(), strings.Join(params, ", "))
	}
	return fmt.Sprintf("SELECT %s FROM ONLY %s AS t%s ORDER BY %s LIMIT $1", l.output(), l.name, behind, l.keyColumns())
}

// readByPlace reads the rows of the blocks from $1 to before $2, and whether a transaction that is not older than $3 has written them. Before 14 the
// server has no scan of a range of places; there each place is named.
func (l *leaf) readByPlace(ranges bool) string {
	where := "t.ctid >= ('(' || $1::bigint || ',0)')::tid AND t.ctid < ('(' || $2::bigint || ',0)')::tid"
	if !ranges {
		where = fmt.Sprintf("t.ctid = ANY (ARRAY(SELECT ('(' || b || ',' || i || ')')::tid FROM generate_series($1::bigint, $2::bigint - 1) b, generate_series(1, %d) i))",
			placesOfBlock)
	}
	return fmt.Sprintf("SELECT %s, (pg_catalog.age(t.xmin) <= pg_catalog.age($3::text::xid))::text FROM ONLY %s AS t WHERE t.%s IS NOT NULL AND %s",
		l.output(), l.name, l.column, where)
}

// placesOfBlock is MaxHeapTuplesPerPage of a block of 8 KiB.
const placesOfBlock = 291

// write puts sealed values in the place of those that were read, where the row is
// still the same version.
func (l *leaf) write() string {
	sealed := "v.sealed"
	if l.bytes {
		sealed = "v.sealed::bytea"
	}
	return fmt.Sprintf(`UPDATE ONLY %s AS t SET %s = %s FROM unnest($1::text[], $2::text[], $3::text[]) AS v (place, version, sealed)
		WHERE t.ctid = v.place::tid AND t.xmin = v.version::xid`, l.name, l.target(), sealed)
}

// target is the column that is written.
func (l *leaf) target() string {
	if l.second != nil {
		return l.second.name
	}
	return l.column
}

// free gives those places of $1 whose rows nobody has locked, locked now.
func (l *leaf) free() string {
	return fmt.Sprintf("SELECT ctid::text FROM ONLY %s WHERE ctid = ANY ($1::text[]::tid[]) FOR UPDATE SKIP LOCKED", l.name)
}
