package pgstore

import (
	"context"
	"strings"

	"github.com/legatics/pgseal/keysource"
)

// Decision is what somebody says of a proposal.
type Decision struct {
	Approve bool
	By      string // the name that must not be the proposer's, unless he takes his proposal back
	Actor   string // the same, with how and from where
	Reason  string // of a no, for people
}

// Decide approves or rejects a proposal. An approval is one of the tenant's record as it was when the proposal was made: where that has changed it
// is ErrProposalVoid. A cache time is set in the same transaction, and the proposal done; of another kind it is approved then, and the caller carries
// it out and calls SettleProposal. A no of whoever made it takes it back.
func (s *Store) Decide(ctx context.Context, id [16]byte, d Decision) (*Proposal, error) {
	var p *Proposal
	err := s.write(ctx, func(w writer, row storeRow) (err error) {
		if p, err = one(s.readProposals(ctx, w.tx, "WHERE p.id = $1 FOR UPDATE OF p", id)); err != nil {
			return err
		}
		if p.State != ProposalOpen {
			return ErrProposalSettled
		}
		own := strings.EqualFold(p.Proposer, d.By)
		p.DecidedBy, p.Decided, p.Outcome = d.Actor, w.now, cleanText(d.Reason, maxEventText)
		if d.Approve {
			return s.approve(ctx, w, row, p, own)
		}
		kind := EventRejected
		if p.State = ProposalRejected; own {
			p.State, kind = ProposalWithdrawn, EventWithdrawn
		}
		return p.told(ctx, w, kind, p.Outcome)
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

func (s *Store) approve(ctx context.Context, w writer, row storeRow, p *Proposal, own bool) error {
	if own {
		return ErrOwnProposal
	}
	// The record that a proposal is for must not change before this has ended.
	t, keys, err := s.readTenant(ctx, w.tx, row, p.Name, true)
	if keysource.KindOf(err) == keysource.TenantUnknown {
		return ErrProposalVoid
	}
	if err != nil {
		return err
	}
	p.Void = t.ID != p.Tenant || t.Version != p.OfVersion || t.Retired
	switch p.Standing(t.ReadAt) {
	case ProposalVoid:
		return ErrProposalVoid
	case ProposalExpired:
		return ErrProposalExpired
	}
	p.State = ProposalApproved
	if p.Kind != ProposeCacheTime {
		return p.told(ctx, w, EventApproved, "")
	}
	p.State, t.CacheTime = ProposalDone, p.CacheTime
	if err := t.update(ctx, w, keys); err != nil {
		return err
	}
	if err := p.told(ctx, w, EventApproved, ""); err != nil {
		return err
	}
	return w.event(ctx, Event{Tenant: t.ID, Kind: EventCacheTime, Actor: p.DecidedBy, Detail: t.CacheTime.String() + ", as proposed by " + p.Actor})
}

// told writes a proposal that was changed, with the event of it.
func (p *Proposal) told(ctx context.Context, w writer, kind, detail string) error {
	if err := p.update(ctx, w); err != nil {
		return err
	}
	text := p.Words() + ", proposed by " + p.Actor
	if detail != "" {
		text += ": " + detail
	}
	return w.event(ctx, Event{Tenant: p.Tenant, Kind: kind, Actor: p.DecidedBy, Key: p.To.KeyARN, Detail: text})
}

// SettleProposal says what came of carrying out a proposal that was approved; failure is for people, and empty where it worked.
func (s *Store) SettleProposal(ctx context.Context, id [16]byte, failure string) (*Proposal, error) {
	var p *Proposal
	err := s.write(ctx, func(w writer, _ storeRow) (err error) {
		if p, err = one(s.readProposals(ctx, w.tx, "WHERE p.id = $1 FOR UPDATE OF p", id)); err != nil {
			return err
		}
		if p.State != ProposalApproved {
			return ErrProposalSettled
		}
		kind := EventProposalDone
		if p.State = ProposalDone; failure != "" {
			p.State, p.Outcome, kind = ProposalFailed, cleanText(failure, maxEventText), EventProposalFailed
		}
		return p.told(ctx, w, kind, p.Outcome)
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}
