package plan

// Request is one text that a client sent, to be planned.
type Request struct {
	SQL       []byte   // without the terminating NUL; borrowed for the call
	ParamOIDs []uint32 // types that the client gave in its Parse; nil for a simple Query
	Extended  bool     // Parse, not Query

	// NonStandardStrings is set where standard_conforming_strings is, or may be, off;
	// OtherEncoding where client_encoding is, or may be, other than UTF8. With either, a text
	// that names something protected, or may do so, is refused.
	NonStandardStrings, OtherEncoding bool

	// Fresh are names of tables and views that the session has made or changed, and of those above them, that the catalogue may not know
	// yet as they are now: a text that mentions one, or executes what does, is refused. FreshAny: any view may be one.
	Fresh    []string
	FreshAny bool

	// PreparedBefore tells of a name whether what it stands for may have been prepared before names got another meaning: EXECUTE of such a name
	// is refused, since the server reads its text again. Nil where there is no such statement.
	PreparedBefore func(name string) bool

	// Handles tells which prepared statements of the session lead to protected columns: SQL-level EXECUTE of such a name is
	// refused. May be nil.
	Handles Handles
}

// holds tells that a name of the session's may lead to protected columns.
func (r *Request) holds() bool { return r.Handles != nil && r.Handles.Any() }

// Handles are the names of a session's prepared statements, portals and cursors that lead to protected columns.
type Handles interface {
	// Protected tells whether name (already folded as the server folds it) is that of such a prepared statement.
	Protected(name string) bool
	// Prepared is the plan of such a prepared statement where it is certain what the name stands for, and EXECUTE can be planned by it; else nil.
	Prepared(name string) *Plan
	// Any tells whether there is such a statement, portal or cursor at all. Where there is, the plan of a text says
	// what it does with cursors (Statement.Cursor).
	Any() bool
}

// Effects are what a text does to the session's own state, whatever it names.
type Effects struct {
	// Settings: it may change standard_conforming_strings, client_encoding or backslash_quote
	// (SET, RESET, DISCARD ALL, set_config, SET NAMES ...). Until it has ended, their values are unknown.
	Settings bool
	// deallocates are the names of the prepared statements that DEALLOCATE removes; DeallocatesAll: all of them.
	deallocates    *[]string
	DeallocatesAll bool
	// ClosesAll: every cursor (DISCARD ALL).
	ClosesAll bool
	// Names: it uses or gives the names of cursors, or gives those of prepared statements, and the plan says which (Statement.Cursor, Statement.Prepare).
	Names bool
	// Planned: it executes a prepared statement that leads to protected columns, by its plan.
	Planned bool
	// Executes names the prepared statement that an EXECUTE in a Parse runs: what it is shows when it is executed.
	Executes string
	// DDL: the catalogue should be looked at again once it has ended.
	DDL bool
}

// Deallocates are the names of the prepared statements that DEALLOCATE removes, in the text's order.
func (e *Effects) Deallocates() []string {
	if e.deallocates == nil {
		return nil
	}
	return *e.deallocates
}

// Plan says what has to be done to one text and to its results. The part that depends on the shape alone is
// shared between all texts of that shape (Shape); the rest belongs to this text.
type Plan struct {
	*Shape
	// Literals are the decoded texts of the literals that have to be sealed, in text order: Slot.Literal is the index.
	// nil stands for NULL, in a simple Query only. The bytes belong to the plan: they stay valid for as long as it is held.
	Literals [][]byte

	sql   []byte // this text, a copy
	spans []span // where the shape's pieces stand in it
}

// Shape is the analysed form of all texts with one plan key. It is immutable and shared.
type Shape struct {
	Catalogue  *Catalogue  // the snapshot that it was made from
	Statements []Statement // one for Parse; one or more for a Query

	// Params has an entry for each parameter $1.. of the client's text: the slot that seals it, or nil
	// where it goes to the server as it is. Nil for a Query.
	Params []*Slot
	// Extra are parameters behind the client's own: literals, and second uses of a client's parameter
	// in another role. They are hidden from ParameterDescription and filled at each Bind.
	Extra []Extra
	// Slots are all places of the text where a value is sealed, in text order. Places that take the same parameter in the
	// same role share one.
	Slots []*Slot

	Effects Effects
	// pieces are the places of the text that are rewritten, in text order.
	pieces []piece
	lists  []string // columns that are written into it
	// literals is the number of slots that are filled from the text.
	literals int
}

// Statement is one statement of the text, as far as the session must know it.
type Statement struct {
	// Outputs has an entry for each result column, nil where it is forwarded as it is; a nil slice where
	// no column of the result is opened. One entry may be Rest: see Widen.
	Outputs []*Column
	// Copy is what has to be done to the data, where the statement is a COPY.
	Copy *Copy
	// Prepare is what it prepares, where it does.
	Prepare *Prepare
	// Cursor is what it does with a cursor, where it does.
	Cursor *CursorUse
	// Returns tells whether the statement answers with rows.
	Returns bool
	// NeedsKey: the tenant's key must be available for it (it seals, opens, or touches what requires the key).
	NeedsKey bool
	// Writes: it changes protected relations.
	Writes bool
	// Native: it names nothing protected.
	Native bool
	// Creates is the name of the view over protected tables that the statement makes, or of the table or view whose columns it changes; Above
	// are those that its columns are columns of as well. Until the catalogue has been looked at again, texts of the session that mention one
	// cannot be planned: see Request.Fresh. ReplacesAny: any view may be above it, since it may have been a native one.
	Creates     string
	Above       []string
	ReplacesAny bool
	// converting is a column of one of its tables whose values are about to be written anew; nil where there is none.
	converting *Column
}

// Slot is a place where a value flows into a protected column, as a write or as a search.
type Slot struct {
	Column *Column
	// Array: the value is a one-dimensional array of the column's type (= ANY), each element is sealed.
	Array bool
	// Search: the value is compared, not stored.
	Search bool
	// Free: the value stands beside the column's own values without being stored (a branch of COALESCE or CASE, ...): it is sealed as it is, not
	// fitted to the column's type modifier.
	Free bool
	// Cut is the number of characters that the client's text cuts the value to, as an explicit cast to varchar(n) does; 0: none.
	Cut int32
	// Cast is set where the client's text casts the value to this type first (the column's own logical type, or one of its
	// family): its OID, that of the array type where Array is set, 0 for none.
	Cast uint32
	// Other: the value is sealed in the column's other round (Column.Other).
	Other bool
	// Both: with Array, each element is sealed in both rounds, one behind the other.
	Both bool
	// pair: the value stands there twice, sealed in either round.
	pair pairing
	// literal: index into Plan.Literals, -1 where the slot is a parameter.
	literal int
	// inner: the value reaches the column through an expression or a subquery, where a literal has its own type; textual: a string is text there.
	inner, textual bool
}

// Twin is the slot for the same value in the column's other round.
func (s *Slot) Twin() *Slot {
	twin := *s
	twin.Other, twin.Both = true, false
	return &twin
}

// Round is the round that the value is sealed in.
func (s *Slot) Round() int {
	if s.Other {
		return s.Column.Other
	}
	return s.Column.Round
}

// Literal is the index into Plan.Literals, or -1 where the slot is filled from a parameter.
func (s *Slot) Literal() int { return s.literal }

// Extra is a parameter that the planner added behind the client's own.
type Extra struct {
	Slot    *Slot
	Literal int // index into Plan.Literals, or -1
	Param   int // index of the client's parameter whose value it takes too, or -1
}

// Sealer seals the value of one slot for a simple Query: text is the literal's decoded text (the text form of the
// column's logical type; of a slot with Array, one element's). It appends the sealed value's bytes (never armoured) to dst.
type Sealer func(dst []byte, slot *Slot, text []byte) ([]byte, error)

// OID pins for the server's Parse.
const (
	oidBytea      = 17
	oidByteaArray = 1001
	oidText       = 25
	oidTextArray  = 1009
)

// PhysicalOID is the type that the server sees in the slot: the pinned type of its parameter.
func (s *Slot) PhysicalOID() uint32 {
	switch {
	case s.Column.Armoured && s.Array:
		return oidTextArray
	case s.Column.Armoured:
		return oidText
	case s.Array:
		return oidByteaArray
	}
	return oidBytea
}
