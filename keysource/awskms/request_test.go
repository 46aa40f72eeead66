package awskms_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/awskms"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// Every request names the key by its own ARN and carries the whole encryption context.
func TestRequests(t *testing.T) {
	s := startKMS(t)
	w := newDriver(t, awskms.Options{Endpoint: s.URL()})
	from, to := fresh(s.CreateKey(kmstest.KeyOptions{})), fresh(s.CreateKey(kmstest.KeyOptions{}))
	wrapped := generate(t, w, from)
	if wrapped.KeyARN != from.KeyARN || len(wrapped.MaterialID) != 64 {
		t.Errorf("wrapped by %s, material %q", wrapped.KeyARN, wrapped.MaterialID)
	}
	if err := unwrap(w, from, wrapped); err != nil {
		t.Error(err)
	}
	if _, err := w.Rewrap(t.Context(), from, to, wrapped); err != nil {
		t.Error(err)
	}
	if err := w.Probe(t.Context(), from); err != nil {
		t.Error(err)
	}
	want := map[string]string{
		"pgseal:tenant": from.TenantID.String(), "pgseal:key-id": fmt.Sprintf("%08x", uint32(from.KeyNumber)), "pgseal:purpose": "data-key",
	}
	for _, call := range s.Calls() {
		if call.KeyID != from.KeyARN {
			t.Errorf("%s names the key %q", call.Operation, call.KeyID)
		}
		if fmt.Sprint(call.EncryptionContext) != fmt.Sprint(want) {
			t.Errorf("%s: context %v, want %v", call.Operation, call.EncryptionContext, want)
		}
	}
	if got, want := s.Counts(), "map[Decrypt:2 GenerateDataKey:2 ReEncrypt:1]"; fmt.Sprint(got) != want {
		t.Errorf("requests %v, want %v", got, want)
	}
}

// An alias is followed when a data key is made, and never again for that data key.
func TestAliasIsResolvedOnce(t *testing.T) {
	s := startKMS(t)
	w := newDriver(t, awskms.Options{Endpoint: s.URL()})
	first := s.CreateKey(kmstest.KeyOptions{Alias: "alias/acme"})
	spec := fresh("arn:aws:kms:eu-central-1:111122223333:alias/acme")
	wrapped := generate(t, w, spec)
	if wrapped.KeyARN != first {
		t.Fatalf("wrapped by %s, want %s", wrapped.KeyARN, first)
	}
	second := s.CreateKey(kmstest.KeyOptions{Alias: "alias/acme"}) // the alias moves
	s.ResetCounts()
	if err := unwrap(w, spec, wrapped); err != nil {
		t.Errorf("after the alias has moved: %v", err)
	}
	spec.ResolvedARN = first
	if got := generate(t, w, spec); got.KeyARN != first {
		t.Errorf("resolved to %s, wrapped by %s", first, got.KeyARN)
	}
	if n := s.Count("DescribeKey"); n != 0 {
		t.Errorf("the alias was looked up %d times more", n)
	}
	spec.ResolvedARN = ""
	if got := generate(t, w, spec); got.KeyARN != second {
		t.Errorf("a new resolution leads to %s, want %s", got.KeyARN, second)
	}
	spec.KeyARN = strings.Replace(spec.KeyARN, "acme", "none", 1)
	_, _, err := w.Generate(t.Context(), spec)
	refusal(t, err, keysource.KeyNotFound)
}

// One session of the role serves all calls of a tenant; its name has the tenant's id.
func TestRoleSessions(t *testing.T) {
	s := startKMS(t)
	w := newDriver(t, awskms.Options{Endpoint: s.URL()})
	arn := s.CreateKey(kmstest.KeyOptions{Account: "444455556666"})
	if err := s.Restrict(arn, roleARN); err != nil {
		t.Fatal(err)
	}
	acme, other := withRole(fresh(arn)), withRole(fresh(arn))
	for range 3 {
		generate(t, w, acme)
	}
	generate(t, w, other)
	if n := s.Count("AssumeRole"); n != 2 {
		t.Errorf("%d sessions for two tenants", n)
	}
	session := "pgseal-" + acme.TenantID.String()
	for _, call := range s.Calls()[:2] {
		if call.RoleSession != session && !strings.HasSuffix(call.Principal, ":assumed-role/pgseal/"+session) {
			t.Errorf("%+v is not of session %s", call, session)
		}
	}
	_, _, err := w.Generate(t.Context(), fresh(arn))
	refusal(t, err, keysource.AccessDenied) // without the role

	s.ExpireSessions() // a lost session costs one call
	_, _, err = w.Generate(t.Context(), acme)
	refusal(t, err, keysource.KMSCredentials)
	generate(t, w, acme)
}

// A role that trusts pgseal again is assumed again, without a restart.
func TestRoleComesBack(t *testing.T) {
	s := startKMS(t)
	w := newDriver(t, awskms.Options{Endpoint: s.URL()})
	spec := withRole(fresh(s.CreateKey(kmstest.KeyOptions{})))
	for _, role := range []kmstest.Role{{ARN: roleARN, ExternalID: "another"}, {ARN: roleARN, ExternalID: external, Trusted: []string{"999999999999"}}} {
		s.AddRole(role)
		_, _, err := w.Generate(t.Context(), spec)
		refusal(t, err, keysource.AccessDenied)
	}
	s.AddRole(kmstest.Role{ARN: roleARN, ExternalID: external})
	generate(t, w, spec)
	generate(t, w, spec)
	if n := s.Count("AssumeRole"); n != 3 {
		t.Errorf("%d requests to STS", n)
	}
}

// A grant is enough, and gone it is a denial.
func TestRevokedGrant(t *testing.T) {
	s := startKMS(t)
	w := newDriver(t, awskms.Options{Endpoint: s.URL()})
	spec := fresh(s.CreateKey(kmstest.KeyOptions{}))
	if err := s.Restrict(spec.KeyARN); err != nil {
		t.Fatal(err)
	}
	_, _, err := w.Generate(t.Context(), spec)
	refusal(t, err, keysource.AccessDenied)
	id, err := s.Grant(spec.KeyARN, proxyARN, "GenerateDataKey", "Decrypt")
	if err != nil {
		t.Fatal(err)
	}
	wrapped := generate(t, w, spec)
	if err := unwrap(w, spec, wrapped); err != nil {
		t.Error(err)
	}
	if err := s.Revoke(spec.KeyARN, id); err != nil {
		t.Fatal(err)
	}
	refusal(t, unwrap(w, spec, wrapped), keysource.AccessDenied)
}

// Two regions are two endpoints' worth of clients, and each request is signed for its key's region.
func TestRegionOfTheKey(t *testing.T) {
	s := startKMS(t)
	w := newDriver(t, awskms.Options{Endpoint: s.URL()})
	for _, region := range []string{"eu-west-1", "us-gov-west-1", "ap-southeast-2"} {
		generate(t, w, fresh(s.CreateKey(kmstest.KeyOptions{Region: region})))
	}
}

// The tenant's own endpoint is for KMS; STS stays where the options say.
func TestEndpointOfTheTenant(t *testing.T) {
	elsewhere, s := startKMS(t), startKMS(t)
	w := newDriver(t, awskms.Options{Endpoint: elsewhere.URL(), STSEndpoint: s.URL()})
	spec := withRole(fresh(s.CreateKey(kmstest.KeyOptions{})))
	spec.Endpoint = s.URL()
	generate(t, w, spec)
	if n := len(elsewhere.Calls()); n != 0 {
		t.Errorf("%d requests went to the endpoint of the options", n)
	}
	t.Setenv("AWS_USE_FIPS_ENDPOINT", "true")
	t.Setenv("AWS_ENDPOINT_URL_KMS", elsewhere.URL())
	w.Close() // reads the environment anew
	generate(t, w, spec)
	if n := len(elsewhere.Calls()); n != 0 {
		t.Errorf("the environment sent %d requests elsewhere", n)
	}
}

func TestRewrapAsksInTheWayThatIsAllowed(t *testing.T) {
	for _, tt := range []struct {
		name    string
		arrange func(s *kmstest.Server, from, to *keysource.KeySpec)
		counts  string
		kind    keysource.Kind // 0: works
		key     string         // of the error: "from" or "to"
	}{
		{"one principal", func(*kmstest.Server, *keysource.KeySpec, *keysource.KeySpec) {}, "map[ReEncrypt:1]", 0, ""},
		{"two principals", func(_ *kmstest.Server, _, to *keysource.KeySpec) { *to = withRole(*to) }, "map[AssumeRole:1 Decrypt:1 Encrypt:1]", 0, ""},
		{"two roles", func(s *kmstest.Server, from, to *keysource.KeySpec) {
			const other = "arn:aws:iam::777788889999:role/pgseal"
			s.AddRole(kmstest.Role{ARN: other, Trusted: []string{proxyARN}})
			*from = withRole(*from)
			to.RoleARN = other
			_, _ = s.Restrict(from.KeyARN, roleARN), s.Restrict(to.KeyARN, other)
		}, "map[AssumeRole:2 Decrypt:1 Encrypt:1]", 0, ""},
		{"one role for both", func(_ *kmstest.Server, from, to *keysource.KeySpec) {
			*from, *to = withRole(*from), withRole(*to)
			to.TenantID = from.TenantID // whose name the session has
		}, "map[AssumeRole:1 ReEncrypt:1]", 0, ""},
		{"another account", func(s *kmstest.Server, _, to *keysource.KeySpec) {
			to.KeyARN = s.CreateKey(kmstest.KeyOptions{Account: customer})
		}, "map[ReEncrypt:1]", 0, ""},
		{"another region", func(s *kmstest.Server, _, to *keysource.KeySpec) {
			to.KeyARN = s.CreateKey(kmstest.KeyOptions{Region: "us-east-1"})
		}, "map[Decrypt:1 Encrypt:1]", 0, ""},
		{"another region, not there", func(_ *kmstest.Server, _, to *keysource.KeySpec) {
			to.KeyARN = "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-000000000000"
		}, "map[Decrypt:1 Encrypt:1]", keysource.KeyNotFound, "to"},
		{"another endpoint", func(s *kmstest.Server, _, to *keysource.KeySpec) { to.Endpoint = s.URL() }, "map[Decrypt:1 Encrypt:1]", 0, ""},
		{"kms:ReEncryptFrom missing", func(s *kmstest.Server, from, _ *keysource.KeySpec) {
			s.Deny(kmstest.Denial{Resource: from.KeyARN, Operations: []string{"ReEncryptFrom"}})
		}, "map[Decrypt:1 Encrypt:1 ReEncrypt:1]", 0, ""},
		{"kms:ReEncryptTo missing", func(s *kmstest.Server, _, to *keysource.KeySpec) {
			s.Deny(kmstest.Denial{Resource: to.KeyARN, Operations: []string{"ReEncryptTo"}})
		}, "map[Decrypt:1 Encrypt:1 ReEncrypt:1]", 0, ""},
		{"old key denied altogether", func(s *kmstest.Server, from, _ *keysource.KeySpec) {
			s.Deny(kmstest.Denial{Resource: from.KeyARN})
		}, "map[Decrypt:1 ReEncrypt:1]", keysource.AccessDenied, "from"},
		{"new key denied altogether", func(s *kmstest.Server, _, to *keysource.KeySpec) {
			s.Deny(kmstest.Denial{Resource: to.KeyARN})
		}, "map[Decrypt:1 Encrypt:1 ReEncrypt:1]", keysource.AccessDenied, "to"},
		{"ReEncrypt not allowed", func(s *kmstest.Server, _, _ *keysource.KeySpec) {
			s.Deny(kmstest.Denial{Operations: []string{"ReEncrypt*"}})
		}, "map[Decrypt:1 Encrypt:1 ReEncrypt:1]", 0, ""},
		{"old key disabled", func(s *kmstest.Server, from, _ *keysource.KeySpec) {
			_ = s.SetState(from.KeyARN, kmstest.Disabled)
		}, "map[Decrypt:1 ReEncrypt:1]", keysource.KeyDisabled, "from"},
		{"new key disabled", func(s *kmstest.Server, _, to *keysource.KeySpec) {
			_ = s.SetState(to.KeyARN, kmstest.Disabled)
		}, "map[Decrypt:1 Encrypt:1 ReEncrypt:1]", keysource.KeyDisabled, "to"},
		{"old key pending deletion", func(s *kmstest.Server, from, _ *keysource.KeySpec) {
			_ = s.SetState(from.KeyARN, kmstest.PendingDeletion)
		}, "map[Decrypt:1 DescribeKey:1 ReEncrypt:1]", keysource.KeyInvalidState, "from"},
		{"new key not found", func(_ *kmstest.Server, _, to *keysource.KeySpec) {
			to.KeyARN = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-000000000000"
		}, "map[Decrypt:1 Encrypt:1 ReEncrypt:1]", keysource.KeyNotFound, "to"},
		{"throttled", func(s *kmstest.Server, _, _ *keysource.KeySpec) {
			_, _ = s.Inject(kmstest.Fault{Kind: kmstest.Throttle})
		}, "map[ReEncrypt:2]", keysource.KMSThrottled, "to"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := startKMS(t)
			w := newDriver(t, awskms.Options{Endpoint: s.URL()})
			from, to := fresh(s.CreateKey(kmstest.KeyOptions{})), fresh(s.CreateKey(kmstest.KeyOptions{}))
			wrapped := generate(t, w, from)
			tt.arrange(s, &from, &to)
			s.ResetCounts()
			moved, err := w.Rewrap(t.Context(), from, to, wrapped)
			if got := fmt.Sprint(s.Counts()); got != tt.counts {
				t.Errorf("requests %v, want %v", got, tt.counts)
			}
			if tt.kind == 0 {
				if err != nil {
					t.Fatal(err)
				}
				if err := unwrap(w, to, moved); err != nil || moved.KeyARN != to.KeyARN {
					t.Errorf("moved to %s: %v", moved.KeyARN, err)
				}
				return
			}
			want := map[string]string{"from": from.KeyARN, "to": to.KeyARN}[tt.key]
			if e := refusal(t, err, tt.kind); e.Key != want || e.Op != keysource.OpRewrap {
				t.Errorf("%v is about %s (%s), want the %q key", e, e.Key, e.Op, tt.key)
			}
		})
	}
}

// A probe makes nothing, wherever the server knows dry runs, and proves both directions everywhere.
func TestProbe(t *testing.T) {
	decryptDenied := func(s *kmstest.Server) { s.Deny(kmstest.Denial{Operations: []string{"Decrypt"}}) }
	noBlindDryRun := func(s *kmstest.Server) {
		_, _ = s.Inject(kmstest.Fault{Kind: kmstest.Answer, Code: "ValidationException", Operation: "Decrypt", Times: 1})
	}
	for name, tt := range map[string]struct {
		options kmstest.Options
		arrange func(*kmstest.Server)
		counts  string
		kind    keysource.Kind
	}{
		"usable":                      {kmstest.Options{}, nil, "map[Decrypt:1 GenerateDataKey:1]", 0},
		"Decrypt denied":              {kmstest.Options{}, decryptDenied, "map[Decrypt:1 GenerateDataKey:1]", keysource.AccessDenied},
		"no dry runs":                 {kmstest.Options{NoDryRun: true}, nil, "map[Decrypt:1 GenerateDataKey:1]", 0},
		"no dry runs, Decrypt denied": {kmstest.Options{NoDryRun: true}, decryptDenied, "map[Decrypt:1 GenerateDataKey:1]", keysource.AccessDenied},
		"dry run wants a ciphertext":  {kmstest.Options{}, noBlindDryRun, "map[Decrypt:2 GenerateDataKey:2]", 0},
		"GenerateDataKey denied": {kmstest.Options{}, func(s *kmstest.Server) {
			s.Deny(kmstest.Denial{Operations: []string{"GenerateDataKey"}})
		}, "map[GenerateDataKey:1]", keysource.AccessDenied},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := kmstest.Start(tt.options)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = s.Close() })
			spec := fresh(s.CreateKey(kmstest.KeyOptions{}))
			if tt.arrange != nil {
				tt.arrange(s)
			}
			err = newDriver(t, awskms.Options{Endpoint: s.URL()}).Probe(t.Context(), spec)
			if tt.kind != 0 {
				refusal(t, err, tt.kind)
			} else if err != nil {
				t.Error(err)
			}
			if got := fmt.Sprint(s.Counts()); got != tt.counts {
				t.Errorf("requests %v, want %v", got, tt.counts)
			}
		})
	}
}
