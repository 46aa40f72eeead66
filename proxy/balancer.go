package proxy

import (
	"bytes"
	"encoding/binary"
	"io"
	"net/netip"
)

// A balancer in front of the proxy says whose connection it passes on, by the PROXY protocol, version 2
// (https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt). Only configured networks are believed; from them the header is demanded, since
// a receiver must not guess whether there is one.

const (
	balancerSignature = "\r\n\r\n\x00\r\nQUIT\n"
	balancerHead      = 16   // bytes: signature, version and command, family, length
	maxBalancerHeader = 4096 // bytes behind the head: addresses, and additions that are passed over
)

var errNoBalancer = fatal(codeProtocolViolation, "pgseal expects a PROXY protocol header (version 2) from this address")

// Commands and families.
const (
	balancerVersion = 0x20
	commandLocal    = 0x0 // the balancer's own connection, a health check
	commandProxy    = 0x1
	familyTCP4      = 0x11
	familyTCP6      = 0x21
)

// believes tells whether the peer is a balancer that says whose connection it is.
func (s *Server) believes(peer netip.Addr) bool {
	for _, network := range s.balancers {
		if network.Contains(peer) {
			return true
		}
	}
	return false
}

// readBalancer reads the header, and nothing behind it.
func (d *downstream) readBalancer() error {
	var head [balancerHead]byte
	if n, err := io.ReadFull(d.socket, head[:]); err != nil {
		switch {
		case n == 0:
			return errProbe
		case !bytes.HasPrefix([]byte(balancerSignature), head[:min(n, len(balancerSignature))]):
			return errNoBalancer
		}
		return err
	}
	length := int(binary.BigEndian.Uint16(head[14:]))
	if string(head[:12]) != balancerSignature || head[12]&0xf0 != balancerVersion || length > maxBalancerHeader {
		return errNoBalancer
	}
	body := make([]byte, length)
	if _, err := io.ReadFull(d.socket, body); err != nil {
		return err
	}
	switch head[12] & 0x0f {
	case commandLocal:
		return nil
	case commandProxy:
		return d.comesFrom(head[13], body)
	}
	return errNoBalancer
}

// comesFrom takes the client's address from a header's body. Families other than TCP leave the balancer's own.
func (d *downstream) comesFrom(family byte, body []byte) error {
	size := 0
	switch family {
	case familyTCP4:
		size = 4
	case familyTCP6:
		size = 16
	default:
		return nil
	}
	if len(body) < 2*size+4 { // two addresses, two ports
		return errNoBalancer
	}
	from, _ := netip.AddrFromSlice(body[:size])
	d.from = from.Unmap()
	return nil
}
