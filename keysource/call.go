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

// start has f done, within CallTimeout, in the call at slot unless one is there already: a slot has at most one call at a time. ctx
// gives its values only. The caller holds mu and has seen that the keyring is not closed.
func (k *Keyring) start(ctx context.Context, slot **call, f func(context.Context) *Error) *call {
	return k.begin(ctx, slot, func(ctx context.Context) *Error { return k.timed(ctx, f) })
}

func (k *Keyring) timed(ctx context.Context, f func(context.Context) *Error) *Error {
	ctx, cancel := context.WithTimeout(ctx, k.o.CallTimeout)
	defer cancel()
	return f(ctx)
}

// begin is start without the limit of time.
func (k *Keyring) begin(ctx context.Context, slot **call, f func(context.Context) *Error) *call {
	if *slot != nil {
		return *slot
	}
	c := &call{done: make(chan struct{})}
	ctx, c.cancel = context.WithCancel(context.WithoutCancel(ctx))
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

// startFetch passes the gate first, which takes nothing off the fetch's time.
func (k *Keyring) startFetch(ctx context.Context, e *entry) *call {
	return k.begin(ctx, &e.fetch, func(ctx context.Context) *Error {
		leave, err := k.gate.enter(ctx)
		if err != nil {
			return closedError(e.name)
		}
		defer leave()
		return k.timed(ctx, func(ctx context.Context) *Error { return k.fetching(ctx, e) })
	})
}

func (k *Keyring) startLook(ctx context.Context, e *entry) *call {
	return k.start(ctx, &e.look, func(ctx context.Context) *Error { return k.looking(ctx, e) })
}
