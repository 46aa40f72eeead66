package crypto

import (
	"crypto/cipher"
	"sync"
	"sync/atomic"
)

// valuesPerPrefix is how many values a process seals under one drawn prefix; the arithmetic is in the package documentation.
const valuesPerPrefix = 1 << 20

// randomized seals and opens a column's values in randomized mode.
type randomized struct {
	xaes    *xaes
	aad     []byte
	header  [headerSize]byte
	cache   *prefixCache
	random  func([]byte)
	dead    *atomic.Bool // the generation's
	sealing atomic.Pointer[sealPrefix]
	drawing sync.Mutex
}

// sealPrefix is the prefix that values are sealed under now.
type sealPrefix struct {
	prefix [prefixSize]byte
	aead   cipher.AEAD
	used   atomic.Int64
}

// take counts one value against the prefix in use, and draws a new one when that has had its number.
func (r *randomized) take() (*sealPrefix, error) {
	for {
		p := r.sealing.Load()
		if p != nil && p.used.Add(1) <= valuesPerPrefix {
			return p, nil
		}
		if err := r.draw(p); err != nil {
			return nil, err
		}
	}
}

// draw replaces the prefix spent, unless somebody else has just done so.
func (r *randomized) draw(spent *sealPrefix) error {
	r.drawing.Lock()
	defer r.drawing.Unlock()
	if r.sealing.Load() != spent {
		return nil
	}
	p := new(sealPrefix)
	r.random(p.prefix[:])
	var err error
	if p.aead, err = r.xaes.gcm(p.prefix); err != nil {
		return err
	}
	r.remember(p.prefix, p.aead)
	r.sealing.Store(p)
	return nil
}

func (r *randomized) remember(prefix [prefixSize]byte, aead cipher.AEAD) {
	slot := r.cache.put(&cachedPrefix{r, prefix, aead})
	if r.dead.Load() { // the cache may have been emptied a moment ago
		slot.Store(nil)
	}
}

// seal appends a sealed value; dst has room for it.
func (r *randomized) seal(dst, plaintext []byte) ([]byte, error) {
	p, err := r.take()
	if err != nil {
		return dst, err
	}
	dst = append(dst, r.header[:]...)
	dst = append(dst, p.prefix[:]...)
	n := len(dst)
	dst = dst[:n+nonceRandomized-prefixSize]
	r.random(dst[n:])
	return p.aead.Seal(dst, dst[n:], plaintext, r.aad), nil
}

// open appends the plaintext of a sealed value whose header and length are checked.
func (r *randomized) open(dst, sealed []byte) ([]byte, error) {
	body := sealed[headerSize:]
	prefix := [prefixSize]byte(body)
	aead := r.cache.get(r, &prefix)
	fresh := aead == nil
	if fresh {
		var err error
		if aead, err = r.xaes.gcm(prefix); err != nil {
			return dst, err
		}
	}
	out, err := aead.Open(dst, body[prefixSize:nonceRandomized], body[nonceRandomized:], r.aad)
	if err != nil {
		return dst, ErrNotAuthentic
	}
	if fresh {
		r.remember(prefix, aead)
	}
	return out, nil
}
