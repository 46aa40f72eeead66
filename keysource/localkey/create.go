package localkey

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Create makes a file with a new random master key, mode 0600. It never touches a file that is there: errors.Is(err, fs.ErrExist).
// The file is on disk when Create returns nil.
func Create(path string) error {
	key := make([]byte, masterSize)
	defer clear(key)
	rand.Read(key)
	text := make([]byte, base64Size+1)
	defer clear(text)
	base64.RawURLEncoding.Encode(text, key)
	text[base64Size] = '\n'

	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("new master key: %w", err)
	}
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("new master key: %w", errors.Join(err, os.Remove(path)))
	}
	return syncFolder(filepath.Dir(path))
}

// syncFolder makes the file's name outlive a power failure.
func syncFolder(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("new master key: %w", err)
	}
	if err := errors.Join(dir.Sync(), dir.Close()); err != nil {
		return fmt.Errorf("new master key: %w", err)
	}
	return nil
}
