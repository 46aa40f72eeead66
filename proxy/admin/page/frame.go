package page

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"time"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
)

//go:embed templates/*.html
var sources embed.FS

// parse reads the templates, with what they call.
func parse(files *assets) (*template.Template, error) {
	return template.New("page").Funcs(template.FuncMap{
		"asset": files.address, "stamp": stamp, "when": when, "whenever": whenever, "clock": clock, "count": count, "spelt": spelt,
		"stateLabel": stateLabel, "stateKind": stateKind, "join": join, "path": tenantPath, "percent": percent, "plural": plural, "sentence": sentence,
	}).ParseFS(sources, "templates/*.html")
}

// frame is what every page has.
type frame struct {
	Title   string
	Now     time.Time
	Build   string
	User    *access.User
	CSRF    string
	Nav     []link
	Notice  *notice
	Poll    string // of the JSON API: asked every two seconds
	Every   int64  // milliseconds
	Page    string // its own address, where it may answer a form
	Version string // of the settings that the page shows
}

type link struct {
	Path, Name string
	Here       bool
}

// frame begins a page. here is the address of the part of the page that it belongs to.
func (h *Handler) frame(r *http.Request, title, here string) frame {
	f := frame{Title: title, Now: h.config.Now().UTC(), Build: h.config.Build, Every: h.config.Every.Milliseconds(), CSRF: access.Token(r.Context())}
	f.User, _ = access.FromContext(r.Context())
	if f.User == nil {
		return f
	}
	f.Nav = []link{{Path: "/", Name: "Tenants"}}
	if f.User.May(access.Deployment, "") == nil {
		f.Nav = append(f.Nav, link{Path: "/columns", Name: "Columns"}, link{Path: "/proxies", Name: "Proxies and policy"})
	}
	if f.User.May(access.TenantAdd, "") == nil {
		f.Nav = append(f.Nav, link{Path: "/setup", Name: "Add a tenant"})
	}
	for i := range f.Nav {
		f.Nav[i].Here = f.Nav[i].Path == here
	}
	return f
}

// write answers with a page. Nothing of it is sent where the template fails.
func (h *Handler) write(w http.ResponseWriter, status int, name string, data any) error {
	var b bytes.Buffer
	if err := h.templates.ExecuteTemplate(&b, name, data); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes())
	return nil
}

// tenantFrame is what the pages about one tenant have.
type tenantFrame struct {
	frame
	Ref  admin.TenantRef
	Tabs []link
	May  map[string]bool // what the user may do, or propose
	Must map[string]bool // of that, what becomes a proposal
}

// about begins a page about the tenant in the address, after asking whether the user may do that to it.
func (h *Handler) about(r *http.Request, a access.Action, title, tab string) (tenantFrame, error) {
	ref := refOf(r)
	name := access.Tenant(ref.Database, ref.Name)
	if _, err := h.config.Authorise(r, a, name); err != nil {
		return tenantFrame{}, err
	}
	f := tenantFrame{frame: h.frame(r, title+" of "+ref.Name, "/"), Ref: ref, May: map[string]bool{}, Must: map[string]bool{}}
	for _, may := range []access.Action{access.Rotate, access.SetARN, access.SetProvider, access.SetCacheTime, access.LongerCacheTime, access.Lock, access.Unlock,
		access.Probe, access.Drill, access.Approve, access.Events, access.Report, access.Onboarding} {
		f.May[string(may)] = f.User.May(may, name) == nil
		f.Must[string(may)] = f.User.NeedsApproval(may, name)
	}
	for _, t := range []struct {
		link
		needs access.Action
	}{
		{link{Path: "", Name: "Key"}, access.View}, {link{Path: "/history", Name: "History"}, access.Report}, {link{Path: "/events", Name: "Events"}, access.Events},
		{link{Path: "/usage", Name: "Usage"}, access.Report}, {link{Path: "/report", Name: "Report"}, access.Report},
		{link{Path: "/onboarding", Name: "Onboarding"}, access.Onboarding}, {link{Path: "/check", Name: "Permissions"}, access.Probe},
	} {
		if f.User.May(t.needs, name) == nil {
			t.Here = t.Path == tab
			t.Path = tenantPath(ref) + t.Path
			f.Tabs = append(f.Tabs, t.link)
		}
	}
	return f, nil
}

func refOf(r *http.Request) admin.TenantRef {
	return admin.TenantRef{Database: r.PathValue("database"), Name: r.PathValue("tenant")}
}
