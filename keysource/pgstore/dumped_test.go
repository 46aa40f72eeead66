package pgstore

import (
	"encoding/hex"
	"testing"

	"github.com/jackc/pgx/v5"
)

// TestDumpedRecordsVerify: what a dump has of a store with something in every field verifies as the store's own records do. A field that is added to a record
// and not read from dumps would have every backup be another store's.
func TestDumpedRecordsVerify(t *testing.T) {
	f, _, _ := full(t)
	conn := server.Conn(t, f.database, "")
	rows := make(map[string][]map[string]string)
	for _, table := range []string{"store", "tenant", "data_key", "column_state"} {
		found, err := conn.Query(t.Context(), "SELECT * FROM pgseal."+table, pgx.QueryExecModeSimpleProtocol)
		if err != nil {
			t.Fatal(err)
		}
		for found.Next() {
			row := make(map[string]string)
			for i, v := range found.RawValues() {
				if v != nil {
					row[found.FieldDescriptions()[i].Name] = string(v)
				}
			}
			rows[table] = append(rows[table], row)
		}
		if err := found.Err(); err != nil {
			t.Fatal(err)
		}
	}
	d := f.store.ReadDumped(rows, func(text []byte) ([]byte, bool) {
		raw, err := hex.DecodeString(string(text[len(`\x`):]))
		return raw, err == nil
	})
	if d.Whose != OfThisStore || len(d.Problems) > 0 || len(d.Tenants) != 2 || len(d.Columns) != 1 {
		t.Fatalf("whose %d, %d tenants, %d columns: %v", d.Whose, len(d.Tenants), len(d.Columns), d.Problems)
	}
}
