package proxy

import (
	"testing"

	"github.com/jackc/pgx/v5/pgproto3"
)

// A server may say notices, settings and notifications between any two messages; of those that the tests run with none reports a setting among rows
// or while nobody asks.
func TestWordsBetweenMessages(t *testing.T) {
	s := startScripted(t)
	words := func() {
		go s.server.send(&pgproto3.NoticeResponse{Severity: "WARNING", Code: "01000"}, &pgproto3.ParameterStatus{Name: "TimeZone", Value: "UTC"},
			&pgproto3.NotificationResponse{Channel: "c"})
		s.client.want("NSA")
	}
	answer := func(want string, m interface {
		Encode(dst []byte) ([]byte, error)
	}) {
		go s.server.send(m)
		s.client.want(want)
		words()
	}
	words() // nobody has asked
	go s.client.send(query("COPY t TO STDOUT"))
	s.server.want("Q")
	answer("H", &pgproto3.CopyOutResponse{})
	answer("d", &pgproto3.CopyData{})
	answer("d", &pgproto3.CopyData{})
	answer("c", &pgproto3.CopyDone{})
	answer("C", &pgproto3.CommandComplete{CommandTag: []byte("COPY 2")})
	answer("Z", &pgproto3.ReadyForQuery{TxStatus: 'I'})
	go s.client.send(&pgproto3.Parse{}, &pgproto3.Bind{}, &pgproto3.Execute{}, &pgproto3.Sync{})
	s.server.want("PBES")
	words()
	answer("1", &pgproto3.ParseComplete{})
	answer("2", &pgproto3.BindComplete{})
	answer("D", &pgproto3.DataRow{})
	answer("s", &pgproto3.PortalSuspended{})
	answer("Z", &pgproto3.ReadyForQuery{TxStatus: 'T'})
	go s.client.send(query("COPY t FROM STDIN"))
	s.server.want("Q")
	answer("G", &pgproto3.CopyInResponse{})
	go s.client.send(&pgproto3.CopyData{}, &pgproto3.CopyDone{})
	s.server.want("dc")
	words()
	answer("C", &pgproto3.CommandComplete{CommandTag: []byte("COPY 1")})
	answer("Z", &pgproto3.ReadyForQuery{TxStatus: 'I'})
	if !s.queue.idle() {
		t.Error("not in step")
	}
}

// An error's fields reach the client as the server has written them: those that nobody knows, in whatever order, and none where the SQLSTATE should be.
func TestErrorFields(t *testing.T) {
	s := startScripted(t)
	for _, fields := range []string{
		"MWhat\x00C22012\x00SERROR\x00?unknown\x00zlast\x00\x00", "SERROR\x00Mno code\x00\x00", "\x00",
	} {
		for _, typ := range []byte{'E', 'N'} {
			go s.client.send(query("SELECT 1"))
			s.server.want("Q")
			message := append([]byte{typ, 0, 0, 0, byte(4 + len(fields))}, fields...)
			go func() {
				s.server.write(message)
				s.server.send(&pgproto3.CommandComplete{}, &pgproto3.ReadyForQuery{TxStatus: 'I'})
			}()
			if got := s.client.want(string(typ))[0]; string(got) != fields {
				t.Errorf("%c: %q, want %q", typ, got, fields)
			}
			s.client.want("CZ")
		}
	}
}

// A server that takes no sessions says so in its first message, and why.
func TestServerTakesNoSessions(t *testing.T) {
	for _, code := range []string{"57P03", "53300", "28000", "3D000"} {
		s := startLoggingIn(t)
		s.server.send(&pgproto3.ErrorResponse{Severity: "FATAL", SeverityUnlocalized: "FATAL", Code: code})
		s.client.wantError("FATAL", code)
		_ = s.server.Close()
		s.client.wantEnd()
	}
}
