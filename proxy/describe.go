package proxy

import (
	"encoding/binary"
	"fmt"
	"sync/atomic"

	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/proxy/plan"
)

// descriptionLimit is the largest description of parameters or results that is looked into, in bytes.
const descriptionLimit = 4 << 20

// parameterDescription shows the client its own parameters, with the application's types in place of the physical ones.
func (p *responses) parameterDescription(e *entry) error {
	pl := e.work.planOf()
	if pl == nil || e.own || p.abort.swallows() {
		return p.forward(e)
	}
	body, err := p.in.Body(descriptionLimit)
	if err != nil {
		return err
	}
	var msg pgproto3.ParameterDescription
	if err := msg.Decode(body); err != nil {
		return err
	}
	shown := len(msg.ParameterOIDs) - len(pl.Extra)
	if e.work.statement.keyState {
		shown -= keyStateParams
	}
	if shown < 0 {
		return fmt.Errorf("%w: %d parameters described, %d added by the plan", errDesync, len(msg.ParameterOIDs), len(pl.Extra))
	}
	msg.ParameterOIDs = msg.ParameterOIDs[:shown]
	for i := range msg.ParameterOIDs {
		if s := slotOf(pl, i); s != nil {
			msg.ParameterOIDs[i] = clientOID(e.work.statement, i, s)
		}
	}
	if p.message, err = msg.Encode(p.message[:0]); err != nil {
		return err
	}
	if err := p.in.Discard(); err != nil {
		return err
	}
	return p.out.Write(p.message)
}

// rowDescription shows the client the application's types in place of the physical ones, and holds what the server says of the results
// against the plan.
func (p *responses) rowDescription(e *entry) error {
	describe := e.request == reqDescribeStatement || e.request == reqDescribePortal
	outputs, planned := p.outputs(e)
	if !planned || p.abort.swallows() {
		err := p.forward(e)
		if describe {
			p.done()
		}
		return err
	}
	body, err := p.in.Body(descriptionLimit)
	if err != nil {
		return err
	}
	outputs, fits := p.asPlanned(body, outputs, p.catalogueOf(e))
	e.work.describe(fits)
	if !fits && !e.own {
		if err := p.in.Discard(); err != nil {
			return err
		}
		err = p.fail(errMismatch, nil)
		if describe {
			p.done()
		}
		return err
	}
	if e.own || outputs == nil {
		err = p.forward(e)
	} else {
		err = p.writeRowDescription(body, e, outputs)
	}
	if describe {
		p.done()
	}
	return err
}

// errMismatch refuses results that are not what the plan says: the table was changed since the catalogue was read.
var errMismatch = &plan.Refusal{Code: plan.StatementNotUnderstood,
	Message: "the server describes the statement's results differently from pgseal's catalogue",
	Hint:    "A table or view may just have been changed; try again in a few seconds."}

// outputs returns what is to be opened in the rows that e describes or brings; planned is false where the statement is native.
func (p *responses) outputs(e *entry) (outputs []*plan.Column, planned bool) {
	if c := e.work.reads(p.at(e)); c != nil {
		return c.outputs, true
	}
	pl := e.work.planOf()
	if pl == nil {
		return nil, false
	}
	i := p.at(e)
	if i >= len(pl.Statements) || pl.Statements[i].Native {
		return nil, false
	}
	return pl.Statements[i].Outputs, true
}

// at is which of the request's statements is being answered.
func (p *responses) at(e *entry) int {
	if e.request == reqQuery {
		return p.statement
	}
	return 0
}

// catalogueOf is the catalogue by which the outputs were planned.
func (p *responses) catalogueOf(e *entry) *plan.Catalogue {
	if c := e.work.reads(p.at(e)); c != nil {
		return c.catalogue
	}
	return e.work.planOf().Catalogue
}

// verdict is where it is kept what the server's own description of the request's results has said: once for a statement, and for each portal that reads
// a cursor. It is nil where there is none to come: a Query is described as it is answered.
func (w *work) verdict() *atomic.Int32 {
	switch {
	case w == nil:
	case w.portal != nil && w.portal.reads != nil:
		return &w.portal.verdict
	case w.portal != nil:
		return w.portal.statement.verdict
	case w.statement != nil && w.statement.reads == nil:
		return w.statement.verdict
	}
	return nil
}

// describe notes whether the server's description fits.
func (w *work) describe(fits bool) {
	switch v := w.verdict(); {
	case v == nil:
	case fits:
		v.CompareAndSwap(undescribed, describedAsPlanned)
	default:
		v.Store(describedOtherwise)
	}
}

// asPlanned holds a RowDescription against the plan: a column that the server takes from a sealed column is opened as that column, and no other is.
// Where the server does not know the origin (0, 0) the plan's own lineage stands. It returns the outputs, one for each column.
func (p *responses) asPlanned(body []byte, outputs []*plan.Column, c *plan.Catalogue) (wide []*plan.Column, ok bool) {
	if len(body) < 2 {
		return nil, false
	}
	n := int(binary.BigEndian.Uint16(body))
	if outputs != nil {
		if outputs, ok = plan.Widen(outputs, n); !ok {
			return nil, false
		}
	}
	body = body[2:]
	for i := range n {
		_, rest, ok := text(body)
		if !ok || len(rest) < fieldTail {
			return nil, false
		}
		var want *plan.Column
		if outputs != nil && outputs[i] != nil && outputs[i].Sealed {
			want = outputs[i]
		}
		table, attnum := binary.BigEndian.Uint32(rest), int16(binary.BigEndian.Uint16(rest[4:]))
		if table != 0 && !sameOrigin(want, c.SealedAt(table, attnum)) {
			return nil, false
		}
		body = rest[fieldTail:]
	}
	return outputs, len(body) == 0
}

func sameOrigin(want, got *plan.Column) bool {
	return (want == nil) == (got == nil) && (want == nil || want.Key == got.Key)
}

const fieldTail = 18 // table, attnum, type, typlen, typmod, format: bytes behind a field's name

// writeRowDescription writes the description with the logical types: oid, length, typmod, and the format that the client asked for.
func (p *responses) writeRowDescription(body []byte, e *entry, outputs []*plan.Column) error {
	p.message = append(p.message[:0], 'T', 0, 0, 0, 0)
	p.message = append(p.message, body...)
	binary.BigEndian.PutUint32(p.message[1:], uint32(len(body)+4))
	at := p.message[7:]
	for _, c := range outputs {
		_, rest, ok := text(at)
		if !ok {
			return errDesync
		}
		if c != nil && c.Sealed {
			binary.BigEndian.PutUint32(rest[6:], c.Type.OID)
			binary.BigEndian.PutUint16(rest[10:], uint16(c.Type.Len()))
			binary.BigEndian.PutUint32(rest[12:], uint32(c.Type.Typmod))
		}
		at = rest[fieldTail:]
	}
	if e.work.portal != nil {
		p.writeFormats(e.work.portal, outputs)
	}
	if err := p.in.Discard(); err != nil {
		return err
	}
	return p.out.Write(p.message)
}

// writeFormats puts the formats that the client asked for into the description of a portal, whose sealed columns come in binary.
func (p *responses) writeFormats(bound *portal, outputs []*plan.Column) {
	at := p.message[7:]
	for i, c := range outputs {
		_, rest, _ := text(at)
		if c != nil && c.Sealed {
			binary.BigEndian.PutUint16(rest[16:], uint16(bound.format(i)))
		}
		at = rest[fieldTail:]
	}
}

// noData says that a statement returns no rows.
func (p *responses) noData(e *entry) error {
	if outputs, planned := p.outputs(e); planned && outputs != nil {
		e.work.describe(false)
	}
	err := p.forward(e)
	p.done()
	return err
}
