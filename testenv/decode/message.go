package decode

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/jackc/pgproto3/v2"
)

// negotiateVersion ('v') is the one message that the decoder does not know; it
// is accepted by its type while a connection starts.
type negotiateVersion struct{}

func (negotiateVersion) Decode([]byte) error               { return nil }
func (negotiateVersion) Encode(dst []byte) ([]byte, error) { return dst, nil }
func (negotiateVersion) Backend()                          {}

// decodeServer decodes a message of the server and proves that nothing in it
// was overlooked: encoded again it is the same bytes. The result keeps
// references into f.raw.
func decodeServer(f frame) (message pgproto3.BackendMessage, err error) {
	// The decoder is known to panic on hostile lengths.
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("message %q does not decode: %v", f.kind, p)
		}
	}()
	if f.kind == 'v' {
		return negotiateVersion{}, nil
	}
	front := pgproto3.NewFrontend(pgproto3.NewChunkReader(bytes.NewReader(f.raw)), nil)
	message, err = front.Receive()
	if err != nil {
		return nil, fmt.Errorf("message %q does not decode: %w", f.kind, err)
	}
	switch m := message.(type) {
	case *pgproto3.ErrorResponse:
		return message, checkFields(f, m)
	case *pgproto3.NoticeResponse:
		return message, checkFields(f, (*pgproto3.ErrorResponse)(m))
	}
	again, err := message.Encode(nil)
	if err != nil {
		return nil, fmt.Errorf("message %q does not encode again: %w", f.kind, err)
	}
	if !bytes.Equal(again, f.raw) {
		return nil, fmt.Errorf("message %q of %d bytes holds more or other bytes than its fields (%d)", f.kind, len(f.raw), len(again))
	}
	return message, nil
}

// checkFields holds an error or notice, whose fields may come in any order,
// against its form: each field once, ended by one zero byte, the mandatory ones
// there.
func checkFields(f frame, m *pgproto3.ErrorResponse) error {
	seen := make(map[byte]bool)
	rest := f.body()
	for len(rest) > 0 && rest[0] != 0 {
		field := rest[0]
		end := bytes.IndexByte(rest[1:], 0)
		if end < 0 {
			return fmt.Errorf("field %q of an error is not terminated", field)
		}
		if seen[field] {
			return fmt.Errorf("field %q of an error comes twice", field)
		}
		seen[field] = true
		rest = rest[1+end+1:]
	}
	if len(rest) != 1 {
		return fmt.Errorf("%d bytes after the fields of an error, want the one zero byte", len(rest))
	}
	if m.Severity == "" || m.SeverityUnlocalized == "" || m.Message == "" {
		return errors.New("error without severity or message")
	}
	if len(m.Code) != 5 {
		return fmt.Errorf("error with SQLSTATE %q", m.Code)
	}
	return nil
}

// request is what the server owes an answer to, or what may stand between
// two such messages.
type request struct {
	kind      byte    // the client's message type
	object    byte    // 'S' or 'P' of Describe and Close
	name      string  // of the statement (Parse, Describe S) or portal
	statement string  // Bind: what the portal is made of
	formats   []int16 // Bind: result formats
	sql       string  // Query, Parse
}

// decodeClient tells what a client's message asks for. Messages that ask for
// nothing give a request all the same; the sequence knows which.
func decodeClient(f frame) (r request, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("client's message %q does not decode: %v", f.kind, p)
		}
	}()
	r.kind = f.kind
	switch f.kind {
	case 'P':
		var m pgproto3.Parse
		err = m.Decode(f.body())
		r.name, r.sql = m.Name, m.Query
	case 'Q':
		var m pgproto3.Query
		err = m.Decode(f.body())
		r.sql = m.String
	case 'B':
		var m pgproto3.Bind
		err = m.Decode(f.body())
		r.name, r.statement, r.formats = m.DestinationPortal, m.PreparedStatement, m.ResultFormatCodes
	case 'D':
		var m pgproto3.Describe
		err = m.Decode(f.body())
		r.object, r.name = m.ObjectType, m.Name
	case 'C':
		var m pgproto3.Close
		err = m.Decode(f.body())
		r.object, r.name = m.ObjectType, m.Name
	case 'E':
		var m pgproto3.Execute
		err = m.Decode(f.body())
		r.name = m.Portal
	}
	return r, err
}
