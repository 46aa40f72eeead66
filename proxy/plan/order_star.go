package plan

import (
	"slices"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// starItem is what is written for some of the columns that a star stands for: a column, or another star where the last name is empty.
type starItem []string

func (i starItem) String() string {
	if last := len(i) - 1; i[last] == "" {
		return strings.ReplaceAll(quoted(i[:last]), ", ", ".") + ".*"
	}
	return strings.ReplaceAll(quoted(i), ", ", ".")
}

// node is the item in a list of results.
func (i starItem) node() *node {
	last := len(i) - 1
	fields := nameNodes(i[:last])
	if i[last] == "" {
		fields = append(fields, &node{Node: &pg_query.Node_AStar{AStar: &pg_query.A_Star{}}})
	} else {
		fields = append(fields, pg_query.MakeStrNode(i[last]))
	}
	return pg_query.MakeResTargetNodeWithVal(pg_query.MakeColumnRefNode(fields, 0), 0)
}

// spellOut writes out the columns of a star in a list of results, where those of a table stand elsewhere than they lie.
func (a *analysis) spellOut(ns *namespace, list resultList, star *node) {
	ref := star.GetResTarget().GetVal().GetColumnRef()
	sources := a.starSources(ns, ref)
	if list.anyOrder || !movedSource(sources) {
		return
	}
	var items []starItem
	ok := false
	if qualifier := texts(ref.Fields[:len(ref.Fields)-1]); len(qualifier) > 0 {
		items, ok = sources[0].items(qualifier, sources[0].fields)
	} else {
		items, ok = ns.items()
	}
	switch {
	case a.stored:
		a.refuse(refuseOrder("a star", whyMoved, hintColumns))
	case ok:
		a.spellStar(ref, list, star, items)
	case !a.embed(sources):
		a.refuse(refuseOrder("a star", whyMoved+" The columns that stand beside it are not all known, or some have no name of their own.", hintColumns))
	}
}

// spellStar claims the tokens of a star, or the word TABLE, for its columns.
func (a *analysis) spellStar(ref *pg_query.ColumnRef, list resultList, star *node, items []starItem) {
	written, nodes := make([]string, len(items)), make([]*node, len(items))
	for i, item := range items {
		written[i], nodes[i] = item.String(), item.node()
	}
	text := strings.Join(written, ", ")
	var first, last int
	ok := false
	if ref.Location >= 0 {
		if first, ok = a.tokenAt(ref.Location); ok {
			last = first + 2*(len(ref.Fields)-1)
			ok = a.isOp(last, "*")
		}
	} else if list.table != nil {
		first, ok = a.wordTable(list.table.Location)
		last, text = first, "SELECT "+text+" FROM"
	}
	if !ok {
		a.refuse(refuseUnclear("The place of a star could not be found.", hintColumns))
		return
	}
	a.spell(claimText, first, last, " "+text+" ", func() { splice(list.nodes, star, nodes) })
}

// wordTable finds the word of TABLE name, by the name's place.
func (a *analysis) wordTable(location int32) (i int, ok bool) {
	for i, ok = a.tokenAt(location); ok && i > 0; {
		if i--; !a.isOp(i, "(") && !a.isWord(i, "only") {
			return i, a.isWord(i, "table")
		}
	}
	return 0, false
}

// items is what has to be written for a star over all sources; ok is false where that cannot be done.
func (s *namespace) items() (items []starItem, ok bool) {
	for i := 0; i < len(s.fields); {
		from, end := s.fields[i].from, i+1
		for end < len(s.fields) && s.fields[end].from == from {
			end++
		}
		group := s.fields[i:end]
		i = end
		if from == nil { // columns that joins have made of two each
			for _, f := range group {
				if !f.nameable(s.fields) || hasUnknown(s.fields) {
					return nil, false
				}
				items = append(items, starItem{f.name})
			}
			continue
		}
		qualifier, ok := s.qualifier(from)
		if !ok {
			return nil, false
		}
		if !from.moved && len(group) == len(from.fields) && !slices.ContainsFunc(group, func(f field) bool { return f.part }) {
			items = append(items, append(qualifier, ""))
			continue
		}
		named, ok := from.items(qualifier, group)
		if !ok {
			return nil, false
		}
		items = append(items, named...)
	}
	return items, true
}

// items are columns of a source by their names.
func (s *source) items(qualifier []string, fields []field) (items []starItem, ok bool) {
	if s.unordered {
		return nil, false
	}
	for _, f := range fields {
		if !f.nameable(s.fields) {
			return nil, false
		}
		items = append(items, append(starItem(slices.Clone(qualifier)), f.name))
	}
	return items, true
}

// nameable tells whether a field can be taken from a source by its name.
func (f field) nameable(among []field) bool {
	return !f.rest && !f.unnamed && f.name != "" && len(find(among, f.name)) == 1
}

// qualifier is what a source's columns are qualified by; ok is false where nothing tells it from the others.
func (s *namespace) qualifier(from *source) (names starItem, ok bool) {
	alike := 0
	for _, other := range s.sources {
		if other.name == from.name {
			alike++
		}
	}
	switch {
	case from.name == "" || alike == 0:
		return nil, false
	case alike == 1:
		return starItem{from.name}, true
	}
	return starItem{from.schema, from.name}, from.table && from.schema != ""
}
