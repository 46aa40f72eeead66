package plan

// The state of the session's key is asked for like a setting, SHOW pgseal.key_state. It is the proxy that knows, but the server that answers: a query
// of constants goes in the statement's place, so that the order of answers and the transaction's status are the server's own.

// KeyStateFields are the columns of the answer.
var KeyStateFields = [...]string{"state", "since", "cause", "retryable"}

// keyStateQuery is what goes to the server in place of a Parse; its parameters are filled at each Bind.
const keyStateQuery = "SELECT $1::text AS state, $2::text AS since, $3::text AS cause, $4::text AS retryable"

// showsKeyState tells whether a text is that statement, by itself.
func showsKeyState(src []byte) bool {
	toks, ok := tokenise(src, make([]token, 0, 8))
	ts := tokens{src: src, list: toks}
	if !ok || len(toks) < 4 || !ts.is(0, "show") || ts.name(1) != ownSchema || !ts.op(2, ".") || ts.name(3) != "key_state" {
		return false
	}
	return len(toks) == 4 || len(toks) == 5 && ts.op(4, ";")
}

// keyState is the plan of that statement.
func (st *state) keyState() *Plan {
	shape := &Shape{Catalogue: st.catalogue, Statements: []Statement{{Native: true, Returns: true}}, KeyState: true}
	for range KeyStateFields {
		shape.Extra = append(shape.Extra, Extra{Literal: -1, Param: -1})
	}
	return &Plan{Shape: shape, sql: []byte(keyStateQuery)}
}
