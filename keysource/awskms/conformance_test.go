package awskms_test

import (
	"testing"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/awskms"
	"github.com/legatics/pgseal/keysource/keysourcetest"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// TestConformance holds the driver, with the real SDK, to the contract of all drivers: with the proxy's own
// credentials, through a role, and by an alias.
func TestConformance(t *testing.T) {
	t.Parallel()
	s := startKMS(t)
	const alias = "arn:aws:kms:eu-central-1:444455556666:alias/acme"
	arn := s.CreateKey(kmstest.KeyOptions{Account: "444455556666", Alias: "alias/acme"})
	other := s.CreateKey(kmstest.KeyOptions{Account: "777788889999"})
	elsewhere := s.CreateKey(kmstest.KeyOptions{Account: "777788889999", Region: "us-east-1"})
	for name, specs := range map[string]struct{ spec, other keysource.KeySpec }{
		"own credentials":      {fresh(arn), fresh(other)},
		"role":                 {withRole(fresh(arn)), withRole(fresh(other))},
		"role, then none":      {withRole(fresh(arn)), fresh(other)},
		"alias":                {fresh(alias), fresh(other)},
		"alias through a role": {withRole(fresh(alias)), withRole(fresh(other))},
		"two regions":          {fresh(arn), fresh(elsewhere)},
	} {
		t.Run(name, func(t *testing.T) {
			keysourcetest.Run(t, keysourcetest.Harness{
				Wrapper: newDriver(t, awskms.Options{Endpoint: s.URL()}),
				Spec:    specs.spec, Other: &specs.other,
				Withdrawals: withdrawals(s, arn),
				Secrets:     [][]byte{[]byte(secretKey), []byte(external)},
			})
		})
	}
}

func withdrawals(s *kmstest.Server, arn string) []keysourcetest.Withdrawal {
	denial := kmstest.Denial{Resource: arn}
	check := func(t *testing.T, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	state := func(name string, kind keysource.Kind, state kmstest.State) keysourcetest.Withdrawal {
		return keysourcetest.Withdrawal{
			Name: name, Kind: kind,
			Withdraw: func(t *testing.T) { check(t, s.SetState(arn, state)) },
			Restore:  func(t *testing.T) { check(t, s.SetState(arn, kmstest.Enabled)) },
		}
	}
	fault := func(name string, kind keysource.Kind, f kmstest.Fault) keysourcetest.Withdrawal {
		return keysourcetest.Withdrawal{
			Name: name, Kind: kind,
			Withdraw: func(t *testing.T) { _, err := s.Inject(f); check(t, err) },
			Restore:  func(*testing.T) { s.ClearFaults() },
		}
	}
	return []keysourcetest.Withdrawal{
		{
			Name: "denied", Kind: keysource.AccessDenied,
			Withdraw: func(*testing.T) { s.Deny(denial) }, Restore: func(*testing.T) { s.Allow(denial) },
		},
		state("disabled", keysource.KeyDisabled, kmstest.Disabled),
		state("pending deletion", keysource.KeyInvalidState, kmstest.PendingDeletion),
		state("pending import", keysource.KeyInvalidState, kmstest.PendingImport),
		state("key store disconnected", keysource.KeyStoreUnavailable, kmstest.Unavailable),
		fault("dropped connections", keysource.KMSUnreachable, kmstest.Fault{Kind: kmstest.Drop}),
		fault("throttled", keysource.KMSThrottled, kmstest.Fault{Kind: kmstest.Throttle}),
	}
}
