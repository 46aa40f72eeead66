package main

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// overviewTime is how long a store is given to say how its tenants stand.
const overviewTime = 10 * time.Second

// overview is how the tenants of one database stand. Every page that is open asks for it every two seconds: all that see the whole deployment share one look.
// An officer's is of his own tenants alone: the time that it takes would tell him how many others there are.
type overview struct {
	whole *admin.Shared[[]admin.TenantSummary]
	mu    sync.Mutex
	known map[string]bool // tenants that there were when they were last looked at
}

func (o *operations) newOverview(s *liveSite) *overview {
	v := &overview{known: map[string]bool{}}
	v.whole = admin.NewShared(o.now, overviewTime, func(ctx context.Context) ([]admin.TenantSummary, error) {
		list, err := s.store.Tenants(ctx)
		if err != nil {
			return nil, err
		}
		proposals, err := s.store.Proposals(ctx, "")
		if err != nil {
			return nil, err
		}
		v.know(list, true)
		return o.summarise(ctx, s, list, proposals)
	})
	return v
}

// know remembers which tenants there are, for the time when the store cannot be asked.
func (v *overview) know(list []pgstore.Listed, all bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if all {
		clear(v.known)
	}
	for _, l := range list {
		v.known[l.Name] = true
	}
}

// knows tells that one of the tenants was there when it was last looked at.
func (v *overview) knows(names []string) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return slices.ContainsFunc(names, func(name string) bool { return v.known[name] })
}

// Databases implements admin.Operations.
func (o *operations) Databases(ctx context.Context) ([]admin.Database, error) {
	user, _ := access.FromContext(ctx)
	all := []admin.Database{}
	for _, name := range slices.Sorted(maps.Keys(o.sites)) {
		d := admin.Database{Name: name, Tenants: []admin.TenantSummary{}}
		tenants, err := o.seenBy(ctx, user, o.sites[name])
		if err != nil {
			o.log.Error("a store cannot be read for the admin page", "database", name, "cause", err)
			d.Problem = discreet(reply(err)).Error()
			d.Concerns = user == nil || user.Role != access.Officer || o.concerns(user, name)
		}
		d.Tenants = append(d.Tenants, tenants...) // a copy: what is shared stays as it is
		all = append(all, d)
	}
	return all, nil
}

// concerns tells that a database that cannot be read has tenants of the officer's, as far as that is known: he names it, or it had one when it could be read.
func (o *operations) concerns(user *access.User, database string) bool {
	names, named := user.Limited(database)
	return named || len(o.sites) == 1 || o.overviews[database].knows(names)
}

func (o *operations) seenBy(ctx context.Context, user *access.User, s *liveSite) ([]admin.TenantSummary, error) {
	v := o.overviews[s.name]
	if user == nil || user.Role != access.Officer {
		return v.whole.Get(ctx)
	}
	ctx, stop := context.WithTimeout(ctx, overviewTime)
	defer stop()
	var own []pgstore.Listed
	var proposals []pgstore.Proposal
	names, _ := user.Limited(s.name)
	for _, name := range names {
		t, err := s.store.LookUp(ctx, name)
		switch kind := keysource.KindOf(err); {
		case kind == keysource.TenantUnknown:
			continue
		case err != nil && kind != keysource.KeyRecordInvalid:
			return nil, err
		}
		of, err2 := s.store.Proposals(ctx, name)
		if err2 != nil {
			return nil, err2
		}
		own, proposals = append(own, pgstore.Listed{Name: name, Tenant: t, Err: err}), append(proposals, of...)
	}
	v.know(own, false)
	if len(own) == 0 {
		return nil, nil
	}
	return o.summarise(ctx, s, own, proposals)
}

// summarise says how tenants stand, by few questions for all of them.
func (o *operations) summarise(ctx context.Context, s *liveSite, list []pgstore.Listed, proposals []pgstore.Proposal) ([]admin.TenantSummary, error) {
	proxies, err := s.store.Proxies(ctx)
	if err != nil {
		return nil, err
	}
	var ids []crypto.TenantID
	for _, l := range list {
		if l.Err == nil {
			ids = append(ids, l.Tenant.ID)
		}
	}
	until, bad, err := s.store.HeldUntilOf(ctx, ids...)
	if err != nil {
		return nil, err
	}
	materials, err := s.store.Materials(ctx, ids...)
	if err != nil {
		return nil, err
	}
	open := map[string]int{}
	for i := range proposals {
		if proposals[i].Standing(o.now()) == pgstore.ProposalOpen {
			open[proposals[i].Name]++
		}
	}
	all := make([]admin.TenantSummary, len(list))
	for i, l := range list {
		sum := &all[i]
		sum.Name = l.Name
		if l.Err == nil {
			l.Err = bad[l.Tenant.ID]
		}
		if l.Err != nil {
			sum.State, sum.Problem = "unknown", reply(l.Err).Error()
			continue
		}
		v := statusOf(l.Tenant, proxies, until[l.Tenant.ID])
		st := standingOf(l.Tenant, v)
		sum.Provider, sum.State, sum.Code, sum.ReadableUntil, sum.Drill = l.Tenant.Spec.Provider, st.State, st.Code, st.ReadableUntil, v.Drill != nil
		sum.Pending, sum.Proposals = materials[l.Tenant.ID].Pending(l.Tenant), open[l.Name]
	}
	return all, nil
}

// changed has nobody be shown what was before.
func (o *operations) changed(database string) {
	if v := o.overviews[database]; v != nil {
		v.whole.Forget()
	}
}

// keyChanged is changed for a tenant whose key service may answer otherwise now.
func (o *operations) keyChanged(ref admin.TenantRef) {
	o.changed(ref.Database)
	o.probes.forget(ref)
	o.checks.forget(ref)
}
