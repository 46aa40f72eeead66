package keysource

import (
	"context"
	"errors"
	"time"

	"github.com/legatics/pgseal/crypto"
)

// untold is a no that the other proxies have to hear of.
type untold struct {
	version int64 // of the record that was tried
	kind    Kind
}

// errElsewhere is why a key is not used although nobody here was refused it.
var errElsewhere = errors.New("another proxy was refused it")

// refused is fail after an answer of a driver to a record of that version. The first no in a row is told to the other proxies.
func (k *Keyring) refused(e *entry, err *Error, version int64) *Error {
	k.mu.Lock()
	known := e.failure != nil && e.failure.Drill == nil && stateOf(e.failure.Kind) == StateWithdrawn
	k.mu.Unlock()
	failed := k.fail(e, err)
	k.mu.Lock()
	defer k.mu.Unlock()
	if stateOf(err.Kind) == StateWithdrawn && !known && !k.closed {
		e.untold = &untold{version: version, kind: err.Kind}
		k.startTell(context.Background(), e)
	}
	return failed
}

// hear ends the use of leases whose yes was asked for before another proxy heard a no of that record, or of a newer one. Whoever asks next asks the KMS:
// its no may have been meant for the other proxy alone. True when there was something to end. The caller holds mu.
func (k *Keyring) hear(e *entry, rec TenantRecord) bool {
	no := rec.Refusal
	counts := false
	e.live.each(func(l *lease) {
		counts = counts || l.revoked.Load() == nil && !l.record.Refusal.same(no) && l.record.Version <= no.Version
	})
	if !counts || k.closed || stateOf(no.Kind) != StateWithdrawn {
		return false
	}
	f := &Error{Kind: no.Kind, Tenant: e.name, Key: keyName(rec.Spec), Op: OpUnwrap, Since: no.At, Cause: errElsewhere}
	last := e.failure
	e.failure, e.since, e.failures, e.nextTry, e.ahead = f, time.Time{}, 0, 0, false
	k.revoke(e, f)
	k.report(last, f)
	return true
}

// same tells whether it is the same no. Counts may begin anew where somebody has taken the row away.
func (r Refusal) same(o Refusal) bool { return r.Count == o.Count && r.At.Equal(o.At) }

// hold registers until when the key will be held, before it is. A deadline that nobody can look up is no promise.
func (k *Keyring) hold(ctx context.Context, e *entry, l *lease) *Error {
	e.holding.Lock()
	defer e.holding.Unlock()
	end := *l.deadline.Load()
	err := k.register(ctx, l.record.ID, end)
	k.mu.Lock()
	defer k.mu.Unlock()
	if err != nil {
		if end.boot > e.held.boot {
			e.held = end // it may have been written all the same, and is lowered then
		}
		return &Error{Kind: KMSUnreachable, Op: OpHold, Cause: err}
	}
	e.held = end
	return nil
}

// register has the store told until when a key is held; the zero moment: not at all.
func (k *Keyring) register(ctx context.Context, tenant crypto.TenantID, end moment) error {
	leave, err := k.atStore(ctx, OpHold)
	if err != nil {
		return err
	}
	defer leave()
	left := time.Duration(0)
	if end != (moment{}) {
		left = max(end.left(k.o.Clock), 0)
	}
	return k.o.Store.Hold(ctx, tenant, left)
}

// startTell has the store told what it does not know yet: a no, or that a key is held for less long than was registered. The caller holds mu.
func (k *Keyring) startTell(ctx context.Context, e *entry) {
	if e.untold != nil || e.fetch == nil && e.held != (moment{}) && k.heldUntil(e).boot < e.held.boot {
		k.start(ctx, &e.tell, func(ctx context.Context) *Error {
			return k.contained(e.name, OpHold, func() *Error { return k.telling(ctx, e) })
		})
	}
}

// telling is the body of a call. What fails is tried again after the next poll.
func (k *Keyring) telling(ctx context.Context, e *entry) *Error {
	k.mu.Lock()
	no := e.untold
	k.mu.Unlock()
	var err error
	if no != nil {
		if err = k.o.Store.Refused(ctx, e.name, no.version, no.kind); err == nil {
			k.mu.Lock()
			if e.untold == no {
				e.untold = nil
			}
			k.mu.Unlock()
		}
	}
	err = errors.Join(err, k.holdLess(ctx, e))
	if err != nil {
		k.o.Log.Warn("the other proxies could not be told about a key; it is tried again", "tenant", e.name, "error", err)
		return &Error{Kind: KMSUnreachable, Tenant: e.name, Op: OpHold, Cause: err}
	}
	return nil
}

// holdLess registers that a key is held for less long than before. While a fetch is under way, which may have registered more than is held yet, it waits.
func (k *Keyring) holdLess(ctx context.Context, e *entry) error {
	e.holding.Lock()
	defer e.holding.Unlock()
	k.mu.Lock()
	end, fetching := k.heldUntil(e), e.fetch != nil
	known, tenant := e.held, e.id
	k.mu.Unlock()
	if fetching || known == (moment{}) || end.boot >= known.boot {
		return nil
	}
	if err := k.register(ctx, tenant, end); err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	e.held = end
	return nil
}

// heldUntil is when the last lease ends that somebody may still use; zero for none. One that is over by the wall clock alone may be used again when that is
// set back. The caller holds mu.
func (k *Keyring) heldUntil(e *entry) (last moment) {
	boot := k.o.Clock.Boot()
	e.live.each(func(l *lease) {
		if end := *l.deadline.Load(); l.revoked.Load() == nil && end.boot > boot && end.boot > last.boot {
			last = end
		}
	})
	return last
}
