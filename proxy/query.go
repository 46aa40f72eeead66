package proxy

import (
	"errors"
	"slices"

	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/wire"
)

// query deals with a simple Query: one or more statements in one text.
func (r *requests) query(size int) error {
	guarded := r.guarded()
	if !guarded && len(r.names.statements) == 0 { // it may give up what has been prepared
		return r.sendQuery()
	}
	limit := r.s.server.limits.Message
	body, err := r.body(limit)
	switch tooLarge := errors.Is(err, wire.ErrTooLarge); {
	case tooLarge && !guarded:
		return r.sendQuery()
	case tooLarge:
		return r.refuseQuery(tooLong(limit))
	case err != nil:
		return err
	}
	sql, rest, ok := text(body)
	if !ok || len(rest) > 0 {
		return r.sendQuery() // the server says what is wrong with the message
	}
	if plan.AsksKeyState(sql) {
		return r.queryKeyState()
	}
	p, refusal, err := r.plan(sql, nil, false)
	switch {
	case err != nil:
		return err
	case refusal != nil:
		return r.refuseQuery(refusal)
	}
	steps := r.reads(sql)
	if p = r.withSteps(p, steps, sql); p == nil {
		return r.sendQuery()
	}
	return r.sendPlanned(p, r.follower.stepsOf(steps))
}

// sendQuery sends the client's Query as it is.
func (r *requests) sendQuery() error {
	seq, err := r.push(entry{request: reqQuery})
	if err != nil {
		return err
	}
	r.dropUnnamed(seq)
	return r.forward()
}

// sendPlanned sends a Query with its literals sealed.
func (r *requests) sendPlanned(p *plan.Plan, steps [][]plan.Step) error {
	uses, refused, err := r.cursorUses(p)
	protected, opens := readsProtected(uses.read)
	switch {
	case err != nil:
		return err
	case refused != nil:
		return r.refuseQuery(refused)
	case opens && p.Effects.Settings:
		return r.refuseQuery(errUnsure)
	case opens && r.otherEncoding() != nil:
		return r.refuseQuery(r.otherEncoding())
	}
	if full, err := r.checkRoomOf(p); err != nil {
		return err
	} else if full != nil {
		return r.refuseQuery(full)
	}
	var key Key
	var tenant string
	if protected || needsKey(p) {
		err := r.awaitTenant()
		if err != nil {
			return err
		}
		if tenant, err = r.queryTenant(p, uses.read, steps); err == nil {
			key, err = r.acquireFor(tenant)
		}
		if err != nil {
			return r.refuseQuery(err)
		}
	}
	w := &work{plan: p, key: key, tenant: tenant, steps: steps, read: uses.read}
	handed := false
	defer func() {
		if !handed { // also where a value has made it panic
			w.release()
		}
	}()
	dst, at := wire.Begin(r.message[:0], 'Q')
	total := 0
	dst, err = p.AppendQuery(dst, func(dst []byte, slot *plan.Slot, literal []byte) ([]byte, error) {
		out, err := r.sealBytes(dst, key, slot, sent{value: literal, oid: literalOID(slot)})
		if total += len(out) - len(dst); total > r.grown() {
			return nil, tooLong(r.s.server.limits.Message)
		}
		return out, err
	})
	if err == nil {
		err = inTime(p)
	}
	if err != nil {
		return r.refuseQuery(err)
	}
	r.message = wire.Finish(append(dst, 0), at)
	if err := r.discard(); err != nil {
		return err
	}
	segment := r.segment
	r.behindCopy = copiesIn(p)
	r.copies = r.copies || r.behindCopy
	handed = true
	seq, err := r.push(entry{request: reqQuery, copies: r.behindCopy, work: w})
	if err != nil {
		return err
	}
	r.dropUnnamed(seq)
	r.apply(&p.Effects, seq, segment)
	r.noteMade(p, segment)
	r.applyCursors(uses.changes, seq, segment)
	r.applyPrepare(p, seq, segment)
	r.follower.sends(segment, slices.Concat(steps...))
	return r.out.Write(r.message)
}

// dropUnnamed: a simple Query drops the unnamed statement and the unnamed portal.
func (r *requests) dropUnnamed(seq uint64) {
	r.names.setStatement("", nil, seq, r.segment-1)
	r.names.setPortal("", nil, seq, r.segment-1)
}

// apply takes note of what a text does to the session itself.
func (r *requests) apply(e *plan.Effects, seq, segment uint64) {
	if e.Settings {
		r.unsure, r.touched = segment, true
	}
	if e.DeallocatesAll {
		r.names.dropAll(seq, segment)
	}
	for _, name := range e.Deallocates() {
		r.names.setStatement(name, nil, seq, segment)
	}
	if e.ClosesAll {
		r.applyCursors([]cursorChange{{}}, seq, segment)
	}
}

// inTime refuses to send what names something protected where it was planned in a term that is over by now: waiting for a key, for the server or for the
// machine may have taken that long.
func inTime(p *plan.Plan) error {
	if !guards(p) {
		return nil
	}
	if over := p.Catalogue.RefuseOver(); over != nil {
		return over
	}
	return nil
}

func needsKey(p *plan.Plan) bool {
	for i := range p.Statements {
		if p.Statements[i].NeedsKey {
			return true
		}
	}
	return len(p.Slots) > 0 || opens(p)
}
