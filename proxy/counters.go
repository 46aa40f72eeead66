package proxy

import (
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
	Desyncs       atomic.Int64 // answers that did not fit what was asked; must stay 0

	mu     sync.Mutex
	byCode map[string]int64
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
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byCode == nil {
		c.byCode = map[string]int64{}
	}
	c.byCode[code]++
}

// RefusalsByCode returns how often each SQLSTATE was given by the proxy itself.
func (c *Counters) RefusalsByCode() map[string]int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make(map[string]int64, len(c.byCode))
	for code, n := range c.byCode {
		out[code] = n
	}
	return out
}
