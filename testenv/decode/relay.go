package decode

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"sync"
	"testing"
)

// Relay passes connections on to a server and reads along. It is safe for
// concurrent use.
type Relay struct {
	listener net.Listener
	target   string
	running  sync.WaitGroup

	mu         sync.Mutex
	closed     bool
	sessions   []*session
	violations []error
}

// Between starts a Relay in front of the server that a postgres:// URL names,
// and gives the URL that leads through it. When the test ends the Relay is
// closed; every violation fails the test, and so does a Relay that decoded
// nothing.
func Between(t testing.TB, serverURL string) (*Relay, string) {
	t.Helper()
	u, err := url.Parse(serverURL)
	if err != nil {
		t.Fatalf("relay: %v", err)
	}
	r, err := Listen(u.Host)
	if err != nil {
		t.Fatalf("relay: %v", err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Errorf("decoding what the server sent: %v", err)
		}
		if r.Messages() == 0 {
			t.Error("the relay decoded no message of the server")
		}
	})
	u.Host = r.Addr()
	return r, u.String()
}

// Listen starts a Relay on a free port of 127.0.0.1, in front of the server at
// target (host:port).
func Listen(target string) (*Relay, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	r := &Relay{listener: listener, target: target}
	r.running.Add(1)
	go r.accept()
	return r, nil
}

// Addr is where the Relay listens, host:port.
func (r *Relay) Addr() string { return r.listener.Addr().String() }

// Close ends all connections, waits for them, and returns the violations.
func (r *Relay) Close() error {
	r.mu.Lock()
	r.closed = true
	sessions := r.sessions
	r.mu.Unlock()

	r.listener.Close()
	for _, s := range sessions {
		s.close()
	}
	r.running.Wait()
	return errors.Join(r.Violations()...)
}

// Violations returns what was found so far.
func (r *Relay) Violations() []error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]error(nil), r.violations...)
}

// Messages counts the messages of the server that were decoded and found right.
func (r *Relay) Messages() int {
	n := 0
	for _, s := range r.each() {
		n += s.decoded()
	}
	return n
}

// Carried tells whether a piece of bytes went over any connection, in either
// direction, as it is. It looks at the first 64 MiB of each.
func (r *Relay) Carried(piece []byte) bool {
	for _, s := range r.each() {
		if s.carried(piece) {
			return true
		}
	}
	return false
}

func (r *Relay) each() []*session {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]*session(nil), r.sessions...)
}

func (r *Relay) accept() {
	defer r.running.Done()
	for {
		client, err := r.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", r.target)
		if err != nil {
			client.Close()
			r.violation(fmt.Errorf("relay: %w", err))
			continue
		}
		s := newSession(client, server, r.violation)
		if !r.register(s) {
			s.close()
			return
		}
		go func() {
			defer r.running.Done()
			s.run()
		}()
	}
}

// register takes a session in, unless the Relay is being closed.
func (r *Relay) register(s *session) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return false
	}
	r.sessions = append(r.sessions, s)
	r.running.Add(1)
	return true
}

func (r *Relay) violation(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.violations = append(r.violations, err)
}
