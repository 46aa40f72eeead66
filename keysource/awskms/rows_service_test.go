package awskms_test

import (
	"context"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/awskms"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// answering: Decrypt gets an error of this code.
func answering(code string, status int) func(*testing.T, *stage) {
	return func(t *testing.T, st *stage) {
		st.fault(t, kmstest.Fault{Kind: kmstest.Answer, Operation: "Decrypt", Code: code, Status: status})
	}
}

// inStore: the key lies in a custom key store which answers with code.
func inStore(o kmstest.KeyOptions, code string) func(*testing.T, *stage) {
	return func(t *testing.T, st *stage) {
		st.arn = st.server.CreateKey(o)
		st.spec.KeyARN = st.arn
		st.wrap(t, st.arn, pairsOf(st.spec))
		must(t, st.server.Trouble(st.arn, code))
	}
}

// storeRows: KMS answers, but what holds the key does not.
func storeRows() section {
	xks, hsm := kmstest.KeyOptions{External: true}, kmstest.KeyOptions{CustomKeyStore: true}
	const describes = "Decrypt 1, DescribeKey 1"
	return section{"The key lies in a key store of the customer's (XKS, CloudHSM)", `AWS has one code for whatever is wrong there, KMSInvalidStateException, which is also that of a scheduled deletion: DescribeKey is asked before it is
believed to mean intent. What is held serves until its deadline: also when the customer takes the key away in the external key manager alone, which AWS tells nobody from trouble. Who wants a
withdrawal to count at once disables the KMS key, or denies it in its policy.`, []row{
		{name: "the key store is disconnected", from: reference, asked: describes, kind: keysource.KeyStoreUnavailable, cause: "Unavailable", arrange: inState(kmstest.Unavailable)},
		{name: "the external key store fails, and the key counts as enabled", from: reference, asked: describes, kind: keysource.KeyStoreUnavailable, cause: "Enabled",
			arrange: inStore(xks, "KMSInvalidStateException")},
		{name: "CloudHSM fails, and the key counts as enabled", from: reference, asked: describes, kind: keysource.KeyStoreUnavailable, cause: "Enabled",
			arrange: inStore(hsm, "KMSInvalidStateException")},
		{name: "the external key store fails, and the deletion is scheduled", from: reference, asked: describes, kind: keysource.KeyInvalidState, cause: "PendingDeletion",
			arrange: func(t *testing.T, st *stage) {
				inStore(xks, "KMSInvalidStateException")(t, st)
				st.state(t, kmstest.PendingDeletion)
			}},
		{name: "an error of the external key store by its name", from: assumed, asked: "Decrypt 1", kind: keysource.KeyStoreUnavailable, cause: "XksProxyUriUnreachable",
			arrange: inStore(xks, "XksProxyUriUnreachableException")},
		{name: "an error of CloudHSM by its name", from: assumed, asked: "Decrypt 1", kind: keysource.KeyStoreUnavailable, cause: "CloudHsm",
			arrange: inStore(hsm, "CloudHsmClusterInvalidConfigurationException")},
		{name: "KeyUnavailableException (status 500)", from: reference, asked: "Decrypt 2", sdk: 3, kind: keysource.KeyStoreUnavailable, cause: "KeyUnavailable",
			arrange: inStore(xks, "KeyUnavailableException")},
		{name: "DependencyTimeoutException (status 503)", from: reference, asked: "Decrypt 2", sdk: 3, kind: keysource.KeyStoreUnavailable, cause: "DependencyTimeout",
			arrange: inStore(xks, "DependencyTimeoutException")},
		{name: "the external key store takes longer than an attempt may", from: assumed, asked: "Decrypt 2", kind: keysource.KMSUnreachable, within: outageLimit, after: 1400 * time.Millisecond,
			arrange: func(t *testing.T, st *stage) {
				inStore(xks, "")(t, st)
				st.fault(t, kmstest.Fault{Kind: kmstest.Latency, Operation: "Decrypt", Delay: 4 * time.Second})
			}},
	}}
}

// serviceRows: KMS itself cannot or will not.
func serviceRows() section {
	return section{"KMS cannot answer now", "No no: what is held serves until its deadline.", []row{
		{name: "throttled (ThrottlingException)", from: reference, asked: "Decrypt 2", sdk: 3, kind: keysource.KMSThrottled, cause: "ThrottlingException",
			arrange: func(t *testing.T, st *stage) { st.fault(t, kmstest.Fault{Kind: kmstest.Throttle}) }},
		{name: "throttled, with the wish to be left alone for 4 seconds", from: inSDK, asked: "Decrypt 2", kind: keysource.KMSThrottled,
			arrange: func(t *testing.T, st *stage) {
				st.fault(t, kmstest.Fault{Kind: kmstest.Throttle, RetryAfter: 4 * time.Second})
			}},
		{name: "LimitExceededException, which the SDK repeats too", from: inSDK, asked: "Decrypt 2", sdk: 3, kind: keysource.KMSThrottled, cause: "LimitExceeded",
			arrange: answering("LimitExceededException", 0)},
		{name: "throttled for the 151st time, when the SDK has no quota of retries left", from: inSDK, asked: "Decrypt 2", kind: keysource.KMSThrottled, cause: "ThrottlingException",
			arrange: func(t *testing.T, st *stage) {
				st.options.Timeouts.Backoff = time.Millisecond
				st.fault(t, kmstest.Fault{Kind: kmstest.Throttle})
				for range 150 {
					refusal(t, unwrap(st.driver(), st.spec, st.wrapped), keysource.KMSThrottled)
				}
			}},
		{name: "KMSInternalException (status 500)", from: reference, asked: "Decrypt 2", sdk: 3, kind: keysource.KMSUnreachable, cause: "KMSInternalException",
			arrange: answering("KMSInternalException", 0)},
		{name: "ServiceUnavailable (status 503)", from: reference, asked: "Decrypt 2", sdk: 3, kind: keysource.KMSUnreachable, arrange: answering("ServiceUnavailable", 503)},
		{name: "a code that nobody knows", from: assumed, asked: "Decrypt 1", sdk: 1, kind: keysource.KMSUnreachable, cause: "BrandNewException", arrange: answering("BrandNewException", 0)},
		{name: "a code that nobody knows (status 500)", from: assumed, asked: "Decrypt 2", sdk: 3, kind: keysource.KMSUnreachable, cause: "BrandNewException",
			arrange: answering("BrandNewException", 500)},
		{name: "ValidationException", from: recorded, asked: "Decrypt 1", sdk: 1, kind: keysource.KeyMismatch, cause: "ValidationException", arrange: answering("ValidationException", 0)},
	}}
}

// assuming: STS answers AssumeRole with code.
func assuming(code string, status int) func(*testing.T, *stage) {
	return asRole(func(t *testing.T, st *stage) {
		st.fault(t, kmstest.Fault{Kind: kmstest.Answer, Operation: "AssumeRole", Code: code, Status: status})
	})
}

// asRole: the tenant's key is used through a role.
func asRole(then func(*testing.T, *stage)) func(*testing.T, *stage) {
	return func(t *testing.T, st *stage) {
		st.spec = withRole(st.spec)
		then(t, st)
	}
}

// roleRows: what STS says about the tenant's role.
func roleRows() section {
	const once = "AssumeRole 1"
	return section{"The tenant's role (STS)", "The same code of STS is a no of the customer's where the role is meant, and pgseal's own trouble where its credentials are.", []row{
		{name: "a role that trusts pgseal", from: reference, asked: "AssumeRole 1, Decrypt 1", arrange: asRole(func(*testing.T, *stage) {})},
		{name: "the role trusts pgseal no longer", from: recorded, asked: once, kind: keysource.AccessDenied, cause: "sts:AssumeRole", arrange: asRole(func(_ *testing.T, st *stage) {
			st.server.AddRole(kmstest.Role{ARN: roleARN, ExternalID: external, Trusted: []string{"999999999999"}})
		})},
		{name: "the wrong external id", from: reference, asked: once, kind: keysource.AccessDenied, cause: "sts:AssumeRole",
			arrange: asRole(func(_ *testing.T, st *stage) { st.spec.ExternalID = "guess" })},
		{name: "no external id where one is wanted", from: reference, asked: once, kind: keysource.AccessDenied, cause: "sts:AssumeRole",
			arrange: asRole(func(_ *testing.T, st *stage) { st.spec.ExternalID = "" })},
		{name: "no such role", from: reference, asked: once, kind: keysource.AccessDenied, cause: "sts:AssumeRole",
			arrange: asRole(func(_ *testing.T, st *stage) { st.server.RemoveRole(roleARN) })},
		{name: "STS: ValidationError", from: reference, asked: once, kind: keysource.AccessDenied, cause: "ValidationError", arrange: assuming("ValidationError", 400)},
		{name: "STS knows pgseal's credentials no longer", from: reference, asked: once, kind: keysource.KMSCredentials, cause: "InvalidClientTokenId",
			arrange: assuming("UnrecognizedClientException", 0)},
		{name: "STS: pgseal's credentials have expired", from: reference, asked: once, kind: keysource.KMSCredentials, cause: "ExpiredToken", arrange: assuming("ExpiredTokenException", 0)},
		{name: "STS is not active in the region", from: reference, asked: once, kind: keysource.KMSCredentials, cause: "RegionDisabledException",
			arrange: assuming("RegionDisabledException", 403)},
		{name: "STS: a policy too large", from: reference, asked: once, kind: keysource.KMSUnreachable, cause: "PackedPolicyTooLarge", arrange: assuming("PackedPolicyTooLarge", 0)},
		{name: "STS throttles", from: reference, asked: "AssumeRole 2", kind: keysource.KMSThrottled, cause: "Throttling", arrange: assuming("ThrottlingException", 0)},
		{name: "STS: InternalFailure", from: reference, asked: "AssumeRole 2", kind: keysource.KMSUnreachable, cause: "InternalFailure", arrange: assuming("InternalFailure", 0)},
		{name: "STS answers with a web page", from: assumed, asked: "AssumeRole 1", kind: keysource.KMSUnreachable,
			arrange: asRole(func(t *testing.T, st *stage) {
				st.fault(t, kmstest.Fault{Kind: kmstest.Garbage, Operation: "AssumeRole"})
			})},
		{name: "STS hangs", from: network, asked: "AssumeRole 2", kind: keysource.KMSUnreachable, cause: "role", within: outageLimit, after: 700 * time.Millisecond,
			arrange: asRole(func(t *testing.T, st *stage) { st.fault(t, kmstest.Fault{Kind: kmstest.Hang, Operation: "AssumeRole"}) })},
		{name: "STS hangs, and the caller gives up after 200 ms", from: inSDK, asked: "AssumeRole 1", kind: keysource.KMSUnreachable, cause: "deadline", after: 200 * time.Millisecond,
			ask: func(ctx context.Context, w *awskms.Wrapper, st *stage) error {
				ctx, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
				defer cancel()
				_, _, err := w.Unwrap(ctx, st.spec, st.wrapped)
				return err
			},
			arrange: asRole(func(t *testing.T, st *stage) { st.fault(t, kmstest.Fault{Kind: kmstest.Hang, Operation: "AssumeRole"}) })},
		{name: "STS sends half a body", from: network, asked: "AssumeRole 2", kind: keysource.KMSUnreachable, cause: "role", within: outageLimit, after: 700 * time.Millisecond,
			arrange: asRole(func(t *testing.T, st *stage) {
				st.fault(t, kmstest.Fault{Kind: kmstest.HalfBody, Operation: "AssumeRole"})
			})},
		{name: "the role's session has expired at KMS", from: recorded, asked: "Decrypt 1", kind: keysource.KMSCredentials, cause: "ExpiredTokenException",
			arrange: asRole(func(t *testing.T, st *stage) {
				must(t, unwrap(st.driver(), st.spec, st.wrapped))
				st.server.ExpireSessions()
			})},
	}}
}
