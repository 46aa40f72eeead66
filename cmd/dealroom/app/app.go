package app

import (
	"context"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Options say whom an App serves.
type Options struct {
	Database string // connection string of pgseal
	Customer string // the firm's name, on every page
	Tenant   string // pgseal.tenant of every connection; empty where pgseal knows the tenant by itself
	SignOn   SignOn // the customer's single sign-on; nil: a stand-in
	Log      *slog.Logger
}

// App is the application of one customer.
type App struct {
	options  Options
	pool     *pgxpool.Pool
	sessions *sessions
	pages    map[string]*template.Template
}

// New connects, and makes the application. Close ends it.
func New(ctx context.Context, o Options) (*App, error) {
	config, err := pgxpool.ParseConfig(o.Database)
	if err != nil {
		return nil, fmt.Errorf("the database's connection string: %w", err)
	}
	if o.Tenant != "" {
		config.ConnConfig.RuntimeParams["pgseal.tenant"] = o.Tenant
	}
	pages, err := parsePages()
	if err != nil {
		return nil, err
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("the database: %w", err)
	}
	if o.SignOn == nil {
		o.SignOn = standIn(pool)
	}
	return &App{options: o, pool: pool, sessions: newSessions(time.Now), pages: pages}, nil
}

// Close ends the connections.
func (a *App) Close() { a.pool.Close() }

// Handler is the application's pages.
func (a *App) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /static/", http.FileServerFS(files))
	for pattern, handle := range map[string]func(http.ResponseWriter, *http.Request) error{
		"GET /login": a.loginPage, "POST /login": a.login, "POST /logout": a.logout,
	} {
		mux.Handle(pattern, a.keyless(handle))
	}
	for pattern, handle := range map[string]handler{
		"GET /{$}": a.matters, "GET /matters/new": a.newMatter, "POST /matters/new": a.createMatter,
		"GET /matters/{id}": a.matter, "POST /matters/{id}": a.act, "GET /key": a.key,
	} {
		mux.Handle(pattern, a.keyless(a.known(handle)))
	}
	for pattern, handle := range map[string]handler{
		"GET /admin": a.dashboard, "GET /admin/resources": a.resources, "GET /admin/users": a.users, "POST /admin/users": a.permit,
		"GET /admin/clauses": a.clauses, "GET /admin/reports": a.reports,
	} {
		mux.Handle(pattern, a.keyless(a.known(onlyAdmin(handle))))
	}
	return secure(http.NewCrossOriginProtection().Handler(mux))
}

// secure sets the headers that every answer carries, and bounds what is read.
func secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cache-Control", "no-store") // what was opened must not stay in the browser when the key goes
		r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
		next.ServeHTTP(w, r)
	})
}
