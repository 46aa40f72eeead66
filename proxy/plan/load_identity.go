package plan

import (
	"strings"

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
	const header = 4 // VARHDRSZ, which the modifiers of varchar and numeric are counted with
	v := value.Type{Typmod: -1}
	switch t.Name {
	case "text":
		v.OID = value.OIDText
	case "varchar":
		v.OID = value.OIDVarchar
		if t.Args > 0 {
			v.Typmod = int32(t.First) + header
		}
	case "bytea":
		v.OID = value.OIDBytea
	case "smallint":
		v.OID = value.OIDInt2
	case "integer":
		v.OID = value.OIDInt4
	case "bigint":
		v.OID = value.OIDInt8
	case "numeric":
		v.OID = value.OIDNumeric
		if t.Args > 0 {
			v.Typmod = int32(t.First)<<16 | int32(t.Scale) + header
		}
	case "boolean":
		v.OID = value.OIDBool
	case "date":
		v.OID = value.OIDDate
	case "timestamp", "timestamptz":
		v.OID = value.OIDTimestamp
		if strings.HasSuffix(t.Name, "tz") {
			v.OID = value.OIDTimestamptz
		}
		if t.Args > 0 {
			v.Typmod = int32(t.First)
		}
	case "uuid":
		v.OID = value.OIDUUID
	case "json":
		v.OID = value.OIDJSON
	case "jsonb":
		v.OID = value.OIDJSONB
	}
	return v
}
