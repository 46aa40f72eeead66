package access_test

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/proxy/admin/access"
)

// told has the door keep what it tells the other proxies of log-outs.
func told(actors *[]string) func(*door, *access.Config) {
	return func(_ *door, c *access.Config) {
		c.Ended = func(_ context.Context, actor, _ string) error {
			*actors = append(*actors, actor)
			return nil
		}
	}
}

// thief has a copy of a browser's cookie, and keeps it seen.
func (b *browser) thief() *browser {
	t := b.door.browser()
	at, _ := url.Parse(b.door.url)
	t.jar.SetCookies(at, b.jar.Cookies(at))
	return t
}

// TestIdleLogout: whoever logs out on a page that stood unused for too long ends the session, a copy of the cookie that was used in the meantime included; without
// the page's token nothing is ended, and nothing twice.
func TestIdleLogout(t *testing.T) {
	var actors []string
	d := open(t, false, told(&actors))
	b := d.browser().login("olga")
	token, thief := b.me().Token, b.thief()
	for range 3 {
		d.clock.move(15 * time.Minute)
		if thief.me().Name != "olga" {
			t.Fatal("the copy is not taken")
		}
	}
	other := b.thief()
	if b.me().Name != "" {
		t.Fatal("not idle")
	}
	if status := b.thief().do("POST", "/logout", url.Values{"csrf": {"x"}}); status != http.StatusSeeOther || thief.me().Name != "olga" {
		t.Errorf("without the token: %d", status)
	}
	if status := b.do("POST", "/logout", url.Values{"csrf": {token}}); status != http.StatusOK || !strings.Contains(b.body, "you are logged out<") || b.cookie() != "" {
		t.Errorf("%d %s", status, b.body)
	}
	if thief.me().Name != "" {
		t.Error("the copy lives")
	}
	if status := other.do("POST", "/logout", url.Values{"csrf": {token}}); status != http.StatusSeeOther || len(actors) != 1 || !strings.HasPrefix(actors[0], "olga (operator, password) from") {
		t.Errorf("once more: %d, told %q", status, actors)
	}
	if !strings.Contains(d.logged(), `msg="admin: log-out" user=olga`) {
		t.Error("the log does not have it")
	}
}

// TestLogoutOfTwoCookies: with two cookies of the name nobody is logged in; a log-out ends the one that its page was of.
func TestLogoutOfTwoCookies(t *testing.T) {
	d := open(t, false, nil)
	b, planted := d.browser().login("olga"), d.browser().login("vera")
	token, thief := b.me().Token, b.thief()
	both := []string{"Cookie", "pgseal=" + b.cookie() + "; pgseal=" + planted.cookie()}
	if status := d.browser().do("POST", "/logout", url.Values{"csrf": {token}}, both...); status != http.StatusOK || thief.me().Name != "" {
		t.Errorf("%d, %q lives", status, thief.me().Name)
	}
	if planted.me().Name != "vera" {
		t.Error("another session has ended, too")
	}
}

// TestLoginEndsTheFormerSession: whoever logs in again in the same browser, by password or single sign-on, leaves no session behind.
func TestLoginEndsTheFormerSession(t *testing.T) {
	var actors []string
	d := open(t, false, told(&actors))
	b := d.browser().login("olga")
	first := b.thief()
	d.clock.move(20 * time.Minute)
	if first.me().Name != "olga" {
		t.Fatal("the copy is not taken")
	}
	d.clock.move(10 * time.Minute) // b's cookie was not used for half an hour
	b.login("carol")
	if first.me().Name != "" || b.me().Name != "carol" || len(actors) != 1 || !strings.HasPrefix(actors[0], "olga (operator, password)") {
		t.Errorf("the former session is %q's, this one %q's; told: %q", first.me().Name, b.me().Name, actors)
	}
	second, fresh := b.thief(), d.browser() // of a page that was got before
	form := url.Values{"name": {"olga"}, "password": {password}, "csrf": {fresh.form()}}
	at, _ := url.Parse(d.url)
	fresh.jar.SetCookies(at, []*http.Cookie{{Name: "pgseal", Value: b.cookie()}})
	if status := fresh.do("POST", "/login", form); status != http.StatusSeeOther || second.me().Name != "" || fresh.me().Name != "olga" {
		t.Errorf("%d: the former session is %q's, this one %q's", status, second.me().Name, fresh.me().Name)
	}
	s, _ := sso(t, false, nil)
	b = s.browser().login("olga")
	first = b.thief()
	if b.signOn("/"); first.me().Name != "" || b.me().Name != "frida@example.org" {
		t.Errorf("by single sign-on: %q", first.me().Name)
	}
}

// TestLoginsAreBounded: log-ins that succeed make sessions that log-outs have every proxy remember; one name makes few of them.
func TestLoginsAreBounded(t *testing.T) {
	d := open(t, false, nil)
	var b *browser
	in := func(name string) bool {
		b = d.browser()
		defer b.client.CloseIdleConnections()
		return b.try(name, password) == http.StatusSeeOther
	}
	for i := range 60 {
		if !in("vera") {
			t.Fatalf("log-in %d: %s", i, b.body)
		}
	}
	n := 0
	for range 120 { // ten minutes
		if d.clock.move(5 * time.Second); in([]string{"vera", "Vera"}[n%2]) {
			n++
		}
	}
	if n > 20 || n == 0 {
		t.Errorf("%d more within ten minutes", n)
	}
	if in("vera"); b.last.StatusCode != http.StatusTooManyRequests || b.last.Header.Get("Retry-After") == "" {
		t.Errorf("%s", b.last.Status)
	}
	if !in("olga") {
		t.Errorf("another user: %s", b.body)
	}
	if d.clock.move(time.Hour); !in("vera") {
		t.Errorf("an hour later: %s", b.body)
	}
}

// TestSingleSignOnLogout: an epoch of the entry, which pgseal admin user logout raises, ends sessions of single sign-on of that name: with an entry from before and
// one that is made for it.
func TestSingleSignOnLogout(t *testing.T) {
	d, _ := sso(t, false, nil)
	text, err := os.ReadFile(d.users)
	if err != nil {
		t.Fatal(err)
	}
	entry := func(line string) {
		writeUsers(t, d.users, string(text)+line)
		d.clock.move(time.Second)
	}
	b := d.browser()
	for _, line := range []string{"  Frida@example.org: {role: viewer, epoch: 1}\n", "  Frida@example.org: {role: viewer, epoch: 2}\n"} {
		if b.signOn("/"); b.me().Role != "officer" {
			t.Fatalf("not logged in: %+v", b.me())
		}
		copied := b.thief()
		if entry(line); copied.me().Name != "" {
			t.Errorf("alive after%s", line)
		}
	}
	if b.signOn("/"); b.me().Role != "officer" {
		t.Errorf("the entry keeps him out: %s", b.body)
	}
}
