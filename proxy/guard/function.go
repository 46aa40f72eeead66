package guard

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// SQLState is the code of the error that the guard's triggers raise.
const SQLState = "KP003"

// functionName is the trigger function of all guards. It is reached only when a
// trigger's WHEN has found a plaintext, and says so without the value.
const functionName = "pgseal.refuse_plaintext"

// functionBody takes the column's name as its argument.
const functionBody = `
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'KP003',
        MESSAGE = format('a plaintext was refused: column %I of %I.%I holds sealed values only', TG_ARGV[0], TG_TABLE_SCHEMA, TG_TABLE_NAME),
        HINT = 'Write to this column through pgseal.',
        SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = TG_ARGV[0], CONSTRAINT = 'plaintext_refused';
END
`

const createFunction = "CREATE OR REPLACE FUNCTION " + functionName + "() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $guard$" +
	functionBody + "$guard$"

// functionWhole tells whether the function is there and as it was made.
func functionWhole(ctx context.Context, db Querier) (bool, error) {
	rows, err := db.Query(ctx, `SELECT p.prosrc, l.lanname::text, p.proconfig, p.prosecdef
		FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang
		WHERE p.oid = pg_catalog.to_regprocedure($1)`, functionName+"()")
	if err != nil {
		return false, err
	}
	whole := false
	var source, language string
	var config []string
	var definer bool
	_, err = pgx.ForEachRow(rows, []any{&source, &language, &config, &definer}, func() error {
		whole = source == functionBody && language == "plpgsql" && !definer && strings.Join(config, ";") == "search_path=pg_catalog"
		return nil
	})
	return whole, err
}

// ensureFunction makes the function, or makes it again where it was altered.
func ensureFunction(ctx context.Context, store *pgstore.Store) error {
	whole, err := functionWhole(ctx, store.Conns(ctx))
	if err != nil || whole {
		return err
	}
	return store.Update(ctx, func(tx *pgstore.Tx) error {
		if _, err := tx.Conn().Exec(ctx, createFunction); err != nil {
			return err
		}
		return tx.Event(ctx, pgstore.Event{Kind: "guard function made", Actor: "pgseal"})
	})
}
