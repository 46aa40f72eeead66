package plan

import (
	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// Options of DECLARE, as the grammar gives them (src/include/nodes/parsenodes.h).
const (
	cursorBinary = 0x0001
	cursorHold   = 0x0020
)

// declare analyses the query of a cursor. Its literals are sealed now; its rows come with FETCH, which needs the key then.
func (a *analysis) declare(s *pg_query.DeclareCursorStmt) {
	use := &CursorUse{Act: Declares, Name: s.Portalname, Binary: s.Options&cursorBinary != 0, Hold: s.Options&cursorHold != 0}
	if q := s.Query.GetSelectStmt(); q == nil {
		a.refuseIfUsed(s.Query, refuseStatement("DECLARE of anything but a query", ""))
	} else if a.mentioned(s.Query) {
		fields := a.query(&namespace{}, q, nil, nil)
		needsKey := a.current.NeedsKey
		a.outputs(fields)
		use.Outputs, use.NeedsKey = a.current.Outputs, a.current.NeedsKey
		a.current.Outputs, a.current.NeedsKey = nil, needsKey
	}
	a.current.Cursor = use
}

// cursor notes what a statement does with a cursor by its name.
func (a *analysis) cursor(act CursorAct, name string) {
	a.current.Cursor = &CursorUse{Act: act, Name: name}
}

// fetch notes which cursor is read.
func (a *analysis) fetch(s *pg_query.FetchStmt) {
	act := Fetches
	if s.Ismove {
		act = Moves
	}
	a.cursor(act, s.Portalname)
}
