package proxy

import (
	"sync/atomic"
	"testing"

	"github.com/legatics/pgseal/proxy/plan"
)

func guardedStatement() *statement {
	return &statement{plan: &plan.Plan{}, guarded: true, verdict: new(atomic.Int32)}
}

// The names are at each moment what the server will have once it has carried out what was sent; what it did not carry out is undone.
func TestNamesFollowWhatTheServerDid(t *testing.T) {
	v1, v2, native := guardedStatement(), guardedStatement(), &statement{}
	tests := []struct {
		name     string
		act      func(n *names)
		failures []failure
		resolved uint64
		want     *statement // s1
	}{
		{"carried out", func(n *names) { n.setStatement("s1", v1, 0, 1) }, nil, 1, v1},
		{"failed", func(n *names) { n.setStatement("s1", v1, 0, 1) }, []failure{{from: 0, to: 2}}, 1, nil},
		{"failed before it", func(n *names) { n.setStatement("s1", v1, 0, 1) }, []failure{{from: 5, to: 9}}, 1, v1},
		{"closed, but the segment failed", func(n *names) {
			n.setStatement("s1", v1, 0, 1)
			n.setStatement("s1", nil, 4, 2)
		}, []failure{{from: 3, to: 6}}, 2, v1},
		{"redefined, the redefinition failed", func(n *names) {
			n.setStatement("s1", v1, 0, 1)
			n.setStatement("s1", nil, 4, 2)
			n.setStatement("s1", native, 5, 2)
		}, []failure{{from: 3, to: 6}}, 2, v1},
		{"first definition failed, a later one stands", func(n *names) {
			n.setStatement("s1", v1, 0, 1)
			n.setStatement("s1", v2, 4, 2)
		}, []failure{{from: 0, to: 2}}, 2, v2},
		{"both failed, one after the other", func(n *names) {
			n.setStatement("s1", v1, 0, 1)
			n.setStatement("s1", v2, 4, 2)
		}, []failure{{from: 0, to: 2}, {from: 3, to: 6}}, 2, nil},
		{"a redefinition was skipped, the same one behind it stands", func(n *names) {
			n.setStatement("s1", v1, 0, 1)
			n.setStatement("s1", native, 4, 2)
			n.setStatement("s1", native, 7, 3)
		}, []failure{{from: 3, to: 6}}, 3, native},
		{"a Close was skipped, the one behind it was not", func(n *names) {
			n.setStatement("s1", v1, 0, 1)
			n.setStatement("s1", nil, 4, 2)
			n.setStatement("s1", nil, 7, 3)
		}, []failure{{from: 3, to: 6}}, 3, nil},
		{"a Close was skipped, DEALLOCATE ALL behind it was not", func(n *names) {
			n.setStatement("s1", v1, 0, 1)
			n.setStatement("s1", nil, 4, 2)
			n.dropAll(7, 3)
		}, []failure{{from: 3, to: 6}}, 3, nil},
		{"DEALLOCATE ALL failed", func(n *names) {
			n.setStatement("s1", v1, 0, 1)
			n.dropAll(4, 2)
		}, []failure{{from: 4, to: 5}}, 2, v1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			n := newNames()
			test.act(n)
			n.settle(outcome{failures: test.failures, resolved: test.resolved, idleAt: 0})
			if got := n.statements["s1"]; got != test.want {
				t.Errorf("got %p, want %p", got, test.want)
			}
			want := 0
			if test.want.protected() {
				want = 1
			}
			if n.protected != want {
				t.Errorf("%d protected names, want %d", n.protected, want)
			}
			if len(n.pending) != 0 {
				t.Errorf("%d changes still pending", len(n.pending))
			}
		})
	}
}

// A text that fails has dropped the unnamed statement all the same, if it came so far.
func TestUnnamedStatementOfFailedText(t *testing.T) {
	for _, begun := range []bool{true, false} {
		n := newNames()
		old := guardedStatement()
		n.setStatement("", old, 0, 1)
		n.setStatement("", nil, 4, 2) // a Query
		n.setStatement("", guardedStatement(), 5, 3)
		n.settle(outcome{failures: []failure{{from: 4, to: 5, begun: begun}, {from: 5, to: 6}}, resolved: 3, idleAt: 0})
		want := old
		if begun {
			want = nil
		}
		if got := n.statements[""]; got != want {
			t.Errorf("begun %v: got %p, want %p", begun, got, want)
		}
	}
}

func TestPortalsEndWithTheirTransaction(t *testing.T) {
	n := newNames()
	p := &portal{statement: guardedStatement(), segment: 1}
	n.setPortal("c", p, 0, 1)
	n.settle(outcome{resolved: 1, idleAt: 0}) // a transaction is open
	if n.portals["c"] != p || !n.Any() {
		t.Fatal("the portal is gone although its transaction is open")
	}
	n.settle(outcome{resolved: 2, idleAt: 2})
	if len(n.portals) != 0 || n.Any() {
		t.Fatal("the portal has outlived its transaction")
	}
}

// A transaction has ended although the next one is open already when the pump looks: its portals are gone all the same, those of the next are not.
func TestPortalsOfAnEarlierTransaction(t *testing.T) {
	n := newNames()
	gone, open := &portal{statement: guardedStatement(), segment: 2}, &portal{statement: guardedStatement(), segment: 4}
	n.setPortal("gone", gone, 1, 2)
	n.setPortal("again", gone, 2, 2)
	n.setPortal("again", open, 5, 4) // its Bind fails: the older one is not back
	n.setPortal("open", open, 6, 4)
	n.settle(outcome{failures: []failure{{from: 5, to: 6}}, resolved: 4, idleAt: 3})
	if len(n.portals) != 1 || n.portals["open"] != open || n.protected != 1 {
		t.Errorf("%d portals, %d protected", len(n.portals), n.protected)
	}
}

// What a client fails to prepare takes no room.
// What a failure brings back may be of a transaction that has ended before the failure was known of.
func TestPortalBroughtBackTooLate(t *testing.T) {
	n := newNames()
	n.setPortal("p", &portal{statement: guardedStatement(), segment: 2}, 2, 2)
	n.setPortal("p", &portal{statement: guardedStatement(), segment: 4}, 5, 4) // its Bind fails
	n.settle(outcome{carried: 4, resolved: 3, idleAt: 3})
	n.settle(outcome{failures: []failure{{from: 5, to: 6}}, carried: 6, resolved: 4, idleAt: 3})
	if len(n.portals) != 0 || n.Any() {
		t.Error("the portal has outlived its transaction")
	}
}

func TestFailedNamesAreForgotten(t *testing.T) {
	n := newNames()
	for i := range uint64(100) {
		n.setStatement(string(rune('a'+i)), n.nativeOf("1"), i, i+1)
		n.settle(outcome{failures: []failure{{from: i, to: i + 1}}, resolved: i + 1, idleAt: i + 1})
	}
	if len(n.statements) != 0 || len(n.pending) != 0 {
		t.Errorf("%d names, %d changes", len(n.statements), len(n.pending))
	}
}

// A name that is about to be dropped leads to protected columns until it is certain that it does no more: the DEALLOCATE may fail.
func TestHandlesUntilCertain(t *testing.T) {
	n := newNames()
	n.setStatement("s1", guardedStatement(), 0, 1)
	n.settle(outcome{resolved: 1, idleAt: 1})
	n.setStatement("s1", nil, 1, 2)
	if !n.Any() || !n.Protected("s1") || n.Protected("s2") {
		t.Error("s1 is taken for dropped")
	}
	if got := n.lastPending(3); got != 2 {
		t.Errorf("wait for %d, want 2", got)
	}
	n.settle(outcome{resolved: 2, idleAt: 2})
	if n.Any() || n.Protected("s1") || n.lastPending(3) != 0 {
		t.Error("s1 is not taken for dropped")
	}
}

func TestUnsettledNames(t *testing.T) {
	n := newNames()
	n.setStatement("s1", guardedStatement(), 0, 3)
	if got := n.unsettled(false, []byte("s1"), 3); got != 0 {
		t.Errorf("same segment: wait for %d", got)
	}
	if got := n.unsettled(false, []byte("s1"), 4); got != 3 {
		t.Errorf("later segment: wait for %d, want 3", got)
	}
	if got := n.unsettled(false, []byte("s2"), 4); got != 0 {
		t.Errorf("another name: wait for %d", got)
	}
	n.settle(outcome{resolved: 3, idleAt: 3})
	if got := n.unsettled(false, []byte("s1"), 4); got != 0 {
		t.Errorf("resolved: wait for %d", got)
	}
	n = newNames()
	n.setStatement("s1", n.nativeOf("1"), 0, 1)
	if got := n.unsettled(false, []byte("s1"), 2); got != 0 {
		t.Errorf("a native statement, or none: wait for %d", got)
	}
	n.setStatement("s1", n.nativeOf("2"), 1, 2)
	if got := n.unsettled(false, []byte("s1"), 3); got != 2 {
		t.Errorf("native under one policy or another: wait for %d, want 2", got)
	}
	n = newNames()
	n.setStatement("s1", guardedStatement(), 0, 1)
	n.settle(outcome{resolved: 1, idleAt: 1})
	n.setStatement("s1", nil, 1, 2)
	n.setStatement("s1", n.nativeOf("1"), 2, 3) // fails if the one before did
	if got := n.unsettled(false, []byte("s1"), 4); got != 3 {
		t.Errorf("protected or native: wait for %d, want 3", got)
	}
}
