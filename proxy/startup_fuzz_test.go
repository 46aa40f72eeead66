package proxy

import (
	"bytes"
	"encoding/binary"
	"maps"
	"net"
	"strings"
	"testing"
	"time"
)

// FuzzStartup: what the server is sent says the same as what the client has sent, but for the protocol's options, and is the same bytes where there
// are none; and a StartupMessage for another role names that role and the same database.
func FuzzStartup(f *testing.F) {
	for _, seed := range []string{"user\x00u\x00\x00", "user\x00u\x00database\x00d\x00_pq_.x\x00\x00a\x00b\x00\x00", "user\x00u\x00user\x00v\x00database\x00\x00\x00",
		"x\x00user\x00admin\x00\x00", "\x00", "_pq_.\x00\x00user\x00u\x00\x00"} {
		f.Add(uint32(3<<16|9999), []byte(seed))
	}
	f.Fuzz(func(t *testing.T, version uint32, body []byte) {
		raw := binary.BigEndian.AppendUint32(nil, uint32(len(body)+minStartupPacket))
		raw = append(binary.BigEndian.AppendUint32(raw, version), body...)
		p, err := readStartupPacket(bytes.NewReader(raw))
		if err != nil {
			return
		}
		p.code = protocolMajor<<16 | p.code&0xffff
		binary.BigEndian.PutUint32(p.raw[4:], p.code)
		if p.params, err = startupParameters(p.raw[minStartupPacket:]); err != nil {
			return
		}
		for _, as := range []string{"", "other"} {
			out, n := p.negotiate(as)
			if !n.owed && as == "" && !bytes.Equal(out, p.raw) {
				t.Fatalf("%q became %q", p.raw, out)
			}
			if len(out) != int(binary.BigEndian.Uint32(out)) || binary.BigEndian.Uint32(out[4:]) > newestProtocol {
				t.Fatalf("%q", out)
			}
			got, err := startupParameters(out[minStartupPacket:])
			if err != nil {
				t.Fatalf("%q: %v", out, err)
			}
			want := maps.Clone(p.params)
			maps.DeleteFunc(want, func(name, _ string) bool { return strings.HasPrefix(name, optionPrefix) })
			if as != "" {
				want["user"] = as
			}
			if !maps.Equal(got, want) {
				t.Fatalf("%q says %v, want %v", out, got, want)
			}
		}
	})
}

// FuzzBalancer: no header makes the proxy read more than it announces, or hang.
func FuzzBalancer(f *testing.F) {
	f.Add([]byte(balancerSignature + "\x21\x11\x00\x0c\xc0\x00\x02\x07\x0a\x00\x00\x01\x12\x34\x15\x38"))
	f.Add([]byte(balancerSignature + "\x20\x00\x00\x00"))
	f.Add([]byte("PROXY TCP4 192.0.2.7 10.0.0.1 1 2\r\n"))
	f.Fuzz(func(t *testing.T, header []byte) {
		c := &readOnlyConn{r: bytes.NewReader(header)}
		d := newDownstream(c)
		if err := d.readBalancer(); err != nil {
			return
		}
		if read := len(header) - c.r.Len(); read != balancerHead+int(binary.BigEndian.Uint16(header[14:])) {
			t.Errorf("%d bytes read of %q", read, header)
		}
	})
}

// readOnlyConn is a connection that gives bytes.
type readOnlyConn struct {
	net.Conn
	r *bytes.Reader
}

func (c *readOnlyConn) Read(b []byte) (int, error)       { return c.r.Read(b) }
func (c *readOnlyConn) RemoteAddr() net.Addr             { return &net.TCPAddr{IP: net.IPv4(10, 0, 0, 1)} }
func (c *readOnlyConn) SetDeadline(time.Time) error      { return nil }
func (c *readOnlyConn) SetReadDeadline(time.Time) error  { return nil }
func (c *readOnlyConn) SetWriteDeadline(time.Time) error { return nil }
