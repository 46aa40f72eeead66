package localkey

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"

	"github.com/legatics/pgseal/keysource"
)

const (
	masterSize = 32
	hexSize    = 2 * masterSize // characters
	base64Size = 43
	idPurpose  = "pgseal local key id v1"
)

// master is a master key for the time of one call.
type master struct {
	aead cipher.AEAD
	id   string
}

// A key in a file that is unfit for use, apart from what the file system says.
var (
	errNotRegular = errors.New("it is no regular file")
	errNotAKey    = errors.New("it does not hold a key: 64 hexadecimal digits or 43 characters of base64url are wanted")
)

// open reads the master key. Every error is a *keysource.Error.
func (d *Driver) open(ctx context.Context, spec keysource.KeySpec, op string) (*master, error) {
	if err := ctx.Err(); err != nil {
		return nil, d.failure(spec, op, keysource.KMSUnreachable, err)
	}
	key, err := readKey(d.path)
	defer clear(key)
	if err != nil {
		return nil, d.failure(spec, op, kindOf(err), fmt.Errorf("master key file %s: %w", d.path, err))
	}
	m, err := newMaster(key)
	if err != nil {
		return nil, d.failure(spec, op, keysource.KeyInvalidState, err)
	}
	return m, nil
}

func newMaster(key []byte) (*master, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	h := sha256.New()
	h.Write([]byte(idPurpose))
	h.Write(key)
	return &master{aead: aead, id: hex.EncodeToString(h.Sum(nil)[:8])}, nil
}

// modeError is a file that others may read or write.
type modeError fs.FileMode

func (m modeError) Error() string {
	return fmt.Sprintf("its mode is %04o, so that others than its owner may use it; 0600 is wanted", uint32(m))
}

// kindOf is the table of what can be wrong with the file.
func kindOf(err error) keysource.Kind {
	var mode modeError
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return keysource.KeyNotFound
	case errors.Is(err, fs.ErrPermission):
		return keysource.AccessDenied
	case errors.As(err, &mode), errors.Is(err, errNotRegular), errors.Is(err, errNotAKey):
		return keysource.KeyInvalidState
	}
	return keysource.KeyStoreUnavailable
}

// readKey gives the 32 bytes of the key, which the caller wipes.
func readKey(path string) ([]byte, error) {
	// Not blocking: to open a named pipe would wait for its writer.
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, withoutPath(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, withoutPath(err)
	}
	if !info.Mode().IsRegular() {
		return nil, errNotRegular
	}
	if !keysource.PrivateFile(info) {
		return nil, modeError(info.Mode().Perm())
	}
	text := make([]byte, hexSize+2) // one more than fits: a longer file is no key
	defer clear(text)
	n, err := io.ReadFull(f, text)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, withoutPath(err)
	}
	return parseKey(text[:n])
}

// withoutPath drops the path from an error, for the caller names the file.
func withoutPath(err error) error {
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		return e.Err
	}
	return err
}

// parseKey reads the file's text. Nothing of it is in the error. The caller wipes the result.
func parseKey(text []byte) ([]byte, error) {
	text = bytes.TrimSuffix(text, []byte("\n"))
	key := make([]byte, masterSize)
	switch len(text) {
	case hexSize:
		if _, err := hex.Decode(key, text); err == nil {
			return key, nil
		}
	case base64Size:
		// The decoder skips line feeds even when strict; a key is then short.
		if n, err := base64.RawURLEncoding.Strict().Decode(key, text); err == nil && n == masterSize {
			return key, nil
		}
	}
	clear(key)
	return nil, errNotAKey
}
