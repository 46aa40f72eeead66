package main

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// AddTenant implements admin.Operations.
func (o *operations) AddTenant(ctx context.Context, by admin.Actor, n admin.NewTenant) error {
	defer o.changed(n.Database)
	s, err := o.site(n.Database)
	if err != nil {
		return err
	}
	if err := checkMaster(n.MasterKey); err != nil {
		return err
	}
	if n.CacheTime != 0 && !allowedCacheTime(n.CacheTime) {
		return badInput("a cache time of %s is outside 1m to 24h", n.CacheTime)
	}
	_, err = s.addTenant(ctx, pgstore.NewTenant{Name: n.Name, Provider: n.Provider, KeyARN: n.Key, RoleARN: n.Role, ExternalID: n.ExternalID, Endpoint: n.Endpoint,
		CacheTime: n.CacheTime, Actor: string(by)})
	switch {
	case errors.Is(err, pgstore.ErrTenantExists):
		return &admin.Failure{Code: "exists", Message: "there is a tenant of that name already", Hints: []string{"A retired one is taken into use again with: pgseal tenant restore."}, Cause: err}
	case errors.Is(err, pgstore.ErrTenantName):
		return badInput("a tenant's name has 1 to 128 characters, none of them a control character, and no blank at its ends")
	}
	return o.hidden(err)
}

func allowedCacheTime(d time.Duration) bool {
	return d >= keysource.MinCacheTime && d <= keysource.MaxCacheTime
}

func masterKey(m admin.MasterKey) pgstore.MasterKey {
	return pgstore.MasterKey{Provider: m.Provider, KeyARN: m.Key, RoleARN: m.Role, ExternalID: m.ExternalID, Endpoint: m.Endpoint}
}

// checkMaster says what is wrong with the name of a key before anything is asked of anybody.
func checkMaster(m admin.MasterKey) error {
	switch m.Provider {
	case keysource.ProviderLocal:
		if m.Key != "" || m.Role != "" || m.ExternalID != "" || m.Endpoint != "" {
			return badInput("key, role, external id and endpoint are for the provider %s", keysource.ProviderAWS)
		}
	case keysource.ProviderAWS:
		if m.Key == "" {
			return badInput("name the customer's key by its ARN")
		}
		if err := misnamed(masterKey(m)); err != nil {
			return badInput("%v", err)
		}
	default:
		return badInput("there is no provider %q: aws-kms or local", m.Provider)
	}
	return nil
}

// Rotate implements admin.Operations.
func (o *operations) Rotate(ctx context.Context, by admin.Actor, ref admin.TenantRef, newDataKey bool) (done *admin.Rotation, err error) {
	s, t, err := o.tenant(ctx, ref)
	if err != nil {
		return nil, err
	}
	end, err := o.rotations.begin(ref, newDataKey)
	if err != nil {
		return nil, err
	}
	defer func() { end(newDataKey && err == nil) }()
	defer o.keyChanged(ref)
	return o.rotation(s.rotate(ctx, t, string(by), newDataKey))
}

func (o *operations) rotation(v rotationView, err error) (*admin.Rotation, error) {
	if err = o.hidden(err); err != nil {
		var failure *admin.Failure
		if errors.As(err, &failure) && keysource.KindOf(failure.Cause) != 0 && !errors.Is(failure.Cause, pgstore.ErrOutcome) {
			failure.Message = "nothing was changed: " + failure.Message
		}
		return nil, err
	}
	r := admin.Rotation(v)
	return &r, nil
}

// SetKey implements admin.Operations.
func (o *operations) SetKey(ctx context.Context, by admin.Actor, ref admin.TenantRef, m admin.MasterKey) (*admin.Rotation, error) {
	defer o.keyChanged(ref)
	s, t, err := o.tenant(ctx, ref)
	if err != nil {
		return nil, err
	}
	return o.setKey(ctx, by, s, t, m)
}

// setKey changes the key of the tenant's record as it was read, or nothing where that has changed.
func (o *operations) setKey(ctx context.Context, by admin.Actor, s *liveSite, t *pgstore.Tenant, m admin.MasterKey) (*admin.Rotation, error) {
	if err := checkMaster(m); err != nil {
		return nil, err
	}
	switch {
	case m.Provider != t.Spec.Provider:
		return o.rotation(s.setProvider(ctx, t, string(by), masterKey(m)))
	case m.Provider == keysource.ProviderLocal:
		return nil, badInput("the key of %q is of the provider %s and has no ARN", t.Name, m.Provider)
	}
	return o.rotation(s.setARN(ctx, t, string(by), masterKey(m), false))
}

// SetCacheTime implements admin.Operations.
func (o *operations) SetCacheTime(ctx context.Context, by admin.Actor, ref admin.TenantRef, d time.Duration) error {
	defer o.changed(ref.Database)
	s, t, err := o.tenant(ctx, ref)
	if err != nil {
		return err
	}
	if !allowedCacheTime(d) {
		return badInput("a cache time of %s is outside 1m to 24h", d)
	}
	set := s.store.SetCacheTime
	if u, ok := access.FromContext(ctx); ok && u.NeedsApproval(access.LongerCacheTime, access.Tenant(ref.Database, ref.Name)) {
		set = s.store.ShortenCacheTime // what he has seen may not be what is by now
	}
	if _, err = set(ctx, t.Name, d, string(by)); errors.Is(err, pgstore.ErrLonger) {
		return &admin.Failure{Code: "changed", Message: "the cache time is shorter than that by now; nothing was changed", Hints: []string{"Look at it again: a longer one is for an officer of the tenant to approve."}, Cause: err}
	}
	return o.hidden(err)
}

// Lock implements admin.Operations.
func (o *operations) Lock(ctx context.Context, by admin.Actor, ref admin.TenantRef) error {
	defer o.keyChanged(ref)
	s, t, err := o.tenant(ctx, ref)
	if err == nil {
		_, err = s.store.Lock(ctx, t.Name, string(by))
	}
	return o.hidden(err)
}

// Unlock implements admin.Operations.
func (o *operations) Unlock(ctx context.Context, by admin.Actor, ref admin.TenantRef) error {
	defer o.keyChanged(ref)
	s, t, err := o.tenant(ctx, ref)
	if err == nil {
		_, err = s.store.Unlock(ctx, t.Name, string(by))
	}
	return o.hidden(err)
}

// Probe implements admin.Operations.
func (o *operations) Probe(ctx context.Context, by admin.Actor, ref admin.TenantRef) (*admin.Probe, error) {
	s, t, err := o.tenant(ctx, ref)
	if err != nil {
		return nil, err
	}
	return o.probes.get(ctx, ref, func(ctx context.Context) (*admin.Probe, error) {
		defer o.changed(ref.Database)
		v, _, err := s.probe(ctx, t, string(by))
		if err != nil {
			return nil, o.hidden(err)
		}
		p := admin.Probe(v)
		return &p, nil
	})
}

// BeginDrill implements admin.Operations. The report of it is the command's: pgseal key drill --end.
func (o *operations) BeginDrill(ctx context.Context, by admin.Actor, ref admin.TenantRef, d time.Duration) error {
	defer o.keyChanged(ref)
	s, t, err := o.tenant(ctx, ref)
	if err != nil {
		return err
	}
	if d < keysource.MinDrill || d > keysource.MaxDrill {
		return badInput("a drill of %s is outside 10s to 1h", d)
	}
	all, err := s.store.Proxies(ctx)
	if err != nil {
		return o.hidden(err)
	}
	var live []string
	for i := range all {
		if all[i].Live() && !slices.Contains(live, all[i].Name) {
			live = append(live, all[i].Name)
		}
	}
	if err := rehearsable(t, all, live); err != nil {
		return &admin.Failure{Code: "no_drill", Message: err.Error(), Cause: err}
	}
	if _, err = s.orderDrill(ctx, t.Name, d, nil, string(by)); err != nil && keysource.KindOf(err) == 0 {
		return &admin.Failure{Code: "no_drill", Message: err.Error(), Cause: err}
	}
	return o.hidden(err)
}

// EndDrill implements admin.Operations.
func (o *operations) EndDrill(ctx context.Context, by admin.Actor, ref admin.TenantRef) error {
	defer o.keyChanged(ref)
	s, t, err := o.tenant(ctx, ref)
	if err != nil {
		return err
	}
	if t.Left(t.ReadAt) == 0 {
		return &admin.Failure{Code: "no_drill", Message: "no drill is under way"}
	}
	_, err = s.store.EndDrill(ctx, t.Name, string(by))
	return o.hidden(err)
}
