package awskms_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/kms"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/awskms"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// answerLimit is within which any answer of a KMS that does answer must be known, a denial above all; outageLimit is within which a KMS that cannot be
// reached must be known to be so.
const (
	answerLimit = time.Second
	outageLimit = 3 * time.Second
)

// origin is from where it is known that AWS, the SDK or a network behaves as a row says.
type origin string

const (
	recorded  origin = "recorded"  // recordings of the real service, in the tests of public SDKs and emulators
	reported  origin = "reported"  // quoted from the real service in a public bug report
	reference origin = "reference" // API reference or developer guide of AWS
	inSDK     origin = "SDK"       // the SDK's own source, and seen here with the SDK itself
	network   origin = "network"   // any network can do that; made here with real sockets
	assumed   origin = "assumed"   // nothing says so; what pgseal does then is what matters
)

// row is one thing that AWS, a network or an environment may do, and what the driver makes of it. All rows together are docs/kms-answers.md.
type row struct {
	name   string // what happens, in words
	from   origin
	asked  string                                               // what the server saw, as "Decrypt 2"
	kind   keysource.Kind                                       // 0: it works
	cause  string                                               // part of the error's text
	sdk    int                                                  // how many requests the SDK makes of it by default, where that is more than the driver's
	env    []string                                             // of the process: such a row runs in one of its own
	ask    func(context.Context, *awskms.Wrapper, *stage) error // nil is unwrap
	within time.Duration                                        // 0 is answerLimit
	after  time.Duration                                        // known sooner, it was not what the name says

	arrange func(*testing.T, *stage)
}

func (r row) limit() time.Duration {
	if r.within == 0 {
		return answerLimit
	}
	return r.within
}

// stage is what a row plays on: a server, a key in an account of its own, and a data key wrapped by it.
type stage struct {
	server  *kmstest.Server
	raw     *kms.Client // the SDK without the driver; does not retry
	arn     string
	spec    keysource.KeySpec
	wrapped keysource.Wrapped
	options awskms.Options
	seen    func() string // nil: the server's counts

	t       *testing.T
	wrapper *awskms.Wrapper
}

// driver is made of options at its first use.
func (st *stage) driver() *awskms.Wrapper {
	if st.wrapper == nil {
		st.wrapper = ownChain(st.t, st.options)
	}
	return st.wrapper
}

const customer = "444455556666"

func newStage(t *testing.T) *stage {
	t.Helper()
	s := startKMS(t)
	st := &stage{server: s, t: t, arn: s.CreateKey(kmstest.KeyOptions{Account: customer})}
	st.options = awskms.Options{Endpoint: s.URL(), Credentials: credentials.NewStaticCredentialsProvider(accessKey, secretKey, "")}
	transport := &http.Transport{DisableKeepAlives: true} // rows that use it leave no connection behind either
	st.raw = kms.New(kms.Options{
		BaseEndpoint: aws.String(s.URL()), Region: "eu-central-1", Retryer: aws.NopRetryer{}, HTTPClient: &http.Client{Transport: transport},
		Credentials: st.options.Credentials, DisableClockSkewCorrection: true,
	})
	st.spec = fresh(st.arn)
	st.wrap(t, st.arn, pairsOf(st.spec))
	return st
}

// wrap makes the data key anew, under a key and a context.
func (st *stage) wrap(t *testing.T, arn string, pairs map[string]string) {
	t.Helper()
	out, err := st.raw.GenerateDataKey(t.Context(), &kms.GenerateDataKeyInput{KeyId: &arn, KeySpec: "AES_256", EncryptionContext: pairs})
	if err != nil {
		t.Fatal(err)
	}
	st.wrapped = keysource.Wrapped{Ciphertext: out.CiphertextBlob, KeyARN: arn, MaterialID: aws.ToString(out.KeyMaterialId)}
}

// pairsOf is the encryption context, as the documents have it.
func pairsOf(s keysource.KeySpec) map[string]string {
	return map[string]string{"pgseal:tenant": s.TenantID.String(), "pgseal:key-id": fmt.Sprintf("%08x", uint32(s.KeyNumber)), "pgseal:purpose": "data-key"}
}

func (st *stage) fault(t *testing.T, f kmstest.Fault) {
	t.Helper()
	if _, err := st.server.Inject(f); err != nil {
		t.Fatal(err)
	}
}

func (st *stage) state(t *testing.T, state kmstest.State) {
	t.Helper()
	if err := st.server.SetState(st.arn, state); err != nil {
		t.Fatal(err)
	}
}

// askedFor is what the server has been asked for, as "Decrypt 2, DescribeKey 1", or "-".
func (st *stage) askedFor() string {
	if st.seen != nil {
		return st.seen()
	}
	return inWords(st.server.Counts())
}

func inWords(counts map[string]int) string {
	var parts []string
	for _, op := range slices.Sorted(maps.Keys(counts)) {
		parts = append(parts, fmt.Sprintf("%s %d", op, counts[op]))
	}
	if len(parts) == 0 {
		return "-"
	}
	return strings.Join(parts, ", ")
}

// outcome is what was measured of a row.
type outcome struct {
	Took  time.Duration
	Asked string
}

// rows are all of them, by the sections of the document.
func rows() []section {
	return []section{keyRows(), storeRows(), serviceRows(), wrappingRows(), roleRows(), silenceRows(), nonsenseRows(), credentialRows(), environmentRows()}
}

type section struct {
	title, text string
	rows        []row
}

// TestRows: each answer and each silence has its kind, in time, for as many requests as the row says, and leaves no goroutine and no connection. Those
// that wait run at once, those that have a process of their own too.
func TestRows(t *testing.T) {
	measured := map[string]outcome{}
	var mu sync.Mutex
	var waiting sync.WaitGroup
	defer waiting.Wait()
	busyProcesses := make(chan struct{}, 4*runtime.NumCPU()) // they mostly wait
	for _, s := range rows() {
		for _, r := range s.rows {
			note := func(o outcome) {
				mu.Lock()
				defer mu.Unlock()
				if _, twice := measured[r.name]; twice {
					t.Errorf("two rows have the name %q", r.name)
				}
				measured[r.name] = o
			}
			switch {
			case r.env != nil:
				waiting.Go(func() {
					busyProcesses <- struct{}{}
					defer func() { <-busyProcesses }()
					t.Run(r.name, func(t *testing.T) { note(r.inProcess(t)) })
				})
			case r.within == outageLimit:
				waiting.Go(func() { t.Run(r.name, func(t *testing.T) { note(r.play(t)) }) })
			default:
				t.Run(r.name, func(t *testing.T) { note(r.play(t)) })
			}
		}
	}
	waiting.Wait()
	holdDocument(t, measured)
}

// play plays one row in this process.
func (r row) play(t *testing.T) outcome {
	st := newStage(t)
	if r.within == 0 { // what answers at once must not be taken for an outage because this machine is busy
		st.options.Timeouts = patient()
	}
	if r.arrange != nil {
		r.arrange(t, st)
	}
	w := st.driver()
	st.server.ResetCounts()
	ask := r.ask
	if ask == nil {
		ask = func(_ context.Context, w *awskms.Wrapper, st *stage) error { return unwrap(w, st.spec, st.wrapped) }
	}
	var err error
	var out outcome
	pprof.Do(t.Context(), pprof.Labels("row", r.name), func(ctx context.Context) {
		began := time.Now()
		err = ask(ctx, w, st)
		out.Took = time.Since(began)
	})
	out.Asked = st.askedFor()
	t.Logf("%v, asked for %s: %v", out.Took.Round(100*time.Microsecond), out.Asked, err)
	r.judge(t, st, err)
	w.Close()
	nothingLeft(t, r.name)
	r.bySDK(t, st)
	return out
}

func (r row) judge(t *testing.T, st *stage, err error) {
	t.Helper()
	if r.kind == 0 {
		if err != nil {
			t.Errorf("does not work: %v", err)
		}
		return
	}
	e := refusal(t, err, r.kind)
	if e.Op == "" || e.Key != st.spec.KeyARN || e.Tenant != "acme" {
		t.Errorf("the error does not say what failed: %+v", e)
	}
	if !strings.Contains(e.Error(), r.cause) {
		t.Errorf("%q does not name the cause %q", e, r.cause)
	}
	for _, secret := range []string{secretKey, external} {
		if strings.Contains(fmt.Sprintf("%v %+v", e, e), secret) {
			t.Errorf("%v holds a secret", e)
		}
	}
}

// check holds what was measured against the row.
func (r row) check(t *testing.T, o outcome) {
	t.Helper()
	if o.Asked != r.asked {
		t.Errorf("%s: asked for %s, want %s", r.name, o.Asked, r.asked)
	}
	if o.Took < r.after || o.Took > busy*r.limit() {
		t.Errorf("%s: known after %v, not between %v and %v", r.name, o.Took, r.after, busy*r.limit())
	}
}

// nothingLeft fails when goroutines that a row has started go on after its driver was closed. Goroutines inherit the label of who starts them; each
// connection has two that read and write.
func nothingLeft(t *testing.T, name string) {
	t.Helper()
	label := fmt.Sprintf("labels: {%q:%q}", "row", name)
	var all bytes.Buffer
	for deadline := time.Now().Add(busy * time.Second); ; time.Sleep(5 * time.Millisecond) {
		all.Reset()
		if err := pprof.Lookup("goroutine").WriteTo(&all, 1); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(all.String(), label) {
			return
		}
		if time.Now().After(deadline) {
			break
		}
	}
	for _, one := range strings.Split(all.String(), "\n\n") {
		if strings.Contains(one, label) {
			t.Errorf("left behind: %s", one)
		}
	}
}

const (
	rowVariable    = "PGSEAL_TEST_ROW"
	resultVariable = "PGSEAL_TEST_RESULT"
)

// inProcess plays one row in a process of its own.
func (r row) inProcess(t *testing.T) outcome {
	result := filepath.Join(t.TempDir(), "result")
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestRowInProcess$", "-test.v")
	child.Env = append(append(os.Environ(), inChild+"=1", rowVariable+"="+r.name, resultVariable+"="+result), r.env...)
	text, err := child.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if strings.Contains(string(text), "WARN") {
		t.Errorf("the SDK writes to the standard error:\n%s", text)
	}
	data, err := os.ReadFile(result)
	if err != nil {
		t.Fatal(err)
	}
	var out outcome
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestRowInProcess is the other side of inProcess.
func TestRowInProcess(t *testing.T) {
	name := os.Getenv(rowVariable)
	if name == "" {
		t.Skip("runs in the processes that TestRows starts")
	}
	for _, s := range rows() {
		for _, r := range s.rows {
			if r.name != name {
				continue
			}
			data, err := json.Marshal(r.play(t))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(os.Getenv(resultVariable), data, 0o600); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
	t.Fatalf("there is no row %q", name)
}

// bySDK asks as an SDK does that nobody has told otherwise, but without its pauses.
func (r row) bySDK(t *testing.T, st *stage) {
	t.Helper()
	if r.sdk == 0 {
		return
	}
	if n := askAsSDK(t, st); n != r.sdk {
		t.Errorf("the SDK by itself makes %d requests of it, want %d", n, r.sdk)
	}
}

// another is a tenant other than the stage's.
func another() crypto.TenantID { return crypto.NewTenantID() }
