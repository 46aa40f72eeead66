package plan

import (
	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy/value"
)

func sealMode(m policy.Mode) crypto.Mode {
	if m == policy.Deterministic {
		return crypto.Deterministic
	}
	return crypto.Randomized
}

// policyKey is the identity that a column gets at its first seal.
func policyKey(table policy.TableName, c *policy.Column, t value.Type) crypto.Column {
	key := crypto.Column{ID: crypto.NewColumnID(table.Schema, table.Name, c.Name), Family: t.Family()}
	if c.Domain != "" {
		key.ID = crypto.NewDomainID(c.Domain)
	}
	if c.Pad > 0 {
		key.Family = crypto.PaddedFamily(key.Family)
	}
	return key
}

// logicalType is what the application sees in a sealed column: what the policy says, else what was agreed upon before
// the column's physical type changed, else the column's own type.
func logicalType(c *policy.Column, f *FrozenColumn, liveType string) value.Type {
	name := c.Type
	switch {
	case name != "":
	case f != nil:
		return f.Type
	default:
		name = liveType
	}
	t, err := policy.ParseType(name)
	if err != nil {
		return value.Type{Typmod: -1} // an error of the policy, so the relation is opaque
	}
	return valueType(t)
}

// valueType gives a type of the policy its OID and modifier.
func valueType(t policy.Type) value.Type {
	v, err := value.ParseType(t.String())
	if err != nil {
		return value.Type{Typmod: -1} // a test makes sure that there is none
	}
	return v
}
