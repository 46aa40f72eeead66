package proxy_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/value"
)

// A literal without a zone, in a prepared statement, means the zone that the session had when the statement was prepared: the server reads literals
// once. A parameter means that of its Bind.
func TestZoneOfPreparedLiterals(t *testing.T) {
	s := startSafe(t)
	c := safeCatalogue(t, s.name, plan.StateSealed, "2")
	for _, a := range c.Relations[0].Columns {
		if a.Name == "closes" {
			a.Protected.Type, a.Protected.Mode = value.Type{OID: value.OIDTimestamptz, Typmod: -1}, crypto.Deterministic
			a.Protected.Key.Family = a.Protected.Type.Family()
		}
	}
	s.planner.SetCatalogue(c)
	conn := s.connect(t)
	exec := func(sql string, args ...any) {
		t.Helper()
		if _, err := conn.Exec(t.Context(), sql, args...); err != nil {
			t.Fatal(err)
		}
	}
	exec("SET TimeZone = 'Asia/Kolkata'", pgx.QueryExecModeSimpleProtocol)
	for _, name := range []string{"insert", "search"} {
		sql := map[string]string{"insert": "INSERT INTO matters (id, closes) VALUES ($1, '2030-01-01 12:00')", "search": "SELECT id FROM matters WHERE closes = '2030-01-01 12:00' AND id = $1"}[name]
		if _, err := conn.Prepare(t.Context(), name, sql); err != nil {
			t.Fatal(err)
		}
	}
	exec("SET TimeZone = 'UTC'", pgx.QueryExecModeSimpleProtocol)
	exec("insert", 1)
	var id int64
	if err := conn.QueryRow(t.Context(), "search", 1).Scan(&id); err != nil {
		t.Errorf("the literal of one statement and that of another, prepared in the same zone, differ: %v", err)
	}
	var at time.Time
	if err := conn.QueryRow(t.Context(), "SELECT closes FROM matters WHERE id = 1").Scan(&at); err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2030, 1, 1, 6, 30, 0, 0, time.UTC); !at.Equal(want) {
		t.Errorf("%v was stored, and %v written", at.UTC(), want)
	}
}
