package awskms_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/awskms"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// TestNobodyWaitsForAnother: while requests for many tenants' keys, and for sessions of their roles, are not answered, those for others are.
func TestNobodyWaitsForAnother(t *testing.T) {
	const bad = 200 // more than the SDK's transports hold connections
	s := startKMS(t)
	long := awskms.Timeouts{Operation: time.Minute, Attempt: time.Minute, Header: time.Minute, Attempts: 1}
	w := newDriver(t, awskms.Options{Endpoint: s.URL(), Timeouts: long})
	good := fresh(s.CreateKey(kmstest.KeyOptions{}))
	hang := func(about string) {
		if _, err := s.Inject(kmstest.Fault{Kind: kmstest.Hang, Key: about}); err != nil {
			t.Fatal(err)
		}
	}
	var ended sync.WaitGroup
	for i := range bad {
		spec := fresh(s.CreateKey(kmstest.KeyOptions{}))
		if i%2 == 0 {
			spec.RoleARN = fmt.Sprintf("arn:aws:iam::444455556666:role/tenant-%d", i)
			hang(spec.RoleARN)
		} else {
			hang(spec.KeyARN)
		}
		ended.Go(func() {
			_, key, err := w.Generate(t.Context(), spec)
			key.Destroy()
			if keysource.KindOf(err) != keysource.KMSUnreachable {
				t.Errorf("a KMS that hangs: %v", err)
			}
		})
	}
	for end := time.Now().Add(30 * time.Second); s.Count("GenerateDataKey")+s.Count("AssumeRole") < bad; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%v requests have arrived", s.Counts())
		}
	}
	for range 20 {
		generate(t, w, good)
		generate(t, w, withRole(fresh(good.KeyARN)))
	}
	if calls := s.Calls(); len(calls) != 20+2*20 {
		t.Errorf("%d requests were answered while %d hang", len(calls), bad)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	ended.Wait()
}

// TestOneTenantsRefusalCostsOthersNothing: a KMS that does not accept the proxy's credentials makes them be read anew, but the other
// tenants' sessions stay.
func TestOneTenantsRefusalCostsOthersNothing(t *testing.T) {
	s := startKMS(t)
	w := newDriver(t, awskms.Options{Endpoint: s.URL()})
	bad, good := fresh(s.CreateKey(kmstest.KeyOptions{})), withRole(fresh(s.CreateKey(kmstest.KeyOptions{})))
	generate(t, w, good)
	if _, err := s.Inject(kmstest.Fault{Kind: kmstest.Answer, Code: "UnrecognizedClientException", Key: bad.KeyARN}); err != nil {
		t.Fatal(err)
	}
	for range 5 {
		_, _, err := w.Generate(t.Context(), bad)
		refusal(t, err, keysource.KMSCredentials)
		generate(t, w, good)
	}
	if n := s.Count("AssumeRole"); n != 1 {
		t.Errorf("%d sessions for one role", n)
	}
}
