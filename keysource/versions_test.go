package keysource_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/legatics/pgseal/keysource"
)

// TestVersions: both kinds remember the highest version of each name.
func TestVersions(t *testing.T) {
	file, err := keysource.OpenVersionsFile(filepath.Join(t.TempDir(), "versions.json"))
	if err != nil {
		t.Fatal(err)
	}
	for name, v := range map[string]keysource.Versions{"memory": keysource.NewVersions(), "file": file} {
		t.Run(name, func(t *testing.T) {
			var wg sync.WaitGroup
			for i := range 20 {
				wg.Go(func() {
					if err := v.Remember(acme, int64(i)); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if err := v.Remember(acme, 3); err != nil {
				t.Error(err)
			}
			if v.Seen(acme) != 19 || v.Seen("beta") != 0 {
				t.Errorf("seen %d and %d", v.Seen(acme), v.Seen("beta"))
			}
		})
	}
}

// TestVersionsFile: what was remembered is there after a restart, in a file of its owner's.
func TestVersionsFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "versions.json")
	v, err := keysource.OpenVersionsFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, version := range map[string]int64{acme: 7, `"quoted" / name`: 1 << 60} {
		if err := v.Remember(name, version); err != nil {
			t.Fatal(err)
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode() != 0o600 {
		t.Errorf("mode %v, error %v", info.Mode(), err)
	}
	again, err := keysource.OpenVersionsFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if again.Seen(acme) != 7 || again.Seen(`"quoted" / name`) != 1<<60 {
		t.Errorf("after a restart: %d, %d", again.Seen(acme), again.Seen(`"quoted" / name`))
	}
	if left, err := filepath.Glob(path + "?*"); err != nil || len(left) != 0 {
		t.Errorf("left over: %v", left)
	}
}

// TestVersionsFileRefused: a file that can't be understood is an error, never a beginning from nothing.
func TestVersionsFileRefused(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "versions.json")
	for _, text := range []string{"", "{}", `{"format": 2, "tenants": {}}`, `{"format": 1, "tenants": {"a": "b"}}`, `{"format": 1, "tenants": {}} x`,
		`{"format": 1, "tenants": {}, "more": 1}`, `{"format": 1, "tenants": {"a"`} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := keysource.OpenVersionsFile(path); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
	if _, err := keysource.OpenVersionsFile(dir); err == nil {
		t.Error("a folder was taken")
	}
}

// TestVersionsFileCantBeWritten: the version counts in this process all the same, and is written when that works again.
func TestVersionsFileCantBeWritten(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	path := filepath.Join(dir, "versions.json")
	v, err := keysource.OpenVersionsFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := v.Remember(acme, 5); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Remember without a folder: %v", err)
	}
	if v.Seen(acme) != 5 {
		t.Errorf("seen %d", v.Seen(acme))
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := v.Remember(acme, 5); err != nil {
		t.Error(err)
	}
	again, err := keysource.OpenVersionsFile(path)
	if err != nil || again.Seen(acme) != 5 {
		t.Errorf("after a restart: %v", err)
	}
}

// TestOlderRecordAfterRestart: a proxy that starts again refuses a record that is older than one it saw in its life before.
func TestOlderRecordAfterRestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "versions.json")
	open := func(o *keysource.Options) {
		v, err := keysource.OpenVersionsFile(path)
		if err != nil {
			t.Fatal(err)
		}
		o.Versions = v
	}
	b := newRig(t, open)
	old := b.store.Record(acme)
	rotate(b)
	b.wantAsk(0)
	b.ring.Close()

	restarted := newRig(t, open)
	restarted.store.Put(old)
	restarted.wantAsk(keysource.KeyRecordInvalid)
	restarted.store.Remove(acme)
	restarted.wantAsk(keysource.KeyRecordInvalid)
	if restarted.heard.alarmed() != 1 {
		t.Errorf("%d alarms", restarted.heard.alarmed())
	}
}
