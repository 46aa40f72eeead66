package guard

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/crypto"
)

// lockTimeout bounds how long a statement that changes a table waits for its
// lock: other statements queue up behind it meanwhile.
const lockTimeout = "800ms"

// The SQLSTATEs that are told apart here.
const (
	insufficientPrivilege = "42501"
	lockNotAvailable      = "55P03"
	deadlockDetected      = "40P01"
	duplicateObject       = "42710"
	checkViolation        = "23514"
)

func sqlState(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code
	}
	return ""
}

// busy tells a failure to get a table's lock in time: worth another try.
func busy(err error) bool {
	code := sqlState(err)
	return code == lockNotAvailable || code == deadlockDetected
}

// targetOf names one relation's column for statements.
func targetOf(l *liveColumn, armoured bool) *target {
	return &target{relation: l.quotedRelation, column: l.Name, quoted: l.quotedName, armoured: armoured}
}

// replace are the statements that make a trigger part anew, whatever is there.
func (p part) replace(tag crypto.StoreTag, t *target) []string {
	name := quoteName(p.name(t.column))
	return []string{
		fmt.Sprintf("DROP TRIGGER IF EXISTS %s ON %s", name, t.relation),
		p.create(tag, t),
		fmt.Sprintf("ALTER TABLE %s ENABLE ALWAYS TRIGGER %s", t.relation, name),
	}
}

// mend are the statements that make the triggers of one relation whole, as far
// as the report says that they are not.
func (r *Report) mend(tag crypto.StoreTag, l *liveColumn, armoured bool) []string {
	t := targetOf(l, armoured)
	var statements []string
	for _, p := range triggerParts {
		switch r.parts[l.relation][p] {
		case Whole:
		case Disabled:
			statements = append(statements, fmt.Sprintf("ALTER TABLE %s ENABLE ALWAYS TRIGGER %s", t.relation, quoteName(p.name(t.column))))
		default:
			statements = append(statements, p.replace(tag, t)...)
		}
	}
	return statements
}

// installTriggers makes the triggers of a column whole on its whole tree, in
// tx. Partitions get theirs from the parent; only what is then still missing is
// made one by one. The trigger function must be there.
func installTriggers(ctx context.Context, tx pgx.Tx, tag crypto.StoreTag, c *liveColumn, armoured bool) (Report, error) {
	if _, err := tx.Exec(ctx, "SET LOCAL lock_timeout = '"+lockTimeout+"'"); err != nil {
		return Report{}, err
	}
	for round := 0; ; round++ {
		r, err := verifyOne(ctx, tx, tag, c, armoured)
		if err != nil || r.Guarded() {
			return r, err
		}
		if round == 2 {
			return r, fmt.Errorf("guard: the triggers of %s.%s are not as they were made just now: %s", c.quotedRelation, c.quotedName, &r)
		}
		relations := r.tree
		if round == 0 {
			relations = relations[:min(1, len(relations))]
		}
		for _, l := range relations {
			for _, statement := range r.mend(tag, l, armoured) {
				if _, err := tx.Exec(ctx, statement); err != nil {
					return r, err
				}
			}
		}
	}
}

// dropStale removes triggers of the guard that are for a column that is not
// there any more under that name.
func dropStale(ctx context.Context, tx pgx.Tx, c *liveColumn) error {
	rows, err := tx.Query(ctx, `
		SELECT pg_catalog.format('DROP TRIGGER %I ON %s', g.tgname, $2::text) FROM pg_catalog.pg_trigger g
		WHERE g.tgrelid = $1::int8::oid AND NOT g.tgisinternal AND g.tgparentid = 0 AND g.tgnargs = 1
		AND g.tgfoid = pg_catalog.to_regprocedure($3)
		AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_attribute a WHERE a.attrelid = g.tgrelid AND NOT a.attisdropped
			AND a.attname = pg_catalog.convert_from(pg_catalog.substr(g.tgargs, 1, pg_catalog.octet_length(g.tgargs) - 1), 'UTF8'))`,
		int64(c.relation), c.quotedRelation, functionName+"()")
	if err != nil {
		return err
	}
	statements, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, s := range statements {
		if _, err := tx.Exec(ctx, s); err != nil {
			return err
		}
	}
	return nil
}
