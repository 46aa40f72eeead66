package page

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// maxForm bounds what is read of a form.
const maxForm = 64 << 10

// change is something that a form asks for.
type change struct {
	action access.Action
	failed string // the title of a failure
	typed  bool   // the tenant's name has to be typed
	do     func(ctx context.Context, by admin.Actor, p *settingsPage, r *http.Request) (word string, err error)
}

// changes are those of a tenant, by the last part of the address.
func (h *Handler) changes() map[string]change {
	ops := h.config.Operations
	simple := func(word string, f func(context.Context, admin.Actor, admin.TenantRef) error) func(context.Context, admin.Actor, *settingsPage, *http.Request) (string, error) {
		return func(ctx context.Context, by admin.Actor, p *settingsPage, _ *http.Request) (string, error) {
			return word, f(ctx, by, p.Ref)
		}
	}
	return map[string]change{
		"rotate":     {access.Rotate, "The key was not rotated", false, h.rotate},
		"arn":        {access.SetARN, "The ARN was not saved", false, h.setKey},
		"provider":   {access.SetProvider, "The provider was not changed", true, h.setKey},
		"cache-time": {access.SetCacheTime, "The cache time was not saved", false, h.setCacheTime},
		"lock":       {access.Lock, "The tenant was not locked", true, simple("locked", ops.Lock)},
		"unlock":     {access.Unlock, "The tenant was not unlocked", false, simple("unlocked", ops.Unlock)},
		"probe":      {access.Probe, "The key cannot be used", false, h.probe},
		"drill":      {access.Drill, "The drill has not begun", true, h.drill},
		"end-drill":  {access.Drill, "The drill was not ended", false, simple("drill-ended", ops.EndDrill)},
	}
}

// change does what a form asks for, and goes back to the page; or shows the page again with the reason why not.
func (h *Handler) change(w http.ResponseWriter, r *http.Request) error {
	c, ok := h.changes()[r.PathValue("change")]
	if !ok {
		return admin.ErrUnknown
	}
	ref := refOf(r)
	user, err := h.config.Authorise(r, c.action, access.Tenant(ref.Database, ref.Name))
	if err != nil {
		return err
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		return &badRequest{"the form could not be read"}
	}
	p, err := h.settingsPage(r)
	if err != nil {
		return err
	}
	if r.PostForm.Get("version") != p.Version {
		p.Notice = stale()
		return h.write(w, http.StatusConflict, "key", p)
	}
	if c.typed && strings.TrimSpace(r.PostForm.Get("name")) != ref.Name {
		p.Notice = &notice{Kind: "bad", Title: c.failed, Lines: []string{"That is not the tenant's name; nothing was changed."}, Suggestions: []string{"Type " + ref.Name + " to go on."}}
		return h.write(w, http.StatusUnprocessableEntity, "key", p)
	}
	word, err := c.do(r.Context(), admin.Actor(user.Actor()), p, r)
	if err != nil {
		return h.notDone(w, r, c, p, err)
	}
	http.Redirect(w, r, tenantPath(ref)+done(r, word), http.StatusSeeOther)
	return nil
}

// notDone shows the page again, as things stand now, with the reason.
func (h *Handler) notDone(w http.ResponseWriter, r *http.Request, c change, p *settingsPage, err error) error {
	if denied, ok := errors.AsType[*access.Denied](err); ok {
		return denied
	}
	form := p.Form
	if now, errNow := h.settingsPage(r); errNow == nil {
		p = now
	}
	if bad, ok := errors.AsType[*wrongField](err); ok {
		form.Wrong = map[string]string{bad.field: sentence(bad.text)}
	}
	p.Form, p.Notice = form, failed(c.failed, err)
	return h.write(w, http.StatusUnprocessableEntity, "key", p)
}

// stale tells that the page that a form was sent from shows what is not so any more.
func stale() *notice {
	return &notice{Kind: "warn", Title: "Nothing was changed",
		Lines:       []string{"Somebody else has changed something here since you opened the page. This is how it stands now."},
		Suggestions: []string{"Look at it, and do it again if it is still wanted. Events tells who changed what."}}
}

// wrongField is a field that cannot be taken as it is.
type wrongField struct{ field, text string }

func (w *wrongField) Error() string { return w.text }

func (h *Handler) rotate(ctx context.Context, by admin.Actor, p *settingsPage, r *http.Request) (string, error) {
	done, err := h.config.Operations.Rotate(ctx, by, p.Ref, r.PostForm.Get("new-data-key") != "")
	if err != nil {
		return "", err
	}
	return done.Outcome, nil
}

func (h *Handler) probe(ctx context.Context, by admin.Actor, p *settingsPage, _ *http.Request) (string, error) {
	answer, err := h.config.Operations.Probe(ctx, by, p.Ref)
	switch {
	case err != nil:
		return "", err
	case !answer.Usable:
		return "", &admin.Failure{Code: answer.Code, Message: answer.Reason}
	}
	return "usable", nil
}

func (h *Handler) drill(ctx context.Context, by admin.Actor, p *settingsPage, r *http.Request) (string, error) {
	d, err := time.ParseDuration(r.PostForm.Get("minutes") + "m")
	if err != nil {
		return "", &wrongField{"minutes", "choose how long the drill lasts"}
	}
	return "drill", h.config.Operations.BeginDrill(ctx, by, p.Ref, d)
}

// setKey saves another ARN, or another provider. Where an officer has to approve it, it is proposed.
func (h *Handler) setKey(ctx context.Context, by admin.Actor, p *settingsPage, r *http.Request) (string, error) {
	m := admin.MasterKey{Provider: p.Key.Tenant.Provider, Key: strings.TrimSpace(r.PostForm.Get("arn")), Role: strings.TrimSpace(r.PostForm.Get("role")),
		ExternalID: strings.TrimSpace(r.PostForm.Get("external-id")), Endpoint: strings.TrimSpace(r.PostForm.Get("endpoint"))}
	kind := access.SetARN
	if r.PathValue("change") == "provider" {
		m.Provider, kind = r.PostForm.Get("provider"), access.SetProvider
	}
	p.Form.ARN, p.Form.Role, p.Form.ExternalID, p.Form.Endpoint = m.Key, m.Role, m.ExternalID, m.Endpoint
	if m.Provider == providerAWS && m.Key == "" {
		return "", &wrongField{"arn", "name the key: its ARN, or that of an alias"}
	}
	if p.Must[string(kind)] {
		return "proposed", h.config.Operations.Propose(ctx, by, admin.Proposal{TenantRef: p.Ref, Kind: string(kind), MasterKey: m, By: p.User.Name})
	}
	done, err := h.config.Operations.SetKey(ctx, by, p.Ref, m)
	if err != nil {
		return "", err
	}
	return done.Outcome, nil
}

// The least and the longest cache time.
const (
	minCacheTime = time.Minute
	maxCacheTime = 24 * time.Hour
)

func (h *Handler) setCacheTime(ctx context.Context, by admin.Actor, p *settingsPage, r *http.Request) (string, error) {
	p.Form.CacheNumber, p.Form.CacheUnit = strings.TrimSpace(r.PostForm.Get("number")), r.PostForm.Get("unit")
	d, err := time.ParseDuration(p.Form.CacheNumber + p.Form.CacheUnit)
	switch {
	case err != nil:
		return "", &wrongField{"cache-time", fmt.Sprintf("%q is no number", p.Form.CacheNumber)}
	case d < minCacheTime:
		return "", &wrongField{"cache-time", fmt.Sprintf("a cache time of %s is outside 1m to 24h: with a shorter one every moment without the key service would be felt", d)}
	case d > maxCacheTime:
		return "", &wrongField{"cache-time", fmt.Sprintf("a cache time of %s is outside 1m to 24h: with a longer one a withdrawal that pgseal cannot hear of would count too late", d)}
	}
	before, _ := time.ParseDuration(p.Key.Tenant.CacheTime)
	if d > before {
		if err := p.User.May(access.LongerCacheTime, access.Tenant(p.Ref.Database, p.Ref.Name)); err != nil {
			return "", err
		}
		if p.Must[string(access.LongerCacheTime)] {
			return "proposed", h.config.Operations.Propose(ctx, by, admin.Proposal{TenantRef: p.Ref, Kind: string(access.LongerCacheTime), CacheTime: d, By: p.User.Name})
		}
	}
	return "cache-time", h.config.Operations.SetCacheTime(ctx, by, p.Ref, d)
}
