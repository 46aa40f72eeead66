package proxy

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/legatics/pgseal/proxy/contain"
	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/wire"
)

var errSessionEnded = errors.New("session ended")

// session is one client connection and its own connection to the server, after start-up. Two pumps run it, one for each
// direction; all that they share is the queue, the settings that the server has reported, and this struct's immutable part.
type session struct {
	id       uint64
	server   *Server
	database *Database      // nil: not listed, passed through
	role     string         // that the client logs in as
	tenant   string         // fixed for the session; empty where a setting names it
	setting  *tenantSetting // that names the tenant; nil: none does
	raw      bool           // of a role for backups: nothing is sealed, opened or refused, so that only what is sealed comes and goes
	log      *slog.Logger

	name, user string // of the database and of the role, as the client gave them
	since      time.Time
	connecting time.Duration // to the server
	traffic    traffic
	leave      func()       // gives the role's share back; nil until the log-in is over
	slow       atomic.Int64 // statements

	client, upstream net.Conn
	host             dialer      // by which upstream was connected
	peer             *downstream // what client is
	negotiation      negotiation
	authenticated    bool                   // by the proxy: the server's AuthenticationOk is behind us
	foreignBinding   atomic.Bool            // the server offers channel binding, to another certificate than the client sees
	cancelKey        atomic.Pointer[[]byte] // the CancelRequest of the session
	asking, reading  patience               // of the two pumps, for keys

	queue    *queue
	settings atomic.Pointer[settings]
	ready    atomic.Bool // log-in is over
	readyCh  chan struct{}
	handling atomic.Bool // a message of the client is dealt with
	stopping atomic.Bool // the proxy drains: end when idle
	gone     atomic.Bool // the client has sent Terminate
	ended    atomic.Bool // nothing more is said to the client
	kill     atomic.Pointer[wireError]
}

// run moves messages until one side ends, and returns when both pumps are back.
func (s *session) run(ctx context.Context) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var pumps sync.WaitGroup
	req := newRequests(ctx, s, s.client, wire.NewWriter(s.upstream))
	res := newResponses(ctx, s, s.upstream, wire.NewWriter(&counted{s.client, &s.traffic.sent}))
	pumps.Go(func() {
		err := s.contain(req.run)
		s.endFromClient(err)
		stop()
	})
	err := s.contain(res.run)
	stop()
	running := !s.queue.idle()
	s.queue.close()
	if running && ours(err) {
		s.cancelAbandoned()
	}
	_ = s.upstream.Close()
	s.ended.Store(true)
	s.wakeRequests()
	pumps.Wait()
	res.close()
	s.hangUp()
	s.log.Debug("session ended", "cause", err)
}

// ours tells that it was the proxy that has ended the session, so that the server does not know yet.
func ours(err error) bool {
	var e *wireError
	return errors.As(err, &e) || errors.Is(err, errDesync)
}

// hangUp closes the client's connection so that what was said last arrives: a socket that is closed while it holds data that nobody has read
// takes back what the peer has not yet received (RFC 1122, section 4.2.2.13).
func (s *session) hangUp() {
	if half, ok := s.client.(interface{ CloseWrite() error }); ok && half.CloseWrite() == nil {
		_ = s.client.SetReadDeadline(time.Now().Add(lingerTimeout))
		_, _ = io.Copy(io.Discard, s.client)
	}
	_ = s.client.Close()
}

// lingerTimeout is how long a client may take to hang up after the last words.
const lingerTimeout = time.Second

// contain makes a panic the end of its own session alone. What a panic says may hold a value, so that only its type is logged.
func (s *session) contain(run func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			contain.Log(s.log, "session panicked", p)
			err = errPanic
		}
	}()
	return run()
}

var errPanic = fatal(codeInternal, "internal error in pgseal")

// endFromClient is called once the client has left or broken the protocol. The server is told to go, so that the pump reading
// it comes back by itself; a statement still running is cancelled first, since nobody waits for it.
func (s *session) endFromClient(err error) {
	var fatal *wireError
	switch {
	case errors.As(err, &fatal):
		s.end(fatal)
	case errors.Is(err, wire.ErrLength):
		s.end(errMessageLength)
	case errors.Is(err, errTerminated):
		// The server closes after Terminate; it is given a moment to do so. The client need not read what it still says.
		s.gone.Store(true)
		_ = s.client.SetWriteDeadline(time.Now().Add(terminateGrace))
		_ = s.upstream.SetReadDeadline(time.Now().Add(terminateGrace))
	default:
		if !s.queue.idle() {
			s.cancelAbandoned()
		}
		_ = s.upstream.Close()
		_ = s.client.SetWriteDeadline(time.Now().Add(lastWordsTimeout))
	}
}

// cancelAbandoned cancels the statement that nobody waits for any more. When a proxy ends, there may be more of those than may be cancelled at once.
func (s *session) cancelAbandoned() {
	ctx, stop := context.WithTimeout(context.Background(), s.server.limits.CancelTimeout)
	defer stop()
	err := s.cancelUpstream(ctx)
	for errors.Is(err, errTooManyCancels) && ctx.Err() == nil {
		time.Sleep(cancelRetry)
		err = s.cancelUpstream(ctx)
	}
	if err != nil {
		s.log.Debug("cancel of an abandoned statement", "cause", err)
	}
}

const cancelRetry = 5 * time.Millisecond

// terminateGrace is how long a server may take to close its connection after Terminate.
const terminateGrace = 5 * time.Second

// end makes the pump that writes to the client say e, at a message's boundary, and end the session. A client that does not read
// cannot keep it.
func (s *session) end(e *wireError) {
	s.kill.CompareAndSwap(nil, e)
	_ = s.client.SetWriteDeadline(time.Now().Add(lastWordsTimeout))
	_ = s.upstream.SetReadDeadline(time.Unix(1, 0))
}

// drain asks the session to end as soon as no transaction is open.
func (s *session) drain() {
	s.stopping.Store(true)
	_ = s.upstream.SetReadDeadline(time.Unix(1, 0))
}

// wakeRequests interrupts the pump that reads the client, so that it looks at the queue's order.
func (s *session) wakeRequests() { _ = s.client.SetReadDeadline(time.Unix(1, 0)) }

// planner is the planner of the session's database, or nil where nothing is protected, or everything passes as it is stored.
func (s *session) planner() *plan.Planner {
	if s.database == nil || s.raw {
		return nil
	}
	return s.database.Planner
}
