package plan

import (
	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// mergeInto analyses MERGE and returns the fields of its RETURNING list. The condition and what is done with rows that match see both
// sides; rows that are in one side only are seen by that side's names.
func (a *analysis) mergeInto(ns *namespace, s *pg_query.MergeStmt) []field {
	a.with(ns, s.WithClause)
	r := a.relation(s.Relation)
	if r != nil {
		a.touch(r, true, true)
	}
	source := a.fromItem(ns.beside(), s.SourceRelation)
	outer := &namespace{parent: ns.parent, ctes: ns.ctes}
	target := itemOf(a.table(s.Relation, r))
	both := outer.with(source).with(target) // * shows the source's columns first
	a.condition(both, s.JoinCondition, "MERGE ... ON")
	unlisted := 0 // INSERTs without a list of columns
	for _, n := range s.MergeWhenClauses {
		seen, w := both, n.GetMergeWhenClause()
		switch w.GetMatchKind() {
		case pg_query.MergeMatchKind_MERGE_WHEN_NOT_MATCHED_BY_TARGET:
			seen = outer.with(source)
		case pg_query.MergeMatchKind_MERGE_WHEN_NOT_MATCHED_BY_SOURCE:
			seen = outer.with(target)
		}
		if w.GetCommandType() == pg_query.CmdType_CMD_INSERT && len(w.TargetList) == 0 && len(w.Values) > 0 {
			a.spellMergeInsert(s, w, r, unlisted)
			unlisted++
		}
		a.mergeWhen(seen, w, r)
	}
	return a.results(both.decided(), resultList{nodes: &s.ReturningList}, nil)
}

// mergeWhen analyses what is done with one kind of rows.
func (a *analysis) mergeWhen(ns *namespace, w *pg_query.MergeWhenClause, r *Relation) {
	a.condition(ns, w.Condition, "WHEN ... AND")
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
