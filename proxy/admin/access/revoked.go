package access

import (
	"slices"
	"sync"
	"time"
)

// revoked are the sessions that were ended by a log-out, for as long as they would live otherwise. None is forgotten before: where there is no room, all that had
// begun by then are taken for ended.
type revoked struct {
	mu     sync.Mutex
	known  map[string]bool
	order  []revocation // by begun
	before time.Time    // what had begun by then has ended
}

// revocation is a session that was ended, by the name that Guard.ended gives it.
type revocation struct {
	id    string
	begun time.Time // not later than it did
}

const (
	maxRevoked = 50000
	// clockAllowance is how far behind the clock may be of the proxy that ends a session: where the session seems to begin later than that, it is not taken.
	clockAllowance = time.Minute
)

// has tells that the session was ended.
func (v *revoked) has(id string, begun time.Time) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.known[id] || !begun.After(v.before)
}

// add ends a session; news: it was not ended yet. What had begun by over has ended by itself, and is forgotten.
func (v *revoked) add(id string, begun, over time.Time) (news bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for len(v.order) > 0 && !v.order[0].begun.After(over) {
		v.drop()
	}
	if v.known[id] || !begun.After(v.before) || !begun.After(over) {
		return false
	}
	if len(v.order) >= maxRevoked {
		v.before = v.order[0].begun
		v.drop()
	}
	at, _ := slices.BinarySearchFunc(v.order, begun, func(r revocation, t time.Time) int { return r.begun.Compare(t) })
	v.order = slices.Insert(v.order, at, revocation{id, begun})
	v.known[id] = true
	return true
}

// drop forgets the one that began first.
func (v *revoked) drop() {
	delete(v.known, v.order[0].id)
	v.order = v.order[1:]
}
