package proxy

import (
	"errors"
	"fmt"

	"github.com/legatics/pgseal/proxy/copyfmt"
	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/wire"
)

// copyOut is COPY data on their way to the client. It belongs to the pump that reads the server.
type copyOut struct {
	copy   *plan.Copy
	rows   *copyfmt.Rows // nil: nothing is opened, only the key is looked at
	passed int           // bytes since the key was looked at
}

// copyBegins deals with a CopyInResponse or CopyOutResponse: the server asks for data, or is about to send them.
func (p *responses) copyBegins(typ byte, e *entry) error {
	s := p.copyOf(e)
	if s == nil {
		if typ == 'G' {
			p.s.queue.startCopyIn(nil)
		}
		return p.forward(e)
	}
	body, err := p.in.Body(descriptionLimit)
	if err != nil {
		return err
	}
	fits := copiedAs(body, s.Copy)
	switch {
	case typ == 'G':
		p.copyTarget = newCopyTarget(s, p.using(), !fits)
		p.s.queue.startCopyIn(p.copyTarget)
		return p.forward(e)
	case p.abort.swallows():
		return p.in.Discard()
	case !fits:
		if err := p.in.Discard(); err != nil {
			return err
		}
		return p.fail(errMismatch, nil)
	}
	p.copyOut = newCopyOut(s.Copy, p.s.server.limits.Message)
	return p.forward(e)
}

func newCopyOut(c *plan.Copy, limit int) *copyOut {
	out := &copyOut{copy: c}
	if !c.Opaque() {
		out.rows = copyfmt.NewRows(c.Format, copyfmt.NoMarker, copyShape(c), limit)
	}
	return out
}

// copyOf is the COPY of a protected table that is being answered, or nil where its data pass as they are.
func (p *responses) copyOf(e *entry) *plan.Statement {
	pl := e.work.planOf()
	i := 0
	if e.request == reqQuery {
		i = p.statement
	}
	if pl == nil || i >= len(pl.Statements) {
		return nil
	}
	s := &pl.Statements[i]
	if s.Copy == nil || s.Copy.Opaque() && !s.NeedsKey {
		return nil
	}
	return s
}

// copyOutData passes COPY data on, with their values opened. The client gets as many messages as the server sends.
func (p *responses) copyOutData(e *entry) error {
	if p.copyOut == nil || p.abort.swallows() {
		return p.forwardRows(e)
	}
	limit := p.s.server.limits.Message
	body, err := p.in.Body(limit)
	var col *plan.Column
	var fault error
	switch {
	case errors.Is(err, wire.ErrTooLarge):
		fault = tooLong(limit)
	case err != nil:
		return err
	default:
		col, fault = p.openCopyData(e, body, false)
	}
	if err := p.in.Discard(); err != nil {
		return err
	}
	if fault != nil {
		return p.fail(fault, col)
	}
	if len(p.message) == wire.HeaderSize && len(body) > 0 {
		return nil
	}
	return p.out.Write(wire.Finish(p.message, 1))
}

// copyOutDone deals with the server's CopyDone.
func (p *responses) copyOutDone(e *entry) error {
	if p.copyOut == nil || p.abort.swallows() {
		return p.forward(e)
	}
	col, fault := p.openCopyData(e, nil, true)
	p.copyOut = nil
	switch {
	case fault != nil:
		if err := p.in.Discard(); err != nil {
			return err
		}
		return p.fail(fault, col)
	case len(p.message) > wire.HeaderSize:
		if err := p.out.Write(wire.Finish(p.message, 1)); err != nil {
			return err
		}
	}
	return p.forward(e)
}

// openCopyData makes the client's CopyData in p.message, but for its length. On a fault it says at which column.
func (p *responses) openCopyData(e *entry, body []byte, last bool) (*plan.Column, error) {
	c := p.copyOut
	p.message, _ = wire.Begin(p.message[:0], 'd')
	if c.passed += len(body); c.passed >= copyStride {
		c.passed = 0
		if err := p.checkKey(e); err != nil {
			return nil, err
		}
	}
	switch {
	case c.rows == nil:
		p.message = append(p.message, body...)
		return nil, nil
	case last:
		c.rows.End()
	default:
		c.rows.Feed(body)
	}
	for {
		piece, kind, err := c.rows.Next()
		switch {
		case errors.Is(err, copyfmt.ErrTooLong):
			return nil, tooLong(p.s.server.limits.Message)
		case err != nil:
			return nil, fmt.Errorf("COPY data of the server: %w", err)
		case kind == copyfmt.More:
			return nil, nil
		case kind != copyfmt.Row:
			p.message = append(p.message, piece...)
			continue
		}
		if col, err := p.openCopyRow(e, piece); err != nil {
			return col, err
		}
	}
}

// checkKey looks whether the key may still be used, and asks for it again where not. The answer may be no.
func (p *responses) checkKey(e *entry) error {
	if e.work.key == nil || e.work.key.Check() == nil {
		return nil
	}
	fresh, err := p.acquire()
	if err != nil {
		return err
	}
	e.work.key.Release()
	e.work.key = fresh
	return nil
}

// openCopyRow appends a row with its values opened in place.
func (p *responses) openCopyRow(e *entry, row []byte) (*plan.Column, error) {
	c := p.copyOut.copy
	fields, err := p.copyOut.rows.Fields()
	if err != nil {
		return nil, fmt.Errorf("COPY data of the server: %w", err)
	}
	if len(fields) < len(c.Fields) || len(fields) > len(c.Fields) && !c.More {
		return nil, errMismatch
	}
	from := 0
	for i := range c.Fields {
		f, column := &fields[i], c.Fields[i].Column
		if column == nil || f.Null {
			continue
		}
		if err := p.openField(e, column, f.Value); err != nil {
			return column, err
		}
		p.message = append(p.message, row[from:f.Start]...)
		p.message = c.Format.AppendField(p.message, p.field, c.Fields[i].ForceQuote, len(fields) == 1)
		from = f.End
	}
	p.message = append(p.message, row[from:]...)
	return nil, nil
}

// openField makes the value of a sealed column in p.field, as the client asked for it.
func (p *responses) openField(e *entry, c *plan.Column, stored []byte) (err error) {
	format := int16(0)
	if p.copyOut.copy.Format.Format == copyfmt.Binary {
		format = binaryFormat
	}
	if p.unmoved(e, c, stored, format != binaryFormat) {
		p.field, err = p.asItLies(p.field[:0], c, stored, format != binaryFormat, format)
		return err
	}
	plain, err := p.openSealed(e, c, stored, format != binaryFormat)
	if err != nil {
		return err
	}
	p.field, err = p.wireForm(p.field[:0], c, plain, format)
	return err
}
