package crypto

import (
	"fmt"
	"slices"
	"sync/atomic"
)

// ColumnKey seals and opens the values of one column under one generation. It holds derived keys only. Safe for concurrent use;
// once its generation is destroyed every call gives ErrDestroyed.
type ColumnKey struct {
	generation *Generation
	keys       atomic.Pointer[columnKeys] // nil once dropped
}

type columnKeys struct {
	randomized    randomized
	deterministic deterministic
}

// Seal appends the sealed form of plaintext to dst: header, nonce, ciphertext and tag. No allocation when dst has room for
// len(plaintext) plus the mode's overhead. The result never aliases plaintext, which must not overlap the spare capacity of dst.
// ErrDestroyed; ErrMalformed for an unknown mode or a plaintext over 1 GiB; dst is then returned as it came.
func (k *ColumnKey) Seal(dst []byte, m Mode, plaintext []byte) ([]byte, error) {
	keys, err := k.live()
	if err != nil {
		return dst, err
	}
	if len(plaintext) > maxPlaintext {
		return dst, fmt.Errorf("%w: plaintext over %d bytes", ErrMalformed, maxPlaintext)
	}
	switch m {
	case Randomized:
		return keys.randomized.seal(slices.Grow(dst, OverheadRandomized+len(plaintext)), plaintext)
	case Deterministic:
		return keys.deterministic.seal(slices.Grow(dst, OverheadDeterministic+len(plaintext)), plaintext), nil
	}
	return dst, fmt.Errorf("%w: %s can't be sealed", ErrMalformed, m)
}

// Open appends the plaintext of a sealed value of either mode to dst. No allocation when dst has room for it. sealed must not
// overlap the spare capacity of dst. ErrMalformed, ErrWrongStore, ErrKeyNumber, ErrNotAuthentic or ErrDestroyed; dst is then
// returned as it came, and what its spare capacity holds is no plaintext.
func (k *ColumnKey) Open(dst, sealed []byte) ([]byte, error) {
	keys, err := k.live()
	if err != nil {
		return dst, err
	}
	h, err := ParseHeader(sealed)
	if err != nil {
		return dst, err
	}
	if h.Tag != k.generation.tag {
		return dst, ErrWrongStore
	}
	if h.Number != k.generation.number {
		return dst, ErrKeyNumber
	}
	if h.Mode == Deterministic {
		return keys.deterministic.open(dst, sealed)
	}
	return keys.randomized.open(dst, sealed)
}

func (k *ColumnKey) live() (*columnKeys, error) {
	keys := k.keys.Load()
	if keys == nil || k.generation.destroyed.Load() {
		return nil, ErrDestroyed
	}
	return keys, nil
}

// newColumnKey derives all keys of a column.
func newColumnKey(g *Generation, c Column) (*ColumnKey, error) {
	aad := g.columnAAD(c)
	k := &ColumnKey{generation: g}
	keys := new(columnKeys)
	r, d := &keys.randomized, &keys.deterministic
	r.aad, r.header = aad, Header{Randomized, g.tag, g.number}.bytes()
	r.cache, r.random, r.dead = &g.prefixes, g.random, &g.destroyed
	d.aad, d.header = aad, Header{Deterministic, g.tag, g.number}.bytes()

	id := c.ID.canonical
	err := g.derive(purposeSeal, id, func(key []byte) (err error) {
		r.xaes, err = newXAES(key)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = g.derive(purposeDetEnc, id, func(key []byte) (err error) {
		d.aead, err = newGCM(key)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = g.derive(purposeDetMAC, id, func(key []byte) (err error) {
		d.mac, err = newPrefixMAC(key, aad)
		return err
	})
	if err != nil {
		return nil, err
	}
	k.keys.Store(keys)
	return k, nil
}
