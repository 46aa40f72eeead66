package plan

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v6"

	"github.com/legatics/pgseal/proxy/value"
)

// claimKind is what happens to a place that the analysis has claimed.
type claimKind uint8

const (
	claimLiteral claimKind = iota // the literal is sealed
	claimParam                    // the parameter is sealed
	claimNeutral                  // the parameter may be sealed or not: the place stays as it is
	claimNULL                     // NULL, without the cast around it
	claimCast                     // the cast of an array of sealed values
)

// claim is a place of the text where a value meets a sealed column.
type claim struct {
	kind        claimKind
	first, last int // its tokens
	value       int // the token of the literal or parameter
	slot        Slot
	node        *node              // the expression that is replaced
	cast        *pg_query.TypeName // of claimCast: the type that is replaced
}

// literalValue is a constant or parameter, with the casts around it.
type literalValue struct {
	node  *node // the whole of it
	inner *node // the constant or parameter
	casts []*pg_query.TypeName
}

// asValue returns n as a literal or parameter, nil where it is neither.
func asValue(n *node) *literalValue {
	v := &literalValue{node: n, inner: n}
	for {
		switch x := v.inner.GetNode().(type) {
		case *pg_query.Node_AConst, *pg_query.Node_ParamRef:
			return v
		case *pg_query.Node_TypeCast:
			v.inner = x.TypeCast.Arg
			v.casts = append(v.casts, x.TypeCast.TypeName)
		default:
			return nil
		}
	}
}

func (v *literalValue) isNull() bool { return v.inner.GetAConst().GetIsnull() }

// claimValue claims a literal or parameter for a slot.
func (a *analysis) claimValue(v *literalValue, slot Slot) {
	c := slot.Column
	a.current.NeedsKey = true
	for _, t := range v.casts {
		oid, ok := allowedCast(c, t, slot.Array)
		if !ok {
			_, name := lastText(t.Names)
			a.refuse(refuseUse(c, "a value cast to "+name, "Leave the cast out, or cast to the column's own type "+c.Type.Name()+"."))
			return
		}
		slot.Cast = oid
	}
	kind := claimLiteral
	if v.inner.GetParamRef() != nil {
		kind = claimParam
		if !a.extended {
			a.refuse(refuseUnclear("A simple Query cannot have parameters.", ""))
			return
		}
	}
	a.claim(v, claim{kind: kind, slot: slot, node: v.node})
}

// claimNull replaces NULL together with a cast to the logical type, which the physical column would not take.
func (a *analysis) claimNull(c *Column, v *literalValue) {
	if len(v.casts) == 0 {
		return
	}
	a.claim(v, claim{kind: claimNULL, slot: Slot{Column: c}, node: v.node})
}

// claimNeutral notes a parameter that is only asked whether it is NULL: it has no role of its own.
func (a *analysis) claimNeutral(p *pg_query.ParamRef) {
	if i, ok := a.tokenAt(p.Location); ok {
		a.add(claim{kind: claimNeutral, first: i, last: i, value: i})
	}
}

// claim finds the tokens of a value and notes the claim.
func (a *analysis) claim(v *literalValue, c claim) {
	span, ok := a.tokensOf(v.node)
	if !ok {
		a.refuse(refuseUnclear("The place of a literal could not be found.", hintSimpler))
		return
	}
	c.first, c.last, c.value = span.first, span.last, span.value
	a.add(c)
}

func (a *analysis) add(c claim) {
	if a.claimed == nil {
		a.claimed = make(map[int]int)
	}
	if i, ok := a.claimed[c.first]; ok {
		if old := a.claims[i]; old.kind != c.kind || old.last != c.last || old.slot != c.slot {
			a.refuse(refuseUnclear("A literal or parameter has two meanings.", hintSimpler))
		}
		return
	}
	a.claimed[c.first] = len(a.claims)
	a.claims = append(a.claims, c)
}

// claimArrayCast replaces the cast of an array of sealed values: ARRAY[...]::date[] becomes ARRAY[...]::bytea[].
func (a *analysis) claimArrayCast(c *Column, cast *pg_query.TypeCast) {
	if _, ok := allowedCast(c, cast.TypeName, true); !ok {
		a.refuse(refuseUse(c, "an array cast to another type", "Leave the cast out, or cast to an array of the column's own type "+c.Type.Name()+"."))
		return
	}
	i, ok := a.tokenAt(cast.Location)
	if !ok || !a.isOp(i, "::") {
		a.refuse(refuseUnclear("The place of a cast could not be found.", "Write the cast as ::"+c.Type.Name()+"[]."))
		return
	}
	last, ok := a.typeEnd(i + 1)
	if !ok {
		a.refuse(refuseUnclear("The type of a cast could not be read.", ""))
		return
	}
	a.add(claim{kind: claimCast, first: i, last: last, value: -1, slot: Slot{Column: c, Array: true}, cast: cast.TypeName})
}

// allowedCast tells whether a value that is cast to a type is still one that the column can hold, and the type's OID.
// A modifier would cut the value, unless it is the column's own and the type rounds in a cast as it does when it is stored.
func allowedCast(c *Column, t *pg_query.TypeName, array bool) (oid uint32, ok bool) {
	oid = typeOID(t)
	switch {
	case oid == 0 || t.Setof || t.PctType || array != (len(t.ArrayBounds) == 1) || len(t.ArrayBounds) > 1:
		return 0, false
	case len(t.Typmods) > 0 && !sameScale(c.Type, t):
		return 0, false
	case oid == c.Type.OID:
	case value.Type{OID: oid}.Family() != c.Type.Family():
		return 0, false
	}
	if array {
		return value.Type{OID: oid}.ArrayOID(), true
	}
	return oid, true
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
	case "uuid":
		return value.OIDUUID
	case "json":
		return value.OIDJSON
	case "jsonb":
		return value.OIDJSONB
	}
	return 0
}

// tokenAt returns the token that starts at a place of the text.
func (a *analysis) tokenAt(location int32) (i int, ok bool) {
	return slices.BinarySearchFunc(a.toks, uint32(location), func(t token, at uint32) int { return int(t.start) - int(at) })
}

func (a *analysis) isOp(i int, text string) bool {
	return i >= 0 && i < len(a.toks) && a.toks[i].kind == tokOp && string(a.text(i)) == text
}

func (a *analysis) isWord(i int, keyword string) bool {
	return i >= 0 && i < len(a.toks) && a.toks[i].kind == tokWord && isWord(a.text(i), keyword)
}

func (a *analysis) text(i int) []byte { return a.src[a.toks[i].start:a.toks[i].end] }
