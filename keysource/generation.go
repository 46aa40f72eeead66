package keysource

import (
	"context"
	"time"

	"github.com/legatics/pgseal/crypto"
)

// lookGap is how long after a look for an unknown key number the record is not read again for another: sealed values may name any
// number.
const lookGap = time.Second

// pinned is the generation of a deterministic column. The first time in the life of the column it is the current one, which is
// recorded in the store.
func (h *Handle) pinned(col crypto.ColumnID) (crypto.KeyNumber, error) {
	if n, ok := h.lease.pinned(col); ok {
		return n, nil
	}
	ctx, cancel := h.context()
	defer cancel()
	rec := h.lease.record
	n, err := h.ring.o.Store.Pin(ctx, rec.ID, col, rec.Current.Number)
	if err != nil {
		f := fromStore(err, OpPin, rec.Version)
		f.Tenant, f.Key = h.lease.tenant, h.lease.key
		return 0, f
	}
	h.lease.pin(map[crypto.ColumnID]crypto.KeyNumber{col: n})
	return n, h.Check() // it may have taken a while
}

// context is for what a handle has to ask the store in the middle of its use.
func (h *Handle) context() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(h.ctx), h.ring.o.CallTimeout)
}

// elsewhere uses a generation that this handle does not have because another proxy has just made it: it looks at the record, which
// brings the new keys, and uses those. When the record does not have it either: crypto.ErrNotAuthentic for another tenant's, else ValueKeyUnknown.
func (h *Handle) elsewhere(n crypto.KeyNumber, use func(*crypto.Generation) error) error {
	ctx, cancel := h.context()
	defer cancel()
	l, err := h.ring.find(ctx, h.lease.tenant, n)
	if err != nil {
		return err
	}
	if l == nil {
		return h.strange(ctx, n)
	}
	defer l.release()
	if l.record.ID != h.lease.record.ID {
		return h.strange(ctx, n)
	}
	return use(l.generation(n))
}

// find gives a lease, with one more reference, that has generation n; nil when the tenant's record has no such generation.
func (k *Keyring) find(ctx context.Context, tenant string, n crypto.KeyNumber) (*lease, error) {
	if l := k.having(tenant, n); l != nil {
		return l, nil
	}
	c, e, err := k.lookFor(ctx, tenant)
	if c != nil {
		err = c.wait(ctx, tenant)
	}
	if err != nil {
		return nil, err
	}
	k.mu.Lock()
	fetch := e.fetch
	k.mu.Unlock()
	if fetch != nil {
		if err := fetch.wait(ctx, tenant); err != nil {
			return nil, err
		}
	}
	return k.having(tenant, n), nil
}

// having gives the lease that is held if it has generation n, with one more reference; otherwise nil.
func (k *Keyring) having(tenant string, n crypto.KeyNumber) *lease {
	l := k.held(tenant)
	if l == nil || l.generation(n) != nil {
		return l
	}
	l.release()
	return nil
}

// lookFor has the record read again, at most once in a while; the call is nil when that was done just now, and the error is what
// came of it if the record could not be read.
func (k *Keyring) lookFor(ctx context.Context, tenant string) (*call, *entry, *Error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	e := k.entry(tenant)
	boot := k.o.Clock.Boot()
	if k.closed {
		return nil, e, closedError(tenant)
	}
	if e.look == nil && e.looked && boot-e.lookedAt < lookGap {
		return nil, e, e.lookErr
	}
	e.looked, e.lookedAt = true, boot
	return k.startLook(ctx, e), e, nil
}
