package plan

import (
	"fmt"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// execute analyses EXECUTE. Where the name leads to protected columns, the arguments are sealed as the parameters of what was prepared are, and the rows are
// those of its plan. A text that gives the name to something else as well is refused.
func (a *analysis) execute(n *node, s *pg_query.ExecuteStmt) {
	query := a.prepared(s.Name)
	if query == nil {
		a.refuseIfUsed(n, refuseUnclear("EXECUTE has arguments that name something protected.", ""))
		return
	}
	a.named = true
	statement := &query.Statements[0]
	switch {
	case query.Catalogue != a.catalogue:
		a.refuse(RefusePreparedBefore)
	case a.extended:
		a.refuse(RefuseHandle("EXECUTE", s.Name))
	case len(query.Statements) > 1 || len(query.Extra) > 0 || statement.Copy != nil || statement.Cursor != nil:
		a.refuse(RefuseHandle("EXECUTE", s.Name))
	case len(s.Params) != len(query.Params):
		a.refuse(refuseUnclear(fmt.Sprintf("EXECUTE has %d arguments, and what was prepared has %d parameters.", len(s.Params), len(query.Params)), ""))
	default:
		for i, arg := range s.Params {
			a.argument(query.Params[i], arg)
		}
		needsKey := a.current.NeedsKey
		a.current = *statement
		a.current.NeedsKey, a.current.Returns = a.current.NeedsKey || needsKey, true
	}
}

// argument analyses an argument of EXECUTE that is sealed for a slot; nil is for none.
func (a *analysis) argument(slot *Slot, arg *node) {
	switch v := asValue(arg); {
	case slot == nil:
		a.native(&namespace{}, arg, "EXECUTE")
	case v == nil:
		a.refuse(refuseStored(slot.Column, "an expression that the server computes"))
	case v.isNull():
		a.claimNull(slot.Column, v, false)
	case slot.Cut > 0 || slot.Cast != 0 && slot.Cast != slot.own():
		a.refuse(refuseUse(slot.Column, "EXECUTE of a statement that casts its parameter to another type", "Prepare the statement without the cast."))
	default:
		a.claimValue(open{pending: &pending{value: v}}, Slot{Column: slot.Column, Array: slot.Array, Search: slot.Search, Free: slot.Free, Both: slot.Both, Other: slot.Other})
	}
}

// own is the type of the slot's values as the application sees it.
func (s *Slot) own() uint32 {
	if s.Array {
		return s.Column.Type.ArrayOID()
	}
	return s.Column.Type.OID
}

// prepared is the plan of a prepared statement that leads to protected columns, as the session knows it; nil for none.
func (a *analysis) prepared(name string) *Plan {
	if a.handles == nil {
		return nil
	}
	return a.handles.Prepared(name)
}
