package main

import (
	"strings"
	"testing"

	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// Each permission that is taken away is named, and no other.
func TestKeyCheck(t *testing.T) {
	d := deploy(t)
	missing := func(findings []findingView) string {
		var names []string
		for _, f := range findings {
			if !f.OK {
				names = append(names, f.What)
			}
		}
		return strings.Join(names, ", ")
	}
	if got := missing(told[[]findingView](d, "key", "check", "acme")); got != "" {
		t.Errorf("with everything: %s", got)
	}
	const principal = "arn:aws:iam::111122223333:user/AKIDPGSEAL"
	for _, f := range told[[]findingView](d, "key", "check", "acme") {
		if !f.OK || f.Principal != principal {
			t.Errorf("with everything: %+v", f)
		}
		if strings.HasPrefix(f.What, "the data key") && !strings.Contains(f.Note, "the longest") {
			t.Errorf("how long it takes: %+v", f)
		}
	}
	for operation, name := range map[string]string{"Encrypt": "kms:Encrypt", "ReEncrypt*": "kms:ReEncryptFrom, kms:ReEncryptTo", "DescribeKey": "kms:DescribeKey"} {
		deny := kmstest.Denial{Operations: []string{operation}}
		d.kms.Deny(deny)
		if got := missing(told[[]findingView](d, "key", "check", "acme")); got != name {
			t.Errorf("without %s: %s", operation, got)
		}
		d.kms.Allow(deny)
	}
	for _, operation := range []string{"Decrypt", "GenerateDataKey"} {
		deny := kmstest.Denial{Operations: []string{operation}}
		d.kms.Deny(deny)
		if got := d.refused(exitFailed, "key", "check", "acme"); strings.Count(got, "MISSING") != 1 || !strings.Contains(got, "KU001") ||
			!strings.Contains(got, "kms:"+operation+" has to be allowed to "+principal) {
			t.Errorf("without %s: %s", operation, got)
		}
		d.kms.Allow(deny)
	}
	if err := d.kms.SetState(d.key, kmstest.Disabled); err != nil {
		t.Fatal(err)
	}
	if got := d.refused(exitFailed, "key", "check", "acme"); !strings.Contains(got, "it is disabled") || !strings.Contains(got, "KU002") {
		t.Errorf("a disabled key: %s", got)
	}
	if _, err := d.kms.Inject(kmstest.Fault{Kind: kmstest.Drop}); err != nil {
		t.Fatal(err)
	}
	if got := d.refused(exitFailed, "key", "check", "acme"); strings.Contains(got, "MISSING") || !strings.Contains(got, "UNKNOWN") || !strings.Contains(got, "did not answer everything") {
		t.Errorf("no key service: %s", got)
	}
}
