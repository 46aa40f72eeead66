package plan

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v6"

	"github.com/legatics/pgseal/proxy/value"
)

// claimKind is what happens to a place that the analysis has claimed.
type claimKind uint8

const (
	claimLiteral   claimKind = iota // the literal is sealed
	claimParam                      // the parameter is sealed
	claimNeutral                    // the parameter may be sealed or not: the place stays as it is, but for a cast
	claimNULL                       // NULL, without the cast around it
	claimBytesNULL                  // NULL of the sealed values' type
	claimTruth                      // the column is compared with a sealed true
	claimCast                       // the type in a cast of sealed values
	claimText                       // columns that a star, or a list of names, stands for
	claimBehind                     // columns that are written behind the token
)

// claim is a place of the text where a value meets a sealed column.
type claim struct {
	kind        claimKind
	first, last int // its tokens
	value       int // the token of the literal or parameter
	slot        Slot
	node        *node              // the expression that is replaced
	cast        *pg_query.TypeName // of claimCast: the type that is replaced
	physical    physical           // of claimCast: the type in its place
	pairUp      pairUp             // of a value that stands there twice
	text        string             // of claimText and claimBehind: the columns
	apply       func()             // of those: writes them into the tree
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
func (a *analysis) claimValue(o open, slot Slot) {
	c, v := slot.Column, o.value
	a.current.NeedsKey = true
	if t := slot.applyCasts(o); t != nil {
		a.refuse(refuseCastValue(c, t))
		return
	}
	kind := claimLiteral
	if v.inner.GetParamRef() != nil {
		kind = claimParam
		if !a.extended {
			a.refuse(refuseUnclear("A simple Query cannot have parameters.", ""))
			return
		}
	}
	a.claim(v, claim{kind: kind, slot: slot, node: v.node, pairUp: o.pairUp})
}

// claimNull replaces NULL together with a cast to the logical type, which the physical column would not take. bytes: it stands
// where the server would take a bare one for text.
func (a *analysis) claimNull(c *Column, v *literalValue, bytes bool) {
	switch {
	case bytes:
		a.claim(v, claim{kind: claimBytesNULL, slot: Slot{Column: c}, node: v.node})
	case len(v.casts) > 0 && isTextType(typeOID(v.casts[0])) && len(v.casts[0].ArrayBounds) == 0 && !isTextType(c.Type.OID): // the server refuses it, and so it does as it stands
	case len(v.casts) > 0:
		a.claim(v, claim{kind: claimNULL, slot: Slot{Column: c}, node: v.node})
	}
}

// claimNeutral notes a parameter that is only asked whether it is NULL: it has no role of its own. A cast around it goes where the parameter is sealed
// elsewhere in the type of the cast: the sealed value is asked then, and the plain one stays here.
func (a *analysis) claimNeutral(v *literalValue) {
	c := claim{kind: claimNeutral, node: v.node}
	for _, t := range v.casts {
		c.slot.Cast = typeOID(t)
		if c.slot.Array = len(t.ArrayBounds) > 0; c.slot.Array {
			c.slot.Cast = value.Type{OID: c.slot.Cast}.ArrayOID()
		}
	}
	if span, ok := a.tokensOf(v.node); ok {
		c.first, c.last, c.value = span.first, span.last, span.value
		a.add(c)
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
		if old := a.claims[i]; old.kind != c.kind || old.last != c.last || old.slot != c.slot || old.physical != c.physical || old.text != c.text {
			a.refuse(refuseUnclear("A literal or parameter has two meanings.", hintSimpler))
		}
		return
	}
	a.claimed[c.first] = len(a.claims)
	a.claims = append(a.claims, c)
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
