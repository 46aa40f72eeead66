package pgstore

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// joined is a second database, whose store is made from an export of the first one's.
func (f *fixture) joined(t *testing.T) *fixture {
	t.Helper()
	b := &fixture{database: newDatabase(t), key: f.key, wrapper: f.wrapper}
	done := b.imports(t, f.export(t, ""), ImportOptions{Join: true})
	if !done.StoreMade || !done.Joined {
		t.Fatalf("%+v", done)
	}
	b.store = b.open(t, Options{})
	return b
}

// sharesWith demands that both stores have the same tenants under the same data keys, in every way that values depend on.
func (b *fixture) sharesWith(t *testing.T, f *fixture, names ...string) {
	t.Helper()
	for _, name := range names {
		mine, errMine := b.store.LookUp(t.Context(), name)
		theirs, errTheirs := f.store.LookUp(t.Context(), name)
		if errMine != nil || errTheirs != nil {
			t.Fatal(errMine, errTheirs)
		}
		if mine.ID != theirs.ID || mine.Current.Number != theirs.Current.Number || fmt.Sprint(mine.Pins) != fmt.Sprint(theirs.Pins) {
			t.Errorf("%s: %+v, and in the other store %+v", name, mine, theirs)
		}
		seal, opens := f.sealedWith(t, theirs, f.wrapper)
		sealHere, opensHere := b.sealedWith(t, mine, b.wrapper)
		if !opensHere(seal()) || !opens(sealHere()) {
			t.Errorf("%s: what one seals the other does not open", name)
		}
	}
}

func TestJoin(t *testing.T) {
	f, acme, _ := full(t)
	gone := sampleColumn("gone")
	gone.Domain, gone.Key.ID, gone.Retired = "", crypto.NewColumnID("public", `odd "table`, "gone"), true
	f.save(t, gone)
	b := f.joined(t)
	if b.store.Tag() != f.store.Tag() || b.store.id == f.store.id {
		t.Errorf("tag %s and %s, id %x and %x", b.store.Tag(), f.store.Tag(), b.store.id, f.store.id)
	}
	b.sharesWith(t, f, "acme", "other")
	if err := b.readAll(t, b.store); err != nil {
		t.Error(err)
	}
	columns, err := b.store.Columns(t.Context())
	if err != nil || len(columns) != 2 {
		t.Fatalf("%+v, %v", columns, err)
	}
	for _, c := range columns {
		if c.Key != sampleColumn("c").Key && c.Key != gone.Key || c.Version != 1 || c.Relation != 0 || c.Retired != (c.Name == "gone") || c.State != ColumnSealing {
			t.Errorf("%+v", c)
		}
	}
	before := b.dumped(t)
	if again := b.imports(t, f.export(t, ""), ImportOptions{Join: true}); again.Changed || b.dumped(t) != before {
		t.Errorf("the second time: %+v", again)
	}
	// A record of the one store is nothing in the other, though one key signs both.
	var mac []byte
	var version int64
	if err := server.Conn(t, f.database, "").QueryRow(t.Context(), "SELECT mac, version FROM pgseal.tenant WHERE name = 'acme'").Scan(&mac, &version); err != nil {
		t.Fatal(err)
	}
	b.exec(t, fmt.Sprintf(`UPDATE pgseal.tenant SET mac = '\x%x', version = %d WHERE name = 'acme'`, mac, version))
	if _, err := b.open(t, Options{}).Tenant(t.Context(), acme.Name); !isInvalid(err) {
		t.Errorf("a record of the other store: %v", err)
	}
}

// What becomes of keys in one store is carried into the other by its next export, and nothing that is there is lost.
func TestJoinedStoresFollow(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	b := f.joined(t)
	old := f.export(t, "")
	rotate := func(s *Store) {
		t.Helper()
		if _, err := s.Rotate(t.Context(), "acme", "tester", f.wrapper); err != nil {
			t.Fatal(err)
		}
	}
	lockedInB := func() bool {
		t.Helper()
		tenant, err := b.store.LookUp(t.Context(), "acme")
		if err != nil {
			t.Fatal(err)
		}
		return tenant.Locked
	}
	rotate(f.store)
	f.addTenant(t, "globex")
	if _, err := b.store.Lock(t.Context(), "acme", "tester"); err != nil {
		t.Fatal(err)
	}
	done := b.imports(t, f.export(t, ""), ImportOptions{})
	if !done.Joined || done.Tenants[0].Outcome != ImportCarried || len(done.Tenants[0].DataKeys) != 1 || done.Tenants[1].Outcome != ImportCarried {
		t.Errorf("%+v", done)
	}
	if !lockedInB() {
		t.Error("the import has undone a lock")
	}
	if _, err := b.store.Unlock(t.Context(), "acme", "tester"); err != nil {
		t.Fatal(err)
	}
	b.sharesWith(t, f, "acme", "globex")
	if done := b.imports(t, old, ImportOptions{}); done.Changed {
		t.Errorf("an older export: %+v", done)
	}
	// Each side has a data key that the other does not know.
	rotate(f.store)
	rotate(b.store)
	if done := b.imports(t, f.export(t, ""), ImportOptions{}); done.Tenants[0].Outcome != ImportMerged {
		t.Errorf("%+v", done)
	}
	if done := f.imports(t, b.export(t, ""), ImportOptions{}); done.Tenants[0].Outcome != ImportCarried { // b has all by now
		t.Errorf("%+v", done)
	}
	b.sharesWith(t, f, "acme", "globex")
	// Another master key for the same data keys is each store's own matter; a lock comes with a data key, and one without is told.
	f.wrapper.AddKey(otherARN)
	if _, err := f.store.Rewrap(t.Context(), "acme", "tester", MasterKey{Provider: keysource.ProviderLocal, KeyARN: otherARN}, f.wrapper); err != nil {
		t.Fatal(err)
	}
	if _, err := f.store.Lock(t.Context(), "acme", "tester"); err != nil {
		t.Fatal(err)
	}
	if done := b.imports(t, f.export(t, ""), ImportOptions{}); done.Changed || !strings.Contains(fmt.Sprint(done.Tenants[0].Notes), "pgseal key lock") ||
		!strings.Contains(fmt.Sprint(done.Tenants[0].Notes), "pgseal key set-arn") {
		t.Errorf("%+v", done)
	}
	if lockedInB() {
		t.Error("locked, though nothing else came")
	}
	rotate(f.store)
	if b.imports(t, f.export(t, ""), ImportOptions{}); !lockedInB() {
		t.Error("the other store's lock did not come with its data key")
	}
	if now, err := b.store.LookUp(t.Context(), "acme"); err != nil || now.Current.Wrapped.KeyARN != otherARN {
		t.Errorf("wrapped under %+v, %v", now, err)
	}
	if err := errors.Join(b.readAll(t, b.store), f.readAll(t, f.store)); err != nil {
		t.Error(err)
	}
}

// Stores that are not joined, or are one, keep out of each other's way.
func TestJoinRefuses(t *testing.T) {
	f := newFixture(t)
	acme := f.addTenant(t, "acme")
	b := f.joined(t)
	stranger := newFixture(t)
	stranger.key = f.key
	stranger = &fixture{database: newDatabase(t), key: f.key, wrapper: f.wrapper}
	stranger.init(t)
	stranger.refusesImport(t, f.export(t, ""), ImportOptions{Join: true}, "of another store")
	stranger.refusesImport(t, f.export(t, ""), ImportOptions{}, "of another store")
	f.refusesImport(t, f.export(t, ""), ImportOptions{Join: true}, "DROP SCHEMA pgseal CASCADE")
	(&fixture{database: newDatabase(t), key: newKey(t), wrapper: f.wrapper}).refusesImport(t, f.export(t, ""), ImportOptions{Join: true}, "control key")

	// A tenant of the name that was added here.
	f.addTenant(t, "globex")
	b.addTenant(t, "globex")
	b.refusesImport(t, f.export(t, ""), ImportOptions{}, "another tenant by the name")
	if done := b.imports(t, f.export(t, ""), ImportOptions{Tenant: "acme"}); done.Changed {
		t.Errorf("%+v", done)
	}
	// A deterministic column that each side has pinned for itself.
	if _, err := f.store.Rotate(t.Context(), "acme", "tester", f.wrapper); err != nil {
		t.Fatal(err)
	}
	now, err := f.store.LookUp(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	column := crypto.NewDomainID("email")
	if _, err := f.store.Pin(t.Context(), acme.ID, column, now.Current.Number); err != nil {
		t.Fatal(err)
	}
	if _, err := b.store.Pin(t.Context(), acme.ID, column, acme.Current.Number); err != nil {
		t.Fatal(err)
	}
	b.refusesImport(t, f.export(t, ""), ImportOptions{Tenant: "acme"}, "is pinned to the data key")
	b.imports(t, f.export(t, ""), ImportOptions{Tenant: "acme", Replace: true})
	b.sharesWith(t, f, "acme")
	// A column that is sealed in another way here.
	c := sampleColumn("c")
	f.save(t, c)
	other := sampleColumn("c")
	other.Pad, other.State = 32, ColumnSealing
	b.save(t, other)
	b.refusesImport(t, f.export(t, ""), ImportOptions{Tenant: "acme"}, "another identity")
	other.State = ColumnPlain
	b.save(t, other)
	b.imports(t, f.export(t, ""), ImportOptions{Tenant: "acme"})
	columns, err := b.store.Columns(t.Context())
	if err != nil || len(columns) != 2 || !strings.Contains(fmt.Sprint(columns[0].Retired, columns[1].Retired), "true") {
		t.Errorf("%+v, %v", columns, err)
	}
}
