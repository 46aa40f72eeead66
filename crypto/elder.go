package crypto

import (
	"crypto/cipher"
	"encoding/binary"
	"fmt"
)

const (
	elderFormat  = 0x01
	elderNonce   = 12
	elderWrapped = 1 + elderNonce + DataKeySize + tagSize
)

// WrapElder wraps the data key of an elder generation of the same tenant and store under this one (61 bytes, see the package
// documentation). ErrKeyNumber when elder is this generation itself, of another tenant or of another store; ErrDestroyed.
func (g *Generation) WrapElder(elder *Generation) ([]byte, error) {
	if elder.number == g.number || elder.tenant != g.tenant || elder.tag != g.tag {
		return nil, fmt.Errorf("%w: not an elder generation of this tenant", ErrKeyNumber)
	}
	aead, err := g.wrapAEAD()
	if err != nil {
		return nil, err
	}
	wrapped := make([]byte, 1+elderNonce, elderWrapped)
	wrapped[0] = elderFormat
	nonce := wrapped[1:]
	g.random(nonce)
	err = elder.key.use(func(key []byte) error {
		wrapped = aead.Seal(wrapped, nonce, key, g.elderAAD(elder.number))
		return nil
	})
	if err != nil {
		return nil, err
	}
	return wrapped, nil
}

// UnwrapElder opens what WrapElder of this generation made for elder number n. The caller owns the generation that it gets.
// ErrMalformed, ErrNotAuthentic (also for another number), ErrKeyNumber for 0 and this generation's own, ErrDestroyed.
func (g *Generation) UnwrapElder(n KeyNumber, wrapped []byte) (*Generation, error) {
	if n == 0 || n == g.number {
		return nil, fmt.Errorf("%w: not the number of an elder generation", ErrKeyNumber)
	}
	if len(wrapped) != elderWrapped || wrapped[0] != elderFormat {
		return nil, fmt.Errorf("%w: wrapped elder generation", ErrMalformed)
	}
	aead, err := g.wrapAEAD()
	if err != nil {
		return nil, err
	}
	plaintext, err := aead.Open(nil, wrapped[1:1+elderNonce], wrapped[1+elderNonce:], g.elderAAD(n))
	if err != nil {
		return nil, ErrNotAuthentic
	}
	key, err := NewDataKey(plaintext) // zeroes it
	if err != nil {
		return nil, err
	}
	elder := NewGeneration(g.tag, g.tenant, n, key)
	elder.random = g.random
	return elder, nil
}

func (g *Generation) wrapAEAD() (aead cipher.AEAD, err error) {
	if g.destroyed.Load() {
		return nil, ErrDestroyed
	}
	err = g.derive(purposeWrap, "", func(key []byte) (err error) {
		aead, err = newGCM(key)
		return err
	})
	return aead, err
}

func (g *Generation) elderAAD(elder KeyNumber) []byte {
	number := func(n KeyNumber) string { return string(binary.BigEndian.AppendUint32(nil, uint32(n))) }
	return appendParts(nil, formatVersion, purposeWrap, string(g.tenant[:]), number(g.number), number(elder))
}
