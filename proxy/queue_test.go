package proxy

import (
	"testing"
	"time"
)

func push(t *testing.T, q *queue, kinds ...request) {
	t.Helper()
	for _, k := range kinds {
		if _, _, full := q.push(entry{request: k}); full {
			t.Fatal("full")
		}
	}
}

func TestQueueKeepsOrderWhileItGrows(t *testing.T) {
	q := newQueue()
	for i := range 1000 {
		w := &work{statement: &statement{epoch: string(rune(i))}}
		q.push(entry{request: reqParse, work: w})
		if i%3 == 0 {
			q.pop()
		}
	}
	last := -1
	for !q.empty() {
		e, _, _ := q.peek()
		if n := int([]rune(e.work.statement.epoch)[0]); n <= last {
			t.Fatalf("%d after %d", n, last)
		} else {
			last = n
		}
		q.pop()
	}
}

func TestQueueIsBounded(t *testing.T) {
	q := newQueue()
	for range maxQueue {
		push(t, q, reqParse)
	}
	if _, _, full := q.push(entry{request: reqParse}); !full {
		t.Fatal("not full")
	}
	done := make(chan error)
	go func() { _, err := q.await(0, true); done <- err }()
	time.Sleep(10 * time.Millisecond)
	q.pop()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

// A ReadyForQuery ends what it answers and nothing else.
func TestResolve(t *testing.T) {
	tests := []struct {
		name     string
		queued   []request
		end      end
		left     int
		resolved uint64
		ok       bool
	}{
		{"sync", []request{reqSync, reqParse}, end{status: 'I'}, 1, 1, true},
		{"query", []request{reqQuery, reqQuery}, end{status: 'T'}, 1, 1, true},
		{"error skips to sync, over a query too", []request{reqBind, reqExecute, reqQuery, reqSync, reqParse},
			end{status: 'I', failed: true, skipping: true}, 1, 2, true},
		{"query failed", []request{reqQuery, reqParse, reqSync}, end{status: 'I', failed: true}, 2, 1, true},
		{"an answer is missing", []request{reqParse, reqSync}, end{status: 'I'}, 1, 0, false},
		{"nothing asked", nil, end{status: 'I'}, 0, 0, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			q := newQueue()
			push(t, q, test.queued...)
			if _, ok := q.resolve(test.end); ok != test.ok || q.n != test.left || q.resolved != test.resolved {
				t.Errorf("ok %v, %d left, %d resolved", ok, q.n, q.resolved)
			}
		})
	}
}

// A Sync that the server reads in copy mode is not answered; one that it reads after the COPY failed is.
func TestSyncInCopyMode(t *testing.T) {
	t.Run("swallowed", func(t *testing.T) {
		q := newQueue()
		push(t, q, reqExecute, reqSync)
		q.startCopyIn()
		q.endCopyIn()
		push(t, q, reqSync)
		q.pop() // the Execute's CommandComplete
		q.dropSwallowed()
		if e, _, ok := q.peek(); !ok || e.optional {
			t.Fatal("the Sync behind the copy data is gone")
		}
		if _, ok := q.resolve(end{status: 'I'}); !ok || q.n != 0 || q.resolved != 2 {
			t.Fatal("not in step")
		}
	})
	t.Run("answered", func(t *testing.T) {
		q := newQueue()
		push(t, q, reqExecute, reqSync)
		q.startCopyIn()
		q.endCopyIn()
		push(t, q, reqSync)
		q.resolve(end{status: 'I', failed: true, skipping: true})
		if _, ok := q.resolve(end{status: 'I'}); !ok || q.n != 0 {
			t.Fatal("the second Sync is not answered")
		}
	})
	t.Run("swallowed, then failed", func(t *testing.T) {
		q := newQueue()
		push(t, q, reqExecute, reqSync)
		q.startCopyIn()
		q.endCopyIn()
		push(t, q, reqSync, reqQuery)
		q.resolve(end{status: 'I', failed: true, skipping: true})
		q.dropSwallowed()
		if e, _, ok := q.peek(); !ok || e.request != reqQuery {
			t.Fatal("the Sync that was never to be answered is still expected")
		}
	})
}

// An order is written before the message that follows it, and only in the segment that it is for.
func TestOrders(t *testing.T) {
	q := newQueue()
	push(t, q, reqExecute)
	q.give(&order{message: []byte("x"), entry: entry{request: reqParse, own: true}, segment: 1}, false)
	if _, first, _ := q.push(entry{request: reqSync}); first == nil {
		t.Fatal("the Sync overtook the order")
	}
	for _, want := range []request{reqExecute, reqParse, reqSync} {
		if e, _, _ := q.peek(); e.request != want {
			t.Fatalf("request %d, want %d", e.request, want)
		}
		q.pop()
	}
	q.give(&order{segment: 1}, false)
	if q.obey() != nil {
		t.Fatal("an order for a segment that is over")
	}
	push(t, q, reqParse)
	if q.give(&order{}, true) {
		t.Fatal("an order for an empty queue, which is not empty")
	}
}

// An abandoned session releases the key handles that its entries hold.
func TestCloseReleasesKeys(t *testing.T) {
	q, k := newQueue(), &countedKey{}
	q.push(entry{request: reqExecute, work: &work{key: k}})
	q.close()
	if k.released != 1 {
		t.Errorf("released %d times", k.released)
	}
	if _, err := q.await(9, false); err == nil {
		t.Error("waits on a session that has ended")
	}
}

type countedKey struct {
	Key
	released int
}

func (k *countedKey) Release() { k.released++ }
