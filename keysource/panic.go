package keysource

import (
	"context"
	"errors"

	"github.com/legatics/pgseal/proxy/contain"
)

// errPanicked is all that is told of a panic: what it says could hold a secret.
var errPanicked = errors.New("a fault in pgseal; its log says where")

// contained makes a panic of a driver's, or in reading what a store or a KMS has answered, the failure of that one call, as if there had been no answer:
// a key that is held is used until its deadline and no longer. No lock is held outside a deferred unlock while such code runs. The keyring's own
// housekeeping (sweep) is not contained: what it holds could not be relied on any more.
func (k *Keyring) contained(tenant, op string, f func() *Error) (err *Error) {
	defer func() {
		if p := recover(); p != nil {
			contain.Log(k.o.Log.With("tenant", tenant, "op", op), "a call for a key panicked", p)
			err = &Error{Kind: KMSUnreachable, Tenant: tenant, Op: op, Cause: errPanicked}
		}
	}()
	return f()
}

// fetching is fetch, whose panic counts as its answer.
func (k *Keyring) fetching(ctx context.Context, e *entry) *Error {
	err := k.contained(e.name, OpUnwrap, func() *Error { return k.fetch(ctx, e) })
	if err != nil && errors.Is(err.Cause, errPanicked) {
		return k.contained(e.name, OpUnwrap, func() *Error { return k.fail(e, err) }) // who is told of it may be who has panicked
	}
	return err
}

// looking is look, whose panic counts as the store's silence.
func (k *Keyring) looking(ctx context.Context, e *entry) *Error {
	err := k.contained(e.name, OpRecord, func() *Error { return k.look(ctx, e) })
	if err != nil && errors.Is(err.Cause, errPanicked) {
		k.mu.Lock()
		defer k.mu.Unlock()
		e.lookErr = err
	}
	return err
}
