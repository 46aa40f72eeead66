package access_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/legatics/pgseal/proxy/admin/access"
)

// TestRequestsUnderWay: of one user so many requests are answered at a time, and no more, by whatever log-in and however he writes his name; those that change
// something are counted by themselves, locks by themselves again, and other users' not with his.
func TestRequestsUnderWay(t *testing.T) {
	d := open(t, false, nil)
	b, again, other := d.browser().login("carol"), d.browser(), d.browser().login("dave")
	if again.try("CAROL", password) != http.StatusSeeOther {
		t.Fatal(again.body)
	}
	token := again.me().Token
	var waiting sync.WaitGroup
	release := d.hold()
	defer release()
	for range 8 {
		waiting.Go(func() {
			if status := b.thief().do("GET", "/tenants", nil); status != http.StatusOK {
				t.Errorf("%d", status)
			}
		})
	}
	d.held(8)
	if status := again.do("GET", "/api/me", nil); status != http.StatusTooManyRequests || again.last.Header.Get("Retry-After") != "1" {
		t.Errorf("the ninth: %d %s", status, again.body)
	}
	for range 8 {
		waiting.Go(func() {
			if status := again.thief().do("POST", "/rotate", url.Values{"csrf": {token}}); status != http.StatusOK {
				t.Errorf("a change: %d", status)
			}
		})
	}
	waiting.Go(func() {
		if status := other.do("GET", "/tenants", nil); status != http.StatusOK {
			t.Errorf("another user: %d", status)
		}
	})
	d.held(17)
	if status := again.do("POST", "/rotate", url.Values{"csrf": {token}}); status != http.StatusTooManyRequests {
		t.Errorf("the ninth change: %d", status)
	}
	waiting.Go(func() {
		if status := again.thief().do("POST", "/lock", url.Values{"csrf": {token}}); status != http.StatusOK {
			t.Errorf("a lock: %d", status)
		}
	})
	d.held(18)
	release()
	waiting.Wait()
	if b.me().Name != "carol" || again.do("POST", "/lock", url.Values{"csrf": {token}}) != http.StatusOK {
		t.Error("what has ended is counted still")
	}
}

// TestMetricsUnderWay: metrics, which are long, are answered to a user as often at a time as pages are; who asks on this machine is not counted with him.
func TestMetricsUnderWay(t *testing.T) {
	d := open(t, true, nil)
	token, sum := access.NewToken()
	writeUsers(t, d.users, "version: 1\nusers:\n  robot: {role: viewer, tokens: [{name: a, sha256: "+sum+"}]}\n")
	d.clock.move(time.Second)
	inside, gate := make(chan struct{}, 9), make(chan struct{})
	handler := d.guard.Internal(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { inside <- struct{}{}; <-gate }))
	ask := func(from, host string) int {
		r := httptest.NewRequestWithContext(t.Context(), "GET", "https://"+host+"/metrics", nil)
		r.RemoteAddr = from + ":1000"
		r.Header.Set("Authorization", "Bearer "+token)
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, r)
		return answer.Code
	}
	var waiting sync.WaitGroup
	answered := func(from, host string) {
		waiting.Go(func() {
			if status := ask(from, host); status != http.StatusOK {
				t.Errorf("from %s: %d", from, status)
			}
		})
		<-inside
	}
	for range 8 {
		answered("192.0.2.1", "pgseal.example")
	}
	if status := ask("192.0.2.2", "pgseal.example"); status != http.StatusTooManyRequests {
		t.Errorf("the ninth: %d", status)
	}
	answered("127.0.0.1", "127.0.0.1")
	close(gate)
	waiting.Wait()
}
