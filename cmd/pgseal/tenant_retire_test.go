package main

import (
	"strings"
	"testing"
	"time"
)

// A tenant is retired while a cursor of it is open and a transaction has read: nothing more comes through, the rest of the database goes on, and it comes back.
func TestRetired(t *testing.T) {
	d := deploy(t)
	conn, other := d.connect(), d.connect()
	for id := 1; id <= 20; id++ {
		d.insert(conn, id, "canary")
	}
	tx, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), "DECLARE c CURSOR FOR SELECT title FROM matters"); err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), "FETCH 1 FROM c"); err != nil {
		t.Fatal(err)
	}
	if err := d.kms.Close(); err != nil { // it is not asked
		t.Fatal(err)
	}
	got := told[retirementView](d, "tenant", "retire", "acme", "--yes")
	retired := time.Now()
	if !got.Retired || len(got.Tables) != 1 || got.Tables[0].Rows == nil || *got.Tables[0].Rows != 20 || len(got.Keys) != 1 || !got.Keys[0].Present {
		t.Errorf("%+v", got)
	}
	d.until(other, "KU010")
	t.Logf("refused %s after it was retired", time.Since(retired).Round(time.Millisecond))
	if _, err := tx.Exec(t.Context(), "FETCH 1 FROM c"); sqlstate(err) != "KU010" || !strings.Contains(err.Error(), `tenant "acme" is retired`) {
		t.Errorf("the cursor: %v", err)
	}
	_ = tx.Rollback(t.Context())
	for _, sql := range []string{"INSERT INTO matters VALUES (40, 'x')", "SELECT title FROM matters", "COPY matters TO STDOUT"} {
		if _, err := other.Exec(t.Context(), sql); sqlstate(err) != "KU010" {
			t.Errorf("%s: %v", sql, err)
		}
	}
	if _, err := other.Exec(t.Context(), "SELECT * FROM plain"); err != nil {
		t.Errorf("an unprotected table: %v", err)
	}
	if out := d.refused(exitFailed, "tenant", "add", "acme", "--provider", "aws-kms", "--key", d.key); !strings.Contains(out, "pgseal tenant restore") {
		t.Errorf("another of the name: %s", out)
	}
	d.run("tenant", "restore", "acme")
	d.until(other, "KU006") // the KMS is gone; the record no longer stands in the way
}
