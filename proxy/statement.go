package proxy

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/value"
)

// statement is a prepared statement as the proxy has to know it. It is immutable but for the verdict, which the pump
// that reads the server gives.
type statement struct {
	plan      *plan.Plan    // nil: native
	epoch     string        // of the catalogue that it was planned with
	sql       []byte        // the client's text, kept where the plan may have to be made again
	paramOIDs []uint32      // as the client gave them
	guarded   bool          // a statement of the plan names something protected
	bySQL     bool          // prepared by PREPARE: the server is asked for its description when it is bound
	reads     *cursor       // of a FETCH, when it was prepared: the server describes it as it was then
	keyState  bool          // it is SHOW pgseal.key_state
	steps     *plan.Steps   // what it does to the setting that names the tenant; nil: nothing, or there is none
	verdict   *atomic.Int32 // of those with a plan; what is planned again and stays the same has the same one, as its description may be on the way
	// literalsAs are the settings that were in force when the text was parsed, as far as its literals are read by them: a timestamptz without a zone
	// means the zone of that moment, whatever the session's is when the statement is executed.
	literalsAs *value.Settings
}

// What the server's own description of the statement's results said.
const (
	undescribed int32 = iota
	describedAsPlanned
	describedOtherwise
)

// protected tells that values of the statement are sealed or opened, or that it needs the key.
func (s *statement) protected() bool { return s != nil && s.guarded }

// guards tells whether a plan names something protected.
func guards(p *plan.Plan) bool {
	if p == nil {
		return false
	}
	for i := range p.Statements {
		if !p.Statements[i].Native {
			return true
		}
	}
	return false
}

// portal is a bound statement. It is immutable but for the verdict, which the pump that reads the server gives, and for what the other pump
// alone looks at.
type portal struct {
	statement *statement
	formats   formatCodes // of the results, as the client wants them
	binary    bool        // the server was asked for sealed values in binary form, whatever the client wants
	segment   uint64      // in which it was bound: it ends with that segment's transaction
	steps     []plan.Step // what its execution does to the setting that names the tenant
	ran       bool        // it was executed; belongs to the pump that reads the client
	keyless   work        // of its requests that need no key
	room      [8]byte     // for the codes of few columns

	// Of a FETCH: the cursor against which what it brings is held, what the server's own description said of it, what the cursor's name stood
	// for at its Bind. cursor is the portal itself as a FETCH reads it.
	reads         *cursor
	verdict       atomic.Int32
	names, cursor *cursor
}

func newPortal(s *statement, formats formatCodes, segment uint64) *portal {
	p := &portal{statement: s, segment: segment}
	p.formats = append(formatCodes(p.room[:0]), formats...)
	p.keyless.portal = p
	return p
}

// format is the format code in which the client wants result column i.
func (p *portal) format(i int) int16 {
	if p == nil {
		return 0
	}
	return p.formats.of(i)
}

// asText tells that the sealed value in result column i comes in text form. A nil portal is a simple Query's.
func (p *portal) asText(i int) bool { return p == nil || !p.binary && p.format(i) == 0 }

// names holds the session's prepared statements and portals as they will be once the server has carried out everything
// that was sent. Changes are made when they are sent and undone when the server turns out not to have carried them out.
// It belongs to the pump that reads the client.
type names struct {
	statements map[string]*statement
	portals    map[string]*portal
	cursors    cursors
	pending    []change   // not yet resolved, in order
	native     *statement // stands for every native statement of the present epoch
	control    *statement // for those that only begin and end transactions, and their like
	protected  int        // how many names lead to protected columns

	resolved, idleAt uint64 // as of the last call of settle
}

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

func newNames() *names {
	return &names{statements: map[string]*statement{}, portals: map[string]*portal{}}
}

// nativeOf returns the one statement that stands for all native ones of an epoch.
func (n *names) nativeOf(epoch string) *statement {
	of := &n.native
	if strings.HasSuffix(epoch, controlMark) {
		of = &n.control
	}
	if *of == nil || (*of).epoch != epoch {
		*of = &statement{epoch: epoch}
	}
	return *of
}

// nameLength is where the server cuts the names of prepared statements and portals (NAMEDATALEN - 1).
const nameLength = 63

func clip(name []byte) []byte {
	if len(name) > nameLength {
		return name[:nameLength]
	}
	return name
}

// setStatement makes name stand for s (nil: for nothing) once the request seq is carried out. A native one is undone too if it
// was not: what a client fails to prepare takes no room.
func (n *names) setStatement(name string, s *statement, seq, segment uint64) {
	before := n.statements[name]
	if before == s && !n.changing(false, name) {
		return
	}
	n.pending = append(n.pending, change{seq: seq, segment: segment, name: name, statement: before})
	n.putStatement(name, s)
}

// changing tells that a change of the name may yet be undone: then what comes behind it is a change too, even one to what the name stands for now.
func (n *names) changing(portal bool, name string) bool {
	return slices.ContainsFunc(n.pending, func(c change) bool { return c.portal == portal && c.name == name })
}

// takes makes a name that stands for something else, or has, stand for what statement at of a Query prepares: it can do so only once the name is free.
// always: any other name too.
func (n *names) takes(name string, s *statement, seq, segment uint64, at int, always bool) {
	concerns := func(c change) bool { return !c.portal && c.name == name }
	if !always && n.statements[name] == nil && !slices.ContainsFunc(n.pending, concerns) {
		return
	}
	n.setStatement(name, s, seq, segment)
	if last := len(n.pending) - 1; last >= 0 && n.pending[last].seq == seq && concerns(n.pending[last]) {
		n.pending[last].at, n.pending[last].prepared = at, true
	}
}

// matters tells that a statement is more than a native one.
func (s *statement) matters() bool { return s != nil && s.plan != nil }

func (n *names) putStatement(name string, s *statement) {
	if n.statements[name].protected() {
		n.protected--
	}
	if s.protected() {
		n.protected++
	}
	if s == nil {
		delete(n.statements, name)
		return
	}
	n.statements[name] = s
}

// setPortal makes name stand for p (nil: for nothing, or for a native one) once the request seq is carried out.
func (n *names) setPortal(name string, p *portal, seq, segment uint64) {
	before := n.portals[name]
	if before == p && !n.changing(true, name) {
		return
	}
	n.pending = append(n.pending, change{seq: seq, segment: segment, portal: true, name: name, bound: before})
	n.putPortal(name, p)
}

// bound notes that a portal is made: it is, only where no cursor has its name.
func (n *names) bound(name string, seq, segment uint64) {
	if name != "" && n.cursors.any() {
		n.changeCursor(cursorChange{seq: seq, segment: segment, name: name})
	}
}

func (n *names) putPortal(name string, p *portal) {
	if before := n.portals[name]; before != nil && before.statement.protected() {
		n.protected--
	}
	if p == nil {
		delete(n.portals, name)
		return
	}
	if p.statement.protected() {
		n.protected++
	}
	n.portals[name] = p
}

// settle takes note of what has been carried out: changes of failed requests are undone, newest first, the others of resolved
// segments are final. Portals end with the transaction that they were made in.
func (n *names) settle(failures []failure, resolved, idleAt uint64) {
	if len(failures) == 0 && resolved == n.resolved && idleAt == n.idleAt {
		return
	}
	n.resolved, n.idleAt = resolved, idleAt
	for _, f := range failures {
		for i := len(n.pending) - 1; i >= 0; i-- {
			c := &n.pending[i]
			if c.seq < f.from || c.seq >= f.to || c.seq == f.from && c.prepared && c.at < f.done { // which no failure behind it takes back
				continue
			}
			if f.begun && c.seq == f.from && c.name == "" && !c.portal {
				c.statement = nil
			}
			n.undo(i)
		}
	}
	kept := n.pending[:0]
	for _, c := range n.pending {
		if c.segment > resolved {
			kept = append(kept, c)
		}
	}
	clear(n.pending[len(kept):])
	n.pending = kept
	for name, p := range n.portals {
		if p.segment <= idleAt {
			n.putPortal(name, nil)
		}
	}
	n.cursors.settle(failures, resolved, idleAt)
}

// undo takes back pending change i. A later change of the same name then has the older state before it.
func (n *names) undo(i int) {
	c := n.pending[i]
	n.pending = append(n.pending[:i], n.pending[i+1:]...)
	for j := i; j < len(n.pending); j++ {
		if later := &n.pending[j]; later.portal == c.portal && later.name == c.name {
			later.statement, later.bound = c.statement, c.bound
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
	differs := !portal && n.differs(n.statements[string(name)])
	for i := len(n.pending) - 1; i >= 0; i-- {
		c := &n.pending[i]
		if c.portal != portal || c.name != string(name) {
			continue
		}
		if segment == 0 {
			segment = c.segment
		}
		differs = differs || portal || n.differs(c.statement)
	}
	if !differs || segment >= current {
		return 0
	}
	return segment
}

// differs tells that a statement is another than the native one of the present epoch.
func (n *names) differs(s *statement) bool { return s != nil && s != n.native && s != n.control }

// lastPending is the last segment before the current one in which names were changed and that has not ended; 0 for none.
func (n *names) lastPending(current uint64) uint64 {
	for i := len(n.pending) - 1; i >= 0; i-- {
		if n.pending[i].segment < current {
			return n.pending[i].segment
		}
	}
	return 0
}

// dropAll forgets every prepared statement (DEALLOCATE ALL, DISCARD ALL).
func (n *names) dropAll(seq, segment uint64) {
	names := slices.Collect(maps.Keys(n.statements))
	for _, c := range n.pending {
		if !c.portal { // what was there before may come back
			names = append(names, c.name)
		}
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if name != "" { // the unnamed one is not among those that DEALLOCATE removes
			n.setStatement(name, nil, seq, segment)
		}
	}
}

// Prepared implements plan.Handles.
func (n *names) Prepared(name string) *plan.Plan {
	s := n.statements[name]
	if !s.protected() || slices.ContainsFunc(n.pending, func(c change) bool { return !c.portal && c.name == name }) {
		return nil
	}
	for i, oid := range s.paramOIDs {
		if slot := slotOf(s.plan, i); slot != nil && oid != 0 && !s.bySQL && oid != logicalOID(slot) {
			return nil // the server would turn the argument into that type first
		}
	}
	return s.plan
}

// closePortals forgets every portal (CLOSE ALL).
func (n *names) closePortals(seq, segment uint64) {
	for name := range n.portals {
		n.setPortal(name, nil, seq, segment)
	}
}

// Any implements plan.Handles.
func (n *names) Any() bool {
	return n.protected > 0 || n.cursors.any() || slices.ContainsFunc(n.pending, func(c change) bool { return c.protected() })
}

// Protected implements plan.Handles. A name that led to protected columns does so until it is certain that it does no more; one of a FETCH
// does where there is a cursor that does.
func (n *names) Protected(name string) bool {
	s := n.statements[name]
	if s.protected() || s.matters() && s.plan.Statements[0].Cursor.Reads() && n.Any() {
		return true
	}
	return slices.ContainsFunc(n.pending, func(c change) bool { return !c.portal && c.name == name && c.protected() })
}

// protected tells that the name led to protected columns before the change.
func (c change) protected() bool {
	return c.statement.protected() || c.bound != nil && c.bound.statement.protected()
}

// samePlan tells that a statement planned again is to the server and to the client what it was.
func samePlan(a, b *plan.Plan) bool {
	if !bytes.Equal(a.ParseText(nil), b.ParseText(nil)) || len(a.Slots) != len(b.Slots) || len(a.Statements) != len(b.Statements) {
		return false
	}
	for i := range a.Slots {
		if !sameColumn(a.Slots[i].Column, b.Slots[i].Column) {
			return false
		}
	}
	for i := range a.Statements {
		if !slices.EqualFunc(a.Statements[i].Outputs, b.Statements[i].Outputs, sameColumn) || !sameCopy(a.Statements[i].Copy, b.Statements[i].Copy) {
			return false
		}
	}
	return true
}

func sameCopy(a, b *plan.Copy) bool {
	if a == nil || b == nil {
		return a == b
	}
	return slices.EqualFunc(a.Fields, b.Fields, func(x, y plan.CopyField) bool { return sameColumn(x.Column, y.Column) })
}

func sameColumn(a, b *plan.Column) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Relation == b.Relation && a.Attnum == b.Attnum && a.Sealed == b.Sealed && a.Key == b.Key && a.Mode == b.Mode && a.Type == b.Type
}
