package proxy

import "math"

// A Sync that the server reads while it reads COPY data is swallowed; one that it reads after the COPY has failed is answered. Which it was, only
// what the server says next tells, so that such Syncs are marked as optional
// (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-COPY).

// startCopyIn notes that the server reads COPY data for the request at the head; a target says that they have to be looked into. Syncs behind it are
// optional, up to the place where the client has ended its data; it may have done so before the server asked for them.
func (q *queue) startCopyIn(target *copyTarget) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.copyFor = target
	for i := range q.n {
		e := q.at(i)
		if i > 0 && e.request == reqSync {
			e.optional = true
		}
		if e.copyEnds > 0 {
			e.copyEnds--
			return
		}
	}
	q.copyIn = true
	q.wake() // whoever waits for an answer would wait for ever
}

// endCopyIn notes that the client has ended its COPY data: the next Sync counts. Data that end before the server has asked for
// them belong to a request under way.
func (q *queue) endCopyIn() {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case q.copyIn:
		q.copyIn = false
	case q.n > 0:
		if last := q.at(q.n - 1); last.copyEnds < math.MaxUint16 {
			last.copyEnds++
		}
	}
}

// dropSwallowed removes the Syncs at the head that the server has read in copy mode: it answers something behind them.
func (q *queue) dropSwallowed() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.n > 0 && q.at(0).request == reqSync && q.at(0).optional {
		q.settle()
	}
	q.wake()
}

// copied notes that the COPY of the Query at the head is complete: the Syncs behind it were swallowed.
func (q *queue) copied() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.n > 1 && q.at(1).request == reqSync && q.at(1).optional {
		*q.at(0), *q.at(1) = *q.at(1), *q.at(0)
		q.settle()
	}
	q.wake()
}

// copyTarget tells whether the server reads COPY data, and for what, where they have to be looked into.
func (q *queue) copyTarget() (t *copyTarget, active bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.copyIn {
		return nil, false
	}
	return q.copyFor, true
}

// awaitCopyIn blocks until the server reads COPY data, until no request is under way for which it would ask for data that have to be looked
// into, until there is an order (done is false then), or the session ends.
func (q *queue) awaitCopyIn() (done bool, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting = true
	defer func() { q.waiting = false }()
	for {
		switch {
		case q.closed:
			return false, errSessionEnded
		case q.copyIn || !q.expectsCopy():
			return true, nil
		case q.order != nil:
			return false, nil
		}
		q.changed.Wait()
	}
}

func (q *queue) expectsCopy() bool {
	for i := range q.n {
		if q.at(i).copies {
			return true
		}
	}
	return false
}
