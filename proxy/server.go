package proxy

import (
	"context"
	"crypto/x509"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/legatics/pgseal/proxy/contain"
	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/value"
)

// Database is one database that the proxy protects.
type Database struct {
	Planner *plan.Planner
	Keys    Keys
	// Tenant says whose session it is, unless TenantByCertificate or TenantSetting does.
	Tenant TenantRule
	// TenantByCertificate names the tenant of a client by its verified certificate; nil: certificates name none.
	TenantByCertificate func(*x509.Certificate) string
	// TenantSetting is the setting by which a session names its tenant; empty: none does.
	TenantSetting string
	// MayUse tells whether a log-in role may use a tenant. May be nil: each may use any.
	MayUse func(user, tenant string) bool
	// Raw tells whether a log-in role sees sealed values as they are stored: for backups. May be nil: none does.
	Raw func(user string) bool
	// Changed is called when a transaction that may have changed the catalogue has ended, before the client is told so. It returns when the
	// planner has a catalogue that knows of the change, or after a time that it bounds itself. May be nil.
	Changed func()
	// Times is told how long statements take, while somebody asks for it. May be nil.
	Times *Times
}

// TenantRule says whose session it is.
type TenantRule interface {
	// Tenant returns the tenant of a session of that log-in role and database.
	Tenant(user, database string) string
}

// Limits bound what a client can make the proxy hold. A zero field stands for its default.
type Limits struct {
	Connections       int           // sessions at once; default 10000
	PerAddress        int           // connections at once of an address, a /64 of IPv6; 0: no limit. Unix sockets have none
	PerRole           int           // sessions at once of a role that has logged in; 0: no limit
	Prepared          int           // prepared statements of a session, and portals; default 10000, negative: no limit
	Cancels           int           // cancel requests under way at once; default 64
	Message           int           // bytes of a message that is held in memory to be rewritten; default 64 MiB
	LoginMessage      int           // bytes of a message during log-in; default 64 KiB
	LoginTimeout      time.Duration // from the connection to the end of the log-in; default 60 s
	CancelTimeout     time.Duration // for passing a cancel request on; default 10 s
	Idle              time.Duration // of a session outside a transaction, unless it listens; 0: no limit
	IdleInTransaction time.Duration // of one in a transaction; 0: no limit
	Unacknowledged    time.Duration // TCP_USER_TIMEOUT of both legs; 0: the system's
	FailedLogins      int           // of an address in a minute, before it has to wait; default 30, negative: no limit
}

func (l Limits) withDefaults() Limits {
	def := func(v *int, d int) {
		if *v == 0 {
			*v = d
		}
	}
	def(&l.Connections, 10000)
	def(&l.Cancels, 64)
	def(&l.Prepared, 10000)
	def(&l.Message, 64<<20)
	def(&l.LoginMessage, 64<<10)
	def(&l.FailedLogins, 30)
	if l.LoginTimeout == 0 {
		l.LoginTimeout = 60 * time.Second
	}
	if l.CancelTimeout == 0 {
		l.CancelTimeout = 10 * time.Second
	}
	return l
}

// Config is what a Server is made of.
type Config struct {
	// Dial connects to the database server: see Upstream. Hosts are several; where they are there, Dial is not used.
	Dial      func(ctx context.Context) (net.Conn, error)
	Hosts     *Hosts
	ClientTLS ClientTLS
	// Balancers are the networks of peers that begin with a PROXY protocol header.
	Balancers []netip.Prefix
	Auth      Auth
	// Databases by name. PassOthers lets databases that are not listed through untouched; without it they are refused.
	Databases  map[string]*Database
	PassOthers bool
	Limits     Limits
	Zones      *value.Zones // time zones, loaded once for all sessions; may be nil
	Log        *slog.Logger
	Counters   *Counters // may be nil
	Console    *Console  // may be nil
	// Watch is told of every query that was answered, by the goroutine that then goes on. Nil: nobody watches, and nothing is measured for it.
	Watch func(*Answered)
	Slow  time.Duration // from which on a query is a slow one; 0: none is. Only where Watch is there
}

// Server accepts clients and runs their sessions.
type Server struct {
	hosts      *Hosts
	clientTLS  ClientTLS
	balancers  []netip.Prefix
	auth       Auth
	attempts   *attempts
	shares     *shares
	databases  map[string]*Database
	passOthers bool
	limits     Limits
	zones      *value.Zones
	log        *slog.Logger
	counters   *Counters
	console    *Console
	consoles   map[net.Conn]struct{} // sockets of its clients
	watch      func(*Answered)
	slow       time.Duration
	cancels    chan struct{}

	mu         sync.Mutex
	sessions   map[*session]struct{}
	pending    map[net.Conn]struct{} // connections that have not begun a session
	draining   bool
	drainSince time.Time
	totals     map[string]*Totals // of the sessions that have ended, by label
	stop       context.CancelFunc // ends what Serve's goroutines wait for
	last       uint64
	conns      sync.WaitGroup
}

// New returns a server. Serve starts it.
func New(c Config) *Server {
	limits := c.Limits.withDefaults()
	counters := c.Counters
	if counters == nil {
		counters = &Counters{}
	}
	totals := map[string]*Totals{OtherDatabases: {}}
	for name := range c.Databases {
		totals[name] = &Totals{}
	}
	hosts := c.Hosts
	if hosts == nil {
		hosts = &Hosts{only: c.Dial}
	}
	return &Server{console: c.Console, consoles: map[net.Conn]struct{}{}, watch: c.Watch, slow: c.Slow, totals: totals,
		hosts: hosts, clientTLS: c.ClientTLS, balancers: c.Balancers, auth: c.Auth, attempts: newAttempts(limits.FailedLogins), shares: newShares(limits.PerAddress, limits.PerRole),
		databases: c.Databases, passOthers: c.PassOthers, limits: limits, zones: c.Zones, log: c.Log,
		counters: counters, cancels: make(chan struct{}, limits.Cancels),
		sessions: map[*session]struct{}{}, pending: map[net.Conn]struct{}{}}
}

// Serve accepts clients until the listener is closed, by Shutdown or by the caller, and returns when all sessions have ended.
// It takes ownership of the listener. Cancelling ctx ends all sessions at once.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	s.mu.Lock()
	s.stop = stop
	s.mu.Unlock()
	closed := make(chan struct{})
	unwatch := context.AfterFunc(ctx, func() { defer close(closed); s.closeAll(listener) })
	defer func() {
		if !unwatch() {
			<-closed
		}
	}()
	for {
		conn, err := listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			break
		}
		if err != nil {
			s.log.Error("accept failed", "cause", err)
			select {
			case <-time.After(100 * time.Millisecond): // out of file descriptors, say
				continue
			case <-ctx.Done():
			}
			break
		}
		if !s.admit(conn) {
			continue
		}
		go func() {
			defer s.conns.Done()
			defer s.forget(conn)
			s.contain(func() { s.serve(ctx, conn) })
		}()
	}
	s.conns.Wait()
	return nil
}

// admit counts a connection, or turns it away. Beyond the limit of sessions some are let in as far as their first packet, which may
// be a cancel request, or is answered by an error that the client can read.
func (s *Server) admit(conn net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.draining:
		s.turnAway(conn, fatal(codeCannotConnectNow, "pgseal is shutting down"))
		return false
	case len(s.pending)+len(s.sessions) >= s.limits.Connections+s.limits.Cancels:
		s.turnAway(conn, errTooManyClients)
		return false
	}
	s.pending[conn] = struct{}{}
	s.conns.Add(1) // under the lock: whoever drains waits for it
	return true
}

var errTooManyClients = fatal(codeTooManyConnections, "sorry, too many clients already")

// full tells that there is no room for one more session.
func (s *Server) full() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.pending)+len(s.sessions) > s.limits.Connections
}

func (s *Server) turnAway(conn net.Conn, e *wireError) {
	_ = conn.SetWriteDeadline(time.Now().Add(time.Second))
	_, _ = conn.Write(e.append(nil))
	_ = conn.Close()
}

func (s *Server) forget(conn net.Conn) {
	s.mu.Lock()
	delete(s.pending, conn)
	s.mu.Unlock()
	_ = conn.Close()
}

// contain makes a panic before a session has begun, or in the console, the end of its connection alone, as session.contain does for sessions.
func (s *Server) contain(serve func()) {
	defer func() {
		if p := recover(); p != nil {
			contain.Log(s.log, "connection panicked", p)
		}
	}()
	serve()
}

// serve runs one connection from its first packet to its end.
func (s *Server) serve(ctx context.Context, socket net.Conn) {
	tune(socket, s.limits.Unacknowledged)
	if err := socket.SetDeadline(time.Now().Add(s.limits.LoginTimeout)); err != nil {
		return
	}
	client := newDownstream(socket)
	defer func() { _ = client.Close() }() // TLS says goodbye; the socket is closed a second time without harm
	leave, err := s.identify(client)
	if err != nil {
		s.refuseStart(client, err)
		return
	}
	defer leave()
	start, err := readStartup(ctx, client, s.clientTLS)
	if err != nil {
		s.refuseStart(client, err)
		return
	}
	if start.code == codeCancelRequest {
		if err := s.relayCancel(ctx, start.raw); err != nil {
			s.counters.CancelsFailed.Add(1)
			s.log.Warn("cancel request not passed on", "cause", err)
		}
		return
	}
	sess, err := s.begin(ctx, client, start)
	if errors.Is(err, errConsole) {
		return
	}
	if err != nil {
		s.refuseStart(client, err)
		return
	}
	defer s.finish(sess)
	sess.run(ctx)
}

// identify finds out whose connection it is, and counts it until leave is called.
func (s *Server) identify(client *downstream) (leave func(), err error) {
	if s.believes(client.from) {
		if err := client.readBalancer(); err != nil {
			return nil, err
		}
	}
	leave, ok := s.shares.enter(client.from, s.limits.Cancels)
	if !ok {
		return nil, errTooManyOfAddress
	}
	return leave, nil
}

// refuseStart tells the client why there will be no session.
func (s *Server) refuseStart(client *downstream, err error) {
	var e *wireError
	var relayed *relayedError
	switch {
	case errors.Is(err, errProbe), errors.Is(err, io.ErrUnexpectedEOF):
		return
	case errors.As(err, &relayed):
		_, _ = client.Write(relayed.message)
		return
	case errors.As(err, &e):
		s.counters.connections.add(e.code)
		s.log.Info("connection refused", "client", client.peerName(), "sqlstate", e.code, "cause", e.message)
	case errors.Is(err, errHandshake), errors.Is(err, errNoALPN), errors.Is(err, errDirectTLS):
		s.log.Info("connection refused", "client", client.peerName(), "cause", err)
		return
	default:
		s.log.Debug("connection ended during start-up", "cause", err)
		return
	}
	_, _ = client.Write(e.append(nil))
}

// begin connects a client that has said what it wants to the database server.
func (s *Server) begin(ctx context.Context, client *downstream, start *startupPacket) (*session, error) {
	switch {
	case s.full():
		return nil, errTooManyClients
	case s.shares.crowded(client.from):
		return nil, errTooManyOfAddress
	case !s.attempts.allow(client.from):
		return nil, errTooManyAttempts
	}
	who, err := s.authenticate(ctx, client, start)
	if err != nil {
		return nil, err
	}
	defer who.wipe()
	user, database := start.params["user"], start.params["database"]
	if s.consoleFor(database) {
		return nil, s.runConsole(ctx, client, start, who)
	}
	db := s.databases[database]
	if db == nil && !s.passOthers {
		return nil, fatal(codeInvalidCatalogName, "database \""+database+"\" is not configured in pgseal")
	}
	if db != nil && replication(start.params) {
		return nil, fatal(codeFeatureNotSupported, "replication connections are not supported on a protected database")
	}
	sess := &session{server: s, database: db, client: client.Conn, peer: client, queue: newQueue(), readyCh: make(chan struct{}),
		name: database, user: user, since: time.Now()}
	sess.queue.busy = &sess.traffic.busy
	sess.settings.Store(&settings{value: value.Settings{Zones: s.zones}, utf8: true, standardStrings: true})
	if db != nil {
		sess.role, sess.queue.times = user, db.Times
		sess.nameTenant(start)
		sess.raw = db.Raw != nil && db.Raw(user)
	}
	if err := s.connect(ctx, sess, start, who); err != nil {
		return nil, err
	}
	sess.connecting = time.Since(sess.since)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last++
	sess.id = s.last
	sess.log = s.log.With("session", sess.id, "client", client.peerName(), "database", database, "user", user, "tenant", sess.tenant)
	delete(s.pending, client.socket)
	s.sessions[sess] = struct{}{}
	s.counters.Sessions.Add(1)
	if s.draining {
		sess.drain()
	}
	return sess, nil
}

func (s *Server) finish(sess *session) {
	s.mu.Lock()
	delete(s.sessions, sess)
	if sess.leave != nil {
		sess.leave()
	}
	s.totals[sess.label()].add(sess)
	s.mu.Unlock()
	s.counters.SessionsEnded.Add(1)
}

// Drain stops accepting sessions and ends each one as soon as it is idle outside a transaction. It returns when all have
// ended, or when ctx is done: then those that are left are ended at once.
func (s *Server) Drain(ctx context.Context, listener net.Listener) error {
	s.mu.Lock()
	s.drains()
	for sess := range s.sessions {
		sess.drain()
	}
	for conn := range s.consoles {
		_ = conn.SetReadDeadline(time.Unix(1, 0))
	}
	s.mu.Unlock()
	_ = listener.Close()
	done := make(chan struct{})
	go func() { s.conns.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		s.closeAll(listener)
		<-done
		return ctx.Err()
	}
}

// drains notes that nobody is let in any more.
func (s *Server) drains() {
	if !s.draining {
		s.draining, s.drainSince = true, time.Now()
	}
}

// closeAll ends everything now.
func (s *Server) closeAll(listener net.Listener) {
	_ = listener.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drains() // one that was accepted just now is not let in behind us
	for sess := range s.sessions {
		sess.end(fatal(codeAdminShutdown, "terminating connection due to administrator command"))
	}
	for conn := range s.pending {
		_ = conn.Close()
	}
	if s.stop != nil {
		s.stop()
	}
}
