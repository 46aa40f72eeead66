package awskms_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/awskms"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// TestOutages: every way of not answering is KMSUnreachable in time, for every operation, and leaves no goroutine.
// All are tried at once, because each of them mostly waits.
func TestOutages(t *testing.T) {
	var wg sync.WaitGroup
	var drivers []*awskms.Wrapper
	for _, o := range outages() {
		drivers = append(drivers, newDriver(t, awskms.Options{Endpoint: o.open(t)}))
	}
	before := goleak.IgnoreCurrent()
	for i, o := range outages() {
		for op, call := range operations(drivers[i]) {
			wg.Go(func() { o.try(t, op, call) })
		}
	}
	wg.Wait()
	for _, w := range drivers {
		w.Close()
	}
	goleak.VerifyNone(t, before) // while the servers still hang
}

type outage struct {
	name    string
	atLeast time.Duration // known faster than this, the outage is not what its name says
	open    func(*testing.T) (endpoint string)
}

func outages() []outage {
	return []outage{
		{"connection refused", 0, refused},
		{"no such host", 0, func(*testing.T) string { return "https://kms.invalid" }},
		{"unanswered SYN", 400 * time.Millisecond, unansweredSYN},
		{"silent TLS", 400 * time.Millisecond, func(t *testing.T) string { return "https://" + silent(t) }},
		{"silent HTTP", 700 * time.Millisecond, func(t *testing.T) string { return "http://" + silent(t) }},
		{"accepted and closed", 0, func(t *testing.T) string { return "http://" + closing(t) }},
		{"hanging server", 700 * time.Millisecond, faulty(kmstest.Fault{Kind: kmstest.Hang})},
		{"half a body", 700 * time.Millisecond, faulty(kmstest.Fault{Kind: kmstest.HalfBody})},
		{"dropped connection", 0, faulty(kmstest.Fault{Kind: kmstest.Drop})},
		{"too slow", 700 * time.Millisecond, faulty(kmstest.Fault{Kind: kmstest.Latency, Delay: 4 * time.Second})},
		{"endless redirects", 0, redirecting},
	}
}

// try makes one call against the outage.
func (o outage) try(t *testing.T, op string, call func(keysource.KeySpec) error) {
	began := time.Now()
	err := call(fresh(goodARN))
	took := time.Since(began)
	if kind := keysource.KindOf(err); kind != keysource.KMSUnreachable {
		t.Errorf("%s, %s: %v (%v)", o.name, op, kind, err)
	}
	if took < o.atLeast || took > busy*outageLimit {
		t.Errorf("%s, %s: known after %v, not between %v and %v", o.name, op, took, o.atLeast, busy*outageLimit)
	}
	t.Logf("%-20s %-18s %v", o.name, op, took.Round(time.Millisecond))
}

// operations are the calls of a driver that differ in what they ask of the KMS first.
func operations(w *awskms.Wrapper) map[string]func(keysource.KeySpec) error {
	wrapped := keysource.Wrapped{Ciphertext: []byte("ciphertext"), KeyARN: goodARN}
	return map[string]func(keysource.KeySpec) error{
		"generate": func(s keysource.KeySpec) error {
			_, _, err := w.Generate(context.Background(), s)
			return err
		},
		"generate by alias": func(s keysource.KeySpec) error {
			s.KeyARN = "arn:aws:kms:eu-central-1:111122223333:alias/acme"
			_, _, err := w.Generate(context.Background(), s)
			return err
		},
		"unwrap": func(s keysource.KeySpec) error { return unwrap(w, s, wrapped) },
		"rewrap": func(s keysource.KeySpec) error {
			_, err := w.Rewrap(context.Background(), s, fresh(goodARN), wrapped)
			return err
		},
		"probe": func(s keysource.KeySpec) error { return w.Probe(context.Background(), s) },
	}
}

func refused(t *testing.T) string {
	l := listen(t)
	_ = l.Close()
	return "http://" + l.Addr().String()
}

// unansweredSYN is a listener whose queue of connections is full, so that Linux drops further SYNs.
func unansweredSYN(t *testing.T) string {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Close(fd) })
	if err := errors.Join(syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}), syscall.Listen(fd, 0)); err != nil {
		t.Fatal(err)
	}
	name, err := syscall.Getsockname(fd)
	if err != nil {
		t.Fatal(err)
	}
	address := (&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: name.(*syscall.SockaddrInet4).Port}).String()
	for range 4 {
		conn, err := net.DialTimeout("tcp", address, 200*time.Millisecond)
		if err != nil {
			return "https://" + address
		}
		t.Cleanup(func() { _ = conn.Close() })
	}
	t.Fatal("the queue of a listener with backlog 0 does not fill up")
	return ""
}

// silent accepts connections and says nothing.
func silent(t *testing.T) string { return accepting(t, func(net.Conn) {}) }

// closing accepts connections and closes them.
func closing(t *testing.T) string { return accepting(t, func(c net.Conn) { _ = c.Close() }) }

func accepting(t *testing.T, f func(net.Conn)) string {
	l := listen(t)
	var conns []net.Conn
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			conns = append(conns, c)
			f(c)
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		wg.Wait()
		for _, c := range conns {
			_ = c.Close()
		}
	})
	return l.Addr().String()
}

func listen(t *testing.T) net.Listener {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func faulty(f kmstest.Fault) func(*testing.T) string {
	return func(t *testing.T) string {
		s := startKMS(t)
		if _, err := s.Inject(f); err != nil {
			t.Fatal(err)
		}
		return s.URL()
	}
}

func redirecting(t *testing.T) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/again", http.StatusTemporaryRedirect)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// One attempt that fails in any of these ways leaves time for a second one.
func TestSecondAttempt(t *testing.T) {
	t.Parallel()
	s := startKMS(t)
	spec := fresh(s.CreateKey(kmstest.KeyOptions{}))
	for _, f := range []kmstest.Fault{
		{Kind: kmstest.Hang}, {Kind: kmstest.HalfBody}, {Kind: kmstest.Latency, Delay: 4 * time.Second}, {Kind: kmstest.Drop},
		{Kind: kmstest.Throttle}, {Kind: kmstest.Answer, Code: "KMSInternalException"},
	} {
		f.Times = 1
		if _, err := s.Inject(f); err != nil {
			t.Fatal(err)
		}
		generate(t, newDriver(t, awskms.Options{Endpoint: s.URL()}), spec)
	}
}

// Each time-out is a setting: lowered, it alone makes its outage known sooner.
func TestTimeoutsAreSettings(t *testing.T) {
	t.Parallel()
	const short = 50 * time.Millisecond
	for name, tt := range map[string]struct {
		timeouts awskms.Timeouts
		open     func(*testing.T) string
	}{
		"Dial":      {awskms.Timeouts{Dial: short}, unansweredSYN},
		"TLS":       {awskms.Timeouts{TLS: short}, func(t *testing.T) string { return "https://" + silent(t) }},
		"Header":    {awskms.Timeouts{Header: short}, func(t *testing.T) string { return "http://" + silent(t) }},
		"Attempt":   {awskms.Timeouts{Attempt: short}, faulty(kmstest.Fault{Kind: kmstest.HalfBody})},
		"Operation": {awskms.Timeouts{Operation: short}, faulty(kmstest.Fault{Kind: kmstest.Hang})},
	} {
		tt.timeouts.Backoff = time.Millisecond
		w := newDriver(t, awskms.Options{Endpoint: tt.open(t), Timeouts: tt.timeouts})
		began := time.Now()
		_, _, err := w.Generate(context.Background(), fresh(goodARN))
		refusal(t, err, keysource.KMSUnreachable)
		if took := time.Since(began); took > busy*800*time.Millisecond {
			t.Errorf("%s: known after %v", name, took)
		}
	}
}

// The question about a key's state is asked once and has a limit of its own: the denial does not wait for it.
func TestInquiry(t *testing.T) {
	t.Parallel()
	s := startKMS(t)
	spec := fresh(s.CreateKey(kmstest.KeyOptions{}))
	if err := s.SetState(spec.KeyARN, kmstest.PendingDeletion); err != nil {
		t.Fatal(err)
	}
	remove, err := s.Inject(kmstest.Fault{Kind: kmstest.Throttle, Operation: "DescribeKey"})
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = newDriver(t, awskms.Options{Endpoint: s.URL()}).Generate(context.Background(), spec)
	refusal(t, err, keysource.KeyInvalidState)
	if n := s.Count("DescribeKey"); n != 1 {
		t.Errorf("asked %d times", n)
	}
	remove()
	if _, err := s.Inject(kmstest.Fault{Kind: kmstest.Hang, Operation: "DescribeKey"}); err != nil {
		t.Fatal(err)
	}
	w := newDriver(t, awskms.Options{Endpoint: s.URL(), Timeouts: awskms.Timeouts{Inquiry: 50 * time.Millisecond}})
	within(t, 400*time.Millisecond, func() {
		_, _, err = w.Generate(context.Background(), spec)
		refusal(t, err, keysource.KeyInvalidState)
	})
	ctx, cancel := context.WithTimeout(context.Background(), 40*time.Millisecond)
	defer cancel()
	_, _, err = w.Generate(ctx, spec) // the caller gives up after KMS has said no
	refusal(t, err, keysource.KeyInvalidState)
}

// A caller who gives up is told so at once.
func TestCallerGivesUp(t *testing.T) {
	t.Parallel()
	s := startKMS(t)
	spec := fresh(s.CreateKey(kmstest.KeyOptions{}))
	w := newDriver(t, awskms.Options{Endpoint: s.URL()})
	if _, err := s.Inject(kmstest.Fault{Kind: kmstest.Hang}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	within(t, 300*time.Millisecond, func() {
		_, _, err := w.Generate(ctx, spec)
		if e := refusal(t, err, keysource.KMSUnreachable); !errors.Is(e, context.DeadlineExceeded) {
			t.Errorf("%v does not hold the caller's deadline", e)
		}
	})
}

// Requests of many callers at once do not wait for one that hangs.
func TestOneHangingCallDelaysNoOther(t *testing.T) {
	t.Parallel()
	s := startKMS(t)
	spec := fresh(s.CreateKey(kmstest.KeyOptions{}))
	w := newDriver(t, awskms.Options{Endpoint: s.URL()})
	wrapped := generate(t, w, spec)
	if _, err := s.Inject(kmstest.Fault{Kind: kmstest.Hang, Operation: "GenerateDataKey"}); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	wg.Go(func() { _, _, _ = w.Generate(context.Background(), spec) })
	for s.Count("GenerateDataKey") < 2 {
		time.Sleep(time.Millisecond)
	}
	within(t, 300*time.Millisecond, func() {
		if err := unwrap(w, spec, wrapped); err != nil {
			t.Error(err)
		}
	})
	wg.Wait()
}
