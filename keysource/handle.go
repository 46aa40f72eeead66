package keysource

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/legatics/pgseal/crypto"
)

// Handle is the right to use a tenant's keys until a deadline that it carries. It pins nothing: it fails from the deadline on, and
// at once after a no. Whoever acquired it releases it. Safe for concurrent use.
type Handle struct {
	ring     *Keyring
	lease    *lease
	ctx      context.Context // of Acquire; only its values are used, when a key that is not held has to be looked for
	released atomic.Bool
	sealed   atomic.Uint32 // values, for the tenant's tally
	opened   atomic.Uint32
}

// ErrReleased is the cause of the error that a handle gives after Release.
var ErrReleased = errors.New("the key handle was released")

// newHandle takes over the reference to l.
func newHandle(ctx context.Context, k *Keyring, l *lease) *Handle {
	return &Handle{ring: k, lease: l, ctx: ctx}
}

// Tenant is the tenant's name.
func (h *Handle) Tenant() string { return h.lease.tenant }

// Tag is the tag of the store that the keys belong to.
func (h *Handle) Tag() crypto.StoreTag { return h.lease.record.Tag }

// Deadline is when the handle ends, by the wall clock as it goes now.
func (h *Handle) Deadline() time.Time { return h.lease.deadline.Load().wallTime(h.lease.clock) }

// Release gives the handle back. Nothing is sealed or opened with it afterwards. Idempotent.
func (h *Handle) Release() {
	if h.released.CompareAndSwap(false, true) {
		passOn(&h.sealed, &h.lease.tally.sealed)
		passOn(&h.opened, &h.lease.tally.opened)
		h.lease.release()
	}
}

// Check returns nil while the keys may be used; otherwise an *Error. It costs two clock readings.
func (h *Handle) Check() error {
	if h.released.Load() {
		return h.over()
	}
	return h.lease.check()
}

// use is Check for a value.
func (h *Handle) use() error {
	if h.released.Load() {
		return h.over()
	}
	return h.lease.use()
}

func (h *Handle) over() *Error {
	return &Error{Kind: KMSUnreachable, Tenant: h.lease.tenant, Key: h.lease.key, Op: OpUse, Cause: ErrReleased}
}

// Seal is SealIn in the column's first round.
func (h *Handle) Seal(dst []byte, c crypto.Column, m crypto.Mode, plaintext []byte) ([]byte, error) {
	return h.SealIn(dst, c, m, 0, plaintext)
}

// SealIn appends the sealed value of plaintext to dst: under the current generation when randomized, under the generation that the
// column is pinned to in the round when deterministic (recorded in the store the first time). As crypto.ColumnKey.Seal about memory.
// An *Error, or one of crypto's for a column that can't be sealed.
func (h *Handle) SealIn(dst []byte, c crypto.Column, m crypto.Mode, round int, plaintext []byte) ([]byte, error) {
	dst, err := h.seal(dst, c, m, round, plaintext)
	if err == nil {
		count(&h.sealed, &h.lease.tally.sealed)
	}
	return dst, err
}

func (h *Handle) seal(dst []byte, c crypto.Column, m crypto.Mode, round int, plaintext []byte) ([]byte, error) {
	if err := h.use(); err != nil {
		return dst, err
	}
	if m != crypto.Deterministic {
		return seal(h.lease.current, dst, c, m, plaintext)
	}
	n, err := h.pinned(PinOf(c.ID, round))
	if err != nil {
		return dst, err
	}
	if g := h.lease.generation(n); g != nil {
		return seal(g, dst, c, m, plaintext)
	}
	err = h.elsewhere(n, func(g *crypto.Generation) (err error) {
		dst, err = seal(g, dst, c, m, plaintext)
		return err
	})
	return dst, err
}

// Open appends the plaintext of a sealed value to dst, under the generation that its header names. As crypto.ColumnKey.Open about
// memory. An *Error (ValueKeyUnknown when the store has no such generation), or one of crypto's: ErrMalformed, ErrWrongStore,
// ErrNotAuthentic, which another tenant's values are too.
func (h *Handle) Open(dst []byte, c crypto.Column, sealed []byte) ([]byte, error) {
	dst, err := h.open(dst, c, sealed)
	if err == nil {
		count(&h.opened, &h.lease.tally.opened)
	}
	return dst, err
}

func (h *Handle) open(dst []byte, c crypto.Column, sealed []byte) ([]byte, error) {
	if err := h.use(); err != nil {
		return dst, err
	}
	header, err := crypto.ParseHeader(sealed)
	if err != nil {
		return dst, err
	}
	if header.Tag != h.lease.record.Tag {
		return dst, crypto.ErrWrongStore
	}
	if g := h.lease.generation(header.Number); g != nil {
		return open(g, dst, c, sealed)
	}
	err = h.elsewhere(header.Number, func(g *crypto.Generation) (err error) {
		dst, err = open(g, dst, c, sealed)
		return err
	})
	return dst, err
}

func seal(g *crypto.Generation, dst []byte, c crypto.Column, m crypto.Mode, plaintext []byte) ([]byte, error) {
	key, err := g.Column(c)
	if err != nil {
		return dst, err
	}
	return key.Seal(dst, m, plaintext)
}

func open(g *crypto.Generation, dst []byte, c crypto.Column, sealed []byte) ([]byte, error) {
	key, err := g.Column(c)
	if err != nil {
		return dst, err
	}
	return key.Open(dst, sealed)
}
