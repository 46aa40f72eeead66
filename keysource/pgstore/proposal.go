package pgstore

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
)

// Proposal is a change of a tenant's key that an officer of the tenant has to
// approve. Who may propose and approve is for the caller to know; that these are
// two people is seen to here as well.
type Proposal struct {
	ID        [16]byte
	Tenant    crypto.TenantID
	Name      string // the tenant's present name; filled by reading
	OfVersion int64  // of the tenant's record: it is void once that is another one
	Kind      ProposalKind
	To        MasterKey     // of ProposeKey and ProposeProvider
	CacheTime time.Duration // of ProposeCacheTime
	Proposer  string        // the name that must not approve it
	Actor     string        // the same, with how and from where
	Proposed  time.Time
	Expires   time.Time
	State     ProposalState
	DecidedBy string // as Actor
	Decided   time.Time
	Outcome   string // why it failed, or was rejected
	Version   int64

	Void bool // the tenant's record has changed since; filled by reading
}

// ProposalKind is what is proposed.
type ProposalKind string

// The kinds of proposals.
const (
	ProposeKey       ProposalKind = "set-arn"
	ProposeProvider  ProposalKind = "set-provider"
	ProposeCacheTime ProposalKind = "set-cache-time"
)

// ProposalState is what has become of a proposal.
type ProposalState string

// The states of proposals. One that is open may be void, or its time may be over: see Standing.
const (
	ProposalOpen      ProposalState = "open"
	ProposalApproved  ProposalState = "approved" // and not carried out yet; whoever approved it does that at once, or it has to be made anew
	ProposalRejected  ProposalState = "rejected"
	ProposalWithdrawn ProposalState = "withdrawn"
	ProposalDone      ProposalState = "done"
	ProposalFailed    ProposalState = "failed"
	ProposalExpired   ProposalState = "expired" // by the clock; no record says so
	ProposalVoid      ProposalState = "void"    // by the tenant's version; no record says so
)

const (
	// ProposalLifetime is how long a proposal waits for an officer.
	ProposalLifetime = 7 * 24 * time.Hour
	// maxProposals bounds how many of one tenant wait at a time.
	maxProposals = 20
)

// Errors about proposals. Nothing is changed then.
var (
	ErrNoProposal      = errors.New("pgstore: there is no such proposal")
	ErrProposalSettled = errors.New("pgstore: the proposal is not open any more")
	ErrProposalExpired = errors.New("pgstore: the time of the proposal is over; it has to be made anew")
	ErrProposalVoid    = errors.New("pgstore: the tenant's record has changed since it was proposed; it has to be made anew")
	ErrOwnProposal     = errors.New("pgstore: whoever proposed it cannot approve it")
	ErrProposals       = fmt.Errorf("pgstore: %d proposals of this tenant are waiting already", maxProposals)
	errProposalKind    = errors.New("pgstore: a proposal of no known kind")
)

// Standing is the state by now.
func (p *Proposal) Standing(now time.Time) ProposalState {
	switch {
	case p.State != ProposalOpen:
		return p.State
	case p.Void:
		return ProposalVoid
	case !now.Before(p.Expires):
		return ProposalExpired
	}
	return ProposalOpen
}

// Words say what is proposed.
func (p *Proposal) Words() string {
	switch p.Kind {
	case ProposeCacheTime:
		return fmt.Sprintf("cache time %s", p.CacheTime)
	case ProposeProvider:
		return strings.TrimSpace(fmt.Sprintf("provider %s %s", p.To.Provider, p.To.KeyARN)) + p.way()
	}
	return "key " + p.To.KeyARN + p.way()
}

// way is how the key is reached, which is a part of what is approved.
func (p *Proposal) way() (words string) {
	for _, part := range []struct{ name, is string }{{"role", p.To.RoleARN}, {"external id", p.To.ExternalID}, {"endpoint", p.To.Endpoint}} {
		if part.is != "" {
			words += ", " + part.name + " " + part.is
		}
	}
	return words
}

func (p *Proposal) what() string { return fmt.Sprintf("proposal %x", p.ID) }

func (p *Proposal) record(store storeID) *record {
	return newRecord(store, "proposal").bytes(p.ID[:], p.Tenant[:]).number(p.OfVersion).
		text(string(p.Kind), p.To.Provider, p.To.KeyARN, p.To.RoleARN, p.To.ExternalID, p.To.Endpoint).number(p.CacheTime.Milliseconds()).
		text(p.Proposer, p.Actor).time(p.Proposed).time(p.Expires).text(string(p.State), p.DecidedBy).time(p.Decided).text(p.Outcome).number(p.Version)
}

// Propose keeps a proposal for the tenant's record as it is: kind, what is wanted, proposer and actor are the caller's. It gives it as it was kept.
func (s *Store) Propose(ctx context.Context, tenant string, p Proposal) (*Proposal, error) {
	switch p.Kind {
	case ProposeKey, ProposeProvider:
		p.CacheTime = 0
	case ProposeCacheTime:
		p.To = MasterKey{}
		if err := checkCacheTime(p.CacheTime); err != nil {
			return nil, err
		}
	default:
		return nil, errProposalKind
	}
	err := s.write(ctx, func(w writer, row storeRow) error {
		t, _, err := s.readTenant(ctx, w.tx, row, tenant, true)
		if err != nil {
			return err
		}
		all, err := s.readProposals(ctx, w.tx, "WHERE t.name = $1 AND p.state = 'open' AND p.tenant_version = t.version AND p.expires_at > clock_timestamp()", tenant)
		if err != nil {
			return err
		}
		waiting := 0
		for _, other := range all {
			if other.Standing(t.ReadAt) == ProposalOpen {
				waiting++
			}
		}
		if waiting >= maxProposals {
			return ErrProposals
		}
		p.ID, p.Tenant, p.Name, p.OfVersion, p.State, p.Version = newID(), t.ID, t.Name, t.Version, ProposalOpen, 1
		p.Proposed, p.Expires = micro(t.ReadAt), micro(t.ReadAt).Add(ProposalLifetime) // by the database's clock, as everything that decides
		if err := p.insert(ctx, w); err != nil {
			return err
		}
		return w.event(ctx, Event{Tenant: t.ID, Kind: EventProposed, Actor: p.Actor, Key: p.To.KeyARN, Detail: p.Words() + "; until " + p.Expires.Format(time.RFC3339)})
	})
	if err != nil {
		return nil, ofTenant(err, tenant)
	}
	return &p, nil
}

// Proposals gives a tenant's proposals that wait to be decided, verified, newest first; "": all tenants'. Of a tenant they are few (ErrProposals).
func (s *Store) Proposals(ctx context.Context, tenant string) ([]Proposal, error) {
	return s.readProposals(ctx, s.Conns(ctx), `WHERE ($1 = '' OR t.name = $1) AND p.state = 'open' AND p.tenant_version = t.version AND p.expires_at > clock_timestamp()
		ORDER BY p.proposed_at DESC, p.id`, tenant)
}

// Proposal gives one of them. ErrNoProposal.
func (s *Store) Proposal(ctx context.Context, id [16]byte) (*Proposal, error) {
	return one(s.readProposals(ctx, s.Conns(ctx), "WHERE p.id = $1", id))
}

func one(all []Proposal, err error) (*Proposal, error) {
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, ErrNoProposal
	}
	return &all[0], nil
}

func (s *Store) readProposals(ctx context.Context, db querier, where string, args ...any) ([]Proposal, error) {
	rows, err := db.Query(ctx, `SELECT p.id, p.tenant, p.tenant_version, p.kind, p.provider, p.key_arn, p.role_arn, p.external_id, p.endpoint, p.cache_ms, p.proposer, p.actor,
		p.proposed_at, p.expires_at, p.state, p.decided_by, p.decided_at, p.outcome, p.version, p.mac, coalesce(t.name, ''), coalesce(t.version, 0)
		FROM pgseal.proposal p LEFT JOIN pgseal.tenant t ON t.id = p.tenant `+where, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Proposal, error) {
		var p Proposal
		var decided *time.Time
		var cacheMS, present int64
		var mac []byte
		if err := row.Scan(&p.ID, (*[16]byte)(&p.Tenant), &p.OfVersion, &p.Kind, &p.To.Provider, &p.To.KeyARN, &p.To.RoleARN, &p.To.ExternalID, &p.To.Endpoint, &cacheMS,
			&p.Proposer, &p.Actor, &p.Proposed, &p.Expires, &p.State, &p.DecidedBy, &decided, &p.Outcome, &p.Version, &mac, &p.Name, &present); err != nil {
			return p, err
		}
		p.CacheTime, p.Void = time.Duration(cacheMS)*time.Millisecond, present != p.OfVersion
		if decided != nil {
			p.Decided = *decided
		}
		return p, p.record(s.id).verify(s.key, mac, p.what())
	})
}

func (p *Proposal) insert(ctx context.Context, w writer) error {
	_, err := w.tx.Exec(ctx, `INSERT INTO pgseal.proposal (id, tenant, tenant_version, kind, provider, key_arn, role_arn, external_id, endpoint, cache_ms, proposer, actor,
		proposed_at, expires_at, state, decided_by, decided_at, outcome, version, mac)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
		p.ID, [16]byte(p.Tenant), p.OfVersion, string(p.Kind), p.To.Provider, p.To.KeyARN, p.To.RoleARN, p.To.ExternalID, p.To.Endpoint, p.CacheTime.Milliseconds(), p.Proposer, p.Actor,
		p.Proposed, p.Expires, string(p.State), p.DecidedBy, nullable(p.Decided), p.Outcome, p.Version, p.record(w.store).sign(w.key))
	return err
}

// update writes what can change, if the row still has the version that was read.
func (p *Proposal) update(ctx context.Context, w writer) error {
	p.Version++
	tag, err := w.tx.Exec(ctx, `UPDATE pgseal.proposal SET state = $2, decided_by = $3, decided_at = $4, outcome = $5, version = $6, mac = $7
		WHERE id = $1 AND version = $6 - 1`, p.ID, string(p.State), p.DecidedBy, nullable(p.Decided), p.Outcome, p.Version, p.record(w.store).sign(w.key))
	if err == nil && tag.RowsAffected() != 1 {
		return ErrConflict
	}
	return err
}
