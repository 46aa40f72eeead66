package proxy

import (
	"context"
	"sync/atomic"
	"time"
)

// patience is what a pump's wait for a key hangs on. It is made once for a session, so that asking for a key that is at hand costs nothing.
type patience struct{ current atomic.Pointer[wait] }

type wait struct {
	session context.Context
	ctx     context.Context // of session; ends with errCancelled too
	end     context.CancelCauseFunc
}

var errCancelled = &wireError{code: codeQueryCanceled, message: "canceling statement due to user request"}

// begin is called by the pump, with the session's context.
func (p *patience) begin(session context.Context) { p.current.Store(newWait(session)) }

func newWait(session context.Context) *wait {
	ctx, end := context.WithCancelCause(session)
	return &wait{session, ctx, end}
}

// end ends the wait under way, if there is one. Later ones are not touched.
func (p *patience) end() {
	w := p.current.Load()
	if w == nil {
		return
	}
	if next := newWait(w.session); !p.current.CompareAndSwap(w, next) {
		next.end(nil) // another cancel request was quicker
	}
	w.end(errCancelled)
}

// acquire asks for the tenant's key. Every error is one that the client may read.
func (s *session) acquire(p *patience, tenant string) (Key, error) {
	if err := s.mayUse(tenant); err != nil {
		return nil, err
	}
	w := p.current.Load()
	s.traffic.keyWaits.Add(1)
	defer s.traffic.keyWaits.Add(-1)
	key, err := s.database.Keys.Acquire(w.ctx, tenant)
	if err != nil && context.Cause(w.ctx) == errCancelled {
		return nil, errCancelled
	}
	return key, err
}

func (r *requests) acquire() (Key, error) {
	if err := r.awaitTenant(); err != nil {
		return nil, err
	}
	tenant, err := r.tenant()
	if err != nil {
		return nil, err
	}
	return r.acquireFor(tenant)
}

func (r *requests) acquireFor(tenant string) (Key, error) {
	if w := r.watched; w != nil {
		defer w.add(&w.key, time.Now())
	}
	return r.s.acquire(&r.s.asking, tenant)
}

func (p *responses) acquire() (Key, error) { return p.s.acquire(&p.s.reading, p.using()) }

// using is the tenant of what is being answered.
func (p *responses) using() string {
	if w := p.head.work; w != nil && w.tenant != "" {
		return w.tenant
	}
	return p.s.tenant
}

// endWaits ends the waits for keys that a cancel request is about: that of rows under way, and that of a statement that has not been sent yet, unless
// the server is at work on an earlier segment, which is then what is meant.
func (s *session) endWaits() {
	s.reading.end()
	if !s.queue.behind() {
		s.asking.end()
	}
}
