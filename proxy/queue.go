package proxy

import (
	"sync"
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
	own      bool  // the proxy asked, not the client: the answers are swallowed
	optional bool  // a Sync that the server swallows if it reads it in copy mode
	work     *work // what has to be done to the answers; nil: nothing, they are forwarded as they lie
}

// maxQueue bounds the requests under way on one session. At the bound the pump that reads the client asks the server
// to flush and waits, so that a client that pipelines without end is held back by its own socket.
const maxQueue = 4096

// order is a message that the pump reading the server wants the pump writing to the server to send.
type order struct {
	message []byte
	entry   entry
	segment uint64 // the order stands only while the client's current segment is this one; 0: always
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
	segment        uint64 // the client's current segment, counted from 1
	resolved       uint64 // segments that have ended
	idleAt         uint64 // the last resolved segment after which no transaction was open
	failures       []failure
	copyIn         bool // the server reads COPY data
	order          *order
	closed         bool
}

// failure says that the requests with sequence numbers in [from, to) were not carried out.
type failure struct{ from, to uint64 }

func newQueue() *queue {
	q := &queue{ring: make([]entry, 16), segment: 1}
	q.changed.L = &q.mu
	return q
}

// push appends an entry and returns its sequence number, and the order that must be written before the entry's own message,
// if there is one. full tells that there is no room: nothing was done.
func (q *queue) push(e entry) (seq uint64, first *order, full bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.n >= maxQueue {
		return 0, nil, true
	}
	first = q.takeOrder()
	if e.request == reqSync && q.copyIn {
		e.optional = true
	}
	seq = q.add(e)
	if e.request.ends() && !e.own {
		q.segment++
	}
	return seq, first, false
}

// takeOrder empties the slot and puts the order's entry into the queue. An order for a segment that has ended is void.
func (q *queue) takeOrder() *order {
	o := q.order
	q.order = nil
	if o == nil || o.segment != 0 && o.segment != q.segment {
		return nil
	}
	q.add(o.entry)
	return o
}

// obey returns the order, if there is one; its entry is in the queue.
func (q *queue) obey() *order {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.takeOrder()
}

func (q *queue) add(e entry) uint64 {
	if q.n == len(q.ring) {
		ring := make([]entry, 2*len(q.ring))
		copy(ring, q.ring[q.head:])
		copy(ring[len(q.ring)-q.head:], q.ring[:q.head])
		q.ring, q.head = ring, 0
	}
	q.ring[(q.head+q.n)&(len(q.ring)-1)] = e
	q.n++
	q.pushed++
	return q.pushed - 1
}

// peek returns the head of the queue and its sequence number.
func (q *queue) peek() (e entry, seq uint64, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.n == 0 {
		return entry{}, 0, false
	}
	return q.ring[q.head], q.popped, true
}

// pop removes the head.
func (q *queue) pop() {
	q.mu.Lock()
	q.drop()
	q.wake()
	q.mu.Unlock()
}

func (q *queue) drop() entry {
	e := q.ring[q.head]
	q.ring[q.head] = entry{}
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

// end says how a segment ended.
type end struct {
	status   byte   // of the ReadyForQuery: I, T or E
	failed   bool   // the requests from failedAt on were not carried out
	failedAt uint64 // sequence number
	skipping bool   // the server passed over everything up to the Sync
}

// resolve removes what a ReadyForQuery ends, releasing what the entries hold, and returns the last entry. ok is false
// where the head of the queue is no request that a ReadyForQuery could answer.
func (q *queue) resolve(e end) (last entry, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.n > 0 && !ok {
		last = q.settle()
		ok = last.request == reqSync || !e.skipping && last.request.ends()
		if !ok && !e.skipping {
			break
		}
	}
	if last.optional && e.skipping && q.n > 0 && q.ring[q.head].request == reqSync {
		// One of the two was read in copy mode and swallowed; which, only the next answer tells.
		q.ring[q.head].optional = true
	}
	if e.failed {
		q.failures = append(q.failures, failure{e.failedAt, q.popped})
	}
	if e.status == 'I' {
		q.idleAt = q.resolved
	}
	q.copyIn = false
	q.wake()
	return last, ok
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

// dropSwallowed removes the Syncs at the head that the server has read in copy mode: it answers something behind them.
func (q *queue) dropSwallowed() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.n > 0 && q.ring[q.head].request == reqSync && q.ring[q.head].optional {
		q.settle()
	}
	q.wake()
}

// empty tells that no answer is expected.
func (q *queue) empty() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.n == 0
}

// holdsSync tells whether the Sync of the segment at the head of the queue has been sent, and whether anything lies behind it.
func (q *queue) holdsSync() (sent, more bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for i := range q.n {
		if q.ring[(q.head+i)&(len(q.ring)-1)].request.ends() {
			return true, i+1 < q.n
		}
	}
	return false, false
}

// give puts an order into the slot. With whenEmpty it does so only while no answer is expected.
func (q *queue) give(o *order, whenEmpty bool) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if whenEmpty && q.n > 0 {
		return false
	}
	q.order = o
	q.wake()
	return true
}

// current returns the client's current segment.
func (q *queue) current() uint64 {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.segment
}

// startCopyIn notes that the server reads COPY data: Syncs that lie behind the head were, or will be, swallowed.
func (q *queue) startCopyIn() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.copyIn = true
	for i := 1; i < q.n; i++ {
		if e := &q.ring[(q.head+i)&(len(q.ring)-1)]; e.request == reqSync {
			e.optional = true
		}
	}
}

// endCopyIn notes that the client has ended its COPY data: the next Sync counts.
func (q *queue) endCopyIn() {
	q.mu.Lock()
	q.copyIn = false
	q.mu.Unlock()
}

// outcome hands the failures since the last call to the pump that reads the client.
func (q *queue) outcome() (failures []failure, resolved, idleAt uint64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	failures, q.failures = q.failures, nil
	return failures, q.resolved, q.idleAt
}

// await blocks until the segment is resolved, there is an order, or the session ends; with room, until there is room in the queue.
func (q *queue) await(segment uint64, room bool) (done bool, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting = true
	defer func() { q.waiting = false }()
	for {
		switch {
		case q.closed:
			return false, errSessionEnded
		case room && q.n < maxQueue, !room && q.resolved >= segment:
			return true, nil
		case q.order != nil:
			return false, nil
		}
		q.changed.Wait()
	}
}

// close ends every wait and releases what the entries hold.
func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	for q.n > 0 {
		q.drop().work.release()
	}
	q.changed.Broadcast()
}
