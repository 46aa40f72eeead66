package proxy

import (
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"
)

// logIn relays the authentication, unless the proxy has seen to it (auth_client.go), and everything that the server says before its first
// ReadyForQuery
// (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-START-UP).
func (p *responses) logIn() error {
	for first := true; ; first = false {
		typ, size, err := p.next()
		if err != nil {
			return err
		}
		if first {
			if done, err := p.negotiated(typ, p.s.negotiation); done || err != nil {
				if err != nil {
					return err
				}
				continue
			}
		}
		switch typ {
		case 'S':
			err = p.parameterStatus()
		case 'E':
			p.fatal = true // before log-in every error ends the connection
			err = p.refused()
		case 'Z':
			p.status = 'I'
			p.s.traffic.status.Store('I')
			if err := p.admit(); err != nil {
				return err
			}
			return p.in.Forward(p.out)
		case 'R', 'K', 'N', 'A':
			err = p.startUpMessage(typ, size)
		default:
			return fmt.Errorf("%w: message %q during log-in", errDesync, typ)
		}
		if err != nil {
			return err
		}
	}
}

// startUpMessage passes a message of the start-up phase on, and keeps the key with which the session's statements are cancelled.
func (p *responses) startUpMessage(typ byte, size int) error {
	switch typ {
	case 'R':
		return p.authentication()
	case 'K':
		body, err := p.in.Body(nameLimit)
		if err != nil {
			return err
		}
		var key pgproto3.BackendKeyData
		if err := key.Decode(body); err != nil {
			return err
		}
		p.s.keepCancelKey(key.ProcessID, key.SecretKey)
	}
	return p.in.Forward(p.out)
}

// refused passes the server's refusal on, and counts one of the client's credentials.
func (p *responses) refused() error {
	body, err := p.in.Body(p.s.server.limits.LoginMessage)
	if err == nil && p.s.peer != nil && !p.s.authenticated {
		var e pgproto3.ErrorResponse
		if err := e.Decode(body); err == nil && strings.HasPrefix(e.Code, classInvalidAuthorization) {
			p.s.server.attempts.failed(p.s.peer.from)
		}
	}
	return p.in.Forward(p.out)
}

// admit ends the log-in: the deadline falls, and the pump that reads the client may look into what it sends. A deadline with which the session
// was to be ended may have fallen with it, so that the reasons are looked at.
func (p *responses) admit() error {
	leave, ok := p.s.server.shares.admit(p.s.user)
	if !ok {
		p.s.server.counters.connections.add(errTooManyOfRole.code)
		p.s.log.Info("session refused", "sqlstate", errTooManyOfRole.code, "cause", errTooManyOfRole.message)
		return errTooManyOfRole
	}
	p.s.leave = leave
	if err := p.s.client.SetDeadline(time.Time{}); err != nil {
		return err
	}
	if err := p.s.upstream.SetDeadline(time.Time{}); err != nil {
		return err
	}
	p.s.ready.Store(true)
	close(p.s.readyCh)
	if e := p.s.kill.Load(); e != nil {
		return e
	}
	if p.s.gone.Load() {
		return errSessionEnded
	}
	p.rested()
	p.owed = true // a drain
	return nil
}
