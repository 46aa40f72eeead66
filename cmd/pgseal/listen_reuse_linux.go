package main

import (
	"context"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// sharedListener listens on a port along with other processes (SO_REUSEPORT, socket(7)). The kernel deals connections out among them, and resets those
// that it has dealt to a socket that is closed before it has accepted them. So before it is closed the socket turns deaf: it demands of packets
// that they come from a neighbour (a TTL of 255, RFC 5082), which those of clients do not seem to. The kernel drops their requests without a word, and
// they repeat them after a second, when the socket is gone and another one hears them. What is on its way by then is accepted as ever.
type sharedListener struct {
	net.Listener
	deaf   atomic.Bool
	closed sync.Once
}

// deafFor is longer than a handshake takes, and shorter than the second after which it is begun anew (RFC 6298, section 2.1).
const deafFor = 400 * time.Millisecond

const neighbour = 255 // the TTL of packets that nobody has forwarded, where the sender wants that to be seen

func listenShared(a address) (net.Listener, error) {
	config := net.ListenConfig{Control: func(_, _ string, c syscall.RawConn) error {
		return control(c, func(fd int) error { return unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEPORT, 1) })
	}}
	l, err := config.Listen(context.Background(), a.network, a.dial)
	if err != nil {
		return nil, err
	}
	return &sharedListener{Listener: l}, nil
}

// Accept implements net.Listener. A connection has its socket's demand, which must not last.
func (l *sharedListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err == nil && l.deaf.Load() {
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = demand(tcp, 0)
		}
	}
	return c, err
}

// Close implements net.Listener.
func (l *sharedListener) Close() error {
	l.closed.Do(func() {
		l.deaf.Store(true)
		if tcp, ok := l.Listener.(*net.TCPListener); ok && demand(tcp, neighbour) == nil {
			time.Sleep(deafFor)
		}
	})
	return l.Listener.Close()
}

// demand sets the least TTL of the packets that a socket takes. A socket of IPv6 may hear IPv4 too.
func demand(s syscall.Conn, ttl int) error {
	c, err := s.SyscallConn()
	if err != nil {
		return err
	}
	return control(c, func(fd int) error {
		v6 := unix.SetsockoptInt(fd, unix.IPPROTO_IPV6, unix.IPV6_MINHOPCOUNT, ttl)
		if v4 := unix.SetsockoptInt(fd, unix.IPPROTO_IP, unix.IP_MINTTL, ttl); v4 != nil && v6 != nil {
			return v4
		}
		return nil
	})
}

func control(c syscall.RawConn, do func(fd int) error) (err error) {
	controlled := c.Control(func(fd uintptr) { err = do(int(fd)) })
	return errors.Join(controlled, err)
}
