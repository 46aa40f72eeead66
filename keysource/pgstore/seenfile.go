package pgstore

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/legatics/pgseal/crypto"
)

// seenFile keeps what was seen across restarts: JSON with a MAC under the
// control key, one file for each store.
type seenFile struct {
	mu    sync.Mutex // of writing
	path  string
	store storeID
	key   *crypto.ControlKey
}

// signedSeen is the file's form. Seen stays as it was written, so that the MAC
// is over the very bytes.
type signedSeen struct {
	Seen json.RawMessage `json:"seen"`
	MAC  []byte          `json:"mac"`
}

func newSeenFile(dir string, store storeID, key *crypto.ControlKey) *seenFile {
	return &seenFile{path: filepath.Join(dir, fmt.Sprintf("versions-%x.json", store[:])), store: store, key: key}
}

func (f *seenFile) record(seen []byte) *record {
	return newRecord(f.store, "versions file").bytes(seen)
}

// load gives an empty Seen where there is no file. A file that does not verify
// is an error: to go on without it would be to forget.
func (f *seenFile) load() (Seen, error) {
	data, err := os.ReadFile(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return Seen{}, nil
	}
	if err != nil {
		return Seen{}, err
	}
	var signed signedSeen
	var seen Seen
	if err := json.Unmarshal(data, &signed); err != nil {
		return Seen{}, fmt.Errorf("%s: %w", f.path, err)
	}
	if !f.key.Verify(signed.MAC, f.record(signed.Seen).parts...) {
		return Seen{}, fmt.Errorf("%s was not written with this deployment's control key", f.path)
	}
	if err := json.Unmarshal(signed.Seen, &seen); err != nil {
		return Seen{}, fmt.Errorf("%s: %w", f.path, err)
	}
	return seen, nil
}

// save replaces the file as a whole. What another process has put there since it was read stays: proxies and commands of a machine
// share the file. One that does not verify is replaced.
func (f *seenFile) save(seen Seen) error {
	var all memory
	if others, err := f.load(); err == nil && others.Versions != nil {
		all.merge(others)
	}
	all.merge(seen)
	raw, err := json.Marshal(all.seen)
	if err != nil {
		return err
	}
	data, err := json.Marshal(signedSeen{Seen: raw, MAC: f.record(raw).sign(f.key)})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(f.path), 0o700); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(f.path), ".versions-")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(data)
	if err = errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), f.path)
}
