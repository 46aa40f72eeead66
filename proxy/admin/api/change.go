package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// proposed is the answer to a change that an officer of the tenant has to approve first.
type proposed struct {
	Outcome string `json:"outcome"` // proposed
	Detail  string `json:"detail"`
}

func proposal() *answer {
	return &answer{status: http.StatusAccepted, body: proposed{"proposed", "an officer of the tenant has to approve it; until then nothing is changed"}}
}

// asked is a change that is to be made: by whom, of which tenant.
type asked struct {
	ref  admin.TenantRef
	user *access.User
	by   admin.Actor
	now  *admin.Key
}

// change is what every change of a tenant begins with: may the user do it, and is it what he has seen that he changes.
func (h *Handler) change(r *http.Request, a access.Action) (c asked, err error) {
	if c.ref, c.user, err = h.about(r, a); err != nil {
		return c, err
	}
	c.by = admin.Actor(c.user.Actor() + ", by the API")
	if c.now, err = h.config.Operations.Key(r.Context(), c.ref); err != nil {
		return c, err
	}
	if seen := r.Header.Get("If-Match"); seen != "" && seen != "*" && seen != etag(c.now) {
		return c, &admin.Failure{Code: "changed", Message: "somebody else has changed the settings since they were read; nothing was changed here", Hints: []string{"Read them again."}}
	}
	return c, nil
}

func (h *Handler) rotate(_ http.ResponseWriter, r *http.Request) (*answer, error) {
	var body struct {
		NewDataKey bool `json:"new_data_key"`
	}
	c, err := h.change(r, access.Rotate)
	if err != nil {
		return nil, err
	}
	if r.ContentLength != 0 {
		if err := read(r, &body); err != nil {
			return nil, err
		}
	}
	return answerOf(h.config.Operations.Rotate(r.Context(), c.by, c.ref, body.NewDataKey))
}

func (h *Handler) setKey(_ http.ResponseWriter, r *http.Request) (*answer, error) {
	var m admin.MasterKey
	if err := read(r, &m); err != nil {
		return nil, err
	}
	c, err := h.change(r, access.SetARN)
	if err != nil {
		return nil, err
	}
	action := access.SetARN
	if m.Provider != c.now.Tenant.Provider {
		action = access.SetProvider
		if err := c.user.May(action, access.Tenant(c.ref.Database, c.ref.Name)); err != nil {
			return nil, err
		}
	}
	if c.user.NeedsApproval(action, access.Tenant(c.ref.Database, c.ref.Name)) {
		err := h.config.Operations.Propose(r.Context(), c.by, admin.Proposal{TenantRef: c.ref, Kind: string(action), MasterKey: m, By: c.user.Name})
		return proposal(), err
	}
	return answerOf(h.config.Operations.SetKey(r.Context(), c.by, c.ref, m))
}

// duration reads 90s, 5m, 12h.
func duration(text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0, &admin.Failure{Code: admin.CodeInput, Message: fmt.Sprintf("%q is no duration: 90s, 5m, 12h", text)}
	}
	return d, nil
}

func (h *Handler) setCacheTime(_ http.ResponseWriter, r *http.Request) (*answer, error) {
	var body struct {
		CacheTime string `json:"cache_time"`
	}
	if err := read(r, &body); err != nil {
		return nil, err
	}
	c, err := h.change(r, access.SetCacheTime)
	if err != nil {
		return nil, err
	}
	d, err := duration(body.CacheTime)
	if err != nil {
		return nil, err
	}
	before, err := time.ParseDuration(c.now.Tenant.CacheTime)
	if err != nil {
		return nil, err
	}
	if name := access.Tenant(c.ref.Database, c.ref.Name); d > before {
		if err := c.user.May(access.LongerCacheTime, name); err != nil {
			return nil, err
		}
		if c.user.NeedsApproval(access.LongerCacheTime, name) {
			err := h.config.Operations.Propose(r.Context(), c.by, admin.Proposal{TenantRef: c.ref, Kind: string(access.LongerCacheTime), CacheTime: d, By: c.user.Name})
			return proposal(), err
		}
	}
	if err := h.config.Operations.SetCacheTime(r.Context(), c.by, c.ref, d); err != nil {
		return nil, err
	}
	return h.key(nil, r)
}

// simple is a change without a body, behind which the key's state is answered.
func (h *Handler) simple(r *http.Request, a access.Action, f func(context.Context, admin.Actor, admin.TenantRef) error) (*answer, error) {
	c, err := h.change(r, a)
	if err != nil {
		return nil, err
	}
	if err := f(r.Context(), c.by, c.ref); err != nil {
		return nil, err
	}
	return h.key(nil, r)
}

func (h *Handler) lock(_ http.ResponseWriter, r *http.Request) (*answer, error) {
	return h.simple(r, access.Lock, h.config.Operations.Lock)
}

func (h *Handler) unlock(_ http.ResponseWriter, r *http.Request) (*answer, error) {
	return h.simple(r, access.Unlock, h.config.Operations.Unlock)
}

func (h *Handler) endDrill(_ http.ResponseWriter, r *http.Request) (*answer, error) {
	return h.simple(r, access.Drill, h.config.Operations.EndDrill)
}

func (h *Handler) beginDrill(_ http.ResponseWriter, r *http.Request) (*answer, error) {
	var body struct {
		For string `json:"for"`
	}
	if err := read(r, &body); err != nil {
		return nil, err
	}
	d, err := duration(body.For)
	if err != nil {
		return nil, err
	}
	return h.simple(r, access.Drill, func(ctx context.Context, by admin.Actor, ref admin.TenantRef) error {
		return h.config.Operations.BeginDrill(ctx, by, ref, d)
	})
}

func (h *Handler) probe(_ http.ResponseWriter, r *http.Request) (*answer, error) {
	c, err := h.change(r, access.Probe)
	if err != nil {
		return nil, err
	}
	return answerOf(h.config.Operations.Probe(r.Context(), c.by, c.ref))
}

// waiting is a proposal as programs read it.
type waiting struct {
	ID        string           `json:"id"`
	Kind      string           `json:"kind"`
	MasterKey *admin.MasterKey `json:"master_key,omitempty"`
	CacheTime string           `json:"cache_time,omitempty"`
	By        string           `json:"by"`
	At        time.Time        `json:"at"`
}

func (h *Handler) proposals(_ http.ResponseWriter, r *http.Request) (*answer, error) {
	ref, _, err := h.about(r, access.View)
	if err != nil {
		return nil, err
	}
	all, err := h.config.Operations.Proposals(r.Context(), ref)
	if err != nil {
		return nil, err
	}
	out := []waiting{}
	for _, p := range all {
		v := waiting{ID: p.ID, Kind: p.Kind, By: p.By, At: p.At}
		if p.CacheTime > 0 {
			v.CacheTime = p.CacheTime.String()
		} else {
			v.MasterKey = &p.MasterKey
		}
		out = append(out, v)
	}
	return &answer{body: out}, nil
}

// decided is what came of a decision.
type decided struct {
	Outcome  string          `json:"outcome"` // approved, rejected or withdrawn
	Rotation *admin.Rotation `json:"rotation,omitempty"`
}

func (h *Handler) decide(_ http.ResponseWriter, r *http.Request) (*answer, error) {
	if r.PathValue("decision") == "withdraw" {
		return h.withdraw(r)
	}
	c, err := h.change(r, access.Approve)
	if err != nil {
		return nil, err
	}
	approve := r.PathValue("decision") == "approve"
	if !approve && r.PathValue("decision") != "reject" {
		return nil, admin.ErrUnknown
	}
	if approve {
		all, err := h.config.Operations.Proposals(r.Context(), c.ref)
		if err != nil {
			return nil, err
		}
		for _, p := range all {
			if p.ID == r.PathValue("id") {
				if err := c.user.MayDecide(access.Tenant(c.ref.Database, c.ref.Name), p.By); err != nil {
					return nil, err
				}
			}
		}
	}
	done, err := h.config.Operations.Decide(r.Context(), c.by, c.ref, r.PathValue("id"), approve)
	if err != nil {
		return nil, err
	}
	outcome := decided{"rejected", done}
	if approve {
		outcome.Outcome = "approved"
	}
	return &answer{body: outcome}, nil
}

// withdraw takes back what the user has proposed himself.
func (h *Handler) withdraw(r *http.Request) (*answer, error) {
	c, err := h.change(r, access.Withdraw)
	if err != nil {
		return nil, err
	}
	return answerOf(decided{Outcome: "withdrawn"}, h.config.Operations.Withdraw(r.Context(), c.by, c.ref, r.PathValue("id")))
}

func (h *Handler) addTenant(_ http.ResponseWriter, r *http.Request) (*answer, error) {
	user, err := h.config.Authorise(r, access.TenantAdd, "")
	if err != nil {
		return nil, err
	}
	var body struct {
		Tenant string `json:"tenant"`
		admin.MasterKey
		CacheTime string `json:"cache_time"`
	}
	if err := read(r, &body); err != nil {
		return nil, err
	}
	n := admin.NewTenant{TenantRef: admin.TenantRef{Database: r.PathValue("database"), Name: body.Tenant}, MasterKey: body.MasterKey}
	if body.CacheTime != "" {
		if n.CacheTime, err = duration(body.CacheTime); err != nil {
			return nil, err
		}
	}
	if err := h.config.Operations.AddTenant(r.Context(), admin.Actor(user.Actor()+", by the API"), n); err != nil {
		return nil, err
	}
	k, err := h.config.Operations.Key(r.Context(), n.TenantRef)
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusCreated, body: k, etag: etag(k)}, nil
}

func (h *Handler) columnWork(_ http.ResponseWriter, r *http.Request) (*answer, error) {
	user, err := h.config.Authorise(r, access.Column, "")
	if err != nil {
		return nil, err
	}
	by := admin.Actor(user.Actor() + ", by the API")
	if err := h.config.Operations.ColumnWork(r.Context(), by, r.PathValue("database"), r.PathValue("column"), r.PathValue("order")); err != nil {
		return nil, err
	}
	return answerOf(h.config.Operations.Columns(r.Context(), r.PathValue("database")))
}
