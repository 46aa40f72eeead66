package proxy

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/wire"
)

// What ends a session.
var (
	errLoginTimeout  = fatal(codeProtocolViolation, "log-in took too long")
	errShutdown      = fatal(codeAdminShutdown, "terminating connection due to administrator command")
	errMessageLength = fatal(codeProtocolViolation, "invalid message length")
	errDesync        = errors.New("the server's answer does not fit what was asked")
)

// responses is the pump that reads the server. It is the only writer to the client.
type responses struct {
	ctx context.Context
	s   *session
	in  *wire.Reader
	out *wire.Writer

	between bool // waiting for the next message
	owed    bool // a drain has interrupted a message: it is looked at behind it

	head    entry // the expected answer at the head of the queue, where have
	headSeq uint64
	have    bool

	statement int    // of a Query: which of its statements is being answered
	executed  bool   // a statement of this segment is complete
	ddl       bool   // a statement of this segment may have changed the catalogue
	failed    bool   // an error was answered in this segment
	failedAt  uint64 // sequence number of the request that failed
	begun     bool   // it has dropped the unnamed statement
	skipping  bool   // the server passes over everything up to Sync
	status    byte   // of the last ReadyForQuery
	copying   bool   // the server has asked for COPY data
	fatal     bool   // the server has said that it ends the connection

	copyTarget *copyTarget // the COPY FROM STDIN of a protected table that the server asked for data for last
	copyOut    *copyOut    // the COPY TO STDOUT of a protected table that is under way

	followed followed // the setting that names the tenant

	rest  rest
	abort *abort // a statement that the proxy itself had to fail while its rows were under way

	wide, wideOf []*plan.Column // the outputs of the last row whose plan has a Rest, and that plan's own

	opening time.Duration // spent with opening values of this segment, where somebody watches
	code    string        // SQLSTATE that the client has read in this segment

	message []byte // the message being written
	plain   []byte // canonical plaintext of one value
	raw     []byte // sealed bytes of one value
	field   []byte // one value of COPY data, in the client's form
}

func newResponses(ctx context.Context, s *session, upstream io.Reader, out *wire.Writer) *responses {
	p := &responses{ctx: ctx, s: s, out: out, followed: s.followed()}
	s.reading.begin(ctx)
	p.in = wire.NewReader(&leg{src: upstream, flush: out.Flush, woken: p.woken})
	return p
}

// close waits for what the pump has started.
func (p *responses) close() {
	p.stopResting()
	p.abort.wait()
}

// run moves messages until the server or the session ends. What has been written to the client is flushed when it returns.
func (p *responses) run() error {
	err := p.logIn()
	for err == nil {
		var typ byte
		if typ, _, err = p.next(); err == nil {
			err = p.handle(typ)
		}
	}
	p.lastWords(err)
	_ = p.out.Flush()
	return err
}

// next waits for the server's next message.
func (p *responses) next() (typ byte, size int, err error) {
	if p.owed {
		p.owed = false
		if err := p.endIfIdle(); err != nil {
			return 0, 0, err
		}
	}
	p.between = true
	typ, size, err = p.in.Next()
	p.between = false
	return typ, size, err
}

// woken is called when the read deadline has interrupted a read: the session is to end now, or as soon as it is idle. Whoever sets the
// deadline says why before; so it is lifted first and the reasons are looked at then, or one would be lost.
func (p *responses) woken() error {
	ready := p.s.ready.Load()
	if ready {
		if err := p.s.upstream.SetReadDeadline(time.Time{}); err != nil {
			return err
		}
	}
	if e := p.s.kill.Load(); e != nil {
		return e
	}
	switch {
	case p.s.gone.Load():
		return errSessionEnded
	case !ready && p.s.stopping.Load():
		return errShutdown
	case !ready:
		return errLoginTimeout
	case !p.between:
		p.owed = true
		return nil
	}
	return p.endIfIdle()
}

// endIfIdle ends a session of a proxy that drains, once no transaction is open and nothing is under way, and one that has rested for too long.
func (p *responses) endIfIdle() error {
	switch {
	case p.abort != nil:
		return nil
	case p.s.stopping.Load() && p.status == 'I' && p.s.queue.closeIfIdle():
		return errShutdown
	}
	return p.restEnds()
}

// lastWords tells the client why the session ends, where the server has not said so itself, and unless a message lies
// half written before the client.
func (p *responses) lastWords(err error) {
	var e *wireError
	switch {
	case p.fatal || p.in.Torn():
		return
	case errors.As(err, &e):
	case errors.Is(err, errDesync):
		p.s.server.counters.Desyncs.Add(1)
		p.s.log.Error("session out of step", "cause", err)
		e = fatal(codeProtocolViolation, "pgseal lost track of the server's answers and ends the session")
	case p.s.gone.Load() || errors.Is(err, errSessionEnded) || p.ctx.Err() != nil:
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

// forwardRows is forward for a message of rows that are not looked into: those behind it go with it.
func (p *responses) forwardRows(e *entry) error {
	if e.own || p.abort.swallows() {
		return p.in.Discard()
	}
	return p.in.ForwardRun(p.out)
}

// handle deals with one message of the server
// (https://www.postgresql.org/docs/current/protocol-message-formats.html).
func (p *responses) handle(typ byte) error {
	switch typ {
	case 'S':
		return p.parameterStatus()
	case 'N', 'A':
		return p.in.Forward(p.out)
	case 'Z':
		return p.readyForQuery()
	case 'E':
		return p.errorResponse()
	}
	e, ok := p.expect()
	if !ok {
		return fmt.Errorf("%w: message %q while nothing was asked", errDesync, typ)
	}
	switch {
	case typ == 'D' && (e.request == reqExecute || e.request == reqQuery):
		return p.dataRow(e)
	case typ == 'T' && (e.request == reqQuery || e.request == reqDescribeStatement || e.request == reqDescribePortal):
		return p.rowDescription(e)
	case typ == 't' && e.request == reqDescribeStatement:
		return p.parameterDescription(e)
	case typ == 'n' && (e.request == reqDescribeStatement || e.request == reqDescribePortal):
		return p.noData(e)
	case typ == 'C' && e.request == reqQuery, typ == 'I' && e.request == reqQuery:
		return p.statementDone(e)
	case p.completes(typ, e.request):
		return p.requestDone(e)
	case e.request == reqExecute || e.request == reqQuery:
		return p.copy(typ, e)
	case typ == 'V' && e.request == reqFunctionCall:
		return p.forward(e)
	}
	return fmt.Errorf("%w: message %q to request %d", errDesync, typ, e.request)
}

// statementDone counts a statement of a Query.
func (p *responses) statementDone(e *entry) error {
	if err := p.noteListen(); err != nil {
		return err
	}
	if err := p.follow(e, p.statement); err != nil {
		return err
	}
	p.noteDDL(e)
	p.statement++
	p.executed = true
	if p.copying {
		p.copying = false
		p.followSwallowed()
		p.s.queue.copied()
	}
	return p.forward(e)
}

// requestDone removes a request whose one answer this is.
func (p *responses) requestDone(e *entry) error {
	p.noteDDL(e)
	p.executed = p.executed || e.request == reqExecute
	err := p.noteListen()
	if err == nil && e.request == reqExecute {
		err = p.follow(e, 0)
	}
	if err == nil {
		err = p.forward(e)
	}
	p.done()
	if p.copying {
		p.copying = false
		p.followSwallowed()
		p.s.queue.dropSwallowed()
	}
	return err
}

// noteDDL notes that the catalogue may have changed, so that it is looked at once the transaction has ended.
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

// copy deals with the messages of a COPY.
func (p *responses) copy(typ byte, e *entry) error {
	switch typ {
	case 'G', 'W':
		if p.abort.swallows() {
			return errUnmended // nobody will send the data
		}
		p.copying = true
		return p.copyBegins(typ, e)
	case 'H':
		return p.copyBegins(typ, e)
	case 'd':
		return p.copyOutData(e)
	case 'c':
		return p.copyOutDone(e)
	default:
		return fmt.Errorf("%w: message %q to request %d", errDesync, typ, e.request)
	}
}

// parameterStatus takes note of a setting and passes it on.
func (p *responses) parameterStatus() error {
	body, err := p.in.Body(nameLimit)
	switch {
	case errors.Is(err, wire.ErrTooLarge): // none that is taken note of can be so long
	case err != nil:
		return err
	default:
		p.s.settings.Store(p.s.settings.Load().reported(body))
	}
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
	if p.ddl && p.status == 'I' {
		p.ddl = false
		p.s.database.Changed() // before anybody is told: what is sent next is planned with the catalogue as it is now
	}
	p.followReady()
	last, err := p.s.queue.resolve(end{status: p.status, failed: p.failed, failedAt: p.failedAt, done: p.statement, begun: p.begun, skipping: p.skipping})
	if err != nil {
		return fmt.Errorf("at ReadyForQuery: %w", err)
	}
	p.s.traffic.ready(p.status)
	if last.watched != nil {
		p.answered(last.watched)
	}
	p.opening, p.code = 0, ""
	p.have, p.head = false, entry{}
	p.failed, p.skipping, p.copying, p.executed, p.statement = false, false, false, false, 0
	p.copyTarget, p.copyOut = nil, nil
	if p.abort != nil {
		return p.mend(last)
	}
	if err := p.in.Forward(p.out); err != nil {
		return err
	}
	p.shrink()
	p.rested()
	return p.endIfIdle()
}

// shrink gives back what a large message has taken.
func (p *responses) shrink() {
	p.in.Shrink()
	if cap(p.message)+cap(p.plain)+cap(p.raw)+cap(p.field) > scratchKept {
		p.message, p.plain, p.raw, p.field = nil, nil, nil, nil
	}
}
