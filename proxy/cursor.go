package proxy

import (
	"slices"

	"github.com/legatics/pgseal/proxy/plan"
)

// cursor is a cursor of the session, as it was declared. It is immutable.
type cursor struct {
	outputs   []*plan.Column // of its rows, as plan.Statement has them
	catalogue *plan.Catalogue
	needsKey  bool // to be read
	binary    bool // FETCH in a Query brings the binary form
	hold      bool // it may outlive its transaction
	segment   uint64
}

// declared is the cursor that a statement makes.
func declared(use *plan.CursorUse, c *plan.Catalogue) *cursor {
	return &cursor{outputs: use.Outputs, catalogue: c, needsKey: use.NeedsKey, binary: use.Binary, hold: use.Hold}
}

// protected tells that the cursor cannot be read as if it were any other.
func (c *cursor) protected() bool { return c != nil && (c.outputs != nil || c.needsKey) }

// cursors holds what the names of the session's cursors stand for, as far as they lead to protected columns. A cursor may be gone without a trace (its
// transaction has ended among others, a savepoint was rolled back to, a function has closed it); then the server refuses to read it. Under its name there
// is another one only once that has been declared, which fails while there is one. So a name stands for what was declared last.
type cursors struct {
	declared map[string]*cursor
	pending  []cursorChange // not yet resolved, in order
	lost     bool           // there have been too many to remember
}

// cursorChange is a cursor declared or closed.
type cursorChange struct {
	seq     uint64 // of the request that does it
	segment uint64
	at      int     // which statement of the request does it
	name    string  // empty: all are closed
	made    *cursor // nil: closed
}

// maxCursors is how many names are remembered.
const maxCursors = 10_000

// changeCursor notes what a request does to a cursor. What is not protected matters only where something is.
func (n *names) changeCursor(c cursorChange) {
	if c.made.protected() || n.Any() {
		n.cursors.pending = append(n.cursors.pending, c)
	}
}

// any tells whether a name may lead to protected columns.
func (n *cursors) any() bool {
	return n.lost || len(n.declared) > 0 || slices.ContainsFunc(n.pending, func(c cursorChange) bool { return c.made.protected() })
}

// quiet tells that there is nothing to settle.
func (n *cursors) quiet() bool { return len(n.declared) == 0 && len(n.pending) == 0 }

// concerns tells that the change is one of what the name stands for.
func (c *cursorChange) concerns(name string) bool { return c.name == "" || c.name == name }

// unsettled returns the segment, before the current one, whose end must be awaited before a name can be relied on; 0 for none.
func (n *cursors) unsettled(name string, current uint64) uint64 {
	for i := len(n.pending) - 1; i >= 0; i-- {
		if c := &n.pending[i]; c.segment < current && c.concerns(name) {
			return c.segment
		}
	}
	return 0
}

// find returns what a name stands for once everything before has been carried out, which is so for whatever comes behind it in the same segment; nil
// for nothing that is known. sure is false where it may have been forgotten.
func (n *cursors) find(name string) (c *cursor, sure bool) {
	if made, ok := lastChange(n.pending, name); ok {
		return made, true
	}
	c = n.declared[name]
	return c, c != nil || !n.lost
}

// lastChange is what the last of several changes makes of a name; ok is false where none concerns it.
func lastChange(changes []cursorChange, name string) (made *cursor, ok bool) {
	for i := len(changes) - 1; i >= 0; i-- {
		if changes[i].concerns(name) {
			return changes[i].made, true
		}
	}
	return nil, false
}

// settle takes note of what has been carried out. Cursors end with the transaction that they were made in, unless they are held. idle: one has ended.
func (n *cursors) settle(o outcome, idle bool) {
	for len(n.pending) > 0 && (n.pending[0].seq < o.carried || n.pending[0].segment <= o.resolved) {
		n.resolve(n.pending[0], o.failures)
		n.pending = n.pending[1:]
	}
	if len(n.pending) == 0 {
		n.pending = nil
	}
	if !idle {
		return
	}
	for name, c := range n.declared {
		if c.segment <= o.idleAt && !c.hold {
			delete(n.declared, name)
		}
	}
}

// resolve is called for a change whose request has been carried out, or has failed. What comes in front of the statement that has failed was carried out.
func (n *cursors) resolve(c cursorChange, failures []failure) {
	for _, f := range failures {
		if f.from <= c.seq && c.seq < f.to && (c.seq > f.from || c.at >= f.done) {
			return
		}
	}
	switch {
	case c.name == "":
		clear(n.declared)
		n.lost = false
	case !c.made.protected():
		delete(n.declared, c.name)
	case len(n.declared) >= maxCursors && n.declared[c.name] == nil:
		n.lost = true
	default:
		if n.declared == nil {
			n.declared = map[string]*cursor{}
		}
		n.declared[c.name] = c.made
	}
}
