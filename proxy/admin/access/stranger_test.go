package access_test

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/proxy/admin/access"
)

// TestStrangerAndCuriousOfficer: what they should not, and what comes of it.
func TestStrangerAndCuriousOfficer(t *testing.T) {
	t.Run("session fixation", func(t *testing.T) {
		d := open(t, false, nil)
		b := d.browser()
		form := url.Values{"name": {"olga"}, "password": {password}, "csrf": {b.form()}}
		at, _ := url.Parse(d.url)
		b.jar.SetCookies(at, []*http.Cookie{{Name: "pgseal", Value: d.browser().login("vera").cookie(), Path: "/"}})
		prepared := b.cookie()
		if status := b.do("POST", "/login", form); status != http.StatusSeeOther {
			t.Fatalf("log-in: %d %s", status, b.body)
		}
		if b.cookie() == prepared || b.me().Name != "olga" {
			t.Error("the log-in kept the session that somebody else has prepared")
		}
		// Two cookies of the name: one is somebody else's.
		if status := b.do("GET", "/api/me", nil, "Cookie", "pgseal="+prepared); status != http.StatusUnauthorized {
			t.Errorf("two cookies of the name: %d", status)
		}
	})
	t.Run("log-in with another's form", func(t *testing.T) { // the victim would work in the attacker's account
		d := open(t, false, nil)
		stolen := d.browser().form()
		victim := d.browser()
		victim.form()
		if status := victim.do("POST", "/login", url.Values{"name": {"vera"}, "password": {password}, "csrf": {stolen}}); status != http.StatusForbidden || victim.cookie() != "" {
			t.Errorf("%d", status)
		}
	})
	t.Run("another page", func(t *testing.T) {
		d := open(t, false, nil)
		b := d.browser().login("olga")
		token := b.me().Token
		for _, headers := range [][]string{
			{"Origin", "https://evil.example"}, {"Origin", "null"}, {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"},
			{"Origin", d.url + ".evil.example"}, {"Origin", "http://127.0.0.1:1"},
		} {
			for _, path := range []string{"/api/rotate", "/logout", "/login"} {
				if status := b.do("POST", path, url.Values{"csrf": {token}}, headers...); status != http.StatusForbidden {
					t.Errorf("%v %s: %d", headers, path, status)
				}
			}
		}
		if status := b.do("POST", "/api/rotate", url.Values{"csrf": {token}}, "Origin", d.url, "Sec-Fetch-Site", "same-origin"); status != 200 {
			t.Errorf("the page itself: %d", status)
		}
		for _, method := range []string{"PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "GETX"} {
			if status := b.do(method, "/api/rotate", nil); status != http.StatusForbidden {
				t.Errorf("%s without the token: %d", method, status)
			}
		}
	})
	t.Run("open redirect", func(t *testing.T) {
		d := open(t, false, nil)
		for _, next := range []string{
			"https://evil.example", "//evil.example", "/\\evil.example", "\\/evil.example", "/\t/evil.example", "/a/..//evil.example", "/%2f/evil.example", "javascript:alert(1)",
			"/\r\nLocation: https://evil.example", "http:evil.example", "/login", "/logout", "/oidc/login", "/x\x00", "", "evil", "/%5cevil.example", "/" + strings.Repeat("a", 2000),
		} {
			b := d.browser()
			b.do("POST", "/login", url.Values{"name": {"vera"}, "password": {password}, "csrf": {b.form()}, "next": {next}})
			if b.last.StatusCode != http.StatusSeeOther || b.location() != "/" {
				t.Errorf("next %q leads to %q (%d)", next, b.location(), b.last.StatusCode)
			}
			if b.do("GET", "/login?next="+url.QueryEscape(next), nil); strings.Contains(b.body, "evil") {
				t.Errorf("next %q stands on the page", next)
			}
		}
	})
	t.Run("paths", func(t *testing.T) {
		d := open(t, false, nil)
		b := d.browser()
		for _, path := range []string{"/assets/../api/me", "/assets/%2e%2e/api/me", "/assets/..%2fapi/me", "//assets/x", "/assets/./x", "/assets/..%5capi", "/assets/%00", "/x//y", "/assets//../api/me"} {
			if status := b.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n"); status != http.StatusBadRequest && status != http.StatusUnauthorized {
				t.Errorf("%s: %d %s", path, status, b.body)
			}
		}
		for _, path := range []string{"/assets", "/Assets/x", "/login/", "/LOGIN", "/oidc/callback", "/oidc/login", "/logout", "/login/../api/me"} {
			if status := b.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n"); status == 200 {
				t.Errorf("%s: %d %s", path, status, b.body)
			}
		}
		if status := b.raw("POST /assets/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"); status != http.StatusUnauthorized {
			t.Errorf("POST of what can be read without a log-in: %d", status)
		}
	})
	t.Run("headers", func(t *testing.T) {
		d := open(t, true, nil)
		b := d.browser()
		for _, path := range []string{"/", "/login", "/api/me", "/assets/x", "/x//y"} {
			b.do("GET", path, nil)
			h := b.last.Header
			csp := h.Get("Content-Security-Policy")
			if !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "unsafe") || h.Get("X-Content-Type-Options") != "nosniff" ||
				h.Get("Referrer-Policy") != "no-referrer" || h.Get("Cache-Control") != "no-store" || h.Get("Cross-Origin-Opener-Policy") != "same-origin" ||
				h.Get("Permissions-Policy") == "" || !strings.HasPrefix(h.Get("Strict-Transport-Security"), "max-age=") {
				t.Errorf("%s: %v", path, h)
			}
		}
		if status := b.do("GET", "/a?b=%0d%0aSet-Cookie:%20x=y", nil); b.last.Header.Get("X") != "" || status != http.StatusSeeOther || strings.ContainsAny(b.location(), "\r\n") {
			t.Errorf("header injection: %d %q", status, b.location())
		}
		if b.do("GET", "/a?b=1", nil, "X-Forwarded-Host", "evil.example", "Host", "evil.example"); strings.Contains(b.location(), "evil") {
			t.Errorf("the address is made of the Host header: %s", b.location())
		}
		if b.do("GET", "/login?next=/%22%3E%3Cscript%3E", nil); strings.Contains(b.body, "<script") {
			t.Error("a script in the page")
		}
	})
	t.Run("forged cookie", func(t *testing.T) {
		d := open(t, false, nil)
		good := d.browser().login("vera").cookie()
		body, mac, _ := strings.Cut(good, ".")
		text, _ := base64.RawURLEncoding.DecodeString(body)
		var says map[string]any
		_ = json.Unmarshal(text, &says)
		says["n"] = "olga"
		altered, _ := json.Marshal(says)
		form := ""
		for _, c := range formCookies(d) {
			form = c.Value
		}
		for what, text := range map[string]string{
			"another name": base64.RawURLEncoding.EncodeToString(altered) + "." + mac, "no MAC": body + ".", "no dot": body, "a form's": form, "empty": "", "dot": ".",
			"garbage": strings.Repeat("A", 3000) + "." + mac, "too long": strings.Repeat("A", 5000), "none": base64.RawURLEncoding.EncodeToString([]byte("null")) + "." + mac,
			"padded": body + "=." + mac, "tail": good + "A", "twice": good + "." + mac,
		} {
			if status := d.browser().do("GET", "/api/me", nil, "Cookie", "pgseal="+text); status != http.StatusUnauthorized {
				t.Errorf("%s: %d", what, status)
			}
		}
		if status := d.browser().do("GET", "/api/me", nil, "Cookie", "pgseal="+good); status != 200 {
			t.Errorf("the cookie as it was: %d", status)
		}
		if secure := open(t, true, nil); secure.browser().do("GET", "/api/me", nil, "Cookie", "pgseal="+good) != http.StatusUnauthorized {
			t.Error("with TLS a cookie without __Host- counts: any page of a neighbouring host could set it")
		}
	})
	t.Run("curious officer", func(t *testing.T) {
		d := open(t, false, nil)
		b := d.browser().login("carol")
		d.kept()
		for _, tenant := range []string{"app/other", "app/nobody", "other", "acm", "app/ACME", "app/acme/", "x/app/acme", "app/", "/"} {
			for _, a := range []access.Action{access.View, access.Lock, access.Events, access.Approve, access.SetARN, access.Column} {
				status := b.do("GET", "/api/x?action="+string(a)+"&tenant="+url.QueryEscape(tenant), nil)
				if status != http.StatusForbidden || b.body != "there is no such tenant\n" {
					t.Errorf("%s of %s: %d %q", a, tenant, status, b.body)
				}
			}
		}
		for _, a := range []access.Action{access.Deployment, access.Column, access.TenantAdd, access.View, "nonsense", ""} {
			if a != "" && b.do("GET", "/api/x?action="+string(a), nil) != http.StatusForbidden {
				t.Errorf("%s of the deployment: %s", a, b.body)
			}
		}
		if kept := d.kept(); kept != "" {
			t.Errorf("events that tell others' officers of this one: %s", kept)
		}
		if status := b.do("GET", "/api/x?action=lock&tenant=app/acme", nil); status != 200 {
			t.Errorf("his own: %d", status)
		}
		for range 3 {
			b.do("GET", "/api/x?action=set-arn&tenant=app/acme", nil)
		}
		if kept := d.kept(); kept != "not allowed by carol (officer, password) from 127.0.0.1 tenant=app/acme action=set-arn" {
			t.Errorf("events of what he may not do to his own: %q", kept)
		}
	})
	t.Run("nobody is configured", func(t *testing.T) {
		d := open(t, false, nil)
		writeUsers(t, d.users, "version: 1\nusers: {}\n")
		if _, err := d.guard.Follow(); err != nil || d.guard.Configured() {
			t.Fatal(err, "configured without users")
		}
		for _, path := range []string{"/", "/login", "/api/me", "/assets/x", "/oidc/login"} {
			if status := d.browser().do("GET", path, nil); status != http.StatusNotFound {
				t.Errorf("%s: %d", path, status)
			}
		}
	})
	t.Run("on the way", func(t *testing.T) {
		d := open(t, false, nil)
		cookie := d.browser().login("olga").cookie()
		for _, host := range []string{"rebound.example", "192.0.2.1", "localhost.evil.example", ""} {
			for _, path := range []string{"/login", "/api/me", "/assets/x"} {
				if status := d.browser().raw("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\nCookie: pgseal=" + cookie + "\r\n\r\n"); status != http.StatusForbidden && status != http.StatusBadRequest {
					t.Errorf("%s of host %q: %d", path, host, status)
				}
			}
		}
		// To an address of the network, without TLS.
		listener, err := net.Listen("tcp", ":0")
		if err != nil {
			t.Fatal(err)
		}
		remote := ownAddress(t)
		server := &http.Server{Handler: d.guard.Wrap(http.HandlerFunc(d.page)), ReadHeaderTimeout: time.Minute}
		done := make(chan error, 1)
		go func() { done <- server.Serve(listener) }()
		defer func() { _ = server.Close(); <-done }()
		_, port, _ := net.SplitHostPort(listener.Addr().String())
		if status := d.browser().do("GET", "http://"+net.JoinHostPort(remote, port)+"/login", nil, "Host", "127.0.0.1"); status != http.StatusForbidden {
			t.Errorf("in plain over the network: %d", status)
		}
	})
	t.Run("a large body", func(t *testing.T) {
		d := open(t, false, nil)
		b := d.browser()
		token := b.form()
		if status := b.do("POST", "/login", url.Values{"name": {"olga"}, "password": {password}, "csrf": {token}, "x": {strings.Repeat("x", 2<<20)}}); status != http.StatusBadRequest {
			t.Errorf("%d", status)
		}
	})
}

func formCookies(d *door) []*http.Cookie {
	b := d.browser()
	b.form()
	return b.last.Cookies()
}

// raw sends a request as it stands.
func (b *browser) raw(request string) int {
	b.t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(b.door.url, "http://"))
	if err != nil {
		b.t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, strings.Replace(request, "Host: localhost\r\n", "Host: localhost\r\nConnection: close\r\nAccept: */*\r\n", 1)); err != nil {
		b.t.Fatal(err)
	}
	answer, err := io.ReadAll(conn)
	if err != nil {
		b.t.Fatal(err)
	}
	head, body, _ := strings.Cut(string(answer), "\r\n\r\n")
	b.body = body
	fields := strings.Fields(head)
	if len(fields) < 2 {
		b.t.Fatalf("no answer to %q", request)
	}
	status := 0
	for _, c := range fields[1] {
		status = status*10 + int(c-'0')
	}
	return status
}

// ownAddress is an address of this machine that is not its loopback's.
func ownAddress(t *testing.T) string {
	t.Helper()
	all, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		if n, ok := a.(*net.IPNet); ok && !n.IP.IsLoopback() && n.IP.To4() != nil {
			return n.IP.String()
		}
	}
	t.Skip("this machine has no address but its loopback's")
	return ""
}
