package tenants

import (
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
)

// wire carries connections to a server and counts the bytes.
type wire struct {
	listener net.Listener
	target   string
	bytes    atomic.Int64
	running  sync.WaitGroup

	mu    sync.Mutex
	conns []net.Conn
}

func tap(target string) (*wire, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	w := &wire{listener: l, target: target}
	w.running.Go(w.accept)
	return w, nil
}

// Port is where it listens.
func (w *wire) Port() string {
	_, port, _ := strings.Cut(w.listener.Addr().String(), ":")
	return port
}

// Close ends every connection and waits.
func (w *wire) Close() error {
	err := w.listener.Close()
	w.mu.Lock()
	for _, c := range w.conns {
		err = errors.Join(err, c.Close())
	}
	w.mu.Unlock()
	w.running.Wait()
	return err
}

func (w *wire) accept() {
	for {
		client, err := w.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", w.target)
		if err != nil {
			_ = client.Close()
			continue
		}
		w.mu.Lock()
		w.conns = append(w.conns, client, server)
		w.mu.Unlock()
		w.running.Go(func() { w.carry(client, server) })
		w.running.Go(func() { w.carry(server, client) })
	}
}

func (w *wire) carry(from, to net.Conn) {
	_, _ = io.Copy(counted{to, &w.bytes}, from)
	_, _ = to.Close(), from.Close()
}

type counted struct {
	io.Writer
	n *atomic.Int64
}

func (c counted) Write(p []byte) (int, error) {
	n, err := c.Writer.Write(p)
	c.n.Add(int64(n))
	return n, err
}
