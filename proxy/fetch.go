package proxy

import (
	"sync/atomic"

	"github.com/legatics/pgseal/proxy/plan"
)

// errUnknownCursor refuses to read a cursor whose rows are not known.
var errUnknownCursor = &plan.Refusal{Code: plan.StatementNotUnderstood,
	Message: "it is not known which rows the cursor brings",
	Detail:  "There is a portal of its name too, or the session has too many cursors that were not closed.",
	Hint:    "Close the cursor, or all of them, and declare it again under another name."}

// errOtherCursor refuses to read a cursor that has taken the place of the one that was bound.
var errOtherCursor = &plan.Refusal{Code: plan.StatementNotUnderstood,
	Message: "the cursor is another than when the statement that reads it was bound",
	Hint:    "Bind the statement again."}

// cursorUses is what the statements of one text do with cursors.
type cursorUses struct {
	read    []*cursor // by statement, where they are read; nil where none is
	changes []cursorChange
}

// cursorUses works through the statements of a Query in order. An error ends the session.
func (r *requests) cursorUses(p *plan.Plan) (uses cursorUses, refused, err error) {
	for i := range p.Statements {
		use := p.Statements[i].Cursor
		switch {
		case use.Changes():
			uses.changes = append(uses.changes, cursorChange{at: i, name: use.Name, made: r.makes(use, p.Catalogue)})
			continue
		case !use.Reads():
			continue
		}
		c, within := lastChange(uses.changes, use.Name)
		if !within {
			if c, refused, err = r.cursorNamed(use.Name); refused != nil || err != nil {
				return uses, refused, err
			}
		}
		if c = r.checked(c, p.Catalogue); c != nil {
			if uses.read == nil {
				uses.read = make([]*cursor, len(p.Statements))
			}
			uses.read[i] = c
		}
	}
	return uses, nil, nil
}

// makes is the cursor that a DECLARE makes; nil for a CLOSE.
func (r *requests) makes(use *plan.CursorUse, c *plan.Catalogue) *cursor {
	if use.Act != plan.Declares {
		return nil
	}
	made := declared(use, c)
	made.segment = r.segment
	return made
}

// cursorNamed returns the cursor that a name stands for; nil for none that is known. An error ends the session.
func (r *requests) cursorNamed(name string) (c *cursor, refused, err error) {
	if err := r.awaitName(true, []byte(name)); err != nil {
		return nil, nil, err
	}
	if err := r.awaitCursor(name); err != nil {
		return nil, nil, err
	}
	c, sure := r.names.cursors.find(name)
	p := r.names.portals[name]
	switch {
	case !sure, c != nil && p != nil: // one is gone, but which?
		return nil, errUnknownCursor, nil
	case p != nil:
		return p.asCursor(), nil, nil
	}
	return c, nil, nil
}

// awaitCursor waits until it is certain what a cursor's name stands for.
func (r *requests) awaitCursor(name string) error {
	segment := r.names.cursors.unsettled(name, r.segment)
	if segment == 0 {
		return nil
	}
	if err := r.await(segment, false); err != nil {
		return err
	}
	r.settle()
	return nil
}

// checked is the cursor against which the server's description of what is read is held. While names lead to protected columns, what a name
// that is not known of brings has to be without any.
func (r *requests) checked(c *cursor, catalogue *plan.Catalogue) *cursor {
	if c == nil && (r.names.Any() || catalogue.Epoch != r.epoch) {
		return &cursor{catalogue: catalogue}
	}
	return c
}

// applyCursors takes note of what a request does to the names.
func (r *requests) applyCursors(changes []cursorChange, seq, segment uint64) {
	for _, c := range changes {
		r.names.setPortal(c.name, nil, seq, segment) // closed, or gone before
		if c.name == "" {
			r.names.closePortals(seq, segment)
		}
		c.seq, c.segment = seq, segment
		r.names.changeCursor(c)
	}
}

// bindRead finds out what a portal of a FETCH reads. An error ends the session.
func (r *requests) bindRead(p *portal) (refused, err error) {
	pl := p.statement.plan
	use := pl.Statements[0].Cursor
	if !use.Reads() {
		return nil, nil
	}
	c, refused, err := r.cursorNamed(use.Name)
	if refused != nil || err != nil {
		return refused, err
	}
	p.names, p.reads = c, r.checked(c, pl.Catalogue)
	return nil, nil
}

// sameRead makes sure, when the portal of a FETCH is executed for the first time, that its cursor is the one with which it was bound. Where it is gone
// the server says so.
func (r *requests) sameRead(p *portal) (refused, err error) {
	pl := p.statement.plan
	if p.ran || !pl.Statements[0].Cursor.Reads() {
		return nil, nil
	}
	c, refused, err := r.cursorNamed(pl.Statements[0].Cursor.Name)
	switch {
	case refused != nil || err != nil:
		return refused, err
	case c != nil && c != p.names && c != p.cursor && (c.protected() || p.names.protected()): // nor itself, which the server refuses
		return errOtherCursor, nil
	}
	return nil, nil
}

// describeRead asks the server for the description of what a portal reads from a cursor.
func (r *requests) describeRead(name string, p *portal) error {
	if p.reads == nil {
		return nil
	}
	if _, err := r.push(entry{request: reqDescribePortal, own: true, work: &p.keyless}); err != nil {
		return err
	}
	var err error
	if r.message, err = describePortal(r.message[:0], name); err != nil {
		return err
	}
	return r.out.Write(r.message)
}

// cursorAsPortal returns a portal for the messages that take the name of a cursor for one; nil where it is not protected. An error ends the session.
func (r *requests) cursorAsPortal(name string) (p *portal, refused, err error) {
	if name == "" || !r.names.cursors.any() {
		return nil, nil, nil
	}
	if err := r.awaitCursor(name); err != nil {
		return nil, nil, err
	}
	switch c, sure := r.names.cursors.find(name); {
	case !sure:
		return nil, errUnknownCursor, nil
	case c.protected():
		p = newPortal(&statement{plan: nothingPlanned(c.catalogue), verdict: new(atomic.Int32)}, nil, c.segment)
		p.reads = c
		if r.follower != nil && r.follower.hidden.mayBe(name) { // what it calls is not known
			p.steps = []plan.Step{{Kind: plan.StepLost}}
		}
		return p, nil, nil
	}
	return nil, nil, nil
}

// nothingPlanned is the plan of a portal that is no statement's.
func nothingPlanned(c *plan.Catalogue) *plan.Plan {
	return &plan.Plan{Shape: &plan.Shape{Catalogue: c, Statements: []plan.Statement{{Native: true}}}}
}

// asCursor is a portal as FETCH reads it.
func (p *portal) asCursor() *cursor {
	if p.cursor == nil {
		s := &p.statement.plan.Statements[0]
		p.cursor = &cursor{outputs: s.Outputs, catalogue: p.statement.plan.Catalogue, needsKey: s.NeedsKey, segment: p.segment}
		if p.reads != nil {
			p.cursor = p.reads
		}
	}
	return p.cursor
}

// opens tells whether something is opened in what is read from a cursor.
func (c *cursor) opens() bool { return c != nil && c.outputs != nil }

// readsProtected tells whether a cursor is read that leads to protected columns; opens, whether something is opened.
func readsProtected(read []*cursor) (protected, opens bool) {
	for _, c := range read {
		protected, opens = protected || c.protected(), opens || c.opens()
	}
	return protected, opens
}
