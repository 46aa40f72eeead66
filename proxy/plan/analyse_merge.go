package plan

import (
	"strconv"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// merge analyses MERGE and returns the fields of its RETURNING list. The condition and what is done with rows that match see both sides;
// rows that are in one side only are seen by that side's names.
func (a *analysis) merge(ns *namespace, s *pg_query.MergeStmt) []field {
	a.with(ns, s.WithClause)
	r := a.relation(s.Relation)
	if r != nil {
		a.touch(r, true, true)
	}
	source := a.mergeSource(ns, s, r)
	outer := &namespace{parent: ns.parent, ctes: ns.ctes}
	target := itemOf(a.table(s.Relation, r))
	both := outer.with(source).with(target) // * shows the source's columns first
	a.native(both, s.JoinCondition, "MERGE ... ON")
	for _, n := range s.MergeWhenClauses {
		seen, w := both, n.GetMergeWhenClause()
		switch w.GetMatchKind() {
		case pg_query.MergeMatchKind_MERGE_WHEN_NOT_MATCHED_BY_TARGET:
			seen = outer.with(source)
		case pg_query.MergeMatchKind_MERGE_WHEN_NOT_MATCHED_BY_SOURCE:
			seen = outer.with(target)
		}
		a.mergeWhen(seen, w, r)
	}
	return a.results(both, s.ReturningList, nil)
}

// mergeWhen analyses what is done with one kind of rows.
func (a *analysis) mergeWhen(ns *namespace, w *pg_query.MergeWhenClause, r *Relation) {
	a.native(ns, w.Condition, "WHEN ... AND")
	switch w.CommandType {
	case pg_query.CmdType_CMD_UPDATE:
		a.assignments(ns, w.TargetList, r)
	case pg_query.CmdType_CMD_INSERT:
		a.mergeInsert(ns, w, r)
	case pg_query.CmdType_CMD_DELETE:
		if r != nil {
			a.loses(r)
		}
	case pg_query.CmdType_CMD_NOTHING:
	default:
		a.refuse(refuseUnclear("A WHEN clause of a MERGE has a form that is not known.", hintSimpler))
	}
}

func (a *analysis) mergeInsert(ns *namespace, w *pg_query.MergeWhenClause, r *Relation) {
	into := a.insertTargets(r, w.TargetList)
	for i, value := range w.Values {
		if i < len(into) {
			a.store(ns, into[i], value)
			continue
		}
		a.surplus(into)
		a.native(ns, value, "a column that is not known")
	}
	for i := len(w.Values); i < len(into); i++ {
		a.storeDefault(into[i])
	}
	a.storeHidden(r)
}

// mergeSource analyses the side that rows come from. Where it is a subquery, its literals and parameters are sealed for the columns that
// they are going to be stored in or compared with.
func (a *analysis) mergeSource(ns *namespace, s *pg_query.MergeStmt, r *Relation) fromItem {
	beside := ns.beside()
	sub := s.SourceRelation.GetRangeSubselect()
	q := sub.GetSubquery().GetSelectStmt()
	if q == nil || r == nil {
		return a.fromItem(beside, s.SourceRelation)
	}
	names := resultNames(q, texts(sub.Alias.GetColnames()))
	flow := mergeFlow{source: sub.Alias.GetAliasname(), target: r, to: make(map[string]*Column)}
	for _, name := range names {
		flow.to[name] = nil
	}
	flow.follow(s)
	into, met := make([]target, len(names)), false
	for i, name := range names {
		into[i] = target{name: name, column: flow.to[name]}
		met = met || flow.to[name] != nil
	}
	if !met {
		return a.fromItem(beside, s.SourceRelation)
	}
	fields := a.query(beside, q, into, nil)
	for i := range fields {
		if i < len(into) && into[i].column != nil {
			fields[i].column = into[i].column // or it has been refused
		}
	}
	out := &source{fields: fields}
	a.alias(out, sub.Alias)
	return itemOf(out)
}

// resultNames are the names of a query's columns, as far as they can be told without analysing it; the first ones may be given.
func resultNames(q *pg_query.SelectStmt, given []string) (names []string) {
	for q.Op != pg_query.SetOperation_SETOP_NONE {
		q = q.Larg
	}
	if len(q.ValuesLists) > 0 {
		for range q.ValuesLists[0].GetList().GetItems() {
			names = append(names, "column"+strconv.Itoa(len(names)+1))
		}
	}
	for _, n := range q.TargetList {
		name := n.GetResTarget().GetName()
		if ref := n.GetResTarget().GetVal().GetColumnRef(); name == "" && ref != nil {
			if name = plainName(ref); name == "" {
				break // a star: what is behind it has no place
			}
		}
		names = append(names, name)
	}
	copy(names, given)
	return names
}
