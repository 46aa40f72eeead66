package awskms_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/credentials"
	"go.uber.org/goleak"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/awskms"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

func TestMain(m *testing.M) {
	if os.Getenv(inChild) == "" { // else TestEnvironmentChangesNoLimits has set the environment
		for _, v := range os.Environ() { // the developer's own settings are no part of the tests
			if name, _, _ := strings.Cut(v, "="); strings.HasPrefix(name, "AWS_") {
				_ = os.Unsetenv(name)
			}
		}
		_ = os.Setenv("AWS_CONFIG_FILE", os.DevNull)
		_ = os.Setenv("AWS_SHARED_CREDENTIALS_FILE", os.DevNull)
	}
	goleak.VerifyTestMain(m)
}

const (
	secretKey = "the-secret-of-the-proxy-40-characters-xx"
	accessKey = "AKIDPROXY"
	proxyARN  = "arn:aws:iam::111122223333:user/pgseal"
	roleARN   = "arn:aws:iam::444455556666:role/pgseal"
	external  = "external-id-of-acme"
)

// startKMS runs a server that knows the proxy's user and a role that only he may assume.
func startKMS(t *testing.T) *kmstest.Server {
	t.Helper()
	s, err := kmstest.Start(kmstest.Options{Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	s.AddUser(proxyARN, accessKey, secretKey)
	s.AddRole(kmstest.Role{ARN: roleARN, ExternalID: external, Trusted: []string{proxyARN}})
	return s
}

// newDriver makes a driver whose own credentials are the proxy's user's.
func newDriver(t *testing.T, o awskms.Options) *awskms.Wrapper {
	t.Helper()
	if o.Credentials == nil {
		o.Credentials = credentials.NewStaticCredentialsProvider(accessKey, secretKey, "")
	}
	w, err := awskms.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	return w
}

// fresh is a spec for arn with a tenant and a key number of its own.
func fresh(arn string) keysource.KeySpec {
	return keysource.KeySpec{
		TenantID: crypto.NewTenantID(), TenantName: "acme", Provider: keysource.ProviderAWS,
		KeyARN: arn, KeyNumber: crypto.NewKeyNumber(),
	}
}

func withRole(s keysource.KeySpec) keysource.KeySpec {
	s.RoleARN, s.ExternalID = roleARN, external
	return s
}

// generate makes a data key and forgets its plaintext.
func generate(t *testing.T, w *awskms.Wrapper, s keysource.KeySpec) keysource.Wrapped {
	t.Helper()
	wrapped, key, err := w.Generate(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	key.Destroy()
	return wrapped
}

// unwrap opens wrapped and forgets the plaintext.
func unwrap(w *awskms.Wrapper, s keysource.KeySpec, wrapped keysource.Wrapped) error {
	key, _, err := w.Unwrap(context.Background(), s, wrapped)
	if err == nil {
		key.Destroy()
	}
	return err
}

// refusal returns the driver's error, which must be of this kind.
func refusal(t *testing.T, err error, kind keysource.Kind) *keysource.Error {
	t.Helper()
	var e *keysource.Error
	if !errors.As(err, &e) {
		t.Fatalf("%v is no *keysource.Error", err)
	}
	if e.Kind != kind {
		t.Fatalf("kind %v, want %v (%v)", e.Kind, kind, e)
	}
	return e
}

// busy is how much longer than on an idle machine things may take.
const busy = 4

// patient are the default limits as a busy machine needs them, for tests in which the server answers at once.
func patient() awskms.Timeouts {
	d := awskms.DefaultTimeouts()
	return awskms.Timeouts{Operation: busy * d.Operation, Attempt: busy * d.Attempt, Dial: busy * d.Dial, TLS: busy * d.TLS, Header: busy * d.Header}
}

// within fails when f took longer than limit would be on a busy machine.
func within(t *testing.T, limit time.Duration, f func()) time.Duration {
	t.Helper()
	began := time.Now()
	f()
	took := time.Since(began)
	if took > busy*limit {
		t.Errorf("took %v, limit %v on a busy machine", took, busy*limit)
	}
	return took
}

// writeFile writes a file of the test's own folder and returns its name.
func writeFile(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
