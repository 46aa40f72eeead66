package admin

import (
	"net"
	"net/netip"
	"sync"
)

// How many connections are held at a time. They share the process's file descriptors with the sessions of the database, so that whoever can reach the admin
// address alone must not use them up; and one address not all that there are, which balancers and watchers need.
const (
	maxConnections = 512
	maxOfAddress   = 64 // with IPv6 of a subscriber's network; this machine's own are not counted
)

// bounded closes connections that are too many as soon as they come.
type bounded struct {
	net.Listener
	mu   sync.Mutex
	all  int
	from map[netip.Prefix]int
}

func newBounded(l net.Listener) *bounded { return &bounded{Listener: l, from: map[netip.Prefix]int{}} }

// Accept waits for a connection that may be held.
func (b *bounded) Accept() (net.Conn, error) {
	for {
		conn, err := b.Listener.Accept()
		if err != nil {
			return nil, err
		}
		who := network(conn.RemoteAddr())
		if b.admit(who) {
			return &counted{Conn: conn, end: sync.OnceFunc(func() { b.forget(who) })}, nil
		}
		_ = conn.Close()
	}
}

// admit counts a connection if there is room for it.
func (b *bounded) admit(who netip.Prefix) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.all >= maxConnections || who.IsValid() && b.from[who] >= maxOfAddress {
		return false
	}
	b.all++
	if who.IsValid() {
		b.from[who]++
	}
	return true
}

func (b *bounded) forget(who netip.Prefix) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.all--
	if b.from[who]--; b.from[who] <= 0 {
		delete(b.from, who)
	}
}

// network is whose connections an address counts to; none for this machine's own.
func network(a net.Addr) netip.Prefix {
	at, err := netip.ParseAddrPort(a.String())
	if err != nil || at.Addr().Unmap().IsLoopback() {
		return netip.Prefix{}
	}
	bits := 32
	if at.Addr().Unmap().Is6() {
		bits = 64
	}
	p, _ := at.Addr().Unmap().WithZone("").Prefix(bits)
	return p
}

// counted is a connection that makes room when it ends.
type counted struct {
	net.Conn
	end func()
}

// Close ends the connection.
func (c *counted) Close() error {
	defer c.end()
	return c.Conn.Close()
}
