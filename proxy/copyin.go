package proxy

import (
	"fmt"

	"github.com/legatics/pgseal/proxy/copyfmt"
	"github.com/legatics/pgseal/proxy/wire"
)

// copyIn is COPY data on their way to the server. It belongs to the pump that reads the client.
type copyIn struct {
	target *copyTarget
	rows   *copyfmt.Rows // nil: nothing is sealed, only the key is looked at
	seals  []copySeal    // for each field of a row
	key    Key           // nil: none is needed, or there is none
	passed int           // bytes since the key was looked at
	dead   bool          // the COPY has failed: what the client still sends for it is dropped, as the server would drop it
}

// copyChunk is about how large a CopyData to the server is, in bytes.
const copyChunk = 32 << 10

// copyData deals with a CopyData of the client
// (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-COPY).
func (r *requests) copyData() error {
	c, err := r.copyTo()
	switch {
	case err != nil:
		return err
	case c == nil:
		return r.forward()
	case c.dead:
		return r.discard()
	}
	var fault error // of the COPY; others end the session
	err = r.in.Each(func(piece []byte) error {
		for len(piece) > 0 && fault == nil {
			n := min(len(piece), copyStride)
			var err error
			if fault, err = r.copyPiece(piece[:n], false); err != nil {
				return err
			}
			piece = piece[n:]
		}
		return nil
	})
	if err == nil && fault != nil {
		err = r.failCopy(fault)
	}
	return err
}

// copyTo returns the COPY that the client's data are for; nil where they pass as they are. Data that may be for a protected table wait until the
// server has asked for them, since only then it is certain what they are for.
func (r *requests) copyTo() (*copyIn, error) {
	if r.copy == nil && !r.copies {
		return nil, nil
	}
	target, active := r.s.queue.copyTarget()
	if r.copy != nil {
		if !r.copy.dead && !(active && target == r.copy.target) {
			r.copy.end() // the server has failed it
		}
		return r.copy, nil
	}
	if !active {
		if err := r.awaitCopyIn(); err != nil {
			return nil, err
		}
		target, active = r.s.queue.copyTarget()
	}
	switch {
	case active && target == nil:
		return nil, nil
	case active:
		r.startCopy(target)
		return r.copy, nil
	case r.behindCopy:
		r.copy = &copyIn{dead: true}
		return r.copy, nil
	}
	r.copies = false
	return nil, nil
}

// awaitCopyIn waits until the server asks for data, or nothing is under way any more for which it would.
func (r *requests) awaitCopyIn() error {
	if err := r.out.Write(flushMessage); err != nil { // the server may hold answers back
		return err
	}
	if err := r.out.Flush(); err != nil {
		return err
	}
	for {
		done, err := r.s.queue.awaitCopyIn()
		if err != nil || done {
			return err
		}
		if err := r.obey(r.s.queue.obey()); err != nil {
			return err
		}
	}
}

// startCopy begins to take data for a COPY. Where that is not possible it fails with the first of them.
func (r *requests) startCopy(t *copyTarget) {
	c := &copyIn{target: t}
	r.copy, r.using = c, t.tenant
	if !t.copy.Opaque() {
		marker := copyfmt.MarkerBoth
		if r.s.settings.Load().version >= markerInTextOnly {
			marker = copyfmt.MarkerText
		}
		c.rows = copyfmt.NewRows(t.copy.Format, marker, copyShape(t.copy), r.s.server.limits.Message)
		c.seals = copySeals(t.copy)
	}
}

// markerInTextOnly is the first version of PostgreSQL that reads \. in CSV as data.
const markerInTextOnly = 18

// readyCopy makes sure that the COPY may go on: its columns are the plan's, and the key may be used.
func (r *requests) readyCopy(more int) error {
	c := r.copy
	switch {
	case c.target.mismatch:
		return errMismatch
	case !c.target.needsKey:
		return nil
	case c.key == nil:
		return r.renewCopyKey()
	}
	if c.passed += more; c.passed < copyStride {
		return nil
	}
	c.passed = 0
	if c.key.Check() == nil {
		return nil
	}
	return r.renewCopyKey()
}

// renewCopyKey asks for the key again: the cache time has run out, or the key was withdrawn. The answer may be no.
func (r *requests) renewCopyKey() error {
	fresh, err := r.acquireFor(r.copy.target.tenant)
	if err != nil {
		return err
	}
	if r.copy.key != nil {
		r.copy.key.Release()
	}
	r.copy.key = fresh
	return nil
}

// copyPiece sends a piece of the client's data, with its values sealed; last says that no more come. A fault is one of the COPY; an error ends the session.
func (r *requests) copyPiece(piece []byte, last bool) (fault, err error) {
	c := r.copy
	if fault := r.readyCopy(len(piece)); fault != nil {
		return fault, nil
	}
	dst, _ := wire.Begin(r.message[:0], 'd')
	switch {
	case c.rows == nil:
		dst = append(dst, piece...)
	case last:
		c.rows.End()
	default:
		c.rows.Feed(piece)
	}
	for more := c.rows != nil; more && fault == nil; {
		dst, more, fault = r.copyNext(dst)
		if len(dst) > copyChunk || !more || fault != nil {
			if dst, err = r.sendCopyData(dst); err != nil {
				return nil, err
			}
		}
	}
	r.message, err = r.sendCopyData(dst)
	return fault, err
}

// sendCopyData sends what was gathered and begins anew.
func (r *requests) sendCopyData(dst []byte) ([]byte, error) {
	if len(dst) == wire.HeaderSize {
		return dst, nil
	}
	return dst[:wire.HeaderSize], r.out.Write(wire.Finish(dst, 1))
}

// failCopy fails the COPY at the server, so that nothing of it is kept, and leaves the reason for the other pump. What the
// client still sends for it is dropped.
func (r *requests) failCopy(fault error) error {
	c := r.copy
	e := *r.deny(fault)
	e.where = c.place(&e)
	c.target.fault.Store(&e)
	r.s.queue.endCopyIn()
	c.end()
	var err error
	if r.message, err = c.target.copyFail(r.message[:0]); err != nil {
		return err
	}
	return r.out.Write(r.message)
}

// place says where in the data an error is, as PostgreSQL does, but without a word of them.
func (c *copyIn) place(e *wireError) string {
	if c.rows == nil {
		return ""
	}
	where := fmt.Sprintf("COPY data, line %d", c.rows.Line())
	if e.column != "" {
		where += ", column " + e.column
	}
	return where
}

// copyEnd deals with the client's CopyDone or CopyFail.
func (r *requests) copyEnd(typ byte) error {
	if r.copy == nil {
		r.s.queue.endCopyIn()
		return r.forward()
	}
	c, err := r.copyTo()
	if err != nil {
		return err
	}
	defer r.leaveCopy()
	if c.dead {
		return r.discard()
	}
	if typ == 'c' {
		fault, err := r.copyPiece(nil, true)
		if err == nil && fault == nil && c.key != nil && c.key.Check() != nil {
			fault = r.renewCopyKey()
		}
		if err == nil && fault != nil {
			if err = r.failCopy(fault); err == nil {
				err = r.discard()
			}
		}
		if err != nil || fault != nil {
			return err
		}
	}
	r.s.queue.endCopyIn()
	return r.forward()
}

// leaveCopy: nothing more comes for the COPY.
func (r *requests) leaveCopy() {
	if r.copy != nil {
		r.copy.end()
		r.copy = nil
	}
}

// end lets go of what the COPY holds.
func (c *copyIn) end() {
	if c.key != nil {
		c.key.Release()
	}
	c.key, c.rows, c.dead = nil, nil, true
}
