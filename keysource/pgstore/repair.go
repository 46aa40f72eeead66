package pgstore

import (
	"context"
	"fmt"
	"regexp"

	"github.com/jackc/pgx/v5"
)

// repair makes again what was dropped of the schema: every statement of the migrations can be run again.
func repair(ctx context.Context, tx pgx.Tx) error {
	steps, err := migrations()
	if err != nil {
		return err
	}
	for _, step := range steps {
		if _, err := tx.Conn().PgConn().Exec(ctx, step.sql).ReadAll(); err != nil {
			return fmt.Errorf("pgstore: migration %d, again: %w", step.version, err)
		}
	}
	return closeToOthers(ctx, tx)
}

// missingObjects are the tables, indexes, views, functions and triggers that the migrations create and the schema does not have.
func missingObjects(ctx context.Context, db querier) ([]string, error) {
	steps, err := migrations()
	if err != nil {
		return nil, err
	}
	created := regexp.MustCompile(`(?m)^CREATE (?:OR REPLACE )?(?:UNIQUE )?(?:TABLE|INDEX|VIEW|TRIGGER|FUNCTION) (?:IF NOT EXISTS )?(?:pgseal\.)?(\w+)`)
	names := []string{"migration"}
	for _, step := range steps {
		for _, m := range created.FindAllStringSubmatch(step.sql, -1) {
			names = append(names, m[1])
		}
	}
	rows, err := db.Query(ctx, `SELECT unnest($1::text[]) EXCEPT ALL (
			SELECT relname::text FROM pg_class WHERE relnamespace = to_regnamespace('pgseal')
			UNION ALL SELECT proname::text FROM pg_proc WHERE pronamespace = to_regnamespace('pgseal')
			UNION ALL SELECT tgname::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relnamespace = to_regnamespace('pgseal')) ORDER BY 1`, names)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}
