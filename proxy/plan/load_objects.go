package plan

import (
	"context"
	"fmt"
	"strings"

	"github.com/legatics/pgseal/policy"
)

// indexes reads the indexes, apart from those that a partition has from its parent.
func (l *loader) indexes(ctx context.Context) error {
	var oid uint32
	var i policy.Index
	var keys, loose []int16
	var expressions, predicate string
	return l.each(ctx, `
SELECT i.indrelid, c.relname::text, m.amname::text, i.indisprimary, i.indisunique, i.indisexclusion,
	coalesce(i.indexprs::text, ''), coalesce(i.indpred::text, ''),
	ARRAY(SELECT i.indkey[n] FROM generate_series(0, i.indnkeyatts - 1) AS n),
	ARRAY(SELECT i.indkey[n] FROM generate_series(0, i.indnkeyatts - 1) AS n JOIN pg_catalog.pg_collation k ON k.oid = i.indcollation[n] WHERE NOT k.collisdeterministic)
FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN pg_catalog.pg_am m ON m.oid = c.relam
WHERE i.indrelid = ANY($1) AND NOT c.relispartition ORDER BY c.relname`,
		[]any{l.oids}, []any{&oid, &i.Name, &i.Method, &i.Primary, &i.Unique, &i.Exclusion, &expressions, &predicate, &keys, &loose}, func() error {
			r := l.byOID[oid]
			index := i
			index.Keys, index.LooseCollation = columnsNumbered(r, keys), columnsNumbered(r, loose)
			index.Expressions = append(expressionColumns(r, expressions, false), expressionColumns(r, predicate, true)...)
			r.Indexes = append(r.Indexes, index)
			return nil
		})
}

// checks reads the check constraints, apart from inherited ones and the guard's own.
func (l *loader) checks(ctx context.Context) error {
	return l.expressions(ctx, "the check constraint ", "ALTER TABLE %s DROP CONSTRAINT %s;", true, `
SELECT conrelid, conname::text, conbin::text FROM pg_catalog.pg_constraint
WHERE contype = 'c' AND conrelid = ANY($1) AND conislocal AND conname !~ '^pgseal_' ORDER BY conname`)
}

// generated reads the generated columns, apart from inherited ones.
func (l *loader) generated(ctx context.Context) error {
	return l.expressions(ctx, "the generated column ", "ALTER TABLE %s ALTER COLUMN %s DROP EXPRESSION;", false, `
SELECT d.adrelid, a.attname::text, d.adbin::text
FROM pg_catalog.pg_attrdef d JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
WHERE d.adrelid = ANY($1) AND a.attgenerated <> '' AND (a.attislocal OR a.attinhcount = 0) ORDER BY a.attname`)
}

// publications reads the row filters. The column that holds them is younger than the oldest servers, hence the detour.
func (l *loader) publications(ctx context.Context) error {
	return l.expressions(ctx, "the row filter of the publication ", "ALTER PUBLICATION %[2]s DROP TABLE %[1]s;", false, `
SELECT r.prrelid, p.pubname::text, coalesce(to_jsonb(r) ->> 'prqual', '')
FROM pg_catalog.pg_publication_rel r JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid
WHERE r.prrelid = ANY($1) ORDER BY p.pubname`)
}

// expressions reads objects that hold one expression over one relation: relation, name, expression. drop is what takes one away, of
// the relation and the name.
func (l *loader) expressions(ctx context.Context, what, drop string, nullTests bool, sql string) error {
	var oid uint32
	var name, tree string
	return l.each(ctx, sql, []any{l.oids}, []any{&oid, &name, &tree}, func() error {
		r := l.byOID[oid]
		noteMention(r, what+name+" of "+r.Name.String(), fmt.Sprintf(drop, quotedTable(r.Name), quoteIdent(name)), expressionColumns(r, tree, nullTests))
		return nil
	})
}

// partitionKeys reads what the partitioned relations are divided by.
func (l *loader) partitionKeys(ctx context.Context) error {
	var oid uint32
	var keys []int16
	var tree string
	return l.each(ctx, `SELECT partrelid, partattrs::int2[], coalesce(partexprs::text, '') FROM pg_catalog.pg_partitioned_table WHERE partrelid = ANY($1)`,
		[]any{l.oids}, []any{&oid, &keys, &tree}, func() error {
			r := l.byOID[oid]
			noteMention(r, "the partition key of "+r.Name.String(), "", append(columnsNumbered(r, keys), expressionColumns(r, tree, false)...))
			return nil
		})
}

// rowPolicies reads the row-level security policies, of any table, that depend on a column of the relations.
func (l *loader) rowPolicies(ctx context.Context) error {
	var oid uint32
	var name, table, quoted, column string
	var wholeRow bool
	return l.each(ctx, `
SELECT DISTINCT d.refobjid, p.polname::text, n.nspname || '.' || c.relname, format('%I.%I', n.nspname, c.relname), coalesce(a.attname::text, ''),
	coalesce(p.polqual::text LIKE '%:varattno 0 %', false) OR coalesce(p.polwithcheck::text LIKE '%:varattno 0 %', false)
FROM pg_catalog.pg_depend d
JOIN pg_catalog.pg_policy p ON p.oid = d.objid
JOIN pg_catalog.pg_class c ON c.oid = p.polrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid AND d.refobjsubid <> 0
WHERE d.classid = 'pg_policy'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = ANY($1)
ORDER BY 2, 3, 5`,
		[]any{l.oids}, []any{&oid, &name, &table, &quoted, &column, &wholeRow}, func() error {
			r := l.byOID[oid]
			what, drop := "the row-level security policy "+name+" on "+table, "DROP POLICY "+quoteIdent(name)+" ON "+quoted+";"
			switch {
			case wholeRow && column == "":
				noteMention(r, what, drop, allColumns(r))
			case !wholeRow && column != "":
				noteMention(r, what, drop, []string{column})
			}
			return nil
		})
}

// foreignKeys reads those that lead from or to the relations, apart from those that a partition has from its parent.
func (l *loader) foreignKeys(ctx context.Context) error {
	var fk policy.ForeignKey
	return l.each(ctx, `
SELECT k.conname::text, fn.nspname::text, f.relname::text, tn.nspname::text, t.relname::text,
	ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS key(attnum, i) JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = key.attnum ORDER BY key.i),
	ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY AS key(attnum, i) JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = key.attnum ORDER BY key.i)
FROM pg_catalog.pg_constraint k
JOIN pg_catalog.pg_class f ON f.oid = k.conrelid JOIN pg_catalog.pg_namespace fn ON fn.oid = f.relnamespace
JOIN pg_catalog.pg_class t ON t.oid = k.confrelid JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
WHERE k.contype = 'f' AND k.conparentid = 0 AND (k.conrelid = ANY($1) OR k.confrelid = ANY($1)) ORDER BY 1, 2, 3`,
		[]any{l.oids}, []any{&fk.Name, &fk.From.Schema, &fk.From.Name, &fk.To.Schema, &fk.To.Name, &fk.FromColumns, &fk.ToColumns}, func() error {
			l.db.ForeignKeys = append(l.db.ForeignKeys, fk)
			fk.FromColumns, fk.ToColumns = nil, nil // the next row gets slices of its own
			return nil
		})
}

// triggers reads the user triggers, apart from those that a partition has from its parent.
func (l *loader) triggers(ctx context.Context) error {
	var oid uint32
	var t policy.Trigger
	return l.each(ctx, `
SELECT t.tgrelid, t.tgname::text, n.nspname || '.' || p.proname
FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE t.tgrelid = ANY($1) AND NOT t.tgisinternal AND t.tgparentid = 0 ORDER BY t.tgname`,
		[]any{l.oids}, []any{&oid, &t.Name, &t.Function}, func() error {
			t.Own = strings.HasPrefix(t.Function, "pgseal.")
			r := l.byOID[oid]
			r.Triggers = append(r.Triggers, t)
			return nil
		})
}

// rules reads the rewrite rules of the relations themselves.
func (l *loader) rules(ctx context.Context) error {
	var oid uint32
	var name string
	return l.each(ctx, `SELECT ev_class, rulename::text FROM pg_catalog.pg_rewrite WHERE ev_class = ANY($1) AND rulename <> '_RETURN' ORDER BY rulename`,
		[]any{l.oids}, []any{&oid, &name}, func() error {
			r := l.byOID[oid]
			r.Rules = append(r.Rules, name)
			return nil
		})
}

func quotedTable(n policy.TableName) string { return quoteIdent(n.Schema) + "." + quoteIdent(n.Name) }
