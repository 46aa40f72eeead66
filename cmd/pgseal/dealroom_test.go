package main

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/cmd/dealroom/app"
	"github.com/legatics/pgseal/testenv/browser"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

const roomPassword = "battery staple 4711"

// room is a deployment with the sample application on top of it.
type room struct {
	*deployment
	conn *pgx.Conn
	url  string
	log  *locked
}

func openRoom(t *testing.T) *room {
	r := &room{deployment: deployWith(t, app.Schema, app.Policy), log: &locked{}}
	r.conn = r.connect()
	if err := app.Fill(t.Context(), r.conn, roomPassword); err != nil {
		t.Fatal(err)
	}
	a, err := app.New(t.Context(), app.Options{Database: r.proxyURL(), Customer: "Brandt & Partners", Log: slog.New(slog.NewTextHandler(r.log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	server := httptest.NewServer(a.Handler())
	t.Cleanup(server.Close)
	r.url = server.URL
	return r
}

// proxyURL is what an application connects to.
func (d *deployment) proxyURL() string {
	return strings.Replace(d.cluster.URL("dealroom", ""), d.cluster.Address(), d.service.address().String(), 1)
}

// probe has the proxies ask the KMS now: where nobody does, they ask within the cache time. The command ends in an error where the answer is no.
func (d *deployment) probe() {
	var out bytes.Buffer
	runContext(d.t.Context(), []string{"pgseal", "key", "probe", "acme", "--config", d.config}, &out, &out)
}

// tries to log in, in a window of its own.
func (r *room) tries(b *browser.Browser, email string) *browser.Page {
	w := b.Open(r.t)
	w.Goto(r.url + "/")
	w.Set("#email", email)
	w.Set("#password", roomPassword)
	w.Click("#log-in")
	return w
}

func (r *room) enters(b *browser.Browser, email string) *browser.Page {
	w := r.tries(b, email)
	w.WaitText("h1", "My matters")
	return w
}

// away is one way to take the key away, and to give it back.
type away struct {
	name, code string
	take, give func()
}

// TestDealroom: what an application's users see when the customer withdraws the key, and when it is back, in a real browser, with PostgreSQL and a KMS.
func TestDealroom(t *testing.T) {
	b := browser.Start(t)
	r := openRoom(t)
	deny := kmstest.Denial{Operations: []string{"Decrypt"}}
	ben, ada := r.enters(b, "ben@example.org"), r.enters(b, "ada@example.org") // single sign-on; the admin
	listed, opened := r.enters(b, "cleo@example.org"), r.enters(b, "gus@client.example")
	r.works(ben, ada)
	for i, way := range []away{
		{"withdrawn", "KU001", func() { r.kms.Deny(deny); r.probe() }, func() { r.kms.Allow(deny); r.probe() }},
		{"locked", "KU009", func() { r.run("key", "lock", "acme") }, func() { r.run("key", "unlock", "acme") }},
	} {
		t.Run(way.name, func(t *testing.T) {
			listed.Goto(r.url + "/")
			opened.Goto(r.url + "/matters/1")
			began := time.Now()
			way.take()
			r.untilPage(ben, "#hidden", true)
			t.Logf("the application shows it %v after it was told (%s)", time.Since(began).Round(time.Millisecond), way.code)
			listed.Click("a[href='/matters/1']") // opening
			r.modal(listed, way.code)
			opened.Click("#act") // acting
			r.modal(opened, way.code)
			r.hides(ben, way.code)
			r.refuses(ada, way.code)
			r.admits(b, i == 0)
			r.unchanged()
			began = time.Now()
			way.give()
			r.untilPage(ada, "#hidden", false)
			t.Logf("everything is back %v after the key", time.Since(began).Round(time.Millisecond))
			ben.WaitFor("!document.getElementById('back').hidden") // by itself
			ben.Click("#back a")
			ben.WaitFor("!document.getElementById('hidden') && document.readyState === 'complete'")
			r.works(ben, ada)
			r.enters(b, "ben@example.org")
		})
	}
	r.fits(ada)
	for _, w := range []*browser.Page{ben, ada, listed, opened} {
		w.Clean(r.url)
	}
	r.tellsNothing()
}

// untilPage opens "my matters" again until it hides them, or does so no more.
func (r *room) untilPage(w *browser.Page, selector string, there bool) {
	r.t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for {
		w.Goto(r.url + "/")
		if browser.Eval[bool](w, fmt.Sprintf("!!document.querySelector(%q)", selector)) == there {
			return
		}
		if time.Now().After(deadline) {
			r.t.Fatalf("%s: still not %v", selector, there)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// works: matters are listed, opened, acted in; the admin area is open.
func (r *room) works(ben, ada *browser.Page) {
	ben.Goto(r.url + "/")
	ben.WaitText("h2", "Project Heron")
	pictured(ben, "dealroom-matters")
	ben.Click("a[href='/matters/1']")
	ben.WaitText("h1", "Project Heron")
	pictured(ben, "dealroom-matter")
	ben.WaitText("dd", "The family sells all shares")
	ben.Click("#act")
	ben.WaitText("#status", "closed")
	ben.Click("#act")
	ben.WaitText("#status", "open")
	for _, p := range [][2]string{{"/admin/clauses", "five years"}, {"/admin/reports", "18000000.00"}, {"/admin/users", "Gus Marsh"}} {
		ada.Goto(r.url + p[0])
		ada.WaitText("main", p[1])
		pictured(ada, "dealroom"+strings.ReplaceAll(p[0], "/", "-"))
	}
	for _, to := range []string{"admin", "member"} {
		ada.Set("#permissions-3", to)
		browser.Eval[int](ada, "window.before = 1")
		ada.Click("#save-3")
		ada.WaitFor("!window.before && document.readyState === 'complete' && document.querySelector('#permissions-3').value === '" + to + "'")
	}
}

// modal waits for the modal over the page, has a look at the keyboard's focus, and closes it by keyboard.
func (r *room) modal(w *browser.Page, code string) {
	r.t.Helper()
	w.WaitFor("document.getElementById('modal').open")
	w.WaitText("#modal", "key cannot be used at the moment")
	w.WaitText("#modal-code", code)
	w.WaitFor("document.activeElement.id === 'modal-close'")
	pictured(w, "dealroom-modal-"+code)
	w.Press(browser.Escape)
	w.WaitFor("!document.getElementById('modal').open")
}

// hides: "my matters" says that they are hidden and inaccessible; opening one, acting in one and creating one give the modal.
func (r *room) hides(ben *browser.Page, code string) {
	text := ben.Text("main")
	for _, says := range []string{"Your 3 matters are hidden and inaccessible", "when the key is back, so are your matters", code} {
		if !strings.Contains(text, says) {
			r.t.Errorf("my matters do not say %q:\n%s", says, text)
		}
	}
	for _, secret := range demoSecrets() {
		if strings.Contains(text, secret) {
			r.t.Error("my matters show a value")
		}
	}
	pictured(ben, "dealroom-hidden-"+code)
	ben.Goto(r.url + "/matters/1")
	ben.WaitText("#gone", "key cannot be used at the moment")
	ben.WaitText("#gone", code)
	pictured(ben, "dealroom-gone-"+code)
	ben.Goto(r.url + "/matters/new")
	ben.Type("#title", "Project Wren")
	ben.Type("#client_email", "wren@client.example")
	ben.Click("#create")
	r.modal(ben, code)
	if kept := browser.Eval[string](ben, "document.getElementById('title').value"); kept != "Project Wren" {
		r.t.Errorf("what was typed is lost: %q", kept)
	}
	ben.Script(false) // without it the modal is a page
	ben.Goto(r.url + "/matters/new")
	ben.Type("#title", "Project Wren")
	ben.Type("#client_email", "wren@client.example")
	ben.Click("#create")
	ben.WaitText("#gone", code)
	ben.Script(true)
	ben.Goto(r.url + "/")
}

// refuses: the admin area is closed but for dashboard, resources and users, and there nobody's permissions are changed.
func (r *room) refuses(ada *browser.Page, code string) {
	for _, p := range [][2]string{{"/admin", "participations"}, {"/admin/resources", "Getting started"}, {"/admin/users", "Gus Marsh"}} {
		ada.Goto(r.url + p[0])
		ada.WaitText("main", p[1])
	}
	ada.Goto(r.url + "/admin/users")
	ada.Set("#permissions-3", "admin")
	ada.Click("#save-3")
	r.modal(ada, code)
	for _, path := range []string{"/admin/clauses", "/admin/reports"} {
		ada.Click("a[href='" + path + "']")
		r.modal(ada, code)
		ada.Goto(r.url + path)
		ada.WaitText("#gone", code)
		ada.Goto(r.url + "/admin/users")
	}
	if v := browser.Eval[string](ada, "document.querySelector('#permissions-3').value"); v != "member" {
		r.t.Errorf("permissions were changed to %s", v)
	}
}

// admits: a member with single sign-on cannot log in, and reads why; guests and members without can.
func (r *room) admits(b *browser.Browser, all bool) {
	sso := r.tries(b, "ben@example.org")
	sso.WaitText("#closed", "Logging in with single sign-on is not possible while your organisation's encryption key is unavailable.")
	pictured(sso, "dealroom-sso")
	if all {
		for _, email := range []string{"cleo@example.org", "gus@client.example"} {
			w := r.enters(b, email)
			w.WaitText("#hidden", "hidden and inaccessible")
			w.Clean(r.url)
		}
	}
}

// unchanged: past pgseal, nothing is there of what was refused.
func (r *room) unchanged() {
	var matters, closed, admins int
	if err := r.cluster.Conn(r.t, "dealroom", "").QueryRow(r.t.Context(), `SELECT (SELECT count(*) FROM matters), (SELECT count(*) FROM matters WHERE status <> 'open'),
		(SELECT count(*) FROM users WHERE permissions = 'admin')`).Scan(&matters, &closed, &admins); err != nil {
		r.t.Fatal(err)
	}
	if matters != 3 || closed != 0 || admins != 1 {
		r.t.Errorf("%d matters, %d of them closed, %d admins: something that was refused was done", matters, closed, admins)
	}
}

// fits: on a telephone, in the dark, no page has to be scrolled sideways, and the first thing that the keyboard reaches leads past the navigation.
func (r *room) fits(w *browser.Page) {
	w.Viewport(360, 740)
	w.Dark(true)
	for _, path := range []string{"/", "/matters/1", "/matters/new", "/admin", "/admin/users", "/admin/reports", "/nothing"} {
		w.Goto(r.url + path)
		if wide := browser.Eval[int](w, "document.documentElement.scrollWidth"); wide > 360 {
			r.t.Errorf("%s is %d pixels wide", path, wide)
		}
		pictured(w, "dealroom-narrow"+strings.ReplaceAll(path, "/", "-"))
	}
	w.Goto(r.url + "/")
	w.Press(browser.Tab)
	if first := browser.Eval[string](w, "document.activeElement.innerText"); first != "Skip to content" {
		r.t.Errorf("the keyboard reaches first: %q", first)
	}
}

// tellsNothing: no value, no password in the application's log.
func (r *room) tellsNothing() {
	log := r.log.String()
	for _, secret := range slices.Concat(demoSecrets(), []string{roomPassword, "wren@client.example", "ben@example.org"}) {
		if strings.Contains(log, secret) {
			r.t.Errorf("the log tells a value:\n%s", log)
		}
	}
	if strings.Contains(log, "a request failed") {
		r.t.Errorf("a request failed in another way:\n%s", log)
	}
}

// TestDealroomHTTP: strangers, guests and other origins get nothing from the sample application.
func TestDealroomHTTP(t *testing.T) {
	r := openRoom(t)
	jar := func() *http.Client {
		return &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	get := func(path string, cookie *http.Cookie) int {
		req, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, r.url+path, nil)
		if cookie != nil {
			req.AddCookie(cookie)
		}
		resp, err := jar().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp.StatusCode
	}
	post := func(path, body, site string, cookie *http.Cookie) *http.Response {
		req, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, r.url+path, strings.NewReader(body))
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Sec-Fetch-Site", site)
		if cookie != nil {
			req.AddCookie(cookie)
		}
		resp, err := jar().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp
	}
	for _, path := range []string{"/", "/matters/1", "/admin/users", "/key"} {
		if code := get(path, nil); code != http.StatusSeeOther {
			t.Errorf("a stranger gets %d for %s", code, path)
		}
	}
	for _, wrong := range []string{"email=gus@client.example&password=wrong", "email=ben@example.org&password=wrong", "email=nobody@example.org&password=" + roomPassword} {
		if resp := post("/login", wrong, "same-origin", nil); resp.StatusCode != http.StatusForbidden || len(resp.Cookies()) != 0 {
			t.Errorf("%s: %d", wrong, resp.StatusCode)
		}
	}
	resp := post("/login", "email=gus@client.example&password="+strings.ReplaceAll(roomPassword, " ", "+"), "same-origin", nil)
	if len(resp.Cookies()) != 1 {
		t.Fatalf("the guest cannot log in: %d", resp.StatusCode)
	}
	guest := resp.Cookies()[0]
	for path, want := range map[string]int{"/matters/1": 200, "/matters/2": 404, "/matters/x": 404, "/matters/new": 404, "/admin": 404, "/admin/reports": 404} {
		if code := get(path, guest); code != want {
			t.Errorf("the guest gets %d for %s", code, path)
		}
	}
	if code := post("/matters/2", "status=closed", "same-origin", guest).StatusCode; code != http.StatusNotFound {
		t.Errorf("the guest acts in another matter: %d", code)
	}
	if code := post("/matters/1", "status=closed", "cross-site", guest).StatusCode; code != http.StatusForbidden {
		t.Errorf("another site acts in his name: %d", code)
	}
	post("/logout", "", "same-origin", guest)
	if code := get("/matters/1", guest); code != http.StatusSeeOther {
		t.Errorf("after logging out: %d", code)
	}
}
