package pgstore

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// put writes rows of an export into their table as they are, or, where version is not 0, under that version: they have to be signed anew then.
func put(ctx context.Context, db querier, table string, rows rawRows, version int64) error {
	if len(rows) == 0 {
		return nil
	}
	data, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	element := "e"
	if version != 0 {
		element = fmt.Sprintf("jsonb_set(e, '{version}', to_jsonb(%d))", version)
	}
	_, err = db.Exec(ctx, fmt.Sprintf(`INSERT INTO pgseal.%s SELECT r.* FROM jsonb_array_elements($1::text::jsonb) e,
		LATERAL jsonb_populate_record(NULL::pgseal.%[1]s, %s) r`, table, element), string(data))
	if err != nil {
		return fmt.Errorf("pgstore: a row of the key export does not fit pgseal.%s: %w", table, err)
	}
	return nil
}

// lacking are those of the rows whose field the table does not have in any row of its own.
func lacking(ctx context.Context, db querier, table string, rows rawRows, fields ...string) (rawRows, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	data, err := json.Marshal(rows)
	if err != nil {
		return nil, err
	}
	list := strings.Join(fields, ", ")
	found, err := db.Query(ctx, fmt.Sprintf(`SELECT e::text FROM jsonb_array_elements($1::text::jsonb) e, LATERAL jsonb_populate_record(NULL::pgseal.%s, e) r
		WHERE (%s) NOT IN (SELECT %s FROM pgseal.%[1]s)`, table, "r."+strings.Join(fields, ", r."), list), string(data))
	if err != nil {
		return nil, err
	}
	texts, err := pgx.CollectRows(found, pgx.RowTo[string])
	var all rawRows
	for _, text := range texts {
		all = append(all, json.RawMessage(text))
	}
	return all, err
}
