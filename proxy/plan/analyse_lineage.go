package plan

import (
	"cmp"

	pg_query "github.com/pganalyze/pg_query_go/v6"

	"github.com/legatics/pgseal/proxy/value"
)

// lineage is where a value comes from, as far as that decides about sealing: from a protected column, from literals and parameters, or,
// where it has neither, from what the server computes or holds itself. Beside a sealed column stand the literals and parameters that the
// value may be instead: coalesce(title, '-').
type lineage struct {
	column *Column // protected column whose value it is, unchanged
	open   []open  // literals and parameters whose use is not decided yet
	loose  bool    // it may be a literal that was not fitted to the column's type modifier
}

// open is a literal or parameter on its way, with the casts that it has gone through since.
type open struct {
	*pending
	casts *castChain
}

// castChain is a cast, and those inside of it.
type castChain struct {
	cast  *pg_query.TypeCast
	array bool // the cast of an array of such values
	inner *castChain
}

// pending is a literal or parameter whose role is decided by what becomes of its value: it is sealed for one column, or goes to the server
// as it is. There is one for each place of the text.
type pending struct {
	value *literalValue
	array bool   // an array, whose elements become the values
	typed uint32 // the type that the construct around it gives it; 0 where that follows from its use
	role  role
	slot  Slot // of a sealed one
	mixed bool // it stands beside values of another type

	pairUp pairUp // of a paired one
}

type role uint8

const (
	undecided role = iota // goes to the server as it is
	asItIs                // goes to the server as it is, and is used so
	sealedFor             // is sealed for the column of its slot
)

// sealed is the column whose sealed values may be among the values, else nil.
func (l lineage) sealed() *Column {
	if l.column.opens() {
		return l.column
	}
	return nil
}

// ofColumn is the lineage of a column's value.
func ofColumn(c *Column) lineage { return lineage{column: c} }

// ofValue is the lineage of a literal or parameter.
func (a *analysis) ofValue(v *literalValue, array bool) lineage {
	p := a.places[v.node]
	if p == nil {
		p = &pending{value: v, array: array}
		if a.places == nil {
			a.places = make(map[*node]*pending)
		}
		a.places[v.node] = p
	}
	return lineage{open: []open{{pending: p}}}
}

// through is the lineage of a cast of l.
func (a *analysis) through(l lineage, cast *pg_query.TypeCast, array bool) lineage {
	if a.tooFar(len(l.open)) {
		return lineage{}
	}
	items := make([]open, len(l.open))
	for i, o := range l.open {
		items[i] = open{o.pending, &castChain{cast, array, o.casts}}
	}
	l.open = items
	return l
}

// merge is the lineage of a value that is one of several: the same sealed column's, or a literal or parameter beside it. Where the
// server computes one of them and none is sealed, all are the server's.
func (a *analysis) merge(what string, branches []lineage) lineage {
	var c *Column
	computed := false
	for _, b := range branches {
		c = cmpColumn(c, b.sealed())
		computed = computed || b.sealed() == nil && len(b.open) == 0
	}
	if c == nil && computed {
		for _, b := range branches {
			a.asNative(b)
		}
		return lineage{}
	}
	out := ofColumn(c)
	for _, b := range branches {
		if a.tooFar(len(b.open)) {
			return lineage{}
		}
		if s := b.sealed(); c != nil && (s == nil && len(b.open) == 0 || s != nil && !c.storable(s)) {
			a.refuse(refuseUse(c, what+" with anything else", hintBranches))
		}
		out.open = append(out.open, b.open...)
		out.loose = out.loose || b.loose
	}
	out.agree(c)
	if c == nil {
		out.resolve()
	}
	return out
}

// maxFollowed bounds how many literals and parameters are followed through how many constructs of a text.
const maxFollowed = 1_000_000

// tooFar counts values that are about to be followed a step further, and refuses the text once they are too many.
func (a *analysis) tooFar(values int) bool {
	if a.followed += values; a.followed <= maxFollowed {
		return false
	}
	a.refuse(refuseComplex("Its literals and parameters go through too many expressions."))
	return true
}

// agree notes whether the values that stand together have types that PostgreSQL makes one of: those of one family, and those that it does not
// know yet.
func (l lineage) agree(c *Column) {
	family := ""
	if c != nil {
		family = numberFamily(c.Type)
	}
	mixed := false
	for _, o := range l.open {
		if f := numberFamily(value.Type{OID: o.knownType()}); f != "" {
			mixed = mixed || family != "" && f != family
			family = f
		}
	}
	for _, o := range l.open {
		o.mixed = o.mixed || mixed
	}
}

// numberFamily is the family of a type, one for all numbers.
func numberFamily(t value.Type) string {
	if f := t.Family(); f != "integer" {
		return f
	}
	return "numeric"
}

// knownType is the type of a value where it is now, 0 where it has none yet.
func (o open) knownType() uint32 {
	if t := o.castType(); t != nil {
		return typeOID(t)
	}
	return cmp.Or(o.typed, o.constantType())
}

// resolve gives literals and parameters that stand together, or in a query of their own, the type that PostgreSQL gives them there: that of
// the first cast among them, else that of a number or boolean, else text.
func (l lineage) resolve() {
	oid, own := uint32(0), uint32(0)
	for _, o := range l.open {
		own = max(own, o.constantType())
		if o.array {
			return
		}
		if t := o.castType(); t != nil && oid == 0 {
			if oid = typeOID(t); oid == 0 || len(t.ArrayBounds) > 0 {
				return // not a type that can be sealed
			}
		}
	}
	oid = cmp.Or(oid, own, oidText)
	for _, o := range l.open {
		if o.typed == 0 && o.castType() == nil && o.constantType() == 0 {
			o.typed = oid
		}
	}
}

// constantType is the type of a number or boolean without a cast, 0 for any other value.
func (o open) constantType() uint32 {
	if o.castType() != nil {
		return 0
	}
	switch o.value.inner.GetAConst().GetVal().(type) {
	case *pg_query.A_Const_Ival:
		return value.OIDInt4
	case *pg_query.A_Const_Fval:
		return value.OIDNumeric
	case *pg_query.A_Const_Boolval:
		return value.OIDBool
	}
	return 0
}

// castType is the type that a value was cast to last, nil where it was not.
func (o open) castType() *pg_query.TypeName {
	switch {
	case o.casts != nil && !o.casts.array:
		return o.casts.cast.TypeName
	case o.casts == nil && len(o.value.casts) > 0:
		return o.value.casts[0]
	}
	return nil
}

// resolved gives the results of a query inside of another their types.
func resolved(fields []field) []field {
	for _, f := range fields {
		f.resolve()
	}
	return fields
}
