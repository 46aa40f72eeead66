package main

import (
	"context"
	"errors"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// Proposals implements admin.Operations: those that wait for an officer.
func (o *operations) Proposals(ctx context.Context, ref admin.TenantRef) ([]admin.Proposal, error) {
	s, t, err := o.tenant(ctx, ref)
	if err != nil {
		return nil, err
	}
	all, err := s.store.Proposals(ctx, t.Name)
	if err != nil {
		return nil, o.hidden(err)
	}
	waiting := []admin.Proposal{}
	for i := range all {
		p := &all[i]
		if p.Standing(o.now()) != pgstore.ProposalOpen {
			continue
		}
		waiting = append(waiting, admin.Proposal{TenantRef: ref, ID: proposalName(p.ID), Kind: string(actionOf(p.Kind)), CacheTime: p.CacheTime, By: p.Proposer, At: p.Proposed,
			MasterKey: admin.MasterKey{Provider: p.To.Provider, Key: p.To.KeyARN, Role: p.To.RoleARN, ExternalID: p.To.ExternalID, Endpoint: p.To.Endpoint}})
	}
	return waiting, nil
}

func actionOf(k pgstore.ProposalKind) access.Action {
	if k == pgstore.ProposeCacheTime {
		return access.LongerCacheTime
	}
	return access.Action(k)
}

// Propose implements admin.Operations.
func (o *operations) Propose(ctx context.Context, by admin.Actor, p admin.Proposal) error {
	defer o.changed(p.Database)
	s, t, err := o.tenant(ctx, p.TenantRef)
	if err != nil {
		return err
	}
	next := pgstore.Proposal{Kind: pgstore.ProposalKind(p.Kind), To: masterKey(p.MasterKey), CacheTime: p.CacheTime, Proposer: p.By, Actor: string(by)}
	if p.Kind == string(access.LongerCacheTime) {
		next.Kind = pgstore.ProposeCacheTime
	}
	if next.Kind == pgstore.ProposeCacheTime {
		if !allowedCacheTime(p.CacheTime) {
			return badInput("a cache time of %s is outside 1m to 24h", p.CacheTime)
		}
	} else if err := checkMaster(p.MasterKey); err != nil {
		return err
	}
	_, err = s.store.Propose(ctx, t.Name, next)
	return o.hidden(err)
}

// Decide implements admin.Operations. What was approved is carried out at once; where that fails the proposal says so, and has to be made anew.
func (o *operations) Decide(ctx context.Context, by admin.Actor, ref admin.TenantRef, id string, approve bool) (*admin.Rotation, error) {
	defer o.changed(ref.Database)
	s, t, known, err := o.proposal(ctx, ref, id)
	if err != nil {
		return nil, err
	}
	key, name := known.ID, ""
	if user, ok := access.FromContext(ctx); ok {
		name = user.Name
	}
	p, err := s.store.Decide(ctx, key, pgstore.Decision{Approve: approve, By: name, Actor: string(by)})
	if err != nil {
		return nil, o.undecided(err)
	}
	if p.State != pgstore.ProposalApproved {
		return nil, nil
	}
	done, err := o.SetKey(ctx, by, ref, admin.MasterKey{Provider: p.To.Provider, Key: p.To.KeyARN, Role: p.To.RoleARN, ExternalID: p.To.ExternalID, Endpoint: p.To.Endpoint})
	failure := ""
	if err != nil {
		failure = err.Error()
	}
	if _, settling := s.store.SettleProposal(context.WithoutCancel(ctx), key, failure); settling != nil {
		o.log.Error("what came of a proposal could not be recorded", "database", s.name, "tenant", t.Name, "cause", settling)
	}
	return done, err
}

// Withdraw implements admin.Operations.
func (o *operations) Withdraw(ctx context.Context, by admin.Actor, ref admin.TenantRef, id string) error {
	defer o.changed(ref.Database)
	s, _, known, err := o.proposal(ctx, ref, id)
	if err != nil {
		return err
	}
	user, _ := access.FromContext(ctx)
	if err := user.MayWithdraw(access.Tenant(ref.Database, ref.Name), known.Proposer); err != nil {
		return err
	}
	_, err = s.withdraw(ctx, known, string(by))
	return o.undecided(err)
}

// proposal is one of the tenant's.
func (o *operations) proposal(ctx context.Context, ref admin.TenantRef, id string) (*liveSite, *pgstore.Tenant, *pgstore.Proposal, error) {
	s, t, err := o.tenant(ctx, ref)
	if err != nil {
		return nil, nil, nil, err
	}
	key, ok := proposalID(id)
	if !ok {
		return nil, nil, nil, admin.ErrUnknown
	}
	known, err := s.store.Proposal(ctx, key)
	if err != nil {
		return nil, nil, nil, o.hidden(err)
	}
	if known.Tenant != t.ID {
		return nil, nil, nil, admin.ErrUnknown
	}
	return s, t, known, nil
}

// undecided is what is told of a decision that came to nothing.
func (o *operations) undecided(err error) error {
	for _, conflict := range []error{pgstore.ErrProposalSettled, pgstore.ErrProposalExpired, pgstore.ErrProposalVoid, pgstore.ErrOwnProposal} {
		if errors.Is(err, conflict) {
			return &admin.Failure{Code: "conflict", Message: whyNot(err), Cause: err}
		}
	}
	return o.hidden(err)
}
