package proxy

import (
	"bytes"
	"context"
	"encoding/binary"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/proxy/scram"
)

// Kinds of Authentication messages that ask for a password.
const authMD5 = 5

var (
	errConsoleLogin = &wireError{severity: "FATAL", code: codeInvalidAuthorization, message: "the database server asks for a kind of log-in that pgseal's console does not pass on",
		hint: "Have the server ask the role for scram-sha-256, or set auth.mode to scram-relay in pgseal."}
	errConsoleServer = fatal(codeConnectionFailure, "pgseal cannot reach the database server, which has to authenticate the console's role")
)

// vouched has the server log the role of a client in that wants the console: what the two say is passed on, unless the proxy has authenticated the client
// itself and logs in by what it proved (AuthRelay). A role that may not log in there has no console.
func (s *Server) vouched(ctx context.Context, client *downstream, start *startupPacket, who *identity) error {
	role := start.params["user"]
	if _, n := start.negotiate(""); n.owed && who == nil {
		if err := client.say(n.answer(n.version, nil)); err != nil {
			return err
		}
	}
	dialing, stop := context.WithTimeout(ctx, s.limits.LoginTimeout)
	defer stop()
	upstream, _, err := s.hosts.dial(dialing)
	if err != nil {
		s.log.Error("cannot connect to the database server", "cause", err)
		return errConsoleServer
	}
	defer func() { _ = upstream.Close() }()
	if err := upstream.SetDeadline(time.Now().Add(s.limits.LoginTimeout)); err != nil {
		return errConsoleServer
	}
	startup := &pgproto3.StartupMessage{ProtocolVersion: pgproto3.ProtocolVersion30, Parameters: map[string]string{"user": role, "database": s.console.LoginDatabase}}
	raw, err := startup.Encode(nil)
	if err == nil {
		_, err = upstream.Write(raw)
	}
	if err != nil {
		return errConsoleServer
	}
	return interruptible(ctx, upstream, func() error {
		if who == nil {
			return s.vouch(client, upstream)
		}
		if err := s.logInUpstream(upstream, who); err != nil {
			return err
		}
		return s.welcomed(client, upstream)
	})
}

// welcomed waits until the server is ready for the role: that it may not log in, or not in this database, the server says behind its AuthenticationOk.
func (s *Server) welcomed(client *downstream, upstream net.Conn) error {
	for {
		typ, body, err := readMessage(upstream, s.limits.LoginMessage)
		switch {
		case err != nil:
			return errConsoleServer
		case typ == 'E':
			return s.turnedDown(client, body)
		case typ == 'Z':
			return nil
		}
	}
}

// turnedDown is the server's own refusal for the client.
func (s *Server) turnedDown(client *downstream, body []byte) error {
	var e pgproto3.ErrorResponse
	if err := e.Decode(body); err == nil && strings.HasPrefix(e.Code, classInvalidAuthorization) {
		s.attempts.failed(client.from)
	}
	return &relayedError{code: e.Code, message: framed('E', body)}
}

// vouch passes on what the client and the server say until the server lets the client in.
func (s *Server) vouch(client *downstream, upstream net.Conn) error {
	for {
		typ, body, err := readMessage(upstream, s.limits.LoginMessage)
		switch {
		case err != nil:
			return errConsoleServer
		case typ == 'N' || typ == 'v':
			continue
		case typ == 'E':
			return s.turnedDown(client, body)
		case typ != 'R' || len(body) < 4:
			return errConsoleLogin
		}
		kind := binary.BigEndian.Uint32(body)
		switch kind {
		case authOK:
			return s.welcomed(client, upstream)
		case authCleartext:
			if !client.private() && !s.auth.Cleartext {
				return errCleartext
			}
		case authSASL:
			if body = plainSASL(body, client.tls != nil); body == nil {
				return errConsoleLogin
			}
		case authMD5, authSASLContinue, authSASLFinal:
		default:
			return errConsoleLogin
		}
		if _, err := client.Write(framed('R', body)); err != nil {
			return err
		}
		if kind == authSASLFinal {
			continue
		}
		proof, err := s.readProof(client)
		if err != nil {
			return err
		}
		if kind == authSASL && bytes.HasPrefix(proof, []byte(scram.SHA256Plus+"\x00")) {
			return errForeignBinding
		}
		if _, err := upstream.Write(framed('p', proof)); err != nil {
			return errConsoleServer
		}
	}
}

// plainSASL is the server's offer with what can be passed on; nil where that is nothing. Channel binding is left in where the client has TLS, or it would take its absence
// for an attack; who chooses it is told why it cannot work.
func plainSASL(body []byte, tls bool) []byte {
	var offered []string
	for _, m := range bytes.Split(body[4:], []byte{0}) {
		if len(m) > 0 {
			offered = append(offered, string(m))
		}
	}
	passed := slices.DeleteFunc(offered, func(m string) bool { return m != scram.SHA256 && !(m == scram.SHA256Plus && tls) })
	if !slices.Contains(passed, scram.SHA256) {
		return nil
	}
	out := bytes.Clone(body[:4])
	for _, m := range passed {
		out = append(append(out, m...), 0)
	}
	return append(out, 0)
}

// framed is a message of that type and body.
func framed(typ byte, body []byte) []byte {
	out := binary.BigEndian.AppendUint32([]byte{typ}, uint32(len(body)+4))
	return append(out, body...)
}

// shows tells whether a command is a SHOW.
func shows(command string) bool {
	f := strings.Fields(command)
	return len(f) > 0 && strings.EqualFold(strings.TrimRight(f[0], ";"), "show")
}
