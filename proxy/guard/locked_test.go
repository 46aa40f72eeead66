package guard

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
)

// TestLockedTable: a table that somebody has locked for long, to have it written anew for instance, holds up neither the look at the other columns nor what is
// known of its own; and what becomes of the guard under the lock is seen once it is gone.
func TestLockedTable(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (v text); CREATE TABLE held (v text UNIQUE); INSERT INTO held VALUES ('a'); CREATE TABLE other (v text)")
	f.sealed(t, columnOf("t", "v"))
	held := columnOf("held", "v")
	held.Mode = crypto.Deterministic
	a := f.proxy(t, "a", 1, columnOf("t", "v"), held, columnOf("other", "v"))
	a.serve(t)
	conn, err := pgx.Connect(t.Context(), server.URL(f.database, "owner"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(t.Context(), "BEGIN; LOCK TABLE t, held IN ACCESS EXCLUSIVE MODE"); err != nil {
		t.Fatal(err)
	}
	limited, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	for deadline := time.Now().Add(time.Minute); ; {
		s, err := a.Tick(limited)
		if err != nil {
			t.Fatal("locked: ", err)
		}
		a.Acknowledge(s)
		a.clock.Advance(time.Second)
		if !s.Columns[0].Done() || s.Columns[1].Held == nil {
			t.Fatalf("locked: %+v", s.Columns)
		}
		if s.Columns[2].Done() {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("the other column does not go on: %+v", s.Columns[2])
		}
		time.Sleep(20 * time.Millisecond)
	}
	if _, err := conn.Exec(t.Context(), "ALTER TABLE t DISABLE TRIGGER ALL; COMMIT"); err != nil {
		t.Fatal(err)
	}
	if c := a.look(t).Columns[0]; c.Damage == "" {
		t.Errorf("what was done under the lock is not seen: %s", &c.Guard)
	}
}
