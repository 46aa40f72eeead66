package page

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// settingsPage is Settings > Bring your own key.
type settingsPage struct {
	tenantFrame
	Key       *admin.Key
	Situation situation
	Proposals []proposalView
	Questions []question
	Form      form
}

// form is what fields hold: what is set, or what was typed and is wrong.
type form struct {
	ARN, Role, ExternalID, Endpoint string
	CacheNumber, CacheUnit          string
	Wrong                           map[string]string // by field
}

func (h *Handler) settings(w http.ResponseWriter, r *http.Request) error {
	p, err := h.settingsPage(r)
	if err != nil {
		return err
	}
	p.Notice = outcome(wasDone(r), p.Key)
	return h.write(w, http.StatusOK, "key", p)
}

// settingsPage reads how the key stands now.
func (h *Handler) settingsPage(r *http.Request) (*settingsPage, error) {
	f, err := h.about(r, access.View, "Key", "")
	if err != nil {
		return nil, err
	}
	p := &settingsPage{tenantFrame: f}
	if p.Key, err = h.config.Operations.Key(r.Context(), f.Ref); err != nil {
		return nil, err
	}
	proposals, err := h.config.Operations.Proposals(r.Context(), f.Ref)
	if err != nil {
		return nil, err
	}
	for _, pr := range proposals {
		p.Proposals = append(p.Proposals, viewOfProposal(pr, f, p.Key.Tenant))
	}
	p.Situation, p.Version, p.Poll, p.Page = situationOf(p.Key, p.Now), markOf(p.Key), pollKey(f.Ref), tenantPath(f.Ref)
	p.Questions = questionsOf(f, p.Key)
	t := p.Key.Tenant
	p.Form = form{ARN: t.Key, Role: t.Role, ExternalID: t.ExternalID, Endpoint: t.Endpoint, Wrong: map[string]string{}}
	p.Form.CacheNumber, p.Form.CacheUnit = splitDuration(t.CacheTime)
	return p, nil
}

// markOf stands for what somebody has seen when he sends a form: settings and state that people change, not what proxies report.
func markOf(k *admin.Key) string {
	t := k.Tenant
	rotated, drill := "", ""
	if k.Rotated != nil {
		rotated = stamp(*k.Rotated)
	}
	if k.Drill != nil {
		drill = stamp(k.Drill.Ordered)
	}
	hash := sha256.New()
	for _, part := range []string{t.ID, t.Provider, t.Key, t.ResolvedKey, t.Material, t.Role, t.ExternalID, t.Endpoint, t.CacheTime,
		strconv.FormatBool(t.Locked), strconv.FormatBool(t.Retired), strconv.Itoa(t.Generations), rotated, drill} {
		fmt.Fprintf(hash, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(hash.Sum(nil)[:8])
}

// splitDuration is a cache time as number and unit: the largest unit that it is a whole number of.
func splitDuration(text string) (number, unit string) {
	d, err := time.ParseDuration(text)
	if err != nil {
		return "", "m"
	}
	for _, u := range units {
		if d%u.is == 0 {
			return strconv.FormatInt(int64(d/u.is), 10), u.name
		}
	}
	return text, "s"
}

// spelt is a duration as people say it: "5 minutes".
func spelt(text string) string {
	number, unit := splitDuration(text)
	for _, u := range units {
		if u.name == unit && number == "1" {
			return "1 " + u.word
		} else if u.name == unit && number != "" && number != text {
			return number + " " + u.word + "s"
		}
	}
	return text
}

var units = []struct {
	name, word string
	is         time.Duration
}{{"h", "hour", time.Hour}, {"m", "minute", time.Minute}, {"s", "second", time.Second}}

// AWSRotated says when the key service last made new material of the key, as far as it tells.
func (p *settingsPage) AWSRotated() string {
	m := p.Key.Rotation
	switch {
	case p.Key.Tenant.Provider != providerAWS:
		return "Not known: a local key file has no rotations."
	case m == nil:
		return "Not known: the key service was not asked yet."
	case m.Problem != "":
		return sentence("not known whether the key was rotated: " + m.Problem)
	case m.RotatedAt != nil:
		return when(*m.RotatedAt) + how(m.How)
	case m.Pending && m.NoticedAt != nil:
		return "noticed on " + when(*m.NoticedAt) + how(m.How)
	}
	return "No rotation is known of."
}

func how(word string) string {
	if word == "" {
		return ""
	}
	return " (" + word + ")"
}

// PickedUp says whether what the key service uses now is what the data key is wrapped with.
func (p *settingsPage) PickedUp() string {
	m := p.Key.Rotation
	switch {
	case m == nil || m.Problem != "":
		return ""
	case m.Pending:
		return "Not picked up yet: the data key is wrapped with what the key was made of before, and opens as before. Rotate picks it up."
	}
	picked := "The"
	if m.RotatedAt != nil {
		picked = "Picked up: the"
	}
	return picked + " data key is wrapped with what the key is made of now, as of " + when(m.CheckedAt) + "."
}

const (
	providerAWS   = "aws-kms"
	providerLocal = "local"
)
