package plan

import (
	"cmp"

	pg_query "github.com/pganalyze/pg_query_go/v6"

	"github.com/legatics/pgseal/proxy/value"
)

// castTo is what a cast does to a value on its way into a column.
type castTo struct {
	oid    uint32 // the type's
	cut    int32  // the characters that are kept, 0 for all
	fitted bool   // the type has the column's own modifier, and fits a value to it as the column does
}

// allowedCast tells whether a value that is cast to a type is still one that the column can hold, and what the cast does.
func allowedCast(c *Column, t *pg_query.TypeName, array bool) (to castTo, ok bool) {
	to.oid = typeOID(t)
	if live := c.Type.Live; live != nil && live.Named(texts(t.Names)) {
		to.oid = c.Type.OID
	}
	switch {
	case to.oid == 0 || t.Setof || t.PctType || array && len(t.ArrayBounds) != 1:
		return to, false
	case c.Type.Live != nil && to.oid == c.Type.OID: // no array of it can be sealed
		return to, len(t.ArrayBounds) == 0 && len(t.Typmods) == 0
	case !array && len(t.ArrayBounds) > 0: // of any number of dimensions, as in PostgreSQL
		to.oid = value.Type{OID: to.oid, Typmod: -1}.ArrayOID()
	}
	switch {
	case to.oid != c.Type.OID && value.Type{OID: to.oid}.Family() != c.Type.Family():
		return to, false
	}
	if len(t.Typmods) > 0 {
		to.fitted = sameScale(c.Type, t)
		if to.cut = varcharLength(t); len(t.ArrayBounds) > 0 || !to.fitted && to.cut == 0 {
			return to, false
		}
	}
	return to, true
}

// keepsColumn tells whether a cast leaves all values of a column what they are.
func keepsColumn(c *Column, t *pg_query.TypeName) bool {
	to, ok := allowedCast(c, t, false)
	if !ok || to.oid != c.Type.OID && c.Type.Family() != "text" {
		return false
	}
	const header = 4
	return to.cut == 0 || c.Type.OID == value.OIDVarchar && c.Type.Typmod >= header && c.Type.Typmod-header <= to.cut
}

// sameScale tells whether a numeric type has the column's own precision and scale.
func sameScale(column value.Type, t *pg_query.TypeName) bool {
	if column.OID != value.OIDNumeric || typeOID(t) != value.OIDNumeric || len(t.Typmods) != 2 {
		return false
	}
	precision := t.Typmods[0].GetAConst().GetIval().GetIval()
	scale := t.Typmods[1].GetAConst().GetIval().GetIval()
	const header = 4 // VARHDRSZ, which PostgreSQL adds to modifiers of types of any length
	return column.Typmod == (precision<<16|scale)+header
}

// varcharLength is the n of varchar(n), 0 for any other type.
func varcharLength(t *pg_query.TypeName) int32 {
	if typeOID(t) != value.OIDVarchar || len(t.Typmods) != 1 {
		return 0
	}
	return max(t.Typmods[0].GetAConst().GetIval().GetIval(), 0)
}

func isTextType(oid uint32) bool { return oid == value.OIDText || oid == value.OIDVarchar }

// narrows tells whether an integer type holds less than another.
func narrows(to, from uint32) bool {
	width := func(oid uint32) int {
		switch oid {
		case value.OIDInt2:
			return 2
		case value.OIDInt4:
			return 4
		}
		return 8
	}
	return value.Type{OID: to}.Family() == "integer" && width(to) < width(from)
}

// castStep is one of the casts around a value.
type castStep struct {
	to    *pg_query.TypeName
	array bool // an array of such values is cast
}

// steps are the casts of a value, the outermost first.
func (o open) steps() (all []castStep) {
	for at := o.casts; at != nil; at = at.inner {
		all = append(all, castStep{at.cast.TypeName, at.array})
	}
	for _, t := range o.value.casts {
		all = append(all, castStep{t, o.array})
	}
	return all
}

// applyCasts notes on the slot what the casts around its value do; the type that is refused is returned.
func (s *Slot) applyCasts(o open) (refused *pg_query.TypeName) {
	outer := uint32(0)
	steps := o.steps()
	for i, step := range steps {
		to, ok := allowedCast(s.Column, step.to, step.array)
		if !ok || narrows(outer, to.oid) && narrows(outer, s.Column.Type.OID) { // an outer cast may refuse values that the column takes
			return steps[max(i-1, 0)].to
		}
		outer = to.oid
		if to.cut > 0 && (s.Cut == 0 || to.cut < s.Cut) {
			s.Cut = to.cut
		}
		if to.fitted {
			s.Search, s.Free = false, false
		}
	}
	s.Cast = o.typed
	if len(o.value.casts) > 0 {
		s.Cast = outer
	} else if narrows(outer, cmp.Or(o.typed, s.Column.Type.OID)) && narrows(outer, s.Column.Type.OID) {
		return steps[len(steps)-1].to
	}
	s.textual = o.isText(s.Column)
	if s.Array {
		s.Cast = value.Type{OID: s.Cast}.ArrayOID()
	}
	return nil
}

// claimCast replaces the type of a cast around sealed values by their physical one.
func (a *analysis) claimCast(c *Column, cast *pg_query.TypeCast, array bool) {
	t := cast.TypeName
	if _, ok := allowedCast(c, t, array); !ok {
		a.refuse(refuseCastValue(c, t))
		return
	}
	if c.Armoured && len(t.Typmods) == 0 {
		return
	}
	first, ok := a.tokenAt(t.Location)
	if ok {
		ok = a.isOp(first-1, "::") || a.isWord(first-1, "as")
	}
	last, read := a.typeEnd(first)
	if !ok || !read {
		a.refuse(refuseUnclear("The type of a cast could not be read.", ""))
		return
	}
	a.add(claim{kind: claimCast, first: first, last: last, value: -1, physical: physicalOf(c, array), cast: t})
}

// physical is a type of what lies in the database.
type physical uint8

const (
	physicalBytea physical = iota
	physicalBytes
	physicalText
	physicalTexts
)

func physicalOf(c *Column, array bool) physical {
	p := physicalBytea
	if c.Armoured {
		p = physicalText
	}
	if array {
		p++
	}
	return p
}

// String is the type as it is written.
func (p physical) String() string {
	return [...]string{"bytea", "bytea[]", "text", "text[]"}[p]
}

// tree is the type as it is parsed.
func (p physical) tree() *pg_query.TypeName {
	if p == physicalBytea || p == physicalBytes {
		return physicalType("bytea", p == physicalBytes)
	}
	return physicalType("text", p == physicalTexts)
}

// typeOID returns the OID of a type of pg_catalog that a sealed column can have; 0 for any other.
func typeOID(t *pg_query.TypeName) uint32 {
	names := texts(t.Names)
	if len(names) == 2 && names[0] != "pg_catalog" || len(names) == 0 || len(names) > 2 {
		return 0
	}
	switch names[len(names)-1] {
	case "text":
		return value.OIDText
	case "varchar":
		return value.OIDVarchar
	case "bytea":
		return value.OIDBytea
	case "int2":
		return value.OIDInt2
	case "int4":
		return value.OIDInt4
	case "int8":
		return value.OIDInt8
	case "numeric":
		return value.OIDNumeric
	case "bool":
		return value.OIDBool
	case "date":
		return value.OIDDate
	case "timestamp":
		return value.OIDTimestamp
	case "timestamptz":
		return value.OIDTimestamptz
	case "time":
		return value.OIDTime
	case "timetz":
		return value.OIDTimetz
	case "interval":
		return value.OIDInterval
	case "float4":
		return value.OIDFloat4
	case "float8":
		return value.OIDFloat8
	case "bpchar":
		return value.OIDBpchar
	case "inet":
		return value.OIDInet
	case "cidr":
		return value.OIDCIDR
	case "macaddr":
		return value.OIDMacaddr
	case "macaddr8":
		return value.OIDMacaddr8
	case "uuid":
		return value.OIDUUID
	case "json":
		return value.OIDJSON
	case "jsonb":
		return value.OIDJSONB
	}
	return 0
}
