package admin

import (
	"io"
	"net"
	"net/netip"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// TestConnectionsAreBounded: who opens connections and says nothing is turned away beyond a number, and makes room when he goes.
func TestConnectionsAreBounded(t *testing.T) {
	defer goleak.VerifyNone(t)
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := newBounded(inner)
	accepted := make(chan net.Conn, maxConnections)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			accepted <- conn
		}
	}()
	dial := func() net.Conn {
		t.Helper()
		conn, err := net.Dial("tcp", inner.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = conn.Close() })
		return conn
	}
	var held []net.Conn
	for range maxConnections {
		dial()
		held = append(held, <-accepted)
	}
	refused := dial()
	_ = refused.SetReadDeadline(time.Now().Add(time.Minute))
	if _, err := refused.Read(make([]byte, 1)); err == nil || isTimeout(err) {
		t.Errorf("one too many: %v, want its end", err)
	}
	_ = held[0].Close()
	_ = held[0].Close() // counts once
	dial()
	held = append(held, <-accepted)
	if l.all != maxConnections {
		t.Errorf("%d are counted", l.all)
	}
	for _, conn := range held {
		_ = conn.Close()
	}
	_ = l.Close()
	<-ended
	if l.all != 0 || len(l.from) != 0 {
		t.Errorf("%d are left, of %v", l.all, l.from)
	}
}

func isTimeout(err error) bool {
	e, ok := err.(net.Error)
	return ok && e.Timeout() && err != io.EOF
}

// TestOneAddressIsBounded: one address cannot take all connections, with IPv6 one network; this machine can.
func TestOneAddressIsBounded(t *testing.T) {
	b := newBounded(nil)
	of := func(s string) netip.Prefix {
		return network(net.TCPAddrFromAddrPort(netip.AddrPortFrom(netip.MustParseAddr(s), 1000)))
	}
	for range maxOfAddress {
		if !b.admit(of("2001:db8::1")) || !b.admit(of("::ffff:192.0.2.1")) || !b.admit(of("127.0.0.1")) {
			t.Fatal("turned away too early")
		}
	}
	for address, want := range map[string]bool{"2001:db8::2": false, "192.0.2.1": false, "127.0.0.1": true, "::1": true, "2001:db8:0:1::1": true, "192.0.2.2": true} {
		if got := b.admit(of(address)); got != want {
			t.Errorf("%s: %t, want %t", address, got, want)
		}
	}
	b.forget(of("192.0.2.1"))
	if !b.admit(of("192.0.2.1")) {
		t.Error("no room was made")
	}
}
