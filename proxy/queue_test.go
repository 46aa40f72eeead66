package proxy

import (
	"errors"
	"testing"
	"time"
)

func push(t *testing.T, q *queue, kinds ...request) {
	t.Helper()
	for _, k := range kinds {
		if _, _, err := q.push(entry{request: k}, false); err != nil {
			t.Fatal(err)
		}
	}
}

func TestQueueKeepsOrderWhileItGrows(t *testing.T) {
	q := newQueue()
	for i := range 1000 {
		w := &work{statement: &statement{epoch: string(rune(i))}}
		q.push(entry{request: reqParse, work: w}, false)
		if i%3 == 0 {
			q.pop()
		}
	}
	last := -1
	for !q.idle() {
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
	if _, _, err := q.push(entry{request: reqParse}, false); !errors.Is(err, errQueueFull) {
		t.Fatal(err)
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
		{"an answer is missing", []request{reqParse, reqSync}, end{status: 'I'}, 2, 0, false},
		{"nothing asked", nil, end{status: 'I'}, 0, 0, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			q := newQueue()
			push(t, q, test.queued...)
			if test.end.failed {
				q.fail(test.end.skipping)
			}
			if _, err := q.resolve(test.end); (err == nil) != test.ok || q.n != test.left || q.resolved != test.resolved {
				t.Errorf("%v, %d left, %d resolved", err, q.n, q.resolved)
			}
		})
	}
}

// What the server passes over takes no room: a client may send any number of requests behind one that fails.
func TestPassedOver(t *testing.T) {
	q, k := newQueue(), &countedKey{}
	push(t, q, reqParse)
	for range maxQueue - 1 {
		push(t, q, reqBind)
	}
	q.fail(true)
	for range 2 * maxQueue {
		push(t, q, reqBind)
	}
	if _, _, err := q.push(entry{request: reqExecute, work: &work{key: k}}, false); err != nil || k.released != 1 {
		t.Errorf("%v, released %d times", err, k.released)
	}
	push(t, q, reqQuery, reqParse)
	if done, err := q.await(1, false); !done || err != nil {
		t.Errorf("waits for the end of a segment that ends only with a Sync to come: %v", err)
	}
	if q.resolved != 0 {
		t.Errorf("%d segments resolved before the Sync", q.resolved)
	}
	push(t, q, reqSync, reqParse)
	if _, err := q.resolve(end{status: 'I', failed: true, skipping: true}); err != nil || q.n != 1 || q.resolved != 2 {
		t.Errorf("%v, %d left, %d resolved", err, q.n, q.resolved)
	}
	if failures := q.outcome().failures; len(failures) != 1 || failures[0] != (failure{from: 0, to: q.pushed - 1}) {
		t.Errorf("failures %v of %d requests", failures, q.pushed)
	}
}

// A Sync that the server reads in copy mode is not answered; one that it reads after the COPY failed is.
func TestSyncInCopyMode(t *testing.T) {
	resolve := func(t *testing.T, q *queue, e end) {
		t.Helper()
		if _, err := q.resolve(e); err != nil {
			t.Fatal(err)
		}
	}
	failed := end{status: 'I', failed: true, skipping: true}
	for _, early := range []bool{false, true} {
		// copying is a COPY whose data the client has ended, whether or not it waited until the server had asked for them.
		copying := func(t *testing.T, kind request) *queue {
			q := newQueue()
			push(t, q, kind, reqSync)
			if early {
				q.endCopyIn()
				push(t, q, reqSync)
				q.startCopyIn(nil)
				return q
			}
			q.startCopyIn(nil)
			q.endCopyIn()
			push(t, q, reqSync)
			return q
		}
		name := map[bool]string{true: ", data before they were asked for", false: ""}[early]
		t.Run("swallowed"+name, func(t *testing.T) {
			q := copying(t, reqExecute)
			q.pop() // the Execute's CommandComplete
			q.dropSwallowed()
			if e, _, ok := q.peek(); !ok || e.optional {
				t.Fatal("the Sync behind the copy data is gone")
			}
			resolve(t, q, end{status: 'I'})
			if q.n != 0 || q.resolved != 2 {
				t.Fatal("not in step")
			}
		})
		t.Run("swallowed in a Query"+name, func(t *testing.T) {
			q := copying(t, reqQuery)
			q.copied()
			resolve(t, q, end{status: 'I'})
			if e, _, ok := q.peek(); !ok || e.optional || q.n != 1 || q.resolved != 2 {
				t.Fatal("not in step")
			}
		})
		t.Run("answered"+name, func(t *testing.T) {
			q := copying(t, reqExecute)
			q.fail(true)
			resolve(t, q, failed)
			resolve(t, q, end{status: 'I'})
			if q.n != 0 {
				t.Fatal("the second Sync is not answered")
			}
		})
		t.Run("swallowed, then failed"+name, func(t *testing.T) {
			q := copying(t, reqExecute)
			q.fail(true)
			resolve(t, q, failed)
			if !q.idle() {
				t.Error("owes an answer that was never to come")
			}
			push(t, q, reqSync, reqSync)
			resolve(t, q, end{status: 'I'})
			resolve(t, q, end{status: 'I'})
			push(t, q, reqQuery)
			q.dropSwallowed()
			if e, _, ok := q.peek(); !ok || e.request != reqQuery {
				t.Fatal("the Sync that was never to be answered is still expected")
			}
		})
		t.Run("requests behind it"+name, func(t *testing.T) {
			q := newQueue()
			push(t, q, reqExecute, reqSync)
			q.startCopyIn(nil)
			q.endCopyIn()
			push(t, q, reqParse, reqSync)
			q.fail(true)
			if _, err := q.resolve(failed); !errors.Is(err, errCopyFailed) {
				t.Fatalf("guesses whether they were passed over: %v", err)
			}
		})
	}
}

// Whoever waits while the server waits for COPY data, waits for ever.
func TestAwaitInCopyMode(t *testing.T) {
	q := newQueue()
	push(t, q, reqQuery)
	done := make(chan error)
	go func() { _, err := q.await(1, false); done <- err }()
	time.Sleep(10 * time.Millisecond)
	q.startCopyIn(nil)
	if err := <-done; !errors.Is(err, errNotCopyData) {
		t.Error(err)
	}
}

// An order is sent before the Sync of the segment that it is for, and in no other.
func TestOrders(t *testing.T) {
	q := newQueue()
	push(t, q, reqExecute)
	if what := q.interrupt([]byte("x"), entry{request: reqParse, own: true}); !what.ordered || what.others {
		t.Fatalf("%+v", what)
	}
	if _, first, _ := q.push(entry{request: reqSync}, false); first == nil {
		t.Fatal("the Sync overtook the order")
	}
	for _, want := range []request{reqExecute, reqParse, reqSync} {
		if e, _, _ := q.peek(); e.request != want {
			t.Fatalf("request %d, want %d", e.request, want)
		}
		q.pop()
	}
	push(t, q, reqExecute, reqExecute, reqSync)
	if what := q.interrupt(nil, entry{}); what.ordered || !what.alone || !what.others || q.obey() != nil {
		t.Fatalf("an order for a segment that is complete: %+v", what)
	}
	if _, _, err := q.push(entry{request: reqParse}, false); !errors.Is(err, errQueueFull) {
		t.Fatalf("something was sent that the cancel request may hit: %v", err)
	}
	q.unhold()
	push(t, q, reqParse)
	if what := q.interrupt(nil, entry{}); what.ordered || what.alone {
		t.Fatalf("%+v", what)
	}
	if q.giveWhenIdle(&order{}) {
		t.Fatal("an order for an idle session, which is not idle")
	}
}

// An abandoned session releases the key handles that its entries hold, and takes no more.
func TestCloseReleasesKeys(t *testing.T) {
	q, k := newQueue(), &countedKey{}
	if _, _, err := q.push(entry{request: reqExecute, work: &work{key: k}}, false); err != nil {
		t.Fatal(err)
	}
	q.close()
	if k.released != 1 {
		t.Errorf("released %d times", k.released)
	}
	if _, err := q.await(9, false); err == nil {
		t.Error("waits on a session that has ended")
	}
	if _, _, err := q.push(entry{request: reqExecute}, false); !errors.Is(err, errSessionEnded) {
		t.Errorf("takes an entry that nobody will release: %v", err)
	}
}

// Failures that nobody asks for are not kept.
func TestFailuresAreForgotten(t *testing.T) {
	q := newQueue()
	for range 1000 {
		if _, _, err := q.push(entry{request: reqQuery}, true); err != nil {
			t.Fatal(err)
		}
		q.fail(false)
		if _, err := q.resolve(end{status: 'I', failed: true}); err != nil {
			t.Fatal(err)
		}
	}
	if len(q.failures) > 1 {
		t.Errorf("%d failures kept", len(q.failures))
	}
}

type countedKey struct {
	Key
	released int
}

func (k *countedKey) Release() { k.released++ }
