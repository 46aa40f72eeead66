package keysource

import (
	"context"
	"errors"
	"time"
)

// maxName bounds a tenant's name in bytes; the store bounds it further.
const maxName = 1024

var errLost = errors.New("the key was fetched and withdrawn again and again")

// Acquire gives a handle of the tenant's key, without I/O and without waiting while one is held. Otherwise it waits until the one
// fetch that is under way for the tenant has ended; ctx ends the waiting, not the fetch. After a failure nothing is tried for a
// while, and the failure is given again. The caller releases the handle. Every error is an *Error.
func (k *Keyring) Acquire(ctx context.Context, tenant string) (*Handle, error) {
	if l := k.held(tenant); l != nil {
		l.touch()
		k.o.Observer.Looked(true)
		return newHandle(ctx, k, l), nil
	}
	k.o.Observer.Looked(false)
	began := time.Now()
	defer func() { k.o.Observer.Waited(time.Since(began)) }()
	if tenant == "" || len(tenant) > maxName {
		return nil, &Error{Kind: TenantUnknown, Tenant: tenant[:min(len(tenant), 64)], Op: OpRecord}
	}
	for range maxRounds {
		l, c, err := k.ask(ctx, tenant)
		if l != nil {
			return newHandle(ctx, k, l), nil
		}
		if err == nil {
			err = c.wait(ctx, tenant)
		}
		if err != nil {
			return nil, err
		}
		if l := k.held(tenant); l != nil {
			return newHandle(ctx, k, l), nil
		}
	}
	return nil, &Error{Kind: KMSUnreachable, Tenant: tenant, Op: OpUse, Cause: errLost}
}

// ask gives the tenant's lease, or the call to wait for, or the error while nothing is tried.
func (k *Keyring) ask(ctx context.Context, tenant string) (*lease, *call, *Error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed {
		return nil, nil, closedError(tenant)
	}
	if l := k.held(tenant); l != nil {
		return l, nil, nil
	}
	e := k.entry(tenant)
	boot := k.o.Clock.Boot()
	e.askedAt = boot
	if e.ahead { // the first who misses the key: the long delays of a refresh that failed are not for him
		e.ahead, e.failures, e.nextTry = false, 0, 0
	}
	if e.fetch == nil && e.failure != nil && boot < e.nextTry {
		return nil, nil, e.failure
	}
	return nil, k.startFetch(ctx, e), nil
}
