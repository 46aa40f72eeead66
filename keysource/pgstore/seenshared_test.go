package pgstore

import (
	"testing"

	"github.com/legatics/pgseal/keysource"
)

// TestSeenIsShared: a proxy that keeps what it has seen does not have its machine forget the lock that a command has seen, so that whoever writes the
// database cannot undo it by putting back the record of before.
func TestSeenIsShared(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	f.addTenant(t, "other")
	dir := t.TempDir()
	proxy, command := f.open(t, Options{StateDir: dir}), f.open(t, Options{StateDir: dir})
	if _, err := proxy.LookUp(t.Context(), "acme"); err != nil {
		t.Fatal(err)
	}
	f.exec(t, "CREATE TABLE kept AS SELECT * FROM pgseal.tenant WHERE name = 'acme'")
	if _, err := command.Lock(t.Context(), "acme", "officer"); err != nil {
		t.Fatal(err)
	}
	if _, err := proxy.LookUp(t.Context(), "other"); err != nil { // news, which it keeps
		t.Fatal(err)
	}
	f.exec(t, "UPDATE pgseal.tenant t SET (locked, locked_since, locked_by, version, mac) = (SELECT locked, locked_since, locked_by, version, mac FROM kept) WHERE name = 'acme'")
	_, err := f.open(t, Options{StateDir: dir}).LookUp(t.Context(), "acme")
	wantKind(t, err, keysource.KeyRecordInvalid)
}
