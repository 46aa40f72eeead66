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
			MasterKey: viewOfMaster(p.To)})
	}
	return waiting, nil
}

// viewOfMaster is the inverse of masterKey.
func viewOfMaster(m pgstore.MasterKey) admin.MasterKey {
	return admin.MasterKey{Provider: m.Provider, Key: m.KeyARN, Role: m.RoleARN, ExternalID: m.ExternalID, Endpoint: m.Endpoint}
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
	defer o.keyChanged(ref)
	s, _, known, err := o.proposal(ctx, ref, id)
	if err != nil {
		return nil, err
	}
	name := ""
	if user, ok := access.FromContext(ctx); ok {
		name = user.Name
	}
	p, err := s.store.Decide(ctx, known.ID, pgstore.Decision{Approve: approve, By: name, Actor: string(by)})
	if err != nil {
		return nil, o.undecided(err)
	}
	if p.State != pgstore.ProposalApproved {
		return nil, nil
	}
	return o.carryOut(ctx, by, s, p)
}

// carryOut does what was approved, to the record that it was proposed for: of two that are approved at the same moment the second is void by then.
func (o *operations) carryOut(ctx context.Context, by admin.Actor, s *liveSite, p *pgstore.Proposal) (done *admin.Rotation, err error) {
	t, err := s.store.LookUp(ctx, p.Name)
	switch {
	case err != nil:
		err = o.hidden(err)
	case t.ID != p.Tenant || t.Version != p.OfVersion || (p.Kind == pgstore.ProposeKey) != (p.To.Provider == t.Spec.Provider):
		err = o.undecided(pgstore.ErrProposalVoid)
	default:
		done, err = o.setKey(ctx, by, s, t, viewOfMaster(p.To))
	}
	failure := ""
	if err != nil {
		failure = err.Error()
	}
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), accessTimeout) // whoever has approved it may be gone, or have waited for too long
	defer stop()
	if _, settling := s.store.SettleProposal(ctx, p.ID, failure); settling != nil {
		o.log.Error("what came of a proposal could not be recorded", "database", s.name, "tenant", p.Name, "cause", settling)
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
