package proxy

import "slices"

// change is one change to the names, with what was there before.
type change struct {
	seq       uint64 // of the request that makes it
	segment   uint64
	prepared  bool // by statement at of a Query
	at        int
	portal    bool
	name      string
	statement *statement // before
	bound     *portal    // before
}

// concerns tells that the change is one of what a name stands for.
func (c *change) concerns(portal bool, name string) bool { return c.portal == portal && c.name == name }

// protected tells that the name led to protected columns before the change.
func (c *change) protected() bool { return c.statement.protected() || c.bound.of().protected() }

// pendingKinds counts changes that may still fail, so that those who look for one need not go through all.
type pendingKinds struct{ statements, portals, protected int }

func (k *pendingKinds) count(c *change, by int) {
	if c.portal {
		k.portals += by
	} else {
		k.statements += by
	}
	if c.protected() {
		k.protected += by
	}
}

// uncertain are the changes of requests that may still fail. There are no more than requests under way, however long a segment is.
func (n *names) uncertain() []change { return n.pending[n.certain:] }

// note appends a change.
func (n *names) note(c change) {
	n.retain(&c)
	n.pending = append(n.pending, c)
}

// retain and forget count a change, and hold what was there before it.
func (n *names) retain(c *change) {
	n.hold(c.statement)
	n.hold(c.bound.of())
	n.changes.count(c, 1)
}

func (n *names) forget(c *change) {
	n.changes.count(c, -1)
	n.letGo(c.statement)
	n.letGo(c.bound.of())
	*c = change{}
}

// hold and letGo count the bytes of what is held, however often.
func (n *names) hold(s *statement) {
	if s == nil || s.sql == nil {
		return
	}
	if s.held++; s.held == 1 {
		n.texts += len(s.sql)
	}
}

func (n *names) letGo(s *statement) {
	if s == nil || s.sql == nil {
		return
	}
	if s.held--; s.held == 0 {
		n.texts -= len(s.sql)
	}
}

// changing tells that a change of the name may yet be undone: then what comes behind it is a change too, even one to what the name stands for now.
func (n *names) changing(portal bool, name string) bool {
	if portal && n.changes.portals == 0 || !portal && n.changes.statements == 0 {
		return false
	}
	return slices.ContainsFunc(n.uncertain(), func(c change) bool { return c.concerns(portal, name) })
}

// settle takes note of what has been carried out: changes of failed requests are undone, newest first, the others are certain once their request was
// answered. Portals end with the transaction that they were made in.
func (n *names) settle(o outcome) {
	if len(o.failures) == 0 && o.carried == n.carried && o.resolved == n.resolved && o.idleAt == n.idleAt {
		return
	}
	for _, f := range o.failures {
		n.fail(f)
	}
	n.settleChanges(o)
	if o.resolved != n.resolved {
		for name, segment := range n.segments {
			if segment <= o.resolved {
				delete(n.segments, name)
			}
		}
	}
	if o.idleAt != n.idleAt || len(o.failures) > 0 { // what a failure has brought back may have ended by then
		for name, p := range n.portals {
			if p.segment <= o.idleAt {
				n.putPortal(name, nil)
			}
		}
	}
	n.cursors.settle(o, o.idleAt != n.idleAt)
	n.carried, n.resolved, n.idleAt = o.carried, o.resolved, o.idleAt
}

// settleChanges lets go of what was there before changes that are certain. Which portals they were of is remembered until their segment ends, and they
// may with it.
func (n *names) settleChanges(o outcome) {
	for n.certain < len(n.pending) {
		c := &n.pending[n.certain]
		if c.seq >= o.carried && c.segment > o.resolved {
			break
		}
		if c.portal && c.segment > o.resolved {
			n.changedIn(c.name, c.segment)
		}
		n.forget(c)
		n.certain++
	}
	if n.certain > 0 && 2*n.certain >= len(n.pending) {
		kept := copy(n.pending, n.uncertain())
		clear(n.pending[kept:])
		n.pending, n.certain = n.pending[:kept], 0
	}
}

// changedIn remembers in which segment a portal was changed. Too many are forgotten: then it is not waited for the end of that segment, and the server says
// that there is no such portal.
func (n *names) changedIn(name string, segment uint64) {
	if n.segments == nil || len(n.segments) >= maxCursors {
		n.segments = map[string]uint64{}
	}
	n.segments[name] = segment
}

// fail undoes what a failure has kept from being carried out.
func (n *names) fail(f failure) {
	for i := len(n.pending) - 1; i >= n.certain; i-- {
		c := &n.pending[i]
		if c.seq < f.from || c.seq >= f.to || c.seq == f.from && c.prepared && c.at < f.done { // which no failure behind it takes back
			continue
		}
		if f.begun && c.seq == f.from && c.name == "" && !c.portal {
			n.replace(c, nil, nil)
		}
		n.undo(i)
	}
}

// replace gives a change something else that was there before.
func (n *names) replace(c *change, s *statement, p *portal) {
	next := *c
	n.forget(c)
	next.statement, next.bound = s, p
	n.retain(&next)
	*c = next
}

// undo takes back pending change i. A later change of the same name then has the older state before it.
func (n *names) undo(i int) {
	c := n.pending[i]
	n.forget(&n.pending[i])
	n.pending = slices.Delete(n.pending, i, i+1)
	for j := i; j < len(n.pending); j++ {
		if later := &n.pending[j]; later.concerns(c.portal, c.name) {
			n.replace(later, c.statement, c.bound)
			return
		}
	}
	if c.portal {
		n.putPortal(c.name, c.bound)
	} else {
		n.putStatement(c.name, c.statement)
	}
}

// unsettled returns the segment, before the current one, whose end must be awaited before the name can be relied on; 0 for none. It
// makes no difference which of several native statements a name stands for.
func (n *names) unsettled(portal bool, name []byte, current uint64) (segment uint64) {
	if portal {
		segment = n.unsettledPortal(string(name))
	} else if n.changes.statements > 0 {
		segment = n.unsettledStatement(string(name), current)
	}
	if segment >= current {
		return 0
	}
	return segment
}

// unsettledPortal is the last segment in which a portal was changed.
func (n *names) unsettledPortal(name string) uint64 {
	if n.changes.portals > 0 {
		for i := len(n.pending) - 1; i >= n.certain; i-- {
			if c := &n.pending[i]; c.concerns(true, name) {
				return c.segment
			}
		}
	}
	return n.segments[name]
}

// unsettledStatement is the last segment in which a statement was changed to another than a native one, or from one.
func (n *names) unsettledStatement(name string, current uint64) (last uint64) {
	differs := n.differs(n.statements[name])
	for i := len(n.pending) - 1; i >= n.certain; i-- {
		c := &n.pending[i]
		if !c.concerns(false, name) {
			continue
		}
		if last == 0 {
			last = c.segment
		}
		if differs = differs || n.differs(c.statement); differs || last >= current {
			return last
		}
	}
	return 0
}

// lastPending is the last segment before the current one in which names were changed and that has not ended; 0 for none.
func (n *names) lastPending(current uint64) (last uint64) {
	for _, segment := range n.segments {
		if segment < current {
			last = max(last, segment)
		}
	}
	for i := len(n.pending) - 1; i >= n.certain; i-- {
		if segment := n.pending[i].segment; segment < current {
			return max(last, segment)
		}
	}
	return last
}
