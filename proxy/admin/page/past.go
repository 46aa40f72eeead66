package page

import (
	"net/http"
	"net/url"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// history shows every key that there was, and what still needs each.
func (h *Handler) history(w http.ResponseWriter, r *http.Request) error {
	f, err := h.about(r, access.Report, "Key history", "/history")
	if err != nil {
		return err
	}
	found, err := h.config.Operations.History(r.Context(), f.Ref)
	if err != nil {
		return err
	}
	if f.User.Role == access.Officer { // other tenants are none of his business
		for i := range found.MasterKeys {
			found.MasterKeys[i].Others = nil
		}
	}
	return h.write(w, http.StatusOK, "history", struct {
		tenantFrame
		History *admin.History
	}{f, found})
}

// shownEvents is how many events a page shows.
const shownEvents = 200

// eventsPage is the event log of a tenant.
type eventsPage struct {
	tenantFrame
	Query  admin.EventQuery
	Events *admin.Events
	Wrong  string
	Export string
}

func (h *Handler) events(w http.ResponseWriter, r *http.Request) error {
	f, err := h.about(r, access.Events, "Events", "/events")
	if err != nil {
		return err
	}
	p := eventsPage{tenantFrame: f, Query: eventQuery(r), Events: &admin.Events{}}
	p.Export = tenantPath(f.Ref) + "/events.csv?" + url.Values{"kind": {p.Query.Kind}, "since": {p.Query.Since}, "until": {p.Query.Until}}.Encode()
	p.Query.Limit = shownEvents
	status := http.StatusOK
	if found, err := h.config.Operations.Events(r.Context(), p.Query); err != nil {
		p.Wrong, status = sentence(err.Error()), http.StatusUnprocessableEntity
	} else {
		p.Events = found
	}
	return h.write(w, status, "events", p)
}

func eventQuery(r *http.Request) admin.EventQuery {
	q := r.URL.Query()
	return admin.EventQuery{TenantRef: refOf(r), Kind: q.Get("kind"), Since: q.Get("since"), Until: q.Get("until")}
}

// exportEvents sends the events as CSV.
func (h *Handler) exportEvents(w http.ResponseWriter, r *http.Request) error {
	ref := refOf(r)
	if _, err := h.config.Authorise(r, access.Events, access.Tenant(ref.Database, ref.Name)); err != nil {
		return err
	}
	out := &admin.Attachment{ResponseWriter: w, Name: "events.csv", Kind: "text/csv; charset=utf-8"}
	if err := h.config.Operations.WriteEvents(r.Context(), out, eventQuery(r), "csv"); err != nil {
		if !out.Begun() {
			return err
		}
		panic(http.ErrAbortHandler) // a file that ends too early must not look whole
	}
	return nil
}

// usage shows what was done with the key, by day.
func (h *Handler) usage(w http.ResponseWriter, r *http.Request) error {
	f, err := h.about(r, access.Report, "Usage", "/usage")
	if err != nil {
		return err
	}
	used, err := h.config.Operations.Usage(r.Context(), f.Ref, r.URL.Query().Get("since"), r.URL.Query().Get("until"))
	if err != nil {
		return err
	}
	return h.write(w, http.StatusOK, "usage", struct {
		tenantFrame
		Usage  *admin.Usage
		Values chart
		Fails  chart
	}{f, used, valuesChart(used.Days), refusalsChart(used.Days)})
}

// report shows the report on the key, for print.
func (h *Handler) report(w http.ResponseWriter, r *http.Request) error {
	f, err := h.about(r, access.Report, "Report on the key", "/report")
	if err != nil {
		return err
	}
	made, err := h.config.Operations.Report(r.Context(), f.Ref, r.URL.Query().Get("since"), r.URL.Query().Get("until"))
	if err != nil {
		return err
	}
	return h.write(w, http.StatusOK, "report", struct {
		tenantFrame
		Report *admin.Report
	}{f, made})
}
