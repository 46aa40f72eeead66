package proxy

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/value"
	"github.com/legatics/pgseal/proxy/wire"
)

// dataRow passes one row on, with the values of sealed columns opened.
func (p *responses) dataRow(e *entry) error {
	if p.abort.swallows() {
		return p.in.Discard()
	}
	outputs, planned := p.outputs(e)
	if !planned || outputs == nil && e.work.reads(p.at(e)) == nil {
		return p.forwardRows(e)
	}
	if v := e.work.verdict(); v != nil && v.Load() != describedAsPlanned {
		if err := p.in.Discard(); err != nil {
			return err
		}
		return p.fail(errMismatch, nil)
	}
	if outputs == nil {
		return p.forwardRows(e)
	}
	body, err := p.in.Body(grown(p.s.server.limits.Message))
	if err != nil {
		if errors.Is(err, wire.ErrTooLarge) {
			if err := p.in.Discard(); err != nil {
				return err
			}
			return p.fail(tooLong(p.s.server.limits.Message), nil)
		}
		return err
	}
	col, err := p.openRow(body, e, p.widened(outputs, body))
	if err := p.in.Discard(); err != nil {
		return err
	}
	if err != nil {
		return p.fail(err, col)
	}
	return p.out.Write(p.message)
}

// widened returns the outputs of a row, one for each of its columns, and keeps them for the rows that follow.
func (p *responses) widened(outputs []*plan.Column, row []byte) []*plan.Column {
	if len(row) < 2 || !slices.Contains(outputs, plan.Rest) {
		return outputs
	}
	n := int(binary.BigEndian.Uint16(row))
	if len(p.wideOf) == 0 || &p.wideOf[0] != &outputs[0] || len(p.wide) != n {
		p.wide, _ = plan.Widen(outputs, n)
		p.wideOf = outputs
	}
	return p.wide
}

// openRow makes the client's DataRow in p.message. On an error it says at which column.
func (p *responses) openRow(body []byte, e *entry, outputs []*plan.Column) (*plan.Column, error) {
	if len(body) < 2 || int(binary.BigEndian.Uint16(body)) != len(outputs) {
		return nil, errMismatch
	}
	dst, at := wire.Begin(p.message[:0], 'D')
	dst = append(dst, body[:2]...)
	body = body[2:]
	for i, c := range outputs {
		stored, rest, ok := readField(body)
		if !ok {
			return c, errMismatch
		}
		if c == nil || !c.Sealed || stored == nil {
			dst = append(dst, body[:len(body)-len(rest)]...)
			body = rest
			continue
		}
		length := len(dst)
		dst = append(dst, 0, 0, 0, 0)
		var err error
		if dst, err = p.openValue(dst, e, i, c, stored); err != nil {
			return c, err
		}
		if int64(len(dst)-length-4) > math.MaxInt32 {
			return c, tooLong(p.s.server.limits.Message)
		}
		binary.BigEndian.PutUint32(dst[length:], uint32(len(dst)-length-4))
		body = rest
	}
	p.message = wire.Finish(dst, at)
	return nil, nil
}

// openValue appends the value of a sealed column in the form that the client asked for.
func (p *responses) openValue(dst []byte, e *entry, i int, c *plan.Column, stored []byte) ([]byte, error) {
	asText, format := e.work.portal.asText(i), e.work.portal.format(i)
	if c := e.work.reads(p.at(e)); c != nil && c.binary && e.request == reqQuery {
		asText, format = false, binaryFormat
	}
	if p.unmoved(e, c, stored, asText) {
		return p.asItLies(dst, c, stored, asText, format)
	}
	plain, err := p.openSealed(e, c, stored, asText)
	if err != nil {
		return nil, err
	}
	return p.wireForm(dst, c, plain, format)
}

// wireForm appends a value in the given format.
func (p *responses) wireForm(dst []byte, c *plan.Column, plain []byte, format int16) ([]byte, error) {
	dst, err := c.Type.Wire(dst, plain, format, &p.s.settings.Load().value)
	if err != nil && isStoredMismatch(err) {
		return nil, errTypeMismatch
	}
	return dst, err
}

func isStoredMismatch(err error) bool {
	var val *value.Error
	return errors.As(err, &val) && val.Code == codeValueTypeMismatch
}

// openSealed returns the canonical plaintext of a stored value, which came as text or in binary form; it is valid until the next call.
func (p *responses) openSealed(e *entry, c *plan.Column, stored []byte, text bool) ([]byte, error) {
	if p.s.server.watch != nil {
		defer func(began time.Time) { p.opening += time.Since(began) }(time.Now())
	}
	sealed := stored
	var err error
	switch {
	case c.Armoured:
		if sealed, err = crypto.AppendUnarmour(p.raw[:0], stored); err == nil {
			p.raw = sealed
		}
	case text:
		if sealed, err = value.DecodeBytea(p.raw[:0], stored); err == nil {
			p.raw = sealed
		}
	}
	if err != nil || !crypto.CarriesTag(e.work.key.Tag(), sealed) {
		return p.unsealed(c, stored, sealed, err)
	}
	plain, err := p.open(e, c, sealed)
	if err != nil {
		return nil, err
	}
	p.plain = plain
	p.s.server.counters.Opened.Add(1)
	if c.Pad > 0 {
		if plain, err = crypto.Unpad(plain); err != nil {
			return nil, errTypeMismatch
		}
	}
	return plain, nil
}

// unsealed deals with a value that is not a sealed one: while a column is being sealed it may still be plaintext, later it may not.
func (p *responses) unsealed(c *plan.Column, stored, decoded []byte, err error) ([]byte, error) {
	if c.State == plan.StateSealed {
		return nil, errPlaintext
	}
	if c.Armoured {
		return stored, nil
	}
	if err != nil || c.Type.Family() != "bytea" {
		return nil, errPlaintext
	}
	return decoded, nil
}

// open opens a value. A key whose cache time ran out while rows flow is asked for again; the answer may be no.
func (p *responses) open(e *entry, c *plan.Column, sealed []byte) ([]byte, error) {
	plain, err := e.work.key.Open(p.plain[:0], c.Key, sealed)
	if err == nil || e.work.key.Check() == nil {
		return plain, err
	}
	fresh, err := p.acquire()
	if err != nil {
		return nil, err
	}
	e.work.key.Release()
	e.work.key = fresh
	return fresh.Open(p.plain[:0], c.Key, sealed)
}

// fail ends a statement whose rows are under way with a typed error.
func (p *responses) fail(cause error, col *plan.Column) error {
	e := clientError(cause, p.using(), col)
	p.s.refused(e, fmt.Errorf("while rows were under way: %w", cause), "")
	p.s.tellKeys(e)
	p.code = e.code
	return p.startAbort(e)
}

func (s *session) writes(pl *plan.Plan) bool {
	if pl == nil {
		return false
	}
	for i := range pl.Statements {
		if pl.Statements[i].Writes {
			return true
		}
	}
	return false
}
