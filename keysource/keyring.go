package keysource

import (
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/patrickmn/go-cache"

	"github.com/legatics/pgseal/crypto"
)

// Options of a Keyring. Store and Wrappers are needed; everything else has a default.
type Options struct {
	Store    Store
	Wrappers map[string]Wrapper // by the provider's name
	Clock    Clock              // default: SystemClock
	Log      *slog.Logger       // default: nothing is logged
	Observer Observer           // default: none
	Journal  Journal            // default: none
	Versions Versions           // default: NewVersions
	Name     string             // of this proxy: drills may be about some proxies only

	CallTimeout time.Duration  // of one fetch: store and KMS together; default 2.5 s
	Poll        time.Duration  // between two looks for changed records; default 1 s, never more than 2 s
	Watch       time.Duration  // between two looks of a Watcher; default and at most 1 s
	Sweep       time.Duration  // between two looks for keys that are over or to be refreshed; default 500 ms
	Random      func() float64 // in [0, 1), for the jitter of refreshes; default math/rand
}

// Defaults and limits of Options.
const (
	defaultCallTimeout = 2500 * time.Millisecond
	defaultPoll        = time.Second
	maxPoll            = 2 * time.Second
	maxWatch           = time.Second
	defaultSweep       = 500 * time.Millisecond
)

func (o Options) withDefaults() Options {
	if o.Clock == nil {
		o.Clock = SystemClock()
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Observer == nil {
		o.Observer = silent{}
	}
	if o.Journal == nil {
		o.Journal = noJournal{}
	}
	if o.Versions == nil {
		o.Versions = NewVersions()
	}
	if o.CallTimeout <= 0 {
		o.CallTimeout = defaultCallTimeout
	}
	if o.Poll <= 0 {
		o.Poll = defaultPoll
	}
	o.Poll = min(o.Poll, maxPoll)
	if o.Watch <= 0 {
		o.Watch = maxWatch
	}
	o.Watch = min(o.Watch, maxWatch)
	if o.Sweep <= 0 {
		o.Sweep = defaultSweep
	}
	if o.Random == nil {
		o.Random = rand.Float64
	}
	return o
}

// Keyring holds the data keys of one store's tenants, as the package documentation tells. It is safe for concurrent use.
type Keyring struct {
	o      Options
	gate   *gate
	leases *cache.Cache // tenant's name -> *lease; a map, nothing in it expires by itself
	hints  chan struct{}
	stores chan struct{} // places of fetches at the store

	mu      sync.Mutex
	closed  bool
	entries map[string]*entry
	foreign map[crypto.KeyNumber]foreign
	deaf    bool           // the last look for changed records failed
	calls   sync.WaitGroup // running calls; Add only with mu held and not closed
}

// ErrClosed is the cause of every error after Close.
var ErrClosed = errors.New("the keyring is closed")

// NewKeyring makes an empty keyring. Run should run while it is used, and Close end it.
func NewKeyring(o Options) *Keyring {
	o = o.withDefaults()
	return &Keyring{
		o:       o,
		gate:    newGate(gateWidth, gatePatience, o.Observer),
		leases:  cache.New(cache.NoExpiration, 0), // 0: no janitor
		hints:   make(chan struct{}, 1),
		stores:  make(chan struct{}, storeWidth),
		entries: make(map[string]*entry),
		foreign: make(map[crypto.KeyNumber]foreign),
	}
}

// Close ends the use of all keys, cancels what is under way and waits for it. Handles that are still held fail from now on; their
// keys are destroyed when they are released. Idempotent.
func (k *Keyring) Close() {
	k.mu.Lock()
	k.closed = true
	for name, e := range k.entries {
		k.revoke(e, closedError(name))
		e.fetch.stop()
		e.look.stop()
	}
	k.mu.Unlock()
	k.calls.Wait()
}

func closedError(tenant string) *Error {
	return &Error{Kind: KMSUnreachable, Tenant: tenant, Op: OpUse, Cause: ErrClosed}
}

// cached is the lease that the keyring holds, over or not; nil for none.
func (k *Keyring) cached(tenant string) *lease {
	v, _ := k.leases.Get(tenant)
	l, _ := v.(*lease)
	return l
}

// held gives the tenant's lease if it may be used, with one more reference; otherwise nil.
func (k *Keyring) held(tenant string) *lease {
	l := k.cached(tenant)
	if l == nil || !l.retain() {
		return nil
	}
	if l.check() != nil {
		l.release()
		return nil
	}
	return l
}
