package proxy

import (
	"sync/atomic"
	"time"
)

// The proxy's own time-outs of sessions that rest: the server has answered everything, and the client has begun nothing since. They have the server's
// codes. A session in the middle of a COPY does not rest, and one that waits for notifications (LISTEN) may rest for as long as it likes, outside a
// transaction.

var (
	errIdle              = fatal(codeIdleSession, "terminating connection due to idle-session timeout")
	errIdleInTransaction = fatal(codeIdleInTransaction, "terminating connection due to idle-in-transaction timeout")
)

// rest watches over a session's idleness. It belongs to the pump that reads the server; all that its timer does is to wake the pump.
type rest struct {
	since    time.Time
	answered uint64 // sequence number behind the last request that was answered by then
	listens  bool   // the session may wait for notifications
	timer    *time.Timer
	due      time.Time // when the timer runs out; zero: it does not run
	ran      atomic.Bool
}

// restLimit is how long a session may rest as it is now; 0: for ever.
func (p *responses) restLimit() time.Duration {
	switch {
	case p.status != 'I':
		return p.s.server.limits.IdleInTransaction
	case p.rest.listens:
		return 0
	}
	return p.s.server.limits.Idle
}

// rested is called at a ReadyForQuery.
func (p *responses) rested() {
	if limit := p.restLimit(); limit > 0 {
		p.rest.since, p.rest.answered = time.Now(), p.s.queue.answered()
		p.lookAt(p.rest.since.Add(limit))
	}
}

// lookAt sees to it that the pump wakes by then. A timer that runs out earlier is left alone: it need not be set at each ReadyForQuery.
func (p *responses) lookAt(due time.Time) {
	r := &p.rest
	switch {
	case !r.due.IsZero() && !r.due.After(due):
		return
	case r.timer == nil:
		r.timer = time.AfterFunc(time.Until(due), func() {
			r.ran.Store(true)
			_ = p.s.upstream.SetReadDeadline(time.Unix(1, 0))
		})
	default:
		r.timer.Reset(time.Until(due))
	}
	r.due = due
}

// restEnds looks, once the timer has run out, whether the session has rested for too long. From then on nothing is sent to the server.
func (p *responses) restEnds() error {
	r := &p.rest
	if !r.ran.Swap(false) {
		return nil
	}
	r.due = time.Time{}
	limit := p.restLimit()
	if due := r.since.Add(limit); limit > 0 && time.Now().Before(due) {
		p.lookAt(due)
		return nil
	}
	switch {
	case limit <= 0:
		return nil
	case p.s.handling.Load(): // something that may have no answer
		p.lookAt(time.Now().Add(limit))
		return nil
	case !p.s.queue.closeIfResting(r.answered):
		return nil // the next ReadyForQuery begins anew
	case p.status == 'I':
		return errIdle
	}
	return errIdleInTransaction
}

// noteListen notes that the client has asked for notifications, by the tag of what the server has done.
func (p *responses) noteListen() error {
	if p.s.server.limits.Idle <= 0 || p.rest.listens {
		return nil
	}
	tag, err := p.in.Prefix(len("LISTEN"))
	p.rest.listens = string(tag) == "LISTEN"
	return err
}

// stopResting ends the timer.
func (p *responses) stopResting() {
	if p.rest.timer != nil {
		p.rest.timer.Stop()
	}
}
