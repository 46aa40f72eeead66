package proxy

import (
	"context"
	"sync"

	"github.com/legatics/pgseal/proxy/wire"
)

// abort is a statement that the proxy had to fail after the server began to answer it: a value did not open, or the key went. The
// client has its error; what the server still says of the segment is swallowed, and the transaction is brought to the state that a native
// error would have left:
//
//   - the client has not sent its Sync yet: the other pump sends a request that fails, so that the server rolls back;
//   - it has, and the server reports an open transaction: the proxy sends a failing Query of its own before the client hears
//     ReadyForQuery; where the client has already sent more, the session ends, which rolls back;
//   - the server reports no transaction: the statement is complete, and the error has said so where it wrote anything.
//
// A statement that still streams is cancelled where nothing behind it could be hit instead.
type abort struct {
	mending bool // the failing Query has been sent; its answers are awaited
	cancel  sync.WaitGroup
}

func (a *abort) swallows() bool { return a != nil }

func (a *abort) wait() {
	if a != nil {
		a.cancel.Wait()
	}
}

// startAbort tells the client e and begins to swallow.
func (p *responses) startAbort(e *wireError) error {
	p.abort = &abort{}
	what := p.s.queue.interrupt(poisonParse(nil, false), entry{request: reqParse, own: true})
	told := *e
	if p.stands(what) {
		told.detail = "What the statement, or others sent with it, changed may stand. " + e.detail
	}
	switch {
	case what.ordered:
		p.s.wakeRequests()
	case what.alone:
		p.abort.cancel.Go(p.cancelAborted)
	}
	p.message = told.append(p.message[:0])
	if err := p.out.Write(p.message); err != nil {
		return err
	}
	return p.out.Flush()
}

// stands tells that the server may keep what the segment has changed, although the client is told of an error: the segment is complete, and
// is a transaction of its own, or perhaps ends one.
func (p *responses) stands(what interruption) bool {
	pl := p.head.work.planOf()
	several := what.others || pl != nil && len(pl.Statements) > 1
	ran := p.head.request == reqExecute || p.head.request == reqQuery
	return !what.ordered && (several || p.status == 'I' && (p.executed || ran && p.s.writes(pl)))
}

// cancelAborted stops a statement that still streams. What the client sends next is held back until the server has been
// told, so that nothing else can be hit.
func (p *responses) cancelAborted() {
	defer p.s.queue.unhold()
	ctx, stop := context.WithTimeout(p.ctx, p.s.server.limits.CancelTimeout)
	defer stop()
	if err := p.s.cancelUpstream(ctx); err != nil {
		p.s.log.Warn("could not cancel a statement that failed while its rows were under way", "cause", err)
	}
}

// errUnmended ends a session whose transaction can be brought to the state of a native error in no other way.
var errUnmended = fatal(codeInternal, "a statement failed while later ones were under way; the transaction is rolled back")

// mend is called at the ReadyForQuery of the aborted segment, and of the failing Query that follows it.
func (p *responses) mend(last entry) error {
	p.abort.wait()
	if err := p.in.Discard(); err != nil {
		return err
	}
	if p.status == 'T' {
		if p.abort.mending || !p.s.queue.giveWhenIdle(&order{message: poisonQuery(nil), entry: entry{request: reqQuery, own: true}}) {
			return errUnmended
		}
		p.s.wakeRequests()
		p.abort.mending = true
		return nil
	}
	if p.abort.mending != last.own {
		return errDesync
	}
	p.abort = nil
	dst, at := wire.Begin(p.message[:0], 'Z')
	p.message = wire.Finish(append(dst, p.status), at)
	if err := p.out.Write(p.message); err != nil {
		return err
	}
	p.rested()
	return p.endIfIdle()
}
