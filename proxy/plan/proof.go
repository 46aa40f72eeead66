package plan

import (
	"fmt"
	"slices"
	"strconv"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// Stand-ins of sealed values in the text that is parsed again.
const (
	proofBytes  = `\x00`
	proofArmour = "pgs1_A"
	// proofParam is the number of the first parameter that a claim brings; each claim has its own.
	proofParam = maxParams
)

// prove checks the rewriting: the text with each claim replaced must parse into the tree that was analysed, with just the
// claimed expressions replaced. Wherever a place was misread, the trees differ. It changes the tree.
func (a *analysis) prove(tree *pg_query.ParseResult, parse func(string) (*pg_query.ParseResult, error), trees *treeComparer) *Refusal {
	slices.SortFunc(a.claims, func(x, y claim) int { return x.first - y.first })
	overlap := false
	for i := 1; i < len(a.claims); i++ {
		overlap = overlap || a.claims[i-1].last >= a.claims[i].first
	}
	if overlap {
		return refuseUnclear("Its literals and parameters could not be told apart.", hintSimpler)
	}
	template, changed := a.template()
	if !changed {
		return nil
	}
	again, err := parse(string(template))
	if err == nil {
		for i := range a.claims {
			a.replace(i)
		}
		if trees.same(tree, again) {
			return nil
		}
	}
	return refuseUnclear("Its literals and parameters could not be replaced for certain.", hintSimpler)
}

// template is the analysed text, rewritten as the client's texts will be. changed is false where every claim is a parameter
// that stays as it is. The claims are in text order.
func (a *analysis) template() (out []byte, changed bool) {
	at := uint32(0)
	for i := range a.claims {
		c := &a.claims[i]
		text := a.standIn(i)
		if text == "" {
			continue
		}
		out = append(out, a.src[at:a.toks[c.first].start]...)
		out = append(out, text...)
		at, changed = a.toks[c.last].end, true
	}
	return append(out, a.src[at:]...), changed
}

// standIn is what stands in place of a claim; empty where the claim stays as it is.
func (a *analysis) standIn(i int) string {
	c := &a.claims[i]
	if c.paired() {
		return a.pairText(i)
	}
	switch c.kind {
	case claimText, claimBehind:
		return a.written(c)
	case claimNULL:
		return " NULL "
	case claimBytesNULL:
		return bytesNULL
	case claimTruth:
		sealed := fmt.Sprintf("'%s'::bytea", proofBytes)
		if a.extended {
			sealed = "$" + strconv.Itoa(proofParam+i)
		}
		return fmt.Sprintf(" (%s = %s) ", a.src[a.toks[c.first].start:a.toks[c.last].end], sealed)
	case claimCast:
		return " " + c.physical.String() + " "
	case claimParam, claimNeutral:
		if c.first != c.last {
			return " $" + strconv.Itoa(proofParam+i) + " "
		}
	case claimLiteral:
		constant, physical := proofBytes, "bytea"
		if c.slot.Column.Armoured {
			constant, physical = proofArmour, "text"
		}
		switch {
		case a.extended:
			return " $" + strconv.Itoa(proofParam+i) + " "
		case c.slot.Array:
			return fmt.Sprintf(" ARRAY[ '%s'::%s ]::%s[] ", constant, physical, physical)
		}
		return fmt.Sprintf(" '%s'::%s ", constant, physical)
	}
	return ""
}

// replace puts into the tree what stands in place of a claim in the template.
func (a *analysis) replace(i int) {
	c := &a.claims[i]
	switch {
	case c.paired():
		a.pair(i)
	case c.spells():
		c.apply()
	case c.kind == claimNULL:
		c.node.Node = &pg_query.Node_AConst{AConst: &pg_query.A_Const{Isnull: true}}
	case c.kind == claimBytesNULL:
		null := &node{Node: &pg_query.Node_AConst{AConst: &pg_query.A_Const{Isnull: true}}}
		c.node.Node = castNode(null, physicalType("bytea", false)).Node
	case c.kind == claimTruth:
		sealed := castNode(pg_query.MakeAConstStrNode(proofBytes, 0), physicalType("bytea", false))
		if a.extended {
			sealed = &node{Node: &pg_query.Node_ParamRef{ParamRef: &pg_query.ParamRef{Number: int32(proofParam + i)}}}
		}
		c.node.Node = truth(&node{Node: c.node.Node}, sealed).Node
	case c.kind == claimCast:
		t := c.physical.tree()
		c.cast.Names, c.cast.Typmods, c.cast.Typemod, c.cast.ArrayBounds = t.Names, nil, t.Typemod, t.ArrayBounds
	case (c.kind == claimParam || c.kind == claimNeutral) && c.first != c.last, c.kind == claimLiteral && a.extended:
		c.node.Node = &pg_query.Node_ParamRef{ParamRef: &pg_query.ParamRef{Number: int32(proofParam + i)}}
	case c.kind == claimLiteral:
		constant, physical := proofBytes, "bytea"
		if c.slot.Column.Armoured {
			constant, physical = proofArmour, "text"
		}
		n := castNode(pg_query.MakeAConstStrNode(constant, 0), physicalType(physical, false))
		if c.slot.Array {
			array := &node{Node: &pg_query.Node_AArrayExpr{AArrayExpr: &pg_query.A_ArrayExpr{Elements: []*node{n}}}}
			n = castNode(array, physicalType(physical, true))
		}
		c.node.Node = n.Node
	}
}

func castNode(arg *node, t *pg_query.TypeName) *node {
	return &node{Node: &pg_query.Node_TypeCast{TypeCast: &pg_query.TypeCast{Arg: arg, TypeName: t}}}
}

func physicalType(name string, array bool) *pg_query.TypeName {
	t := &pg_query.TypeName{Names: []*node{pg_query.MakeStrNode(name)}, Typemod: -1}
	if array {
		t.ArrayBounds = []*node{{Node: &pg_query.Node_Integer{Integer: &pg_query.Integer{Ival: -1}}}}
	}
	return t
}
