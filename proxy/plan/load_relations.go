package plan

import (
	"context"
	"slices"

	"github.com/legatics/pgseal/policy"
)

// relations finds the named relations and all their descendants.
func (l *loader) relations(ctx context.Context) error {
	schemas, names := make([]string, len(l.names)), make([]string, len(l.names))
	for i, n := range l.names {
		schemas[i], names[i] = n.Schema, n.Name
	}
	var oid uint32
	var name policy.TableName
	var kind string
	var partition bool
	return l.each(ctx, `
WITH RECURSIVE tree(oid) AS (
	SELECT c.oid
	FROM unnest($1::name[], $2::name[]) AS asked(schema, name)
	JOIN pg_catalog.pg_namespace n ON n.nspname = asked.schema
	JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = asked.name
	UNION
	SELECT i.inhrelid FROM tree JOIN pg_catalog.pg_inherits i ON i.inhparent = tree.oid
)
SELECT c.oid, n.nspname::text, c.relname::text, c.relkind::text, c.relispartition
FROM tree JOIN pg_catalog.pg_class c ON c.oid = tree.oid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
ORDER BY n.nspname, c.relname`,
		[]any{schemas, names}, []any{&oid, &name.Schema, &name.Name, &kind, &partition}, func() error {
			r := &policy.Relation{OID: oid, Name: name, Kind: kind[0], Partition: partition}
			l.db.Relations = append(l.db.Relations, r)
			l.byOID[oid] = r
			l.oids = append(l.oids, oid)
			return nil
		})
}

// parents links the relations; a parent may be one that was not asked for.
func (l *loader) parents(ctx context.Context) error {
	var child, parent uint32
	var name policy.TableName
	return l.each(ctx, `
SELECT i.inhrelid, i.inhparent, n.nspname::text, c.relname::text
FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhparent JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE i.inhrelid = ANY($1) ORDER BY i.inhrelid, i.inhseqno`,
		[]any{l.oids}, []any{&child, &parent, &name.Schema, &name.Name}, func() error {
			r := l.byOID[child]
			r.Parents = append(r.Parents, name)
			if p := l.byOID[parent]; p != nil {
				p.Children = append(p.Children, r.Name)
			}
			return nil
		})
}

// columns reads the columns of the relations.
func (l *loader) columns(ctx context.Context) error {
	return l.columnsOf(ctx, l.oids, func(oid uint32, c policy.LiveColumn) {
		r := l.byOID[oid]
		r.Columns = append(r.Columns, c)
	})
}

// dependentColumns reads the columns of the views and tables outside.
func (l *loader) dependentColumns(ctx context.Context) error {
	if len(l.db.Dependents) == 0 {
		return nil
	}
	byOID := make(map[uint32][]policy.LiveColumn)
	oids := make([]uint32, len(l.db.Dependents))
	for i, d := range l.db.Dependents {
		oids[i] = d.OID
	}
	err := l.columnsOf(ctx, oids, func(oid uint32, c policy.LiveColumn) { byOID[oid] = append(byOID[oid], c) })
	for _, d := range l.db.Dependents {
		d.Columns = byOID[d.OID]
	}
	return err
}

func (l *loader) columnsOf(ctx context.Context, oids []uint32, take func(uint32, policy.LiveColumn)) error {
	var oid uint32
	var c policy.LiveColumn
	var kind string
	return l.each(ctx, `
SELECT a.attrelid, a.attname::text, a.attnum, pg_catalog.format_type(a.atttypid, a.atttypmod), a.atttypid, a.atttypmod, t.typtype::text,
	a.attgenerated = '' AND (a.atthasdef OR t.typdefault IS NOT NULL), a.attgenerated <> '', a.attidentity <> '', coalesce(NOT k.collisdeterministic, false)
FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid LEFT JOIN pg_catalog.pg_collation k ON k.oid = a.attcollation
WHERE a.attrelid = ANY($1) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum`,
		[]any{oids}, []any{&oid, &c.Name, &c.Attnum, &c.Type, &c.TypeOID, &c.Typmod, &kind, &c.HasDefault, &c.Generated, &c.Identity, &c.LooseCollation}, func() error {
			c.Kind = kind[0]
			take(oid, c)
			return nil
		})
}

// candidates reads the names of all tables where one that was asked for does not exist, for the nearest name.
func (l *loader) candidates(ctx context.Context) error {
	found := make(map[policy.TableName]bool, len(l.db.Relations))
	for _, r := range l.db.Relations {
		found[r.Name] = true
	}
	if !slices.ContainsFunc(l.names, func(n policy.TableName) bool { return !found[n] }) {
		return nil
	}
	var name policy.TableName
	return l.each(ctx, `
SELECT n.nspname::text, c.relname::text
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'pgseal')
ORDER BY 1, 2 LIMIT 20000`, nil, []any{&name.Schema, &name.Name}, func() error {
		l.db.Names = append(l.db.Names, name)
		return nil
	})
}
