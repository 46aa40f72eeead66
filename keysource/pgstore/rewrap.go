package pgstore

import (
	"context"
	"fmt"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// Rewrapping is what came of having a tenant's data key wrapped anew.
type Rewrapping struct {
	Tenant  *Tenant
	Changed bool              // else the key service still wraps with what it wrapped with before, and nothing was written
	From    keysource.Wrapped // without the ciphertext
	To      keysource.Wrapped
	At      time.Time // when that was written, if it was
	Since   time.Time // when From's key material was first used for this tenant
}

// Rewrap has the tenant's current data key wrapped anew, under the same customer master key (whose material may have been rotated since) or
// under another one of the same provider. Elder data keys hang on the current one, so that nothing else is rewritten; values stay as they are. The new
// wrapping is proved to open to the same data key before it takes the old one's place. Errors: *keysource.Error; ErrNotProved; ErrProvider; ErrConflict
// when the record changed in the meantime; ErrOutcome, the one error after which the new wrapping may be in place.
func (s *Store) Rewrap(ctx context.Context, name, actor string, to MasterKey, wrapper keysource.Wrapper) (*Rewrapping, error) {
	t, err := s.LookUp(ctx, name)
	if err != nil {
		return nil, err
	}
	return s.RewrapOf(ctx, t, actor, to, wrapper)
}

// RewrapOf is Rewrap if t, as it was read, is still the tenant's present record; else ErrConflict, where there is anything to write.
func (s *Store) RewrapOf(ctx context.Context, t *Tenant, actor string, to MasterKey, wrapper keysource.Wrapper) (*Rewrapping, error) {
	if to.Provider != t.Spec.Provider {
		return nil, ErrProvider
	}
	name := t.Name
	spec := to.Under(t.Spec)
	ctx, requests := keysource.TraceRequests(ctx)
	wrapped, err := wrapper.Rewrap(ctx, t.Spec, spec, t.Current.Wrapped)
	if err != nil {
		return nil, ofTenant(err, name)
	}
	spec.ResolvedARN = wrapped.KeyARN
	out := &Rewrapping{Tenant: t, From: bare(t.Current.Wrapped), To: bare(wrapped)}
	if out.Since, err = s.materialSince(ctx, t); err != nil {
		return nil, err
	}
	same := func() bool {
		return to == MasterKeyOf(t.Spec) && spec.ResolvedARN == t.Spec.ResolvedARN && out.To.MaterialID != "" && out.To.MaterialID == t.Current.Wrapped.MaterialID
	}
	if same() {
		return out, nil
	}
	material, err := s.proveRewrapped(ctx, t, spec, wrapped, wrapper)
	if err != nil {
		return nil, ofTenant(err, name)
	}
	if wrapped.MaterialID == "" { // KMS tells when it opens a wrapping, not always when it makes one
		wrapped.MaterialID, out.To.MaterialID = material, material
		if same() {
			return out, nil
		}
	}
	out.Changed, out.At = true, micro(s.now())
	if out.Tenant, err = s.putWrapping(ctx, t, spec, wrapped, actor, requests); err != nil {
		out.Tenant, err = s.settle(ctx, t, wrapped, err)
	}
	if err != nil {
		return nil, ofTenant(err, name)
	}
	return out, nil
}

// bare is a wrapping without what is wrapped.
func bare(w keysource.Wrapped) keysource.Wrapped {
	w.Ciphertext = nil
	return w
}

// materialSince is when the key material that wraps the tenant's data key was first used for it.
func (s *Store) materialSince(ctx context.Context, t *Tenant) (time.Time, error) {
	entries, err := s.History(ctx, t.Name)
	if err != nil {
		return time.Time{}, err
	}
	for _, e := range entries {
		if e.KeyARN == t.Current.Wrapped.KeyARN && e.MaterialID == t.Current.Wrapped.MaterialID {
			return e.At, nil
		}
	}
	return t.CreatedAt, nil
}

// proveRewrapped opens both wrappings, holds the data keys against each other, and tells which key material the new one opened under.
func (s *Store) proveRewrapped(ctx context.Context, t *Tenant, spec keysource.KeySpec, wrapped keysource.Wrapped, wrapper keysource.Wrapper) (string, error) {
	old, err := s.unwrap(ctx, t.Spec, t.Current.Wrapped, wrapper)
	if err != nil {
		return "", err
	}
	defer old.Destroy()
	key, material, err := wrapper.Unwrap(ctx, spec, wrapped)
	if err != nil {
		return "", err
	}
	made := crypto.NewGeneration(s.tag, spec.TenantID, spec.KeyNumber, key)
	defer made.Destroy()
	return material, sameKey(old, made)
}

// putWrapping writes the new wrapping, if the record is still the one that was read.
func (s *Store) putWrapping(ctx context.Context, read *Tenant, spec keysource.KeySpec, wrapped keysource.Wrapped, actor string, requests *keysource.Requests) (*Tenant, error) {
	var t *Tenant
	err := s.write(ctx, func(w writer, row storeRow) error {
		var keys []dataKey
		var err error
		if t, keys, err = s.readTenant(ctx, w.tx, row, read.Name, true); err != nil {
			return err
		}
		if t.Version != read.Version {
			return ErrConflict
		}
		t.Spec, t.Current.Wrapped = spec, wrapped
		for i := range keys {
			if keys[i].number == t.Current.Number {
				keys[i].wrapped, keys[i].keyARN, keys[i].materialID = wrapped.Ciphertext, wrapped.KeyARN, wrapped.MaterialID
				if err := keys[i].save(ctx, w); err != nil {
					return err
				}
			}
		}
		if err := t.update(ctx, w, keys); err != nil {
			return err
		}
		if err := w.history(ctx, historyOf(t, ActionRewrapped, actor)); err != nil {
			return err
		}
		return w.event(ctx, rewrappedEvent(read, t, actor, requests))
	})
	return t, err
}

// rewrappedEvent says what has changed: the key, or what it is made of.
func rewrappedEvent(before, after *Tenant, actor string, requests *keysource.Requests) Event {
	from, to := before.Current.Wrapped, after.Current.Wrapped
	e := Event{Tenant: after.ID, Kind: EventRewrapped, Actor: actor, Key: to.KeyARN, Requests: requests.IDs()}
	e.Detail = fmt.Sprintf("from key material %s to %s", orNone(from.MaterialID), orNone(to.MaterialID))
	if from.KeyARN != to.KeyARN {
		e.Kind, e.Detail = EventKeyChanged, fmt.Sprintf("from %s to %s", from.KeyARN, to.KeyARN)
	}
	return e
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}
