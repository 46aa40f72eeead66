package proxy

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"
)

// connect gives the session its connection to the server, with the StartupMessage sent, and logged in where the proxy has authenticated the
// client itself.
func (s *Server) connect(ctx context.Context, sess *session, start *startupPacket, who *identity) (err error) {
	dialing, stop := context.WithTimeout(ctx, s.limits.LoginTimeout)
	defer stop()
	if sess.upstream, sess.host, err = s.hosts.dial(dialing); err != nil {
		s.log.Error("cannot connect to the database server", "cause", err)
		return fatal(codeConnectionFailure, "pgseal cannot connect to the database server")
	}
	tune(sess.upstream, s.limits.Unacknowledged)
	defer func() {
		if err != nil {
			_ = sess.upstream.Close()
		}
	}()
	as := ""
	if who != nil {
		as = s.auth.Upstream.User
	}
	raw, asked := start.negotiate(as)
	if err = sess.upstream.SetDeadline(time.Now().Add(s.limits.LoginTimeout)); err == nil {
		_, err = sess.upstream.Write(raw)
	}
	if err != nil {
		return fatal(codeConnectionFailure, "the database server closed the connection unexpectedly")
	}
	if who == nil {
		sess.negotiation = asked
		return nil
	}
	if err := interruptible(ctx, sess.upstream, func() error { return s.logInUpstream(sess.upstream, who) }); err != nil {
		return err
	}
	sess.authenticated = true
	return sess.peer.say(&pgproto3.AuthenticationOk{})
}
