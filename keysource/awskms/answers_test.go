package awskms_test

import (
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/credentials"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/awskms"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// answerLimit is within which any answer of a KMS that does answer must be known, a denial above all.
const answerLimit = time.Second

// scene is a server with a key of the customer's account, and a data key wrapped by it.
type scene struct {
	server  *kmstest.Server
	arn     string
	spec    keysource.KeySpec
	wrapped keysource.Wrapped
}

func (sc *scene) fault(t *testing.T, f kmstest.Fault) {
	t.Helper()
	if _, err := sc.server.Inject(f); err != nil {
		t.Fatal(err)
	}
}

func (sc *scene) state(t *testing.T, state kmstest.State) {
	t.Helper()
	if err := sc.server.SetState(sc.arn, state); err != nil {
		t.Fatal(err)
	}
}

// answer is one thing that AWS may say to Decrypt, and what the driver makes of it.
type answer struct {
	name    string
	kind    keysource.Kind
	cause   string // part of the error's text
	arrange func(*testing.T, *scene)
}

func code(code string, status int) func(*testing.T, *scene) {
	return func(t *testing.T, sc *scene) {
		sc.fault(t, kmstest.Fault{Kind: kmstest.Answer, Operation: "Decrypt", Code: code, Status: status})
	}
}

func trouble(code string) func(*testing.T, *scene) {
	return func(t *testing.T, sc *scene) {
		if err := sc.server.Trouble(sc.arn, code); err != nil {
			t.Fatal(err)
		}
	}
}

func inState(state kmstest.State) func(*testing.T, *scene) {
	return func(t *testing.T, sc *scene) { sc.state(t, state) }
}

// inStateUnknown: KMS refuses for the key's state and DescribeKey answers with the fault.
func inStateUnknown(f kmstest.Fault) func(*testing.T, *scene) {
	return func(t *testing.T, sc *scene) {
		sc.state(t, kmstest.PendingDeletion)
		f.Operation = "DescribeKey"
		sc.fault(t, f)
	}
}

func answers() []answer {
	return []answer{
		{"denied by policy", keysource.AccessDenied, "AccessDeniedException", func(_ *testing.T, sc *scene) {
			sc.server.Deny(kmstest.Denial{Principal: roleARN, Operations: []string{"Decrypt"}})
		}},
		{"denied, server's clock an hour ahead", keysource.AccessDenied, "AccessDeniedException", func(t *testing.T, sc *scene) {
			sc.fault(t, kmstest.Fault{Kind: kmstest.Answer, Operation: "Decrypt", Code: "AccessDeniedException", Message: "no"})
			sc.server.SetClockSkew(time.Hour)
		}},
		{"disabled", keysource.KeyDisabled, "is disabled.", inState(kmstest.Disabled)},
		{"pending deletion", keysource.KeyInvalidState, "PendingDeletion", inState(kmstest.PendingDeletion)},
		{"pending import", keysource.KeyInvalidState, "PendingImport", inState(kmstest.PendingImport)},
		{"invalid state, DescribeKey denied", keysource.KeyInvalidState, "could not be found out", inStateUnknown(kmstest.Fault{Kind: kmstest.Answer, Code: "AccessDeniedException"})},
		{"invalid state, DescribeKey hangs", keysource.KeyInvalidState, "could not be found out", inStateUnknown(kmstest.Fault{Kind: kmstest.Hang})},
		{"invalid state, DescribeKey throttled", keysource.KeyInvalidState, "could not be found out", inStateUnknown(kmstest.Fault{Kind: kmstest.Throttle})},
		{"invalid state, DescribeKey empty", keysource.KeyInvalidState, "incomplete", inStateUnknown(kmstest.Fault{Kind: kmstest.Empty})},
		{"invalid state, then gone", keysource.KeyNotFound, "", inStateUnknown(kmstest.Fault{Kind: kmstest.Answer, Code: "NotFoundException"})},
		{"custom key store disconnected", keysource.KeyStoreUnavailable, "Unavailable", inState(kmstest.Unavailable)},
		{"custom key store in trouble", keysource.KeyStoreUnavailable, "Enabled", trouble("KMSInvalidStateException")},
		{"CloudHSM", keysource.KeyStoreUnavailable, "", trouble("CloudHsmClusterInvalidConfigurationException")},
		{"external key store", keysource.KeyStoreUnavailable, "", trouble("XksProxyUriUnreachableException")},
		{"KeyUnavailable", keysource.KeyStoreUnavailable, "", trouble("KeyUnavailableException")},
		{"DependencyTimeout", keysource.KeyStoreUnavailable, "", trouble("DependencyTimeoutException")},
		{"deleted", keysource.KeyNotFound, "does not exist", func(t *testing.T, sc *scene) {
			if err := sc.server.DeleteKey(sc.arn); err != nil {
				t.Fatal(err)
			}
		}},
		{"throttled", keysource.KMSThrottled, "ThrottlingException", func(t *testing.T, sc *scene) { sc.fault(t, kmstest.Fault{Kind: kmstest.Throttle}) }},
		{"LimitExceeded", keysource.KMSThrottled, "", code("LimitExceededException", 0)},
		{"KMSInternal", keysource.KMSUnreachable, "KMSInternalException", code("KMSInternalException", 0)},
		{"ServiceUnavailable", keysource.KMSUnreachable, "", code("ServiceUnavailable", 503)},
		{"InvalidKeyUsage", keysource.KeyMismatch, "", code("InvalidKeyUsageException", 0)},
		{"Validation", keysource.KeyMismatch, "", code("ValidationException", 0)},
		{"IncorrectKey", keysource.KeyMismatch, "IncorrectKeyException", code("IncorrectKeyException", 0)},
		{"spoilt ciphertext", keysource.KeyMismatch, "InvalidCiphertextException", func(_ *testing.T, sc *scene) {
			sc.wrapped.Ciphertext[40] ^= 1
		}},
		{"another tenant", keysource.KeyMismatch, "InvalidCiphertextException", func(_ *testing.T, sc *scene) { sc.spec.TenantID[0] ^= 1 }},
		{"another number", keysource.KeyMismatch, "InvalidCiphertextException", func(_ *testing.T, sc *scene) { sc.spec.KeyNumber++ }},
		{"expired token", keysource.KMSCredentials, "ExpiredTokenException", func(_ *testing.T, sc *scene) { sc.server.ExpireSessions() }},
		{"UnrecognizedClient", keysource.KMSCredentials, "", code("UnrecognizedClientException", 0)},
		{"signature", keysource.KMSCredentials, "InvalidSignatureException", func(_ *testing.T, sc *scene) { sc.server.SetClockSkew(time.Hour) }},
		{"unknown code", keysource.KMSUnreachable, "BrandNewException", code("BrandNewException", 0)},
		{"unknown code, status 500", keysource.KMSUnreachable, "BrandNewException", code("BrandNewException", 500)},
		{"web page instead", keysource.KMSUnreachable, "could not be read", func(t *testing.T, sc *scene) { sc.fault(t, kmstest.Fault{Kind: kmstest.Garbage}) }},
		{"empty success", keysource.KMSUnreachable, "incomplete", func(t *testing.T, sc *scene) { sc.fault(t, kmstest.Fault{Kind: kmstest.Empty}) }},
	}
}

// TestAnswers: every answer of AWS has its kind, in time, and the same call works again when all is well again.
func TestAnswers(t *testing.T) {
	for _, a := range answers() {
		t.Run(a.name, func(t *testing.T) {
			s := startKMS(t)
			w := newDriver(t, awskms.Options{Endpoint: s.URL()})
			arn := s.CreateKey(kmstest.KeyOptions{Account: "444455556666"})
			sc := &scene{server: s, arn: arn, spec: withRole(fresh(arn))}
			sc.wrapped = generate(t, w, sc.spec)
			a.arrange(t, sc)
			within(t, answerLimit, func() {
				e := refusal(t, unwrap(w, sc.spec, sc.wrapped), a.kind)
				if e.Op != keysource.OpUnwrap || e.Key != arn || e.Tenant != "acme" {
					t.Errorf("the error does not say what failed: %+v", e)
				}
				if !strings.Contains(e.Error(), a.cause) {
					t.Errorf("%q does not name the cause %q", e, a.cause)
				}
				if e.RequestID == "" && a.kind != keysource.KMSUnreachable {
					t.Errorf("no request id in %v", e)
				}
			})
		})
	}
}

// A denial is asked for once, whatever else is true: a second request could hide it behind a time-out.
func TestDenialIsNotRetried(t *testing.T) {
	s := startKMS(t)
	w := newDriver(t, awskms.Options{Endpoint: s.URL()})
	spec := fresh(s.CreateKey(kmstest.KeyOptions{}))
	wrapped := generate(t, w, spec)
	s.SetClockSkew(10 * time.Minute)
	for _, f := range []kmstest.Fault{
		{Kind: kmstest.Answer, Operation: "Decrypt", Code: "AccessDeniedException", Times: 1},
		{Kind: kmstest.Hang, Operation: "Decrypt"},
	} {
		if _, err := s.Inject(f); err != nil {
			t.Fatal(err)
		}
	}
	within(t, answerLimit, func() { refusal(t, unwrap(w, spec, wrapped), keysource.AccessDenied) })
	if n := s.Count("Decrypt"); n != 1 {
		t.Errorf("%d requests", n)
	}
}

// TestRoles: what STS says about the tenant's role.
func TestRoles(t *testing.T) {
	for _, tt := range []struct {
		name    string
		kind    keysource.Kind
		cause   string
		arrange func(*testing.T, *kmstest.Server, *keysource.KeySpec)
	}{
		{"not trusted", keysource.AccessDenied, "sts:AssumeRole", func(_ *testing.T, s *kmstest.Server, _ *keysource.KeySpec) {
			s.AddRole(kmstest.Role{ARN: roleARN, ExternalID: external, Trusted: []string{"999999999999"}})
		}},
		{"wrong external id", keysource.AccessDenied, "sts:AssumeRole", func(_ *testing.T, _ *kmstest.Server, spec *keysource.KeySpec) { spec.ExternalID = "guess" }},
		{"no external id", keysource.AccessDenied, "sts:AssumeRole", func(_ *testing.T, _ *kmstest.Server, spec *keysource.KeySpec) { spec.ExternalID = "" }},
		{"no such role", keysource.AccessDenied, "sts:AssumeRole", func(_ *testing.T, s *kmstest.Server, _ *keysource.KeySpec) { s.RemoveRole(roleARN) }},
		{"validation", keysource.AccessDenied, "ValidationError", stsCode("ValidationError", 400)},
		{"proxy's credentials refused", keysource.KMSCredentials, "InvalidClientTokenId", stsCode("UnrecognizedClientException", 0)},
		{"proxy's credentials expired", keysource.KMSCredentials, "ExpiredToken", stsCode("ExpiredTokenException", 0)},
		{"region not active", keysource.KMSCredentials, "RegionDisabledException", stsCode("RegionDisabledException", 403)},
		{"throttled", keysource.KMSThrottled, "Throttling", stsCode("ThrottlingException", 0)},
		{"internal", keysource.KMSUnreachable, "InternalFailure", stsCode("InternalFailure", 0)},
		{"garbage", keysource.KMSUnreachable, "", func(t *testing.T, s *kmstest.Server, _ *keysource.KeySpec) {
			if _, err := s.Inject(kmstest.Fault{Kind: kmstest.Garbage, Operation: "AssumeRole"}); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := startKMS(t)
			w := newDriver(t, awskms.Options{Endpoint: s.URL()})
			spec := withRole(fresh(s.CreateKey(kmstest.KeyOptions{Account: "444455556666"})))
			good := spec
			tt.arrange(t, s, &spec)
			within(t, answerLimit, func() {
				_, _, err := w.Generate(t.Context(), spec)
				if e := refusal(t, err, tt.kind); !strings.Contains(e.Error(), tt.cause) {
					t.Errorf("%q does not name the cause %q", e, tt.cause)
				}
			})
			s.ClearFaults()
			s.AddRole(kmstest.Role{ARN: roleARN, ExternalID: external})
			generate(t, w, good)
		})
	}
}

func stsCode(code string, status int) func(*testing.T, *kmstest.Server, *keysource.KeySpec) {
	return func(t *testing.T, s *kmstest.Server, _ *keysource.KeySpec) {
		if _, err := s.Inject(kmstest.Fault{Kind: kmstest.Answer, Operation: "AssumeRole", Code: code, Status: status}); err != nil {
			t.Fatal(err)
		}
	}
}

// The proxy's own credentials refused by KMS itself.
func TestOwnCredentialsRefused(t *testing.T) {
	s := startKMS(t)
	arn := s.CreateKey(kmstest.KeyOptions{})
	for name, cred := range map[string]credentials.StaticCredentialsProvider{
		"unknown access key": credentials.NewStaticCredentialsProvider("AKIDNOBODY", "x", ""),
		"wrong secret":       credentials.NewStaticCredentialsProvider(accessKey, "x", ""),
		"forged session":     credentials.NewStaticCredentialsProvider(accessKey, secretKey, "x"),
		"empty":              credentials.NewStaticCredentialsProvider("", "", ""),
	} {
		t.Run(name, func(t *testing.T) {
			w := newDriver(t, awskms.Options{Endpoint: s.URL(), Credentials: cred})
			within(t, answerLimit, func() {
				_, _, err := w.Generate(t.Context(), fresh(arn))
				refusal(t, err, keysource.KMSCredentials)
			})
		})
	}
}
