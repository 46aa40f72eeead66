package kmstest

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

const maxRequest = 1 << 20

// Options of a Server; the zero value is ready for use.
type Options struct {
	Region  string           // of keys made without one; default eu-central-1
	Account string           // of keys and of unknown access keys; default 111122223333
	Strict  bool             // unknown access keys are refused
	Now     func() time.Time // clock; default time.Now
	// NoDryRun makes the server carry dry runs out, as many KMS emulators do.
	NoDryRun bool
	// StateFile, if not "", keeps keys, aliases, roles, users and denials: it is read by New when it exists and
	// written after every change, so that a server may be killed and started again. It holds secrets.
	StateFile string
	// Certificate, if not nil, is the server's: it is asked over https then, as production demands of a KMS.
	Certificate *tls.Certificate
}

// Server is the KMS and STS server. All its methods may be called at any time from any goroutine.
type Server struct {
	region, account string
	now             func() time.Time
	noDryRun        bool
	stateFile       string
	certificate     *tls.Certificate
	operations      map[string]operation
	verbs           map[string]verb

	listener net.Listener
	http     *http.Server
	closing  chan struct{}
	inFlight sync.WaitGroup // requests, and Serve when Start called it

	mu         sync.Mutex
	closed     bool
	strict     bool
	skew       time.Duration
	keys       map[string]*key      // by ARN
	aliases    map[string]string    // alias ARN -> key ARN
	identities map[string]*identity // by access key id
	roles      map[string]Role
	denials    []Denial
	faults     []*Fault
	counts     map[string]int
	perKey     map[subject]int
	calls      []Call
	saveErr    error
}

// New makes a server. Its errors are those of a state file that cannot be read.
func New(o Options) (*Server, error) {
	s := &Server{
		region: orElse(o.Region, "eu-central-1"), account: orElse(o.Account, "111122223333"),
		now: o.Now, noDryRun: o.NoDryRun, stateFile: o.StateFile, certificate: o.Certificate, strict: o.Strict, closing: make(chan struct{}),
		keys: map[string]*key{}, aliases: map[string]string{}, identities: map[string]*identity{},
		roles: map[string]Role{}, counts: map[string]int{}, perKey: map[subject]int{},
	}
	if s.now == nil {
		s.now = time.Now
	}
	s.operations = operations()
	s.verbs = s.controlVerbs()
	s.http = &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}
	if err := s.load(); err != nil {
		return nil, err
	}
	return s, nil
}

// Start makes a server that listens on a free port of 127.0.0.1 and serves until Close.
func Start(o Options) (*Server, error) {
	s, err := New(o)
	if err != nil {
		return nil, err
	}
	if err := s.Listen("127.0.0.1:0"); err != nil {
		return nil, err
	}
	s.inFlight.Add(1)
	go func() {
		defer s.inFlight.Done()
		_ = s.Serve() // ends with Close
	}()
	return s, nil
}

// Listen opens the listener; port 0 takes a free one.
func (s *Server) Listen(address string) error {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("kmstest: %w", err)
	}
	if s.certificate != nil {
		l = tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{*s.certificate}, NextProtos: []string{"http/1.1"}})
	}
	s.listener = l
	return nil
}

// URL is the endpoint to give to the SDK, for KMS and STS.
func (s *Server) URL() string {
	scheme := "http://"
	if s.certificate != nil {
		scheme = "https://"
	}
	return scheme + s.listener.Addr().String()
}

// Serve answers requests until Close, and returns nil then.
func (s *Server) Serve() error {
	if err := s.http.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("kmstest: %w", err)
	}
	return nil
}

// Close stops the server at once, hanging requests included, and waits for all of its goroutines. It returns the
// error of the last attempt to write the state file, if that failed.
func (s *Server) Close() error {
	s.mu.Lock()
	if !s.closed {
		s.closed = true
		close(s.closing)
	}
	s.mu.Unlock()
	err := s.http.Close()
	s.inFlight.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	return errors.Join(err, s.saveErr)
}

// ServeHTTP answers one request of the SDK or of the control interface.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !s.enter() {
		return
	}
	defer s.inFlight.Done()
	// The body is read whole first: only then does net/http notice a client that goes away.
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
	if err != nil {
		http.Error(w, "request too long or cut short", http.StatusBadRequest)
		return
	}
	if verb, ok := strings.CutPrefix(r.URL.Path, "/_control/"); ok {
		s.control(w, r, verb, body)
		return
	}
	w.Header().Set("X-Amzn-Requestid", newUUID())
	s.serveAWS(w, r, body)
}

// enter counts a request in, unless the server is closed.
func (s *Server) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.inFlight.Add(1)
	}
	return !s.closed
}

func (s *Server) serveAWS(w http.ResponseWriter, r *http.Request, body []byte) {
	x := s.exchange(r, body)
	x.id = w.Header().Get("X-Amzn-Requestid")
	w.Header().Set("Content-Type", x.contentType())
	s.arrived(x)
	s.mu.Lock()
	w.Header().Set("Date", s.now().Add(s.skew).UTC().Format(http.TimeFormat))
	s.mu.Unlock()

	f := s.takeFault(x)
	var refusal *apiError
	if f != nil {
		var done bool
		if refusal, done = s.misbehave(w, r, f); done {
			s.mu.Lock()
			s.note(Call{Time: s.now(), Operation: x.operation, Answer: string(f.Kind), RequestID: x.id})
			s.mu.Unlock()
			return
		}
	}
	status, answer := s.answer(x, r, body, refusal)
	if f != nil && (f.Kind == HalfBody || f.Kind == CutBody || f.Kind == Trickle) {
		s.damage(w, r, f.Kind, status, answer)
		return
	}
	w.WriteHeader(status)
	_, _ = w.Write(answer)
}

// answer carries the request out, unless it is refused already, and encodes the result.
func (s *Server) answer(x exchange, r *http.Request, body []byte, refusal *apiError) (int, []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	record := Call{Time: s.now(), Operation: x.operation, RequestID: x.id}
	var out any
	if refusal == nil {
		var who principal
		var region string
		if who, region, refusal = s.authenticate(r, body); refusal == nil {
			record.Principal = who.ARN
			out, refusal = x.run(who, region, &record)
		}
	}
	if refusal != nil {
		record.Answer = refusal.code
	}
	s.note(record)
	if x.query {
		return queryAnswer(out, refusal)
	}
	return jsonAnswer(out, refusal)
}
