package pgstore

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/keysourcetest"
)

// contents is what of a store an export has: each tenant's record with its pins, the history and the columns.
type contents struct {
	Tenants map[string]keysource.TenantRecord
	History map[string][]HistoryEntry
	Columns []Column
	Tag     crypto.StoreTag
}

func (f *fixture) contents(t *testing.T, s *Store) contents {
	t.Helper()
	c := contents{Tenants: map[string]keysource.TenantRecord{}, History: map[string][]HistoryEntry{}, Tag: s.Tag()}
	list, err := s.Tenants(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range list {
		if l.Err != nil {
			t.Fatalf("%s: %v", l.Name, l.Err)
		}
		c.Tenants[l.Name] = l.Tenant.TenantRecord
		history, err := s.History(t.Context(), l.Name)
		if err != nil {
			t.Fatal(err)
		}
		c.History[l.Name] = slices.DeleteFunc(history, func(h HistoryEntry) bool { return h.Action == ActionImported })
	}
	if c.Columns, err = s.Columns(t.Context()); err != nil {
		t.Fatal(err)
	}
	return c
}

func (f *fixture) differs(t *testing.T, want contents) {
	t.Helper()
	got := f.contents(t, f.open(t, Options{}))
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(crypto.ColumnID{}), cmp.Transformer("text", func(id crypto.ColumnID) string { return id.String() })); diff != "" {
		t.Errorf("(-before +after)\n%s", diff)
	}
}

func (f *fixture) export(t *testing.T, name string) *Export {
	t.Helper()
	e, err := f.store.Export(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return written(t, e)
}

// written is the export as it comes back from its file.
func written(t *testing.T, e *Export) *Export {
	t.Helper()
	var file bytes.Buffer
	enc := json.NewEncoder(&file)
	enc.SetIndent("", "  ")
	if err := enc.Encode(e); err != nil {
		t.Fatal(err)
	}
	back, err := ReadExport(&file)
	if err != nil {
		t.Fatal(err)
	}
	return back
}

func (f *fixture) tryImport(t *testing.T, e *Export, o ImportOptions) (*Imported, error) {
	t.Helper()
	conn := connect(t, f.database)
	defer conn.Close(t.Context())
	o.Actor, o.Now = "tester", time.Now()
	o.Wrapper = func(string) (keysource.Wrapper, error) { return f.wrapper, nil }
	return Import(t.Context(), conn, f.key, e, o)
}

func (f *fixture) imports(t *testing.T, e *Export, o ImportOptions) *Imported {
	t.Helper()
	done, err := f.tryImport(t, e, o)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func (f *fixture) refusesImport(t *testing.T, e *Export, o ImportOptions, says string) {
	t.Helper()
	before := f.dumped(t)
	if _, err := f.tryImport(t, e, o); err == nil || !strings.Contains(err.Error(), says) {
		t.Errorf("got %v, want %q in it", err, says)
	}
	if f.dumped(t) != before {
		t.Error("something was written")
	}
}

// dumped is every row of the schema, by table.
func (f *fixture) dumped(t *testing.T) string {
	t.Helper()
	var rows string
	err := server.Conn(t, f.database, "").QueryRow(t.Context(), `SELECT coalesce(string_agg(relname || query_to_xml('TABLE pgseal.' || relname || ' ORDER BY 1, 2', true, true, '')::text, ''
		ORDER BY relname), '') FROM pg_class WHERE relnamespace = to_regnamespace('pgseal') AND relkind IN ('r', 'v')`).Scan(&rows)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// lose runs SQL past every safeguard.
func (f *fixture) lose(t *testing.T, sql string) {
	t.Helper()
	f.exec(t, "SET session_replication_role = replica; "+sql)
}

// Whatever of a store is lost, an export brings it back as it was: the records themselves, with their versions and MACs. A second import finds nothing to do,
// and a dry run writes nothing.
func TestImportBringsBack(t *testing.T) {
	losses := []string{
		"DROP SCHEMA pgseal CASCADE", "DELETE FROM pgseal.tenant", "DELETE FROM pgseal.data_key", "DELETE FROM pgseal.data_key WHERE wrapped_by IS NOT NULL",
		"DELETE FROM pgseal.data_key WHERE wrapped_by IS NULL", "DELETE FROM pgseal.column_state", "DELETE FROM pgseal.column_pin", "DELETE FROM pgseal.store",
		"ALTER TABLE pgseal.key_history DISABLE TRIGGER ALL; DELETE FROM pgseal.key_history", "DELETE FROM pgseal.tenant WHERE name = 'other'",
		"UPDATE pgseal.tenant SET cache_ms = 86400000", "UPDATE pgseal.data_key SET wrapped = '\\x00'", "UPDATE pgseal.column_pin SET created_at = now()",
		"UPDATE pgseal.column_state SET pad = 0", "DELETE FROM pgseal.tenant; DELETE FROM pgseal.data_key; DELETE FROM pgseal.column_pin; DELETE FROM pgseal.column_state",
	}
	for _, table := range []string{"store", "tenant", "data_key", "key_history", "event", "column_pin", "column_state", "proxy", "migration"} {
		losses = append(losses, "DROP TABLE pgseal."+table+" CASCADE")
	}
	losses = append(losses, "DROP VIEW pgseal.tenant_state", "DROP INDEX pgseal.data_key_tenant", "DROP FUNCTION pgseal.refuse_change CASCADE")
	f, _, _ := full(t)
	e, want := f.export(t, ""), f.contents(t, f.store)
	for _, loss := range losses {
		t.Run(loss, func(t *testing.T) {
			f.lose(t, loss)
			before := f.dumped(t)
			if dry := f.imports(t, e, ImportOptions{DryRun: true}); !dry.Changed || f.dumped(t) != before {
				t.Errorf("the dry run says %+v, or has changed the database", dry)
			}
			if done := f.imports(t, e, ImportOptions{}); !done.Changed {
				t.Errorf("nothing was done: %+v", done)
			}
			f.differs(t, want)
			before = f.dumped(t)
			if again := f.imports(t, e, ImportOptions{}); again.Changed || f.dumped(t) != before {
				t.Errorf("the second time: %+v", again)
			}
			if got := f.init(t); got.Created {
				t.Error("init makes a new store")
			}
		})
	}
}

// An import of one tenant leaves the others alone.
func TestImportOneTenant(t *testing.T) {
	f, _, _ := full(t)
	want := f.contents(t, f.store)
	acme, all := f.export(t, "acme"), f.export(t, "")
	f.lose(t, "DELETE FROM pgseal.tenant")
	f.imports(t, acme, ImportOptions{})
	if _, err := f.open(t, Options{}).Tenant(t.Context(), "other"); keysource.KindOf(err) != keysource.TenantUnknown {
		t.Errorf("the other one: %v", err)
	}
	f.refusesImport(t, acme, ImportOptions{Tenant: "other"}, "no such tenant")
	f.imports(t, all, ImportOptions{Tenant: "other"})
	f.differs(t, want)
}

// Files that are not what an export of this store has written.
func TestImportRefusesFiles(t *testing.T) {
	f, _, _ := full(t)
	e := f.export(t, "")
	text, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	for n := 0; n < len(text); n += 17 {
		if _, err := ReadExport(bytes.NewReader(text[:n])); err == nil {
			t.Fatalf("cut off behind %d bytes, it is taken", n)
		}
		spoilt := slices.Clone(text)
		spoilt[n] ^= 1
		if back, err := ReadExport(bytes.NewReader(spoilt)); err == nil && back.verify(f.key) == nil {
			t.Fatalf("spoilt at %d, it is taken: %q", n, spoilt[max(0, n-20):n+20])
		}
	}
	if _, err := ReadExport(io.MultiReader(bytes.NewReader(text), strings.NewReader("{}"))); !errors.Is(err, ErrExportSpoilt) {
		t.Errorf("with something behind it: %v", err)
	}
	// Whoever has no control key can make the digest right, and no more.
	forged := *e
	forged.Records = json.RawMessage(strings.Replace(string(e.Records), `"cache_ms": 300000`, `"cache_ms": 86400000`, 1))
	if bytes.Equal(forged.Records, e.Records) {
		t.Fatal("nothing was forged")
	}
	parts, err := forged.parts(f.store.id)
	if err != nil {
		t.Fatal(err)
	}
	forged.SHA256 = forged.digest(parts)
	f.refusesImport(t, written(t, &forged), ImportOptions{}, "not written with this deployment's control key")

	other := newFixture(t)
	other.addTenant(t, "acme")
	f.refusesImport(t, other.export(t, ""), ImportOptions{}, "not written with this deployment's control key")
	second := &fixture{database: newDatabase(t), key: f.key, wrapper: f.wrapper} // of the same deployment
	second.init(t)
	second.store = second.open(t, Options{})
	second.addTenant(t, "acme")
	f.refusesImport(t, second.export(t, ""), ImportOptions{}, "of another store")
}

// An export that is older than what was seen is refused. Accepted, it comes back locked and above the versions seen, so that every proxy takes it; data keys
// that the store still has are kept though the export does not know them.
func TestImportOlder(t *testing.T) {
	f := newFixture(t)
	acme := f.addTenant(t, "acme")
	e := f.export(t, "")
	state := t.TempDir()
	rotated, err := f.store.Rotate(t.Context(), "acme", "tester", f.wrapper)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.store.Lock(t.Context(), "acme", "officer"); err != nil {
		t.Fatal(err)
	}
	kept := f.open(t, Options{StateDir: state})
	if _, err := kept.Tenant(t.Context(), "acme"); err != nil {
		t.Fatal(err)
	}
	f.lose(t, "DELETE FROM pgseal.tenant")
	f.refusesImport(t, e, ImportOptions{StateDir: state}, "version 1 of the tenant's record, and version 3 was seen")
	f.refusesImport(t, e, ImportOptions{}, "since then rotated ") // nobody remembers, but the history does
	f.lose(t, "CREATE TABLE kept AS TABLE pgseal.key_history; ALTER TABLE pgseal.key_history DISABLE TRIGGER ALL; DELETE FROM pgseal.key_history WHERE action = 'rotated'")
	f.refusesImport(t, e, ImportOptions{}, "since then locked ")
	f.lose(t, "DELETE FROM pgseal.key_history; INSERT INTO pgseal.key_history TABLE kept")
	done := f.imports(t, e, ImportOptions{StateDir: state, AcceptOlder: true})
	if got := done.Tenants[0]; got.Outcome != ImportOlder || len(got.Lost) > 0 {
		t.Errorf("%+v", got)
	}
	for name, s := range map[string]*Store{"running": f.store, "another": kept, "restarted": f.open(t, Options{StateDir: state})} {
		rec, err := s.Tenant(t.Context(), "acme")
		if err != nil || !rec.Locked || rec.Version != 4 || rec.Current.Number != rotated.Current.Number || len(rec.Elders) != 1 || rec.Elders[0].Number != acme.Current.Number {
			t.Errorf("%s: %+v, %v", name, rec, err)
		}
	}
	if again := f.imports(t, e, ImportOptions{StateDir: state}); again.Changed {
		t.Errorf("again: %+v", again)
	}
	f.opensAll(t, "acme")

	// The same with the newer data key lost as well: it is named.
	f.lose(t, fmt.Sprintf("DELETE FROM pgseal.tenant; DELETE FROM pgseal.data_key WHERE key_number = %d", rotated.Current.Number))
	done = f.imports(t, e, ImportOptions{StateDir: state, AcceptOlder: true})
	if got := done.Tenants[0]; len(got.Lost) != 1 || got.Lost[0] != hexNumber(rotated.Current.Number) {
		t.Errorf("%+v", got)
	}
	f.opensAll(t, "acme")
}

// opensAll unwraps all data keys of a tenant.
func (f *fixture) opensAll(t *testing.T, name string) map[crypto.KeyNumber]*crypto.Generation {
	t.Helper()
	s := f.open(t, Options{})
	tenant, err := s.LookUp(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	all, err := s.openGenerations(t.Context(), tenant, f.wrapper)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { destroyAll(all) })
	return all
}

// A store that was set back to before a data key was made, and went on from there: an export from in between brings that data key to it, and nothing else.
func TestImportMerges(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	restore := f.snapshotOf(t)
	if _, err := f.store.Rotate(t.Context(), "acme", "tester", f.wrapper); err != nil {
		t.Fatal(err)
	}
	between := f.opensAll(t, "acme")
	e := f.export(t, "")
	restore()
	conn := connect(t, f.database)
	defer conn.Close(t.Context())
	if err := AcceptRestore(t.Context(), conn, f.key, "operator", time.Now()); err != nil {
		t.Fatal(err)
	}
	if _, err := f.store.Rotate(t.Context(), "acme", "tester", f.wrapper); err != nil {
		t.Fatal(err)
	}
	locked, err := f.store.Lock(t.Context(), "acme", "officer")
	if err != nil {
		t.Fatal(err)
	}
	if dry := f.imports(t, e, ImportOptions{DryRun: true}); dry.Tenants[0].Outcome != ImportMerged || len(dry.Tenants[0].DataKeys) != 1 {
		t.Errorf("dry run: %+v", dry)
	}
	done := f.imports(t, e, ImportOptions{})
	if got := done.Tenants[0]; got.Outcome != ImportMerged || len(got.DataKeys) != 1 {
		t.Errorf("%+v", got)
	}
	rec, err := f.store.Tenant(t.Context(), "acme")
	if err != nil || !rec.Locked || rec.Current.Number != locked.Current.Number || len(rec.Elders) != 2 {
		t.Errorf("%+v, %v", rec, err)
	}
	all := f.opensAll(t, "acme")
	for n, g := range between {
		if all[n] == nil || sameKey(g, all[n]) != nil {
			t.Errorf("data key %d is not what it was", n)
		}
	}
	if again := f.imports(t, e, ImportOptions{}); again.Changed {
		t.Errorf("again: %+v", again)
	}
}

// What has taken the place of something that was lost is not overwritten unless that is asked for.
func TestImportTaken(t *testing.T) {
	f, acme, _ := full(t)
	e, want := f.export(t, ""), f.contents(t, f.store)
	t.Run("tenant", func(t *testing.T) {
		f.lose(t, "DELETE FROM pgseal.tenant WHERE name = 'other'; DELETE FROM pgseal.data_key WHERE tenant NOT IN (SELECT id FROM pgseal.tenant)")
		fresh := f.open(t, Options{})
		if _, err := fresh.AddTenant(t.Context(), NewTenant{Name: "other", Provider: keysource.ProviderLocal, KeyARN: keysourcetest.FakeARN, Actor: "tester"}, f.wrapper); err != nil {
			t.Fatal(err)
		}
		f.refusesImport(t, e, ImportOptions{Replace: true, AcceptOlder: true}, "another tenant by the name of")
		f.lose(t, "DELETE FROM pgseal.tenant WHERE name = 'other'; DELETE FROM pgseal.data_key WHERE tenant NOT IN (SELECT id FROM pgseal.tenant)")
		f.imports(t, e, ImportOptions{})
		f.differs(t, want)
	})
	t.Run("pin", func(t *testing.T) {
		f.lose(t, "DELETE FROM pgseal.column_pin")
		rotated, err := f.open(t, Options{}).Rotate(t.Context(), "acme", "tester", f.wrapper)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.store.Pin(t.Context(), acme.ID, crypto.NewDomainID("email"), rotated.Current.Number); err != nil {
			t.Fatal(err)
		}
		f.refusesImport(t, e, ImportOptions{}, "has been pinned to the data key")
		f.imports(t, e, ImportOptions{Replace: true})
		rec, err := f.open(t, Options{}).Tenant(t.Context(), "acme")
		if err != nil || rec.Pins[crypto.NewDomainID("email")] != want.Tenants["acme"].Pins[crypto.NewDomainID("email")] {
			t.Errorf("%v, %v", rec.Pins, err)
		}
	})
	t.Run("column", func(t *testing.T) {
		f.lose(t, "DELETE FROM pgseal.column_state")
		c := sampleColumn("c")
		f.save(t, c)
		if done := f.imports(t, e, ImportOptions{}); len(done.Columns) != 0 {
			t.Errorf("of the same identity: %+v", done.Columns)
		}
		c.Key.ID = crypto.NewDomainID("another")
		f.save(t, c)
		if done := f.imports(t, e, ImportOptions{}); len(done.Columns) != 1 {
			t.Errorf("nothing sealed yet: %+v", done.Columns)
		}
		f.lose(t, "DELETE FROM pgseal.column_state")
		c = sampleColumn("c")
		c.Key.ID, c.State = crypto.NewDomainID("another"), ColumnSealing
		f.save(t, c)
		f.refusesImport(t, e, ImportOptions{}, "has been taken up anew")
		f.imports(t, e, ImportOptions{Replace: true})
		columns, err := f.open(t, Options{}).Columns(t.Context())
		columns = slices.DeleteFunc(columns, func(c Column) bool { return c.Retired })
		if err != nil || len(columns) != 1 || columns[0].Key != want.Columns[0].Key {
			t.Errorf("%+v, %v", columns, err)
		}
	})
}

// Several imports at once, beside rotations: one does it, the others find nothing to do, and every data key is there.
func TestImportsAtOnce(t *testing.T) {
	f, _, _ := full(t)
	e, want := f.export(t, ""), f.contents(t, f.store)
	f.lose(t, "DELETE FROM pgseal.tenant WHERE name = 'acme'; DELETE FROM pgseal.column_pin")
	var all sync.WaitGroup
	var changed atomic.Int32
	var rotations atomic.Int32
	for range 4 {
		all.Go(func() {
			done, err := f.tryImport(t, e, ImportOptions{})
			if err != nil {
				t.Error(err)
			} else if done.Changed {
				changed.Add(1)
			}
		})
	}
	all.Go(func() {
		for rotations.Load() == 0 {
			if _, err := f.store.Rotate(t.Context(), "other", "tester", f.wrapper); err == nil {
				rotations.Add(1)
			} else if !errors.Is(err, ErrConflict) {
				t.Error(err)
				return
			}
		}
	})
	all.Wait()
	if changed.Load() != 1 {
		t.Errorf("%d imports changed something", changed.Load())
	}
	f.opensAll(t, "acme")
	if other := f.opensAll(t, "other"); len(other) != 2 {
		t.Errorf("%d data keys", len(other))
	}
	if got := f.contents(t, f.open(t, Options{})); len(got.Tenants["acme"].Pins) != len(want.Tenants["acme"].Pins) {
		t.Errorf("pins: %v", got.Tenants["acme"].Pins)
	}
}
