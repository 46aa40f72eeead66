package keysource

import (
	"context"
)

// call is one piece of work that many may wait for: it has its own deadline, and whoever started it may leave.
type call struct {
	done   chan struct{}
	err    *Error // valid once done is closed
	cancel context.CancelFunc
}

// stop cancels the call, if there is one.
func (c *call) stop() {
	if c != nil {
		c.cancel()
	}
}

// wait gives the call's outcome, or ctx's end as an error of the tenant. The call goes on.
func (c *call) wait(ctx context.Context, tenant string) *Error {
	select {
	case <-c.done:
		return c.err
	case <-ctx.Done():
		select {
		case <-c.done: // both at once
			return c.err
		default:
		}
		return &Error{Kind: KMSUnreachable, Tenant: tenant, Op: OpUnwrap, Cause: context.Cause(ctx)}
	}
}

// start has f done in the call at slot unless one is there already: a slot has at most one call at a time. ctx gives its values
// only. The caller holds mu and has seen that the keyring is not closed.
func (k *Keyring) start(ctx context.Context, slot **call, f func(context.Context) *Error) *call {
	if *slot != nil {
		return *slot
	}
	c := &call{done: make(chan struct{})}
	ctx, c.cancel = context.WithTimeout(context.WithoutCancel(ctx), k.o.CallTimeout)
	*slot = c
	k.calls.Add(1)
	go func() {
		defer k.calls.Done()
		defer c.cancel()
		c.err = f(ctx)
		k.mu.Lock()
		*slot = nil
		k.mu.Unlock()
		close(c.done)
	}()
	return c
}

func (k *Keyring) startFetch(ctx context.Context, e *entry) *call {
	return k.start(ctx, &e.fetch, func(ctx context.Context) *Error { return k.fetch(ctx, e) })
}

func (k *Keyring) startLook(ctx context.Context, e *entry) *call {
	return k.start(ctx, &e.look, func(ctx context.Context) *Error { return k.look(ctx, e) })
}
