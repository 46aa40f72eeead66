package pgstore

import (
	"context"
	"errors"
	"time"
)

// casAttempts is how often a change that does not depend on what else the record
// says is tried again after a conflict.
const casAttempts = 10

// Lock keeps every proxy from using the tenant's key, within the 2 s of their
// poll. Locking a locked tenant changes nothing. Errors: *keysource.Error.
func (s *Store) Lock(ctx context.Context, name, actor string) (*Tenant, error) {
	return s.change(ctx, name, Event{Kind: EventLocked, Actor: actor}, func(t *Tenant, now time.Time) bool {
		if t.Locked {
			return false
		}
		t.Locked, t.LockedSince, t.LockedBy = true, now, actor
		return true
	})
}

// Unlock ends a lock. Unlocking a tenant that is not locked changes nothing.
func (s *Store) Unlock(ctx context.Context, name, actor string) (*Tenant, error) {
	return s.change(ctx, name, Event{Kind: EventUnlocked, Actor: actor}, func(t *Tenant, _ time.Time) bool {
		if !t.Locked {
			return false
		}
		t.Locked, t.LockedSince, t.LockedBy = false, time.Time{}, ""
		return true
	})
}

// SetCacheTime changes how long proxies may hold the tenant's key after the KMS
// last said yes.
func (s *Store) SetCacheTime(ctx context.Context, name string, d time.Duration, actor string) (*Tenant, error) {
	if err := checkCacheTime(d); err != nil {
		return nil, err
	}
	return s.change(ctx, name, Event{Kind: EventCacheTime, Actor: actor, Detail: d.String()}, func(t *Tenant, _ time.Time) bool {
		if t.CacheTime == d {
			return false
		}
		t.CacheTime = d
		return true
	})
}

// ErrLonger: the cache time would become longer than it is.
var ErrLonger = errors.New("pgstore: the cache time is shorter than that by now")

// ShortenCacheTime is SetCacheTime for whoever may not make it longer, however
// it stands by now. ErrLonger.
func (s *Store) ShortenCacheTime(ctx context.Context, name string, d time.Duration, actor string) (*Tenant, error) {
	if err := checkCacheTime(d); err != nil {
		return nil, err
	}
	var refused error
	t, err := s.change(ctx, name, Event{Kind: EventCacheTime, Actor: actor, Detail: d.String()}, func(t *Tenant, _ time.Time) bool {
		if refused = nil; d > t.CacheTime {
			refused = ErrLonger
		}
		if refused != nil || d == t.CacheTime {
			return false
		}
		t.CacheTime = d
		return true
	})
	if err == nil {
		err = refused
	}
	return t, err
}

// change reads a tenant, has edit change it, and writes it with an event unless
// edit says that there is nothing to change.
func (s *Store) change(ctx context.Context, name string, event Event, edit func(t *Tenant, now time.Time) bool) (*Tenant, error) {
	var t *Tenant
	var err error
	for range casAttempts {
		err = s.write(ctx, func(w writer, row storeRow) error {
			var keys []dataKey
			var err error
			if t, keys, err = s.readTenant(ctx, w.tx, row, name, true); err != nil {
				return err
			}
			if !edit(t, w.now) {
				return nil
			}
			if err := t.update(ctx, w, keys); err != nil {
				return err
			}
			event.Tenant = t.ID
			return w.event(ctx, event)
		})
		if !errors.Is(err, ErrConflict) {
			break
		}
	}
	if err != nil {
		return nil, ofTenant(err, name)
	}
	return t, nil
}
