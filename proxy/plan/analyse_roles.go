package plan

import "github.com/legatics/pgseal/proxy/value"

// The ways that a value may end. Each decides the role of the literals and parameters that the value may be; a second role is refused,
// since the server has one value for both.

// asNative ends a value in what is not sealed.
func (a *analysis) asNative(l lineage) {
	for _, o := range l.open {
		if o.role == sealedFor {
			a.refuse(refuseTwoUses(o.slot.Column))
		}
		o.role = asItIs
	}
}

// asNatives ends fields in what is not sealed.
func (a *analysis) asNatives(fields []field) {
	for _, f := range fields {
		a.settle(f.lineage)
	}
}

// settle ends a value in an expression of the server, which judges itself what it does to a sealed column.
func (a *analysis) settle(l lineage) {
	if l.sealed() != nil {
		a.asResult(l)
		return
	}
	a.asNative(l)
}

// asResult seals the literals and parameters beside a sealed column as values of that column, so that they are opened with it. They are not fitted
// to the column's modifier, since the server does not do so either.
func (a *analysis) asResult(l lineage) lineage {
	c := l.sealed()
	if c == nil {
		return l
	}
	for _, o := range l.open {
		if !o.value.isNull() {
			if c.changesValues() {
				a.refuse(refuseUse(c, "a literal or parameter beside the column's values", hintFunction))
			}
			l.loose = l.loose || c.fits()
		}
		a.seal(o, Slot{Column: c, Free: c.fits()})
	}
	l.open = nil
	return l
}

// asCompared seals the literals and parameters beside a sealed column that is compared.
func (a *analysis) asCompared(l lineage) {
	c := l.sealed()
	for _, o := range l.open {
		slot := Slot{Column: c, Free: c.fits()}
		if c.changesValues() {
			slot = Slot{Column: c, Search: true}
		}
		a.seal(o, slot)
	}
}

// asSearch seals literals and parameters that a sealed column is compared with.
func (a *analysis) asSearch(c *Column, l lineage) {
	for _, o := range l.open {
		a.seal(o, Slot{Column: c, Search: true})
	}
}

// asStored seals literals and parameters that are stored in a sealed column.
func (a *analysis) asStored(c *Column, l lineage) {
	for _, o := range l.open {
		a.seal(o, Slot{Column: c})
	}
}

// isText tells whether a value without a cast is text by the time that it meets a column of another type. The server refuses it then.
func (o open) isText(c *Column) bool {
	return o.typed == oidText && o.casts == nil && len(o.value.casts) == 0 && c.Type.Family() != "text"
}

// changesValues tells whether a literal that is sealed for the column may come back in another form than it was written in.
func (c *Column) changesValues() bool {
	return len(c.Normalize) > 0 || c.Type.OID == value.OIDNumeric && c.searchable() || c.Type.OID == value.OIDBpchar
}

// fits tells whether the column's type has a modifier that a literal beside its values is not fitted to. A domain's is part of the domain.
func (c *Column) fits() bool { return c.Type.Typmod >= 0 && c.Type.Live == nil }

// seal claims one literal or parameter for a slot, and the casts that it has gone through.
func (a *analysis) seal(o open, slot Slot) {
	c := slot.Column
	slot.Array, slot.inner = o.array, true
	switch {
	case !c.seals() && !o.value.isNull():
		a.refuse(refuseUse(c, "a literal or parameter beside the column's values", c.waitHint()))
		return
	case o.mixed && !o.value.isNull():
		a.refuse(refuseUse(c, "a value among others of another type", "Cast all of them to the column's own type "+c.Type.Name()+"."))
		return
	case o.array && isArray(c.Type):
		a.refuse(refuseUse(c, "an array of values", "Give each value by itself."))
		return
	case o.role == asItIs, o.role == sealedFor && o.slot != slot:
		a.refuse(refuseTwoUses(c))
		return
	}
	o.role, o.slot = sealedFor, slot
	for at := o.casts; at != nil; at = at.inner {
		a.claimCast(c, at.cast, at.array)
	}
	if o.value.isNull() {
		a.claimNull(c, o.value, !c.Armoured && !o.mixed && !o.isText(c) && (o.typed != 0 || len(o.value.casts) > 0))
		return
	}
	a.claimValue(o, slot)
}

func isArray(t value.Type) bool {
	_, ok := t.Element()
	return ok
}
