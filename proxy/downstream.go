package proxy

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/netip"
)

// downstream is a client's connection, and what is known of it by the time of its StartupMessage.
type downstream struct {
	net.Conn          // what is read and written: the socket, or TLS over it
	socket   net.Conn // as it was accepted
	tls      *tls.Conn
	served   *x509.Certificate // ours, where tls is not nil
	from     netip.Addr        // the client's address, by the socket or by a trusted balancer; invalid for a Unix socket
}

func newDownstream(socket net.Conn) *downstream {
	return &downstream{Conn: socket, socket: socket, from: addressOf(socket.RemoteAddr())}
}

// unix tells that the client is on this machine, by a Unix socket.
func (d *downstream) unix() bool { return !d.from.IsValid() }

// private tells that nobody between the client and the proxy reads along.
func (d *downstream) private() bool {
	return d.tls != nil || d.unix() || d.from.IsLoopback() && addressOf(d.socket.RemoteAddr()).IsLoopback()
}

// peerName is the client's address for the log.
func (d *downstream) peerName() string {
	if d.unix() {
		return "unix"
	}
	return d.from.String()
}

// addressOf is the IP address of a TCP peer; invalid for others.
func addressOf(a net.Addr) netip.Addr {
	if t, ok := a.(*net.TCPAddr); ok {
		return t.AddrPort().Addr().Unmap()
	}
	return netip.Addr{}
}
