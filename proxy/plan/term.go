package plan

import (
	"math"
	"sync/atomic"
	"time"
)

// Term is a time in which the other proxies wait for this one before they change how sealed columns are used: what a catalogue says of them holds no
// longer. It is extended while the proxy is heard of. Once it is over it is so for good, also for a process that was frozen and goes on later: what the
// others have done without it, it learns in the next term. A nil Term never ends.
type Term struct {
	boot  func() time.Duration // which goes on while the machine is suspended
	until atomic.Int64         // or ended
}

// ended is in place of the end once somebody has seen that it is over: nobody may have it over who finds it going on later.
const ended = math.MinInt64

// NewTerm begins a term that ends at a moment of the clock boot.
func NewTerm(boot func() time.Duration, until time.Duration) *Term {
	t := &Term{boot: boot}
	t.until.Store(int64(until))
	return t
}

// Extend moves the end of the term on. It is false where the term is over: the others may not have waited meanwhile.
func (t *Term) Extend(until time.Duration) bool {
	if t == nil {
		return false
	}
	was := t.until.Load()
	return was != ended && int64(t.boot()) < was && t.until.CompareAndSwap(was, int64(until))
}

// End ends the term before its time.
func (t *Term) End() {
	if t != nil {
		t.until.Store(ended)
	}
}

// Over tells that the others wait for this proxy no more.
func (t *Term) Over() bool {
	for t != nil {
		switch until := t.until.Load(); {
		case until == ended:
			return true
		case int64(t.boot()) < until:
			return false
		case t.until.CompareAndSwap(until, ended):
			return true
		}
	}
	return false
}

// termOver is why nothing protected is planned behind the end of a term.
const termOver = "this proxy has not reached the pgseal schema for too long, and the other proxies do not wait for it any more"

// RefuseOver refuses to send what was planned with the catalogue once its term is over; nil before.
func (c *Catalogue) RefuseOver() *Refusal {
	if !c.Term.Over() {
		return nil
	}
	return refuseStale(termOver)
}

// expired is the snapshot with nothing protected planned any more. It is in force from now on, unless a newer one is.
func (p *Planner) expired(st *state) *state {
	next := p.newState(st.catalogue.WithStale(termOver))
	p.state.CompareAndSwap(st, next)
	return next
}
