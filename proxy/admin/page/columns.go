package page

import (
	"context"
	"net/http"
	"slices"
	"sync"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
	"github.com/legatics/pgseal/proxy/contain"
)

// columns shows the protected columns of each database and the work on them; proxies, who serves it and by what policy.
func (h *Handler) columns(w http.ResponseWriter, r *http.Request) error {
	return h.perDatabase(w, r, "Columns", "/columns", nil, http.StatusOK)
}

func (h *Handler) proxies(w http.ResponseWriter, r *http.Request) error {
	return h.perDatabase(w, r, "Proxies and policy", "/proxies", nil, http.StatusOK)
}

// databasePart is what is known of one database. One that cannot be read keeps no other from being shown.
type databasePart struct {
	Name    string
	Columns *admin.Columns
	Proxies *admin.Proxies
	Problem string
	Poll    string
}

func (h *Handler) perDatabase(w http.ResponseWriter, r *http.Request, title, here string, n *notice, status int) error {
	user, err := h.config.Authorise(r, access.Deployment, "")
	if err != nil {
		return err
	}
	all, err := h.config.Operations.Databases(r.Context())
	if err != nil {
		return err
	}
	parts := make([]databasePart, len(all))
	var wait sync.WaitGroup
	for i, d := range all {
		wait.Go(func() { parts[i] = h.part(r.Context(), here, d.Name) })
	}
	wait.Wait()
	f := h.frame(r, title, here)
	f.Notice, f.Page = n, here
	if n == nil && wasDone(r) == "work" {
		f.Notice = &notice{Kind: "good", Title: "Done", Lines: []string{"The work is as it was ordered. What is under way ends behind its batch."}}
	}
	if len(all) == 1 {
		f.Poll = map[string]string{"/columns": pollColumns(all[0].Name), "/proxies": pollProxies(all[0].Name)}[here]
	} else {
		f.Poll = pollOverview
	}
	return h.write(w, status, here[1:], struct {
		frame
		Parts   []databasePart
		MayWork bool
	}{f, parts, user.May(access.Column, "") == nil})
}

// part looks at one database. It runs in a goroutine of its own, where a panic would end the process.
func (h *Handler) part(ctx context.Context, here, database string) (p databasePart) {
	p.Name = database
	defer func() {
		if panicked := recover(); panicked != nil {
			contain.Log(h.config.Log, "a look at a database panicked", panicked)
			p.Problem = "Internal error in pgseal."
		}
	}()
	var err error
	if here == "/columns" {
		p.Columns, err = h.config.Operations.Columns(ctx, database)
	} else {
		p.Proxies, err = h.config.Operations.Proxies(ctx, database)
	}
	if err != nil {
		p.Problem = sentence(err.Error())
	}
	return p
}

// columnWork pauses, resumes or cancels work on a column.
func (h *Handler) columnWork(w http.ResponseWriter, r *http.Request) error {
	user, err := h.config.Authorise(r, access.Column, "")
	if err != nil {
		return err
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	database, column, what := r.FormValue("database"), r.FormValue("column"), r.FormValue("what")
	if !slices.Contains([]string{"pause", "resume", "cancel"}, what) {
		return &badRequest{"work on a column is paused, resumed or cancelled"}
	}
	if err := h.config.Operations.ColumnWork(r.Context(), admin.Actor(user.Actor()), database, column, what); err != nil {
		return h.perDatabase(w, r, "Columns", "/columns", failed("The work on "+column+" is as it was", err), http.StatusConflict)
	}
	http.Redirect(w, r, "/columns"+done(r, "work"), http.StatusSeeOther)
	return nil
}
