package plan

// CursorUse is what a statement does with a cursor of the session. Cursors live under names that other statements give them, so that what a
// FETCH brings is not in its own text: the session follows the names.
type CursorUse struct {
	Act  CursorAct
	Name string // as the server compares it; empty where all are closed

	// Of a DECLARE: the rows that the cursor brings, as Statement has them for a query; that they need the key; and how it was declared.
	Outputs      []*Column
	NeedsKey     bool
	Binary, Hold bool
}

// CursorAct is what is done with a cursor.
type CursorAct uint8

const (
	Declares CursorAct = iota + 1
	Fetches
	Moves
	Closes
)

// Reads tells whether rows of the cursor are brought, so that it has to be known.
func (u *CursorUse) Reads() bool { return u != nil && u.Act == Fetches }

// Changes tells whether what the name stands for is another behind it.
func (u *CursorUse) Changes() bool { return u != nil && (u.Act == Declares || u.Act == Closes) }
