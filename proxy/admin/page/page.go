package page

import (
	"html/template"
	"log/slog"
	"net/http"
	"time"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// Config is what a Handler is made of.
type Config struct {
	Operations admin.Operations
	// Authorise is access.Guard's.
	Authorise func(r *http.Request, a access.Action, tenant string) (*access.User, error)
	// Build is the program's version, for the foot of the page.
	Build string
	// Defaults of the onboarding sheet and of a new tenant.
	Region           string
	DefaultCacheTime time.Duration
	// Every is how often the script looks how things stand; 0: every two seconds.
	Every time.Duration
	Log   *slog.Logger     // nil: none
	Now   func() time.Time // nil: time.Now
}

// Handler serves the page. It stands behind access.Guard's Wrap.
type Handler struct {
	config    Config
	assets    *assets
	templates *template.Template
	mux       *http.ServeMux
}

// New returns a Handler.
func New(c Config) (*Handler, error) {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Every == 0 {
		c.Every = 2 * time.Second
	}
	files, err := newAssets()
	if err != nil {
		return nil, err
	}
	h := &Handler{config: c, assets: files, mux: http.NewServeMux()}
	if h.templates, err = parse(files); err != nil {
		return nil, err
	}
	h.routes()
	return h, nil
}

// ServeHTTP answers requests for pages, and sends forms on to what they ask for.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.mux.ServeHTTP(w, r) }

func (h *Handler) routes() {
	h.mux.Handle("GET "+StaticPath, h.assets)
	for pattern, serve := range map[string]func(http.ResponseWriter, *http.Request) error{
		"GET /{$}":                                   h.overview,
		"GET /t/{database}/{tenant}":                 h.settings,
		"POST /t/{database}/{tenant}/{change}":       h.change,
		"GET /t/{database}/{tenant}/confirm/{what}":  h.confirm,
		"POST /t/{database}/{tenant}/proposals/{id}": h.decide,
		"GET /t/{database}/{tenant}/history":         h.history,
		"GET /t/{database}/{tenant}/events":          h.events,
		"GET /t/{database}/{tenant}/events.csv":      h.exportEvents,
		"GET /t/{database}/{tenant}/usage":           h.usage,
		"GET /t/{database}/{tenant}/report":          h.report,
		"GET /t/{database}/{tenant}/onboarding":      h.onboarding,
		"POST /t/{database}/{tenant}/onboarding":     h.makeSheet,
		"GET /t/{database}/{tenant}/check":           h.check,
		"GET /columns":                               h.columns,
		"POST /columns":                              h.columnWork,
		"GET /proxies":                               h.proxies,
		"GET /setup":                                 h.setup,
		"POST /setup":                                h.chooseTenant,
		"POST /setup/add":                            h.addTenant,
	} {
		h.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			if err := serve(w, r); err != nil {
				h.trouble(w, r, err)
			}
		})
	}
	h.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { h.trouble(w, r, admin.ErrUnknown) })
}
