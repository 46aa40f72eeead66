package pgstore

import (
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"
)

// TestSettingsOfTheDatabase: what a database makes the default of its sessions changes nothing here.
func TestSettingsOfTheDatabase(t *testing.T) {
	name := server.NewDatabase(t)
	config, err := PoolConfig(server.URL(name, "pgseal"))
	if err != nil {
		t.Fatal(err)
	}
	for setting, others := range map[string]string{"quote_all_identifiers": "on", "synchronous_commit": "off", "bytea_output": "escape"} {
		server.Exec(t, name, "ALTER DATABASE "+name+" SET "+setting+" = "+others)
		pool, err := pgxpool.NewWithConfig(t.Context(), config)
		if err != nil {
			t.Fatal(err)
		}
		var is string
		if err := pool.QueryRow(t.Context(), "SELECT current_setting($1)", setting).Scan(&is); err != nil || is == others {
			t.Errorf("%s is %q: %v", setting, is, err)
		}
		pool.Close()
	}
}
