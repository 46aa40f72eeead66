package access_test

import (
	"net/http"
	"net/url"
	"sync"
	"testing"
)

// TestRequestsUnderWay: of one user so many requests are answered at a time, and no more, by whatever log-in and however he writes his name; those that change
// something are counted by themselves, and other users' not with his.
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
			if status := again.thief().do("POST", "/lock", url.Values{"csrf": {token}}); status != http.StatusOK {
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
	if status := again.do("POST", "/lock", url.Values{"csrf": {token}}); status != http.StatusTooManyRequests {
		t.Errorf("the ninth change: %d", status)
	}
	release()
	waiting.Wait()
	if b.me().Name != "carol" || again.do("POST", "/lock", url.Values{"csrf": {token}}) != http.StatusOK {
		t.Error("what has ended is counted still")
	}
}
