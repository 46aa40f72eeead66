package page_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
	"github.com/legatics/pgseal/proxy/admin/page"
	"github.com/legatics/pgseal/testenv/browser"
)

const password = "correct horse battery"

// site is the page behind a real Guard, on the double.
type site struct {
	t   *testing.T
	ops *double
	url string
}

func open(t *testing.T) *site {
	t.Helper()
	hash, err := access.HashPassword(password)
	if err != nil {
		t.Fatal(err)
	}
	users := filepath.Join(t.TempDir(), "users.yaml")
	if err := os.WriteFile(users, fmt.Appendf(nil, `version: 1
users:
  olga: {role: operator, password: "%[1]s"}
  vera: {role: viewer, password: "%[1]s"}
  carol: {role: officer, tenants: [globex], password: "%[1]s"}
`, hash), 0o600); err != nil {
		t.Fatal(err)
	}
	key, err := crypto.NewControlKey(bytes.Repeat([]byte{42}, 32))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(key.Destroy)
	s := &site{t: t, ops: newDouble()}
	var guard *access.Guard
	h, err := page.New(page.Config{Operations: s.ops, Build: "test", Every: 300 * time.Millisecond, Region: "eu-central-1",
		Authorise: func(r *http.Request, a access.Action, tenant string) (*access.User, error) {
			return guard.Authorise(r, a, tenant)
		}})
	if err != nil {
		t.Fatal(err)
	}
	if guard, err = access.New(access.Config{UsersFile: users, Key: key, Public: []string{page.StaticPath}, LoginPage: h.LoginPage}); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/", h)
	mux.HandleFunc("GET /api/", s.api)
	server := httptest.NewServer(guard.Wrap(mux))
	t.Cleanup(func() { server.Close(); guard.Close() })
	s.url = server.URL
	return s
}

// api answers what the script polls, as the JSON API does.
func (s *site) api(w http.ResponseWriter, r *http.Request) {
	parts := strings.Split(strings.TrimPrefix(r.URL.Path, "/api/v1/databases"), "/")
	var v any
	var err error
	switch {
	case len(parts) == 5 && parts[4] == "key":
		v, err = s.ops.Key(r.Context(), admin.TenantRef{Database: parts[1], Name: parts[3]})
	case len(parts) == 3 && parts[2] == "columns":
		v, err = s.ops.Columns(r.Context(), parts[1])
	case len(parts) == 3 && parts[2] == "proxies":
		v, err = s.ops.Proxies(r.Context(), parts[1])
	default:
		v, err = s.ops.Databases(r.Context())
	}
	w.Header().Set("Content-Type", "application/json")
	if err != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
		v = map[string]string{"error": err.Error()}
	}
	_ = json.NewEncoder(w).Encode(v)
}

// login opens a window, and logs somebody in.
func (s *site) login(t *testing.T, b *browser.Browser, name string) *browser.Page {
	t.Helper()
	p := b.Open(t)
	p.Goto(s.url + "/")
	p.Set("#name", name)
	p.Set("#password", password)
	p.Click("#log-in")
	p.WaitText("h1", "Tenants")
	return p
}

// shoot keeps a picture for people to look at, where the environment names a folder for them.
func shoot(p *browser.Page, name string) {
	if dir := os.Getenv("PGSEAL_SCREENSHOTS"); dir != "" {
		p.Screenshot(filepath.Join(dir, name+".png"))
	}
}

// dismiss closes the toasts, which may lie over what is to be clicked.
func dismiss(p *browser.Page) {
	p.WaitFor("document.readyState === 'complete'")
	browser.Eval[bool](p, "document.querySelectorAll('#notices .close').forEach(c => c.click()) || true")
}
