package plan

import (
	"slices"

	"github.com/legatics/pgseal/crypto"
)

// String is the column's name as people read it: schema.table.column.
func (c *Column) String() string { return c.Schema + "." + c.Table + "." + c.Name }

// seals tells whether values that are written into the column have to be sealed.
func (c *Column) seals() bool { return c != nil && c.Sealed && c.State >= StateSealing }

// opens tells whether the column may hold sealed values, so that no expression of the server may work on it.
func (c *Column) opens() bool { return c != nil && c.Sealed && c.State >= StateReadable }

// sameIdentity tells whether a sealed value of one column is a sealed value of the other as well.
func (c *Column) sameIdentity(d *Column) bool {
	return c.Key == d.Key && c.Mode == d.Mode && c.Round == d.Round && c.Armoured == d.Armoured && c.Pad == d.Pad && slices.Equal(c.Normalize, d.Normalize)
}

// comparable tells whether equal values of two searchable columns are sealed alike. Types of one family may differ where
// equal values have equal canonical forms: those of text and of integers have, those of numeric depend on the scale.
func (c *Column) comparable(d *Column) bool {
	family := c.Type.Family()
	return c.sameIdentity(d) && (c.Type == d.Type || family == d.Type.Family() && (family == "text" || family == "integer"))
}

// storable tells whether a value may be moved from column from to c as it lies there. While values of two ways lie side by side none may: it would have to be
// known which.
func (c *Column) storable(from *Column) bool {
	return c.sameIdentity(from) && c.Type == from.Type && c.State == from.State && c.Anew == 0 && from.Anew == 0 && (c.State != StateUnsealing || c.samePlace(from))
}

func (c *Column) samePlace(d *Column) bool { return c.Relation == d.Relation && c.Attnum == d.Attnum }

// searchable tells whether equality of the column's values is equality of what the server holds.
func (c *Column) searchable() bool {
	return c.Mode == crypto.Deterministic && c.State == StateSealed && c.Anew == 0
}

// searchableOnce tells whether the column will be searchable when all of it is sealed.
func (c *Column) searchableOnce() bool { return c.Mode == crypto.Deterministic && c.Anew == 0 }

// searchableTwice tells whether a value can be found by looking for both of the ways in which it may be sealed.
func (c *Column) searchableTwice() bool { return c.Twofold && c.State == StateSealed }

// seal takes over how the column's values are sealed.
func (c *Column) seal(f *FrozenColumn) {
	c.Mode, c.Round = f.Mode, f.Round
	if c.Anew = f.NextMode; c.Anew == 0 {
		return
	}
	c.Twofold = f.Mode == crypto.Deterministic && f.NextMode == crypto.Deterministic
	c.Other = f.Round + 1
	if f.Turned {
		c.Mode, c.Round, c.Other = f.NextMode, c.Other, c.Round
	}
}
