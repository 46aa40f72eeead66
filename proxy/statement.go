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
// that reads the server gives, and for held.
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
	held       int // how often names, portals and changes of them refer to it; belongs to the pump that reads the client
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

// of is the portal's statement; nil for none.
func (p *portal) of() *statement {
	if p == nil {
		return nil
	}
	return p.statement
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
	pending    []change // in order; those of requests that may still fail are pending[certain:]
	certain    int
	changes    pendingKinds      // of those that may still fail
	segments   map[string]uint64 // portal -> the last segment in which it was changed for certain, as long as that has not ended
	native     *statement        // stands for every native statement of the present epoch
	control    *statement        // for those that only begin and end transactions, and their like
	protected  int               // how many names lead to protected columns
	texts      int               // bytes of the statements that are held

	carried, resolved, idleAt uint64 // as of the last call of settle
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
	n.note(change{seq: seq, segment: segment, name: name, statement: before})
	n.putStatement(name, s)
}

// takes makes a name that stands for something else, or has, stand for what statement at of a Query prepares: it can do so only once the name is free.
// always: any other name too.
func (n *names) takes(name string, s *statement, seq, segment uint64, at int, always bool) {
	if !always && n.statements[name] == nil && !n.changing(false, name) {
		return
	}
	n.setStatement(name, s, seq, segment)
	if last := len(n.pending) - 1; last >= n.certain && n.pending[last].seq == seq && n.pending[last].concerns(false, name) {
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
	n.hold(s)
	n.letGo(n.statements[name])
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
	n.note(change{seq: seq, segment: segment, portal: true, name: name, bound: before})
	n.putPortal(name, p)
}

// bound notes that a portal is made: it is, only where no cursor has its name.
func (n *names) bound(name string, seq, segment uint64) {
	if name != "" && n.cursors.any() {
		n.changeCursor(cursorChange{seq: seq, segment: segment, name: name})
	}
}

func (n *names) putPortal(name string, p *portal) {
	before := n.portals[name]
	if before != nil && before.statement.protected() {
		n.protected--
	}
	n.hold(p.of())
	n.letGo(before.of())
	if p == nil {
		delete(n.portals, name)
		return
	}
	if p.statement.protected() {
		n.protected++
	}
	n.portals[name] = p
}

// differs tells that a statement is another than the native one of the present epoch.
func (n *names) differs(s *statement) bool { return s != nil && s != n.native && s != n.control }

// dropAll forgets every prepared statement (DEALLOCATE ALL, DISCARD ALL).
func (n *names) dropAll(seq, segment uint64) {
	names := slices.Collect(maps.Keys(n.statements))
	for _, c := range n.uncertain() {
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
	if !s.protected() || n.changing(false, name) {
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
	return n.protected > 0 || n.cursors.any() || n.changes.protected > 0
}

// Protected implements plan.Handles. A name that led to protected columns does so until it is certain that it does no more; one of a FETCH
// does where there is a cursor that does.
func (n *names) Protected(name string) bool {
	s := n.statements[name]
	if s.protected() || s.matters() && s.plan.Statements[0].Cursor.Reads() && n.Any() {
		return true
	}
	return n.changes.protected > 0 && slices.ContainsFunc(n.uncertain(), func(c change) bool { return c.concerns(false, name) && c.protected() })
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
