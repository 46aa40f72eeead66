package decode

import (
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgproto3/v2"
)

// A conversation is written as a list of what the client asks ("P", "B", ...;
// an object and a name may follow: "DS stmt") and of what the server answers
// (a message). It is judged after the start of the connection.

func idle(status byte) *pgproto3.ReadyForQuery { return &pgproto3.ReadyForQuery{TxStatus: status} }

func done(tag string) *pgproto3.CommandComplete {
	return &pgproto3.CommandComplete{CommandTag: []byte(tag)}
}

func failure() *pgproto3.ErrorResponse {
	return &pgproto3.ErrorResponse{Severity: "ERROR", SeverityUnlocalized: "ERROR", Code: "22012", Message: "division by zero"}
}

func columns(format int16, oids ...uint32) *pgproto3.RowDescription {
	m := &pgproto3.RowDescription{}
	for i, oid := range oids {
		m.Fields = append(m.Fields, pgproto3.FieldDescription{Name: fmt.Appendf(nil, "c%d", i), DataTypeOID: oid, Format: format})
	}
	return m
}

func row(values ...string) *pgproto3.DataRow {
	m := &pgproto3.DataRow{}
	for _, v := range values {
		m.Values = append(m.Values, []byte(v))
	}
	return m
}

var (
	parsed   = &pgproto3.ParseComplete{}
	bindDone = &pgproto3.BindComplete{}
	shut     = &pgproto3.CloseComplete{}
	typesOf  = &pgproto3.ParameterDescription{}
	noData   = &pgproto3.NoData{}
	more     = &pgproto3.PortalSuspended{}
	copyIn   = &pgproto3.CopyInResponse{}
	copyOut  = &pgproto3.CopyOutResponse{}
	copyRow  = &pgproto3.CopyData{Data: []byte("1\n")}
	copyEnd  = &pgproto3.CopyDone{}
	empty    = &pgproto3.EmptyQueryResponse{}
)

var conversations = []struct {
	name string
	talk []any
	want string // part of the violation, "" for none
}{
	{"query", []any{"Q", columns(0, oidInt4), row("1"), row("2"), done("SELECT 2"), idle('I')}, ""},
	{"query of several statements", []any{"Q", done("BEGIN"), columns(0, oidText), row("x"), done("SELECT 1"), idle('T')}, ""},
	{"empty query", []any{"Q", empty, idle('I')}, ""},
	{"query fails", []any{"Q", failure(), idle('I')}, ""},
	{"pipeline", []any{"P", "DS", "S", parsed, "B", "E", typesOf, noData, idle('I'), "S", bindDone, done("INSERT 0 1"), idle('I')}, ""},
	{"portal in parts", []any{"P", "B", "E", "H", parsed, bindDone, more, "E", "S", done("SELECT 2"), idle('I')}, ""},
	{"error skips to Sync", []any{"P", "B", "E", "P", "Q", "S", "Q", parsed, failure(), idle('I'), done("SET"), idle('I')}, ""},
	{"error at Sync", []any{"S", failure(), idle('I')}, ""},
	{"close", []any{"CS s", "CP p", "S", shut, shut, idle('I')}, ""},
	{"copy in by Query", []any{"Q", copyIn, "d", "d", "c", done("COPY 2"), idle('I'), "Q", done("SET"), idle('I')}, ""},
	{"copy in by Execute, Sync sent along", []any{"P", "B", "E", "S", parsed, bindDone, copyIn, "d", "c", "S", done("COPY 1"), idle('I')}, ""},
	{"copy in fails by Execute", []any{"P", "B", "E", "S", parsed, bindDone, copyIn, "f", "S", failure(), idle('I')}, ""},
	{"copy out", []any{"Q", copyOut, copyRow, copyEnd, done("COPY 1"), idle('I')}, ""},
	{"transaction fails and is rolled back", []any{"Q", done("BEGIN"), idle('T'), "Q", failure(), idle('E'), "Q", failure(), idle('E'), "Q", done("ROLLBACK"), idle('I')}, ""},
	{"back to a savepoint", []any{"Q", done("BEGIN"), idle('T'), "Q", failure(), idle('E'), "Q", done("ROLLBACK"), idle('T')}, ""},
	{"portal in binary", []any{"P s", "DS s", "B p s 1", "DP p", "E p", "S", parsed, typesOf, columns(0, oidInt4), bindDone, columns(1, oidInt4), row("\x00\x00\x00\x01"), done("SELECT 1"), idle('I')}, ""},

	{"unasked", []any{done("SELECT 1")}, "CommandComplete answers nothing"},
	{"second ReadyForQuery", []any{"Q", done("SET"), idle('I'), idle('I')}, "ReadyForQuery answers nothing"},
	{"query without an answer", []any{"Q", idle('I')}, "before an answer to Query"},
	{"out of turn", []any{"P", "B", "S", bindDone}, "BindComplete in answer to Parse"},
	{"Execute left out", []any{"P", "B", "E", "S", parsed, bindDone, idle('I')}, "while Execute is unanswered"},
	{"something after an error", []any{"P", "B", "E", "S", parsed, failure(), done("SELECT 1")}, "only ReadyForQuery may follow"},
	{"second error", []any{"P", "S", failure(), failure()}, "second error"},
	{"ready after an error without Sync", []any{"P", "B", "H", failure(), idle('I')}, "no Sync was sent"},
	{"row before its description", []any{"Q", row("1")}, "DataRow in answer to Query"},
	{"description in answer to Execute", []any{"P", "B", "E", "S", parsed, bindDone, columns(0, oidInt4)}, "RowDescription in answer to Execute"},
	{"statement without parameter types", []any{"P", "DS", "S", parsed, columns(0, oidInt4)}, "RowDescription in answer to Describe S"},
	{"row too short", []any{"Q", columns(0, oidInt4, oidInt4), row("1")}, "row of 1 values, its description has 2"},
	{"sealed bytes passed on as a number", []any{"Q", columns(0, oidNumeric), row(`\x01aabb`)}, "no value of type 1700"},
	{"number of the wrong size", []any{"P s", "DS s", "B p s 1", "E p", "S", parsed, typesOf, columns(0, oidInt8), bindDone, row("\x00\x00\x00\x01")}, "no value of type 20"},
	{"portal described otherwise than its statement", []any{"P s", "DS s", "B p s 1", "DP p", "S", parsed, typesOf, columns(0, oidNumeric), bindDone, columns(1, oidBytea)}, "portal's column 1 is described"},
	{"portal described in another format than bound", []any{"P s", "B p s 1", "DP p", "S", parsed, bindDone, columns(0, oidInt4)}, "portal's column 1 is described"},
	{"rows of a portal without any", []any{"P s", "DS s", "B p s 1", "E p", "S", parsed, typesOf, noData, bindDone, row("1")}, "row of 1 values, its description has 0"},
	{"idle in a transaction", []any{"Q", done("BEGIN"), idle('I')}, "a transaction was begun"},
	{"failure in a transaction just begun", []any{"Q", done("BEGIN"), failure(), idle('I')}, "a transaction was begun"},
	{"transaction not begun", []any{"Q", done("SELECT 1"), idle('T')}, "no transaction was begun"},
	{"transaction lost", []any{"Q", done("BEGIN"), idle('T'), "Q", done("SELECT 1"), idle('I')}, "nothing ended or failed"},
	{"transaction not failed", []any{"Q", done("BEGIN"), idle('T'), "Q", failure(), idle('T')}, "an error fails the transaction"},
	{"failed transaction forgotten", []any{"Q", done("BEGIN"), idle('T'), "Q", failure(), idle('E'), "Q", failure(), idle('I')}, "nothing ended the failed transaction"},
	{"no such status", []any{"Q", done("SET"), idle('X')}, "no such status"},
	{"copy data unasked", []any{"Q", copyRow}, "CopyData in answer to Query"},
	{"copy out without its end", []any{"Q", copyOut, copyRow, done("COPY 1")}, "CommandComplete in a COPY"},
	{"key data later", []any{&pgproto3.BackendKeyData{}}, "BackendKeyData answers nothing"},
}

func TestConversations(t *testing.T) {
	for _, c := range conversations {
		t.Run(c.name, func(t *testing.T) {
			s := started(t)
			if err := talk(s, c.talk); !matches(err, c.want) {
				t.Errorf("violation %v, want one with %q", err, c.want)
			}
		})
	}
}

// TestStart judges connections from their first message on.
func TestStart(t *testing.T) {
	ok, ready := &pgproto3.AuthenticationOk{}, idle('I')
	key, parameter := &pgproto3.BackendKeyData{}, &pgproto3.ParameterStatus{Name: "server_version", Value: "15"}
	fatal := &pgproto3.ErrorResponse{Severity: "FATAL", SeverityUnlocalized: "FATAL", Code: "28P01", Message: "no"}
	for _, c := range []struct {
		name string
		talk []any
		want string
	}{
		{"trust", []any{ok, parameter, key, ready}, ""},
		{"password", []any{&pgproto3.AuthenticationMD5Password{}, "p", ok, key, ready}, ""},
		{"wrong password", []any{&pgproto3.AuthenticationCleartextPassword{}, "p", fatal}, ""},
		{"ready before authentication", []any{ready}, "before AuthenticationOk"},
		{"parameter before authentication", []any{parameter}, "before AuthenticationOk"},
		{"key before authentication", []any{key}, "before AuthenticationOk"},
		{"authenticated twice", []any{ok, ok}, "twice"},
		{"error that is not fatal", []any{failure()}, "not FATAL"},
		{"a row", []any{ok, row("1")}, "while the connection starts"},
		{"a word after the last one", []any{fatal, ok}, "after a FATAL error"},
		{"in a transaction at once", []any{ok, idle('T')}, "a connection starts idle"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := talk(newSequence(), c.talk); !matches(err, c.want) {
				t.Errorf("violation %v, want one with %q", err, c.want)
			}
		})
	}
}

// TestEnd: a connection may not end while an answer is due.
func TestEnd(t *testing.T) {
	s := started(t)
	if err := s.ended(); err != nil {
		t.Errorf("idle connection: %v", err)
	}
	if err := talk(s, []any{"Q"}); err != nil {
		t.Fatal(err)
	}
	if err := s.ended(); !matches(err, "while Query was unanswered") {
		t.Errorf("got %v", err)
	}
}

func started(t *testing.T) *sequence {
	t.Helper()
	s := newSequence()
	if err := talk(s, []any{&pgproto3.AuthenticationOk{}, idle('I')}); err != nil {
		t.Fatal(err)
	}
	return s
}

// talk plays a conversation and returns the first violation.
func talk(s *sequence, talk []any) error {
	for _, turn := range talk {
		var err error
		switch m := turn.(type) {
		case string:
			err = s.ask(spoken(m))
		case pgproto3.BackendMessage:
			err = s.answer(m)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// spoken reads a client's message: type and object, name; of a Bind also the
// statement and the one result format.
func spoken(text string) request {
	words := strings.Fields(text)
	r := request{kind: words[0][0]}
	if len(words[0]) > 1 {
		r.object = words[0][1]
	}
	if len(words) > 1 {
		r.name = words[1]
	}
	if len(words) > 2 {
		r.statement = words[2]
	}
	if len(words) > 3 {
		r.formats = []int16{int16(words[3][0] - '0')}
	}
	return r
}

func matches(err error, want string) bool {
	if want == "" {
		return err == nil
	}
	return err != nil && strings.Contains(err.Error(), want)
}
