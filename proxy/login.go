package proxy

import (
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"
)

// logIn relays the authentication and everything that the server says before its first ReadyForQuery. The proxy understands none of
// it but the settings: the server alone decides who is let in
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
			err = p.in.Forward(p.out)
		case 'Z':
			p.status = 'I'
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
	if typ == 'K' {
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

// admit ends the log-in: the deadline falls, and the pump that reads the client may look into what it sends. A deadline with which the session
// was to be ended may have fallen with it, so that the reasons are looked at.
func (p *responses) admit() error {
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
	p.owed = true // a drain
	return nil
}
