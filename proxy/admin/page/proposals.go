package page

import (
	"fmt"
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
}

func viewOfProposal(p admin.Proposal, f tenantFrame) proposalView {
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
		v.What = fmt.Sprintf("Set the cache time to %s", p.CacheTime)
	}
	err := f.User.MayDecide(access.Tenant(f.Ref.Database, f.Ref.Name), p.By)
	v.Decide = err == nil
	switch {
	case v.Decide:
	case f.User.Role == access.Officer:
		v.WhyNot = sentence(err.Error())
	default:
		v.WhyNot = "It waits for an officer of the tenant."
	}
	return v
}

// decide approves or rejects.
func (h *Handler) decide(w http.ResponseWriter, r *http.Request) error {
	ref := refOf(r)
	user, err := h.config.Authorise(r, access.Approve, access.Tenant(ref.Database, ref.Name))
	if err != nil {
		return err
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	approve := r.FormValue("decision") == "approve"
	p, err := h.settingsPage(r)
	if err != nil {
		return err
	}
	for _, pr := range p.Proposals {
		if pr.ID != r.PathValue("id") {
			continue
		}
		if err := user.MayDecide(access.Tenant(ref.Database, ref.Name), pr.By); err != nil {
			return &badRequest{err.Error()}
		}
		if _, err := h.config.Operations.Decide(r.Context(), admin.Actor(user.Actor()), ref, pr.ID, approve); err != nil {
			return h.notDone(w, r, change{failed: "What was approved could not be done"}, p, err)
		}
		word := "rejected"
		if approve {
			word = "approved"
		}
		http.Redirect(w, r, tenantPath(ref)+"?done="+word, http.StatusSeeOther)
		return nil
	}
	p.Notice = &notice{Kind: "warn", Title: "Nothing was changed", Lines: []string{"This proposal is not there any more: somebody has decided it, or taken it back."}}
	return h.write(w, http.StatusConflict, "key", p)
}
