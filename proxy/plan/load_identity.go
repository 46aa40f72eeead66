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
func (b *catalogueBuilder) logicalType(c *policy.Column, f *FrozenColumn, live *policy.LiveColumn) value.Type {
	name := c.Type
	switch {
	case name != "":
	case f != nil:
		return f.Type
	case live == nil:
		return value.Type{Typmod: -1}
	case live.Domain != nil:
		name = live.Domain.Base
	default:
		name = live.Type
	}
	t, err := policy.ParseType(name)
	if err != nil {
		return value.Type{Typmod: -1} // an error of the policy, so the relation is opaque
	}
	v := ValueType(t)
	if v.Live == nil {
		return v
	}
	return b.liveType(t)
}

// liveType is an enum or citext with what the database says about it. One catalogue has but one value for each.
func (b *catalogueBuilder) liveType(t policy.Type) value.Type {
	if known, ok := b.live[t]; ok {
		return known
	}
	v := ValueType(t)
	if l := b.db.Type(t); l != nil { // else it is an error of the policy, too
		v.OID, v.Live.Schema, v.Live.Name = l.OID, l.Name.Schema, l.Name.Name
		v.Live.Labels = make(map[string]bool, len(l.Labels))
		for _, label := range l.Labels {
			v.Live.Labels[label] = true
		}
	}
	b.live[t] = v
	return v
}

// ValueType gives a type of the policy its OID and modifier. An enum, and citext, has OID 0 and no labels, which are the
// database's own.
func ValueType(t policy.Type) value.Type {
	if t.Live() {
		return value.Type{Typmod: -1, Live: &value.Live{Schema: t.Schema, Name: t.Name, Enum: t.Schema != ""}}
	}
	v, err := value.ParseType(t.String())
	if err != nil {
		return value.Type{Typmod: -1} // a test makes sure that there is none
	}
	return v
}
