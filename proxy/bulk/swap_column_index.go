package bulk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	pg_query "github.com/pganalyze/pg_query_go/v6"

	"github.com/legatics/pgseal/proxy/guard"
)

// indexes finds those on the column.
func (b *Beside) indexes(ctx context.Context, db guard.Querier) ([]indexOn, error) {
	rows, err := db.Query(ctx, `
		SELECT c.relname::text, n.nspname::text, i.indexrelid::int8, pg_catalog.pg_get_indexdef(i.indexrelid), coalesce(k.contype::text, ''), coalesce(k.condeferrable, false), coalesce(k.condeferred, false),
		       coalesce(pg_catalog.quote_literal(CASE WHEN k.oid IS NULL THEN pg_catalog.obj_description(c.oid, 'pg_class') ELSE pg_catalog.obj_description(k.oid, 'pg_constraint') END), ''),
		       am.amname::text, i.indisreplident, i.indisclustered, pg_catalog.array_position(i.indkey::int2[], $2::int2) IS NULL
		FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_am am ON am.oid = c.relam
		LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')
		WHERE i.indrelid = $1::int8::oid AND pg_catalog.left(c.relname, 7) <> 'pgseal_' AND ($2::int2 = ANY (i.indkey) OR EXISTS (SELECT FROM pg_catalog.pg_depend d
			WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = i.indexrelid AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = i.indrelid AND d.refobjsubid = $2))
		ORDER BY i.indexrelid`, int64(b.record.Relation), b.record.Attnum)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (i indexOn, err error) {
		var oid int64
		var definition, kind, method string
		var deferrable, deferred, identity, clustered, inExpression bool
		if err := row.Scan(&i.name, &i.schema, &oid, &definition, &kind, &deferrable, &deferred, &i.comment, &method, &identity, &clustered, &inExpression); err != nil {
			return i, err
		}
		i.twin = fmt.Sprintf("%s_%d", b.second.bare(), oid)
		i.constraint = map[string]string{"p": "PRIMARY KEY", "u": "UNIQUE"}[kind]
		switch {
		case deferred:
			i.deferral = "DEFERRABLE INITIALLY DEFERRED"
		case deferrable:
			i.deferral = "DEFERRABLE"
		}
		what := "the index " + quoted(i.schema, i.name)
		switch {
		case kind == "x":
			i.blocking = "the exclusion constraint " + quoted(i.name) + " is not made anew for a second column"
		case inExpression:
			i.blocking = what + " is over an expression of the column"
		case method != "btree" && method != "hash":
			i.blocking = what + " is of the kind " + method + ", which is of no use on sealed values"
		case identity:
			i.blocking = what + " is the table's replica identity"
		case clustered:
			i.blocking = what + " is what the table is clustered by (ALTER TABLE ... SET WITHOUT CLUSTER)"
		default:
			if i.create, err = b.twinOf(definition, i.twin); err != nil {
				i.blocking = what + ": " + err.Error()
			}
		}
		return i, nil
	})
}

// twinOf is the definition of an index with the second column in the place of the first.
func (b *Beside) twinOf(definition, name string) (string, error) {
	tree, err := pg_query.Parse(definition)
	if err != nil || len(tree.Stmts) != 1 || tree.Stmts[0].Stmt.GetIndexStmt() == nil {
		return "", errors.New("its definition is not understood")
	}
	s := tree.Stmts[0].Stmt.GetIndexStmt()
	s.Idxname, s.Concurrent, s.IfNotExists = name, true, true
	for _, list := range [][]*pg_query.Node{s.IndexParams, s.IndexIncludingParams} {
		for _, n := range list {
			if e := n.GetIndexElem(); e != nil && e.Name == b.record.Name { // classes of operators and collations are the former type's
				e.Name, e.Opclass, e.Opclassopts, e.Collation = b.second.bare(), nil, nil, nil
			} else if e != nil && e.Expr != nil && strings.Contains(e.Expr.String(), b.record.Name) {
				return "", errors.New("it is over an expression of the column")
			}
		}
	}
	if s.WhereClause != nil && strings.Contains(s.WhereClause.String(), b.record.Name) {
		test := s.WhereClause.GetNullTest()
		if names := test.GetArg().GetColumnRef().GetFields(); len(names) != 1 || names[0].GetString_().GetSval() != b.record.Name {
			return "", errors.New("its condition names the column in another way than IS NULL and IS NOT NULL")
		}
		test.Arg = pg_query.MakeColumnRefNode([]*pg_query.Node{pg_query.MakeStrNode(b.second.bare())}, 0)
	}
	return pg_query.Deparse(tree)
}

// restSQL makes the index by which rows are found that have to be filled.
func (b *Beside) restSQL() string {
	return fmt.Sprintf("CREATE INDEX CONCURRENTLY IF NOT EXISTS %s ON %s ((%s IS NULL)) WHERE %s", quoted(b.second.restIndex()), b.table.name, b.second.name, b.second.rest("", b.column.column))
}

// checkSQL proves beforehand that what lies in the second column is sealed.
func (b *Beside) checkSQL() []string {
	name := quoted(b.second.check())
	return []string{
		fmt.Sprintf("ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s) NOT VALID", b.table.name, name, guard.SealedExpression(b.r.o.Store.Tag(), b.second.armoured, b.second.name)),
		fmt.Sprintf("ALTER TABLE %s VALIDATE CONSTRAINT %s", b.table.name, name),
	}
}

// build makes the twins, the index of the rest, and the CHECK. What another process has begun and not ended is made anew.
func (b *Beside) build(ctx context.Context, indexes []indexOn) error {
	rows, err := b.r.o.Pool.Query(ctx, `SELECT c.relname::text FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
		WHERE i.indrelid = $1::int8::oid AND NOT i.indisvalid AND pg_catalog.left(c.relname, $2::int4) = $3`, int64(b.record.Relation), len(b.second.bare()), b.second.bare())
	if err != nil {
		return err
	}
	broken, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	var sql []string
	for _, name := range broken {
		sql = append(sql, "DROP INDEX CONCURRENTLY IF EXISTS "+quoted(b.column.status.Schema, name))
	}
	sql = append(sql, b.restSQL())
	for _, i := range indexes {
		sql = append(sql, i.create)
	}
	for _, s := range sql {
		if _, err := b.r.o.Pool.Exec(ctx, s); err != nil {
			return swapError(err)
		}
	}
	check := b.checkSQL()
	there, err := b.hasCheck(ctx)
	if err != nil {
		return err
	}
	if there {
		check = check[1:]
	}
	for _, s := range check {
		if err := b.alter(ctx, []string{s}); err != nil {
			return err
		}
	}
	return nil
}

func (b *Beside) hasCheck(ctx context.Context) (there bool, err error) {
	err = b.r.o.Pool.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = $1::int8::oid AND conname = $2)", int64(b.record.Relation), b.second.check()).Scan(&there)
	return there, err
}

// blockingOf are the reasons that indexes give.
func blockingOf(indexes []indexOn) (all []string) {
	for _, i := range indexes {
		if i.blocking != "" {
			all = append(all, i.blocking)
		}
	}
	return slices.Compact(all)
}
