package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// TestCuriousOfficer: of a tenant that is not his an officer is told what he is told of one that there is not, by every path of the page and the API; what he may read says
// nothing of others; and what he tries is not told to their officers.
func TestCuriousOfficer(t *testing.T) {
	d := deploy(t)
	theirs := d.kms.CreateKey(kmstest.KeyOptions{})
	d.run("tenant", "add", "globex", "--provider", "aws-kms", "--key", theirs)
	tokens, users := map[string]string{}, access.Users{Version: 1, Users: map[string]access.Entry{}}
	for name, e := range map[string]access.Entry{"vera": {Role: access.Viewer}, "carol": {Role: access.Officer, Tenants: []string{"acme"}}, "olaf": {Role: access.Officer, Tenants: []string{"globex"}}} {
		token, digest := access.NewToken()
		e.Tokens = []access.TokenEntry{{Name: "test", SHA256: digest}}
		tokens[name], users.Users[name] = token, e
	}
	file := filepath.Join(t.TempDir(), "users.yaml")
	if err := users.Write(file); err != nil {
		t.Fatal(err)
	}
	service := d.serve(func(c *config) { c.Admin.UsersFile, c.Admin.Listen = file, "127.0.0.1:0" })
	base := "http://" + service.adminAddress().String()
	ask := func(user, method, path, kind, body string) (int, string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), method, base+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if user != "" {
			r.Header.Set("Authorization", "Bearer "+tokens[user])
		}
		r.Header.Set("Content-Type", kind)
		res, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		text, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, string(text) + fmt.Sprint(res.Header["Location"], res.Header["Etag"])
	}
	const apiOf, pageOf = "/api/v1/databases/dealroom/tenants/TENANT/", "/t/dealroom/TENANT"
	const form, json = "application/x-www-form-urlencoded", "application/json"
	id := strings.Repeat("ab", 16)
	moment := regexp.MustCompile(`20\d\d-\d\d-\d\d.\d\d:\d\d:\d\d[^ <"]*`)
	for _, try := range []struct{ method, path, kind, body string }{
		{"GET", apiOf + "key", json, ""}, {"GET", apiOf + "history", json, ""}, {"GET", apiOf + "events", json, ""}, {"GET", apiOf + "events.csv", json, ""}, {"GET", apiOf + "usage", json, ""},
		{"GET", apiOf + "report", json, ""}, {"POST", apiOf + "onboarding", json, `{"principal": "arn:aws:iam::444455556666:role/pgseal", "region": "eu-west-1"}`}, {"POST", apiOf + "check", json, ""}, {"POST", apiOf + "rotate", json, "{}"},
		{"PUT", apiOf + "master-key", json, `{"provider": "aws-kms", "key": "` + d.key + `"}`}, {"PUT", apiOf + "cache-time", json, `{"cache_time": "2m"}`}, {"POST", apiOf + "lock", json, ""},
		{"POST", apiOf + "unlock", json, ""}, {"POST", apiOf + "probe", json, ""}, {"POST", apiOf + "drill", json, `{"for": "10s"}`}, {"POST", apiOf + "drill/end", json, ""},
		{"GET", apiOf + "proposals", json, ""}, {"POST", apiOf + "proposals/" + id + "/approve", json, ""}, {"POST", apiOf + "proposals/" + id + "/reject", json, ""},
		{"POST", apiOf + "proposals/" + id + "/withdraw", json, ""}, {"POST", pageOf + "/proposals/" + id, form, "decision=withdraw"},
		{"GET", pageOf, form, ""}, {"GET", pageOf + "/history", form, ""}, {"GET", pageOf + "/events", form, ""}, {"GET", pageOf + "/events.csv", form, ""}, {"GET", pageOf + "/usage", form, ""},
		{"GET", pageOf + "/report", form, ""}, {"GET", pageOf + "/onboarding", form, ""}, {"POST", pageOf + "/onboarding", form, "principal=x"}, {"GET", pageOf + "/check", form, ""}, {"GET", pageOf + "/confirm/lock", form, ""},
		{"GET", pageOf + "/confirm/rotate", form, ""}, {"POST", pageOf + "/lock", form, "name=TENANT"}, {"POST", pageOf + "/unlock", form, ""}, {"POST", pageOf + "/rotate", form, ""},
		{"POST", pageOf + "/arn", form, "key=x"}, {"POST", pageOf + "/cache-time", form, "cache-time=2m"}, {"POST", pageOf + "/probe", form, ""}, {"POST", pageOf + "/drill", form, "for=10s"},
		{"POST", pageOf + "/proposals/" + id, form, "decision=approve"},
	} {
		of := func(user, tenant string) (int, string) {
			status, body := ask(user, try.method, strings.ReplaceAll(try.path, "TENANT", tenant), try.kind, strings.ReplaceAll(try.body, "TENANT", tenant))
			return status, moment.ReplaceAllString(strings.ReplaceAll(body, tenant, "TENANT"), "TIME")
		}
		hidden, told := of("carol", "globex")
		none, toldOfNone := of("carol", "nobody")
		if hidden != http.StatusNotFound || none != hidden || told != toldOfNone {
			t.Errorf("%s %s: of another's tenant %d, of none %d\n%s\n%s", try.method, try.path, hidden, none, told, toldOfNone)
		}
		if status, _ := of("", "acme"); status != http.StatusUnauthorized && status != http.StatusSeeOther {
			t.Errorf("%s %s: nobody: %d", try.method, try.path, status)
		}
	}
	for _, path := range []string{"/", "/columns", "/proxies", "/setup", "/login", "/nowhere", pageOf, pageOf + "/history", pageOf + "/events", pageOf + "/events?tenant=globex", pageOf + "/usage", pageOf + "/report",
		pageOf + "/onboarding", pageOf + "/confirm/lock", "/api/v1/me", "/api/v1/databases", "/api/v1/databases/dealroom/columns", "/api/v1/databases/dealroom/proxies", apiOf + "key", apiOf + "history",
		apiOf + "events", apiOf + "events?tenant=globex", apiOf + "events.csv", apiOf + "usage", apiOf + "report", apiOf + "proposals"} {
		status, body := ask("carol", "GET", strings.ReplaceAll(path, "TENANT", "acme"), json, "")
		if strings.Contains(path, "TENANT") && status != http.StatusOK {
			t.Errorf("%s: %d of his own tenant", path, status)
		}
		for _, secret := range []string{"globex", theirs, "olaf"} {
			if strings.Contains(strings.ReplaceAll(body, "tenant=globex", ""), secret) {
				t.Errorf("%s tells an officer of acme of %q:\n%s", path, secret, body)
			}
		}
	}
	if status, body := ask("vera", "GET", strings.ReplaceAll(apiOf, "TENANT", "globex")+"events", json, ""); status != http.StatusOK || strings.Contains(body, "carol") {
		t.Errorf("the events of the tenant tell its officers who was curious: %d %s", status, body)
	}
	// An operator who has seen a longer cache time than there is by now does not lengthen it by "shortening" it.
	ops, acme := newOperations(service.sites, service.log), admin.TenantRef{Database: "dealroom", Name: "acme"}
	var changed *admin.Failure
	if err := ops.SetCacheTime(access.NewContext(t.Context(), &access.User{Name: "olga", Role: access.Operator}), "olga", acme, 2*time.Minute); !errors.As(err, &changed) || changed.Code != "changed" {
		t.Errorf("an operator: %v", err)
	}
	if err := ops.SetCacheTime(access.NewContext(t.Context(), &access.User{Name: "carol", Role: access.Officer, Tenants: []string{"acme"}}), "carol", acme, 2*time.Minute); err != nil {
		t.Errorf("an officer: %v", err)
	}
}
