package localkey

import (
	"context"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"path/filepath"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

const (
	format      = 0x01
	nonceSize   = 12
	tagSize     = 16
	wrappedSize = 1 + nonceSize + crypto.DataKeySize + tagSize

	aadPurpose = "pgseal local key v1"
)

var (
	errNotWrapped = errors.New("not a data key that this driver wrapped")
	errDoesntOpen = errors.New("the wrapped data key does not open under the key in the file")
)

// Driver wraps data keys under the master key in one file. It implements keysource.Wrapper and keysource.Watcher. Safe for
// concurrent use; it holds no key.
type Driver struct {
	path string
}

// New makes the driver of the key in the file at path. The file need not be there.
func New(path string) *Driver { return &Driver{path: path} }

// Name is what the key is called in records and messages: "local:" and the file's name without its folder.
func (d *Driver) Name() string { return keysource.ProviderLocal + ":" + filepath.Base(d.path) }

// Generate is keysource.Wrapper's.
func (d *Driver) Generate(ctx context.Context, spec keysource.KeySpec) (keysource.Wrapped, *crypto.DataKey, error) {
	m, err := d.open(ctx, spec, keysource.OpGenerate)
	if err != nil {
		return keysource.Wrapped{}, nil, err
	}
	plaintext := make([]byte, crypto.DataKeySize)
	rand.Read(plaintext)
	wrapped := d.wrap(m, spec, plaintext)
	key, err := crypto.NewDataKey(plaintext) // zeroes it
	if err != nil {
		return keysource.Wrapped{}, nil, d.failure(spec, keysource.OpGenerate, keysource.KMSUnreachable, err)
	}
	return wrapped, key, nil
}

// Unwrap is keysource.Wrapper's.
func (d *Driver) Unwrap(ctx context.Context, spec keysource.KeySpec, wrapped keysource.Wrapped) (*crypto.DataKey, string, error) {
	m, err := d.open(ctx, spec, keysource.OpUnwrap)
	if err != nil {
		return nil, "", err
	}
	plaintext, err := unwrap(m.aead, spec, wrapped.Ciphertext)
	if err != nil {
		return nil, "", d.failure(spec, keysource.OpUnwrap, keysource.KeyMismatch, err)
	}
	key, err := crypto.NewDataKey(plaintext) // zeroes it
	if err != nil {
		return nil, "", d.failure(spec, keysource.OpUnwrap, keysource.KeyMismatch, err)
	}
	return key, m.id, nil
}

// Rewrap is keysource.Wrapper's. There is one master key: what changes is the tenant or the key number.
func (d *Driver) Rewrap(ctx context.Context, from, to keysource.KeySpec, wrapped keysource.Wrapped) (keysource.Wrapped, error) {
	m, err := d.open(ctx, from, keysource.OpRewrap)
	if err != nil {
		return keysource.Wrapped{}, err
	}
	plaintext, err := unwrap(m.aead, from, wrapped.Ciphertext)
	if err != nil {
		return keysource.Wrapped{}, d.failure(from, keysource.OpRewrap, keysource.KeyMismatch, err)
	}
	defer clear(plaintext)
	return d.wrap(m, to, plaintext), nil
}

// Probe is keysource.Wrapper's: it reads the file.
func (d *Driver) Probe(ctx context.Context, spec keysource.KeySpec) error {
	_, err := d.open(ctx, spec, keysource.OpProbe)
	return err
}

// Look is keysource.Watcher's: it reads the file.
func (d *Driver) Look(ctx context.Context, spec keysource.KeySpec) error {
	_, err := d.open(ctx, spec, keysource.OpWatch)
	return err
}

func (d *Driver) wrap(m *master, spec keysource.KeySpec, plaintext []byte) keysource.Wrapped {
	c := make([]byte, 1+nonceSize, wrappedSize)
	c[0] = format
	nonce := c[1:]
	rand.Read(nonce)
	c = m.aead.Seal(c, nonce, plaintext, additional(spec))
	return keysource.Wrapped{Ciphertext: c, KeyARN: d.Name(), MaterialID: m.id}
}

// unwrap gives a plaintext that the caller wipes.
func unwrap(aead cipher.AEAD, spec keysource.KeySpec, c []byte) ([]byte, error) {
	if len(c) != wrappedSize || c[0] != format {
		return nil, errNotWrapped
	}
	plaintext, err := aead.Open(nil, c[1:1+nonceSize], c[1+nonceSize:], additional(spec))
	if err != nil {
		return nil, errDoesntOpen
	}
	return plaintext, nil
}

// additional is the list of parts that the package documentation fixes.
func additional(spec keysource.KeySpec) []byte {
	number := binary.BigEndian.AppendUint32(nil, uint32(spec.KeyNumber))
	var aad []byte
	for _, part := range [][]byte{[]byte(aadPurpose), spec.TenantID[:], number} {
		aad = binary.BigEndian.AppendUint32(aad, uint32(len(part)))
		aad = append(aad, part...)
	}
	return aad
}

func (d *Driver) failure(spec keysource.KeySpec, op string, kind keysource.Kind, cause error) error {
	return &keysource.Error{Kind: kind, Tenant: spec.TenantName, Op: op, Key: d.Name(), Cause: cause}
}
