package fleet

import (
	"bytes"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"
)

// relay is the network between one proxy and the database.
type relay struct {
	listener net.Listener
	target   atomic.Pointer[string]
	deaf     atomic.Bool // connections that LISTEN hear nothing

	mu      sync.Mutex
	cut     bool
	closed  bool
	open    map[net.Conn]struct{}
	running sync.WaitGroup
}

func newRelay(t testing.TB, target string) *relay {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &relay{listener: l, open: make(map[net.Conn]struct{})}
	r.target.Store(&target)
	r.running.Go(r.accept)
	t.Cleanup(r.close)
	return r
}

func (r *relay) port() string {
	_, port, _ := net.SplitHostPort(r.listener.Addr().String())
	return port
}

func (r *relay) accept() {
	for {
		c, err := r.listener.Accept()
		if err != nil {
			return
		}
		r.running.Go(func() { r.serve(c) })
	}
}

// enter notes a connection; false when there is no way through.
func (r *relay) enter(c net.Conn) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return false
	}
	r.open[c] = struct{}{}
	return true
}

func (r *relay) leave(c net.Conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.open, c)
	_ = c.Close()
}

func (r *relay) serve(client net.Conn) {
	if !r.enter(client) {
		_ = client.Close()
		return
	}
	defer r.leave(client)
	server, err := net.Dial("tcp", *r.target.Load())
	if err != nil || !r.enter(server) {
		return
	}
	defer r.leave(server)
	mute := &atomic.Bool{}
	r.running.Go(func() {
		r.pump(client, server, func([]byte) bool { return !mute.Load() })
		_ = client.Close()
	})
	r.pump(server, client, func(b []byte) bool {
		if r.deaf.Load() && bytes.Contains(b, []byte("LISTEN")) {
			mute.Store(true)
		}
		return true
	})
	_ = server.Close()
}

// pump copies what is let through. While the relay is cut everything is swallowed, as by a network that is gone: nobody is told.
func (r *relay) pump(to, from net.Conn, through func([]byte) bool) {
	buf := make([]byte, 32<<10)
	for {
		n, err := from.Read(buf)
		if n > 0 && through(buf[:n]) && !r.isCut() {
			if _, err := to.Write(buf[:n]); err != nil {
				return
			}
		}
		if err != nil {
			if r.isCut() && err == io.EOF {
				_, _ = io.Copy(io.Discard, to)
			}
			return
		}
	}
}

func (r *relay) isCut() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.cut
}

// setCut cuts the network, or mends it: what was connected by then is reset.
func (r *relay) setCut(cut bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cut = cut
	if !cut {
		r.reset()
	}
}

// lead sends everybody to another server from now on.
func (r *relay) lead(target string) {
	r.target.Store(&target)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.reset()
}

// reset ends every connection. The caller holds mu.
func (r *relay) reset() {
	for c := range r.open {
		_ = c.Close()
	}
}

func (r *relay) close() {
	r.mu.Lock()
	r.closed = true
	r.reset()
	r.mu.Unlock()
	_ = r.listener.Close()
	r.running.Wait()
}
