package proxy

import (
	"io"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// traffic counts what one session does. Each number has one writer, so that counting keeps nobody waiting; all may be read at any time.
type traffic struct {
	received     atomic.Int64 // bytes of the client
	sent         atomic.Int64 // bytes to the client
	queries      atomic.Int64 // segments and simple Queries that were answered
	transactions atomic.Int64 // that have ended
	busy         atomic.Int64 // nanoseconds from the first message of a segment to its answer
	status       atomic.Int32 // of the last ReadyForQuery; 0: there was none yet
	keyWaits     atomic.Int32 // pumps that ask for a key
}

// ready counts a segment that was answered.
func (t *traffic) ready(status byte) {
	t.queries.Add(1)
	if status == 'I' {
		t.transactions.Add(1)
	}
	t.status.Store(int32(status))
}

// counted is a writer whose bytes are counted.
type counted struct {
	to io.Writer
	n  *atomic.Int64
}

func (c *counted) Write(b []byte) (int, error) {
	n, err := c.to.Write(b)
	c.n.Add(int64(n))
	return n, err
}

// SessionState is what a session is doing, in a word.
type SessionState string

// What sessions do.
const (
	SessionLogin       SessionState = "login"       // the client logs in
	SessionActive      SessionState = "active"      // an answer is owed
	SessionKey         SessionState = "key"         // a statement waits for, or asks for, a tenant's key
	SessionIdle        SessionState = "idle"        // outside a transaction
	SessionTransaction SessionState = "transaction" // idle in a transaction
	SessionFailed      SessionState = "failed"      // idle in a transaction that has failed
)

// SessionStates are all of them.
func SessionStates() []SessionState {
	return []SessionState{SessionLogin, SessionActive, SessionKey, SessionIdle, SessionTransaction, SessionFailed}
}

// OtherDatabases is what databases that are not configured are called together.
const OtherDatabases = "(other)"

// Totals are sums over sessions of one database, those that have ended and those that have not. They only rise.
type Totals struct {
	Sessions     int64
	Received     int64 // bytes of clients
	Sent         int64 // bytes to clients
	Queries      int64 // segments and simple Queries that were answered
	Transactions int64
	Busy         time.Duration // from a segment's first message to its answer
	Connecting   time.Duration // to the database server, with the log-in where the proxy does it
	Slow         int64         // statements over Config.Slow
}

func (t *Totals) add(s *session) {
	t.Sessions++
	t.Received += s.traffic.received.Load()
	t.Sent += s.traffic.sent.Load()
	t.Queries += s.traffic.queries.Load()
	t.Transactions += s.traffic.transactions.Load()
	t.Busy += time.Duration(s.traffic.busy.Load())
	t.Connecting += s.connecting
	t.Slow += s.slow.Load()
}

// DatabaseTraffic is what goes on in one database.
type DatabaseTraffic struct {
	Database string
	Totals
	States map[SessionState]int // sessions that are open now
}

// SessionInfo is one open session. There is nothing in it that a client has sent but the names with which it logged in.
type SessionInfo struct {
	ID                             uint64
	Database, User, Tenant, Client string
	State                          SessionState
	Since                          time.Time
	Received, Sent                 int64
	Queries, Transactions          int64
	Busy                           time.Duration
}

// state is what the session does just now.
func (s *session) state() SessionState {
	switch {
	case s.traffic.keyWaits.Load() > 0:
		return SessionKey
	case s.traffic.status.Load() == 0:
		return SessionLogin
	case !s.queue.idle():
		return SessionActive
	}
	switch s.traffic.status.Load() {
	case 'T':
		return SessionTransaction
	case 'E':
		return SessionFailed
	}
	return SessionIdle
}

// label is the name under which the session's database is counted: their number is bounded by the configuration.
func (s *session) label() string {
	if s.database == nil {
		return OtherDatabases
	}
	return s.name
}

// Traffic tells what goes on in each configured database, and in all others together.
func (s *Server) Traffic() []DatabaseTraffic {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := map[string]*DatabaseTraffic{}
	for name, ended := range s.totals {
		all[name] = &DatabaseTraffic{Database: name, Totals: *ended, States: map[SessionState]int{}}
	}
	for sess := range s.sessions {
		d := all[sess.label()]
		d.add(sess)
		d.States[sess.state()]++
	}
	out := make([]DatabaseTraffic, 0, len(all))
	for _, d := range all {
		out = append(out, *d)
	}
	slices.SortFunc(out, func(a, b DatabaseTraffic) int { return strings.Compare(a.Database, b.Database) })
	return out
}

// Sessions tells about every open session, the eldest first.
func (s *Server) Sessions() []SessionInfo {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]SessionInfo, 0, len(s.sessions))
	for sess := range s.sessions {
		t := &sess.traffic
		all = append(all, SessionInfo{ID: sess.id, Database: sess.name, User: sess.user, Tenant: sess.tenant, Client: sess.peer.peerName(), State: sess.state(), Since: sess.since,
			Received: t.received.Load(), Sent: t.sent.Load(), Queries: t.queries.Load(), Transactions: t.transactions.Load(), Busy: time.Duration(t.busy.Load())})
	}
	slices.SortFunc(all, func(a, b SessionInfo) int { return int(int64(a.ID) - int64(b.ID)) })
	return all
}

// Draining tells since when the proxy drains; the zero time while it does not.
func (s *Server) Draining() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.drainSince
}
