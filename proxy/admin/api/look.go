package api

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// about is the tenant in the address, once the user may do that to it.
func (h *Handler) about(r *http.Request, a access.Action) (admin.TenantRef, *access.User, error) {
	ref := admin.TenantRef{Database: r.PathValue("database"), Name: r.PathValue("tenant")}
	user, err := h.config.Authorise(r, a, access.Tenant(ref.Database, ref.Name))
	return ref, user, err
}

// answerOf makes an answer of what an operation gave.
func answerOf[T any](body T, err error) (*answer, error) {
	if err != nil {
		return nil, err
	}
	return &answer{body: body}, nil
}

// whoami is who asks.
type whoami struct {
	Name    string   `json:"name"`
	Role    string   `json:"role"`
	Via     string   `json:"via"`
	Tenants []string `json:"tenants,omitempty"`
}

func (h *Handler) me(_ http.ResponseWriter, r *http.Request) (*answer, error) {
	u, ok := access.FromContext(r.Context())
	if !ok {
		return nil, &access.Denied{Action: access.View}
	}
	return &answer{body: whoami{u.Name, string(u.Role), u.Via, u.Tenants}}, nil
}

// databases shows what the user may see: an officer learns of no database without a tenant of his.
func (h *Handler) databases(_ http.ResponseWriter, r *http.Request) (*answer, error) {
	u, _ := access.FromContext(r.Context())
	all, err := h.config.Operations.Databases(r.Context())
	if err != nil {
		return nil, err
	}
	seen := []admin.Database{}
	for _, d := range all {
		d.Tenants = slices.DeleteFunc(d.Tenants, func(t admin.TenantSummary) bool { return !u.Sees(access.Tenant(d.Name, t.Name)) })
		if len(d.Tenants) > 0 || d.Concerns || u.May(access.Deployment, "") == nil {
			seen = append(seen, d)
		}
	}
	return &answer{body: seen}, nil
}

func (h *Handler) key(_ http.ResponseWriter, r *http.Request) (*answer, error) {
	ref, _, err := h.about(r, access.View)
	if err != nil {
		return nil, err
	}
	k, err := h.config.Operations.Key(r.Context(), ref)
	if err != nil {
		return nil, err
	}
	return &answer{body: k, etag: etag(k)}, nil
}

// etag stands for the settings that people change, not for what proxies report.
func etag(k *admin.Key) string {
	text, err := json.Marshal([]any{k.Tenant, k.Rotated, k.Drill})
	if err != nil {
		return "" // none of it can fail
	}
	sum := sha256.Sum256(text)
	return `"` + hex.EncodeToString(sum[:16]) + `"`
}

func (h *Handler) history(_ http.ResponseWriter, r *http.Request) (*answer, error) {
	ref, _, err := h.about(r, access.Report)
	if err != nil {
		return nil, err
	}
	return answerOf(h.config.Operations.History(r.Context(), ref))
}

func (h *Handler) query(r *http.Request) (q admin.EventQuery, err error) {
	if q.TenantRef, _, err = h.about(r, access.Events); err != nil {
		return q, err
	}
	form := r.URL.Query()
	q.Kind, q.Since, q.Until = form.Get("kind"), form.Get("since"), form.Get("until")
	if text := form.Get("limit"); text != "" {
		if q.Limit, err = strconv.Atoi(text); err != nil || q.Limit < 1 || q.Limit > 1000 {
			return q, &bad{http.StatusBadRequest, "limit is a number from 1 to 1000"}
		}
	}
	return q, nil
}

func (h *Handler) events(_ http.ResponseWriter, r *http.Request) (*answer, error) {
	q, err := h.query(r)
	if err != nil {
		return nil, err
	}
	return answerOf(h.config.Operations.Events(r.Context(), q))
}

func (h *Handler) exportEvents(w http.ResponseWriter, r *http.Request) (*answer, error) {
	q, err := h.query(r)
	if err != nil {
		return nil, err
	}
	out := &admin.Attachment{ResponseWriter: w, Name: "events.csv", Kind: "text/csv; charset=utf-8"}
	if err := h.config.Operations.WriteEvents(r.Context(), out, q, "csv"); err != nil {
		if out.Begun() {
			panic(http.ErrAbortHandler) // a file that ends too early must not look whole
		}
		return nil, err
	}
	return nil, nil
}

func (h *Handler) usage(_ http.ResponseWriter, r *http.Request) (*answer, error) {
	ref, _, err := h.about(r, access.Report)
	if err != nil {
		return nil, err
	}
	return answerOf(h.config.Operations.Usage(r.Context(), ref, r.URL.Query().Get("since"), r.URL.Query().Get("until")))
}

func (h *Handler) report(_ http.ResponseWriter, r *http.Request) (*answer, error) {
	ref, _, err := h.about(r, access.Report)
	if err != nil {
		return nil, err
	}
	return answerOf(h.config.Operations.Report(r.Context(), ref, r.URL.Query().Get("since"), r.URL.Query().Get("until")))
}

func (h *Handler) onboarding(_ http.ResponseWriter, r *http.Request) (*answer, error) {
	ref, _, err := h.about(r, access.Onboarding)
	if err != nil {
		return nil, err
	}
	var body struct {
		Principal string `json:"principal"`
		Region    string `json:"region"`
		Format    string `json:"format"`
	}
	if err := read(r, &body); err != nil {
		return nil, err
	}
	return answerOf(h.config.Operations.Onboarding(r.Context(), admin.OnboardingQuery{TenantRef: ref, Principal: body.Principal, Region: body.Region, Format: body.Format}))
}

func (h *Handler) check(_ http.ResponseWriter, r *http.Request) (*answer, error) {
	ref, _, err := h.about(r, access.Probe)
	if err != nil {
		return nil, err
	}
	return answerOf(h.config.Operations.Check(r.Context(), ref))
}

func (h *Handler) columns(_ http.ResponseWriter, r *http.Request) (*answer, error) {
	if _, err := h.config.Authorise(r, access.Deployment, ""); err != nil {
		return nil, err
	}
	return answerOf(h.config.Operations.Columns(r.Context(), r.PathValue("database")))
}

func (h *Handler) proxies(_ http.ResponseWriter, r *http.Request) (*answer, error) {
	if _, err := h.config.Authorise(r, access.Deployment, ""); err != nil {
		return nil, err
	}
	return answerOf(h.config.Operations.Proxies(r.Context(), r.PathValue("database")))
}
