package access_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/legatics/pgseal/proxy/admin/access"
	"github.com/legatics/pgseal/testenv/idp"
)

// sso is a door with single sign-on, and its issuer.
func sso(t *testing.T, curve bool, change func(*access.OIDC)) (*door, *idp.Issuer) {
	t.Helper()
	var issuer *idp.Issuer
	d := open(t, false, func(d *door, c *access.Config) {
		var err error
		d.clock.now = time.Now() // the issuer's
		if issuer, err = idp.Start(idp.Options{ClientID: "pgseal", ClientSecret: "s3cret", RedirectURL: d.url + "/oidc/callback", EllipticCurve: curve}); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(issuer.Close)
		secret := filepath.Join(t.TempDir(), "secret")
		if err := os.WriteFile(secret, []byte("s3cret\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		c.OIDC = &access.OIDC{Name: "Example ID", Issuer: issuer.URL(), ClientID: "pgseal", ClientSecretFile: secret, RedirectURL: d.url + "/oidc/callback", Roles: []access.OIDCMapping{
			{Value: "dba", Role: access.Operator}, {Value: "acme-security", Role: access.Officer, Tenants: []string{"acme"}},
			{Value: "more-security", Role: access.Officer, Tenants: []string{"app/more"}}, {Value: "all", Role: access.Viewer},
		}}
		if change != nil {
			change(c.OIDC)
		}
	})
	issuer.SetClaims(person("frida@example.org", "acme-security"))
	return d, issuer
}

func person(email string, groups ...string) map[string]any {
	return map[string]any{"email": email, "email_verified": true, "groups": groups}
}

// signOn goes to the issuer and comes back; the status is that of the callback.
func (b *browser) signOn(next string) int {
	b.t.Helper()
	return b.back(b.leave(next))
}

// leave goes to the issuer, and gives where it sends the browser.
func (b *browser) leave(next string) string {
	b.t.Helper()
	if status := b.do("GET", "/oidc/login?next="+url.QueryEscape(next), nil); status != http.StatusSeeOther {
		b.t.Fatalf("to the issuer: %d %s", status, b.body)
	}
	if status := b.do("GET", b.location(), nil); status != http.StatusFound {
		b.t.Fatalf("at the issuer: %d %s", status, b.body)
	}
	return b.location()
}

func (b *browser) back(callback string) int {
	return b.do("GET", callback, nil, "Sec-Fetch-Site", "cross-site")
}

// TestSingleSignOn: roles and tenants are those of the configuration, with both kinds of keys; a changed key is fetched; discovery is not
// asked each time; whoever logs out is told where the issuer ends its session.
func TestSingleSignOn(t *testing.T) {
	for name, curve := range map[string]bool{"RSA": false, "elliptic curve": true} {
		t.Run(name, func(t *testing.T) {
			d, issuer := sso(t, curve, nil)
			b := d.browser()
			if b.do("GET", "/login?next=/tenants/acme", nil); !strings.Contains(b.body, `<a href="/oidc/login?next=%2ftenants%2facme">Example ID</a>`) {
				t.Errorf("log-in page: %s", b.body)
			}
			if status := b.signOn("/tenants/acme"); status != http.StatusSeeOther || b.location() != "/tenants/acme" {
				t.Fatalf("%d %s\n%s", status, b.body, d.logged())
			}
			if m := b.me(); m.Name != "frida@example.org" || m.Role != "officer" || m.Via != "oidc" || len(m.Tenants) != 1 || m.Tenants[0] != "acme" {
				t.Errorf("%+v", m)
			}
			if !d.guard.HasOfficer("app/acme") || d.guard.HasOfficer("app/more2") {
				t.Error("officers by single sign-on are not known beforehand")
			}
			if err := issuer.ChangeKey(); err != nil {
				t.Fatal(err)
			}
			issuer.SetClaims(person("olga@example.org", "dba", "all", "acme-security", "unknown"))
			other := d.browser()
			status := other.signOn("/")
			for end := time.Now().Add(time.Minute); status != http.StatusSeeOther && time.Now().Before(end); { // the library may still be about to end the fetch of the key before
				status = other.signOn("/")
			}
			if status != http.StatusSeeOther || other.me().Role != "operator" {
				t.Errorf("after a change of the key: %d %+v\n%s", status, other.me(), d.logged())
			}
			issuer.SetClaims(person("both@example.org", "more-security", "acme-security"))
			two := d.browser()
			if two.signOn("/"); strings.Join(two.me().Tenants, " ") != "acme app/more" {
				t.Errorf("of two groups: %+v", two.me())
			}
			if n := issuer.Discovered(); n != 1 {
				t.Errorf("discovery was asked %d times", n)
			}
			if b.do("POST", "/logout", url.Values{"csrf": {b.me().Token}}); !strings.Contains(b.body, issuer.URL()+"/end?client_id=pgseal") || b.me().Name != "" {
				t.Errorf("log-out: %s", b.body)
			}
		})
	}
}

// TestSingleSignOnRefused: whatever the issuer, or somebody in its place, does wrong, nobody is logged in.
func TestSingleSignOnRefused(t *testing.T) {
	d, issuer := sso(t, false, nil)
	for _, fault := range []idp.Fault{idp.WrongNonce, idp.NoNonce, idp.WrongAudience, idp.WrongIssuer, idp.Expired, idp.AlgNone, idp.AlgHMAC, idp.ForeignKey, idp.Altered, idp.NoToken, idp.Failing, idp.Denying} {
		issuer.Misbehave(fault)
		b := d.browser()
		if status := b.signOn("/"); status != http.StatusForbidden || b.cookie() != "" || b.me().Name != "" {
			t.Errorf("%s: %d, %+v", fault, status, b.me())
		}
		lines := strings.Split(strings.TrimSpace(d.logged()), "\n")
		t.Logf("%s: %s", fault, lines[len(lines)-1])
		d.clock.move(time.Minute) // not to be held back
	}
	issuer.Misbehave(idp.None)
	for what, claims := range map[string]map[string]any{
		"no group":      person("x@example.org"),
		"unknown group": person("x@example.org", "DBA"),
		"not verified":  {"email": "x@example.org", "email_verified": false, "groups": []string{"dba"}},
		"no address":    {"groups": []string{"dba"}},
		"odd name":      {"email": "x\r\ny@example.org", "email_verified": true, "groups": []string{"dba"}},
		"odd groups":    {"email": "x@example.org", "email_verified": true, "groups": map[string]any{"dba": true}},
	} {
		issuer.SetClaims(claims)
		b := d.browser()
		status := b.signOn("/")
		told := strings.Contains(b.body, "no role is configured") || strings.Contains(b.body, "does not say who it is")
		if status != http.StatusForbidden || !told || b.me().Name != "" {
			t.Errorf("%s: %d %v %+v", what, status, told, b.me())
		}
		d.clock.move(time.Minute)
	}
	if log := d.logged(); strings.Contains(log, "s3cret") || strings.Contains(log, "code-") {
		t.Errorf("secrets in the log: %s", log)
	}
}

// TestSingleSignOnCallback: a callback counts in the browser that was sent to the issuer, once, for ten minutes.
func TestSingleSignOnCallback(t *testing.T) {
	d, issuer := sso(t, false, nil)
	attacker, victim := d.browser(), d.browser()
	callback := attacker.leave("/")
	if status := victim.back(callback); status != http.StatusForbidden || victim.me().Name != "" {
		t.Errorf("another's callback: %d", status)
	}
	victim.leave("/")
	if status := victim.back(callback); status != http.StatusForbidden || victim.me().Name != "" {
		t.Errorf("another's callback, while one is under way: %d", status)
	}
	if status := attacker.back(callback); status != http.StatusSeeOther {
		t.Errorf("his own: %d", status)
	}
	attacker.do("POST", "/logout", url.Values{"csrf": {attacker.me().Token}})
	if status := attacker.back(callback); status != http.StatusForbidden || attacker.me().Name != "" {
		t.Errorf("a second time: %d", status)
	}
	for _, next := range []string{"//evil.example", "https://evil.example"} {
		b := d.browser()
		if b.signOn(next); b.location() != "/" {
			t.Errorf("next %q leads to %q", next, b.location())
		}
	}
	late := d.browser()
	callback = late.leave("/")
	d.clock.move(11 * time.Minute)
	if status := late.back(callback); status != http.StatusForbidden {
		t.Errorf("after eleven minutes: %d", status)
	}
	issuer.Misbehave(idp.Down)
	d.clock.move(2 * time.Hour)
	if status := d.browser().do("GET", "/oidc/login", nil); status != http.StatusBadGateway {
		t.Errorf("no issuer: %d", status)
	}
	d.browser().login("olga") // with a password all the same
}

// TestSingleSignOnSilentIssuer: while the issuer does not answer it is asked once, whoever wants to log in by it is told so soon, and nobody else waits: neither who logs
// in with a password nor who logs out. After a failure it is not asked again at once.
func TestSingleSignOnSilentIssuer(t *testing.T) {
	d, issuer := sso(t, false, nil)
	before := d.browser()
	if before.signOn("/"); before.me().Name == "" {
		t.Fatal("not logged in")
	}
	issuer.Misbehave(idp.Silent)
	for range 3 { // until discovery is too old, while the session is used
		d.clock.move(25 * time.Minute)
		if before.me().Name == "" {
			t.Fatal("the session has ended")
		}
	}
	var all sync.WaitGroup
	start := time.Now()
	for range 20 {
		all.Go(func() {
			b := d.browser()
			if status := b.do("GET", "/oidc/login?next=/tenants", nil); status != http.StatusServiceUnavailable || !strings.Contains(b.body, "has not answered yet") || b.last.Header.Get("Retry-After") == "" {
				t.Errorf("while the issuer is silent: %d %s", status, b.body)
			}
		})
	}
	d.browser().login("olga")
	if status := before.do("POST", "/logout", url.Values{"csrf": {before.me().Token}}); status != http.StatusOK {
		t.Errorf("log-out: %d", status)
	}
	all.Wait()
	if took := time.Since(start); took > 8*time.Second {
		t.Errorf("it took %s to say so", took)
	}
	if n := issuer.Discovered(); n != 2 {
		t.Errorf("the issuer was asked %d times", n)
	}
	issuer.Misbehave(idp.Down) // and so ends what was under way
	status := 0
	for end := time.Now().Add(time.Minute); status != http.StatusBadGateway && time.Now().Before(end); {
		status = d.browser().do("GET", "/oidc/login", nil)
	}
	for range 5 {
		d.browser().do("GET", "/oidc/login", nil)
	}
	if n := issuer.Discovered(); status != http.StatusBadGateway || n != 2 {
		t.Errorf("after a failure: %d, and asked %d times", status, n)
	}
	for range 3 {
		d.clock.move(time.Second)
		if status := d.browser().do("GET", "/oidc/login", nil); status != http.StatusBadGateway {
			t.Errorf("a second later: %d", status)
		}
	}
	if n := issuer.Discovered(); n != 4 {
		t.Errorf("in three more seconds it was asked up to %d times, not twice", n)
	}
	issuer.Misbehave(idp.None)
	d.clock.move(time.Minute)
	if status := d.browser().signOn("/"); status != http.StatusSeeOther {
		t.Errorf("it answers again: %d", status)
	}
	d.clock.move(31 * time.Minute)
	issuer.Misbehave(idp.Down)
	if status := d.browser().do("GET", "/oidc/login", nil); status != http.StatusSeeOther {
		t.Errorf("what is known for half an hour is not used: %d", status)
	}
}

// TestSingleSignOnNameInAnotherCase: an account that the users file keeps out is kept out however the issuer, or the file, writes the name.
func TestSingleSignOnNameInAnotherCase(t *testing.T) {
	d, issuer := sso(t, false, nil)
	text, err := os.ReadFile(d.users)
	if err != nil {
		t.Fatal(err)
	}
	before := d.browser()
	if before.signOn("/"); before.me().Name == "" {
		t.Fatal("not logged in")
	}
	for file, issued := range map[string]string{"frida@example.org": "Frida@Example.org", "FRIDA@example.org": "frida@example.org"} {
		writeUsers(t, d.users, string(text)+"  "+file+": {role: viewer, disabled: true}\n")
		d.clock.move(time.Second)
		issuer.SetClaims(person(issued, "acme-security"))
		b := d.browser()
		if status := b.signOn("/"); status != http.StatusForbidden || b.me().Name != "" {
			t.Errorf("%s is disabled, and %s comes: %d %+v", file, issued, status, b.me())
		}
		if m := before.me(); m.Name != "" {
			t.Errorf("%s is disabled, and the session of %s lives", file, m.Name)
		}
	}
	writeUsers(t, d.users, string(text))
	d.clock.move(time.Second)
	if status := d.browser().signOn("/"); status != http.StatusSeeOther {
		t.Errorf("enabled again: %d", status)
	}
}

// TestSingleSignOnEnds: an account that is disabled in the users file, a raised epoch.
func TestSingleSignOnEnds(t *testing.T) {
	d, _ := sso(t, false, nil)
	text, err := os.ReadFile(d.users)
	if err != nil {
		t.Fatal(err)
	}
	b := d.browser()
	if b.signOn("/"); b.me().Name == "" {
		t.Fatal("not logged in")
	}
	writeUsers(t, d.users, string(text)+"  frida@example.org: {role: viewer, disabled: true}\n")
	d.clock.move(time.Second)
	if status := d.browser().signOn("/"); b.me().Name != "" || status != http.StatusForbidden {
		t.Errorf("disabled: %+v %d", b.me(), status)
	}
	writeUsers(t, d.users, string(text))
	d.clock.move(time.Second)
	if b.me().Name == "" {
		t.Error("not enabled again")
	}
	writeUsers(t, d.users, "epoch: 2\n"+string(text))
	d.clock.move(time.Second)
	if b.me().Name != "" {
		t.Error("alive in a later epoch")
	}
}

// TestSingleSignOnConfiguration: what cannot work is refused at once.
func TestSingleSignOnConfiguration(t *testing.T) {
	good := access.OIDC{Issuer: "https://id.example", ClientID: "c", RedirectURL: "https://x.example/oidc/callback", Roles: []access.OIDCMapping{{Value: "v", Role: access.Viewer}}}
	for what, change := range map[string]func(*access.OIDC){
		"plain issuer": func(o *access.OIDC) { o.Issuer = "http://id.example" }, "no issuer": func(o *access.OIDC) { o.Issuer = "" },
		"redirect": func(o *access.OIDC) { o.RedirectURL = "https://x.example/" }, "no client": func(o *access.OIDC) { o.ClientID = "" },
		"no roles": func(o *access.OIDC) { o.Roles = nil }, "role": func(o *access.OIDC) { o.Roles = []access.OIDCMapping{{Value: "v", Role: "root"}} },
		"officer of nothing": func(o *access.OIDC) { o.Roles = []access.OIDCMapping{{Value: "v", Role: access.Officer}} },
		"no secret file":     func(o *access.OIDC) { o.ClientSecretFile = "/nowhere" }, "no certificates": func(o *access.OIDC) { o.CAFile = "/nowhere" },
	} {
		o := good
		change(&o)
		if g, err := access.New(access.Config{Key: sameKey(t), OIDC: &o}); err == nil {
			g.Close()
			t.Errorf("%s: taken", what)
		}
	}
	g, err := access.New(access.Config{Key: sameKey(t), OIDC: &good})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	if !g.Configured() {
		t.Error("not configured")
	}
}
