package decode

import (
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgproto3/v2"
)

// sequence is one connection's conversation: what was asked and not yet
// answered, oldest first, and where in the answer to the oldest the server is.
// It knows no sockets and is not safe for concurrent use.
type sequence struct {
	startup startup
	pending []request
	status  transaction
	shapes  shapes
	texts   texts

	failed   bool // an error answered the oldest request: only ReadyForQuery may follow
	typed    bool // DescribeStatement: ParameterDescription has come
	answered bool // Query, FunctionCall: something that ReadyForQuery may follow has come
	copying  byte // 'G' in a COPY IN, 'H' in a COPY OUT, 'c' after the latter's CopyDone
	rows     *shape
	fatal    bool // a FATAL error was sent: the connection ends
}

func newSequence() *sequence { return &sequence{shapes: newShapes(), texts: newTexts()} }

// ask notes a message of the client.
func (s *sequence) ask(r request) error {
	s.texts.ask(r)
	switch r.kind {
	case 'P', 'B', 'D', 'E', 'C', 'S', 'Q', 'F', 'c', 'f':
		s.pending = append(s.pending, r)
	case 'd': // one marker is enough for a run of them
		if n := len(s.pending); n == 0 || s.pending[n-1].kind != 'd' {
			s.pending = append(s.pending, r)
		}
	case 'H', 'X', 'p': // Flush, Terminate, anything of authentication
	default:
		return fmt.Errorf("client sent a message of unknown type %q", r.kind)
	}
	return nil
}

// due is the oldest request that the server has not answered, nil if there is
// none. Remains of a COPY that is over are passed by, as servers do.
func (s *sequence) due() *request {
	for len(s.pending) > 0 {
		switch s.pending[0].kind {
		case 'c', 'd', 'f':
			s.pending = s.pending[1:]
		default:
			return &s.pending[0]
		}
	}
	return nil
}

// pop ends the oldest request.
func (s *sequence) pop() {
	s.pending = s.pending[1:]
	s.typed, s.answered, s.failed, s.copying, s.rows = false, false, false, 0, nil
}

// answer judges a message of the server.
func (s *sequence) answer(m pgproto3.BackendMessage) error {
	if s.fatal {
		return fmt.Errorf("%s after a FATAL error", name(m))
	}
	switch m.(type) {
	case *pgproto3.NoticeResponse, *pgproto3.NotificationResponse:
		return nil
	case *pgproto3.ParameterStatus:
		return s.startup.parameter()
	}
	if e, ok := m.(*pgproto3.ErrorResponse); ok && e.SeverityUnlocalized != "ERROR" {
		s.fatal = true
		return nil
	}
	if !s.startup.done {
		return s.startup.answer(m, &s.status)
	}
	due := s.due()
	if due == nil {
		return fmt.Errorf("%s answers nothing that was asked", name(m))
	}
	switch m := m.(type) {
	case *pgproto3.ErrorResponse:
		s.texts.failed(*due, m)
		return s.fail()
	case *pgproto3.ReadyForQuery:
		return s.ready(m)
	}
	if s.failed {
		return fmt.Errorf("%s after an error, only ReadyForQuery may follow", name(m))
	}
	return s.progress(due, m)
}

// fail notes an error in answer to the oldest request.
func (s *sequence) fail() error {
	if s.failed {
		return errors.New("second error in answer to one request")
	}
	if s.copying == 'G' && s.pending[0].kind == 'E' {
		s.endCopyIn()
	}
	s.failed, s.status.failed = true, true
	return nil
}

// ready judges ReadyForQuery: it ends a Query, a FunctionCall or a Sync. After
// an error in the extended protocol all up to the Sync is skipped.
func (s *sequence) ready(m *pgproto3.ReadyForQuery) error {
	due := s.due()
	switch due.kind {
	case 'Q', 'F':
		if !s.answered && !s.failed {
			return fmt.Errorf("ReadyForQuery before an answer to %s", due)
		}
	case 'S':
	default:
		if !s.failed {
			return fmt.Errorf("ReadyForQuery while %s is unanswered", due)
		}
		for len(s.pending) > 0 && s.pending[0].kind != 'S' {
			s.pending = s.pending[1:]
		}
		if len(s.pending) == 0 {
			return errors.New("ReadyForQuery after an error, but no Sync was sent")
		}
	}
	s.pop()
	return s.status.ready(m.TxStatus)
}

// progress judges any other message by the request that it must answer.
func (s *sequence) progress(due *request, m pgproto3.BackendMessage) error {
	switch due.kind {
	case 'Q', 'E':
		return s.result(due, m)
	case 'D':
		return s.describe(due, m)
	case 'P':
		if _, ok := m.(*pgproto3.ParseComplete); ok {
			s.shapes.parsed(due.name)
			s.pop()
			return nil
		}
	case 'B':
		if _, ok := m.(*pgproto3.BindComplete); ok {
			s.shapes.bound(due.name, due.statement, due.formats)
			s.pop()
			return nil
		}
	case 'C':
		if _, ok := m.(*pgproto3.CloseComplete); ok {
			s.shapes.closed(due.object, due.name)
			s.pop()
			return nil
		}
	case 'F':
		if _, ok := m.(*pgproto3.FunctionCallResponse); ok && !s.answered {
			s.answered = true
			return nil
		}
	}
	return fmt.Errorf("%s in answer to %s", name(m), due)
}

// describe judges the answers to Describe.
func (s *sequence) describe(due *request, m pgproto3.BackendMessage) error {
	switch m := m.(type) {
	case *pgproto3.ParameterDescription:
		if due.object == 'S' && !s.typed {
			s.typed = true
			return nil
		}
	case *pgproto3.RowDescription:
		if due.object == 'P' || s.typed {
			err := s.shapes.described(due.object, due.name, m.Fields)
			s.pop()
			return err
		}
	case *pgproto3.NoData:
		if due.object == 'P' || s.typed {
			err := s.shapes.described(due.object, due.name, nil)
			s.pop()
			return err
		}
	}
	return fmt.Errorf("%s in answer to %s", name(m), due)
}

// result judges the answers to Query and Execute.
func (s *sequence) result(due *request, m pgproto3.BackendMessage) error {
	simple := due.kind == 'Q'
	if s.copying != 0 {
		return s.copy(due, m)
	}
	switch m := m.(type) {
	case *pgproto3.RowDescription:
		if !simple || s.rows != nil {
			break
		}
		s.rows = &shape{fields: m.Fields}
		return nil
	case *pgproto3.DataRow:
		if !simple {
			return s.shapes.portal(due.name).check(m.Values)
		}
		if s.rows == nil {
			break
		}
		return s.rows.check(m.Values)
	case *pgproto3.CommandComplete:
		s.status.completed(string(m.CommandTag))
		s.complete(simple)
		return nil
	case *pgproto3.EmptyQueryResponse:
		s.complete(simple)
		return nil
	case *pgproto3.PortalSuspended:
		if simple {
			break
		}
		s.pop()
		return nil
	case *pgproto3.CopyInResponse:
		s.copying = 'G'
		return nil
	case *pgproto3.CopyOutResponse:
		s.copying = 'H'
		return nil
	}
	return fmt.Errorf("%s in answer to %s", name(m), due)
}

// copy judges the messages of a COPY after the one that began it.
func (s *sequence) copy(due *request, m pgproto3.BackendMessage) error {
	switch m := m.(type) {
	case *pgproto3.CopyData:
		if s.copying == 'H' {
			return nil
		}
	case *pgproto3.CopyDone:
		if s.copying == 'H' {
			s.copying = 'c'
			return nil
		}
	case *pgproto3.CommandComplete:
		if s.copying == 'H' {
			break
		}
		if s.copying == 'G' && due.kind == 'E' {
			s.endCopyIn()
		}
		s.status.completed(string(m.CommandTag))
		s.complete(due.kind == 'Q')
		return nil
	}
	return fmt.Errorf("%s in a COPY, in answer to %s", name(m), due)
}

// endCopyIn forgets what the server ignored while the client sent the data of
// a COPY begun by Execute: the Sync that drivers send along with Execute.
func (s *sequence) endCopyIn() {
	for i := 1; i < len(s.pending); i++ {
		switch s.pending[i].kind {
		case 'S':
		case 'c', 'd', 'f':
			s.pending = append(s.pending[:1], s.pending[i:]...)
			return
		default:
			return
		}
	}
}

// complete ends one statement: the whole of an Execute, one of a Query.
func (s *sequence) complete(simple bool) {
	if !simple {
		s.pop()
		return
	}
	s.answered, s.rows, s.copying = true, nil, 0
	s.shapes.closed('S', "")
	s.shapes.closed('P', "")
}

// ended judges the end of the server's side of the connection.
func (s *sequence) ended() error {
	if s.fatal {
		return nil
	}
	if due := s.due(); due != nil {
		return fmt.Errorf("the connection ended while %s was unanswered", due)
	}
	return nil
}

func (r *request) String() string {
	names := map[byte]string{'P': "Parse", 'B': "Bind", 'D': "Describe", 'E': "Execute", 'C': "Close", 'S': "Sync", 'Q': "Query", 'F': "FunctionCall"}
	if r.object != 0 {
		return fmt.Sprintf("%s %c", names[r.kind], r.object)
	}
	return names[r.kind]
}

func name(m pgproto3.BackendMessage) string {
	return strings.TrimPrefix(fmt.Sprintf("%T", m), "*pgproto3.")
}
