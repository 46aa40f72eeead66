package plan

import (
	"slices"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// Lists of columns that a text leaves to the server are written into it. A claim of such a kind has no value: it has a text, and says what
// the text makes of the tree.

// spell claims tokens for a text that stands in their place, or behind the one token.
func (a *analysis) spell(kind claimKind, first, last int, text string, apply func()) {
	a.add(claim{kind: kind, first: first, last: last, value: -1, text: text, apply: apply})
}

// spells tells whether a claim writes a list of columns.
func (c *claim) spells() bool { return c.kind == claimText || c.kind == claimBehind }

// sealing is the number of claims from the first on that have a value.
func sealing(claims []claim) (n int) {
	for i := range claims {
		if !claims[i].spells() {
			n++
		}
	}
	return n
}

// written is what a claim makes of its tokens in the text that is parsed again.
func (a *analysis) written(c *claim) string {
	if c.kind == claimBehind {
		return string(a.text(c.last)) + c.text
	}
	return c.text
}

// nameEnd is the last token of a table's name that begins at a place of the text.
func (a *analysis) nameEnd(location int32) (last int, ok bool) {
	i, ok := a.tokenAt(location)
	for ok && a.isOp(i+1, ".") {
		i += 2
	}
	return i, ok && i < len(a.toks)
}

// quoted are names as SQL writes a list of them.
func quoted(names []string) string {
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = quoteIdent(name)
	}
	return strings.Join(list, ", ")
}

// nameNodes are names as the tree has them.
func nameNodes(names []string) []*node {
	list := make([]*node, len(names))
	for i, name := range names {
		list[i] = pg_query.MakeStrNode(name)
	}
	return list
}

// splice puts nodes into a list in place of one.
func splice(list *[]*node, old *node, nodes []*node) {
	if at := slices.Index(*list, old); at >= 0 {
		*list = slices.Concat((*list)[:at], nodes, (*list)[at+1:])
	}
}
