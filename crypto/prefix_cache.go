package crypto

import (
	"crypto/cipher"
	"encoding/binary"
	"sync/atomic"
)

const (
	cacheSets = 128 // a power of two
	cacheWays = 4
)

// prefixCache keeps the derived AEADs of the prefixes that a generation's columns meet, at most cacheSets*cacheWays of them.
// Readers take no lock. What is put in has authenticated a value (or was drawn here), so forged values can't push others out.
type prefixCache struct {
	slots [cacheSets][cacheWays]atomic.Pointer[cachedPrefix]
	turn  atomic.Uint32
}

type cachedPrefix struct {
	owner  *randomized
	prefix [prefixSize]byte
	aead   cipher.AEAD
}

func (c *prefixCache) set(prefix *[prefixSize]byte) *[cacheWays]atomic.Pointer[cachedPrefix] {
	return &c.slots[binary.LittleEndian.Uint32(prefix[:])%cacheSets]
}

// get gives nil for a prefix that is not cached for owner.
func (c *prefixCache) get(owner *randomized, prefix *[prefixSize]byte) cipher.AEAD {
	set := c.set(prefix)
	for i := range set {
		if e := set[i].Load(); e != nil && e.owner == owner && e.prefix == *prefix {
			return e.aead
		}
	}
	return nil
}

// put takes a free place of the set, or else the places of the set in turn.
func (c *prefixCache) put(e *cachedPrefix) *atomic.Pointer[cachedPrefix] {
	set := c.set(&e.prefix)
	for i := range set {
		if set[i].CompareAndSwap(nil, e) {
			return &set[i]
		}
	}
	slot := &set[c.turn.Add(1)%cacheWays]
	slot.Store(e)
	return slot
}

func (c *prefixCache) drop() {
	for i := range c.slots {
		for j := range c.slots[i] {
			c.slots[i][j].Store(nil)
		}
	}
}
