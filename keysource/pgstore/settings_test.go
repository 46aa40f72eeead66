package pgstore

import (
	"errors"
	"testing"
	"time"

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

// TestShortenCacheTime: whoever may only shorten it does not make it longer, whatever he has read before.
func TestShortenCacheTime(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	if now, err := f.store.ShortenCacheTime(t.Context(), "acme", 2*time.Minute, "tester"); err != nil || now.CacheTime != 2*time.Minute {
		t.Fatal(now, err)
	}
	if _, err := f.store.ShortenCacheTime(t.Context(), "acme", 3*time.Minute, "tester"); !errors.Is(err, ErrLonger) {
		t.Errorf("longer: %v", err)
	}
	if now, err := f.store.ShortenCacheTime(t.Context(), "acme", 2*time.Minute, "tester"); err != nil || now.CacheTime != 2*time.Minute {
		t.Error(now, err)
	}
}
