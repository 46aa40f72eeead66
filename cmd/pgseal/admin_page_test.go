package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
	"github.com/legatics/pgseal/testenv/browser"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// paged is a deployment whose page is open in a real browser.
type paged struct {
	*deployment
	browser *browser.Browser
	conn    *pgx.Conn
	url     string
}

const pagePassword = "correct horse battery"

// openPage starts a second proxy beside the deployment's, with users: an operator, and an officer of a tenant beta.
func openPage(t *testing.T) *paged {
	p := &paged{browser: browser.Start(t), deployment: deploy(t)}
	hash, err := access.HashPassword(pagePassword)
	if err != nil {
		t.Fatal(err)
	}
	p.write(filepath.Join(filepath.Dir(p.config), "users.yaml"), fmt.Sprintf(`version: 1
unlock_without_officer: [operator]
users:
  olga: {role: operator, password: "%[1]s"}
  carol: {role: officer, tenants: [beta], password: "%[1]s"}
`, hash))
	text, err := os.ReadFile(p.config)
	if err != nil {
		t.Fatal(err)
	}
	p.write(p.config, strings.Replace(string(text), `admin: {listen: "127.0.0.1:0"}`, `admin: {listen: "127.0.0.1:0", users_file: users.yaml}`, 1))
	p.run("tenant", "add", "beta", "--provider", "aws-kms", "--key", p.key)
	p.service = p.serve(nil)
	p.conn = p.connect()
	p.insert(p.conn, 1, "Smith v Jones")
	p.url = "http://" + p.service.adminAddress().String()
	return p
}

func (p *paged) login(name string) *browser.Page {
	w := p.browser.Open(p.t)
	w.Goto(p.url + "/")
	w.Set("#name", name)
	w.Set("#password", pagePassword)
	w.Click("#log-in")
	w.WaitText("h1", "Tenants")
	return w
}

// dismiss closes the toasts, which may lie over what is to be clicked.
func dismiss(w *browser.Page) {
	w.WaitFor("document.readyState === 'complete'")
	browser.Eval[bool](w, "document.querySelectorAll('#notices .close').forEach(c => c.click()) || true")
}

// ask opens a dialog, and answers it.
func ask(w *browser.Page, what, name string) {
	dismiss(w)
	w.Click("#open-" + what)
	if name != "" {
		w.Type("#name-"+what, name)
	}
	w.Click("#do-" + what)
}

// TestAdminPage: the page of a real proxy, in a real browser, with PostgreSQL and a KMS: what is done on it is done to the tenant, and what happens
// to the key is seen on it.
func TestAdminPage(t *testing.T) {
	p := openPage(t)
	olga := p.login("olga")
	acme := p.url + "/t/dealroom/acme"
	t.Run("rotation", func(*testing.T) { p.rotates(olga, acme) })
	t.Run("withdrawal", func(*testing.T) { p.withdraws(olga, acme) })
	t.Run("lock and drill", func(*testing.T) { p.locks(olga, acme) })
	t.Run("four eyes", func(t *testing.T) { p.approves(t, olga) })
	t.Run("pages", func(t *testing.T) {
		for path, says := range map[string]string{"/t/dealroom/acme/history": "Previous keys must not be deleted", "/t/dealroom/acme/events": "locked", "/t/dealroom/acme/usage": "In numbers",
			"/t/dealroom/acme/report": "MAY I DELETE IT?", "/t/dealroom/acme/check": "Everything that pgseal needs is there", "/columns": "public.matters.title", "/proxies": "live"} {
			olga.Goto(p.url + path)
			if text := olga.Text("main"); !strings.Contains(text, says) {
				t.Errorf("%s does not say %q:\n%s", path, says, text)
			}
			pictured(olga, "real"+strings.NewReplacer("/", "-", "?", "-", ":", "-").Replace(path))
		}
		olga.Goto(p.url + "/t/dealroom/acme/onboarding")
		olga.Set("#principal", "arn:aws:iam::444455556666:role/pgseal")
		olga.Click("#make")
		olga.WaitText("#sheet", "kms:Decrypt")
	})
	t.Run("set-up", func(*testing.T) { p.setsUp(olga) })
	olga.Clean(p.url)
	if !slices.ContainsFunc(p.events("locked"), func(e admin.Event) bool {
		return e.Kind == "locked" && strings.HasPrefix(e.Actor, "olga (operator, password) from")
	}) {
		t.Error("who locked is not in the events")
	}
}

func (p *paged) rotates(w *browser.Page, page string) {
	w.Goto(page)
	w.WaitText("#badge", "available")
	w.WaitText("#readable .countdown", "s left")
	ask(w, "rotate", "")
	w.WaitText("#notices .info", "Nothing to rotate")
	if _, err := p.kms.Rotate(p.key); err != nil {
		p.t.Fatal(err)
	}
	ask(w, "rotate", "")
	w.WaitText("#notices .good", "Rotated")
	second := p.kms.CreateKey(kmstest.KeyOptions{})
	dismiss(w)
	w.Set("#arn", second)
	w.Click("#save-arn")
	w.WaitText("#notices .good", "Rotated") // of the page that answers: the one before may show the new ARN already
	w.WaitText("#arn-now", second)
	dismiss(w)
	w.Set("#arn", strings.Replace(second, ":key/", ":key/0", 1))
	dismiss(w)
	w.Click("#save-arn")
	w.WaitText("#notices .bad", "The ARN was not saved")
	pictured(w, "real-arn-failed")
	dismiss(w)
	w.Goto(page)
	w.Type("#cache-number", "25")
	w.Set("#cache-unit", "h")
	w.Click("#save-cache-time")
	w.WaitText("#cache-wrong", "outside 1m to 24h")
	dismiss(w)
	w.Type("#cache-number", "2")
	w.Set("#cache-unit", "m")
	w.Click("#save-cache-time")
	w.WaitText("#notices .good", "Saved")
	w.WaitText("#cache-now", "2 minutes")
	p.key = second
	p.reads(p.conn, 1, "Smith v Jones")
}

func (p *paged) withdraws(w *browser.Page, page string) {
	if err := p.kms.SetState(p.key, kmstest.Disabled); err != nil {
		p.t.Fatal(err)
	}
	w.Goto(page)
	w.Click("#probe")
	w.WaitText("#notices .bad", "The key cannot be used")
	w.WaitText("#badge", "withdrawn")
	w.WaitText("#state", "KU002")
	pictured(w, "real-withdrawn")
	p.until(p.conn, "KU002")
	if err := p.kms.SetState(p.key, kmstest.Enabled); err != nil {
		p.t.Fatal(err)
	}
	dismiss(w)
	w.Click("#probe")
	w.WaitText("#notices .good", "may be used")
	w.WaitText("#badge", "available")
	p.until(p.conn, "")
}

func (p *paged) locks(w *browser.Page, page string) {
	w.Goto(page)
	ask(w, "lock", "acme")
	w.WaitText("#notices .good", "Locked")
	w.WaitText("#badge", "locked")
	p.until(p.conn, "KU009")
	ask(w, "unlock", "")
	w.WaitText("#notices .good", "Unlocked")
	p.until(p.conn, "")
	w.WaitText("#badge", "available")
	p.drills(w)
	w.WaitText("#drill", "Nobody has withdrawn the key")
	p.until(p.conn, "KU001")
	pictured(w, "real-drill")
	ask(w, "end-drill", "")
	w.WaitText("#notices .good", "The drill is over")
	w.WaitFor("!document.getElementById('drill')")
	p.until(p.conn, "")
}

// drills begins a drill. A proxy that is slow to tell that it has heard of the unlock is a reason not to.
func (p *paged) drills(w *browser.Page) {
	for end := time.Now().Add(time.Minute); ; time.Sleep(500 * time.Millisecond) {
		dismiss(w)
		ask(w, "drill", "acme")
		w.WaitFor("!!document.querySelector('#notices .good, #notices .bad')")
		if browser.Eval[bool](w, "!!document.getElementById('drill')") {
			return
		}
		if time.Now().After(end) {
			w.WaitText("#notices .good", "The drill has begun")
			return
		}
	}
}

// approves: what an operator wants of a tenant that has an officer is done when the officer says so. He learns nothing of the other tenant, whose key the
// tenant's former key is as well.
func (p *paged) approves(t *testing.T, olga *browser.Page) {
	beta := p.url + "/t/dealroom/beta"
	third := p.kms.CreateKey(kmstest.KeyOptions{})
	olga.Goto(beta)
	olga.Set("#arn", third)
	olga.Click("#save-arn")
	olga.WaitText("#proposals", "It waits for an officer")
	carol := p.login("carol")
	for _, path := range []string{"/", "/t/dealroom/beta/history", "/t/dealroom/beta/report", "/t/dealroom/beta/events", "/t/dealroom/beta"} {
		carol.Goto(p.url + path)
		if strings.Contains(carol.Text("body"), "acme") {
			t.Errorf("%s tells an officer of another tenant:\n%s", path, carol.Text("body"))
		}
	}
	carol.Click("#proposals button[value=approve]")
	carol.WaitText("#notices .good", "Approved")
	carol.WaitText("#arn-now", third)
	carol.Goto(p.url + "/t/dealroom/acme")
	carol.WaitText("h1", "There is no such page")
	carol.Clean(p.url)
}

func (p *paged) setsUp(w *browser.Page) {
	w.Goto(p.url + "/setup")
	w.Set("#tenant", "gamma")
	w.Set("#principal", "arn:aws:iam::444455556666:role/pgseal")
	w.Click("#next")
	w.WaitText("#sheet", "gamma")
	w.Set("#arn", "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000")
	w.Click("#add")
	w.WaitText("#notices .bad", "The tenant was not added")
	pictured(w, "real-setup-failed")
	dismiss(w)
	w.Set("#arn", p.key)
	w.Click("#add")
	w.WaitText("#verdict", "Everything that pgseal needs is there")
}

// pictured keeps a picture for people to look at, where the environment names a folder for them.
func pictured(w *browser.Page, name string) {
	if dir := os.Getenv("PGSEAL_SCREENSHOTS"); dir != "" {
		w.Screenshot(filepath.Join(dir, name+".png"))
	}
}
