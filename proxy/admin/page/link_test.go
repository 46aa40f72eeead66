package page_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/legatics/pgseal/proxy/admin"
)

// TestLinksSayNothing: an address that somebody else has made neither fills a sheet or a form, nor tells that something was done.
func TestLinksSayNothing(t *testing.T) {
	s := open(t)
	olga := s.visit(t, "olga")
	const theirs = "arn:aws:iam::999988887777:role/thief"
	link := "?" + url.Values{"principal": {theirs}, "region": {"eu-west-9"}, "format": {"grant"}, "tenant": {"evil"}, "database": {"app"}, "provider": {"aws-kms"},
		"arn": {"arn:aws:kms:eu-central-1:999988887777:key/x"}, "role": {theirs}, "endpoint": {"https://evil.example"}}.Encode()
	for _, path := range []string{"/t/app/acme/onboarding", "/setup"} {
		_, body := olga.get(path + link)
		for _, word := range []string{"999988887777", "evil", "eu-west-9", `id="sheet"`} {
			if strings.Contains(body, word) {
				t.Errorf("a link puts %q into %s:\n%s", word, path, body)
			}
		}
	}
	for _, path := range []string{"/t/app/acme/onboarding", "/setup"} {
		_, body := olga.get(path)
		form := url.Values{"principal": {"arn:aws:iam::444455556666:role/pgseal"}, "region": {"eu-west-1"}, "tenant": {"acme"}, "database": {"app"}, "provider": {"aws-kms"}}
		if status, body := olga.post(path, form); status != http.StatusForbidden || strings.Contains(body, "symmetric key") {
			t.Errorf("%s from elsewhere: %d %s", path, status, body)
		}
		form.Set("csrf", hidden(body, "csrf"))
		if status, body := olga.post(path, form); status != http.StatusOK || !strings.Contains(body, "tenant acme\n1. Make a symmetric key in eu-west-1") {
			t.Errorf("%s by a form: %d %s", path, status, body)
		}
	}
	const said = "Every proxy gives the key up within two seconds"
	for _, link := range []string{"?done=locked", "?done=locked&mark=", "?done=locked&mark=0123456789abcdef"} {
		if _, body := olga.get("/t/app/acme" + link); strings.Contains(body, said) {
			t.Errorf("%s is believed", link)
		}
	}
	_, body := olga.get("/t/app/acme")
	if _, body = olga.post("/t/app/acme/lock", url.Values{"csrf": {hidden(body, "csrf")}, "version": {hidden(body, "version")}, "name": {"acme"}}); !strings.Contains(body, said) {
		t.Errorf("a lock is not told: %s", body)
	}
}

// TestWhatGoes: who decides on a key is shown what is taken away from it, as well as what is put in.
func TestWhatGoes(t *testing.T) {
	s := open(t)
	s.ops.change("acme", func(k *admin.Key) {
		k.Tenant.Role, k.Tenant.ExternalID = "arn:aws:iam::111122223333:role/theirs", "present-id"
	})
	s.ops.proposals = []admin.Proposal{{TenantRef: admin.TenantRef{Database: "app", Name: "acme"}, ID: "1", Kind: "set-arn", By: "oskar",
		MasterKey: admin.MasterKey{Provider: "aws-kms", Key: otherARN, ExternalID: "next-id"}}}
	_, body := s.visit(t, "olga").get("/t/app/acme")
	for _, want := range []string{"Role: none, instead of <code>arn:aws:iam::111122223333:role/theirs</code>.", "External id: <code>next-id</code>."} {
		if !strings.Contains(body, want) {
			t.Errorf("the proposal does not say %q:\n%s", want, body)
		}
	}
	if strings.Contains(body, "Endpoint: none") || strings.Contains(body, "External id: none") {
		t.Error("something goes that was not there, or stays")
	}
}

// TestUnknownError: what an error says that nobody has thought of is for the log.
func TestUnknownError(t *testing.T) {
	s := open(t)
	s.ops.fail["key"] = errors.New("host db7.internal says no")
	status, body := s.visit(t, "olga").get("/t/app/acme")
	if status != http.StatusInternalServerError || strings.Contains(body, "db7") || !strings.Contains(body, "log says what") {
		t.Errorf("%d %s", status, body)
	}
}

// TestLoginPageOfWhoIsLoggedIn: it offers what works, a log-out.
func TestLoginPageOfWhoIsLoggedIn(t *testing.T) {
	s := open(t)
	olga := s.visit(t, "olga")
	_, body := olga.get("/login")
	if !strings.Contains(body, "logged in as olga") || strings.Contains(body, `action="/login"`) {
		t.Fatal(body)
	}
	if status, body := olga.post("/logout", url.Values{"csrf": {hidden(body, "csrf")}}); status != http.StatusOK || !strings.Contains(body, "You are logged out") {
		t.Errorf("%d %s", status, body)
	}
	if _, body := olga.get("/t/app/acme"); !strings.Contains(body, `action="/login"`) {
		t.Errorf("still logged in: %s", body)
	}
}
