package proxy

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/proxy/scram"
)

const codeInvalidPassword = "28P01"

// identity is a client that the proxy itself has authenticated.
type identity struct {
	role string
	keys *scram.Keys // proved by the client; nil where a certificate let it in
}

// wipe forgets the keys, which are a credential.
func (i *identity) wipe() {
	if i != nil {
		i.keys.Wipe()
	}
}

// authenticate logs the client in, where the proxy does that; else it returns nil. The client is left waiting for AuthenticationOk. Who does not exist
// is asked for a proof like anybody else, and fails like a wrong password.
func (s *Server) authenticate(ctx context.Context, client *downstream, start *startupPacket) (*identity, error) {
	if s.auth.Mode == "" || s.auth.Mode == AuthPassthrough {
		return nil, nil
	}
	if _, n := start.negotiate(""); n.owed {
		if err := client.say(n.answer(n.version, nil)); err != nil {
			return nil, err
		}
	}
	who := &identity{role: start.params["user"]}
	if s.certified(client, who.role) {
		return who, nil
	}
	if s.auth.Verifiers == nil {
		s.attempts.failed(client.from)
		return nil, fatal(codeInvalidAuthorization, fmt.Sprintf("certificate authentication failed for user %q", who.role))
	}
	verifier, err := s.auth.Verifiers.Verifier(ctx, who.role)
	if errors.Is(err, ErrNoVerifier) {
		verifier = scram.Decoy(s.auth.Salt(who.role))
	} else if err != nil {
		s.log.Error("a role's verifier could not be read", "cause", err)
		return nil, fatal(codeConnectionFailure, "pgseal cannot authenticate anybody just now")
	}
	who.keys, err = s.prove(client, scram.NewServer(verifier, scram.Binding(client.served)))
	if errors.Is(err, scram.ErrProof) {
		s.attempts.failed(client.from)
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		_ = client.SetWriteDeadline(time.Now().Add(lastWordsTimeout))
		return nil, errLoginTimeout
	}
	if err != nil {
		return nil, authError(err, who.role)
	}
	return who, nil
}

// certified tells whether the client's certificate lets it in as the role.
func (s *Server) certified(client *downstream, role string) bool {
	c := client.certificate()
	if c == nil {
		return false
	}
	for _, rule := range s.auth.Certificates {
		if rule.Role == role && rule.Matches(c) {
			return true
		}
	}
	return false
}

// prove runs the exchange, up to the proxy's own proof
// (https://www.postgresql.org/docs/current/sasl-authentication.html#SASL-SCRAM-SHA-256).
func (s *Server) prove(client *downstream, exchange *scram.Server) (*scram.Keys, error) {
	if err := client.say(&pgproto3.AuthenticationSASL{AuthMechanisms: exchange.Mechanisms()}); err != nil {
		return nil, err
	}
	initial, err := s.readProof(client)
	if err != nil {
		return nil, err
	}
	mechanism, message, err := initialResponse(initial)
	if err != nil {
		return nil, err
	}
	challenge, err := exchange.First(mechanism, message)
	if err != nil {
		return nil, err
	}
	if err := client.say(&pgproto3.AuthenticationSASLContinue{Data: challenge}); err != nil {
		return nil, err
	}
	final, err := s.readProof(client)
	if err != nil {
		return nil, err
	}
	ours, keys, err := exchange.Final(final)
	if err != nil {
		return nil, err
	}
	return keys, client.say(&pgproto3.AuthenticationSASLFinal{Data: ours})
}

// readProof reads a message of the client's part of an exchange.
func (s *Server) readProof(client *downstream) ([]byte, error) {
	typ, body, err := readMessage(client, s.limits.LoginMessage)
	switch {
	case err != nil:
		return nil, err
	case typ == 'X':
		return nil, errProbe // it has no password, say, and asks its user for one
	case typ != 'p':
		return nil, fatal(codeProtocolViolation, fmt.Sprintf("expected SASL response, got message type %d", typ))
	}
	return body, nil
}

// initialResponse takes a SASLInitialResponse apart.
func initialResponse(body []byte) (mechanism string, message []byte, err error) {
	name, rest, ok := bytes.Cut(body, []byte{0})
	if !ok || len(rest) < 4 {
		return "", nil, scram.ErrMalformed
	}
	length := int32(binary.BigEndian.Uint32(rest))
	if rest = rest[4:]; int64(length) != int64(len(rest)) {
		return "", nil, scram.ErrMalformed
	}
	return string(name), rest, nil
}

// authError is what the client reads of an exchange that failed, with the server's own words and codes.
func authError(err error, role string) error {
	switch {
	case errors.Is(err, scram.ErrProof):
		return fatal(codeInvalidPassword, fmt.Sprintf("password authentication failed for user \"%s\"", role))
	case errors.Is(err, scram.ErrBinding):
		return fatal(codeInvalidAuthorization, "SCRAM channel binding check failed")
	case errors.Is(err, scram.ErrUnsupported):
		return fatal(codeFeatureNotSupported, "the client asks for something of SCRAM that is not supported")
	case errors.Is(err, scram.ErrMalformed):
		return fatal(codeProtocolViolation, "malformed SCRAM message")
	}
	return err
}

// say writes a message of the proxy's own, before there is a session.
func (d *downstream) say(m interface{ Encode([]byte) ([]byte, error) }) error {
	out, err := m.Encode(nil)
	if err == nil {
		_, err = d.Write(out)
	}
	return err
}
