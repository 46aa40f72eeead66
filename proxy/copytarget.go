package proxy

import (
	"crypto/rand"
	"encoding/binary"
	"strings"
	"sync/atomic"

	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/proxy/copyfmt"
	"github.com/legatics/pgseal/proxy/plan"
)

// copyTarget is a COPY FROM STDIN that the server reads data for, where they have to be looked into. The pump that reads the server makes it and
// hands it over in the queue; the pump that reads the client may leave in it why it has failed the COPY.
type copyTarget struct {
	copy     *plan.Copy
	tenant   string
	needsKey bool
	mismatch bool   // the server reads other columns than the plan says
	mark     string // in the CopyFail of the proxy: tells the server's answer to it from its other errors
	fault    atomic.Pointer[wireError]
}

func newCopyTarget(s *plan.Statement, tenant string, mismatch bool) *copyTarget {
	return &copyTarget{copy: s.Copy, tenant: tenant, needsKey: s.NeedsKey, mismatch: mismatch, mark: "pgseal_refused_" + rand.Text()}
}

// copyFail is the message that fails the COPY at the server.
func (t *copyTarget) copyFail(dst []byte) ([]byte, error) {
	return (&pgproto3.CopyFail{Message: t.mark}).Encode(dst)
}

// answers tells whether the server's error is the one that the CopyFail has provoked, and returns what the client is to read instead.
func (t *copyTarget) answers(msg *serverError) (*wireError, bool) {
	if t == nil || msg.Code != codeQueryCanceled || !strings.Contains(msg.Message, t.mark) {
		return nil, false
	}
	e := t.fault.Load()
	return e, e != nil
}

// copiedAs tells whether a CopyInResponse or CopyOutResponse is of the format and columns that the plan says
// (https://www.postgresql.org/docs/current/protocol-message-formats.html).
func copiedAs(body []byte, c *plan.Copy) bool {
	if len(body) < 3 {
		return false
	}
	columns := int(binary.BigEndian.Uint16(body[1:]))
	return (body[0] == binaryFormat) == (c.Format.Format == copyfmt.Binary) && (columns == len(c.Fields) || c.More && columns > len(c.Fields))
}

// copiesIn tells whether a statement of the plan is a COPY FROM STDIN whose data have to be looked into.
func copiesIn(p *plan.Plan) bool {
	for i := range p.Statements {
		if c := p.Statements[i].Copy; c != nil && c.In {
			return true
		}
	}
	return false
}

// copies tells whether a statement of the plan is a COPY that names something protected.
func copies(p *plan.Plan) bool {
	for i := range p.Statements {
		if p.Statements[i].Copy != nil {
			return true
		}
	}
	return false
}

// copyShape is what the rows of a COPY consist of.
func copyShape(c *plan.Copy) copyfmt.Shape {
	shape := copyfmt.Shape{Fields: len(c.Fields), Exactly: !c.More, Want: make([]bool, len(c.Fields))}
	for i := range c.Fields {
		shape.Want[i] = c.Fields[i].Column != nil
	}
	return shape
}

// copyStride is how much of a stream may pass before the key is looked at again, in bytes.
const copyStride = 64 << 10
