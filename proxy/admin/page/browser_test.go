package page_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/testenv/browser"
)

// TestPage: one Chromium, one server; each flow and its failures.
func TestPage(t *testing.T) {
	b := browser.Start(t)
	s := open(t)
	olga := s.login(t, b, "olga")
	acme := s.url + "/t/app/acme"
	t.Run("look", func(t *testing.T) {
		for name, path := range map[string]string{"overview": "/", "key": "/t/app/acme", "history": "/t/app/acme/history", "events": "/t/app/acme/events", "usage": "/t/app/acme/usage",
			"report": "/t/app/acme/report", "check": "/t/app/acme/check", "onboarding": "/t/app/acme/onboarding", "columns": "/columns", "proxies": "/proxies",
			"setup": "/setup", "missing": "/t/app/nobody"} {
			olga.Goto(s.url + path)
			shoot(olga, name)
			olga.Dark(true)
			if back := browser.Eval[string](olga, "getComputedStyle(document.documentElement).backgroundColor"); back != "rgb(17, 21, 26)" {
				t.Errorf("%s is not dark: its ground is %s", path, back)
			}
			shoot(olga, name+"-dark")
			olga.Viewport(360, 740)
			if wide := browser.Eval[int](olga, "document.documentElement.scrollWidth"); wide > 360 {
				t.Errorf("%s is %d wide in a window of 360", path, wide)
			}
			shoot(olga, name+"-narrow")
			olga.Dark(false)
			olga.Viewport(1280, 900)
		}
	})
	t.Run("print", func(t *testing.T) {
		olga.Goto(acme + "/report")
		olga.Print(true)
		if shown := browser.Eval[int](olga, "[...document.querySelectorAll('.top, nav, button, .foot')].filter(e => e.offsetParent !== null).length"); shown != 0 {
			t.Errorf("%d parts of the screen are printed", shown)
		}
		shoot(olga, "report-print")
		if pdf := olga.PDF(); !strings.HasPrefix(string(pdf), "%PDF") {
			t.Error("it does not print")
		}
		olga.Print(false)
	})
	t.Run("rotate", func(t *testing.T) {
		olga.Goto(acme)
		olga.Click("#open-rotate")
		olga.WaitFor("document.getElementById('ask-rotate').open && document.activeElement.id === 'ask-rotate-title'")
		shoot(olga, "rotate-dialog")
		for range 6 { // the focus stays in the dialog
			olga.Press(browser.Tab)
			olga.WaitFor("document.activeElement.closest('dialog')")
		}
		olga.Press(browser.Escape)
		olga.WaitFor("!document.getElementById('ask-rotate').open && document.activeElement.id === 'open-rotate'")
		if s.ops.said("rotate") {
			t.Fatal("Escape has rotated")
		}
		olga.Press(browser.Enter) // opens, and does not answer
		olga.WaitFor("document.activeElement.id === 'ask-rotate-title'")
		olga.Press(browser.Tab, browser.Tab)
		olga.WaitFor("document.activeElement.id === 'do-rotate'")
		if s.ops.said("rotate") {
			t.Fatal("opening the dialog has rotated")
		}
		olga.Press(browser.Enter)
		olga.WaitText("#notices .good", "Rotated")
		shoot(olga, "rotate-toast")
		s.ops.nothing = true
		dismiss(olga)
		olga.Click("#open-rotate")
		olga.Click("#do-rotate")
		olga.WaitText("#notices .info", "Nothing to rotate")
		s.ops.fail["rotate"] = &admin.Failure{Message: "nothing was changed: KU001: access to the key was denied", Hints: []string{"Missing: kms:ReEncryptTo on the key for the role pgseal"}}
		dismiss(olga)
		olga.Click("#open-rotate")
		olga.Click("#do-rotate")
		olga.WaitText("#notices .bad", "Missing: kms:ReEncryptTo")
		shoot(olga, "rotate-failed")
		delete(s.ops.fail, "rotate")
	})
	t.Run("settings", func(t *testing.T) {
		olga.Goto(acme)
		olga.Type("#cache-number", "30")
		olga.Set("#cache-unit", "s")
		olga.Click("#save-cache-time")
		olga.WaitText("#cache-wrong", "outside 1m to 24h")
		olga.WaitFor("document.getElementById('cache-number').value === '30'")
		dismiss(olga)
		olga.Type("#cache-number", "2")
		olga.Set("#cache-unit", "m")
		olga.Click("#save-cache-time")
		olga.WaitText("#notices .good", "The cache time is 2 minutes now")
		dismiss(olga)
		olga.Set("#arn", otherARN)
		olga.Click("#save-arn")
		olga.WaitText("#arn-now", otherARN)
		olga.WaitText("#notices", "Rotated")
	})
	t.Run("live", func(t *testing.T) {
		olga.Goto(acme)
		olga.WaitText(".countdown", "s left")
		first := olga.Text(".countdown")
		olga.WaitFor("document.querySelector('.countdown').innerText !== " + "'" + first + "'")
		since := time.Now()
		s.ops.change("acme", func(k *admin.Key) {
			k.State, k.Code, k.Since, k.ReadableUntil, k.Why = "withdrawn", "KU001", &since, nil, "the key of tenant \"acme\" may not be used: access was denied"
		})
		olga.WaitText("#badge", "withdrawn")
		olga.WaitText("#announce", "now: withdrawn") // for whoever hears the page
		olga.WaitText("#state", "Whoever manages the key")
		shoot(olga, "withdrawn")
		until := time.Now().Add(90 * time.Second)
		s.ops.change("acme", func(k *admin.Key) { k.State, k.Code, k.ReadableUntil = "unreachable", "KU006", &until })
		olga.WaitText("#state", "until the cache time is over")
		olga.WaitText("#state .countdown", "1 min")
		shoot(olga, "outage")
		s.ops.change("acme", func(k *admin.Key) { k.State, k.Code = "available", "" })
		olga.WaitText("#badge", "available")
	})
	t.Run("lock", func(t *testing.T) {
		olga.Goto(acme)
		olga.Click("#open-lock")
		olga.Type("#name-lock", "acm")
		olga.Click("#do-lock")
		olga.WaitFor("document.querySelector('#name-lock:invalid')")
		shoot(olga, "lock-dialog")
		if s.ops.said("lock") {
			t.Error("it was locked without its name")
		}
		olga.Type("#name-lock", "acme")
		olga.Click("#do-lock")
		olga.WaitText("#notices .good", "Locked")
		olga.WaitText("#badge", "locked")
		shoot(olga, "locked")
		if !s.ops.said("lock acme olga (operator") {
			t.Error("nobody knows who locked it")
		}
		s.ops.Unlock(t.Context(), "test", admin.TenantRef{Database: "app", Name: "acme"})
		olga.Goto(acme)
		olga.Click("#open-drill")
		olga.Type("#name-drill", "acme")
		olga.Click("#do-drill")
		olga.WaitText("#notices .good", "The drill has begun")
		olga.WaitText("#drill", "Nobody has withdrawn the key")
		shoot(olga, "drill")
		dismiss(olga)
		olga.Click("#open-end-drill")
		olga.Click("#do-end-drill")
		olga.WaitFor("!document.getElementById('drill')")
	})
	t.Run("probe", func(t *testing.T) {
		s.ops.fail["probe"] = errors.New("KU002: the key is disabled. Its owner can enable it")
		olga.Goto(acme)
		olga.Click("#probe")
		olga.WaitText("#notices .bad", "the key is disabled")
		delete(s.ops.fail, "probe")
		dismiss(olga)
		olga.Click("#probe")
		olga.WaitText("#notices .good", "may be used")
	})
	t.Run("four eyes", func(t *testing.T) {
		globex := s.url + "/t/app/globex"
		olga.Goto(globex)
		olga.Set("#arn", otherARN)
		olga.WaitText("#save-arn", "Propose")
		olga.Click("#save-arn")
		olga.WaitText("#proposals", "Proposed on")
		olga.WaitText("#proposals", "It waits for an officer")
		olga.Click("#proposals button[value=withdraw]")
		olga.WaitText("#notices", "Taken back")
		olga.WaitFor("!document.getElementById('proposals')")
		olga.Set("#arn", otherARN)
		olga.Click("#save-arn")
		olga.WaitText("#proposals", "Proposed on")
		carol := s.login(t, b, "carol")
		if text := carol.Text("body"); strings.Contains(text, "acme") || strings.Contains(text, "initech") || strings.Contains(text, "Columns") {
			t.Errorf("an officer sees what is not his:\n%s", text)
		}
		shoot(carol, "officer-overview")
		carol.Goto(acme)
		carol.WaitText("h1", "There is no such page")
		carol.Goto(globex)
		shoot(carol, "officer")
		carol.Click("#proposals button[value=approve]")
		carol.WaitText("#arn-now", otherARN)
		carol.Goto(globex + "/history")
		if strings.Contains(carol.Text("body"), "Needed by other tenants") {
			t.Error("an officer reads of other tenants")
		}
		carol.Clean(s.url)
	})
	t.Run("two at once", func(t *testing.T) {
		other := s.login(t, b, "olga")
		olga.Goto(acme)
		other.Goto(acme)
		other.Type("#cache-number", "4")
		other.Click("#save-cache-time")
		other.WaitText("#cache-now", "4 minutes")
		olga.WaitText("#notices", "Somebody has changed the settings")
		dismiss(olga)
		olga.Type("#cache-number", "3")
		olga.Click("#save-cache-time")
		olga.WaitText("#notices", "Somebody else has changed something")
		olga.WaitText("#cache-now", "4 minutes")
		shoot(olga, "stale")
	})
	t.Run("without JavaScript", func(t *testing.T) {
		p := s.login(t, b, "olga")
		p.Script(false)
		p.Goto(acme)
		p.Click("#open-lock")
		p.WaitText("h2", "Lock acme?")
		shoot(p, "lock-plain")
		p.Type("#name-lock", "wrong")
		p.Click("#do-lock")
		p.WaitText("#notices", "That is not the tenant's name")
		p.Click("#open-rotate")
		p.WaitText("h2", "Rotate the key of acme?")
		p.Click("#do-rotate")
		p.WaitText("#notices", "Nothing to rotate")
		shoot(p, "plain")
		p.Clean(s.url)
	})
	t.Run("viewer", func(t *testing.T) {
		p := s.login(t, b, "vera")
		p.Goto(acme)
		p.WaitText("#change-h", "Change")
		if n := browser.Eval[int](p, "document.querySelectorAll('main form').length"); n != 0 {
			t.Errorf("a viewer is offered %d forms", n)
		}
		p.Clean(s.url)
		p.Goto(acme + "/check")
		p.WaitText("h1", "You may not do this")
	})
	t.Run("columns", func(t *testing.T) {
		olga.Goto(s.url + "/columns")
		olga.Click("button[value=pause]")
		olga.WaitText("#notices .good", "Done")
		olga.WaitText("#columns", "paused")
		dismiss(olga)
		olga.Click("button[value=resume]")
		olga.WaitText("#columns", "running")
	})
	t.Run("events", func(t *testing.T) {
		olga.Goto(acme + "/events")
		olga.Set("#kind", "key fetched")
		olga.Click("#filter")
		olga.WaitFor("document.querySelectorAll('tbody tr').length === 1")
		olga.Type("#since", "nonsense")
		olga.Click("#filter")
		olga.WaitText("#wrong", "is no time")
	})
	t.Run("set-up", func(t *testing.T) {
		olga.Goto(s.url + "/setup")
		olga.Set("#tenant", "umbrella")
		olga.Set("#principal", "arn:aws:iam::444455556666:role/pgseal")
		olga.Click("#next")
		olga.WaitText("#sheet", "tenant umbrella")
		olga.Viewport(360, 740)
		if wide := browser.Eval[int](olga, "document.documentElement.scrollWidth"); wide > 360 {
			t.Errorf("the sheet is %d wide in a window of 360", wide)
		}
		olga.Viewport(1280, 900)
		s.ops.fail["add"] = &admin.Failure{Message: "the key is not there", Hints: []string{"Look at the ARN"}}
		olga.Set("#arn", arn)
		olga.Click("#add")
		olga.WaitText("#notices", "Look at the ARN")
		olga.WaitFor("document.getElementById('arn').value.startsWith('arn:')")
		delete(s.ops.fail, "add")
		dismiss(olga)
		olga.Click("#add")
		olga.WaitText("#verdict", "Something is missing")
	})
	t.Run("no store", func(t *testing.T) {
		s.ops.mu.Lock()
		s.ops.unread = "the store of database app could not be reached"
		s.ops.mu.Unlock()
		olga.Goto(s.url + "/")
		olga.WaitText("#tenants", "cannot be read")
		shoot(olga, "no-store")
		olga.Goto(acme)
		olga.WaitText("main", "could not be reached")
	})
	t.Run("log in", func(t *testing.T) {
		p := b.Open(t)
		p.Goto(acme)
		p.WaitText("h2", "Log in")
		shoot(p, "login")
		p.Press(strings.Split("olga", "")...)
		p.Press(browser.Tab)
		p.Press(strings.Split("wrong", "")...)
		p.Press(browser.Enter)
		p.WaitFor("document.querySelector('[role=alert]')")
		shoot(p, "login-refused")
		p.Clean(s.url)
	})
	olga.Clean(s.url)
}
