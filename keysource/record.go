package keysource

import (
	"context"
	"errors"
	"fmt"
)

var (
	errRetired = errors.New("the tenant is retired")
	errGone    = errors.New("the record is gone; no command deletes one")
)

// record reads a tenant's record and gives it if a key may be taken from it: it verifies, is no older than one already seen, and
// is neither locked nor retired. at was taken just before. What the other proxies were told counts from here on. With the answer of a drill comes the record,
// which is in order.
func (k *Keyring) record(ctx context.Context, e *entry, at *ticket) (TenantRecord, *Error) {
	// Before the read: another read that begins later may see, and remember, a newer version.
	seen := k.o.Versions.Seen(e.name)
	before := k.o.Clock.Boot()
	rec, err := k.o.Store.Tenant(ctx, e.name)
	after := now(k.o.Clock)
	if err == nil {
		err = plausible(rec, e.name, seen)
	}
	if err != nil {
		return TenantRecord{}, fromStore(err, OpRecord, seen)
	}
	if rec.Version > seen {
		if err := k.o.Versions.Remember(e.name, rec.Version); err != nil {
			k.o.Log.Error("a record version could not be saved; after a restart an older record would not be noticed", "tenant", e.name, "error", err)
		}
	}
	rec.Spec.TenantID, rec.Spec.TenantName, rec.Spec.KeyNumber = rec.ID, rec.Name, rec.Current.Number
	k.take(e, rec, at)
	switch {
	case rec.Retired:
		return TenantRecord{}, &Error{Kind: TenantUnknown, Op: OpRecord, Cause: errRetired}
	case rec.Locked:
		return TenantRecord{}, &Error{Kind: KeyLocked, Op: OpRecord, Since: rec.LockedSince, Cause: fmt.Errorf("locked by %q", rec.LockedBy)}
	}
	if err := k.drilled(&rec, before, after); err != nil {
		return rec, err
	}
	return rec, nil
}

// take notes what a record says, unless a read that began later has ended first.
func (k *Keyring) take(e *entry, rec TenantRecord, at *ticket) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if at.turn <= e.turn {
		return
	}
	e.turn, e.version, e.spec, e.id, e.refusals = at.turn, rec.Version, rec.Spec, rec.ID, rec.Refusal.Count
	e.live.each(func(l *lease) { l.shorten(rec.CacheTime) })
	if k.hear(e, rec) {
		at.nos = e.nos
	}
}

// plausible refuses a record that verifies but can't be the one that was asked for.
func plausible(rec TenantRecord, name string, seen int64) error {
	problem := ""
	switch {
	case rec.Name != name:
		problem = "it is another tenant's"
	case rec.Version < seen:
		problem = fmt.Sprintf("it has version %d; version %d was seen before", rec.Version, seen)
	case rec.Current.Number == 0:
		problem = "its data key has no number"
	case rec.CacheTime < MinCacheTime || rec.CacheTime > MaxCacheTime:
		problem = fmt.Sprintf("its cache time %v is not between %v and %v", rec.CacheTime, MinCacheTime, MaxCacheTime)
	default:
		return nil
	}
	return &Error{Kind: KeyRecordInvalid, Op: OpRecord, Cause: errors.New(problem)}
}

// fromStore makes a store's error one of the keyring's. What is neither a verdict about the record nor about the tenant's existence
// means that the store could not be asked.
func fromStore(err error, op string, seen int64) *Error {
	var e *Error
	known := errors.As(err, &e)
	switch {
	case known && e.Kind == KeyRecordInvalid:
		return &Error{Kind: KeyRecordInvalid, Op: op, Cause: e.Cause}
	case known && e.Kind == TenantUnknown && seen > 0:
		return &Error{Kind: KeyRecordInvalid, Op: op, Cause: errGone}
	case known && e.Kind == TenantUnknown:
		return &Error{Kind: TenantUnknown, Op: op, Cause: e.Cause}
	}
	return &Error{Kind: KMSUnreachable, Op: op, Cause: err}
}

// look reads the record again without asking the KMS, and acts on what it says: lock and unlock, a new key, another cache time. It
// is the body of a call.
func (k *Keyring) look(ctx context.Context, e *entry) *Error {
	at := k.ticket(e)
	k.mu.Lock()
	before := e.version
	k.mu.Unlock()
	rec, err := k.record(ctx, e, &at)
	if err != nil && err.Kind != KMSUnreachable {
		if standing := k.goneAlready(e, err); standing != nil {
			return standing
		}
		return k.fail(e, err)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	e.lookErr = err
	if err != nil { // the store's silence says nothing about the key
		err.Tenant = e.name
		return err
	}
	if k.closed {
		return closedError(e.name)
	}
	k.endDrill(e)
	l := k.cached(e.name)
	if e.failure != nil && e.failure.Op == OpRecord && e.failure.Kind != KMSUnreachable { // and the record is in order now
		e.failure, e.failures = nil, 0
		e.live.each(func(l *lease) { l.failing.Store(nil) })
	}
	probe := rec.Probes != e.probes
	switch {
	case l == nil && rec.Version == before: // only what the other proxies were told has changed
	case l == nil:
		e.failures, e.nextTry = 0, 0 // whoever asks next asks the KMS
	default:
		l.adopt(rec, k.refreshPart())
	}
	older := l != nil && rec.Refusal.Count > 0 && !rec.Refusal.same(l.record.Refusal) // a no of an older record, which says nothing about this one
	if l != nil && (probe || older || !l.sameKeys(rec)) || probe && e.failure != nil {
		k.startFetch(ctx, e)
	}
	return nil
}
