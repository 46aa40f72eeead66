package proxy

import (
	"bytes"
	"context"
	"crypto/hmac"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
)

// Sessions are one to one, so that the server's own process id and key are the client's: a CancelRequest is passed on as it came, and any
// proxy in front of the server can do that. A wrong key is ignored by the server.

const (
	minCancelKey = 4   // bytes of secret
	maxCancelKey = 256 // bytes of secret, protocol 3.2
)

var errTooManyCancels = errors.New("too many cancel requests at once")

// relayCancel passes a client's CancelRequest on and waits until the server has taken it. The client gets no answer, as from the server. Where the session is
// one of ours, a wait of its own is ended, and its next request is held back until the server has been told, so that a late cancel hits nothing
// that was sent behind it.
func (s *Server) relayCancel(ctx context.Context, raw []byte) error {
	if n := len(raw) - 12; n < minCancelKey || n > maxCancelKey {
		return fmt.Errorf("cancel request with a key of %d bytes", n)
	}
	if sess := s.sessionOf(raw); sess != nil {
		sess.queue.hold()
		defer sess.queue.unhold()
		sess.endWaits()
		return s.sendCancel(ctx, raw, sess.host.cancel)
	}
	return s.sendCancel(ctx, raw, s.hosts.cancel)
}

// sessionOf is the session that a CancelRequest is for, or nil: it may be another proxy's.
func (s *Server) sessionOf(raw []byte) *session {
	s.mu.Lock()
	defer s.mu.Unlock()
	for sess := range s.sessions {
		own := sess.cancelKey.Load()
		if own != nil && len(*own) == len(raw) && bytes.Equal((*own)[:12], raw[:12]) && hmac.Equal(*own, raw) {
			return sess
		}
	}
	return nil
}

// sendCancel sends a CancelRequest and waits until the server closes the connection, which it does after the signal was sent.
func (s *Server) sendCancel(ctx context.Context, raw []byte, to func(ctx context.Context, send func(net.Conn) error) error) error {
	select {
	case s.cancels <- struct{}{}:
		defer func() { <-s.cancels }()
	default:
		return errTooManyCancels
	}
	ctx, stop := context.WithTimeout(ctx, s.limits.CancelTimeout)
	defer stop()
	err := to(ctx, func(conn net.Conn) error { return handOver(ctx, conn, raw) })
	if err == nil {
		s.counters.Cancels.Add(1)
	}
	return err
}

// handOver sends a CancelRequest and waits until the server closes the connection.
func handOver(ctx context.Context, conn net.Conn, raw []byte) error {
	if deadline, ok := ctx.Deadline(); ok {
		if err := conn.SetDeadline(deadline); err != nil {
			return err
		}
	}
	if _, err := conn.Write(raw); err != nil {
		return err
	}
	_, err := io.Copy(io.Discard, conn)
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

// keepCancelKey keeps what cancels the session's running statement.
func (s *session) keepCancelKey(pid uint32, key []byte) {
	raw := binary.BigEndian.AppendUint32(nil, uint32(12+len(key)))
	raw = binary.BigEndian.AppendUint32(raw, codeCancelRequest)
	raw = binary.BigEndian.AppendUint32(raw, pid)
	raw = append(raw, key...)
	s.cancelKey.Store(&raw)
}

// cancelUpstream asks the server to cancel the session's running statement, and returns once it has been told.
func (s *session) cancelUpstream(ctx context.Context) error {
	raw := s.cancelKey.Load()
	if raw == nil {
		return errors.New("the server gave no key to cancel with")
	}
	return s.server.sendCancel(ctx, *raw, s.host.cancel)
}
