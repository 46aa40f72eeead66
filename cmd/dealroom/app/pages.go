package app

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"html/template"
	"log/slog"
	"net/http"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

//go:embed static templates
var files embed.FS

// page is what a template is given.
type page struct {
	Title    string
	Section  string // of the admin area
	Customer string
	User     *user
	Data     any
}

// errNotFound is answered like an address that there is not.
var errNotFound = errors.New("there is no such page")

var pageNames = []string{"login", "matters", "matter", "new", "gone", "failed", "dashboard", "resources", "users", "clauses", "reports"}

func parsePages() (map[string]*template.Template, error) {
	pages := map[string]*template.Template{}
	for _, name := range pageNames {
		t, err := template.ParseFS(files, "templates/layout.html", "templates/"+name+".html")
		if err != nil {
			return nil, err
		}
		pages[name] = t
	}
	return pages, nil
}

// render answers with a page, whole or not at all.
func (a *App) render(w http.ResponseWriter, status int, name string, p page) error {
	p.Customer = a.options.Customer
	var b bytes.Buffer
	if err := a.pages[name].ExecuteTemplate(&b, "layout", p); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // whoever asked is gone
	return nil
}

// tellGone is the modal: a page of its own, or JSON for the script that opens it over the page that is there.
func (a *App) tellGone(w http.ResponseWriter, r *http.Request, g gone) {
	if r.Header.Get("Accept") == "application/json" {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusServiceUnavailable)
		_ = json.NewEncoder(w).Encode(map[string]any{"code": g.Code, "retryable": g.Retryable})
		return
	}
	if err := a.render(w, http.StatusServiceUnavailable, "gone", page{Title: "Your organisation's key is not available", Data: g}); err != nil {
		a.fail(w, r, err)
	}
}

// fail answers what went wrong otherwise. The log gets the kind of error, never what a statement or a row held.
func (a *App) fail(w http.ResponseWriter, r *http.Request, err error) {
	status, words := http.StatusInternalServerError, "Something went wrong here. Nothing was changed."
	if errors.Is(err, errNotFound) {
		status, words = http.StatusNotFound, "There is no such page, or it is not yours to see."
	} else if r.Context().Err() == nil { // else whoever asked has gone elsewhere
		a.options.Log.Error("a request failed", "method", r.Method, "page", r.Pattern, "kind", kindOf(err))
	}
	if a.render(w, status, "failed", page{Title: http.StatusText(status), Data: words}) != nil {
		http.Error(w, words, status)
	}
}

func kindOf(err error) slog.Value {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return slog.StringValue("SQLSTATE " + e.Code)
	}
	kind, _, _ := strings.Cut(err.Error(), ":")
	return slog.StringValue(kind)
}

// key tells the script whether it is worth asking for the page again: pgseal can be asked without risking a failure.
func (a *App) key(w http.ResponseWriter, r *http.Request, _ *user) error {
	var state string
	if err := a.pool.QueryRow(r.Context(), "SHOW pgseal.key_state").Scan(&state, nil, nil, nil); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(map[string]string{"state": state})
}
