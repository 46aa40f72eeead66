package proxy

import (
	"maps"
	"sync"
	"sync/atomic"

	"github.com/legatics/pgseal/proxy/plan"
)

// Counters counts what the proxy does. They only rise, and may be read at any time.
type Counters struct {
	Sessions      atomic.Int64 // sessions begun
	SessionsEnded atomic.Int64
	Refusals      atomic.Int64 // typed errors given instead of an answer
	Planned       atomic.Int64 // texts that name something protected and were planned
	Native        atomic.Int64 // texts that name nothing protected
	Sealed        atomic.Int64 // values
	Opened        atomic.Int64 // values
	Cancels       atomic.Int64 // cancel requests passed on
	CancelsFailed atomic.Int64 // cancel requests that were not
	Desyncs       atomic.Int64 // answers that did not fit what was asked; must stay 0

	statements, connections byCode // refused ones
}

// byCode counts by SQLSTATE: the proxy's own, so that their number is bounded.
type byCode struct {
	mu sync.Mutex
	n  map[string]int64
}

func (c *byCode) add(code string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n == nil {
		c.n = map[string]int64{}
	}
	c.n[code]++
}

func (c *byCode) read() map[string]int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return maps.Clone(c.n)
}

func (c *Counters) planned(p *plan.Plan, refusal *plan.Refusal) {
	if p == nil && refusal == nil {
		c.Native.Add(1)
		return
	}
	c.Planned.Add(1)
}

func (c *Counters) sealed() { c.Sealed.Add(1) }

func (c *Counters) refused(code string) {
	c.Refusals.Add(1)
	c.statements.add(code)
}

// RefusalsByCode returns how often each SQLSTATE was given by the proxy itself.
func (c *Counters) RefusalsByCode() map[string]int64 {
	return c.statements.read()
}
