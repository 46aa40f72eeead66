package proxy

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
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

	names    *names
	segment  uint64 // the client's current segment
	skipping bool   // a request was refused: the client's messages up to Sync are dropped, as the server would
	unsure   uint64 // the segment in which settings that change how texts are read may have been changed; 0: none

	message []byte // the message being written
	plain   []byte // canonical plaintext of one value
	sealed  []byte // sealed form of one value
}

func newRequests(ctx context.Context, s *session, in *wire.Reader, out *wire.Writer) *requests {
	return &requests{ctx: ctx, s: s, in: in, out: out, names: newNames(), segment: 1}
}

// run moves messages until the client leaves, breaks the protocol, or the session ends.
func (r *requests) run() error {
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

// next waits for the client's next message. Whatever lies in the writer is sent before waiting.
func (r *requests) next() (typ byte, size int, err error) {
	for {
		if r.in.Buffered() == 0 {
			if err := r.out.Flush(); err != nil {
				return 0, 0, err
			}
		}
		typ, size, err = r.in.Next()
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			return typ, size, err
		}
		if err := r.woken(); err != nil {
			return 0, 0, err
		}
	}
}

// woken is called when the other pump has interrupted a read.
func (r *requests) woken() error {
	if err := r.goOnReading(); err != nil {
		return err
	}
	return r.obey(r.s.queue.obey())
}

// goOnReading lifts the deadline that has interrupted a read. Before the end of the log-in it is the log-in's own.
func (r *requests) goOnReading() error {
	if !r.s.ready.Load() {
		return errLoginTimeout
	}
	return r.s.client.SetReadDeadline(time.Time{})
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

// patiently repeats a read that was interrupted by the other pump in the middle of a message.
func (r *requests) patiently(read func() error) error {
	for {
		err := read()
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			return err
		}
		if err := r.goOnReading(); err != nil {
			return err
		}
	}
}

func (r *requests) forward() error {
	return r.patiently(func() error { return r.in.Forward(r.out) })
}

func (r *requests) discard() error { return r.patiently(r.in.Discard) }

func (r *requests) body(limit int) (body []byte, err error) {
	err = r.patiently(func() (err error) { body, err = r.in.Body(limit); return err })
	return body, err
}

func (r *requests) prefix(n int) (prefix []byte, err error) {
	err = r.patiently(func() (err error) { prefix, err = r.in.Prefix(n); return err })
	return prefix, err
}

// handle deals with one message of the client
// (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY).
func (r *requests) handle(typ byte, size int) error {
	if !r.s.ready.Load() {
		return r.loggingIn(typ, size)
	}
	if r.skipping && typ != 'S' && typ != 'X' {
		return r.discard()
	}
	r.settle()
	switch typ {
	case 'Q':
		return r.query(size)
	case 'P':
		return r.parse(size)
	case 'B':
		return r.bind(size)
	case 'D':
		return r.describe()
	case 'E':
		return r.execute()
	case 'C':
		return r.closeName()
	case 'S':
		r.skipping = false
		return r.native(reqSync)
	case 'F':
		return r.functionCall()
	case 'c', 'f':
		r.s.queue.endCopyIn()
		return r.forward()
	case 'X':
		if err := r.forward(); err != nil {
			return err
		}
		return errTerminated
	}
	// Flush and CopyData expect no answer. What the server does not know, it refuses itself.
	return r.forward()
}

// loggingIn passes on what belongs to the authentication. Anything else waits until the server has let the client in, so that
// nothing of a client that has not logged in reaches the planner.
func (r *requests) loggingIn(typ byte, size int) error {
	switch typ {
	case 'p':
		if size > r.s.server.limits.LoginMessage {
			return fatal(codeProtocolViolation, "authentication message too long")
		}
		if err := r.forward(); err != nil {
			return err
		}
		return r.out.Flush()
	case 'X':
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
// before the entry's message is written.
func (r *requests) push(e entry) (seq uint64, err error) {
	for {
		seq, first, full := r.s.queue.push(e)
		if !full {
			if e.request.ends() && !e.own {
				r.segment++
			}
			return seq, r.obey(first)
		}
		// The server may hold answers back until it is asked for them.
		if err := r.out.Write(flushMessage); err != nil {
			return 0, err
		}
		if err := r.await(0, true); err != nil {
			return 0, err
		}
	}
}

// await flushes and waits for a segment to be resolved, or for room in the queue.
func (r *requests) await(segment uint64, room bool) error {
	if err := r.out.Flush(); err != nil {
		return err
	}
	for {
		done, err := r.s.queue.await(segment, room)
		if err != nil || done {
			return err
		}
		if err := r.obey(r.s.queue.obey()); err != nil {
			return err
		}
	}
}

// settle brings the names up to date with what the server has carried out.
func (r *requests) settle() {
	if len(r.names.pending) == 0 && len(r.names.portals) == 0 && r.unsure == 0 {
		return
	}
	failures, resolved, idleAt := r.s.queue.outcome()
	r.names.settle(failures, resolved, idleAt)
	if r.unsure != 0 && r.unsure <= resolved {
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
	return p != nil && !p.Catalogue().Empty()
}

// plan looks at one text. A nil plan and no error means that it goes to the server as it is.
func (r *requests) plan(sql []byte, oids []uint32, extended bool) (*plan.Plan, error) {
	if r.unsure != 0 && r.unsure < r.segment {
		if err := r.await(r.unsure, false); err != nil {
			return nil, err
		}
		r.settle()
	}
	set := r.s.settings.Load()
	p, refusal := r.s.planner().Plan(plan.Request{
		SQL: sql, ParamOIDs: oids, Extended: extended, Handles: r.names,
		NonStandardStrings: !set.standardStrings || r.unsure != 0,
		OtherEncoding:      !set.utf8 || r.unsure != 0,
	})
	r.s.server.counters.planned(p, refusal)
	if refusal != nil {
		return nil, refusal
	}
	return p, nil
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
