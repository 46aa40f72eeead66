package page

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// setupPage is the first set-up of a tenant: the customer's sheet, the key, the tenant, the permission check.
type setupPage struct {
	frame
	Databases []string
	Database  string
	Tenant    string
	Provider  string
	Principal string
	Region    string
	Form      form
	Sheet     *admin.Onboarding
	SheetText string // why there is none
	Step      int
}

// setup asks who it is. Nothing is taken from the address: a link must not say whose key is used, or to whom a customer gives his.
func (h *Handler) setup(w http.ResponseWriter, r *http.Request) error {
	p, err := h.setupPage(r, nil)
	if err != nil {
		return err
	}
	return h.write(w, http.StatusOK, "setup", p)
}

// chooseTenant shows the customer's sheet, and asks for the key.
func (h *Handler) chooseTenant(w http.ResponseWriter, r *http.Request) error {
	p, err := h.filledSetup(w, r)
	if err != nil {
		return err
	}
	return h.write(w, http.StatusOK, "setup", p)
}

func (h *Handler) filledSetup(w http.ResponseWriter, r *http.Request) (*setupPage, error) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		return nil, &badRequest{"the form could not be read"}
	}
	return h.setupPage(r, r.PostForm)
}

// setupPage is the page with what was chosen so far.
func (h *Handler) setupPage(r *http.Request, chosen url.Values) (*setupPage, error) {
	if _, err := h.config.Authorise(r, access.TenantAdd, ""); err != nil {
		return nil, err
	}
	get := func(name string) string { return strings.TrimSpace(chosen.Get(name)) }
	p := &setupPage{frame: h.frame(r, "Add a tenant", "/setup"), Database: get("database"), Tenant: get("tenant"), Provider: get("provider"),
		Principal: get("principal"), Region: cmp.Or(get("region"), h.config.Region), Step: 1}
	p.Page = "/setup" // wherever its forms are sent to
	p.Form = form{ARN: get("arn"), Role: get("role"), ExternalID: get("external-id"), Endpoint: get("endpoint"), CacheNumber: get("number"), CacheUnit: get("unit"), Wrong: map[string]string{}}
	if p.Form.CacheNumber == "" {
		p.Form.CacheNumber, p.Form.CacheUnit = splitDuration(cmp.Or(h.config.DefaultCacheTime, 5*time.Minute).String())
	}
	all, err := h.config.Operations.Databases(r.Context())
	if err != nil {
		return nil, err
	}
	for _, d := range all {
		p.Databases = append(p.Databases, d.Name)
	}
	if p.Tenant == "" || p.Provider == "" {
		return p, nil
	}
	p.Step = 2
	if p.Provider == providerAWS && p.Principal != "" {
		p.Sheet, err = h.config.Operations.Onboarding(r.Context(), admin.OnboardingQuery{TenantRef: admin.TenantRef{Database: p.Database, Name: p.Tenant},
			Principal: p.Principal, Region: p.Region, Format: "text"})
		if err != nil {
			p.SheetText = sentence(err.Error())
		}
	}
	return p, nil
}

// addTenant adds the tenant, whose first data key is made and proved, and goes on to the permission check.
func (h *Handler) addTenant(w http.ResponseWriter, r *http.Request) error {
	p, err := h.filledSetup(w, r)
	if err != nil {
		return err
	}
	ref := admin.TenantRef{Database: p.Database, Name: p.Tenant}
	n := admin.NewTenant{TenantRef: ref, MasterKey: admin.MasterKey{Provider: p.Provider, Key: p.Form.ARN, Role: p.Form.Role, ExternalID: p.Form.ExternalID, Endpoint: p.Form.Endpoint}}
	if n.CacheTime, err = time.ParseDuration(p.Form.CacheNumber + p.Form.CacheUnit); err != nil || n.CacheTime < minCacheTime || n.CacheTime > maxCacheTime {
		p.Form.Wrong["cache-time"] = "The cache time is from 1 minute to 24 hours."
		p.Notice = &notice{Kind: "bad", Title: "The tenant was not added", Lines: []string{p.Form.Wrong["cache-time"]}}
		return h.write(w, http.StatusUnprocessableEntity, "setup", p)
	}
	if err := h.config.Operations.AddTenant(r.Context(), admin.Actor(p.User.Actor()), n); err != nil {
		p.Notice = failed("The tenant was not added", err)
		return h.write(w, http.StatusUnprocessableEntity, "setup", p)
	}
	to := tenantPath(ref)
	if p.Provider == providerAWS {
		to += "/check"
	}
	http.Redirect(w, r, to+done(r, "added"), http.StatusSeeOther)
	return nil
}

// check shows which permissions on the customer's key are there. It asks the key service, by dry runs, so that whoever may only look may not have it.
func (h *Handler) check(w http.ResponseWriter, r *http.Request) error {
	f, err := h.about(r, access.Probe, "Permissions on the key", "/check")
	if err != nil {
		return err
	}
	key, err := h.config.Operations.Key(r.Context(), f.Ref)
	if err != nil {
		return err
	}
	f.Notice = outcome(wasDone(r), key)
	data := struct {
		tenantFrame
		Key     *admin.Key
		Check   *admin.Check
		Problem string
	}{tenantFrame: f, Key: key}
	if key.Tenant.Provider == providerAWS {
		if data.Check, err = h.config.Operations.Check(r.Context(), f.Ref); err != nil {
			data.Problem = sentence(err.Error())
		}
	}
	return h.write(w, http.StatusOK, "check", data)
}

// sheetPage is what the customer has to do in his own account.
type sheetPage struct {
	tenantFrame
	Query   admin.OnboardingQuery
	Formats []string
	Sheet   *admin.Onboarding
	Problem string
}

// onboarding asks for whom a sheet is to be made. Nothing is taken from the address: whose role the customer is to trust is for the user to say, not for a link.
func (h *Handler) onboarding(w http.ResponseWriter, r *http.Request) error {
	p, err := h.sheetPage(r)
	if err != nil {
		return err
	}
	return h.write(w, http.StatusOK, "onboarding", p)
}

func (h *Handler) sheetPage(r *http.Request) (*sheetPage, error) {
	f, err := h.about(r, access.Onboarding, "Onboarding sheet", "/onboarding")
	if err != nil {
		return nil, err
	}
	return &sheetPage{tenantFrame: f, Formats: []string{"text", "policy", "grant", "terraform", "cloudformation"},
		Query: admin.OnboardingQuery{TenantRef: f.Ref, Region: h.config.Region, Format: "text"}}, nil
}

// makeSheet shows the sheet.
func (h *Handler) makeSheet(w http.ResponseWriter, r *http.Request) error {
	p, err := h.sheetPage(r)
	if err != nil {
		return err
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		return &badRequest{"the form could not be read"}
	}
	p.Query.Principal, p.Query.Format = strings.TrimSpace(r.PostForm.Get("principal")), cmp.Or(r.PostForm.Get("format"), p.Query.Format)
	p.Query.Region = cmp.Or(strings.TrimSpace(r.PostForm.Get("region")), p.Query.Region)
	if p.Sheet, err = h.config.Operations.Onboarding(r.Context(), p.Query); err != nil {
		p.Problem = sentence(err.Error())
	}
	return h.write(w, http.StatusOK, "onboarding", p)
}
