package guard

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/proxy/value"
)

// preparation is what has to be done to a column before sealed values fit into
// it.
type preparation struct {
	statement string // "" where the column is ready
	empty     bool   // only while the table has no rows
	full      string // why not when it has some; for people
	obstacle  string // why it cannot be done; for people
}

// prepare decides by the column's present type and its logical one. The text
// family is sealed in place, in armour; varchar(n) becomes text, which changes
// the catalogue alone, and n is enforced by the proxy. Other types live in
// bytea.
func prepare(l *liveColumn, logical value.Type) preparation {
	if l.constraint != "" {
		return preparation{obstacle: fmt.Sprintf("its type is the domain %s, whose %s could not be held against sealed values", l.typeName, l.constraint)}
	}
	if !logical.Supported() {
		return preparation{obstacle: fmt.Sprintf("its type %s cannot be sealed", l.typeName)}
	}
	if logical.TextPhysical() {
		switch {
		case l.typeOID == value.OIDText && !l.domain:
			return preparation{}
		case l.typeOID == value.OIDText, l.typeOID == value.OIDVarchar, l.citext: // no row is written anew
			return preparation{statement: alterType(l, "text", "")}
		case l.typeOID == value.OIDBpchar: // whose rows are all written anew
			return preparation{statement: alterType(l, "text", ""), empty: true, full: fmt.Sprintf("the table has rows, and values of type %s have to be written anew as text: "+
				"do it when it suits with %s; an empty table is converted at once", l.typeName, alterType(l, "text", ""))}
		}
		return preparation{obstacle: fmt.Sprintf("it is of type %s, and only text, varchar and char columns are sealed as %s", l.typeName, logical.Name())}
	}
	if l.typeOID == value.OIDBytea && !l.domain {
		return preparation{}
	}
	// No value is thrown away, whatever is in the table by the time: one that is
	// not NULL makes the statement fail, without showing it.
	using := fmt.Sprintf(" USING CASE WHEN %s IS NOT NULL THEN ('the column is not empty: ' || pg_typeof(%[1]s)::text)::integer::text::bytea END", l.quotedName)
	return preparation{statement: alterType(l, "bytea", using), empty: true, full: fmt.Sprintf("the table has rows, and values of type %s have to be moved into bytea: "+
		"pgseal column encrypt does that; an empty table is converted at once", l.typeName)}
}

func alterType(l *liveColumn, to, using string) string {
	return fmt.Sprintf("ALTER TABLE %s ALTER COLUMN %s TYPE %s%s", l.quotedRelation, l.quotedName, to, using)
}

// obstacleError is a preparation that failed for a reason that the table's owner
// has to look at.
type obstacleError struct{ text string }

func (e *obstacleError) Error() string { return e.text }

// run prepares the column in tx. It holds the table's lock from the moment at
// which it has seen that the table is empty. An *obstacleError says what stands
// in the way; the transaction is then to be rolled back.
func (p preparation) run(ctx context.Context, tx pgx.Tx, l *liveColumn) error {
	if p.obstacle != "" {
		return &obstacleError{p.obstacle}
	}
	if p.statement == "" {
		return nil
	}
	if _, err := tx.Exec(ctx, "SET LOCAL lock_timeout = '"+lockTimeout+"'"); err != nil {
		return err
	}
	if p.empty {
		if _, err := tx.Exec(ctx, "LOCK TABLE "+l.quotedRelation+" IN ACCESS EXCLUSIVE MODE"); err != nil {
			return err
		}
		has, err := anyRow(ctx, tx, l)
		if err != nil {
			return err
		}
		if has {
			return &obstacleError{p.full}
		}
	}
	_, err := tx.Exec(ctx, p.statement)
	var pg *pgconn.PgError
	// What depends on the column is in the server's message; no value is.
	if errors.As(err, &pg) && pg.Code != insufficientPrivilege && !busy(err) {
		return &obstacleError{fmt.Sprintf("its type cannot be changed to the one that sealed values need: %s. %s (drop what depends on it, run pgseal init, which sends %s, and make it again)",
			pg.Message, pg.Detail, p.statement)}
	}
	return err
}

// String is schema.table.column for people.
func (l *liveColumn) String() string { return l.quotedRelation + "." + l.quotedName }
