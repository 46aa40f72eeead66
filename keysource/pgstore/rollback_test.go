package pgstore

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource"
)

// snapshotOf keeps all rows of the schema aside; restore puts them back, with
// their MACs: every record verifies.
func (f *fixture) snapshotOf(t *testing.T) (restore func()) {
	t.Helper()
	f.exec(t, `CREATE SCHEMA kept; SET search_path = kept;
		CREATE TABLE store AS TABLE pgseal.store; CREATE TABLE tenant AS TABLE pgseal.tenant; CREATE TABLE data_key AS TABLE pgseal.data_key`)
	return func() {
		t.Helper()
		f.exec(t, `SET session_replication_role = replica;
			DELETE FROM pgseal.data_key; DELETE FROM pgseal.tenant; DELETE FROM pgseal.store;
			INSERT INTO pgseal.store TABLE kept.store; INSERT INTO pgseal.tenant TABLE kept.tenant; INSERT INTO pgseal.data_key TABLE kept.data_key`)
	}
}

// TestRollback: an old record put back is refused by whoever has seen the
// newer one: the process itself, the same proxy after a restart, a new proxy
// that hears of it from a live one. Only a proxy that knows nothing takes it.
func TestRollback(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	state := t.TempDir()
	restore := f.snapshotOf(t)
	if _, err := f.store.Lock(t.Context(), "acme", "officer"); err != nil {
		t.Fatal(err)
	}
	kept := f.open(t, Options{StateDir: state})
	if rec, err := kept.Tenant(t.Context(), "acme"); err != nil || !rec.Locked {
		t.Fatalf("%+v, %v", rec, err)
	}
	kept.Close()
	if _, err := f.store.Tenant(t.Context(), "acme"); err != nil {
		t.Fatal(err)
	}
	restore()

	_, err := f.store.Tenant(t.Context(), "acme")
	wantKind(t, err, keysource.KeyRecordInvalid)
	again := f.open(t, Options{StateDir: state})
	_, err = again.Tenant(t.Context(), "acme")
	wantKind(t, err, keysource.KeyRecordInvalid)

	ignorant := f.open(t, Options{})
	if rec, err := ignorant.Tenant(t.Context(), "acme"); err != nil || rec.Locked {
		t.Errorf("a proxy that has seen nothing: %+v, %v", rec, err)
	}
	if err := f.store.Heartbeat(t.Context(), &Proxy{ID: NewProxyID(), Name: "live"}); err != nil {
		t.Fatal(err)
	}
	told := f.open(t, Options{})
	_, err = told.Tenant(t.Context(), "acme")
	wantKind(t, err, keysource.KeyRecordInvalid)

	// An operator's word makes it good, for the running proxies too.
	conn := connect(t, f.database)
	defer conn.Close(t.Context())
	if err := AcceptRestore(t.Context(), conn, f.key, "operator", time.Now()); err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]*Store{"running": f.store, "restarted": f.open(t, Options{StateDir: state}), "told": told} {
		if rec, err := s.Tenant(t.Context(), "acme"); err != nil || rec.Locked {
			t.Errorf("%s, after accepting: %+v, %v", name, rec, err)
		}
	}
	// The epoch itself cannot be put back.
	restore()
	_, err = f.store.Tenant(t.Context(), "acme")
	wantKind(t, err, keysource.KeyRecordInvalid)
	_, err = f.tryOpen(t, Options{StateDir: state})
	wantKind(t, err, keysource.KeyRecordInvalid)
}

// TestOneOldKey: a single data-key row put back, under a tenant's row that is
// the latest.
func TestOneOldKey(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	f.exec(t, "CREATE TABLE public.old AS TABLE pgseal.data_key")
	if _, err := f.store.Rotate(t.Context(), "acme", "tester", f.wrapper); err != nil {
		t.Fatal(err)
	}
	f.exec(t, `SET session_replication_role = replica; DELETE FROM pgseal.data_key k USING public.old o WHERE o.key_number = k.key_number;
		INSERT INTO pgseal.data_key TABLE public.old`)
	ignorant := f.open(t, Options{})
	_, err := ignorant.Tenant(t.Context(), "acme")
	wantKind(t, err, keysource.KeyRecordInvalid)
}

func TestVersionsFile(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	state := filepath.Join(t.TempDir(), "state")
	s := f.open(t, Options{StateDir: state})
	if _, err := s.Tenant(t.Context(), "acme"); err != nil {
		t.Fatal(err)
	}
	if err := s.Versions().Remember("acme", 7); err != nil {
		t.Fatal(err)
	}
	again := f.open(t, Options{StateDir: state})
	if got := again.Versions().Seen("acme"); got != 7 {
		t.Errorf("after a restart: %d, want 7", got)
	}
	files, err := filepath.Glob(filepath.Join(state, "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("files: %v, %v", files, err)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	for name, spoilt := range map[string][]byte{"cut": data[:len(data)/2], "empty": nil, "edited": append([]byte(`{"seen":{"epoch":1,"versions":{}},`), data[len(data)/2:]...)} {
		if err := os.WriteFile(files[0], spoilt, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := f.tryOpen(t, Options{StateDir: state}); err == nil {
			t.Errorf("%s: a spoilt file was taken", name)
		}
	}
}
