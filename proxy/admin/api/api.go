package api

import (
	_ "embed"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// Prefix is where the API is.
const Prefix = "/api/v1/"

//go:embed openapi.yaml
var description []byte

// Description is the OpenAPI file.
func Description() []byte { return description }

// maxBody bounds what is read of a request, in bytes.
const maxBody = 16 << 10

// Config is what a Handler is made of.
type Config struct {
	Operations admin.Operations
	// Authorise is access.Guard's.
	Authorise func(r *http.Request, a access.Action, tenant string) (*access.User, error)
	Log       *slog.Logger // nil: none
}

// Handler serves the API.
type Handler struct {
	config Config
	mux    *http.ServeMux
	routes []string
}

// New returns a Handler.
func New(c Config) *Handler {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	h := &Handler{config: c, mux: http.NewServeMux()}
	h.describe()
	h.mux.HandleFunc("GET "+Prefix+"openapi.yaml", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/yaml")
		_, _ = w.Write(description)
	})
	h.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { h.trouble(w, r, admin.ErrUnknown) })
	return h
}

// ServeHTTP answers.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.mux.ServeHTTP(w, r) }

// Routes are the methods and paths that are served, as patterns of net/http.
func (h *Handler) Routes() []string { return h.routes }

const tenantPath = "databases/{database}/tenants/{tenant}/"

// describe adds all routes.
func (h *Handler) describe() {
	h.get("me", h.me)
	h.get("databases", h.databases)
	h.post("databases/{database}/tenants", h.addTenant)
	h.get("databases/{database}/columns", h.columns)
	h.post("databases/{database}/columns/{column}/{order}", h.columnWork)
	h.get("databases/{database}/proxies", h.proxies)

	h.get(tenantPath+"key", h.key)
	h.get(tenantPath+"history", h.history)
	h.get(tenantPath+"events", h.events)
	h.get(tenantPath+"events.csv", h.exportEvents)
	h.get(tenantPath+"usage", h.usage)
	h.get(tenantPath+"report", h.report)
	h.post(tenantPath+"onboarding", h.onboarding) // no GET: a link must not say to whom a customer gives his key
	h.post(tenantPath+"check", h.check)

	h.post(tenantPath+"rotate", h.rotate)
	h.put(tenantPath+"master-key", h.setKey)
	h.put(tenantPath+"cache-time", h.setCacheTime)
	h.post(tenantPath+"lock", h.lock)
	h.post(tenantPath+"unlock", h.unlock)
	h.post(tenantPath+"probe", h.probe)
	h.post(tenantPath+"drill", h.beginDrill)
	h.post(tenantPath+"drill/end", h.endDrill)
	h.get(tenantPath+"proposals", h.proposals)
	h.post(tenantPath+"proposals/{id}/{decision}", h.decide)
}

// answer is what a request is answered with.
type answer struct {
	status int // 0: 200
	body   any // nil: none
	etag   string
}

// serve is one operation. Nothing was written where it returns an error.
type serve func(w http.ResponseWriter, r *http.Request) (*answer, error)

func (h *Handler) get(path string, f serve)  { h.handle("GET", path, f) }
func (h *Handler) post(path string, f serve) { h.handle("POST", path, f) }
func (h *Handler) put(path string, f serve)  { h.handle("PUT", path, f) }

func (h *Handler) handle(method, path string, f serve) {
	h.routes = append(h.routes, method+" "+Prefix+path)
	h.mux.HandleFunc(method+" "+Prefix+path, func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		a, err := f(w, r)
		switch {
		case err != nil:
			h.trouble(w, r, err)
		case a != nil:
			h.write(w, r, a)
		}
	})
}

func (h *Handler) write(w http.ResponseWriter, r *http.Request, a *answer) {
	status := a.status
	if status == 0 {
		status = http.StatusOK
	}
	if a.etag != "" {
		w.Header().Set("ETag", a.etag)
	}
	if a.body == nil {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	if err := enc.Encode(a.body); err != nil {
		h.config.Log.WarnContext(r.Context(), "an answer of the API could not be sent", "path", r.URL.Path, "cause", err)
	}
}

// bad is a request that cannot be understood.
type bad struct {
	status int
	text   string
}

func (b *bad) Error() string { return b.text }

// read reads a request's body; what it does not know is an error.
func read(r *http.Request, into any) error {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return &bad{http.StatusUnsupportedMediaType, "the body has to be application/json"}
	}
	dec := json.NewDecoder(r.Body)
	dec.DisallowUnknownFields()
	err := dec.Decode(into)
	if err == nil {
		if _, err = dec.Token(); err == io.EOF {
			return nil
		}
		err = errors.New("there is more behind it")
	}
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return &bad{http.StatusRequestEntityTooLarge, "the body is longer than 16 KiB"}
	}
	return &bad{http.StatusBadRequest, "the body is not what openapi.yaml describes: " + err.Error()}
}
