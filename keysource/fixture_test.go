package keysource_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/keysourcetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	acme      = "acme"
	cacheTime = 5 * time.Minute
)

// rig is a keyring over a store in memory, a driver that can be switched, and a clock that is moved by hand. It has one tenant,
// acme, with a cache time of 5 minutes and refreshes due after exactly 80 % of it.
type rig struct {
	t       *testing.T
	clock   *keysourcetest.Clock
	store   *keysourcetest.Store
	wrapper *keysourcetest.Wrapper
	heard   *ear
	ring    *keysource.Keyring
	others  int // calls that were not the keyring's
}

func newRig(t *testing.T, change ...func(*keysource.Options)) *rig {
	t.Helper()
	b := &rig{t: t, clock: keysourcetest.NewClock(), store: keysourcetest.NewStore(), wrapper: keysourcetest.NewWrapper(), heard: &ear{}}
	o := keysource.Options{
		Store: b.store, Wrappers: map[string]keysource.Wrapper{"fake": b.wrapper}, Clock: b.clock, Observer: b.heard,
		Log: slog.New(slog.NewTextHandler(testLog{t}, nil)), CallTimeout: 20 * time.Second, Random: func() float64 { return 0 },
	}
	for _, f := range change {
		f(&o)
	}
	b.ring = keysource.NewKeyring(o)
	t.Cleanup(b.ring.Close)
	b.add(acme)
	return b
}

// testLog gives the keyring's log to the test.
type testLog struct{ t *testing.T }

func (l testLog) Write(p []byte) (int, error) {
	l.t.Log(strings.TrimSpace(string(p)))
	return len(p), nil
}

func (b *rig) add(name string) {
	b.t.Helper()
	spec := keysource.KeySpec{Provider: "fake", KeyARN: keysourcetest.FakeARN}
	b.store.Put(keysourcetest.NewTenant(b.t, b.wrapper, spec, name, cacheTime))
}

// acquire gets a handle that is released with the test.
func (b *rig) acquire(name string) *keysource.Handle {
	b.t.Helper()
	h, err := b.ring.Acquire(b.t.Context(), name)
	if err != nil {
		b.t.Fatalf("Acquire: %v", err)
	}
	b.t.Cleanup(h.Release)
	return h
}

// ask acquires and releases: the kind of the error, 0 for none.
func (b *rig) ask() keysource.Kind {
	b.t.Helper()
	h, err := b.ring.Acquire(b.t.Context(), acme)
	if err != nil {
		return kindOf(b.t, err)
	}
	h.Release()
	return 0
}

// rounds of Run, with everything that they start.
func (b *rig) sweep() { b.ring.Sweep(b.t.Context()); b.ring.Settle() }
func (b *rig) poll()  { b.ring.Poll(b.t.Context()); b.ring.Settle() }
func (b *rig) watch() { b.ring.Watch(b.t.Context()); b.ring.Settle() }

// calls is how many data keys the keyring asked the KMS for; rotate asks too.
func (b *rig) calls() int { return b.wrapper.Calls(keysource.OpUnwrap) - b.others }

func (b *rig) wantCalls(n int) {
	b.t.Helper()
	if got := b.calls(); got != n {
		b.t.Errorf("%d calls of the KMS, want %d", got, n)
	}
}

func (b *rig) wantAsk(k keysource.Kind) {
	b.t.Helper()
	if got := b.ask(); got != k {
		b.t.Errorf("Acquire: %v, want %v", got, k)
	}
}

func wantCheck(t *testing.T, h *keysource.Handle, k keysource.Kind) {
	t.Helper()
	if got := kindOf(t, h.Check()); got != k {
		t.Errorf("Check: %v, want %v", got, k)
	}
}

// kindOf is the error's kind; every error but nil must be an *Error that names the tenant.
func kindOf(t *testing.T, err error) keysource.Kind {
	t.Helper()
	var e *keysource.Error
	switch {
	case err == nil:
		return 0
	case !errors.As(err, &e):
		t.Errorf("%T (%v) is no *keysource.Error", err, err)
	case e.Tenant == "":
		t.Errorf("%v names no tenant", e)
	}
	return keysource.KindOf(err)
}

func column(name string) crypto.Column {
	return crypto.Column{ID: crypto.NewColumnID("public", "matters", name), Family: "text"}
}

func sealed(t *testing.T, h *keysource.Handle, m crypto.Mode, col, plaintext string) []byte {
	t.Helper()
	v, err := h.Seal(nil, column(col), m, []byte(plaintext))
	if err != nil {
		t.Fatalf("Seal: %v", err)
	}
	return v
}

func wantOpen(t *testing.T, h *keysource.Handle, col string, value []byte, plaintext string) {
	t.Helper()
	got, err := h.Open(nil, column(col), value)
	if err != nil || string(got) != plaintext {
		t.Errorf("Open: %q, %v; want %q", got, err, plaintext)
	}
}

// ear is an Observer that counts.
type ear struct {
	mu      sync.Mutex
	called  []keysource.Kind
	hits    int
	misses  int
	queued  []time.Duration
	evicted []keysource.Kind
	alarms  []*keysource.Error
}

func (e *ear) Called(op, provider string, k keysource.Kind, _ time.Duration) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if op == keysource.OpUnwrap && provider != "" && provider != op {
		e.called = append(e.called, k)
	}
}

func (e *ear) Looked(hit bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if hit {
		e.hits++
	} else {
		e.misses++
	}
}

func (e *ear) Waited(time.Duration) {}

func (e *ear) Queued(wait time.Duration) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.queued = append(e.queued, wait)
}

func (e *ear) Evicted(k keysource.Kind) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.evicted = append(e.evicted, k)
}

func (e *ear) Alarmed(err *keysource.Error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.alarms = append(e.alarms, err)
}

func (e *ear) alarmed() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.alarms)
}

// cancelled is a context that has ended.
func cancelled(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}
