package admin

import (
	"crypto/tls"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"sync"
)

// How many connections are held at a time. They share the process's file descriptors with the sessions of the database, so that whoever can reach the admin
// address alone must not use them up; and one address not all that there are, which balancers and watchers need.
const (
	maxConnections = 512
	maxOfAddress   = 64 // with IPv6 of a subscriber's network; this machine's own are not counted
)

// bounded closes a connection for each that is too many: one of whoever holds most, where it can one on which nothing is done, and the one that came first. Whoever
// comes is answered in any case, so that nobody can shut out a probe or an officer by holding what there is.
type bounded struct {
	net.Listener
	mu    sync.Mutex
	all   int
	came  uint64
	holds map[netip.Prefix][]*counted // in the order in which they came
}

func newBounded(l net.Listener) *bounded {
	return &bounded{Listener: l, holds: map[netip.Prefix][]*counted{}}
}

// Accept waits for a connection.
func (b *bounded) Accept() (net.Conn, error) {
	conn, err := b.Listener.Accept()
	if err != nil {
		return nil, err
	}
	c := &counted{Conn: conn, of: b, who: network(conn.RemoteAddr())}
	if goes := b.admit(c); goes != nil {
		_ = goes.Close()
	}
	return c, nil
}

// admit counts a connection. Another that has to be closed for it is counted no more.
func (b *bounded) admit(c *counted) (goes *counted) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if c.who.IsValid() && len(b.holds[c.who]) >= maxOfAddress {
		goes = first(b.holds[c.who])
	} else if b.all >= maxConnections {
		goes = b.ofMost()
	}
	if goes != nil {
		b.forget(goes)
	}
	b.all++
	b.came++
	c.came = b.came
	b.holds[c.who] = append(b.holds[c.who], c)
	return goes
}

// ofMost is the connection that is to go of whoever holds most.
func (b *bounded) ofMost() (goes *counted) {
	most := 0
	for _, held := range b.holds {
		if c := first(held); len(held) > most || len(held) == most && c.before(goes) {
			most, goes = len(held), c
		}
	}
	return goes
}

// first is the connection of one address that is to go before its others.
func first(held []*counted) *counted {
	if i := slices.IndexFunc(held, func(c *counted) bool { return !c.busy }); i >= 0 {
		return held[i]
	}
	return held[0]
}

// forget counts a connection no more, if it is still counted. It is called under mu.
func (b *bounded) forget(c *counted) {
	held := b.holds[c.who]
	i := slices.Index(held, c)
	if i < 0 {
		return
	}
	b.all--
	if held = slices.Delete(held, i, i+1); len(held) == 0 {
		delete(b.holds, c.who)
		return
	}
	b.holds[c.who] = held
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
	of   *bounded
	who  netip.Prefix
	came uint64
	busy bool // a request is answered; belongs to bounded.mu
}

// before tells which of two goes first.
func (c *counted) before(other *counted) bool {
	if c.busy != other.busy {
		return other.busy
	}
	return c.came < other.came
}

// Close ends the connection.
func (c *counted) Close() error {
	c.of.mu.Lock()
	c.of.forget(c)
	c.of.mu.Unlock()
	return c.Conn.Close()
}

// watch is http.Server's ConnState: it keeps on which connections something is done.
func watch(conn net.Conn, state http.ConnState) {
	if secure, ok := conn.(*tls.Conn); ok {
		conn = secure.NetConn()
	}
	if c, ok := conn.(*counted); ok {
		c.of.mu.Lock()
		defer c.of.mu.Unlock()
		c.busy = state == http.StateActive
	}
}
