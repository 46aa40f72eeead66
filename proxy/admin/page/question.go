package page

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// question is what is asked before something is done: a dialog where there is JavaScript, else a page of its own.
type question struct {
	What       string // of the address
	Open       string // the button that leads to it
	Title      string
	Lines      []string
	Typed      string // the name that has to be typed; empty: none
	Button     string
	Danger     bool
	NewDataKey bool  // asks whether a new data key is wanted
	Minutes    []int // asks how long
	Action     string
	CSRF       string
	Version    string
}

// questionsOf are those of what the user may do to the tenant as it stands.
func questionsOf(f tenantFrame, k *admin.Key) (all []question) {
	name := f.Ref.Name
	add := func(q question) {
		q.Action, q.CSRF, q.Version = tenantPath(f.Ref)+"/"+q.What, f.CSRF, markOf(k)
		all = append(all, q)
	}
	if k.Tenant.Retired {
		return nil
	}
	if f.May[string(access.Rotate)] {
		add(question{What: "rotate", Open: "Rotate...", Title: "Rotate the key of " + name + "?", Button: "Rotate", NewDataKey: true, Lines: []string{
			"The data key is wrapped under what the customer's key is made of now. The new wrapping is proved to open before it takes the place of the old one. No value is rewritten, and running statements do not notice.",
			"Where the key service still uses the same key material there is nothing to rotate, and nothing is changed."}})
	}
	switch {
	case !k.Tenant.Locked && f.May[string(access.Lock)]:
		add(question{What: "lock", Open: "Lock...", Title: "Lock " + name + "?", Button: "Lock", Danger: true, Typed: name, Lines: []string{
			"Every proxy gives the tenant's key up within two seconds. Statements that need it fail with KU009 until the tenant is unlocked, whatever is restarted."}})
	case k.Tenant.Locked && f.May[string(access.Unlock)]:
		add(question{What: "unlock", Open: "Unlock...", Title: "Unlock " + name + "?", Button: "Unlock", Lines: []string{
			fmt.Sprintf("It was locked on %s by %s. The key service is asked for the key when it is next needed.", whenever(k.Tenant.LockedSince), k.Tenant.LockedBy)}})
	}
	switch {
	case k.Drill != nil && f.May[string(access.Drill)]:
		add(question{What: "end-drill", Open: "End the drill...", Title: "End the drill of " + name + "?", Button: "End the drill", Lines: []string{"The key is asked for as after a withdrawal."}})
	case !k.Tenant.Locked && f.May[string(access.Drill)]:
		add(question{What: "drill", Open: "Drill...", Title: "Rehearse a withdrawal of " + name + "?", Button: "Begin the drill", Danger: true, Typed: name, Minutes: []int{1, 2, 5, 15, 60}, Lines: []string{
			"Until the drill ends every proxy behaves as if the key service had denied the key: statements that need it fail with KU001. The key service is not asked, and nothing is changed there."}})
	}
	return all
}

// confirm asks a question on a page of its own.
func (h *Handler) confirm(w http.ResponseWriter, r *http.Request) error {
	p, err := h.settingsPage(r)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(p.Questions, func(q question) bool { return q.What == r.PathValue("what") })
	if i < 0 {
		return admin.ErrUnknown
	}
	p.Poll, p.Page = "", ""
	return h.write(w, http.StatusOK, "confirm", struct {
		*settingsPage
		Question question
	}{p, p.Questions[i]})
}
