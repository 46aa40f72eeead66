package page

import (
	"net/http"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// overview lists the databases and tenants that the user may see, and says nothing of others.
func (h *Handler) overview(w http.ResponseWriter, r *http.Request) error {
	user, ok := access.FromContext(r.Context())
	if !ok {
		return &access.Denied{Action: access.View}
	}
	databases, err := h.seen(r, user)
	if err != nil {
		return err
	}
	data := struct {
		frame
		Databases []admin.Database
		Whole     bool
		Tenants   int
	}{frame: h.frame(r, "Tenants", "/"), Databases: databases, Whole: user.May(access.Deployment, "") == nil}
	for _, d := range databases {
		data.Tenants += len(d.Tenants)
	}
	data.Poll = pollOverview
	return h.write(w, http.StatusOK, "overview", data)
}

// seen are the databases with the tenants that the user sees. Whoever sees no tenant of a database does not see the database, but
// where it cannot be read and should have one.
func (h *Handler) seen(r *http.Request, user *access.User) ([]admin.Database, error) {
	all, err := h.config.Operations.Databases(r.Context())
	if err != nil {
		return nil, err
	}
	whole := user.May(access.Deployment, "") == nil
	databases := []admin.Database{}
	for _, d := range all {
		tenants := []admin.TenantSummary{}
		for _, t := range d.Tenants {
			if user.Sees(access.Tenant(d.Name, t.Name)) {
				tenants = append(tenants, t)
			}
		}
		if d.Tenants = tenants; whole || len(tenants) > 0 || d.Concerns {
			databases = append(databases, d)
		}
	}
	return databases, nil
}
