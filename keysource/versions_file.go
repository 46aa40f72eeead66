package keysource

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"sync"
)

// VersionsFile is a Versions that outlives the process. The file is JSON, {"format": 1, "tenants": {"NAME": VERSION}}, mode 0600,
// and is replaced as a whole; one file serves one store and one process.
type VersionsFile struct {
	path string

	mu    sync.Mutex
	seen  map[string]int64
	saved bool // seen is what the file holds
}

const (
	versionsFormat  = 1
	maxVersionsFile = 64 << 20
)

type versionsJSON struct {
	Format  int              `json:"format"`
	Tenants map[string]int64 `json:"tenants"`
}

// OpenVersionsFile reads the file; one that does not exist is made by the first Remember. A file that can't be read is an error: to
// begin with nothing would accept records that are older than those already seen.
func OpenVersionsFile(path string) (*VersionsFile, error) {
	v := &VersionsFile{path: path, seen: make(map[string]int64), saved: true}
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return v, nil
	}
	if err == nil && info.Size() > maxVersionsFile {
		err = errors.New("it is too long")
	}
	if err != nil {
		return nil, fmt.Errorf("record versions in %s: %w", path, err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("record versions: %w", err)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	var stored versionsJSON
	if err := d.Decode(&stored); err != nil || stored.Format != versionsFormat || d.More() {
		return nil, fmt.Errorf("record versions in %s: not a file of format %d", path, versionsFormat)
	}
	maps.Copy(v.seen, stored.Tenants)
	return v, nil
}

// Seen is Versions'.
func (v *VersionsFile) Seen(name string) int64 {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.seen[name]
}

// Remember is Versions'. It is on disk when it returns nil; what could not be written is tried again at the next call.
func (v *VersionsFile) Remember(name string, version int64) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if version > v.seen[name] {
		v.seen[name], v.saved = version, false
	}
	if v.saved {
		return nil
	}
	if err := v.save(); err != nil {
		return fmt.Errorf("record versions: %w", err)
	}
	v.saved = true
	return nil
}

// save replaces the file: either the old one or the new one is there at every moment.
func (v *VersionsFile) save() error {
	data, err := json.Marshal(versionsJSON{versionsFormat, v.seen})
	if err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(v.path), filepath.Base(v.path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // fails once it is renamed
	_, err = tmp.Write(append(data, '\n'))
	if err == nil {
		err = tmp.Sync()
	}
	if err = errors.Join(err, tmp.Close()); err != nil {
		return err
	}
	if err := os.Rename(tmp.Name(), v.path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(v.path))
}

func syncFolder(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
