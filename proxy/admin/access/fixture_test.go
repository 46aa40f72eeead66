package access_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/bcrypt"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy/admin/access"
)

const password = "correct horse battery"

// clock is moved by hand.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.now }
func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// door is a Guard before a page that says who has come.
type door struct {
	t     *testing.T
	guard *access.Guard
	clock *clock
	users string // path of the users file
	url   string

	mu     sync.Mutex
	log    bytes.Buffer
	events []string
	seen   *access.User  // who has come last
	gate   chan struct{} // not nil: the page answers when it is closed
	inside int           // requests that wait for it
}

const usersText = `version: 1
unlock_without_officer: [operator]
users:
  olga: {role: operator, password: "%[1]s"}
  vera: {role: viewer, password: "%[1]s"}
  carol: {role: officer, tenants: [acme], password: "%[1]s"}
  dave: {role: officer, tenants: [acme, app/other], password: "%[1]s"}
  gone: {role: operator, password: "%[1]s", disabled: true}
`

func sameKey(t *testing.T) *crypto.ControlKey {
	t.Helper()
	key, err := crypto.NewControlKey(bytes.Repeat([]byte{42}, 32))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(key.Destroy)
	return key
}

func writeUsers(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path+".new", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
}

// open opens a door. change alters its configuration.
func open(t *testing.T, secure bool, change func(*door, *access.Config)) *door {
	t.Helper()
	d := &door{t: t, clock: &clock{now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}, users: filepath.Join(t.TempDir(), "users.yaml")}
	writeUsers(t, d.users, fmt.Sprintf(usersText, access.CheapHash(password)))
	c := access.Config{UsersFile: d.users, Key: sameKey(t), TLS: secure, Public: []string{"/assets/"}, Now: d.clock.Now,
		Log: slog.New(slog.NewTextHandler(d, nil)), Record: d.record}
	server := httptest.NewUnstartedServer(nil)
	d.url = "http://" + server.Listener.Addr().String()
	if secure {
		d.url = "https://" + server.Listener.Addr().String()
	}
	if change != nil {
		change(d, &c)
	}
	var err error
	if d.guard, err = access.New(c); err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = d.guard.Wrap(http.HandlerFunc(d.page))
	if secure {
		server.StartTLS()
	} else {
		server.Start()
	}
	t.Cleanup(func() { server.Close(); d.guard.Close() })
	return d
}

// page says who has come, and authorises what ?action= and ?tenant= name.
func (d *door) page(w http.ResponseWriter, r *http.Request) {
	u, ok := access.FromContext(r.Context())
	if !ok {
		_, _ = io.WriteString(w, "public")
		return
	}
	d.mu.Lock()
	d.seen = u
	gate := d.gate
	if gate != nil {
		d.inside++
	}
	d.mu.Unlock()
	if gate != nil {
		<-gate
	}
	if a := r.URL.Query().Get("action"); a != "" {
		if _, err := d.guard.Authorise(r, access.Action(a), r.URL.Query().Get("tenant")); err != nil {
			http.Error(w, err.Error(), http.StatusForbidden)
			return
		}
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"name": u.Name, "role": u.Role, "via": u.Via, "token": access.Token(r.Context()), "tenants": u.Tenants})
}

// hold has the page answer nobody until release.
func (d *door) hold() (release func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	gate := make(chan struct{})
	d.gate = gate
	return func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.gate == gate {
			close(gate)
			d.gate = nil
		}
	}
}

// held waits until so many wait for an answer.
func (d *door) held(n int) {
	d.t.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		d.mu.Lock()
		inside := d.inside
		d.mu.Unlock()
		if inside == n {
			return
		} else if inside > n || time.Now().After(end) {
			d.t.Fatalf("%d are inside, want %d", inside, n)
		}
	}
}

func (d *door) record(_ context.Context, e access.Event) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.events = append(d.events, fmt.Sprintf("%s by %s tenant=%s action=%s", e.Kind, e.Actor(), e.Tenant, e.Action))
}

func (d *door) Write(b []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.log.Write(b)
}

func (d *door) logged() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.log.String()
}

// kept are the events since the last call.
func (d *door) kept() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	all := strings.Join(d.events, "\n")
	d.events = nil
	return all
}

func insecureTransport(t *testing.T) *http.Transport {
	tr := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
	t.Cleanup(tr.CloseIdleConnections)
	return tr
}

// browser keeps cookies and follows no redirect.
type browser struct {
	t      *testing.T
	door   *door
	client *http.Client
	jar    *cookiejar.Jar
	last   *http.Response
	body   string
}

func (d *door) browser() *browser {
	jar, _ := cookiejar.New(nil)
	// The test server's certificate is not what is tested.
	return &browser{t: d.t, door: d, jar: jar, client: &http.Client{Jar: jar, Timeout: time.Minute, Transport: insecureTransport(d.t),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// do sends a request, and gives the status. Headers are pairs.
func (b *browser) do(method, path string, form url.Values, headers ...string) int {
	b.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	target := path
	if !strings.HasPrefix(path, "http") {
		target = b.door.url + path
	}
	req, err := http.NewRequestWithContext(b.t.Context(), method, target, body)
	if err != nil {
		b.t.Fatal(err)
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			req.Host = headers[i+1]
		}
	}
	res, err := b.client.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	b.last, b.body = res, string(text)
	return res.StatusCode
}

func (b *browser) location() string { return b.last.Header.Get("Location") }

var hidden = regexp.MustCompile(`name="csrf" value="([^"]+)"`)

// form gets the log-in page and gives its token.
func (b *browser) form() string {
	b.t.Helper()
	if status := b.do("GET", "/login", nil); status != 200 {
		b.t.Fatalf("log-in page: %d %s", status, b.body)
	}
	m := hidden.FindStringSubmatch(b.body)
	if m == nil {
		b.t.Fatalf("the page has no token: %s", b.body)
	}
	return m[1]
}

func (b *browser) try(name, word string) int {
	b.t.Helper()
	return b.do("POST", "/login", url.Values{"name": {name}, "password": {word}, "csrf": {b.form()}, "next": {"/tenants"}})
}

func (b *browser) login(name string) *browser {
	b.t.Helper()
	if status := b.try(name, password); status != http.StatusSeeOther || b.location() != "/tenants" {
		b.t.Fatalf("log-in of %s: %d %s %s", name, status, b.location(), b.body)
	}
	return b
}

type me struct {
	Name, Role, Via, Token string
	Tenants                []string
}

// me is who the page says that it is; no name: nobody.
func (b *browser) me() (m me) {
	b.t.Helper()
	if b.do("GET", "/api/me", nil) == http.StatusOK {
		if err := json.Unmarshal([]byte(b.body), &m); err != nil {
			b.t.Fatalf("%v: %s", err, b.body)
		}
	}
	return m
}

// cookie is the value of the session's cookie.
func (b *browser) cookie() string {
	at, _ := url.Parse(b.door.url)
	for _, c := range b.jar.Cookies(at) {
		if c.Name == "pgseal" || c.Name == "__Host-pgseal" {
			return c.Value
		}
	}
	return ""
}

func anotherKey(t *testing.T) *crypto.ControlKey {
	t.Helper()
	key, err := crypto.GenerateControlKey()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(key.Destroy)
	return key
}

// user is who a request of that user comes from.
func (d *door) user(name string) *access.User {
	d.t.Helper()
	b := d.browser().login(name)
	if b.do("GET", "/api/me", nil) != http.StatusOK {
		d.t.Fatalf("%s: %s", name, b.body)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.seen
}

func bcryptOf(t *testing.T, word string) string {
	t.Helper()
	hash, err := bcrypt.GenerateFromPassword([]byte(word), 10)
	if err != nil {
		t.Fatal(err)
	}
	return string(hash)
}
