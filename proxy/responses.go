package proxy

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/legatics/pgseal/proxy/wire"
)

var errLoginTimeout = fatal(codeProtocolViolation, "log-in took too long")

var errDesync = errors.New("the server's answer does not fit what was asked")

// responses is the pump that reads the server. It is the only writer to the client.
type responses struct {
	ctx context.Context
	s   *session
	in  *wire.Reader
	out *wire.Writer

	head    entry // the expected answer at the head of the queue, where haveHead
	headSeq uint64
	have    bool

	statement int    // of a Query: which of its statements is being answered
	failed    bool   // an error was answered in this segment
	failedAt  uint64 // sequence number of the request that failed
	skipping  bool   // the server passes over everything up to Sync
	status    byte   // of the last ReadyForQuery
	copying   bool   // the server has asked for COPY data
	ddl       bool   // a statement of this segment may have changed the catalogue
	fatal     bool   // the server has said that it ends the connection

	abort *abort // a statement that the proxy itself had to fail while its rows were under way

	message []byte // the message being written
	plain   []byte // canonical plaintext of one value
	raw     []byte // sealed bytes of one value
}

func newResponses(ctx context.Context, s *session, in *wire.Reader, out *wire.Writer) *responses {
	return &responses{ctx: ctx, s: s, in: in, out: out}
}

// close waits for what the pump has started.
func (p *responses) close() { p.abort.wait() }

// run moves messages until the server or the session ends. What has been written to the client is flushed when it returns.
func (p *responses) run() error {
	err := p.logIn()
	for err == nil {
		var typ byte
		var size int
		if typ, size, err = p.next(); err == nil {
			err = p.handle(typ, size)
		}
	}
	p.lastWords(err)
	_ = p.out.Flush()
	return err
}

// next waits for the server's next message. Whatever lies in the writer is sent before waiting.
func (p *responses) next() (typ byte, size int, err error) {
	for {
		if p.in.Buffered() == 0 {
			if err := p.out.Flush(); err != nil {
				return 0, 0, err
			}
		}
		typ, size, err = p.in.Next()
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			return typ, size, err
		}
		if err := p.woken(); err != nil {
			return 0, 0, err
		}
	}
}

// woken is called when a read of the server was interrupted: the session is to end now, or as soon as it is idle.
func (p *responses) woken() error {
	if e := p.s.kill.Load(); e != nil {
		return e
	}
	if p.s.gone.Load() {
		return errSessionEnded
	}
	if !p.s.ready.Load() {
		return errLoginTimeout
	}
	if err := p.s.upstream.SetReadDeadline(time.Time{}); err != nil {
		return err
	}
	return p.endIfIdle()
}

// endIfIdle ends a session of a proxy that drains, once no transaction is open and nothing is under way.
func (p *responses) endIfIdle() error {
	if p.s.stopping.Load() && p.status == 'I' && p.s.queue.empty() {
		return fatal(codeAdminShutdown, "terminating connection due to administrator command")
	}
	return nil
}

// lastWords tells the client why the session ends, where the server has not said so itself. A message is never cut:
// this is called between messages only.
func (p *responses) lastWords(err error) {
	var e *wireError
	switch {
	case errors.As(err, &e):
	case errors.Is(err, errDesync):
		p.s.server.counters.Desyncs.Add(1)
		p.s.log.Error("session out of step", "cause", err)
		e = fatal(codeProtocolViolation, "pgseal lost track of the server's answers and ends the session")
	case p.fatal || p.s.gone.Load() || errors.Is(err, errSessionEnded) || p.ctx.Err() != nil:
		return
	default:
		e = fatal(codeConnectionFailure, "the database server closed the connection unexpectedly")
	}
	_ = p.s.client.SetWriteDeadline(time.Now().Add(lastWordsTimeout))
	p.message = e.append(p.message[:0])
	_ = p.out.Write(p.message)
}

// lastWordsTimeout bounds how long a client that does not read can keep its session from ending.
const lastWordsTimeout = 2 * time.Second

// expect returns the head of the queue.
func (p *responses) expect() (*entry, bool) {
	if !p.have {
		p.head, p.headSeq, p.have = p.s.queue.peek()
	}
	if p.have && p.head.optional && p.head.request == reqSync {
		p.s.queue.dropSwallowed()
		p.head, p.headSeq, p.have = p.s.queue.peek()
	}
	return &p.head, p.have
}

// done removes the head of the queue.
func (p *responses) done() {
	p.head.work.release()
	p.head, p.have = entry{}, false
	p.s.queue.pop()
}

// forward passes the message on as it lies; the answers to the proxy's own requests are swallowed.
func (p *responses) forward(e *entry) error {
	if e.own || p.abort.swallows() {
		return p.in.Discard()
	}
	return p.in.Forward(p.out)
}

// handle deals with one message of the server
// (https://www.postgresql.org/docs/current/protocol-message-formats.html).
func (p *responses) handle(typ byte, size int) error {
	switch typ {
	case 'S':
		return p.parameterStatus()
	case 'N', 'A':
		return p.in.Forward(p.out)
	case 'Z':
		return p.readyForQuery()
	case 'E':
		return p.errorResponse(size)
	}
	e, ok := p.expect()
	if !ok {
		return fmt.Errorf("%w: message %q while nothing was asked", errDesync, typ)
	}
	switch {
	case typ == 'D' && (e.request == reqExecute || e.request == reqQuery):
		return p.dataRow(e)
	case typ == 'T':
		return p.rowDescription(e)
	case typ == 't' && e.request == reqDescribeStatement:
		return p.parameterDescription(e)
	case typ == 'n' && (e.request == reqDescribeStatement || e.request == reqDescribePortal):
		return p.noData(e)
	case typ == 'C' && e.request == reqQuery, typ == 'I' && e.request == reqQuery:
		p.noteDDL(e)
		p.statement++
		return p.forward(e)
	case p.completes(typ, e.request):
		p.noteDDL(e)
		err := p.forward(e)
		p.done()
		if p.copying {
			p.copying = false
			p.s.queue.dropSwallowed()
		}
		return err
	case e.request == reqExecute || e.request == reqQuery:
		return p.copy(typ, e)
	case typ == 'V' && e.request == reqFunctionCall:
		return p.forward(e)
	}
	return fmt.Errorf("%w: message %q to request %d", errDesync, typ, e.request)
}

// noteDDL notes that the catalogue may have changed, so that it is looked at once the segment has ended.
func (p *responses) noteDDL(e *entry) {
	if pl := e.work.planOf(); pl != nil && pl.Effects.DDL && p.s.database.Changed != nil {
		p.ddl = true
	}
}

// completes tells that the message is the one answer that ends the request.
func (p *responses) completes(typ byte, r request) bool {
	switch r {
	case reqParse:
		return typ == '1'
	case reqBind:
		return typ == '2'
	case reqClose:
		return typ == '3'
	case reqExecute:
		return typ == 'C' || typ == 'I' || typ == 's'
	}
	return false
}

// copy deals with the messages of a COPY, which pass as they are: on protected tables it was refused.
func (p *responses) copy(typ byte, e *entry) error {
	switch typ {
	case 'G', 'W':
		p.copying = true
		p.s.queue.startCopyIn()
	case 'H', 'd', 'c':
	default:
		return fmt.Errorf("%w: message %q to request %d", errDesync, typ, e.request)
	}
	return p.forward(e)
}

// parameterStatus takes note of a setting and passes it on.
func (p *responses) parameterStatus() error {
	body, err := p.in.Body(nameLimit)
	if err != nil {
		return err
	}
	p.s.settings.Store(p.s.settings.Load().reported(body))
	return p.in.Forward(p.out)
}

// readyForQuery ends a segment.
func (p *responses) readyForQuery() error {
	body, err := p.in.Body(nameLimit)
	if err != nil {
		return err
	}
	if len(body) != 1 {
		return fmt.Errorf("%w: ReadyForQuery of %d bytes", errDesync, len(body))
	}
	p.status = body[0]
	last, ok := p.s.queue.resolve(end{status: p.status, failed: p.failed, failedAt: p.failedAt, skipping: p.skipping})
	if !ok {
		return fmt.Errorf("%w: ReadyForQuery while request %d was expected to be answered", errDesync, last.request)
	}
	p.have, p.head = false, entry{}
	p.failed, p.skipping, p.copying, p.statement = false, false, false, 0
	if p.abort != nil {
		return p.mend(last)
	}
	if p.ddl {
		p.ddl = false
		p.s.database.Changed()
	}
	p.in.Shrink()
	if err := p.in.Forward(p.out); err != nil {
		return err
	}
	if p.s.stopping.Load() {
		return p.endIfIdle()
	}
	return nil
}
