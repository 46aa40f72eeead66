package pgstore

import (
	"context"
	"fmt"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// Rotate gives the tenant a new data-key generation under the same customer
// master key. The former generation and all its elders are wrapped under the new
// one in the same transaction. Deterministic columns keep the generation that
// they are pinned to. Errors: *keysource.Error; ErrConflict when the record
// changed in the meantime; ErrOutcome, the one error after which the new
// generation may be in place.
func (s *Store) Rotate(ctx context.Context, name, actor string, wrapper keysource.Wrapper) (*Tenant, error) {
	t, err := s.LookUp(ctx, name)
	if err != nil {
		return nil, err
	}
	return s.renew(ctx, t, Event{Actor: actor}, nil, wrapper, wrapper)
}

// RotateDue is Rotate for a tenant whose data key was found to be due, if that
// record is still the present one: of several proxies that find it at the same
// moment one makes the new generation, and the others get ErrConflict.
func (s *Store) RotateDue(ctx context.Context, t *Tenant, due Due, actor string, wrapper keysource.Wrapper) (*Tenant, error) {
	return s.renew(ctx, t, Event{Actor: actor, Detail: "a new data key was due: " + due.Why}, nil, wrapper, wrapper)
}

// SetProvider is Rotate under another customer master key, of another provider
// or of the same. Its driver is into; from is the driver of the present one,
// which must open the data keys once more. After it the old master key opens
// nothing that the store holds.
func (s *Store) SetProvider(ctx context.Context, name, actor string, to MasterKey, from, into keysource.Wrapper) (*Tenant, error) {
	t, err := s.LookUp(ctx, name)
	if err != nil {
		return nil, err
	}
	return s.SetProviderOf(ctx, t, actor, to, from, into)
}

// SetProviderOf is SetProvider if t, as it was read, is still the tenant's present
// record; else ErrConflict.
func (s *Store) SetProviderOf(ctx context.Context, t *Tenant, actor string, to MasterKey, from, into keysource.Wrapper) (*Tenant, error) {
	return s.renew(ctx, t, Event{Actor: actor}, &to, from, into)
}

// renew makes a new generation, if t is still the tenant's record when it is written.
func (s *Store) renew(ctx context.Context, t *Tenant, event Event, to *MasterKey, from, into keysource.Wrapper) (*Tenant, error) {
	name, read := t.Name, t
	ctx, requests := keysource.TraceRequests(ctx)
	elders, err := s.openGenerations(ctx, t, from)
	if err != nil {
		return nil, ofTenant(err, name)
	}
	defer destroyAll(elders)
	spec := t.Spec
	if to != nil {
		spec = to.Under(spec)
	}
	if spec.KeyNumber, err = drawKeyNumber(ctx, s.Conns(ctx)); err != nil {
		return nil, err
	}
	made, err := s.makeGeneration(ctx, spec, into)
	if err != nil {
		return nil, ofTenant(err, name)
	}
	defer made.generation.Destroy()
	err = s.write(ctx, func(w writer, row storeRow) error {
		var keys []dataKey
		var err error
		if t, keys, err = s.readTenant(ctx, w.tx, row, name, true); err != nil {
			return err
		}
		if t.Version != read.Version {
			return ErrConflict
		}
		t.Spec = spec
		if err := rotateRows(ctx, w, t, keys, elders, made, event.Actor); err != nil {
			return err
		}
		return w.event(ctx, generationEvent(read, t, event, requests))
	})
	if err != nil {
		t, err = s.settle(ctx, read, made.wrapped, err)
	}
	if err != nil {
		return nil, ofTenant(err, name)
	}
	return t, nil
}

// generationEvent says that there is a new data key, and under what.
func generationEvent(before, after *Tenant, e Event, requests *keysource.Requests) Event {
	e.Tenant, e.Kind, e.Key, e.Requests = after.ID, EventNewDataKey, after.Current.Wrapped.KeyARN, requests.IDs()
	made := fmt.Sprintf("data key %08x after %08x", uint32(after.Current.Number), uint32(before.Current.Number))
	if e.Detail != "" {
		made += "; " + e.Detail
	}
	e.Detail = made
	if before.Spec.Provider != after.Spec.Provider {
		e.Kind = EventProviderChanged
		e.Detail += fmt.Sprintf("; from %s %s to %s", before.Spec.Provider, before.Spec.KeyARN, after.Spec.Provider)
	}
	return e
}

// rotateRows writes the new generation, the elders wrapped under it, and the
// tenant.
func rotateRows(ctx context.Context, w writer, t *Tenant, keys []dataKey, elders map[crypto.KeyNumber]*crypto.Generation,
	made newGeneration, actor string) error {
	t.Elders = nil
	for i := range keys {
		k := &keys[i]
		wrapped, err := made.generation.WrapElder(elders[k.number])
		if err != nil {
			return err
		}
		k.wrapped, k.wrappedBy, k.materialID = wrapped, made.generation.Number(), ""
		t.Elders = append(t.Elders, keysource.WrappedElder{Number: k.number, Wrapped: wrapped})
	}
	t.Current = keysource.WrappedGeneration{Number: made.generation.Number(), Wrapped: made.wrapped}
	t.Spec.KeyNumber, t.Spec.ResolvedARN, t.KeySince = t.Current.Number, made.wrapped.KeyARN, w.now
	keys = append(keys, currentRow(t, w.now))
	sortKeys(keys)
	for i := range keys {
		if err := keys[i].save(ctx, w); err != nil {
			return err
		}
	}
	if err := t.update(ctx, w, keys); err != nil {
		return err
	}
	return w.history(ctx, historyOf(t, ActionRotated, actor))
}

// openGenerations unwraps the tenant's current generation and, with it, all
// elders. The caller destroys them.
func (s *Store) openGenerations(ctx context.Context, t *Tenant, wrapper keysource.Wrapper) (map[crypto.KeyNumber]*crypto.Generation, error) {
	current, err := s.unwrap(ctx, t.Spec, t.Current.Wrapped, wrapper)
	if err != nil {
		return nil, err
	}
	all := map[crypto.KeyNumber]*crypto.Generation{current.Number(): current}
	for _, e := range t.Elders {
		g, err := current.UnwrapElder(e.Number, e.Wrapped)
		if err != nil {
			destroyAll(all)
			return nil, &keysource.Error{Kind: keysource.KeyMismatch, Tenant: t.Name, Op: keysource.OpUnwrap, Cause: err}
		}
		all[e.Number] = g
	}
	return all, nil
}

func destroyAll(generations map[crypto.KeyNumber]*crypto.Generation) {
	for _, g := range generations {
		g.Destroy()
	}
}
