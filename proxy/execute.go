package proxy

import (
	"encoding/binary"
	"errors"

	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/wire"
)

// nameLimit is the largest Describe, Execute or Close that is looked into, in bytes.
const nameLimit = 64 << 10

// describe deals with a Describe of a statement or portal.
func (r *requests) describe() error {
	body, err := r.body(nameLimit)
	if err != nil {
		return r.overlong(err)
	}
	if len(body) < 2 || body[0] != 'S' && body[0] != 'P' {
		return r.native(reqDescribeStatement)
	}
	name, _, _ := text(body[1:])
	name = clip(name)
	isPortal := body[0] == 'P'
	if err := r.awaitName(isPortal, name); err != nil {
		return err
	}
	if isPortal {
		if p := r.names.portals[string(name)]; p != nil {
			return r.sendWith(entry{request: reqDescribePortal, work: &p.keyless})
		}
		p, refused, err := r.cursorAsPortal(string(name))
		switch {
		case err != nil:
			return err
		case refused != nil:
			return r.refuse(refused, false)
		case p != nil:
			return r.sendWith(entry{request: reqDescribePortal, work: &p.keyless})
		}
		return r.native(reqDescribePortal)
	}
	if s := r.names.statements[string(name)]; s.matters() {
		return r.sendWith(entry{request: reqDescribeStatement, work: &work{statement: s}})
	}
	return r.native(reqDescribeStatement)
}

// sendWith sends the client's message as it is, with work to be done on its answer.
func (r *requests) sendWith(e entry) error {
	if _, err := r.push(e); err != nil {
		return err
	}
	return r.forward()
}

// execute deals with an Execute. The key must be available now; the handle goes into the queue with its own deadline.
func (r *requests) execute() error {
	if len(r.names.portals) == 0 && !r.names.cursors.any() {
		return r.executeNative()
	}
	head, err := r.prefix(namePrefix)
	if err != nil {
		return err
	}
	name := clip(firstName(head))
	if err := r.awaitName(true, name); err != nil {
		return err
	}
	p := r.names.portals[string(name)]
	if p == nil {
		return r.executeCursor(string(name))
	}
	refused, err := r.sameRead(p)
	if refused == nil && err == nil {
		refused, err = r.refuseExecute(p.statement.plan)
	}
	switch {
	case err != nil:
		return err
	case refused != nil:
		return r.refuse(refused, false)
	}
	return r.executePlanned(p)
}

// executePlanned sends an Execute of a portal whose statement is planned, or that reads a cursor.
func (r *requests) executePlanned(p *portal) error {
	pl := p.statement.plan
	if err := r.boundSent(); err != nil {
		return err
	}
	if opens(pl) || copies(pl) || p.reads.opens() {
		if err := r.awaitSettings(); err != nil {
			return err
		}
		if refusal := r.otherEncoding(); refusal != nil {
			return r.refuse(refusal, false)
		}
	}
	if over := inTime(pl); over != nil {
		return r.refuse(over, false)
	}
	w, steps := &p.keyless, p.executes()
	if len(steps) > 0 {
		w = &work{portal: p, steps: [][]plan.Step{steps}}
	}
	if needsKey(pl) || p.reads.protected() {
		if err := r.awaitTenant(); err != nil {
			return err
		}
		tenant, err := r.portalTenant(steps)
		if err != nil {
			return r.refuse(err, false)
		}
		key, err := r.acquireFor(tenant)
		if err != nil {
			return r.refuse(err, false)
		}
		w = &work{portal: p, key: key, tenant: tenant, steps: w.steps}
	}
	r.behindCopy = copiesIn(pl)
	r.copies = r.copies || r.behindCopy
	seq, err := r.push(entry{request: reqExecute, copies: r.behindCopy, work: w})
	if err != nil {
		return err
	}
	r.apply(&pl.Effects, seq, r.segment)
	r.applyPrepare(pl, seq, r.segment)
	if use := pl.Statements[0].Cursor; use.Changes() {
		r.applyCursors([]cursorChange{{name: use.Name, made: r.makes(use, pl.Catalogue)}}, seq, r.segment)
	}
	r.noteMade(pl, r.segment)
	r.follower.sends(r.segment, steps)
	return r.forward()
}

// executeCursor deals with an Execute whose portal may be a cursor that SQL has declared. Its description has to be seen first.
func (r *requests) executeCursor(name string) error {
	p, refused, err := r.cursorAsPortal(name)
	switch {
	case err != nil:
		return err
	case refused != nil:
		return r.refuse(refused, false)
	case p == nil:
		return r.executeNative()
	}
	if err := r.describeRead(name, p); err != nil {
		return err
	}
	return r.executePlanned(p)
}

// closeName deals with a Close of a statement or portal.
func (r *requests) closeName() error {
	body, err := r.body(nameLimit)
	if err != nil {
		return r.overlong(err)
	}
	var name string
	known := len(body) >= 2
	if known {
		n, _, _ := text(body[1:])
		name = string(clip(n))
	}
	seq, err := r.push(entry{request: reqClose})
	if err != nil {
		return err
	}
	switch {
	case known && body[0] == 'S':
		r.names.setStatement(name, nil, seq, r.segment)
	case known && body[0] == 'P' && name != "":
		r.applyCursors([]cursorChange{{name: name}}, seq, r.segment)
	case known && body[0] == 'P':
		r.names.setPortal(name, nil, seq, r.segment)
	}
	return r.forward()
}

// overlong refuses a message whose name alone is longer than any name can be; other errors end the session.
func (r *requests) overlong(err error) error {
	if !errors.Is(err, wire.ErrTooLarge) {
		return err
	}
	return r.refuse(errLongName, false)
}

// functionCall deals with a FunctionCall: it names a function by OID, so that there is no text to look into. Client libraries use it for large objects.
func (r *requests) functionCall() error {
	if p := r.s.planner(); p == nil || !p.Catalogue().Protects() {
		return r.native(reqFunctionCall)
	}
	head, err := r.prefix(4)
	if err != nil {
		return err
	}
	if len(head) == 4 && largeObjectFunction(binary.BigEndian.Uint32(head)) {
		return r.native(reqFunctionCall)
	}
	return r.refuseQuery(&wireError{code: "KP001", name: "operation_not_supported",
		message: "function calls by OID are not supported on a database with protected columns",
		detail:  machineReadable("", r.using, false),
		hint:    "Call the function with SELECT."})
}

// largeObjectFunction tells that an OID is that of one of the server's own functions on large objects, which hold nothing that is sealed. Below 10000
// OIDs are the same in every server (src/include/catalog/pg_proc.dat). Those that read or write files of the server are not among them.
func largeObjectFunction(oid uint32) bool {
	switch oid {
	case 715, 952, 953, 954, 955, 956, 957, 958, 964, 1004, 3170, 3171, 3172: // lo_create, open, close, read, write, lseek, creat, tell, unlink, truncate; 64
		return true
	}
	return false
}
