package proxy

import (
	"strings"
	"testing"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/value"
)

// Programs read the end of a DETAIL: a tenant's name does not look like anything else there.
func TestMachineReadable(t *testing.T) {
	for tenant, want := range map[string]string{
		"acme":            "Why. tenant=acme retryable=no",
		"":                "Why. tenant= retryable=no",
		"büro-7_a.b@c":    "Why. tenant=büro-7_a.b@c retryable=no",
		"big corp":        `Why. tenant="big corp" retryable=no`,
		"x retryable=yes": `Why. tenant="x retryable=yes" retryable=no`,
		`a"b`:             `Why. tenant="a\"b" retryable=no`,
	} {
		if got := machineReadable("Why.", tenant, false); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// Whatever a value fails by, an error with a code of pgseal's own has its symbolic name and a DETAIL that programs can read; one with PostgreSQL's has neither.
func TestOwnErrorsAreNamed(t *testing.T) {
	for _, err := range []error{errPlaintext, errTypeMismatch, crypto.ErrNotAuthentic, &value.Error{Code: codeValueTypeMismatch, Message: "not of the type"},
		&plan.Refusal{Code: plan.OperationNotSupported}} {
		e := clientError(err, "acme", nil)
		if e.name == "" || !strings.HasSuffix(e.detail, "tenant=acme retryable=no") {
			t.Errorf("%s: name %q, detail %q", e.code, e.name, e.detail)
		}
	}
	if e := clientError(&value.Error{Code: "22P02", Message: "invalid input"}, "acme", nil); e.name != "" || e.detail != "" {
		t.Errorf("%s: name %q, detail %q", e.code, e.name, e.detail)
	}
}
