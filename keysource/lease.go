package keysource

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/legatics/pgseal/crypto"
)

// lease is what one yes of the KMS gives: the tenant's generations, until a deadline. It is counted: the keyring holds it once and
// every Handle once, and the last to let go destroys the keys. So memory is never zeroed under a user, and never later than the
// last one.
type lease struct {
	tenant    string
	key       string // for errors
	record    TenantRecord
	sent      moment
	requests  []string // the KMS's ids of the calls that gave it
	clock     Clock
	onGone    func(*lease) // called once, after the keys were destroyed
	tally     *tally       // of the tenant; nil until the lease is held
	current   *crypto.Generation
	elders    map[crypto.KeyNumber]*crypto.Generation
	deadline  atomic.Pointer[moment]
	refresh   atomic.Pointer[moment]    // from when on a refresh is due
	revoked   atomic.Pointer[Error]     // not nil: not to be used any more, for this reason
	failing   atomic.Pointer[Error]     // why it could not be refreshed; what its end will be called
	used      atomic.Bool               // since the last fetch
	uses      *uses                     // of the tenant; not changed once the lease may be used
	rehearsal atomic.Pointer[rehearsal] // the drill that ended it
	refs      atomic.Int64

	mu   sync.Mutex // held by whoever replaces pins
	pins atomic.Pointer[map[crypto.ColumnID]crypto.KeyNumber]
}

var errCacheTimeOver = errors.New("the cache time is over")

// newLease takes ownership of key. sent is when the call that gave it was sent; part as for adopt. KeyMismatch when an elder does not open.
func newLease(rec TenantRecord, key *crypto.DataKey, sent moment, clock Clock, part float64) (made *lease, failure *Error) {
	l := &lease{
		tenant: rec.Name, key: keyName(rec.Spec), record: rec, sent: sent, clock: clock,
		current: crypto.NewGeneration(rec.Tag, rec.ID, rec.Current.Number, key),
		elders:  make(map[crypto.KeyNumber]*crypto.Generation, len(rec.Elders)),
		onGone:  func(*lease) {}, uses: &uses{},
	}
	l.pins.Store(&map[crypto.ColumnID]crypto.KeyNumber{})
	l.refs.Store(1)
	defer func() {
		if made == nil { // also where one of the elders has made it panic
			l.release()
		}
	}()
	for _, e := range rec.Elders {
		elder, err := l.current.UnwrapElder(e.Number, e.Wrapped)
		if err != nil {
			return nil, &Error{Kind: KeyMismatch, Tenant: rec.Name, Key: l.key, Op: OpUnwrap, Cause: err}
		}
		if twin := l.elders[e.Number]; twin != nil {
			twin.Destroy()
		}
		l.elders[e.Number] = elder
	}
	l.adopt(rec, part)
	return l, nil
}

// adopt takes over what may change without a new fetch: pins and a shorter cache time. A longer one counts from the next yes. part
// is the share of the cache time after which a refresh is due.
func (l *lease) adopt(rec TenantRecord, part float64) {
	end, due := l.sent.add(rec.CacheTime), l.sent.add(time.Duration(part*float64(rec.CacheTime)))
	if old := l.deadline.Load(); old != nil {
		end = end.earlier(*old)
	}
	if old := l.refresh.Load(); old != nil {
		due = due.earlier(*old)
	}
	l.deadline.Store(&end)
	l.refresh.Store(&due)
	l.pin(rec.Pins)
}

// shorten has the lease end no later than it would with a cache time of d. What lies with a cursor or a running statement may be of an older lease than the
// keyring's own.
func (l *lease) shorten(d time.Duration) {
	end := l.sent.add(d).earlier(*l.deadline.Load())
	l.deadline.Store(&end)
}

// sameKeys tells whether a newer record wants exactly the keys that are held, so that nothing has to be fetched.
func (l *lease) sameKeys(rec TenantRecord) bool {
	old := l.record
	return old.Tag == rec.Tag && old.Spec == rec.Spec && // tenant and key number are in the spec
		bytes.Equal(old.Current.Wrapped.Ciphertext, rec.Current.Wrapped.Ciphertext) &&
		slices.EqualFunc(old.Elders, rec.Elders, func(a, b WrappedElder) bool {
			return a.Number == b.Number && bytes.Equal(a.Wrapped, b.Wrapped)
		})
}

// check returns nil while the lease may be used.
func (l *lease) check() error {
	if e := l.revoked.Load(); e != nil {
		return e
	}
	if l.deadline.Load().reached(l.clock) {
		return l.expired()
	}
	return nil
}

// use is check for a value that is sealed or opened now.
func (l *lease) use() error {
	if e := l.revoked.Load(); e != nil {
		return e
	}
	at := now(l.clock)
	if l.deadline.Load().reachedAt(at) {
		return l.expired()
	}
	l.uses.note(at.boot)
	return nil
}

// expired is the error after the deadline: that of the refresh that failed, or that there was none.
func (l *lease) expired() *Error {
	if e := l.failing.Load(); e != nil {
		return e
	}
	return &Error{Kind: KMSUnreachable, Tenant: l.tenant, Key: l.key, Op: OpUse, Since: l.deadline.Load().wall, Cause: errCacheTimeOver}
}

// generation is nil for a number that the lease does not have.
func (l *lease) generation(n crypto.KeyNumber) *crypto.Generation {
	if n == l.current.Number() {
		return l.current
	}
	return l.elders[n]
}

// pinned is the generation of a deterministic column; ok is false when it is not known here.
func (l *lease) pinned(col crypto.ColumnID) (n crypto.KeyNumber, ok bool) {
	n, ok = (*l.pins.Load())[col]
	return n, ok
}

func (l *lease) pin(more map[crypto.ColumnID]crypto.KeyNumber) {
	l.mu.Lock()
	defer l.mu.Unlock()
	pins := maps.Clone(*l.pins.Load())
	maps.Copy(pins, more)
	l.pins.Store(&pins)
}

// retain counts one more user; false when the keys are destroyed already.
func (l *lease) retain() bool {
	for {
		n := l.refs.Load()
		if n == 0 {
			return false
		}
		if l.refs.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

// release lets go; whoever is last destroys the keys.
func (l *lease) release() {
	if l.refs.Add(-1) != 0 {
		return
	}
	l.current.Destroy()
	for _, elder := range l.elders {
		elder.Destroy()
	}
	l.onGone(l)
}

func keyName(s KeySpec) string {
	if s.KeyARN != "" {
		return s.KeyARN
	}
	return s.Provider
}

// touch notes that the lease is in use, so that it is refreshed.
func (l *lease) touch() {
	if !l.used.Load() {
		l.used.Store(true)
	}
}
