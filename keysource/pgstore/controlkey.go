package pgstore

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// Errors of the control key's file.
var (
	// ErrNoControlKey: the file does not exist, and the store has a control key.
	ErrNoControlKey = errors.New("the store of this database already has a control key; copy its file from another proxy of this deployment, a new one would not verify any record")
	// ErrControlKeyMode: others than the file's owner may read or write it.
	ErrControlKeyMode = errors.New("the control key's file must be accessible to its owner alone (chmod 600), or be root's and readable by one group at most (chmod 640)")
	// ErrControlKeyForm: the file does not hold what CreateControlKey writes.
	ErrControlKeyForm = errors.New("this is not a control key's file")
)

// controlKeyPrefix begins the one line of the file; the 32 bytes follow in
// base64 (RFC 4648, section 4).
const controlKeyPrefix = "pgseal-control-key-1:"

// EnsureControlKey reads the control key's file. Where there is none it draws a
// new key and writes it, but only for a store that does not exist yet.
// created tells which it was. The caller destroys the key.
func EnsureControlKey(file string, storeExists bool) (key *crypto.ControlKey, created bool, err error) {
	key, err = ReadControlKey(file)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, false, err
	}
	if storeExists {
		return nil, false, fmt.Errorf("%s: %w", file, ErrNoControlKey)
	}
	key, err = CreateControlKey(file)
	return key, err == nil, err
}

// CreateControlKey draws a control key and writes it to a new file with mode
// 0600. It never replaces a file: the error is then fs.ErrExist.
func CreateControlKey(file string) (*crypto.ControlKey, error) {
	key, err := crypto.GenerateControlKey()
	if err != nil {
		return nil, err
	}
	if err := key.Export(func(k []byte) error { return writeNew(file, k) }); err != nil {
		key.Destroy()
		return nil, err
	}
	return key, nil
}

// writeNew creates the file under its name in one step, complete and on disk.
func writeNew(file string, key []byte) error {
	line := formatControlKey(key)
	defer clear(line)
	f, err := os.CreateTemp(filepath.Dir(file), ".control-key-") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(line)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Link(f.Name(), file) // fails where the name is taken
}

// ReadControlKey reads the file. Errors: fs.ErrNotExist, ErrControlKeyMode,
// ErrControlKeyForm. The caller destroys the key.
func ReadControlKey(file string) (*crypto.ControlKey, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || !keysource.PrivateFile(info) {
		return nil, fmt.Errorf("%s: %w", file, ErrControlKeyMode)
	}
	buffer := make([]byte, 256)
	defer clear(buffer)
	n, _ := io.ReadFull(f, buffer)
	key, err := parseControlKey(buffer[:n])
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return key, nil
}

// formatControlKey is the file's one line.
func formatControlKey(key []byte) []byte {
	return append(base64.StdEncoding.AppendEncode([]byte(controlKeyPrefix), key), '\n')
}

// parseControlKey reads exactly what formatControlKey gives.
func parseControlKey(data []byte) (*crypto.ControlKey, error) {
	line, hasEnd := bytes.CutSuffix(data, []byte("\n"))
	text, hasPrefix := bytes.CutPrefix(line, []byte(controlKeyPrefix))
	raw, err := base64.StdEncoding.Strict().AppendDecode(nil, text)
	// encoding/base64 skips line breaks even in strict mode.
	if !hasEnd || !hasPrefix || err != nil || bytes.ContainsAny(text, "\r\n") {
		clear(raw)
		return nil, ErrControlKeyForm
	}
	key, err := crypto.NewControlKey(raw) // zeroes raw
	if err != nil {
		return nil, ErrControlKeyForm
	}
	return key, nil
}
