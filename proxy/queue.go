package proxy

import (
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

// request is the kind of a message whose answer is expected from the server.
type request uint8

const (
	reqParse request = iota + 1
	reqBind
	reqDescribeStatement
	reqDescribePortal
	reqExecute
	reqClose
	reqSync
	reqQuery
	reqFunctionCall
)

// ends tells that the server answers the request with a ReadyForQuery, which ends a segment.
func (r request) ends() bool { return r == reqSync || r == reqQuery || r == reqFunctionCall }

// entry is one expected answer.
type entry struct {
	request  request
	own      bool     // the proxy asked, not the client: the answers are swallowed
	optional bool     // a Sync that the server swallows if it reads it in copy mode
	spare    bool     // an optional Sync with nothing before it that is not answered: there may be no answer to come
	copyEnds uint16   // how often the client has ended COPY data behind the request and before the next
	copies   bool     // the server may ask for COPY data that have to be looked into
	watched  *watched // that the request ends; nil: nobody watches
	work     *work    // what has to be done to the answers; nil: nothing, they are forwarded as they lie
}

// maxQueue bounds the requests under way on one session. At the bound the pump that reads the client asks the server
// to flush and waits, so that a client that pipelines without end is held back by its own socket.
const maxQueue = 4096

// order is a message that the pump reading the server wants the pump writing to the server to send.
type order struct {
	message []byte
	entry   entry
}

// queue is what the two pumps of a session share: the FIFO of expected answers, what became of the segments, and
// one slot for an order. A segment is everything up to and including a Sync, or one Query or FunctionCall.
type queue struct {
	mu      sync.Mutex
	changed sync.Cond // the pump that reads the client waits for room, or for a segment to be resolved
	waiting bool

	ring    []entry
	head, n int

	pushed, popped uint64 // entries, ever: an entry's sequence number is pushed at its push
	carried        uint64 // as popped; what is in front of it was carried out, or is of a segment that has ended
	failing        bool   // what is popped was not carried out
	segment        uint64 // the client's current segment, counted from 1
	resolved       uint64 // segments that have ended
	idleAt         uint64 // the last resolved segment after which no transaction was open
	failures       []failure
	skipping       bool        // the server passes over everything up to the client's next Sync
	skipped        uint64      // segments among that; they end with the Sync
	copyIn         bool        // the server reads COPY data
	copyFor        *copyTarget // which it reads them for, where they have to be looked into
	held           int         // cancel requests on their way: nothing may be sent that they could hit
	order          *order
	closed         bool

	times *Times        // of statements; may be nil
	base  time.Time     // that times are counted from: only the monotonic clock is read
	began time.Duration // of the first request that was not answered
	busy  *atomic.Int64 // nanoseconds in which an answer was owed; may be nil
}

// failure says that the requests with sequence numbers in [from, to) were not carried out; of the first, a Query, so many statements were. Where begun
// is set, the first of them has come so far that the server has dropped the unnamed statement for it.
type failure struct {
	from, to uint64
	done     int
	begun    bool
}

// errQueueFull says that an entry cannot be taken now; await waits until it can.
var errQueueFull = errors.New("too many requests under way")

func newQueue() *queue {
	q := &queue{ring: make([]entry, 16), segment: 1, base: time.Now()}
	q.changed.L = &q.mu
	return q
}

// push appends an entry and returns its sequence number, and the order that must be written before the entry's own message,
// if there is one. With forget, nobody asks for the failures so far. On an error nothing was done: errQueueFull, or
// errSessionEnded.
func (q *queue) push(e entry, forget bool) (seq uint64, first *order, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case q.closed:
		return 0, nil, errSessionEnded
	case q.n >= maxQueue || q.held > 0:
		return 0, nil, errQueueFull
	case forget:
		q.failures = q.failures[:0]
	}
	if q.isIdle() {
		q.began = q.now()
	}
	first = q.takeOrder()
	if e.request == reqSync && q.copyIn {
		e.optional = true
	}
	seq = q.add(e)
	if e.request.ends() && !e.own {
		q.segment++
	}
	return seq, first, nil
}

// takeOrder empties the slot and puts the order's entry into the queue.
func (q *queue) takeOrder() *order {
	o := q.order
	q.order = nil
	if o != nil {
		if q.isIdle() {
			q.began = q.now()
		}
		q.add(o.entry)
	}
	return o
}

// obey returns the order, if there is one; its entry is in the queue.
func (q *queue) obey() *order {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.takeOrder()
}

// add puts an entry into the ring. One that the server passes over is gone at once: it will never be answered.
func (q *queue) add(e entry) uint64 {
	q.pushed++
	if q.skipping && e.request != reqSync {
		q.popped++
		q.pass(e)
		return q.pushed - 1
	}
	q.skipping = false
	if q.n == len(q.ring) {
		ring := make([]entry, 2*len(q.ring))
		copy(ring, q.ring[q.head:])
		copy(ring[len(q.ring)-q.head:], q.ring[:q.head])
		q.ring, q.head = ring, 0
	}
	*q.at(q.n) = e
	q.n++
	return q.pushed - 1
}

// at is the i-th expected answer.
func (q *queue) at(i int) *entry { return &q.ring[(q.head+i)&(len(q.ring)-1)] }

// pass lets go of an entry that the server passes over.
func (q *queue) pass(e entry) {
	e.work.release()
	if e.request.ends() && !e.own {
		q.skipped++
	}
}

// peek returns the head of the queue and its sequence number.
func (q *queue) peek() (e entry, seq uint64, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.n == 0 {
		return entry{}, 0, false
	}
	return *q.at(0), q.popped, true
}

// pop removes the head.
func (q *queue) pop() {
	q.mu.Lock()
	q.drop()
	if !q.failing {
		q.carried = q.popped
	}
	q.wake()
	q.mu.Unlock()
}

func (q *queue) drop() entry {
	e := *q.at(0)
	*q.at(0) = entry{}
	q.head = (q.head + 1) & (len(q.ring) - 1)
	q.n--
	q.popped++
	return e
}

func (q *queue) wake() {
	if q.waiting {
		q.changed.Broadcast()
	}
}

// settle drops the head for good.
func (q *queue) settle() entry {
	e := q.drop()
	e.work.release()
	if e.request.ends() && !e.own {
		q.resolved++
	}
	return e
}

// fail notes an error of the server. With skips it passes over the head and everything behind it up to a Sync: their entries are
// dropped, so that a client can't fill the queue with what is never answered.
func (q *queue) fail(skips bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.copyIn = false // a Sync that is sent from now on is read after the COPY has failed
	q.failing = true
	if skips {
		for q.n > 0 && q.at(0).request != reqSync {
			q.pass(q.drop())
		}
		q.skipping = q.n == 0
	}
	q.wake()
}

// end says how a segment ended.
type end struct {
	status   byte   // of the ReadyForQuery: I, T or E
	failed   bool   // the requests from failedAt on were not carried out
	failedAt uint64 // sequence number
	done     int    // see failure
	begun    bool   // see failure
	skipping bool   // the server passed over everything up to the Sync
}

// resolve removes what a ReadyForQuery ends, releasing what it holds, and returns it. It fails where the head of the
// queue is no request that the ReadyForQuery could answer, or where that cannot be known.
func (q *queue) resolve(e end) (last entry, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.n == 0 || !q.at(0).request.ends() || e.skipping && q.at(0).request != reqSync {
		return entry{}, errDesync
	}
	q.resolved += q.skipped
	q.skipped, q.skipping = 0, false
	last = q.settle()
	if last.optional && e.skipping && q.n > 0 && q.at(0).request != reqSync {
		return last, errCopyFailed
	}
	for i := 0; i < q.n && q.at(i).request == reqSync && (q.at(i).optional || last.optional); i++ {
		// If the server has read the last one in copy mode, this was the answer to a later one.
		q.at(i).optional, q.at(i).spare = true, true
	}
	q.carried, q.failing = q.popped, false
	if e.failed {
		q.failures = append(q.failures, failure{e.failedAt, q.popped, e.done, e.begun})
	}
	if e.status == 'I' {
		q.idleAt = q.resolved
	}
	q.copyIn = false
	q.clock()
	q.wake()
	return last, nil
}

// clock takes the time of what was just answered. What the client had sent behind it by then begins now.
func (q *queue) clock() {
	now := q.now()
	took := now - q.began
	q.began = now
	if q.busy != nil {
		q.busy.Add(int64(took))
	}
	if q.times.on() {
		q.times.took(took)
	}
}

// now is the time since base.
func (q *queue) now() time.Duration { return time.Since(q.base) }

// errCopyFailed: the Sync in front of the requests was sent while the server read COPY data. Whether it read it then, and so passed over the
// requests, or after the COPY had failed, nobody can tell.
var errCopyFailed = fatal(codeProtocolViolation, "requests were sent behind COPY data without a Sync, and the COPY has failed")

// idle tells that no answer is owed for certain.
func (q *queue) idle() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.isIdle()
}

func (q *queue) isIdle() bool { return q.spares() == q.n }

// behind tells that the server is at work on a segment that the client has ended: what comes now is behind it.
func (q *queue) behind() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	for i := q.spares(); i < q.n; i++ {
		if q.at(i).request.ends() {
			return true
		}
	}
	return false
}

// spares is the number of spare Syncs at the head: their segments are as good as resolved.
func (q *queue) spares() (n int) {
	for n < q.n && q.at(n).spare {
		n++
	}
	return n
}

// closeIfIdle ends the session where no answer is owed: nothing is sent from now on.
func (q *queue) closeIfIdle() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.isIdle() {
		q.closed = true
		q.changed.Broadcast()
	}
	return q.closed
}

// answered is the sequence number behind the last request that has been answered.
func (q *queue) answered() uint64 {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.popped + uint64(q.spares())
}

// closeIfResting is closeIfIdle, but only where no request was sent behind the one with which it began to rest.
func (q *queue) closeIfResting(answered uint64) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.isIdle() && q.pushed == answered {
		q.closed = true
		q.changed.Broadcast()
		return true
	}
	return false
}

// giveWhenIdle puts an order into the slot, but only while no answer is owed.
func (q *queue) giveWhenIdle(o *order) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.isIdle() {
		return false
	}
	q.order = o
	q.wake()
	return true
}

// interruption is what can be done about the statement at the head of the queue.
type interruption struct {
	ordered bool // its segment is still open: the order will be sent in it
	alone   bool // its segment is complete and nothing was sent behind it, or will be before unhold is called
	others  bool // other statements of its segment are under way
}

// interrupt puts an order into the slot where the segment of the head is still open; where it is complete and the last, it
// holds back what the client sends next.
func (q *queue) interrupt(message []byte, e entry) (what interruption) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for i := range q.n {
		kind := q.at(i).request
		what.others = what.others || i > 0 && kind == reqExecute
		if kind.ends() {
			what.alone = i+1 == q.n
			if what.alone {
				q.held++
			}
			return what
		}
	}
	what.ordered = true
	q.order = &order{message: message, entry: e}
	q.wake()
	return what
}

// hold holds back what the client sends next.
func (q *queue) hold() {
	q.mu.Lock()
	q.held++
	q.mu.Unlock()
}

// unhold lets the client's next requests pass again, once for each hold and each interrupt that held them back.
func (q *queue) unhold() {
	q.mu.Lock()
	q.held--
	q.wake()
	q.mu.Unlock()
}

// outcome is what became of what was sent.
type outcome struct {
	failures []failure // since it was last asked for
	carried  uint64    // requests with lower sequence numbers were answered: those that are not in failures were carried out
	resolved uint64    // segments
	idleAt   uint64    // see queue
	skipping bool      // see queue
}

// outcome hands the failures since the last call to the pump that reads the client.
func (q *queue) outcome() outcome {
	q.mu.Lock()
	defer q.mu.Unlock()
	o := outcome{failures: q.failures, carried: q.carried, resolved: q.resolved + uint64(q.spares()), idleAt: q.idleAt, skipping: q.skipping}
	q.failures = nil
	return o
}

// await blocks until the segment is resolved or passed over, there is an order, or the session ends; with room, until an entry can be taken.
// Where the server waits for the client's COPY data it fails, as the server does.
func (q *queue) await(segment uint64, room bool) (done bool, err error) {
	return q.awaitThat(func() bool {
		return room && q.n < maxQueue && q.held == 0 || !room && (q.resolved+uint64(q.spares()) >= segment || q.skipping)
	})
}

// awaitAnswers is await until no answer is owed.
func (q *queue) awaitAnswers() (done bool, err error) { return q.awaitThat(q.isIdle) }

func (q *queue) awaitThat(met func() bool) (done bool, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting = true
	defer func() { q.waiting = false }()
	for {
		switch {
		case q.closed:
			return false, errSessionEnded
		case met():
			return true, nil
		case q.order != nil:
			return false, nil
		case q.copyIn:
			return false, errNotCopyData
		}
		q.changed.Wait()
	}
}

// errNotCopyData is what the server says to a request in the place of COPY data, before it ends the session.
var errNotCopyData = fatal(codeProtocolViolation, "unexpected message during COPY from stdin")

// close ends every wait and releases what the entries hold. Nothing can be pushed any more.
func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	for q.n > 0 {
		q.drop().work.release()
	}
	q.changed.Broadcast()
}
