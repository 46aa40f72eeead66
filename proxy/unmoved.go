package proxy

import (
	"bytes"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/value"
)

// A column whose sealed values are bytea holds values of its own type until all of it is converted, in one transaction, or opened so. Every proxy reads both forms
// before that, and tells them apart value by value: which side of the conversion a statement is on is the server's to say.

// unmoved tells that a value still lies as the column's own type.
func (p *responses) unmoved(e *entry, c *plan.Column, stored []byte, text bool) bool {
	moves := c.State == plan.StateReadable || c.State == plan.StateUnsealing || c.State == plan.StateSealing && c.Opening
	if !moves || c.Armoured || c.Type.Family() == "bytea" {
		return false
	}
	sealed := stored
	if text {
		if !bytes.HasPrefix(stored, []byte(`\x`)) {
			return true
		}
		decoded, err := value.DecodeBytea(p.raw[:0], stored)
		if err != nil {
			return true
		}
		sealed, p.raw = decoded, decoded
	}
	return len(sealed) < crypto.OverheadDeterministic || !crypto.CarriesTag(e.work.key.Tag(), sealed)
}

// asItLies appends such a value in the form that the client asked for.
func (p *responses) asItLies(dst []byte, c *plan.Column, stored []byte, text bool, format int16) ([]byte, error) {
	came := int16(binaryFormat)
	if text {
		came = 0
	}
	if came == format {
		return append(dst, stored...), nil
	}
	plain, err := c.Type.Canonical(p.raw[:0], stored, c.Type.OID, came, &p.s.settings.Load().value)
	if err != nil {
		return nil, err
	}
	p.raw = plain
	return p.wireForm(dst, c, plain, format)
}
