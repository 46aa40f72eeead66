package crypto

import (
	"crypto/rand"
	"crypto/subtle"
	"fmt"
)

// DataKeySize is the length of a data key in bytes.
const DataKeySize = 32

// DataKey is one generation's data key, in secret memory. It can't be read or printed, only used through a Generation. Safe for
// concurrent use.
type DataKey struct {
	memory *secretMemory
}

// NewDataKey copies a data key of DataKeySize bytes into secret memory and zeroes the argument, whatever the outcome. ErrMalformed
// for another length and for a key of zeros, which is what a caller that wiped its buffer too early would bring.
func NewDataKey(plaintext []byte) (*DataKey, error) {
	m, err := secretFrom(plaintext)
	if err != nil {
		return nil, err
	}
	return &DataKey{m}, nil
}

// GenerateDataKey draws a data key at random, directly into secret memory.
func GenerateDataKey() (*DataKey, error) {
	m, err := randomSecret()
	if err != nil {
		return nil, err
	}
	return &DataKey{m}, nil
}

// Destroy zeroes the key and gives its memory back, after every use that is under way. Idempotent.
func (k *DataKey) Destroy() {
	if k != nil {
		k.memory.destroy()
	}
}

func (k *DataKey) use(f func(key []byte) error) error {
	if k == nil {
		return ErrDestroyed
	}
	return k.memory.use(f)
}

// secretFrom moves a 32-byte key into secret memory: the argument is zeroed, whatever the outcome.
func secretFrom(key []byte) (*secretMemory, error) {
	defer clear(key)
	if len(key) != DataKeySize {
		return nil, fmt.Errorf("%w: a key has %d bytes", ErrMalformed, DataKeySize)
	}
	if subtle.ConstantTimeCompare(key, make([]byte, DataKeySize)) == 1 {
		return nil, fmt.Errorf("%w: a key of zeros", ErrMalformed)
	}
	m, err := newSecretMemory(secrets)
	if err != nil {
		return nil, err
	}
	return m, m.use(func(secret []byte) error {
		copy(secret, key)
		return nil
	})
}

func randomSecret() (*secretMemory, error) {
	m, err := newSecretMemory(secrets)
	if err != nil {
		return nil, err
	}
	return m, m.use(func(secret []byte) error {
		_, err := rand.Read(secret) // never fails
		return err
	})
}
