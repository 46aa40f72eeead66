package proxy

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/value"
	"github.com/legatics/pgseal/proxy/wire"
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

// The hint of a code of pgseal's own says where its section is.
func TestHintLeadsToDocument(t *testing.T) {
	for _, c := range []struct{ code, hint, want string }{
		{"KU002", "Its owner can enable it.", "Its owner can enable it. (docs/errors.md: KU002)"},
		{"KD001", "", "(docs/errors.md: KD001)"},
		{codeConfigurationLimit, "Close some.", "Close some."},
	} {
		var got pgproto3.ErrorResponse
		if err := got.Decode((&wireError{code: c.code, hint: c.hint}).append(nil)[wire.HeaderSize:]); err != nil || got.Hint != c.want {
			t.Errorf("%s: %q, %v", c.code, got.Hint, err)
		}
	}
}
