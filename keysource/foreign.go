package keysource

import (
	"context"
	"time"

	"github.com/legatics/pgseal/crypto"
)

// maxForeign bounds how many numbers of other tenants' data keys a keyring remembers: sealed values may name any.
const maxForeign = 1024

// foreign is what is known of a data key's number that a value names and its reader's record does not have.
type foreign struct {
	known bool          // another tenant has it: that stays so, numbers are never used again
	until time.Duration // by the boot clock: when an unknown one is asked for again
}

// strange says what is wrong with a value whose key the tenant does not have: it belongs to another tenant, or nobody has its key.
func (h *Handle) strange(ctx context.Context, n crypto.KeyNumber) error {
	known, err := h.ring.knows(ctx, n)
	switch {
	case err != nil:
		f := fromStore(err, OpRecord, h.lease.record.Version)
		f.Tenant, f.Key = h.lease.tenant, h.lease.key
		return f
	case known:
		return crypto.ErrNotAuthentic
	}
	return &Error{Kind: ValueKeyUnknown, Tenant: h.lease.tenant, Key: h.lease.key, Op: OpUse}
}

// knows asks the store whether any tenant has the number, for an unknown one not more often than records are read again for such.
func (k *Keyring) knows(ctx context.Context, n crypto.KeyNumber) (bool, error) {
	k.mu.Lock()
	f, ok := k.foreign[n]
	k.mu.Unlock()
	if ok && (f.known || k.o.Clock.Boot() < f.until) {
		return f.known, nil
	}
	known, err := k.o.Store.Knows(ctx, n)
	if err != nil {
		return false, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.foreign) >= maxForeign {
		clear(k.foreign)
	}
	k.foreign[n] = foreign{known: known, until: k.o.Clock.Boot() + lookGap}
	return known, nil
}
