package proxy

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/proxy/scram"
	"github.com/legatics/pgseal/proxy/wire"
)

// logInUpstream logs in to the server in place of a client that the proxy has authenticated: with the key that the client has proved, or with the
// proxy's own account. What the server says behind AuthenticationOk is left to the session.
func (s *Server) logInUpstream(upstream net.Conn, who *identity) error {
	l := &upstreamLogin{conn: upstream, limit: s.limits.LoginMessage}
	if s.auth.Mode == AuthRelay {
		l.keys = who.keys
	} else {
		l.password = s.auth.Upstream.Password
	}
	err := l.run()
	var refused *relayedError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &refused) && (s.auth.Mode == AuthRelay || !strings.HasPrefix(refused.code, classInvalidAuthorization)):
		return refused
	case errors.Is(err, scram.ErrChanged):
		s.log.Warn("a role's password was changed while it logged in", "role", who.role)
		return authError(scram.ErrProof, who.role)
	}
	s.log.Error("pgseal cannot log in to the database server", "cause", err)
	return fatal(codeInvalidAuthorization, "pgseal cannot log in to the database server")
}

const classInvalidAuthorization = "28"

// relayedError is an ErrorResponse of the server for the client.
type relayedError struct {
	code    string
	message []byte // as it came
}

func (e *relayedError) Error() string { return "the database server refuses: " + e.code }

// upstreamLogin is one log-in to the server.
type upstreamLogin struct {
	conn     net.Conn
	limit    int
	keys     *scram.Keys
	password Password
	exchange *scram.Client
	proved   bool // the server has shown that it knows the verifier
}

// run answers what the server asks, up to AuthenticationOk.
func (l *upstreamLogin) run() error {
	for {
		typ, body, err := readMessage(l.conn, l.limit)
		if err != nil {
			return err
		}
		switch typ {
		case 'v', 'N': // the client has its own NegotiateProtocolVersion; an older server's is as good
		case 'E':
			return refusal(body)
		case 'R':
			if len(body) < 4 {
				return errDesync
			}
			if done, err := l.answer(binary.BigEndian.Uint32(body), body[4:]); done || err != nil {
				return err
			}
		default:
			return fmt.Errorf("%w: message %q during log-in", errDesync, typ)
		}
	}
}

func (l *upstreamLogin) answer(kind uint32, data []byte) (done bool, err error) {
	switch kind {
	case authOK:
		if l.exchange != nil && !l.proved {
			return false, scram.ErrProof
		}
		return true, nil
	case authCleartext:
		return false, l.showPassword()
	case authSASL:
		return false, l.begin(data)
	case authSASLContinue, authSASLFinal:
		if l.exchange == nil {
			return false, errDesync
		}
	default:
		return false, fmt.Errorf("the server asks for an authentication of kind %d, which pgseal cannot give", kind)
	}
	if kind == authSASLFinal {
		err := l.exchange.Verify(data)
		l.proved = err == nil
		return false, err
	}
	final, err := l.exchange.Final(data)
	if err != nil {
		return false, err
	}
	return false, l.say(&pgproto3.SASLResponse{Data: final})
}

// showPassword gives the password away, where nobody reads along.
func (l *upstreamLogin) showPassword() error {
	from := addressOf(l.conn.RemoteAddr())
	switch {
	case l.password == "":
		return errors.New("the server asks for a password in the clear, and there is none")
	case certificateOf(l.conn) == nil && from.IsValid() && !from.IsLoopback():
		return errors.New("the server asks for the password in the clear over a network without TLS")
	}
	return l.say(&pgproto3.PasswordMessage{Password: string(l.password)})
}

// begin takes up SCRAM, with channel binding where it can be had.
func (l *upstreamLogin) begin(offer []byte) (err error) {
	var offered []string
	for _, name := range strings.Split(string(offer), "\x00") {
		if name != "" {
			offered = append(offered, name)
		}
	}
	if l.exchange, err = scram.NewClient(offered, scram.Binding(certificateOf(l.conn))); err != nil {
		return err
	}
	switch {
	case l.keys != nil:
		l.exchange.UseKeys(l.keys)
	case l.password != "":
		l.exchange.UsePassword(string(l.password))
	default:
		return errors.New("the server asks for a password, and there is none")
	}
	mechanism, message := l.exchange.First()
	return l.say(&pgproto3.SASLInitialResponse{AuthMechanism: mechanism, Data: message})
}

func (l *upstreamLogin) say(m interface{ Encode([]byte) ([]byte, error) }) error {
	out, err := m.Encode(nil)
	if err == nil {
		_, err = l.conn.Write(out)
	}
	clear(out) // it may hold a password
	return err
}

// refusal keeps an ErrorResponse.
func refusal(body []byte) error {
	var e pgproto3.ErrorResponse
	if err := e.Decode(body); err != nil {
		return err
	}
	raw, at := wire.Begin(nil, 'E')
	return &relayedError{code: e.Code, message: wire.Finish(append(raw, body...), at)}
}
