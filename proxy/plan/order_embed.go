package plan

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v6"
	"google.golang.org/protobuf/proto"
)

// fromTable is a table as an item of FROM has it.
type fromTable struct {
	node     *node
	relation *Relation
}

// embed puts subqueries with the columns as they stand in place of tables in FROM whose columns lie elsewhere: a star over them and over others
// that the planner does not know is right by itself then. It tells whether that was possible for all of them.
func (a *analysis) embed(sources []*source) bool {
	for _, s := range sources {
		if s.moved && !a.embedOne(s) {
			return false
		}
	}
	return true
}

func (a *analysis) embedOne(s *source) bool {
	if len(s.joined) > 0 {
		return a.embed(s.joined)
	}
	if s.unordered || s.item.node == nil {
		return false
	}
	n, rv := s.item.node, s.item.node.GetRangeVar()
	first, last, ok := a.itemTokens(rv)
	if !ok || !a.aliasAsGiven(rv) {
		return false
	}
	inner, alias := proto.CloneOf(rv), rv.Alias
	inner.Alias = nil
	names := columnNames(s.item.relation.Columns)
	text := " (SELECT " + quoted(names) + " FROM " + tableText(rv) + ") "
	if alias == nil {
		alias = &pg_query.Alias{Aliasname: s.name}
		text += "AS " + quoteIdent(s.name) + " "
	}
	a.spell(claimText, first, last, text, func() { n.Node = subqueryOf(names, inner, alias) })
	return true
}

// aliasAsGiven takes back what was written for the names that FROM gives to a table's columns: those of the subquery stand where the client thinks.
func (a *analysis) aliasAsGiven(rv *pg_query.RangeVar) bool {
	given := texts(rv.Alias.GetColnames())
	if len(given) == 0 {
		return true
	}
	open, ok := a.aliasList(rv)
	i, claimed := a.claimed[open]
	if !ok || !claimed {
		return false
	}
	a.claims[i].text, a.claims[i].apply = " ("+quoted(given)+") ", func() {}
	return true
}

// itemTokens finds the tokens of a table in FROM, without its alias.
func (a *analysis) itemTokens(rv *pg_query.RangeVar) (first, last int, ok bool) {
	if first, ok = a.tokenAt(rv.Location); !ok {
		return 0, 0, false
	}
	if last, ok = a.nameEnd(rv.Location); !ok {
		return 0, 0, false
	}
	if !rv.Inh {
		if a.isOp(first-1, "(") && a.isOp(last+1, ")") {
			first, last = first-1, last+1
		}
		if first--; !a.isWord(first, "only") {
			return 0, 0, false
		}
	}
	if a.isOp(last+1, "*") {
		last++
	}
	return first, last, true
}

// tableText is a table's name as it stands in FROM.
func tableText(rv *pg_query.RangeVar) string {
	text := quoteIdent(rv.Relname)
	for _, qualifier := range []string{rv.Schemaname, rv.Catalogname} {
		if qualifier != "" {
			text = quoteIdent(qualifier) + "." + text
		}
	}
	if !rv.Inh {
		return "ONLY " + text
	}
	return text
}

// subqueryOf is the tree of (SELECT names FROM table) AS alias.
func subqueryOf(names []string, table *pg_query.RangeVar, alias *pg_query.Alias) *pg_query.Node_RangeSubselect {
	list := make([]*node, len(names))
	for i, name := range names {
		list[i] = starItem{name}.node()
	}
	query := &pg_query.SelectStmt{TargetList: list, FromClause: []*node{{Node: &pg_query.Node_RangeVar{RangeVar: table}}},
		LimitOption: pg_query.LimitOption_LIMIT_OPTION_DEFAULT, Op: pg_query.SetOperation_SETOP_NONE}
	return &pg_query.Node_RangeSubselect{RangeSubselect: &pg_query.RangeSubselect{
		Subquery: &node{Node: &pg_query.Node_SelectStmt{SelectStmt: query}}, Alias: alias}}
}

// movedSource tells whether one of the sources has its columns in another order than the server.
func movedSource(sources []*source) bool {
	return slices.ContainsFunc(sources, func(s *source) bool { return s.moved })
}
