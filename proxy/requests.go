package proxy

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/wire"
)

// errTerminated says that the client has sent Terminate.
var errTerminated = errors.New("client terminated the session")

// requests is the pump that reads the client. It is the only writer to the server.
type requests struct {
	ctx context.Context
	s   *session
	in  *wire.Reader
	out *wire.Writer

	between bool // waiting for the next message, so that the writer is at a message's boundary
	owed    bool // the other pump has interrupted a message: its order is looked for behind it

	epoch    string           // of the catalogue when the session began
	follower *settingFollower // nil unless a setting names the tenant
	using    string           // the tenant of what is dealt with, for errors
	names    *names
	segment  uint64 // the client's current segment
	skipping bool   // a request was refused, or has failed: the client's messages up to Sync are dropped, as the server would
	touched  bool   // a text of this session may have changed them
	settled  uint64 // the last segment that is known to have ended
	unsure   uint64 // the segment in which settings that change how texts are read may have been changed; 0: none

	made []made // tables and views that the catalogue may not know yet as they are
	anew uint64 // the last of their numbers

	copy       *copyIn // the COPY that the client sends data for
	copies     bool    // a COPY of a protected table may still be asked for data
	behindCopy bool    // the last request that could be a COPY was one of a protected table, or refused: its data must not pass as they are

	watched *watched            // the query that is being sent; nil where nobody watches
	sent    *watched            // the one before
	texts   map[string]seenText // of prepared statements, where somebody watches
	refused string              // fingerprint of the text that was refused just now

	bound   bindMessage // the Bind that is dealt with
	message []byte      // the message being written
	plain   []byte      // canonical plaintext of one value
	sealed  []byte      // sealed form of one value
	field   []byte      // one sealed value of COPY data, in the form that is stored
}

func newRequests(ctx context.Context, s *session, client io.Reader, out *wire.Writer) *requests {
	r := &requests{ctx: ctx, s: s, out: out, names: newNames(), segment: 1, follower: s.follower(), using: s.tenant}
	s.asking.begin(ctx)
	r.in = wire.NewReader(&leg{src: client, count: &s.traffic.received, flush: out.Flush, woken: r.woken})
	if p := s.planner(); p != nil {
		r.epoch = p.Catalogue().Epoch
	}
	return r
}

// run moves messages until the client leaves, breaks the protocol, or the session ends.
func (r *requests) run() error {
	defer r.leaveCopy()
	for {
		typ, size, err := r.next()
		if err == nil {
			err = r.handle(typ, size)
		}
		if err != nil {
			if errors.Is(err, errTerminated) {
				_ = r.out.Flush()
			}
			return err
		}
	}
}

// next waits for the client's next message.
func (r *requests) next() (typ byte, size int, err error) {
	if r.owed {
		r.owed = false
		if err := r.obey(r.s.queue.obey()); err != nil {
			return 0, 0, err
		}
	}
	r.between = true
	r.s.handling.Store(false)
	typ, size, err = r.in.Next()
	r.between = false
	r.s.handling.Store(true)
	return typ, size, err
}

// woken is called when the read deadline has interrupted a read. Before the end of the log-in it is the log-in's own; later the
// other pump has set it, and has given an order before. In the middle of a message the order has to wait for its end.
func (r *requests) woken() error {
	if !r.s.ready.Load() {
		return errLoginTimeout
	}
	if err := r.s.client.SetReadDeadline(time.Time{}); err != nil {
		return err
	}
	if r.s.ended.Load() { // looked at behind the lifting of the deadline, or one that is set for it would be lost
		return errSessionEnded
	}
	if !r.between {
		r.owed = true
		return nil
	}
	return r.obey(r.s.queue.obey())
}

// obey writes an order of the other pump; its entry is in the queue already.
func (r *requests) obey(o *order) error {
	if o == nil {
		return nil
	}
	if err := r.out.Write(o.message); err != nil {
		return err
	}
	return r.out.Flush()
}

func (r *requests) forward() error { return r.in.Forward(r.out) }

func (r *requests) discard() error { return r.in.Discard() }

func (r *requests) body(limit int) ([]byte, error) { return r.in.Body(limit) }

func (r *requests) prefix(n int) ([]byte, error) { return r.in.Prefix(n) }

// handle deals with one message of the client
// (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY).
func (r *requests) handle(typ byte, size int) error {
	if !r.s.ready.Load() {
		return r.loggingIn(typ, size)
	}
	if r.skipping && typ != 'S' && typ != 'X' {
		return r.discard()
	}
	if r.settle(); r.skipping && typ != 'S' && typ != 'X' {
		r.leaveCopy()
		return r.discard()
	}
	if r.s.server.watch != nil {
		if err := r.watch(typ); err != nil {
			return err
		}
	}
	switch typ {
	case 'd':
		return r.copyData()
	case 'c', 'f':
		return r.copyEnd(typ)
	case 'S', 'H': // may stand among COPY data
	default:
		r.leaveCopy()
	}
	switch typ {
	case 'Q':
		r.behindCopy = false
		defer r.shrink()
		return r.query(size)
	case 'P':
		return r.parse(size)
	case 'B':
		return r.bind(size)
	case 'D':
		return r.describe()
	case 'E':
		r.behindCopy = false
		return r.execute()
	case 'C':
		return r.closeName()
	case 'S':
		r.skipping = false
		defer r.shrink()
		return r.native(reqSync)
	case 'F':
		return r.functionCall()
	case 'H':
		if size > wire.HeaderSize {
			return r.native(reqExecute) // malformed: unlike a Flush it is answered, by an error
		}
	case 'X':
		if err := r.forward(); err != nil {
			return err
		}
		return errTerminated
	}
	// Flush expects no answer. What the server does not know, it refuses itself.
	return r.forward()
}

// loggingIn passes on what belongs to the authentication. Anything else waits until the server has let the client in, so that
// nothing of a client that has not logged in reaches the planner.
func (r *requests) loggingIn(typ byte, size int) error {
	switch {
	case typ == 'p' && !r.s.authenticated:
		if size > r.s.server.limits.LoginMessage {
			return fatal(codeProtocolViolation, "authentication message too long")
		}
		if err := r.answered(); err != nil {
			return err
		}
		if err := r.forward(); err != nil {
			return err
		}
		return r.out.Flush()
	case typ == 'X':
		_ = r.forward()
		return errTerminated
	}
	select {
	case <-r.s.readyCh:
		return r.handle(typ, size)
	case <-r.ctx.Done():
		return errSessionEnded
	}
}

// native sends a message as it is, with an answer that is forwarded as it lies.
func (r *requests) native(kind request) error {
	if _, err := r.push(entry{request: kind}); err != nil {
		return err
	}
	return r.forward()
}

// push puts an entry into the queue, waiting for room, and writes an order of the other pump that comes first. It must be called
// before the entry's message is written. The entry's work belongs to the queue from now on, on an error too.
func (r *requests) push(e entry) (seq uint64, err error) {
	r.hand(&e)
	for {
		seq, first, err := r.s.queue.push(e, len(r.names.pending) == 0 && len(r.names.cursors.pending) == 0)
		if err == nil {
			if e.request.ends() && !e.own {
				r.segment++
			}
			return seq, r.obey(first)
		}
		if errors.Is(err, errQueueFull) {
			// The server may hold answers back until it is asked for them.
			if err = r.out.Write(flushMessage); err == nil {
				err = r.await(0, true)
			}
		}
		if err != nil {
			e.work.release()
			return 0, err
		}
	}
}

// await flushes and waits for a segment to be resolved, or for room in the queue.
func (r *requests) await(segment uint64, room bool) error {
	return r.flushAndWait(func() (bool, error) { return r.s.queue.await(segment, room) })
}

// awaitAnswers has the server answer everything that was sent, and waits for it. What failed is passed over, or as good as answered.
func (r *requests) awaitAnswers() error {
	if err := r.out.Write(flushMessage); err != nil {
		return err
	}
	return r.flushAndWait(r.s.queue.awaitAnswers)
}

func (r *requests) flushAndWait(wait func() (done bool, err error)) error {
	if err := r.out.Flush(); err != nil {
		return err
	}
	for {
		done, err := wait()
		if err != nil || done {
			return err
		}
		if err := r.obey(r.s.queue.obey()); err != nil {
			return err
		}
	}
}

// settle brings the names up to date with what the server has carried out. Where it passes over everything up to Sync, nothing of that is sent or
// remembered any more: there would be no end to it.
func (r *requests) settle() {
	if len(r.names.pending) == 0 && len(r.names.portals) == 0 && r.names.cursors.quiet() && len(r.made) == 0 && !r.touched {
		return
	}
	o := r.s.queue.outcome()
	r.settled, r.skipping = o.resolved, r.skipping || o.skipping
	r.names.settle(o)
	r.settleMade(o.idleAt)
	if r.unsure != 0 && r.unsure <= o.resolved {
		r.unsure = 0
	}
}

// awaitName waits until the statement or portal that a name stands for is certain.
func (r *requests) awaitName(portal bool, name []byte) error {
	segment := r.names.unsettled(portal, name, r.segment)
	if segment == 0 {
		return nil
	}
	if err := r.await(segment, false); err != nil {
		return err
	}
	r.settle()
	return nil
}

// guarded tells whether anything is protected at all, so that texts must be looked at.
func (r *requests) guarded() bool {
	p := r.s.planner()
	return p != nil && (r.follower != nil || !p.Catalogue().Empty())
}

// plan looks at one text. Without a plan, a refusal or an error it goes to the server as it is. An error ends the session.
func (r *requests) plan(sql []byte, oids []uint32, extended bool) (p *plan.Plan, refusal *plan.Refusal, err error) {
	p, refusal, err = r.planAlone(sql, oids, extended)
	if err == nil && refusal == plan.RefusePreparedBefore {
		if err = r.prepareAgain(); err == nil {
			p, refusal = r.look(sql, oids, extended)
		}
	}
	if err != nil {
		return nil, nil, err
	}
	r.judged(sql, p, refusal)
	return p, refusal, nil
}

// planAlone is plan for a text of which it does not matter by what catalogue the statements were planned that it may execute.
func (r *requests) planAlone(sql []byte, oids []uint32, extended bool) (p *plan.Plan, refusal *plan.Refusal, err error) {
	if err := r.awaitSettings(); err != nil {
		return nil, nil, err
	}
	p, refusal = r.look(sql, oids, extended)
	if earlier := max(r.names.lastPending(r.segment), r.lastMade()); refusal != nil && earlier != 0 {
		// It may be refused for a name that is about to be dropped, or to be known.
		if err := r.await(earlier, false); err != nil {
			return nil, nil, err
		}
		r.settle()
		p, refusal = r.look(sql, oids, extended)
	}
	return p, refusal, nil
}

// judged takes note of what has become of a text.
func (r *requests) judged(sql []byte, p *plan.Plan, refusal *plan.Refusal) {
	r.s.server.counters.planned(p, refusal)
	if refusal != nil {
		if seen := r.cut(sql); !seen.opaque {
			_, r.refused = plan.Form(seen.sql)
		}
	}
}

// prepareAgain plans what EXECUTE may run as the policy in force wants it, where it stays what it was to the server and to the client.
func (r *requests) prepareAgain() error {
	for name, s := range r.names.statements {
		if !s.protected() || s.plan.Catalogue == r.s.planner().Catalogue() {
			continue
		}
		if _, _, err := r.planAgain(name, s); err != nil {
			return err
		}
	}
	return nil
}

func (r *requests) look(sql []byte, oids []uint32, extended bool) (*plan.Plan, *plan.Refusal) {
	if w := r.watched; w != nil {
		defer w.add(&w.plan, time.Now())
	}
	set := r.s.settings.Load()
	return r.s.planner().Plan(plan.Request{
		SQL: sql, ParamOIDs: oids, Extended: extended, Handles: r.names, Fresh: r.madeNames(), FreshAny: r.madeAny(), PreparedBefore: r.beforeNames(),
		NonStandardStrings: !set.standardStrings || r.unsure != 0,
		OtherEncoding:      !set.utf8 || r.unsure != 0,
	})
}

// awaitSettings waits until the settings are known that an earlier segment may have changed.
func (r *requests) awaitSettings() error {
	segment := r.unsure
	if r.touched { // the end of a transaction may bring older settings back, unseen
		segment = r.segment - 1
	}
	if segment <= r.settled || segment >= r.segment {
		return nil
	}
	if err := r.await(segment, false); err != nil {
		return err
	}
	r.settle()
	return nil
}

// scratchKept is how much memory for messages a session keeps between statements, in bytes.
const scratchKept = 64 << 10

// shrink gives back what a large message has taken.
func (r *requests) shrink() {
	r.in.Shrink()
	if cap(r.message)+cap(r.plain)+cap(r.sealed)+cap(r.field) > scratchKept {
		r.message, r.plain, r.sealed, r.field = nil, nil, nil, nil
	}
}

// text returns a body's NUL-terminated string at its start and what follows. ok is false where the server would refuse the message.
func text(body []byte) (s, rest []byte, ok bool) {
	i := bytes.IndexByte(body, 0)
	if i < 0 {
		return nil, nil, false
	}
	return body[:i], body[i+1:], true
}

// tooLong refuses a text that is not held in memory.
func tooLong(limit int) *plan.Refusal {
	return &plan.Refusal{Code: plan.StatementTooComplex,
		Message: fmt.Sprintf("the message is longer than the %d MiB that pgseal looks into", limit>>20),
		Hint:    "Send the statement in smaller parts, with values as parameters."}
}
