package pgstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// NewTenant is what an operator says about a tenant to be added.
type NewTenant struct {
	Name       string
	Provider   string // a driver's name
	KeyARN     string // as given; may be an alias, empty for the local driver
	RoleARN    string
	ExternalID string
	Endpoint   string
	CacheTime  time.Duration // 0: keysource.DefaultCacheTime
	Actor      string        // who adds it, for the history
}

// ErrNotProved: what the driver unwrapped is not the key that it had wrapped.
var ErrNotProved = errors.New("pgstore: the new data key did not come back from the key management service as it went there")

// AddTenant makes the tenant's first data key, proves by unwrapping it that it
// opens again, and only then writes the tenant with its key and history in one
// transaction. Errors: ErrTenantName, ErrTenantExists, the driver's
// (*keysource.Error), ErrNotProved.
func (s *Store) AddTenant(ctx context.Context, n NewTenant, wrapper keysource.Wrapper) (*Tenant, error) {
	if n.CacheTime == 0 {
		n.CacheTime = keysource.DefaultCacheTime
	}
	if err := errors.Join(CheckTenantName(n.Name), checkCacheTime(n.CacheTime)); err != nil {
		return nil, err
	}
	if _, err := s.LookUp(ctx, n.Name); keysource.KindOf(err) != keysource.TenantUnknown {
		if err == nil || isInvalid(err) {
			return nil, ErrTenantExists
		}
		return nil, err
	}
	ctx, requests := keysource.TraceRequests(ctx)
	number, err := drawKeyNumber(ctx, s.Conns(ctx))
	if err != nil {
		return nil, err
	}
	t := &Tenant{CreatedAt: micro(s.now())}
	t.ID, t.Name, t.Tag, t.CacheTime = crypto.NewTenantID(), n.Name, s.tag, n.CacheTime
	t.Current.Number = number
	t.Spec = keysource.KeySpec{TenantID: t.ID, TenantName: n.Name, Provider: n.Provider, KeyARN: n.KeyARN, RoleARN: n.RoleARN,
		ExternalID: n.ExternalID, Endpoint: n.Endpoint, KeyNumber: number}
	made, err := s.makeGeneration(ctx, t.Spec, wrapper)
	if err != nil {
		return nil, ofTenant(err, n.Name)
	}
	made.generation.Destroy()
	t.Spec.ResolvedARN, t.Current.Wrapped = made.wrapped.KeyARN, made.wrapped
	return t, s.insertTenant(ctx, t, n.Actor, requests.IDs())
}

func (s *Store) insertTenant(ctx context.Context, t *Tenant, actor string, requests []string) error {
	return s.write(ctx, func(w writer, _ storeRow) error {
		t.KeySince = w.now
		key := currentRow(t, w.now)
		if err := key.save(ctx, w); err != nil {
			return err
		}
		if err := t.insert(ctx, w, []dataKey{key}); err != nil {
			return err
		}
		if err := w.history(ctx, historyOf(t, ActionCreated, actor)); err != nil {
			return err
		}
		return w.event(ctx, Event{Tenant: t.ID, Kind: EventTenantAdded, Actor: actor, Detail: "provider " + t.Spec.Provider,
			Key: t.Current.Wrapped.KeyARN, Requests: requests})
	})
}

// currentRow is a new row for the tenant's current generation.
func currentRow(t *Tenant, now time.Time) dataKey {
	w := t.Current.Wrapped
	return dataKey{number: t.Current.Number, tenant: t.ID, wrapped: w.Ciphertext, keyARN: w.KeyARN, materialID: w.MaterialID, created: now}
}

// newGeneration is a data key that was wrapped and proved.
type newGeneration struct {
	wrapped    keysource.Wrapped
	generation *crypto.Generation // the caller destroys it
}

// makeGeneration has a data key made and wrapped under the spec, has it
// unwrapped again, and holds the two against each other: what one seals the
// other must open.
func (s *Store) makeGeneration(ctx context.Context, spec keysource.KeySpec, wrapper keysource.Wrapper) (newGeneration, error) {
	wrapped, key, err := wrapper.Generate(ctx, spec)
	if err != nil {
		return newGeneration{}, err
	}
	made := crypto.NewGeneration(s.tag, spec.TenantID, spec.KeyNumber, key)
	spec.ResolvedARN = wrapped.KeyARN
	back, err := s.unwrap(ctx, spec, wrapped, wrapper)
	if err == nil {
		defer back.Destroy()
		err = sameKey(made, back)
	}
	if err != nil {
		made.Destroy()
		return newGeneration{}, err
	}
	return newGeneration{wrapped, made}, nil
}

func (s *Store) unwrap(ctx context.Context, spec keysource.KeySpec, wrapped keysource.Wrapped, wrapper keysource.Wrapper) (*crypto.Generation, error) {
	key, _, err := wrapper.Unwrap(ctx, spec, wrapped)
	if err != nil {
		return nil, err
	}
	return crypto.NewGeneration(s.tag, spec.TenantID, spec.KeyNumber, key), nil
}

// sameKey seals a probe with one generation and opens it with the other.
func sameKey(a, b *crypto.Generation) error {
	column := crypto.Column{ID: crypto.NewDomainID("pgseal probe"), Family: "text"}
	sealing, errA := a.Column(column)
	opening, errB := b.Column(column)
	if err := errors.Join(errA, errB); err != nil {
		return err
	}
	sealed, err := sealing.Seal(nil, crypto.Randomized, []byte("probe"))
	if err != nil {
		return err
	}
	opened, err := opening.Open(nil, sealed)
	if err != nil || string(opened) != "probe" {
		return fmt.Errorf("%w: %v", ErrNotProved, err)
	}
	return nil
}
