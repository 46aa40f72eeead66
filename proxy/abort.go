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
	p.message = e.append(p.message[:0])
	if err := p.out.Write(p.message); err != nil {
		return err
	}
	if err := p.out.Flush(); err != nil {
		return err
	}
	p.abort = &abort{}
	sent, more := p.s.queue.holdsSync()
	switch {
	case !sent:
		p.order(poisonParse(nil, false), reqParse, p.s.queue.current(), false)
	case !more:
		p.abort.cancel.Go(func() {
			ctx, stop := context.WithTimeout(p.ctx, p.s.server.limits.CancelTimeout)
			defer stop()
			if err := p.s.cancelUpstream(ctx); err != nil {
				p.s.log.Warn("could not cancel a statement that failed while its rows were under way", "cause", err)
			}
		})
	}
	return nil
}

// order has the other pump send a message of the proxy's own.
func (p *responses) order(message []byte, kind request, segment uint64, whenEmpty bool) bool {
	given := p.s.queue.give(&order{message: message, entry: entry{request: kind, own: true}, segment: segment}, whenEmpty)
	if given {
		p.s.wakeRequests()
	}
	return given
}

// mend is called at the ReadyForQuery of the aborted segment, and of the failing Query that follows it.
func (p *responses) mend(last entry) error {
	p.abort.wait()
	if err := p.in.Discard(); err != nil {
		return err
	}
	if p.status == 'T' {
		if p.abort.mending || !p.order(poisonQuery(nil), reqQuery, 0, true) {
			return fatal(codeInternal, "a statement failed while later ones were under way; the transaction is rolled back")
		}
		p.abort.mending = true
		return nil
	}
	if p.abort.mending != last.own {
		return errDesync
	}
	p.abort = nil
	dst, at := wire.Begin(p.message[:0], 'Z')
	p.message = wire.Finish(append(dst, p.status), at)
	return p.out.Write(p.message)
}
