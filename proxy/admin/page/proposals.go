package page

import (
	"errors"
	"net/http"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// proposalView is a proposal as both sides see it.
type proposalView struct {
	admin.Proposal
	What   string
	Path   string
	Decide bool   // the user may approve or reject it
	WhyNot string // he may not
	Back   bool   // he has proposed it himself, and may take it back
	Gone   []gone // what the key has now, and would not have any more
}

// gone is something that a proposal takes away.
type gone struct{ Name, Now string }

func viewOfProposal(p admin.Proposal, f tenantFrame, now admin.Tenant) proposalView {
	v := proposalView{Proposal: p, Path: tenantPath(f.Ref) + "/proposals/" + p.ID}
	switch p.Kind {
	case string(access.SetARN):
		v.What = "Wrap the data key under " + p.Key
	case string(access.SetProvider):
		v.What = "Change the provider to " + p.Provider
		if p.Key != "" {
			v.What += ", key " + p.Key
		}
	default:
		v.What = "Set the cache time to " + spelt(p.CacheTime.String())
	}
	if p.Provider != "" { // of a key
		for _, part := range []struct{ name, next, now string }{{"Role", p.Role, now.Role}, {"External id", p.ExternalID, now.ExternalID}, {"Endpoint", p.Endpoint, now.Endpoint}} {
			if part.next == "" && part.now != "" {
				v.Gone = append(v.Gone, gone{part.name, part.now})
			}
		}
	}
	err := f.User.MayDecide(access.Tenant(f.Ref.Database, f.Ref.Name), p.By)
	v.Decide = err == nil
	v.Back = f.User.MayWithdraw(access.Tenant(f.Ref.Database, f.Ref.Name), p.By) == nil
	switch {
	case v.Decide:
	case f.User.Role == access.Officer:
		v.WhyNot = sentence(err.Error())
	default:
		v.WhyNot = "It waits for an officer of the tenant."
	}
	return v
}

// decide approves or rejects, or takes back what the user has proposed himself.
func (h *Handler) decide(w http.ResponseWriter, r *http.Request) error {
	ref := refOf(r)
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	decision, action := r.FormValue("decision"), access.Approve
	if decision == "withdraw" {
		action = access.Withdraw
	}
	user, err := h.config.Authorise(r, action, access.Tenant(ref.Database, ref.Name))
	if err != nil {
		return err
	}
	p, err := h.settingsPage(r)
	if err != nil {
		return err
	}
	for _, pr := range p.Proposals {
		if pr.ID != r.PathValue("id") {
			continue
		}
		word, c, err := h.settle(r, user, ref, pr.Proposal, decision)
		if bad, ok := errors.AsType[*badRequest](err); ok {
			return bad
		}
		if err != nil {
			return h.notDone(w, r, c, p, err)
		}
		http.Redirect(w, r, tenantPath(ref)+done(r, word), http.StatusSeeOther)
		return nil
	}
	p.Notice = &notice{Kind: "warn", Title: "Nothing was changed", Lines: []string{"This proposal is not there any more: somebody has decided it, or taken it back."}}
	return h.write(w, http.StatusConflict, "key", p)
}

// settle does what was decided, and says in a word what that was.
func (h *Handler) settle(r *http.Request, user *access.User, ref admin.TenantRef, p admin.Proposal, decision string) (word string, c change, err error) {
	tenant, by := access.Tenant(ref.Database, ref.Name), admin.Actor(user.Actor())
	if decision == "withdraw" {
		if err := user.MayWithdraw(tenant, p.By); err != nil {
			return "", c, &badRequest{err.Error()}
		}
		return "withdrawn", change{failed: "The proposal was not taken back"}, h.config.Operations.Withdraw(r.Context(), by, ref, p.ID)
	}
	if err := user.MayDecide(tenant, p.By); err != nil {
		return "", c, &badRequest{err.Error()}
	}
	if word = "rejected"; decision == "approve" {
		word = "approved"
	}
	_, err = h.config.Operations.Decide(r.Context(), by, ref, p.ID, decision == "approve")
	return word, change{failed: "What was approved could not be done"}, err
}
