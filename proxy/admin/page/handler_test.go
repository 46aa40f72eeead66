package page_test

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/legatics/pgseal/proxy/admin"
)

// visitor is a browser without a screen.
type visitor struct {
	t      *testing.T
	client *http.Client
	url    string
}

func (s *site) visit(t *testing.T, name string) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{t: t, client: &http.Client{Jar: jar}, url: s.url}
	_, body := v.get("/login")
	if status, body := v.post("/login", url.Values{"name": {name}, "password": {password}, "csrf": {hidden(body, "csrf")}}); status != http.StatusOK {
		t.Fatalf("the log-in of %s is answered %d:\n%s", name, status, body)
	}
	return v
}

func (v *visitor) get(path string) (int, string) { return v.answer(v.client.Get(v.url + path)) }
func (v *visitor) post(path string, form url.Values) (int, string) {
	return v.answer(v.client.PostForm(v.url+path, form))
}

func (v *visitor) answer(r *http.Response, err error) (int, string) {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return r.StatusCode, string(body)
}

// hidden is the value of a hidden field.
func hidden(body, name string) string {
	m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(body)
	if m == nil {
		return ""
	}
	return m[1]
}

var paths = []string{"", "/history", "/events", "/events.csv", "/usage", "/report", "/check", "/onboarding", "/confirm/lock", "/confirm/rotate"}

// TestPagesAreWhole: nothing stands in a page that the content security policy would refuse, and every part of it is there.
func TestPagesAreWhole(t *testing.T) {
	s := open(t)
	olga := s.visit(t, "olga")
	all := []string{"/", "/columns", "/proxies", "/setup", "POST /setup", "POST /t/app/acme/onboarding"}
	for _, p := range paths {
		all = append(all, "/t/app/acme"+p)
	}
	inline := regexp.MustCompile(`(?i)<style|\sstyle=|<script(?:[^>]*)>[^<]|\son[a-z]+=|"javascript:|https?://`)
	_, first := olga.get("/setup")
	form := url.Values{"csrf": {hidden(first, "csrf")}, "tenant": {"x"}, "database": {"app"}, "provider": {"aws-kms"}, "principal": {"arn:aws:iam::444455556666:role/pgseal"}}
	for _, path := range all {
		status, body := 0, ""
		if to, ok := strings.CutPrefix(path, "POST "); ok {
			status, body = olga.post(to, form)
		} else {
			status, body = olga.get(path)
		}
		if status != http.StatusOK {
			t.Errorf("%s is answered %d", path, status)
		}
		if strings.HasSuffix(path, ".csv") {
			continue
		}
		if m := inline.FindString(body); m != "" {
			t.Errorf("%s has %q in it", path, m)
		}
		for _, part := range []string{`<html lang="en">`, `<main id="main"`, "<h1", "</html>", `href="#main"`} {
			if path == "/t/app/acme/confirm/lock" || path == "/t/app/acme/confirm/rotate" {
				part = strings.Replace(part, "<h1", "<h2", 1)
			}
			if !strings.Contains(body, part) {
				t.Errorf("%s lacks %s", path, part)
			}
		}
		for _, input := range regexp.MustCompile(`<(?:input|select)[^>]*>`).FindAllString(body, -1) {
			id := regexp.MustCompile(`\sid="([^"]+)"`).FindStringSubmatch(input)
			labelled := strings.Contains(input, `type="hidden"`) || strings.Contains(input, "aria-label") || strings.Contains(input, `type="radio"`) || strings.Contains(input, `type="checkbox"`) ||
				id != nil && strings.Contains(body, `for="`+id[1]+`"`)
			if !labelled {
				t.Errorf("%s: nothing says what this is: %s", path, input)
			}
		}
	}
}

// TestOfficerLearnsNothing: of another tenant an officer gets the answer for one that there is not, to the letter.
func TestOfficerLearnsNothing(t *testing.T) {
	s := open(t)
	carol := s.visit(t, "carol")
	stamps := regexp.MustCompile(`data-now="[^"]*"`)
	for _, p := range paths {
		status, there := carol.get("/t/app/acme" + p)
		statusNot, not := carol.get("/t/app/nobody" + p)
		if status != http.StatusNotFound || statusNot != status || stamps.ReplaceAllString(there, "") != stamps.ReplaceAllString(not, "") {
			t.Errorf("%s of another tenant is answered %d, of one that there is not %d:\n%s", p, status, statusNot, there)
		}
	}
	_, body := carol.get("/")
	_, mine := carol.get("/t/app/globex/history")
	for _, text := range []string{body, mine} {
		if strings.Contains(text, "acme") || strings.Contains(text, "initech") {
			t.Errorf("an officer reads of others:\n%s", text)
		}
	}
	for _, p := range []string{"/columns", "/proxies", "/setup"} {
		if status, _ := carol.get(p); status != http.StatusForbidden {
			t.Errorf("%s is answered %d to an officer", p, status)
		}
	}
	_, body = carol.get("/t/app/globex")
	form := url.Values{"csrf": {hidden(body, "csrf")}, "version": {hidden(body, "version")}, "name": {"acme"}}
	if status, _ := carol.post("/t/app/acme/lock", form); status != http.StatusNotFound || s.ops.said("lock") {
		t.Errorf("an officer's lock of another tenant is answered %d", status)
	}
	if status, _ := carol.post("/t/app/globex/arn", form); status != http.StatusForbidden || s.ops.said("set-key") {
		t.Errorf("an officer's ARN is answered %d", status)
	}
}

// TestChanges: what is asked for without the token, by who may not, on an old page, or without the name, is not done.
func TestChanges(t *testing.T) {
	s := open(t)
	olga, vera := s.visit(t, "olga"), s.visit(t, "vera")
	_, body := olga.get("/t/app/acme")
	csrf, version := hidden(body, "csrf"), hidden(body, "version")
	_, viewed := vera.get("/t/app/acme")
	for name, c := range map[string]struct {
		who    *visitor
		path   string
		form   url.Values
		status int
		says   string
	}{
		"no token":       {olga, "/t/app/acme/rotate", url.Values{"version": {version}}, http.StatusForbidden, ""},
		"a viewer":       {vera, "/t/app/acme/rotate", url.Values{"csrf": {hidden(viewed, "csrf")}, "version": {version}}, http.StatusForbidden, "done by: operator, officer"},
		"an old page":    {olga, "/t/app/acme/rotate", url.Values{"csrf": {csrf}, "version": {"old"}}, http.StatusConflict, "Somebody else has changed something"},
		"no name":        {olga, "/t/app/acme/lock", url.Values{"csrf": {csrf}, "version": {version}}, http.StatusUnprocessableEntity, "not the tenant&#39;s name"},
		"no such action": {olga, "/t/app/acme/explode", url.Values{"csrf": {csrf}, "version": {version}}, http.StatusNotFound, "no such page"},
		"a long drill":   {olga, "/t/app/acme/drill", url.Values{"csrf": {csrf}, "version": {version}, "name": {"acme"}, "minutes": {"x"}}, http.StatusUnprocessableEntity, "how long"},
		"a long cache":   {olga, "/t/app/acme/cache-time", url.Values{"csrf": {csrf}, "version": {version}, "number": {"25"}, "unit": {"h"}}, http.StatusUnprocessableEntity, "25h0m0s is outside 1m to 24h"},
		"no number":      {olga, "/t/app/acme/cache-time", url.Values{"csrf": {csrf}, "version": {version}, "number": {"<b>"}, "unit": {"m"}}, http.StatusUnprocessableEntity, "&lt;b&gt;"},
	} {
		status, answer := c.who.post(c.path, c.form)
		if status != c.status || !strings.Contains(answer, c.says) {
			t.Errorf("%s: answered %d, want %d with %q:\n%s", name, status, c.status, c.says, answer)
		}
	}
	if len(s.ops.asked) > 0 {
		t.Errorf("something was done: %q", s.ops.asked)
	}
	if status, answer := olga.post("/t/app/acme/lock", url.Values{"csrf": {csrf}, "version": {version}, "name": {"acme"}}); status != http.StatusOK || !s.ops.said("lock acme olga (operator, password) from") {
		t.Errorf("a lock is answered %d, and %q was done:\n%s", status, s.ops.asked, answer)
	}
	s.ops.change("initech", func(k *admin.Key) { k.Tenant.CacheTime = "1m30s" })
	if _, body := olga.get("/t/app/initech"); !strings.Contains(body, `value="90"`) {
		t.Error("a cache time of 1m30s is not shown as 90 seconds")
	}
}
