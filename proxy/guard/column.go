package guard

import (
	"slices"

	"golang.org/x/text/unicode/norm"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/value"
)

// Column is a column that the policy lists to be sealed, as far as this package
// needs to know the policy.
type Column struct {
	Schema, Table, Name string
	Mode                crypto.Mode
	Domain              string // equality domain, or empty
	Normalize           []string
	Pad                 int        // bytes; 0: none
	Type                value.Type // logical type; zero where the policy names none: the column's own at the first listing
}

// String is for people.
func (c *Column) String() string { return crypto.NewColumnID(c.Schema, c.Table, c.Name).String() }

// logical is the type that the application sees: the policy's, else the one that
// was frozen, else the column's own.
func (c *Column) logical(record *pgstore.Column, l *liveColumn) value.Type {
	switch {
	case c.Type.OID != 0 || c.Type.Live != nil:
		return c.Type
	case record != nil && (record.State != pgstore.ColumnPlain || opening(record)):
		return value.Type{OID: record.TypeOID, Typmod: record.Typmod}
	}
	return value.Type{OID: l.typeOID, Typmod: l.typmod}
}

// family is the type family that goes into the additional data.
func (c *Column) family(t value.Type) string {
	if c.Pad > 0 {
		return crypto.PaddedFamily(t.Family())
	}
	return t.Family()
}

// freeze writes into the record what the policy says about the column. Once
// something may have been sealed, none of it changes any more.
func (c *Column) freeze(r *pgstore.Column, t value.Type) {
	r.Key.Family, r.TypeOID, r.Typmod = c.family(t), t.OID, t.Typmod
	r.Mode, r.Domain, r.Normalize, r.Pad = c.Mode, c.Domain, slices.Clone(c.Normalize), c.Pad
	r.Unicode = ""
	if len(c.Normalize) > 0 {
		r.Unicode = norm.Version
	}
}

// armoured tells whether the physical column is text with armour, else bytea.
func armoured(r *pgstore.Column) bool {
	citext := value.Type{Live: &value.Live{}}.Family() // which has no OID that could be frozen
	return value.Type{OID: r.TypeOID, Typmod: r.Typmod}.TextPhysical() || r.Key.Family == citext || r.Key.Family == crypto.PaddedFamily(citext)
}
