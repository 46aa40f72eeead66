package census

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// table is what is read in one scan.
type table struct {
	quoted  string
	oid     int64
	size    int64 // bytes, with partitions and children; known when it is counted
	columns []*column
}

// column is one of its columns.
type column struct {
	Column
	armoured bool
	text     string // the expression of its text or bytea
}

const locateQuery = `
	SELECT w.i, c.oid::int8, pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname), pg_catalog.quote_ident(a.attname),
	       t.typcategory = 'S', a.atttypid = 'pg_catalog.bytea'::regtype
	FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY w (s, t, c, i)
	JOIN pg_catalog.pg_namespace n ON n.nspname = w.s
	JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.t AND c.relkind IN ('r', 'p')
	JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = w.c AND a.attnum > 0 AND NOT a.attisdropped
	JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
	ORDER BY w.i`

// locate finds the columns of the records in the catalogue, by the names under which they were last seen, and joins those of one table. A column that is not
// found is one of a table without a name.
func locate(ctx context.Context, db *pgxpool.Pool, records []pgstore.Column) ([]*table, error) {
	var columns []*column
	var schemas, tables, names []string
	for _, r := range records {
		if r.Retired {
			continue
		}
		columns = append(columns, &column{Column: Column{Schema: r.Schema, Table: r.Table, Name: r.Name, State: r.State, Mode: r.Mode, Key: r.Key.ID,
			NotCounted: "there is no such column now; it was renamed or dropped while no proxy looked"}})
		schemas, tables, names = append(schemas, r.Schema), append(tables, r.Table), append(names, r.Name)
	}
	rows, err := db.Query(ctx, locateQuery, schemas, tables, names)
	if err != nil {
		return nil, err
	}
	var all []*table
	byOID := make(map[int64]*table)
	var i, oid int64
	var quoted, name string
	var text, bytea bool
	found := make(map[*column]bool)
	_, err = pgx.ForEachRow(rows, []any{&i, &oid, &quoted, &name, &text, &bytea}, func() error {
		c := columns[i-1]
		found[c] = true
		t := byOID[oid]
		if t == nil {
			t = &table{quoted: quoted, oid: oid}
			byOID[oid], all = t, append(all, t)
		}
		t.columns = append(t.columns, c)
		c.armoured = text
		switch {
		case text:
			c.text, c.NotCounted = "t."+name+"::text", ""
		case bytea:
			c.text, c.NotCounted = "t."+name, ""
		default:
			c.NotCounted = "its type in the database is none that holds sealed values"
		}
		return nil
	})
	for _, c := range columns {
		if !found[c] {
			all = append(all, &table{columns: []*column{c}})
		}
	}
	return all, err
}
