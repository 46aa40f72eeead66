package decode

import "github.com/jackc/pgproto3/v2"

// maxFailures bounds what a session remembers of errors.
const maxFailures = 10000

// Failure is an error that answered a statement.
type Failure struct {
	Code, Message, Hint string
	SQL                 string // the text of the statement; "" if it had none
}

// texts are the texts of the statements of one conversation, and the errors that answered them.
type texts struct {
	statements, portals map[string]string
	failures            []Failure
}

func newTexts() texts {
	return texts{statements: make(map[string]string), portals: make(map[string]string)}
}

// ask notes which text a statement or portal has.
func (t *texts) ask(r request) {
	switch r.kind {
	case 'P':
		t.statements[r.name] = r.sql
	case 'B':
		t.portals[r.name] = t.statements[r.statement]
	}
}

// failed notes an error in answer to a request.
func (t *texts) failed(due request, m *pgproto3.ErrorResponse) {
	if len(t.failures) == maxFailures {
		return
	}
	f := Failure{Code: m.Code, Message: m.Message, Hint: m.Hint, SQL: due.sql}
	switch {
	case due.kind == 'B':
		f.SQL = t.statements[due.statement]
	case due.kind == 'E', due.kind == 'D' && due.object == 'P':
		f.SQL = t.portals[due.name]
	case due.kind == 'D':
		f.SQL = t.statements[due.name]
	}
	t.failures = append(t.failures, f)
}

// Failures are the errors that statements were answered with, session by session in order.
func (r *Relay) Failures() (all []Failure) {
	for _, s := range r.each() {
		s.mu.Lock()
		all = append(all, s.seq.texts.failures...)
		s.mu.Unlock()
	}
	return all
}
