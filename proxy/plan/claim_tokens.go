package plan

import pg_query "github.com/pganalyze/pg_query_go/v6"

// tokenSpan is where a value stands: all of its tokens, and the one of the literal or parameter itself.
type tokenSpan struct{ first, last, value int }

// tokensOf finds the tokens of a literal or parameter with the casts around it. The tree says only where things start:
// where they end is read from the tokens, and the proof by parsing again stands behind that.
func (a *analysis) tokensOf(n *node) (tokenSpan, bool) {
	switch x := n.GetNode().(type) {
	case *pg_query.Node_AConst:
		return a.constantTokens(x.AConst)
	case *pg_query.Node_ParamRef:
		i, ok := a.tokenAt(x.ParamRef.Location)
		return tokenSpan{i, i, i}, ok && a.toks[i].kind == tokParam
	case *pg_query.Node_TypeCast:
		inner, ok := a.tokensOf(x.TypeCast.Arg)
		if !ok {
			return inner, false
		}
		if x.TypeCast.Location < 0 {
			return a.typedLiteral(x.TypeCast, inner)
		}
		at, ok := a.tokenAt(x.TypeCast.Location)
		switch {
		case !ok:
		case a.isOp(at, "::"):
			return a.castBehind(inner, at)
		case a.isWord(at, "cast"):
			return a.castAround(inner, at)
		}
	}
	return tokenSpan{}, false
}

// constantTokens finds the token of a constant, or the two of a negative number.
func (a *analysis) constantTokens(c *pg_query.A_Const) (tokenSpan, bool) {
	i, ok := a.tokenAt(c.Location)
	if !ok {
		return tokenSpan{}, false
	}
	switch t := a.toks[i]; t.kind {
	case tokString, tokEscape, tokDollar, tokInt, tokNumber:
		return tokenSpan{i, i, i}, true
	case tokUString:
		return tokenSpan{i, i, i}, !a.isWord(i+1, "uescape")
	case tokWord:
		return tokenSpan{i, i, i}, a.isWord(i, "true") || a.isWord(i, "false") || a.isWord(i, "null")
	case tokOp:
		if a.isOp(i, "-") && i+1 < len(a.toks) && (a.toks[i+1].kind == tokInt || a.toks[i+1].kind == tokNumber) {
			return tokenSpan{i, i + 1, i}, true
		}
	}
	return tokenSpan{}, false
}

// typedLiteral finds the tokens of DATE '2020-01-01'.
func (a *analysis) typedLiteral(c *pg_query.TypeCast, inner tokenSpan) (tokenSpan, bool) {
	first, ok := a.tokenAt(c.TypeName.Location)
	if !ok || first >= inner.first {
		return tokenSpan{}, false
	}
	end, ok := a.typeEnd(first)
	return tokenSpan{first, inner.last, inner.value}, ok && end+1 == inner.first
}

// castBehind finds the tokens of value::type. Parentheses around the value are part of it.
func (a *analysis) castBehind(inner tokenSpan, at int) (tokenSpan, bool) {
	for inner.last+1 < at && a.isOp(inner.first-1, "(") && a.isOp(inner.last+1, ")") {
		inner.first--
		inner.last++
	}
	end, ok := a.typeEnd(at + 1)
	return tokenSpan{inner.first, end, inner.value}, ok && inner.last+1 == at
}

// castAround finds the tokens of CAST(value AS type).
func (a *analysis) castAround(inner tokenSpan, at int) (tokenSpan, bool) {
	for a.isOp(inner.first-1, "(") && a.isOp(inner.last+1, ")") {
		inner.first--
		inner.last++
	}
	if !a.isOp(at+1, "(") || inner.first != at+2 || !a.isWord(inner.last+1, "as") {
		return tokenSpan{}, false
	}
	end, ok := a.typeEnd(inner.last + 2)
	return tokenSpan{at, end + 1, inner.value}, ok && a.isOp(end+1, ")")
}

// typeEnd returns the last token of a type's name that starts at token i, as far as types of sealed columns go.
func (a *analysis) typeEnd(i int) (last int, ok bool) {
	if i >= len(a.toks) || a.toks[i].kind != tokWord && a.toks[i].kind != tokQuoted {
		return 0, false
	}
	for a.isOp(i+1, ".") {
		i += 2
	}
	first := i
	if a.isWord(i, "character") && a.isWord(i+1, "varying") || a.isWord(i, "double") && a.isWord(i+1, "precision") {
		i++
	}
	i = a.modifiers(i)
	if (a.isWord(first, "timestamp") || a.isWord(first, "time")) && (a.isWord(i+1, "with") || a.isWord(i+1, "without")) {
		i += 3 // with time zone
	}
	for a.isOp(i+1, "[") {
		for i++; i < len(a.toks) && !a.isOp(i, "]"); i++ {
		}
	}
	if a.isWord(i+1, "array") {
		i++
	}
	return i, i < len(a.toks)
}

// modifiers returns the last token of the type modifiers behind token i, or i where there are none.
func (a *analysis) modifiers(i int) int {
	if !a.isOp(i+1, "(") {
		return i
	}
	for j := i + 2; j < len(a.toks); j++ {
		if a.isOp(j, ")") {
			return j
		}
	}
	return i
}
