package proxy

import (
	"crypto/tls"
	"net"
	"time"
)

// keepAlive is set on both legs: load balancers forget connections that are silent for longer than about 350 s. A peer that is gone is noticed
// after two minutes.
const (
	keepAlive         = 60 * time.Second
	keepAliveInterval = 10 * time.Second
	keepAliveCount    = 6
)

// tune sets a leg's socket up. unacknowledged is how long data may wait for the peer to take them, before it counts as gone; 0 is what the system does, about
// a quarter of an hour. It is no default of ours: the kernel counts a peer that is there and does not read, too, as a server does not
// while it is at work on a long statement, or a client that pages through a result.
func tune(c net.Conn, unacknowledged time.Duration) {
	if t, ok := c.(*tls.Conn); ok {
		c = t.NetConn()
	}
	t, ok := c.(*net.TCPConn)
	if !ok {
		return
	}
	_ = t.SetNoDelay(true)
	_ = t.SetKeepAliveConfig(net.KeepAliveConfig{Enable: true, Idle: keepAlive, Interval: keepAliveInterval, Count: keepAliveCount})
	if unacknowledged > 0 {
		_ = setUserTimeout(t, unacknowledged)
	}
}
