package access_test

import (
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/legatics/pgseal/proxy/admin/access"
)

// TestInternal: what names all tenants is for this machine, and for users who may see all of them.
func TestInternal(t *testing.T) {
	d := open(t, true, nil)
	token, sum := access.NewToken()
	officers, officersSum := access.NewToken()
	writeUsers(t, d.users, "version: 1\nusers:\n  robot: {role: viewer, tokens: [{name: a, sha256: "+sum+"}]}\n  carol: {role: officer, tenants: [acme], tokens: [{name: b, sha256: "+officersSum+"}]}\n")
	d.clock.move(time.Second)
	handler := d.guard.Internal(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "acme other") }))
	listener, err := net.Listen("tcp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(handler)
	_ = server.Listener.Close()
	server.Listener = listener
	server.StartTLS()
	defer server.Close()
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DisableKeepAlives: true}}
	get := func(host, named, authorization string) int {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), "GET", "https://"+net.JoinHostPort(host, port)+"/metrics", nil)
		if err != nil {
			t.Fatal(err)
		}
		if named != "" {
			req.Host = named
		}
		if authorization != "" {
			req.Header.Set("Authorization", authorization)
		}
		res, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		return res.StatusCode
	}
	remote := ownAddress(t)
	for _, test := range []struct {
		what, host, named, authorization string
		status                           int
	}{
		{"this machine", "127.0.0.1", "", "", 200}, {"a page that was led here", "127.0.0.1", "rebound.example", "", 401}, {"another machine", remote, "", "", 401},
		{"another machine that says it is this one", remote, "127.0.0.1", "", 401}, {"a viewer", remote, "", "Bearer " + token, 200}, {"an officer", remote, "", "Bearer " + officers, 403},
		{"a wrong token", remote, "", "Bearer pgseal_x", 401},
	} {
		if status := get(test.host, test.named, test.authorization); status != test.status {
			t.Errorf("%s: %d, want %d", test.what, status, test.status)
		}
	}
	for _, passedOn := range []string{"Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"} {
		req := httptest.NewRequestWithContext(t.Context(), "GET", "https://127.0.0.1/metrics", nil)
		req.RemoteAddr = "127.0.0.1:1000"
		req.Header.Set(passedOn, "for=192.0.2.1")
		answer := httptest.NewRecorder()
		if handler.ServeHTTP(answer, req); answer.Code != 401 {
			t.Errorf("passed on by a reverse proxy on this machine, with %s: %d", passedOn, answer.Code)
		}
	}
	writeUsers(t, d.users, "version: 1\nusers: {}\n")
	d.clock.move(time.Second)
	if status := get(remote, "", ""); status != 200 {
		t.Errorf("nobody is configured: %d", status)
	}
}
