package localkey_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/legatics/pgseal/keysource/localkey"
)

// TestCreate: a new file is a usable key that only its owner may read, and no two are the same.
func TestCreate(t *testing.T) {
	dir := t.TempDir()
	texts := make(map[string]bool)
	for _, name := range []string{"a", "b"} {
		path := filepath.Join(dir, name)
		if err := localkey.Create(path); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil || info.Mode() != 0o600 {
			t.Errorf("mode %v, error %v", info.Mode(), err)
		}
		if err := localkey.New(path).Probe(t.Context(), spec()); err != nil {
			t.Errorf("a new key: %v", err)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		texts[string(text)] = true
	}
	if len(texts) != 2 {
		t.Error("two new keys are the same")
	}
}

// TestCreateIsExclusive: a key that is there is never written over, by whoever comes second.
func TestCreateIsExclusive(t *testing.T) {
	path := filepath.Join(t.TempDir(), "master.key")
	var made atomic.Int32
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			switch err := localkey.Create(path); {
			case err == nil:
				made.Add(1)
			case !errors.Is(err, fs.ErrExist):
				t.Errorf("the second: %v", err)
			}
		})
	}
	wg.Wait()
	if made.Load() != 1 {
		t.Errorf("made %d times", made.Load())
	}
	if err := localkey.New(path).Probe(t.Context(), spec()); err != nil {
		t.Error(err)
	}
	if err := localkey.Create(filepath.Join(path, "below")); err == nil {
		t.Error("made below a file")
	}
}
