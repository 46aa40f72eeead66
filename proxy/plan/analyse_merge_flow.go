package plan

import (
	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// mergeFlow finds out which sealed columns of the target the columns of a MERGE's source meet: the first one for each. What it overlooks
// or gets wrong is refused later, when the value arrives.
type mergeFlow struct {
	source string // alias
	target *Relation
	to     map[string]*Column // has all columns of the source
}

func (f *mergeFlow) follow(s *pg_query.MergeStmt) {
	for _, n := range s.MergeWhenClauses {
		w := n.GetMergeWhenClause()
		switch w.GetCommandType() {
		case pg_query.CmdType_CMD_UPDATE:
			for _, t := range w.TargetList {
				f.meets(t.GetResTarget().GetName(), t.GetResTarget().GetVal(), false)
			}
		case pg_query.CmdType_CMD_INSERT:
			for i, value := range w.Values {
				switch {
				case i < len(w.TargetList):
					f.meets(w.TargetList[i].GetResTarget().GetName(), value, true)
				case len(w.TargetList) == 0 && i < len(f.target.Columns):
					f.meets(f.target.Columns[i].Name, value, true)
				}
			}
		}
	}
	f.condition(s.JoinCondition)
}

// condition follows the equalities of the ON condition.
func (f *mergeFlow) condition(n *node) {
	if b := n.GetBoolExpr(); b != nil {
		for _, arg := range b.Args {
			f.condition(arg)
		}
		return
	}
	e := n.GetAExpr()
	if e == nil {
		return
	}
	f.meets(plainName(e.Lexpr.GetColumnRef()), e.Rexpr, false)
	f.meets(plainName(e.Rexpr.GetColumnRef()), e.Lexpr, false)
}

// meets notes that the value meets a column of the target. alone tells that the target's columns cannot be meant by the value.
func (f *mergeFlow) meets(column string, value *node, alone bool) {
	at := f.target.attributeNamed(column)
	names := texts(value.GetColumnRef().GetFields())
	if at == nil || !at.Protected.seals() || len(names) == 0 {
		return
	}
	name := names[len(names)-1]
	known, ok := f.to[name]
	switch {
	case !ok || known != nil || len(names) > 2:
	case len(names) == 2 && names[0] != f.source:
	case len(names) == 1 && !alone && f.target.attributeNamed(name) != nil:
	default:
		f.to[name] = at.Protected
	}
}
