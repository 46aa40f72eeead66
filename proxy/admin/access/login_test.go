package access_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/proxy/admin/access"
)

// TestLogin: a stranger is sent to the log-in page, comes back to where he wanted to go, acts with the form's token alone, and is nobody after a
// log-out, with a copy of his cookie too.
func TestLogin(t *testing.T) {
	for name, secure := range map[string]bool{"plain": false, "tls": true} {
		t.Run(name, func(t *testing.T) {
			d := open(t, secure, nil)
			b := d.browser()
			if status := b.do("GET", "/tenants/acme?x=1", nil); status != http.StatusSeeOther || b.location() != "/login?next=%2Ftenants%2Facme%3Fx%3D1" {
				t.Errorf("a stranger: %d to %q", status, b.location())
			}
			if status := b.do("GET", "/api/tenants", nil); status != http.StatusUnauthorized || !strings.Contains(b.body, `"unauthenticated"`) {
				t.Errorf("a program without credentials: %d %s", status, b.body)
			}
			if status := b.do("GET", "/assets/page.css", nil); status != 200 || b.body != "public" {
				t.Errorf("what the log-in page is made of: %d %s", status, b.body)
			}
			b.login("olga")
			for _, c := range b.last.Cookies() {
				if !c.HttpOnly || c.Secure != secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || strings.HasPrefix(c.Name, "__Host-") != secure {
					t.Errorf("cookie %s", c)
				}
			}
			m := b.me()
			if m.Name != "olga" || m.Role != "operator" || m.Via != "password" || m.Token == "" {
				t.Fatalf("logged in as %+v", m)
			}
			for what, test := range map[string]struct {
				form    url.Values
				headers []string
				status  int
			}{
				"no token":        {url.Values{"a": {"b"}}, nil, 403},
				"wrong token":     {url.Values{"csrf": {strings.Repeat("A", 43)}}, nil, 403},
				"in the form":     {url.Values{"csrf": {m.Token}}, nil, 200},
				"in the header":   {url.Values{}, []string{access.HeaderCSRF, m.Token}, 200},
				"in the address":  {nil, nil, 403},
				"another's token": {url.Values{"csrf": {d.browser().login("vera").me().Token}}, nil, 403},
			} {
				if status := b.do("POST", "/tenants?csrf="+url.QueryEscape(m.Token), test.form, test.headers...); status != test.status {
					t.Errorf("%s: %d, want %d", what, status, test.status)
				}
			}
			copied := b.cookie()
			if status := b.do("POST", "/logout", url.Values{"csrf": {"x"}}); status != 403 || b.me().Name == "" {
				t.Errorf("log-out without the token: %d", status)
			}
			if status := b.do("POST", "/logout", url.Values{"csrf": {m.Token}}); status != 200 || b.me().Name != "" || b.cookie() != "" {
				t.Errorf("log-out: %d, still %+v", status, b.me())
			}
			thief := d.browser()
			cookieName := map[bool]string{true: "__Host-pgseal", false: "pgseal"}[secure]
			if status := thief.do("GET", "/api/me", nil, "Cookie", cookieName+"="+copied); status != http.StatusUnauthorized {
				t.Errorf("a copy of the cookie after the log-out: %d", status)
			}
		})
	}
}

// TestLoginRefused: whatever is wrong, the answer is the same, and neither log nor events show what was typed where no such user is.
func TestLoginRefused(t *testing.T) {
	d := open(t, false, nil)
	var bodies []string
	for _, try := range []struct{ name, word string }{{"olga", "wrong password"}, {"hunter2-typed-here", password}, {"gone", password}, {"", ""}, {"olga", strings.Repeat(password, 100)}} {
		b := d.browser()
		if status := b.try(try.name, try.word); status != http.StatusUnauthorized || b.me().Name != "" || b.cookie() != "" {
			t.Errorf("%q: %d", try.name, status)
		}
		b.try(try.name, try.word)
		bodies = append(bodies, strings.ReplaceAll(hidden.ReplaceAllString(b.body, ""), `value="`+try.name+`"`, ""))
	}
	for _, body := range bodies[1:] {
		if body != bodies[0] {
			t.Errorf("answers differ:\n%s\n%s", bodies[0], body)
		}
	}
	if log := d.logged(); strings.Contains(log, "hunter2") || strings.Contains(log, "horse") || !strings.Contains(log, "user=olga") {
		t.Errorf("log: %s", log)
	}
	d.browser().try("carol", "wrong password")
	if kept := d.kept(); kept != "log-in refused by carol (officer, password) from 127.0.0.1 tenant=acme action=" {
		t.Errorf("events: %s", kept)
	}
	d.browser().login("dave")
	if kept := d.kept(); kept != "log-in by dave (officer, password) from 127.0.0.1 tenant=acme action=\nlog-in by dave (officer, password) from 127.0.0.1 tenant=app/other action=" {
		t.Errorf("events: %s", kept)
	}
}

// TestSessionEnds: what is to end a session does, at once.
func TestSessionEnds(t *testing.T) {
	other := access.CheapHash("another password")
	edit := func(from, to string) func(*door) {
		return func(d *door) {
			text, err := os.ReadFile(d.users)
			if err != nil || !strings.Contains(string(text), from) {
				t.Fatal(err, from)
			}
			writeUsers(t, d.users, strings.Replace(string(text), from, to, 1))
			d.clock.move(time.Second) // looked at again
		}
	}
	hash := access.CheapHash(password)
	for what, test := range map[string]struct {
		change func(*door)
		ends   bool
	}{
		"nothing":           {func(*door) {}, false},
		"a short rest":      {func(d *door) { d.clock.move(29 * time.Minute) }, false},
		"a rest":            {func(d *door) { d.clock.move(30 * time.Minute) }, true},
		"another password":  {edit(`carol: {role: officer, tenants: [acme], password: "`+hash, `carol: {role: officer, tenants: [acme], password: "`+other), true},
		"another's":         {edit(`olga: {role: operator, password: "`+hash, `olga: {role: operator, password: "`+other), false},
		"another tenant":    {edit(`carol: {role: officer, tenants: [acme]`, `carol: {role: officer, tenants: [acme, more]`), true},
		"disabled":          {edit(`carol: {role: officer,`, `carol: {disabled: true, role: officer,`), true},
		"removed":           {edit(`carol:`, `caroline:`), true},
		"his epoch":         {edit(`carol: {role`, `carol: {epoch: 2, role`), true},
		"everybody's epoch": {edit("version: 1", "version: 1\nepoch: 7"), true},
		"a token added":     {edit(`carol: {role`, `carol: {tokens: [{name: ci, sha256: "`+strings.Repeat("ab", 32)+`"}], role`), false},
		"a broken file":     {edit("version: 1", "version: 2"), false},
		"no file":           {func(d *door) { _ = os.Remove(d.users); d.clock.move(time.Second) }, false},
		"a file for all":    {func(d *door) { _ = os.Chmod(d.users, 0o644); d.clock.move(time.Second) }, false},
		"the clock back":    {func(d *door) { d.clock.move(-time.Hour) }, true},
	} {
		t.Run(what, func(t *testing.T) {
			d := open(t, false, nil)
			b := d.browser().login("carol")
			d.clock.move(time.Second)
			if b.me().Name != "carol" {
				t.Fatal("not logged in")
			}
			test.change(d)
			if ended := b.me().Name == ""; ended != test.ends {
				t.Errorf("ended: %v\n%s", ended, d.logged())
			}
		})
	}
}

// TestSessionLives: use keeps a session alive until its absolute end; a script that polls does not. Another proxy with the same control key
// takes the session, one with another key does not.
func TestSessionLives(t *testing.T) {
	d := open(t, false, nil)
	used, polled := d.browser().login("vera"), d.browser().login("vera")
	for at := time.Duration(0); at < 11*time.Hour+40*time.Minute; at += 20 * time.Minute {
		d.clock.move(20 * time.Minute)
		if used.me().Name == "" {
			t.Fatalf("ended after %s", at)
		}
		if polled.do("GET", "/api/me", nil, access.HeaderBackground, "1") == 200 && at > 30*time.Minute {
			t.Fatalf("alive after %s by polling alone", at)
		}
	}
	d.clock.move(21 * time.Minute)
	if used.me().Name != "" {
		t.Error("alive after its absolute end")
	}
	b := d.browser().login("vera")
	second := open(t, false, func(_ *door, c *access.Config) { c.UsersFile, c.Now = d.users, d.clock.Now })
	if status := second.browser().do("GET", "/api/me", nil, "Cookie", "pgseal="+b.cookie()); status != 200 {
		t.Errorf("another proxy of the deployment: %d", status)
	}
	stranger := open(t, false, func(_ *door, c *access.Config) { c.UsersFile, c.Now, c.Key = d.users, d.clock.Now, anotherKey(t) })
	if status := stranger.browser().do("GET", "/api/me", nil, "Cookie", "pgseal="+b.cookie()); status != 401 {
		t.Errorf("a proxy with another control key: %d", status)
	}
}

// TestCredentials: what programs send with each request.
func TestCredentials(t *testing.T) {
	d := open(t, false, nil)
	token, sum := access.NewToken()
	old, oldSum := access.NewToken()
	text := fmt.Sprintf("version: 1\nusers:\n  robot: {role: operator, tokens: [{name: ci, sha256: \"%s\"}, {name: old, sha256: \"%s\", expires: 2026-02-01T00:00:00Z}]}\n"+
		"  olga: {role: operator, password: \"%s\"}\n", sum, oldSum, access.CheapHash(password))
	writeUsers(t, d.users, text)
	d.clock.move(time.Second)
	b := d.browser()
	post := func(authorization string, headers ...string) int {
		return b.do("POST", "/api/rotate", nil, append(headers, "Authorization", authorization)...)
	}
	basic := func(name, word string) string {
		r := http.Request{Header: http.Header{}}
		r.SetBasicAuth(name, word)
		return r.Header.Get("Authorization")
	}
	for _, test := range []struct {
		what, authorization string
		status              int
	}{
		{"token", "Bearer " + token, 200}, {"expired", "Bearer " + old, 401}, {"unknown", "Bearer pgseal_x", 401}, {"empty", "Bearer ", 401},
		{"digest", "Bearer " + sum, 401}, {"password", basic("olga", password), 200}, {"wrong password", basic("olga", "wrong"), 401},
		{"no password", basic("robot", ""), 401}, {"another scheme", "Negotiate abc", 401},
	} {
		if status := post(test.authorization); status != test.status || b.cookie() != "" {
			t.Errorf("%s: %d, want %d", test.what, status, test.status)
		}
	}
	if status := post("Bearer "+token, "Origin", "https://evil.example"); status != 403 {
		t.Errorf("a token from another page: %d", status)
	}
	b.login("olga")
	if status := post("Bearer no"); status != 401 {
		t.Errorf("a wrong token beside a session: %d", status)
	}
	if strings.Contains(d.logged(), token) {
		t.Error("the token is in the log")
	}
	writeUsers(t, d.users, strings.Replace(text, "robot: {", "robot: {disabled: true, ", 1))
	d.clock.move(time.Second)
	if status := post("Bearer " + token); status != 401 {
		t.Errorf("a token of a disabled user: %d", status)
	}
}

// TestNameInAnotherCase: it is the same user, whatever the case in which he, or whoever guesses, types the name.
func TestNameInAnotherCase(t *testing.T) {
	d := open(t, false, nil)
	b := d.browser()
	if status := b.try("OLGA", password); status != http.StatusSeeOther || b.me().Name != "olga" {
		t.Errorf("OLGA: %d %+v", status, b.me())
	}
	if status := d.browser().try("GONE", password); status != http.StatusUnauthorized {
		t.Errorf("disabled, in capitals: %d", status)
	}
	for i, name := range []string{"carol", "Carol", "CAROL", "cArol"} {
		if status := d.browser().try(name, "a wrong password"); status != http.StatusUnauthorized {
			t.Errorf("guess %d: %d", i+1, status)
		}
	}
	d.browser().try("caroL", "a wrong password")
	if status := d.browser().try("carOl", "a wrong password"); status != http.StatusTooManyRequests {
		t.Errorf("guesses under one name in six ways are not counted together: %d", status)
	}
}

// TestLogoutElsewhere: a log-out is told to the other proxies by a name that says nothing of the cookie, and ends the session there until it would have ended anyway; where
// it cannot be told the page says so.
func TestLogoutElsewhere(t *testing.T) {
	var named string
	var failing error
	one := open(t, false, func(_ *door, c *access.Config) {
		c.Ended = func(_ context.Context, actor, session string) error {
			if !strings.HasPrefix(actor, "olga (operator, password) from") {
				t.Errorf("by %q", actor)
			}
			named = session
			return failing
		}
	})
	two := open(t, false, nil)
	b, other := one.browser().login("olga"), two.browser()
	copied := b.cookie()
	elsewhere := func() bool {
		return other.do("GET", "/api/me", nil, "Cookie", "pgseal="+copied) == http.StatusOK
	}
	if !elsewhere() {
		t.Fatal("another proxy does not take the session")
	}
	if b.do("POST", "/logout", url.Values{"csrf": {b.me().Token}}); !strings.Contains(b.body, "you are logged out<") || named == "" || strings.Contains(copied, named) {
		t.Errorf("%q: %s", named, b.body)
	}
	two.guard.End(named, two.clock.Now().Add(-13*time.Hour)) // long over
	if !elsewhere() {
		t.Error("ended by something that is over")
	}
	two.guard.End(named, two.clock.Now())
	if elsewhere() {
		t.Error("the session lives at the other proxy")
	}
	failing = errors.New("no store")
	b.login("olga")
	if b.do("POST", "/logout", url.Values{"csrf": {b.me().Token}}); !strings.Contains(b.body, "other proxies could not be told") || b.me().Name != "" {
		t.Errorf("%s", b.body)
	}
}
