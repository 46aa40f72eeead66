package plan

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/policy"
)

// catalogueScope says which objects of the catalogue a database was loaded from, and how they were then. It is immutable.
type catalogueScope struct {
	schemas, names []string // of the relations that were asked for; names of everything protected too
	relations      []uint32 // OIDs, views included
	functions      []uint32 // that name one of them
	types          []uint32 // domains of their columns, enums, citext
	print          string   // the fingerprint in the snapshot that was read
}

// fingerprintSQL sums up which rows of the catalogue are there and which transaction wrote each. DDL writes new rows and
// so changes it, and so does a rename or a drop; INSERT, ANALYZE and VACUUM do not. All parts go through indexes, so that
// the other tables of the database cost nothing.
func fingerprintSQL() string {
	var b strings.Builder
	b.WriteString("SELECT concat_ws(' '")
	for _, part := range []struct{ columns, rows string }{
		{"oid, xmin", "pg_class WHERE relname = ANY($2) AND relpersistence <> 't'"},
		{"oid, xmin", "pg_namespace WHERE nspname = ANY($3)"},
		{"attrelid, attnum, xmin", "pg_attribute WHERE attrelid = ANY($1)"},
		{"inhrelid, inhparent, xmin", "pg_inherits WHERE inhrelid = ANY($1)"},
		{"oid, xmin", "pg_constraint WHERE conrelid = ANY($1)"},
		{"oid, xmin", "pg_trigger WHERE tgrelid = ANY($1)"},
		{"classid, objid, refobjid, refobjsubid, xmin", "pg_depend WHERE refclassid = 'pg_class'::regclass AND refobjid = ANY($1)"},
		{"classid, objid, refobjid, refobjsubid, xmin", "pg_depend WHERE refclassid = 'pg_proc'::regclass AND refobjid = ANY($4)"},
		{"oid, xmin", "pg_type WHERE oid = ANY($5)"},
		{"oid, xmin", "pg_constraint WHERE contypid = ANY($5)"},
		{"oid, xmin", "pg_enum"},
		{"oid, xmin", fmt.Sprintf("pg_proc WHERE oid >= %d", userFunctions)},
	} {
		fmt.Fprintf(&b, ",\n\t(SELECT count(*) || ':' || coalesce(sum(hashtextextended(concat_ws(' ', %s), 0)), 0) FROM pg_catalog.%s)", part.columns, part.rows)
	}
	return b.String() + ")"
}

// fingerprint is what the objects of the scope look like now. It stays the same until DDL touches what a catalogue of
// that scope is made from: the relations with their columns, constraints and triggers, everything that depends on them,
// relations of the same names, functions, and the types that a database has for itself.
func fingerprint(ctx context.Context, conn Conn, s *catalogueScope) (now string, err error) {
	tx, err := conn.BeginTx(ctx, pgx.TxOptions{AccessMode: pgx.ReadOnly})
	if err != nil {
		return "", fmt.Errorf("looking for changes of the catalogue: %w", err)
	}
	defer func() { _ = tx.Rollback(ctx) }() // nothing was written; a connection that broke says so at its next use
	l := &loader{tx: tx, db: &policy.Database{}}
	if err = l.settings(ctx); err == nil {
		now, err = l.print(ctx, s)
	}
	if err != nil {
		return "", fmt.Errorf("looking for changes of the catalogue: %w", err)
	}
	return now, nil
}

// noteScope notes the scope of what has been read.
func (l *loader) noteScope(ctx context.Context) (err error) {
	s := &catalogueScope{functions: l.functionOIDs, types: slices.Clone(l.domainOIDs)}
	for _, t := range l.db.Types {
		s.types = append(s.types, t.OID)
	}
	s.names, s.relations = l.protectedNames()
	for _, n := range l.names {
		s.schemas = append(s.schemas, n.Schema)
		s.names = append(s.names, n.Name)
	}
	s.print, err = l.print(ctx, s)
	if l.again {
		s.print = "" // no fingerprint is like it
	}
	l.scope = s
	return err
}

func (l *loader) print(ctx context.Context, s *catalogueScope) (now string, err error) {
	err = l.each(ctx, fingerprintSQL(), []any{s.relations, s.names, s.schemas, s.functions, s.types}, []any{&now}, func() error { return nil })
	return now, err
}
