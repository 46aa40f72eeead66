package awskms_test

import (
	"crypto/tls"
	"encoding/pem"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/awskms"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// ownChain makes a driver that finds its credentials by the SDK's chain.
func ownChain(t *testing.T, o awskms.Options) *awskms.Wrapper {
	t.Helper()
	w, err := awskms.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	return w
}

const inChild = "PGSEAL_TEST_RETRY_CHILD"

// TestEnvironmentChangesNoLimits: the SDK's environment variables for retries and time-outs have no effect. The SDK
// reads some of them once per process, so each set gets a process of its own, which runs TestRetryChild.
func TestEnvironmentChangesNoLimits(t *testing.T) {
	t.Parallel()
	shared := writeFile(t, "config", "[default]\nmax_attempts = 9\nretry_mode = adaptive\ndefaults_mode = mobile\n")
	sets := map[string][]string{
		"attempts":      {"AWS_RETRY_MODE=adaptive", "AWS_MAX_ATTEMPTS=9"},
		"new retries":   {"AWS_NEW_RETRIES_2026=true"},
		"read time-out": {"AWS_ENABLE_DEFAULT_SOCKET_TIMEOUT_2026=true"},
		"defaults mode": {"AWS_DEFAULTS_MODE=mobile"},
		"automatic":     {"AWS_DEFAULTS_MODE=auto"},
		"shared file":   {"AWS_CONFIG_FILE=" + shared},
		"all":           {"AWS_NEW_RETRIES_2026=true", "AWS_MAX_ATTEMPTS=9", "AWS_RETRY_MODE=adaptive", "AWS_DEFAULTS_MODE=cross-region", "AWS_ENABLE_DEFAULT_SOCKET_TIMEOUT_2026=true"},
	}
	var wg sync.WaitGroup
	for name, env := range sets {
		wg.Go(func() {
			child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestRetryChild$", "-test.v")
			child.Env = append(append(os.Environ(), inChild+"=1"), env...)
			out, err := child.CombinedOutput()
			if err != nil || !strings.Contains(string(out), "--- PASS: TestRetryChild") || strings.Contains(string(out), "WARN") {
				t.Errorf("%s: %v\n%s", name, err, out)
			}
		})
	}
	wg.Wait()
}

// TestRetryChild measures attempts and time in the environment that it finds. Alone it runs in the usual one.
func TestRetryChild(t *testing.T) {
	t.Parallel()
	s := startKMS(t)
	spec := fresh(s.CreateKey(kmstest.KeyOptions{}))
	w := newDriver(t, awskms.Options{Endpoint: s.URL()})
	for name, tt := range map[string]struct {
		fault    kmstest.Fault
		kind     keysource.Kind
		attempts int
		limit    time.Duration
	}{
		"throttled, asked to wait": {kmstest.Fault{Kind: kmstest.Throttle, RetryAfter: 4 * time.Second}, keysource.KMSThrottled, 2, time.Second},
		"internal":                 {kmstest.Fault{Kind: kmstest.Answer, Code: "KMSInternalException", RetryAfter: 4 * time.Second}, keysource.KMSUnreachable, 2, time.Second},
		"denied":                   {kmstest.Fault{Kind: kmstest.Answer, Code: "AccessDeniedException"}, keysource.AccessDenied, 1, time.Second},
		"hanging":                  {kmstest.Fault{Kind: kmstest.Hang}, keysource.KMSUnreachable, 2, 2500 * time.Millisecond},
		"half a body":              {kmstest.Fault{Kind: kmstest.HalfBody}, keysource.KMSUnreachable, 2, 2500 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			s.ClearFaults()
			s.ResetCounts()
			if _, err := s.Inject(tt.fault); err != nil {
				t.Fatal(err)
			}
			within(t, tt.limit, func() {
				_, _, err := w.Generate(t.Context(), spec)
				refusal(t, err, tt.kind)
			})
			if n := s.Count("GenerateDataKey"); n != tt.attempts {
				t.Errorf("%d attempts, want %d", n, tt.attempts)
			}
		})
	}
	t.Run("silent TLS", func(t *testing.T) {
		w := newDriver(t, awskms.Options{Endpoint: "https://" + silent(t)})
		within(t, 1500*time.Millisecond, func() {
			_, _, err := w.Generate(t.Context(), spec)
			refusal(t, err, keysource.KMSUnreachable)
		})
	})
	t.Run("many failures", func(t *testing.T) {
		s.ClearFaults()
		s.ResetCounts()
		limits := patient()
		limits.Backoff = time.Millisecond
		w := newDriver(t, awskms.Options{Endpoint: s.URL(), Timeouts: limits})
		if _, err := s.Inject(kmstest.Fault{Kind: kmstest.Throttle}); err != nil {
			t.Fatal(err)
		}
		const calls = 150 // the SDK's own quota of retries is used up after 100
		for range calls {
			_, _, err := w.Generate(t.Context(), spec)
			refusal(t, err, keysource.KMSThrottled)
		}
		if n := s.Count("GenerateDataKey"); n != 2*calls {
			t.Errorf("%d attempts for %d calls", n, calls)
		}
	})
}

// metadata is an instance metadata service that counts what it is asked and gives no credentials. It must not be
// asked for the region, which would be looking for defaults.
func metadata(t *testing.T) *atomic.Int64 {
	t.Helper()
	var asked atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if strings.Contains(r.URL.Path, "instance-identity") || strings.Contains(r.URL.Path, "placement") {
			t.Errorf("metadata was asked for %s", r.URL.Path)
		}
		w.WriteHeader(http.StatusNotFound)
	}))
	t.Cleanup(s.Close)
	t.Setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", s.URL)
	return &asked
}

func TestInstanceMetadataIsAskedOnlyWhenConfigured(t *testing.T) {
	s := startKMS(t)
	spec := fresh(s.CreateKey(kmstest.KeyOptions{}))
	for name, tt := range map[string]struct {
		mode     string
		disabled string
		on       bool
	}{
		"off":                            {"", "", false},
		"off, automatic defaults":        {"auto", "", false},
		"off, environment says not":      {"", "false", false},
		"on":                             {"", "", true},
		"on, automatic defaults as well": {"auto", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			asked := metadata(t)
			t.Setenv("AWS_DEFAULTS_MODE", tt.mode)
			t.Setenv("AWS_EC2_METADATA_DISABLED", tt.disabled)
			w := ownChain(t, awskms.Options{Endpoint: s.URL(), InstanceMetadata: tt.on})
			within(t, answerLimit, func() {
				_, _, err := w.Generate(t.Context(), spec)
				refusal(t, err, keysource.KMSCredentials)
			})
			if n := asked.Load(); (n > 0) != tt.on {
				t.Errorf("asked %d times", n)
			}
		})
	}
}

// Credentials that appear, or are renewed, in the shared file are found without a restart.
func TestRenewedCredentialsAreFound(t *testing.T) {
	s := startKMS(t)
	spec := fresh(s.CreateKey(kmstest.KeyOptions{}))
	file := filepath.Join(t.TempDir(), "credentials")
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", file)
	w := ownChain(t, awskms.Options{Endpoint: s.URL()})
	_, _, err := w.Generate(t.Context(), spec)
	refusal(t, err, keysource.KMSCredentials)

	write := func(secret string) {
		t.Helper()
		text := "[default]\naws_access_key_id = " + accessKey + "\naws_secret_access_key = " + secret + "\n"
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(secretKey)
	generate(t, w, spec)
	generate(t, w, withRole(spec))

	s.AddUser(proxyARN, accessKey, "renewed")
	_, _, err = w.Generate(t.Context(), spec)
	refusal(t, err, keysource.KMSCredentials)
	write("renewed")
	generate(t, w, spec)

	s.AddUser(proxyARN, accessKey, "renewed again")
	s.ExpireSessions()
	_, _, err = w.Generate(t.Context(), withRole(spec))
	refusal(t, err, keysource.KMSCredentials) // the session
	_, _, err = w.Generate(t.Context(), withRole(spec))
	refusal(t, err, keysource.KMSCredentials) // the proxy's own, at STS
	write("renewed again")
	generate(t, w, withRole(spec))
}

// A broken configuration file is a matter of credentials; mended, it is read again.
func TestBrokenConfigurationFile(t *testing.T) {
	s := startKMS(t)
	spec := fresh(s.CreateKey(kmstest.KeyOptions{}))
	t.Setenv("AWS_PROFILE", "production")
	file := writeFile(t, "credentials", "[other]\n")
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", file)
	w := ownChain(t, awskms.Options{Endpoint: s.URL()})
	_, _, err := w.Generate(t.Context(), spec)
	if e := refusal(t, err, keysource.KMSCredentials); !strings.Contains(e.Error(), "production") {
		t.Errorf("%v does not name the profile", e)
	}
	text := "[production]\naws_access_key_id = " + accessKey + "\naws_secret_access_key = " + secretKey + "\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	generate(t, w, spec)
}

// With AWS_CA_BUNDLE an endpoint behind a private certificate authority works, without it it does not; HTTP/2 is not offered.
func TestCABundle(t *testing.T) {
	s := startKMS(t)
	spec := fresh(s.CreateKey(kmstest.KeyOptions{}))
	front, bundle := privateFront(t, s)
	w := newDriver(t, awskms.Options{Endpoint: front})
	_, _, err := w.Generate(t.Context(), spec)
	refusal(t, err, keysource.KMSUnreachable)
	t.Setenv("AWS_CA_BUNDLE", bundle)
	w.Close() // reads the environment anew
	generate(t, w, spec)
	generate(t, w, withRole(spec))
}

// privateFront is a TLS server before s, with a certificate of its own authority, and the file of that.
func privateFront(t *testing.T, s *kmstest.Server) (address, bundle string) {
	t.Helper()
	target, err := url.Parse(s.URL())
	must(t, err)
	proxy := httputil.NewSingleHostReverseProxy(target) // keeps the Host header, which is signed
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	proxy.Transport = transport
	front := httptest.NewUnstartedServer(proxy)
	front.Config.ErrorLog = log.New(io.Discard, "", 0) // of handshakes that are to fail
	front.TLS = &tls.Config{GetConfigForClient: func(h *tls.ClientHelloInfo) (*tls.Config, error) {
		if slices.Contains(h.SupportedProtos, "h2") {
			t.Error("HTTP/2 is offered")
		}
		return nil, nil
	}}
	front.StartTLS()
	t.Cleanup(front.Close)
	return front.URL, writeFile(t, "ca.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: front.Certificate().Raw})))
}
