package main

import (
	"errors"
	"net"
	"sync"
	"time"
)

// joinedListener accepts from several listeners.
type joinedListener struct {
	all       []net.Listener
	accepted  chan accepted
	abandoned chan struct{} // nobody calls Accept any more
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
	j := &joinedListener{all: all, accepted: make(chan accepted), abandoned: make(chan struct{})}
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
		case <-j.abandoned:
			if conn != nil {
				_ = conn.Close()
			}
		}
	}
}

// Accept implements net.Listener. Who had been accepted by the time of Close is not lost.
func (j *joinedListener) Accept() (net.Conn, error) {
	a, ok := <-j.accepted
	if !ok {
		return nil, net.ErrClosed
	}
	return a.conn, a.err
}

// Close implements net.Listener. It may be called twice.
func (j *joinedListener) Close() error {
	var errs []error
	j.once.Do(func() {
		for _, l := range j.all {
			errs = append(errs, l.Close())
		}
		unclaimed := time.AfterFunc(claimTimeout, func() { close(j.abandoned) })
		go func() {
			j.accepting.Wait()
			unclaimed.Stop()
			close(j.accepted)
		}()
	})
	return errors.Join(errs...)
}

// claimTimeout is how long a connection waits for Accept behind Close.
const claimTimeout = time.Second

// Addr implements net.Listener: the first one's.
func (j *joinedListener) Addr() net.Addr { return j.all[0].Addr() }
