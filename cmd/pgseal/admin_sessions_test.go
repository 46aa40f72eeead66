package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// TestAdminLogoutEverywhere: who logs out at one proxy is logged out at the others, with copies of his cookie too; and at one that is started afterwards.
func TestAdminLogoutEverywhere(t *testing.T) {
	d := deploy(t)
	hash, err := access.HashPassword(pagePassword)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "users.yaml")
	d.write(file, fmt.Sprintf("version: 1\nusers:\n  olga: {role: operator, password: %q}\n", hash))
	start := func() string {
		s := d.serve(func(c *config) { c.Admin.UsersFile, c.Admin.Listen = file, "127.0.0.1:0" })
		return "http://" + s.adminAddress().String()
	}
	one, two := start(), start()
	jar, _ := cookiejar.New(nil)
	browser := &http.Client{Jar: jar}
	token := regexp.MustCompile(`name="csrf" value="([^"]+)"`)
	read := func(res *http.Response, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		text, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	csrf := func(path string) string {
		t.Helper()
		m := token.FindStringSubmatch(read(browser.Get(one + path)))
		if m == nil {
			t.Fatalf("%s has no token", path)
		}
		return m[1]
	}
	read(browser.PostForm(one+"/login", url.Values{"name": {"olga"}, "password": {pagePassword}, "csrf": {csrf("/login")}, "next": {"/"}}))
	at, _ := url.Parse(one)
	var copied []*http.Cookie
	for _, c := range jar.Cookies(at) {
		if c.Name == "pgseal" {
			copied = append(copied, c)
		}
	}
	letsIn := func(base string) bool {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), "GET", base+"/api/v1/me", nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range copied {
			r.AddCookie(c)
		}
		res, err := http.DefaultClient.Do(r)
		return strings.Contains(read(res, err), "olga")
	}
	if len(copied) != 1 || !letsIn(one) || !letsIn(two) {
		t.Fatalf("the session is not taken by both: %v", copied)
	}
	if said := read(browser.PostForm(one+"/logout", url.Values{"csrf": {csrf("/")}})); strings.Contains(said, "could not be told") || letsIn(one) {
		t.Errorf("the log-out: %s", said)
	}
	for end := time.Now().Add(time.Minute); letsIn(two); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("a copy of the cookie lives at the other proxy")
		}
	}
	if letsIn(start()) {
		t.Error("a copy of the cookie is taken by a proxy that was started after the log-out")
	}
	if text := d.printed("key", "events", "--json"); !strings.Contains(text, pgstore.EventSessionEnded) || strings.Contains(text, strings.SplitN(copied[0].Value, ".", 2)[0]) {
		t.Errorf("the event, which must not hold the cookie: %s", text)
	}
	proof := d.printed("key", "events", "--verify")
	t.Log(strings.SplitN(proof, "\n", 2)[0])
}

// TestEndedSessionsUnreadable: a store that cannot be written is told of at the log-out.
func TestEndedSessionsUnreadable(t *testing.T) {
	stores := openStores(t, map[string][]string{"app": nil})
	e := newEndedSessions(stores, nil, time.Hour, time.Now)
	if err := e.record(t.Context(), "olga", "name"); err != nil {
		t.Fatal(err)
	}
	var ended []string
	e.end = func(session string, then time.Time) {
		if time.Since(then) > time.Minute {
			t.Errorf("ended at %s", then)
		}
		ended = append(ended, session)
	}
	e.look(t.Context())
	if len(ended) != 1 || ended[0] != "name" {
		t.Errorf("ended: %q", ended)
	}
	stores["app"].Close()
	if err := e.record(t.Context(), "olga", "other"); err == nil {
		t.Errorf("a store that is closed: %v", err)
	}
}

// TestEndedSessionsByAnyClock: a proxy hears of log-outs however far its clock is from the others', of each once.
func TestEndedSessionsByAnyClock(t *testing.T) {
	t.Parallel()
	stores := openStores(t, map[string][]string{"app": nil})
	for what, off := range map[string]time.Duration{"ahead": 50 * time.Minute, "behind": -50 * time.Minute} {
		var ended []string
		e := newEndedSessions(stores, slog.New(slog.DiscardHandler), time.Hour, func() time.Time { return time.Now().Add(off) })
		e.end = func(session string, _ time.Time) { ended = append(ended, session) }
		e.look(t.Context())
		ended = nil // of the other round
		for _, name := range []string{"first", "second"} {
			if err := e.record(t.Context(), "olga", what+name); err != nil {
				t.Fatal(err)
			}
			e.look(t.Context())
			e.look(t.Context())
		}
		if want := []string{what + "first", what + "second"}; !slices.Equal(ended, want) {
			t.Errorf("%s: %q, want %q", what, ended, want)
		}
	}
}

// TestEndedSessionsSilentStore: a database that does not answer keeps no log-out from being told by, and heard of from, another one.
func TestEndedSessionsSilentStore(t *testing.T) {
	t.Parallel()
	stores := openStores(t, map[string][]string{"app": nil, "other": nil})
	for range stores["app"].Pool().Config().MaxConns {
		conn, err := stores["app"].Pool().Acquire(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(conn.Release)
	}
	e := newEndedSessions(stores, slog.New(slog.DiscardHandler), time.Hour, time.Now)
	slices.SortFunc(e.of, func(a, b *endedOf) int { return strings.Compare(a.name, b.name) }) // the silent one first
	ctx, stop := context.WithTimeout(t.Context(), 3*time.Second)
	defer stop()
	if err := e.record(ctx, "olga", "name"); err == nil {
		t.Error("the silent one is not told of")
	}
	ended := make(chan string, 1)
	e.end = func(session string, _ time.Time) { ended <- session }
	looking, enough := context.WithCancel(t.Context())
	looked := make(chan struct{})
	go func() { defer close(looked); e.look(looking) }()
	select {
	case name := <-ended:
		if name != "name" {
			t.Errorf("ended: %q", name)
		}
	case <-looked:
		t.Error("the log-out is not found")
	}
	enough()
	<-looked
}

// TestEndedSessionsPanic: what panics while log-outs are told or heard of ends no proxy; and it is done again.
func TestEndedSessionsPanic(t *testing.T) {
	t.Parallel()
	stores := openStores(t, map[string][]string{"app": nil})
	var out bytes.Buffer
	e := newEndedSessions(stores, slog.New(slog.NewTextHandler(&out, nil)), time.Hour, time.Now)
	if err := e.record(t.Context(), "olga", "name"); err != nil {
		t.Fatal(err)
	}
	var ended []string
	e.end = func(session string, _ time.Time) {
		if ended = append(ended, session); len(ended) == 1 {
			panic("Confidential")
		}
	}
	e.look(t.Context())
	e.look(t.Context())
	e.look(t.Context())
	if !slices.Equal(ended, []string{"name", "name"}) {
		t.Errorf("ended: %q", ended)
	}
	e.of[0].store = nil // whatever is done with it panics
	if err := e.record(t.Context(), "olga", "other"); err == nil {
		t.Error("a log-out that nobody was told of is none")
	}
	if text := out.String(); strings.Count(text, "panicked") != 2 || strings.Contains(text, "Confidential") {
		t.Errorf("the log: %s", text)
	}
}
