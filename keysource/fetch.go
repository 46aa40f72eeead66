package keysource

import (
	"context"
	"errors"
)

// maxRounds bounds how often one fetch begins again because the record changed under it.
const maxRounds = 3

var (
	errRecordChanging = errors.New("the record changed again and again while its key was fetched")
	errNoKey          = errors.New("the driver gave neither a key nor an error")
	errNoDriver       = errors.New("no driver of that name is configured here")
)

// fetch reads the record and asks the KMS once, and does what the answer says. It is the body of a call.
func (k *Keyring) fetch(ctx context.Context, e *entry) *Error {
	var last *Error
	for range maxRounds {
		at, rec, err := k.recordInTurn(ctx, e)
		if err != nil && err.Drill != nil {
			return k.fail(e, k.inDrill(ctx, e, rec, err))
		}
		if err != nil {
			return k.fail(e, err)
		}
		k.probing(e, rec)
		l, err := k.unwrap(ctx, e, rec)
		installed := false
		if err == nil {
			var unheld *Error
			if installed, unheld = k.keep(ctx, e, l, at); unheld != nil {
				return k.fail(e, unheld)
			}
		}
		switch {
		case installed:
			return nil
		case err == nil: // locked or rotated in the meantime
			last = &Error{Kind: KMSUnreachable, Op: OpRecord, Cause: errRecordChanging}
		case err.Kind.ofKey() && k.overtaken(ctx, e, rec):
			last = err
		default:
			return k.refused(e, err, rec.Version)
		}
	}
	return k.fail(e, last)
}

// keep registers that the key of a lease will be held, and puts the lease into the cache. One that does not get there is let go, whatever happens.
func (k *Keyring) keep(ctx context.Context, e *entry, l *lease, at ticket) (installed bool, err *Error) {
	defer func() {
		if l.tally == nil {
			l.release()
		}
	}()
	if err := k.hold(ctx, e, l); err != nil {
		return false, err
	}
	return k.install(e, l, at), nil
}

// recordInTurn is record for a fetch, with a ticket of that moment.
func (k *Keyring) recordInTurn(ctx context.Context, e *entry) (at ticket, rec TenantRecord, err *Error) {
	leave, err := k.atStore(ctx, OpRecord)
	if err != nil {
		return at, rec, err
	}
	defer leave()
	at = k.ticket(e)
	rec, err = k.record(ctx, e, &at)
	return at, rec, err
}

// unwrap asks the KMS. The cache time counts from the moment before the call was sent.
func (k *Keyring) unwrap(ctx context.Context, e *entry, rec TenantRecord) (*lease, *Error) {
	spec := rec.Spec
	w := k.o.Wrappers[spec.Provider]
	if w == nil {
		return nil, &Error{Kind: KeyStoreUnavailable, Op: OpUnwrap, Key: spec.Provider, Cause: errNoDriver}
	}
	sent := now(k.o.Clock)
	ctx, requests := TraceRequests(ctx)
	key, _, err := w.Unwrap(ctx, spec, rec.Current.Wrapped)
	if key == nil && err == nil {
		err = errNoKey
	}
	failure := fromDriver(err, OpUnwrap, spec)
	kind := Kind(0)
	if failure != nil {
		kind = failure.Kind
	}
	k.o.Observer.Called(OpUnwrap, spec.Provider, kind, k.o.Clock.Boot()-sent.boot)
	if failure != nil {
		e.tally.failed.Add(1)
		key.Destroy()
		return nil, failure
	}
	e.tally.fetched.Add(1)
	l, failure := newLease(rec, key, sent, k.o.Clock, k.refreshPart())
	if failure == nil {
		l.requests = requests.IDs()
	}
	return l, failure
}

// refreshPart is the share of the cache time after which a key that is in use is fetched again: 80 % less a jitter of up to 10, so
// that many proxies and tenants do not ask together.
func (k *Keyring) refreshPart() float64 { return 0.8 - 0.1*k.o.Random() }

// overtaken reads the record again after an answer about the key: true when the wrapping that was tried is no longer the current
// one, so that the answer says nothing. A record that can't be read is no reason to disbelieve the answer.
func (k *Keyring) overtaken(ctx context.Context, e *entry, tried TenantRecord) bool {
	_, rec, err := k.recordInTurn(ctx, e)
	return err == nil && rec.Version != tried.Version
}

// fromDriver makes a driver's error one of the keyring's; nil for nil. What a driver may not say is KMSUnreachable.
func fromDriver(err error, op string, spec KeySpec) *Error {
	if err == nil {
		return nil
	}
	var f Error
	if e := (*Error)(nil); errors.As(err, &e) && e.Kind.ofDriver() {
		f = *e
	} else {
		f = Error{Kind: KMSUnreachable, Cause: err}
	}
	if f.Op == "" {
		f.Op = op
	}
	if f.Key == "" {
		f.Key = keyName(spec)
	}
	return &f
}
