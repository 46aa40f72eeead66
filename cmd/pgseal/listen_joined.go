package main

import (
	"errors"
	"net"
	"sync"
)

// joinedListener accepts from several listeners.
type joinedListener struct {
	all       []net.Listener
	accepted  chan accepted
	closed    chan struct{}
	once      sync.Once
	accepting sync.WaitGroup
}

type accepted struct {
	conn net.Conn
	err  error
}

// join makes one listener of several. It owns them from now on.
func join(all []net.Listener) net.Listener {
	if len(all) == 1 {
		return all[0]
	}
	j := &joinedListener{all: all, accepted: make(chan accepted), closed: make(chan struct{})}
	for _, l := range all {
		j.accepting.Go(func() { j.acceptFrom(l) })
	}
	return j
}

func (j *joinedListener) acceptFrom(l net.Listener) {
	for {
		conn, err := l.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		select {
		case j.accepted <- accepted{conn, err}:
		case <-j.closed:
			if conn != nil {
				_ = conn.Close()
			}
			return
		}
	}
}

// Accept implements net.Listener.
func (j *joinedListener) Accept() (net.Conn, error) {
	select {
	case a := <-j.accepted:
		return a.conn, a.err
	case <-j.closed:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener. It may be called twice.
func (j *joinedListener) Close() error {
	var errs []error
	j.once.Do(func() {
		close(j.closed)
		for _, l := range j.all {
			errs = append(errs, l.Close())
		}
	})
	j.accepting.Wait()
	return errors.Join(errs...)
}

// Addr implements net.Listener: the first one's.
func (j *joinedListener) Addr() net.Addr { return j.all[0].Addr() }
