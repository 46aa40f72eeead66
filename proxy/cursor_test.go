package proxy

import (
	"testing"

	"github.com/legatics/pgseal/proxy/plan"
)

func protectedCursor(segment uint64) *cursor {
	return &cursor{outputs: []*plan.Column{{Sealed: true}}, segment: segment}
}

// A name stands for what was declared under it last, once that is known to have happened; what a request has not come to was not done.
func TestCursorsFollowWhatTheServerDid(t *testing.T) {
	a, b := protectedCursor(1), protectedCursor(2)
	held := protectedCursor(1)
	held.hold = true
	native := &cursor{segment: 2}
	declare := func(n *names, c *cursor, seq uint64, at int) {
		n.changeCursor(cursorChange{seq: seq, segment: c.segment, at: at, name: "c", made: c})
	}
	tests := []struct {
		name     string
		act      func(n *names)
		failures []failure
		resolved uint64
		idleAt   uint64
		want     *cursor
	}{
		{"declared", func(n *names) { declare(n, a, 0, 0) }, nil, 1, 0, a},
		{"not declared", func(n *names) { declare(n, a, 0, 0) }, []failure{{from: 0, to: 1}}, 1, 0, nil},
		{"passed over", func(n *names) { declare(n, a, 3, 0) }, []failure{{from: 1, to: 5, done: 1}}, 1, 0, nil},
		{"in front of what failed", func(n *names) { declare(n, a, 0, 1) }, []failure{{from: 0, to: 1, done: 2}}, 1, 0, a},
		{"behind what failed", func(n *names) { declare(n, a, 0, 1) }, []failure{{from: 0, to: 1, done: 1}}, 1, 0, nil},
		{"declared again", func(n *names) { declare(n, a, 0, 0); declare(n, b, 1, 0) }, nil, 2, 0, b},
		{"not declared again", func(n *names) { declare(n, a, 0, 0); declare(n, b, 1, 0) }, []failure{{from: 1, to: 2}}, 2, 0, a},
		{"declared again in front of what failed", func(n *names) { declare(n, a, 0, 0); declare(n, b, 1, 0) }, []failure{{from: 1, to: 2, done: 1}}, 2, 0, b},
		{"a native one in front of what failed", func(n *names) { declare(n, a, 0, 0); declare(n, native, 1, 0) }, []failure{{from: 1, to: 2, done: 1}}, 2, 0, nil},
		{"a native one", func(n *names) { declare(n, a, 0, 0); declare(n, native, 1, 0) }, nil, 2, 0, nil},
		{"closed", func(n *names) { declare(n, a, 0, 0); n.changeCursor(cursorChange{seq: 1, segment: 2, name: "c"}) }, nil, 2, 0, nil},
		{"not closed", func(n *names) { declare(n, a, 0, 0); n.changeCursor(cursorChange{seq: 1, segment: 2, name: "c"}) }, []failure{{from: 1, to: 2}}, 2, 0, a},
		{"all are closed", func(n *names) { declare(n, held, 0, 0); n.changeCursor(cursorChange{seq: 1, segment: 2}) }, nil, 2, 0, nil},
		{"another is closed", func(n *names) { declare(n, a, 0, 0); n.changeCursor(cursorChange{seq: 1, segment: 2, name: "d"}) }, nil, 2, 0, a},
		{"its transaction has ended", func(n *names) { declare(n, a, 0, 0) }, nil, 1, 1, nil},
		{"held", func(n *names) { declare(n, held, 0, 0) }, nil, 3, 3, held},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			n := newNames()
			test.act(n)
			n.settle(outcome{failures: test.failures, resolved: test.resolved, idleAt: test.idleAt})
			got, sure := n.cursors.find("c")
			if !sure || got != test.want {
				t.Errorf("got %p, sure %v; want %p", got, sure, test.want)
			}
			if len(n.cursors.pending) != 0 {
				t.Errorf("%d changes still pending", len(n.cursors.pending))
			}
			if n.Any() != (test.want != nil) {
				t.Errorf("protected names: %v", n.Any())
			}
		})
	}
}

// What comes behind a DECLARE in its segment reads its cursor, or is not carried out; what comes in a later one waits.
func TestCursorsInPipelines(t *testing.T) {
	n := newNames()
	a, b := protectedCursor(1), protectedCursor(3)
	n.changeCursor(cursorChange{seq: 0, segment: 1, name: "c", made: a})
	if c, sure := n.cursors.find("c"); c != a || !sure || n.cursors.unsettled("c", 1) != 0 {
		t.Errorf("in its segment: %p, sure %v", c, sure)
	}
	if got := n.cursors.unsettled("c", 3); got != 1 {
		t.Errorf("in a later segment: wait for %d, want 1", got)
	}
	n.changeCursor(cursorChange{seq: 1, segment: 2})
	n.changeCursor(cursorChange{seq: 2, segment: 3, name: "c", made: b})
	if got := n.cursors.unsettled("c", 3); got != 2 {
		t.Errorf("behind CLOSE ALL: wait for %d, want 2", got)
	}
	n.settle(outcome{resolved: 2, idleAt: 2})
	if c, sure := n.cursors.find("c"); c != b || !sure || n.cursors.unsettled("c", 3) != 0 || len(n.cursors.declared) != 0 {
		t.Errorf("declared again: %p, sure %v", c, sure)
	}
}

// Once too many names are to be remembered, nothing is known of the others, until all are closed.
func TestTooManyCursors(t *testing.T) {
	n := newNames()
	for i := range uint64(maxCursors + 1) {
		c := protectedCursor(i + 1)
		c.hold = true
		n.changeCursor(cursorChange{seq: i, segment: i + 1, name: string(rune(i + 1)), made: c})
	}
	n.settle(outcome{resolved: maxCursors + 1, idleAt: maxCursors + 1})
	if c, sure := n.cursors.find("no such cursor"); c != nil || sure {
		t.Error("a name that may have been forgotten is taken for known")
	}
	n.changeCursor(cursorChange{seq: maxCursors + 1, segment: maxCursors + 2})
	n.settle(outcome{resolved: maxCursors + 2, idleAt: maxCursors + 2})
	if c, sure := n.cursors.find("\x01"); c != nil || !sure || n.Any() {
		t.Error("closing all leaves something")
	}
}
