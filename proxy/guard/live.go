package guard

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// Querier is what a pool, a connection and a transaction have in common.
type Querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// liveColumn is a column as the catalogue has it now.
type liveColumn struct {
	Schema, Table, Name string
	relation            uint32
	attnum              int16
	kind                byte   // pg_class.relkind
	typeOID             uint32 // of a domain, what it stands for
	typmod              int32
	typeName            string // for people
	domain              bool
	constraint          string // of the domain, if it has one
	citext              bool
	owned               bool // the present role may do what the table's owner may
	quotedRelation      string
	quotedName          string
}

const liveQuery = `
	SELECT n.nspname::text, c.relname::text, a.attname::text, c.oid::int8, a.attnum, c.relkind::text, coalesce(d.base, a.atttypid)::int8, coalesce(d.typmod, a.atttypmod),
	       pg_catalog.format_type(a.atttypid, a.atttypmod), d.base IS NOT NULL, coalesce(d.reason, ''), t.typname = 'citext', pg_catalog.pg_has_role(c.relowner, 'USAGE'),
	       pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname), pg_catalog.quote_ident(a.attname)
	FROM pg_catalog.pg_class c
	JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
	JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
	JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
	LEFT JOIN LATERAL (
		WITH RECURSIVE chain AS (
			SELECT t.oid, t.typbasetype AS base, t.typtypmod AS typmod, t.typnotnull AS filled, 1 AS depth WHERE t.typtype = 'd'
			UNION ALL
			SELECT b.oid, b.typbasetype, b.typtypmod, b.typnotnull, chain.depth + 1 FROM chain JOIN pg_catalog.pg_type b ON b.oid = chain.base WHERE b.typtype = 'd'
		)
		SELECT chain.base, chain.typmod, coalesce((SELECT min(k.conname::text) FROM chain o JOIN pg_catalog.pg_constraint k ON k.contypid = o.oid WHERE k.contype = 'c'),
			(SELECT 'NOT NULL' FROM chain o WHERE o.filled LIMIT 1)) AS reason
		FROM chain ORDER BY chain.depth DESC LIMIT 1
	) AS d ON true `

func readLive(ctx context.Context, db Querier, where string, args ...any) ([]*liveColumn, error) {
	rows, err := db.Query(ctx, liveQuery+where, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (*liveColumn, error) {
		l := &liveColumn{}
		var relation, typeOID int64
		var kind string
		err := row.Scan(&l.Schema, &l.Table, &l.Name, &relation, &l.attnum, &kind, &typeOID, &l.typmod, &l.typeName, &l.domain, &l.constraint, &l.citext, &l.owned,
			&l.quotedRelation, &l.quotedName)
		l.relation, l.typeOID = uint32(relation), uint32(typeOID)
		if kind != "" {
			l.kind = kind[0]
		}
		return l, err
	})
}

// place is where a column is, by numbers.
type place struct {
	relation uint32
	attnum   int16
}

// live is what the catalogue says about the policy's columns and about those
// that the store's records point to.
type live struct {
	origin  string // the database in which places mean what they say
	byName  map[[3]string]*liveColumn
	byPlace map[place]*liveColumn
}

// loadLive looks up the listed columns by name and the recorded ones by place.
func loadLive(ctx context.Context, db Querier, columns []Column, records []pgstore.Column) (*live, error) {
	l := &live{byName: make(map[[3]string]*liveColumn), byPlace: make(map[place]*liveColumn)}
	var err error
	if l.origin, err = origin(ctx, db); err != nil {
		return nil, err
	}
	var schemas, tables, names []string
	for _, c := range columns {
		schemas, tables, names = append(schemas, c.Schema), append(tables, c.Table), append(names, c.Name)
	}
	var relations []int64
	for _, r := range records {
		if r.Origin == l.origin {
			relations = append(relations, int64(r.Relation))
		}
	}
	found, err := readLive(ctx, db, `WHERE c.relkind IN ('r', 'p', 'f') AND (c.oid = ANY ($4::int8[]::oid[])
		OR (n.nspname, c.relname, a.attname) IN (SELECT s, t, c FROM unnest($1::text[], $2::text[], $3::text[]) w (s, t, c)))`,
		schemas, tables, names, relations)
	if err != nil {
		return nil, err
	}
	for _, c := range found {
		l.byName[[3]string{c.Schema, c.Table, c.Name}] = c
		l.byPlace[place{c.relation, c.attnum}] = c
	}
	return l, nil
}

// of gives the column that a record points to, if that is still there.
func (l *live) of(r *pgstore.Column) *liveColumn {
	if r.Origin != l.origin {
		return nil
	}
	return l.byPlace[place{r.Relation, r.Attnum}]
}

// second gives the second column beside the one that a record points to, if there is one.
func (l *live) second(r *pgstore.Column) *liveColumn {
	if of := l.of(r); of != nil {
		return l.byName[[3]string{of.Schema, of.Table, SecondColumn(r.ID)}]
	}
	return nil
}

// origin names the database itself: after a dump was restored elsewhere, or
// into a new database, OIDs mean nothing.
func origin(ctx context.Context, db Querier) (string, error) {
	database, err := one[string](ctx, db, "SELECT oid::text FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()")
	if err != nil {
		return "", err
	}
	may, err := one[bool](ctx, db, "SELECT pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE')")
	if err != nil || !may {
		return "/" + database, err
	}
	system, err := one[string](ctx, db, "SELECT system_identifier::text FROM pg_catalog.pg_control_system()")
	return fmt.Sprintf("%s/%s", system, database), err
}
