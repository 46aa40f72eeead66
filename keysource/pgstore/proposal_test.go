package pgstore

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/legatics/pgseal/keysource"
)

// sampleProposal has something in each of its fields.
func sampleProposal(kind ProposalKind) Proposal {
	return Proposal{Kind: kind, CacheTime: time.Hour, Proposer: "olga", Actor: "olga (operator, password) from 192.0.2.1",
		To: MasterKey{Provider: "aws-kms", KeyARN: "arn:aws:kms:eu-west-1:111122223333:key/x", RoleARN: "arn:aws:iam::111122223333:role/r", ExternalID: "e", Endpoint: "https://kms.example"}}
}

func (f *fixture) propose(t *testing.T, tenant string, p Proposal) *Proposal {
	t.Helper()
	made, err := f.store.Propose(t.Context(), tenant, p)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func carol(approve bool) Decision {
	return Decision{Approve: approve, By: "carol", Actor: "carol (officer, oidc) from 192.0.2.2", Reason: "why"}
}

// kinds are the kinds of the tenant's events of proposals and settings, oldest first.
func (f *fixture) kinds(t *testing.T, tenant string) string {
	t.Helper()
	events, err := f.store.Events(t.Context(), EventFilter{Tenant: tenant, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range events {
		if strings.HasPrefix(e.Kind, "propos") || e.Kind == EventCacheTime {
			all = append([]string{e.Kind}, all...)
		}
	}
	return strings.Join(all, ", ")
}

// TestProposalApproved: nothing is changed until another person approves it; a cache time is set with the approval, a key by whoever carries it out.
func TestProposalApproved(t *testing.T) {
	f := newFixture(t)
	before := f.addTenant(t, "acme")
	p := f.propose(t, "acme", sampleProposal(ProposeCacheTime))
	if got, err := f.store.Proposal(t.Context(), p.ID); err != nil || cmp.Diff(p, got) != "" {
		t.Fatalf("%v %s", err, cmp.Diff(p, got))
	}
	if now, err := f.store.LookUp(t.Context(), "acme"); err != nil || now.CacheTime != before.CacheTime || now.Version != before.Version {
		t.Fatalf("the proposal has changed the tenant: %+v %v", now, err)
	}
	for _, self := range []string{"olga", "Olga"} {
		if _, err := f.store.Decide(t.Context(), p.ID, Decision{Approve: true, By: self, Actor: self}); !errors.Is(err, ErrOwnProposal) {
			t.Errorf("approved by who proposed it: %v", err)
		}
	}
	done, err := f.store.Decide(t.Context(), p.ID, carol(true))
	if err != nil || done.State != ProposalDone {
		t.Fatalf("%+v %v", done, err)
	}
	if now, err := f.store.LookUp(t.Context(), "acme"); err != nil || now.CacheTime != time.Hour {
		t.Errorf("%s %v", now.CacheTime, err)
	}
	if _, err := f.store.Decide(t.Context(), p.ID, carol(false)); !errors.Is(err, ErrProposalSettled) {
		t.Errorf("decided twice: %v", err)
	}
	key := f.propose(t, "acme", sampleProposal(ProposeKey))
	if _, err := f.store.SettleProposal(t.Context(), key.ID, ""); !errors.Is(err, ErrProposalSettled) {
		t.Errorf("carried out before it was approved: %v", err)
	}
	if done, err = f.store.Decide(t.Context(), key.ID, carol(true)); err != nil || done.State != ProposalApproved {
		t.Fatalf("%+v %v", done, err)
	}
	if done, err = f.store.SettleProposal(t.Context(), key.ID, "the key service says no"); err != nil || done.State != ProposalFailed || done.Outcome == "" {
		t.Errorf("%+v %v", done, err)
	}
	if got := f.kinds(t, "acme"); got != "proposed, proposal approved, cache time set, proposed, proposal approved, proposal failed" {
		t.Errorf("events: %s", got)
	}
	if proof, err := f.store.VerifyEvents(t.Context(), "", nil); err != nil || proof.Err() != nil {
		t.Errorf("%v %v", err, proof.Err())
	}
}

// TestProposalNotApproved: what is rejected, taken back, too old, or made for another record changes nothing.
func TestProposalNotApproved(t *testing.T) {
	f := newFixture(t)
	before := f.addTenant(t, "acme")
	f.addTenant(t, "other")
	rejected := f.propose(t, "acme", sampleProposal(ProposeCacheTime))
	if p, err := f.store.Decide(t.Context(), rejected.ID, carol(false)); err != nil || p.State != ProposalRejected || p.Outcome != "why" {
		t.Errorf("%+v %v", p, err)
	}
	own := f.propose(t, "acme", sampleProposal(ProposeKey))
	if p, err := f.store.Decide(t.Context(), own.ID, Decision{By: "olga", Actor: "olga"}); err != nil || p.State != ProposalWithdrawn {
		t.Errorf("%+v %v", p, err)
	}
	void := f.propose(t, "acme", sampleProposal(ProposeCacheTime))
	if _, err := f.store.Lock(t.Context(), "acme", "tester"); err != nil {
		t.Fatal(err)
	}
	if _, err := f.store.Decide(t.Context(), void.ID, carol(true)); !errors.Is(err, ErrProposalVoid) {
		t.Errorf("of an older record: %v", err)
	}
	if p, err := f.store.Proposal(t.Context(), void.ID); err != nil || p.Standing(time.Now()) != ProposalVoid {
		t.Errorf("%+v %v", p, err)
	}
	if all, err := f.store.Proposals(t.Context(), "acme"); err != nil || len(all) != 0 { // or those that are settled could push out those that wait
		t.Errorf("what nobody can decide any more waits: %+v %v", all, err)
	}
	waits := f.propose(t, "acme", sampleProposal(ProposeKey))
	for _, of := range []string{"", "acme"} {
		if all, err := f.store.Proposals(t.Context(), of); err != nil || len(all) != 1 || all[0].ID != waits.ID {
			t.Errorf("what waits of %q: %+v %v", of, all, err)
		}
	}
	if all, err := f.store.Proposals(t.Context(), "other"); err != nil || len(all) != 0 {
		t.Errorf("another tenant's: %+v %v", all, err)
	}
	old := f.propose(t, "other", sampleProposal(ProposeCacheTime))
	late := *old
	late.Expires = time.Now().Add(-time.Second).UTC().Truncate(time.Microsecond)
	f.exec(t, fmt.Sprintf(`UPDATE pgseal.proposal SET expires_at = '%s', mac = '\x%x' WHERE id = '%x'`, late.Expires.Format(time.RFC3339Nano), late.record(f.store.id).sign(f.key), old.ID))
	if _, err := f.store.Decide(t.Context(), old.ID, carol(true)); !errors.Is(err, ErrProposalExpired) {
		t.Errorf("of a week ago: %v", err)
	}
	if old.Standing(old.Expires) != ProposalExpired {
		t.Error("not expired at its end")
	}
	if _, err := f.store.Decide(t.Context(), [16]byte{1}, carol(true)); !errors.Is(err, ErrNoProposal) {
		t.Errorf("of none: %v", err)
	}
	for _, tenant := range []string{"acme", "other"} {
		if now, err := f.store.LookUp(t.Context(), tenant); err != nil || now.CacheTime != before.CacheTime {
			t.Errorf("%s: %s %v", tenant, now.CacheTime, err)
		}
	}
}

// TestProposalWords: an event says all that was proposed, not the key alone.
func TestProposalWords(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	p := f.propose(t, "acme", sampleProposal(ProposeKey))
	if _, err := f.store.Decide(t.Context(), p.ID, carol(true)); err != nil {
		t.Fatal(err)
	}
	events, err := f.store.Events(t.Context(), EventFilter{Tenant: "acme", Kinds: []string{EventProposed, EventApproved}})
	if err != nil || len(events) != 2 {
		t.Fatal(events, err)
	}
	for _, e := range events {
		if e.Name != "acme" || !strings.Contains(e.Detail, "key/x, role arn:aws:iam::111122223333:role/r, external id e, endpoint https://kms.example") {
			t.Errorf("%s of %s says %s", e.Kind, e.Name, e.Detail)
		}
	}
}

// TestProposalRefused: what cannot be proposed.
func TestProposalRefused(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	long := sampleProposal(ProposeCacheTime)
	long.CacheTime = 48 * time.Hour
	for what, p := range map[string]Proposal{"cache time": long, "kind": {Kind: "unlock"}} {
		if _, err := f.store.Propose(t.Context(), "acme", p); err == nil {
			t.Errorf("%s: kept", what)
		}
	}
	_, err := f.store.Propose(t.Context(), "nobody", sampleProposal(ProposeKey))
	wantKind(t, err, keysource.TenantUnknown)
	for range maxProposals {
		f.propose(t, "acme", sampleProposal(ProposeKey))
	}
	if _, err := f.store.Propose(t.Context(), "acme", sampleProposal(ProposeKey)); !errors.Is(err, ErrProposals) {
		t.Errorf("one more: %v", err)
	}
}

// TestProposalDecidedOnce: of several officers at the same time one decides.
func TestProposalDecidedOnce(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	p := f.propose(t, "acme", sampleProposal(ProposeKey))
	var all sync.WaitGroup
	results := make([]error, 6)
	for i := range results {
		all.Go(func() {
			_, results[i] = f.store.Decide(t.Context(), p.ID, Decision{Approve: i%2 == 0, By: fmt.Sprint("officer", i), Actor: "tester"})
		})
	}
	all.Wait()
	decided := 0
	for _, err := range results {
		if err == nil {
			decided++
		} else if !errors.Is(err, ErrProposalSettled) {
			t.Error(err)
		}
	}
	if decided != 1 {
		t.Errorf("decided %d times", decided)
	}
}
