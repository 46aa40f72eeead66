package main

import (
	"strings"
	"testing"
	"time"
)

// TestNamesLedElsewhere is what docs/security.md says of whoever rules the database and lays something in the way of a listed name: what the application
// writes under that name is sealed or refused, before the proxy knows of it and afterwards, and stored nowhere in plaintext.
func TestNamesLedElsewhere(t *testing.T) {
	d := deploy(t)
	conn := d.connect()
	d.insert(conn, 1, "canary before")
	for _, trap := range []struct{ name, lay, write, lift string }{
		{"a table of that name in a schema that is looked into first",
			`CREATE SCHEMA trap; CREATE TABLE trap.matters (id bigint, title text); ALTER DATABASE dealroom SET search_path = trap, public`,
			`INSERT INTO matters VALUES ($1, $2)`, `DROP TABLE trap.matters`},
		{"a view in the place of the protected table",
			`ALTER TABLE public.matters RENAME TO moved; CREATE TABLE public.taken (id bigint, title text); CREATE VIEW public.matters AS SELECT * FROM public.taken`,
			`INSERT INTO public.matters VALUES ($1, $2)`, `DROP VIEW public.matters; ALTER TABLE public.moved RENAME TO matters`},
	} {
		d.cluster.Exec(t, "dealroom", trap.lay)
		led := d.connect()
		deadline := time.Now().Add(30 * time.Second)
		for n := 2; ; n++ {
			_, err := led.Exec(t.Context(), trap.write, n, "canary meanwhile")
			if strings.HasPrefix(sqlstate(err), "KP") {
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("%s: written to without a refusal: %v", trap.name, err)
			}
			time.Sleep(20 * time.Millisecond)
		}
		d.cluster.Exec(t, "dealroom", "CHECKPOINT")
		if found := d.cluster.FilesWith(t, "canary meanwhile", "canary before"); len(found) > 0 {
			t.Fatalf("%s: plaintext in %v", trap.name, found)
		}
		d.cluster.Exec(t, "dealroom", trap.lift)
		d.until(conn, "")
	}
	d.reads(conn, 1, "canary before")
}
