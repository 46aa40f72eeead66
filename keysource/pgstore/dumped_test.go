package pgstore

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

// rowTexts are the rows of a table as a dump has them.
func (f *fixture) rowTexts(t *testing.T, table string) (all []map[string]string) {
	t.Helper()
	rows, err := f.store.pool.Query(t.Context(), "SELECT * FROM pgseal."+table, pgx.QueryExecModeSimpleProtocol)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		row := map[string]string{}
		for i, raw := range rows.RawValues() {
			if raw != nil {
				row[rows.FieldDescriptions()[i].Name] = string(raw)
			}
		}
		all = append(all, row)
	}
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
	return all
}

func hexBytea(text []byte) ([]byte, bool) {
	raw, err := hex.DecodeString(strings.TrimPrefix(string(text), `\x`))
	return raw, err == nil
}

// Every part of a record that its MAC covers is read from a dump too: records with something in each of them verify, and altered ones do not.
func TestDumpedRecordsVerify(t *testing.T) {
	f, _, _ := full(t)
	rows := map[string][]map[string]string{}
	for _, table := range []string{"store", "tenant", "data_key", "column_state", "proposal"} {
		rows[table] = f.rowTexts(t, table)
	}
	d := f.store.ReadDumped(rows, hexBytea)
	if d.Whose != OfThisStore || len(d.Problems) > 0 || len(d.Tenants) != 2 || len(d.Columns) != 1 || len(d.Proposed) != 1 {
		t.Fatalf("whose %d, %d tenants, %d columns; problems: %q", d.Whose, len(d.Tenants), len(d.Columns), d.Problems)
	}
	rows["column_state"][0]["round"] = "4"
	if d := f.store.ReadDumped(rows, hexBytea); len(d.Columns) != 0 || len(d.Problems) != 1 {
		t.Errorf("a column's record that was altered: %d columns; problems: %q", len(d.Columns), d.Problems)
	}
	rows["proposal"][0]["state"] = "done"
	if d := f.store.ReadDumped(rows, hexBytea); len(d.Proposed) != 0 || len(d.Problems) != 2 {
		t.Errorf("a proposal's record that was altered: %d proposals; problems: %q", len(d.Proposed), d.Problems)
	}
	rows["store"][0]["family"] = rows["tenant"][0]["id"]
	if d := f.store.ReadDumped(rows, hexBytea); d.Whose != OfAnother {
		t.Errorf("a store's record that was altered: whose %d", d.Whose)
	}
}
