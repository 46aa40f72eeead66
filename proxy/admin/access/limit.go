package access

import (
	"hash/maphash"
	"net/netip"
	"sync"
	"time"
)

// limiter holds back whoever guesses passwords: after some wrong ones each further one has to wait longer. What it remembers is bounded and
// cannot be pushed out by more names or addresses: each falls into one of its kind's slots, by a hash that nobody outside can foresee. Two that
// share a slot wait for one another, which is rare and short. Whoever tries names without end may fill theirs; those of browsers in which somebody
// has logged in before he cannot reach.
type limiter struct {
	seed  maphash.Seed
	mu    sync.Mutex
	kinds [kinds][4096]slot
}

// The kinds of keys.
const (
	kindOfName = iota
	kindOfAddress
	kindOfDevice
	kindOfLogins
	kinds
)

type slot struct {
	failures int
	last     time.Time // when the last attempt was begun
}

// patience is how much is borne from one kind of key.
type patience struct {
	kind     int
	free     int           // failures without a delay
	longest  time.Duration // that is to be waited
	forgiven time.Duration // after so long without an attempt nothing is remembered
}

// A browser in which the user has logged in before is counted for itself, so that nobody can keep him out by guessing.
var (
	ofName    = patience{kind: kindOfName, free: 4, longest: time.Minute, forgiven: 15 * time.Minute}
	ofAddress = patience{kind: kindOfAddress, free: 20, longest: time.Minute, forgiven: 15 * time.Minute}
	ofDevice  = patience{kind: kindOfDevice, free: 4, longest: time.Minute, forgiven: 15 * time.Minute}
)

// ofLogins bounds the log-ins of one name that succeed: each makes a session that a log-out has every proxy remember.
var ofLogins = patience{kind: kindOfLogins, free: 60, longest: time.Minute, forgiven: time.Hour}

type limited struct {
	key string
	patience
}

// begin counts an attempt, as one that fails until succeeded says otherwise: those that are made at once must not all pass. Where it has to wait,
// nothing is counted.
func (l *limiter) begin(now time.Time, keys ...limited) (wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, k := range keys {
		wait = max(wait, l.slot(k).wait(now, k.patience))
	}
	if wait > 0 {
		return wait
	}
	for _, k := range keys {
		s := l.slot(k)
		s.failures, s.last = s.present(now, k.patience)+1, now
	}
	return 0
}

// forget: whoever knows the password starts anew.
func (l *limiter) forget(k limited) {
	l.mu.Lock()
	defer l.mu.Unlock()
	*l.slot(k) = slot{}
}

// undo takes an attempt back that did not fail; those of others stay.
func (l *limiter) undo(k limited) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if s := l.slot(k); s.failures > 0 {
		s.failures--
	}
}

// takeBack is undo of an attempt that was never made: whoever made it need not wait for it, either.
func (l *limiter) takeBack(begun time.Time, k limited) {
	l.undo(k)
	l.mu.Lock()
	defer l.mu.Unlock()
	if s := l.slot(k); s.last.Equal(begun) {
		s.last = begun.Add(-k.longest)
	}
}

func (l *limiter) slot(k limited) *slot {
	slots := &l.kinds[k.kind]
	return &slots[maphash.String(l.seed, k.key)%uint64(len(slots))]
}

func (s *slot) present(now time.Time, p patience) int {
	if now.Sub(s.last) >= p.forgiven {
		return 0
	}
	return s.failures
}

func (s *slot) wait(now time.Time, p patience) time.Duration {
	n := s.present(now, p) - p.free
	if n < 0 {
		return 0
	}
	return max(0, s.last.Add(min(time.Second<<min(n, 16), p.longest)).Sub(now))
}

// network is whose failures an address counts to: with IPv6 those of the subscriber.
func network(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil || a.Is4() || a.Is4In6() {
		return address
	}
	p, _ := a.WithZone("").Prefix(64)
	return p.String()
}
