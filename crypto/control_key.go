package crypto

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
)

// ControlKey is the deployment's own key that authenticates control records. It lives in secret memory like a data key, can't be
// printed, and is safe for concurrent use.
type ControlKey struct {
	memory *secretMemory
}

// NewControlKey copies a control key of 32 bytes into secret memory and zeroes the argument, whatever the outcome. ErrMalformed
// for another length and for a key of zeros.
func NewControlKey(key []byte) (*ControlKey, error) {
	m, err := secretFrom(key)
	if err != nil {
		return nil, err
	}
	return &ControlKey{m}, nil
}

// GenerateControlKey draws a control key at random.
func GenerateControlKey() (*ControlKey, error) {
	m, err := randomSecret()
	if err != nil {
		return nil, err
	}
	return &ControlKey{m}, nil
}

// Export hands the key's bytes to f, which must not keep them: for the one moment at which a new store's key is written to its
// file. ErrDestroyed, or what f returns.
func (k *ControlKey) Export(f func(key []byte) error) error { return k.memory.use(f) }

// Sum is HMAC-SHA256 over the parts, each preceded by its length as uint32 big endian. The first part should name the kind of
// record, so that no record stands for one of another kind. It panics when the key is destroyed: there is no right answer, and a
// MAC under zeros would be one that everybody can make.
func (k *ControlKey) Sum(parts ...[]byte) [32]byte {
	sum, err := k.sum(parts)
	if err != nil {
		panic("crypto: Sum with a destroyed control key")
	}
	return sum
}

// Verify tells whether mac is Sum(parts...), in time that does not depend on where they differ. Never true once the key is
// destroyed.
func (k *ControlKey) Verify(mac []byte, parts ...[]byte) bool {
	sum, err := k.sum(parts)
	return err == nil && hmac.Equal(mac, sum[:])
}

// Destroy zeroes the key, after every use that is under way. Idempotent.
func (k *ControlKey) Destroy() {
	if k != nil {
		k.memory.destroy()
	}
}

func (k *ControlKey) sum(parts [][]byte) (sum [32]byte, err error) {
	err = k.memory.use(func(key []byte) error {
		h := hmac.New(sha256.New, key)
		var length [4]byte
		for _, p := range parts {
			binary.BigEndian.PutUint32(length[:], uint32(len(p)))
			h.Write(length[:])
			h.Write(p)
		}
		h.Sum(sum[:0])
		return nil
	})
	return sum, err
}
