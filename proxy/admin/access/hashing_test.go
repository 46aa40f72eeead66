package access_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/legatics/pgseal/proxy/admin/access"
)

// TestStrangersKeepNobodyOut: while strangers take every place in which passwords wait to be compared, whoever has logged in before by his browser logs in; and what was
// compared with nothing counts for nobody as a wrong password.
func TestStrangersKeepNobodyOut(t *testing.T) {
	d := open(t, false, nil)
	his, new := d.browser().login("carol"), d.browser()
	d.kept()
	release := d.guard.FillQueue(false)
	his.again()
	his.login("carol")
	for range 10 {
		if status := new.try("dave", password); status != http.StatusServiceUnavailable {
			t.Fatalf("a stranger gets %d", status)
		}
	}
	if kept := d.kept(); strings.Contains(kept, "refused") {
		t.Errorf("kept as refused: %s", kept)
	}
	if !strings.Contains(d.logged(), "too many log-ins") {
		t.Error("the log says nothing of it")
	}
	release()
	new.login("dave")
}

// TestUserKeepsNobodyOut: one user, with however many browsers, takes two places of those that are known.
func TestUserKeepsNobodyOut(t *testing.T) {
	d := open(t, false, nil)
	var browsers []*browser
	for range 30 {
		browsers = append(browsers, d.browser().login("vera"))
	}
	carol := d.browser().login("carol")
	carol.again()
	hold := sync.OnceFunc(d.guard.HoldTurns(true))
	defer hold()
	busy := make(chan int, len(browsers))
	var all sync.WaitGroup
	for _, b := range browsers {
		token := b.again()
		all.Go(func() {
			busy <- b.do("POST", "/login", url.Values{"name": {"vera"}, "password": {password}, "csrf": {token}})
		})
	}
	for range len(browsers) - 2 {
		if status := <-busy; status != http.StatusServiceUnavailable {
			t.Errorf("one of many browsers gets %d", status)
		}
		if n := d.guard.Queued(true); n > 2 {
			t.Errorf("%d places are taken", n)
		}
	}
	hold()
	carol.login("carol")
	all.Wait()
}

// TestGivenUp: who goes away before his password was compared has guessed nothing.
func TestGivenUp(t *testing.T) {
	d := open(t, false, nil)
	his := d.browser().login("carol")
	d.kept()
	release := d.guard.HoldTurns(true)
	for range 8 {
		token := his.again()
		ctx, stop := context.WithCancel(t.Context())
		req, err := http.NewRequestWithContext(ctx, "POST", d.url+"/login", strings.NewReader(url.Values{"name": {"carol"}, "password": {"wrong password"}, "csrf": {token}}.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		gone := make(chan error, 1)
		go func() {
			res, err := his.client.Do(req)
			if err == nil {
				err = fmt.Errorf("answered %s", res.Status)
				_ = res.Body.Close()
			}
			gone <- err
		}()
		until(t, "his password waits", func() bool { return d.guard.Queued(true) == 1 })
		stop()
		if err := <-gone; ctx.Err() == nil || !strings.Contains(err.Error(), "canceled") {
			t.Errorf("gone: %v", err)
		}
		until(t, "his place is free", func() bool { return d.guard.Queued(true) == 0 })
	}
	release()
	his.login("carol")
	if kept := d.kept(); strings.Contains(kept, "refused") {
		t.Errorf("kept as refused: %s", kept)
	}
}

// again is form for who is logged in: the page has to be left first.
func (b *browser) again() string {
	b.t.Helper()
	if m := b.me(); m.Name != "" {
		if status := b.do("POST", "/logout", url.Values{"csrf": {m.Token}}); status != http.StatusOK {
			b.t.Fatalf("log-out: %d", status)
		}
	}
	return b.form()
}

func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !is(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("it does not come to that: %s", what)
		}
	}
}

// TestRefusedOfficerOfMany: one wrong password for an officer of a thousand tenants is kept for ten of them, and that in each minute for others.
func TestRefusedOfficerOfMany(t *testing.T) {
	d := open(t, false, nil)
	var tenants []string
	for i := range 1000 {
		tenants = append(tenants, fmt.Sprint("t", i))
	}
	writeUsers(t, d.users, fmt.Sprintf("version: 1\nusers:\n  carol: {role: officer, tenants: [%s], password: %q}\n", strings.Join(tenants, ", "), access.CheapHash(password)))
	d.clock.move(time.Minute)
	seen := map[string]bool{}
	for minute := range 100 {
		for range 2 {
			d.browser().try("carol", "wrong password")
		}
		kept := strings.Split(d.kept(), "\n")
		if len(kept) > 10 || len(kept) < 5 { // some of those that share a slot are kept in another minute
			t.Fatalf("minute %d: %d are kept", minute, len(kept))
		}
		for _, e := range kept {
			seen[e] = true
		}
		d.clock.move(time.Minute)
	}
	if len(seen) < 900 {
		t.Errorf("%d tenants of 1000 were told of it in 100 minutes", len(seen))
	}
}
