package keysource

import (
	"sync"
	"time"

	"github.com/legatics/pgseal/crypto"
)

// entry is what the keyring knows about one tenant besides the lease in the cache. It is guarded by the keyring's mu.
type entry struct {
	name        string
	fetch, look *call    // what is under way: asking the KMS, reading the record
	tell        *call    // registering a no, or how long the key is held
	live        leaseSet // every lease that somebody may still use
	spec        KeySpec  // of the newest record
	id          crypto.TenantID
	version     int64      // of the newest record
	refusals    int64      // counted in the newest record
	holding     sync.Mutex // held while what is registered of the key changes; taken before the keyring's mu
	untold      *untold    // a no that the other proxies have not been told of yet
	held        moment     // until when the key is registered to be held; zero: not at all
	turn        int        // of the read that gave it
	turns       int        // reads begun
	nos         int        // how often everything was revoked: a yes that was asked for before counts no more
	failure     *Error     // the last answer, unless it was a yes
	failures    int        // in a row, of the same state
	nextTry     time.Duration
	ahead       bool          // the failures were those of a refresh, while a lease served: nobody has missed the key
	askedAt     time.Duration // boot time at which somebody last asked in vain or had to wait
	since       time.Time     // of the first yes in a row; zero before
	unseen      bool          // the Watcher did not see the key when it last looked
	lookedAt    time.Duration // boot time of the last look for an unknown key number
	looked      bool          // lookedAt is set
	lookErr     *Error        // why the record could not be read at the last look
	probes      int64         // TenantRecord.Probes when the KMS was last asked
	uses        *uses         // of the leases that are installed from now on
	rehearsal   *rehearsal    // what the last drill did; nil for none
	tally       tally         // has atomics of its own
}

// leaseSet is a set of leases with a lock of its own, which nothing else is locked under.
type leaseSet struct {
	mu  sync.Mutex
	set map[*lease]struct{}
}

func (s *leaseSet) add(l *lease) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.set == nil {
		s.set = make(map[*lease]struct{})
	}
	s.set[l] = struct{}{}
}

func (s *leaseSet) remove(l *lease) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.set, l)
}

// each calls f for every lease and tells how many there were. f must not release.
func (s *leaseSet) each(f func(*lease)) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	for l := range s.set {
		f(l)
	}
	return len(s.set)
}

// entry finds or makes a tenant's entry. The caller holds mu.
func (k *Keyring) entry(name string) *entry {
	e := k.entries[name]
	if e == nil {
		if len(k.entries) >= maxEntries {
			k.forgetUnknown(0)
		}
		e = &entry{name: name, uses: &uses{}}
		k.entries[name] = e
	}
	return e
}

const (
	// maxEntries is when names of no tenant are forgotten early: sessions may name what they like.
	maxEntries = 4096
	// unknownAge is how long after its next try the name of no tenant is remembered.
	unknownAge = time.Minute
)

// forgetUnknown drops entries of names that are no tenant's and that nobody asked for lately. The caller holds mu.
func (k *Keyring) forgetUnknown(age time.Duration) {
	boot := k.o.Clock.Boot()
	for name, e := range k.entries {
		idle := e.fetch == nil && e.look == nil && e.version == 0 && k.cached(name) == nil
		if idle && (age == 0 || boot >= e.nextTry+age) && e.live.each(func(*lease) {}) == 0 {
			delete(k.entries, name)
		}
	}
}

// fail enters an answer that is not a yes, does what the table of answers says, and returns the error that askers get.
func (k *Keyring) fail(e *entry, err *Error) *Error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed {
		return closedError(e.name)
	}
	at := now(k.o.Clock)
	f := *err
	f.Tenant = e.name
	if f.Key == "" {
		f.Key = keyName(e.spec)
	}
	last := e.failure
	if !f.same(last) {
		e.failures = 0
		if f.Since.IsZero() {
			f.Since = at.wall
		}
	} else if f.Since.IsZero() {
		f.Since = last.Since
	}
	if e.ahead && !k.serves(e.name) {
		e.failures = 0 // the key is missed from now on
	}
	e.failures++
	e.nextTry = at.boot + probeDelay(e.failures)
	if f.Drill != nil { // its end is known, and another record is noticed
		k.rehearse(e, &f)
		e.nextTry = e.rehearsal.end.boot
	}
	e.failure, e.since = &f, time.Time{}
	ended := k.answer(e, &f) // before anybody is told, who might panic
	k.tellFailure(e, last, &f)
	if ended {
		k.tellEvicted(e, &f)
	}
	e.ahead = k.serves(e.name)
	k.report(last, &f)
	return &f
}

// serves tells whether a lease is held that may be used. The caller holds mu.
func (k *Keyring) serves(name string) bool {
	l := k.cached(name)
	return l != nil && l.check() == nil
}

// answer does what the table of answers says. True where the use of leases was ended, of which nobody has been told yet. The caller holds mu.
func (k *Keyring) answer(e *entry, f *Error) (ended bool) {
	if f.Kind.answer() == evict {
		return k.end(e, f)
	}
	e.live.each(func(l *lease) { l.failing.Store(f) })
	return false
}

// revoke ends the use of every lease at once, and tells of it. The caller holds mu.
func (k *Keyring) revoke(e *entry, f *Error) {
	if k.end(e, f) {
		k.tellEvicted(e, f)
	}
}

// end ends the use of every lease at once. True where there was one. The caller holds mu.
func (k *Keyring) end(e *entry, f *Error) bool {
	e.nos++
	ended := e.live.each(func(l *lease) { l.revoked.CompareAndSwap(nil, f) }) > 0
	k.drop(e.name)
	return ended
}

// tellEvicted tells that the use of leases was ended. The caller holds mu.
func (k *Keyring) tellEvicted(e *entry, f *Error) {
	k.o.Observer.Evicted(f.Kind)
	k.tell(e, Evicted, f, nil)
}

// drop lets go of the lease in the cache. The caller holds mu.
func (k *Keyring) drop(name string) {
	if l := k.cached(name); l != nil {
		k.leases.Delete(name)
		l.release()
	}
}

// report logs a failure when it is news, and raises the alarm. The caller holds mu.
func (k *Keyring) report(last, f *Error) {
	if f.same(last) && last.Kind == f.Kind {
		k.o.Log.Debug("key still not available", "tenant", f.Tenant, "kind", f.Kind.Name(), "error", f)
		return
	}
	if f.Kind.answer() == serveAlarmed {
		k.o.Observer.Alarmed(f)
		k.o.Log.Error("ALARM: a tenant's key record or wrapped key was changed by somebody", "tenant", f.Tenant, "kind", f.Kind.Name(), "error", f)
		return
	}
	k.o.Log.Warn("key not available", "tenant", f.Tenant, "kind", f.Kind.Name(), "state", stateOf(f.Kind).String(), "error", f)
}

// ticket is a place in the order of events of one tenant.
type ticket struct {
	turn int // of a read of the record
	nos  int // what was revoked before
}

// ticket is taken before the record is read.
func (k *Keyring) ticket(e *entry) ticket {
	k.mu.Lock()
	defer k.mu.Unlock()
	e.turns++
	return ticket{turn: e.turns, nos: e.nos}
}

// install puts a new lease in the place of the old one; false when it came too late: after a no, another record or Close. at is of
// the read that gave the lease's record.
func (k *Keyring) install(e *entry, l *lease, at ticket) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed || e.nos != at.nos || e.refusals != l.record.Refusal.Count && e.turn > at.turn || e.turn > at.turn && e.version != l.record.Version {
		return false
	}
	if e.failure != nil || e.since.IsZero() {
		e.since = now(k.o.Clock).wall
		k.o.Log.Info("key available", "tenant", e.name, "key", l.key)
	}
	last := e.failure
	e.failure = nil
	k.endDrill(e)
	e.spec = l.record.Spec
	l.uses = e.uses
	e.live.add(l)
	e.untold = nil // the key is back
	l.onGone = func(l *lease) {
		e.live.remove(l)
		if r := l.rehearsal.Load(); r != nil {
			r.released(k.o.Clock.Boot())
		}
	}
	l.tally = &e.tally
	k.drop(e.name)
	k.leases.SetDefault(e.name, l)
	k.tellFetched(e, last, l.requests)
	return true
}
