package proxy

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"sync/atomic"

	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/value"
	"github.com/legatics/pgseal/proxy/wire"
)

// parse deals with a Parse: the text of a prepared statement.
func (r *requests) parse(size int) error {
	planner := r.s.planner()
	if planner == nil {
		return r.native(reqParse)
	}
	c := planner.Catalogue() // the planner may look at a newer one, not at an older
	unguarded := c.Empty() && r.follower == nil
	if unguarded && len(r.names.statements) == 0 { // it may give up what has been prepared
		return r.parseUnplanned(c.Epoch)
	}
	limit := r.s.server.limits.Message
	body, err := r.body(limit)
	switch tooLarge := errors.Is(err, wire.ErrTooLarge); {
	case tooLarge && unguarded:
		return r.parseUnplanned(c.Epoch)
	case tooLarge:
		return r.refuseLongParse(limit)
	case err != nil:
		return err
	}
	name, sql, oids, ok := readParse(body)
	if !ok {
		return r.native(reqParse) // malformed: the server says so
	}
	if plan.AsksKeyState(sql) {
		if full, err := r.checkRoom(name); full != nil || err != nil {
			return r.refuseUnless(full, err)
		}
		return r.parseKeyState(bytes.Clone(name))
	}
	p, refusal, err := r.plan(sql, oids, true)
	switch {
	case err != nil:
		return err
	case refusal != nil:
		return r.refuse(refusal, len(name) == 0)
	}
	if full, err := r.checkRoomOf(p); err != nil {
		return err
	} else if full != nil {
		return r.refuse(full, len(name) == 0)
	}
	steps := r.reads(sql)
	r.prepared(name, steps)
	if p = r.withSteps(p, steps, sql); p == nil {
		return r.parseNative(name, r.nativeEpoch(c.Epoch, sql))
	}
	if full, err := r.checkRoom(name); full != nil || err != nil {
		return r.refuseUnless(full, err)
	}
	return r.parsePlanned(bytes.Clone(name), bytes.Clone(sql), oids, p, steps)
}

// parseUnplanned sends a Parse as it is while nothing is protected.
func (r *requests) parseUnplanned(epoch string) error {
	head, err := r.prefix(namePrefix)
	if err != nil {
		return err
	}
	return r.parseNative(firstName(head), epoch)
}

// refuseLongParse refuses a text that is not held in memory.
func (r *requests) refuseLongParse(limit int) error {
	head, err := r.prefix(1)
	if err != nil {
		return err
	}
	return r.refuse(tooLong(limit), head[0] == 0)
}

// readParse takes a Parse apart. ok is false for a body that the server would refuse.
func readParse(body []byte) (name, sql []byte, oids []uint32, ok bool) {
	if name, body, ok = text(body); !ok {
		return nil, nil, nil, false
	}
	if sql, body, ok = text(body); !ok {
		return nil, nil, nil, false
	}
	oids, ok = parameterOIDs(body)
	return name, sql, oids, ok
}

// parameterOIDs reads the types that end a Parse: a count and as many OIDs.
func parameterOIDs(b []byte) ([]uint32, bool) {
	if len(b) < 2 {
		return nil, false
	}
	n := int(binary.BigEndian.Uint16(b))
	if len(b) != 2+4*n {
		return nil, false
	}
	if n == 0 {
		return nil, true
	}
	oids := make([]uint32, n)
	for i := range oids {
		oids[i] = binary.BigEndian.Uint32(b[2+4*i:])
	}
	return oids, true
}

// parseNative sends a Parse as it is. Its name is remembered, so that a statement prepared before a change of the policy is known for one; but not where
// that of a name which is not known is taken for the same: in the epoch in which the session began, and unless the name has stood for something else.
func (r *requests) parseNative(name []byte, epoch string) error {
	known := r.names.statements[string(clip(name))]
	if epoch == r.epoch && known == nil && !r.names.changing(false, string(clip(name))) {
		return r.native(reqParse)
	}
	if full, err := r.checkRoom(name); full != nil || err != nil {
		return r.refuseUnless(full, err)
	}
	seq, err := r.push(entry{request: reqParse})
	if err != nil {
		return err
	}
	if s := r.names.nativeOf(epoch); known != s || len(r.names.pending) > 0 {
		r.names.setStatement(string(clip(name)), s, seq, r.segment)
	}
	return r.forward()
}

// parsePlanned sends a Parse whose literals have become parameters, and asks the server for the statement's description
// behind it, so that what the plan says of its results is proved before a row is opened.
func (r *requests) parsePlanned(name, sql []byte, oids []uint32, p *plan.Plan, steps *plan.Steps) error {
	zone, refused, err := r.zoneOfLiterals(p)
	switch {
	case err != nil:
		return err
	case refused != nil:
		return r.refuse(refused, len(name) == 0)
	}
	stmt := &statement{plan: p, epoch: p.Catalogue.Epoch, sql: sql, paramOIDs: oids, guarded: guards(p), steps: steps, literalsAs: zone, verdict: new(atomic.Int32)}
	if use := p.Statements[0].Cursor; use.Reads() {
		c, refused, err := r.cursorNamed(use.Name)
		switch {
		case err != nil:
			return err
		case refused != nil:
			return r.refuse(refused, len(name) == 0)
		}
		stmt.reads = r.checked(c, p.Catalogue)
	}
	if full, err := r.checkTexts(len(sql)); err != nil {
		return err
	} else if full != nil {
		return r.refuse(full, len(name) == 0)
	}
	if err := r.discard(); err != nil {
		return err
	}
	seq, err := r.push(entry{request: reqParse, work: &work{statement: stmt}})
	if err != nil {
		return err
	}
	r.names.setStatement(string(clip(name)), stmt, seq, r.segment)
	r.message = appendParse(r.message[:0], name, p, oids)
	if err := r.out.Write(r.message); err != nil {
		return err
	}
	if !stmt.guarded || !opens(p) {
		return nil
	}
	return r.describeOwn(stmt, name)
}

// zoneOfLiterals returns the settings that literals of the plan are read by, where it has such; they have to be known now.
func (r *requests) zoneOfLiterals(p *plan.Plan) (as *value.Settings, refused, err error) {
	if !slices.ContainsFunc(p.Extra, func(e plan.Extra) bool { return e.Literal >= 0 && e.Slot.Column.Type.OID == value.OIDTimestamptz }) {
		return nil, nil, nil
	}
	if err := r.awaitSettings(); err != nil {
		return nil, nil, err
	}
	if r.unsure == r.segment {
		return nil, errUnsure, nil
	}
	return &r.s.settings.Load().value, nil, nil
}

// opens tells that a result column of the plan is opened.
func opens(p *plan.Plan) bool {
	for i := range p.Statements {
		if p.Statements[i].Outputs != nil {
			return true
		}
	}
	return false
}

func appendParse(dst, name []byte, p *plan.Plan, clientOIDs []uint32) []byte {
	dst, at := wire.Begin(dst, 'P')
	dst = append(append(dst, name...), 0)
	dst = append(p.ParseText(dst), 0)
	oids := p.ParamOIDs(clientOIDs)
	dst = binary.BigEndian.AppendUint16(dst, uint16(len(oids)))
	for _, oid := range oids {
		dst = binary.BigEndian.AppendUint32(dst, oid)
	}
	return wire.Finish(dst, at)
}
