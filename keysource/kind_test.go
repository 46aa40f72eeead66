package keysource_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource"
)

// TestKinds: codes and names are relied on from outside.
func TestKinds(t *testing.T) {
	want := []struct {
		kind      keysource.Kind
		code      string
		name      string
		retryable bool
		evicts    bool
	}{
		{keysource.AccessDenied, "KU001", "key_access_denied", true, true},
		{keysource.KeyDisabled, "KU002", "key_disabled", true, true},
		{keysource.KeyInvalidState, "KU003", "key_invalid_state", true, true},
		{keysource.KeyNotFound, "KU004", "key_not_found", true, true},
		{keysource.KeyStoreUnavailable, "KU005", "key_store_unavailable", true, false},
		{keysource.KMSUnreachable, "KU006", "kms_unreachable", true, false},
		{keysource.KMSThrottled, "KU007", "kms_throttled", true, false},
		{keysource.KMSCredentials, "KU008", "kms_credentials", true, false},
		{keysource.KeyLocked, "KU009", "key_locked", true, true},
		{keysource.TenantUnknown, "KU010", "tenant_unknown", false, true},
		{keysource.KeyMismatch, "KU011", "key_mismatch", false, false},
		{keysource.KeyRecordInvalid, "KU012", "key_record_invalid", false, false},
		{keysource.ValueKeyUnknown, "KD002", "value_key_unknown", false, false},
	}
	all := keysource.Kinds()
	if len(all) != len(want) {
		t.Fatalf("%d kinds, want %d", len(all), len(want))
	}
	for i, w := range want {
		k := all[i]
		if k != w.kind || k.Code() != w.code || k.Name() != w.name || k.Retryable() != w.retryable || k.Evicts() != w.evicts {
			t.Errorf("%v: %s %s retryable %v evicts %v, want %+v", k, k.Code(), k.Name(), k.Retryable(), k.Evicts(), w)
		}
	}
	for _, none := range []keysource.Kind{0, 99} {
		if none.Code() != "" || none.Retryable() || none.String() == "" {
			t.Errorf("kind %d has text", none)
		}
	}
}

// TestUserTexts: what the client reads is a sentence without cause, request id or anything secret; the log has them.
func TestUserTexts(t *testing.T) {
	since := time.Date(2030, 1, 2, 3, 4, 5, 6, time.FixedZone("X", 3600))
	for _, k := range keysource.Kinds() {
		for _, op := range []string{keysource.OpUnwrap, keysource.OpRecord, keysource.OpUse, keysource.OpPin} {
			e := &keysource.Error{Kind: k, Tenant: acme, Key: "arn:x", Op: op, RequestID: "req-1", Since: since, Cause: errors.New("the cause")}
			user := e.UserMessage() + "|" + e.UserDetail() + "|" + e.UserHint()
			if strings.Contains(user, "the cause") || strings.Contains(user, "req-1") {
				t.Errorf("%v: the client reads %s", k, user)
			}
			if m := e.UserMessage(); m == "" || strings.HasSuffix(m, ".") || strings.HasSuffix(m, ": ") || strings.Contains(m, "\n") {
				t.Errorf("%v: message %q", k, m)
			}
			if !strings.HasSuffix(e.UserHint(), ".") && !strings.Contains(e.UserHint(), "pgseal ") {
				t.Errorf("%v: hint %q", k, e.UserHint())
			}
			if d := e.UserDetail(); d != "Key arn:x. Since 2030-01-02 02:04:05 UTC." {
				t.Errorf("%v: detail %q", k, d)
			}
			for _, part := range []string{k.Code(), k.Name(), acme, "arn:x", op, "req-1", "the cause"} {
				if !strings.Contains(e.Error(), part) {
					t.Errorf("%v: the log has no %q: %v", k, part, e)
				}
			}
		}
	}
}

// TestMessages: the sentences that are not made from the table.
func TestMessages(t *testing.T) {
	for want, e := range map[string]*keysource.Error{
		`the session names no tenant`: {Kind: keysource.TenantUnknown},
		`there is no tenant "acme"`:   {Kind: keysource.TenantUnknown, Tenant: acme},
		`tenant "acme" is locked`:     {Kind: keysource.KeyLocked, Tenant: acme},
		`the key of tenant "acme" is not available: access to it was denied`: {Kind: keysource.AccessDenied, Tenant: acme},
		`the key of tenant "acme" is not available: its cache time is over`:  {Kind: keysource.KMSUnreachable, Op: keysource.OpUse, Tenant: acme},
		`a value was sealed under a data key that is not in the store`:       {Kind: keysource.ValueKeyUnknown, Tenant: acme},
		`the key of tenant "acme" is not available: its record in the database could not be reached`: {
			Kind: keysource.KMSUnreachable, Op: keysource.OpRecord, Tenant: acme},
	} {
		if got := e.UserMessage(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestErrorChain: the cause is found through the error, and the error through others.
func TestErrorChain(t *testing.T) {
	e := &keysource.Error{Kind: keysource.KMSUnreachable, Cause: context.DeadlineExceeded}
	wrapped := fmt.Errorf("fetching: %w", e)
	if !errors.Is(wrapped, context.DeadlineExceeded) || keysource.KindOf(wrapped) != keysource.KMSUnreachable {
		t.Errorf("%v", wrapped)
	}
	if keysource.KindOf(nil) != 0 || keysource.KindOf(errors.New("x")) != 0 {
		t.Error("a kind of nothing")
	}
	if e.UserDetail() != "" {
		t.Errorf("detail %q", e.UserDetail())
	}
}
