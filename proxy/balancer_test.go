package proxy_test

import (
	"encoding/binary"
	"log/slog"
	"net/netip"
	"strings"
	"testing"

	"github.com/legatics/pgseal/proxy"
)

// header is a PROXY protocol header of version 2.
func header(command, family byte, body ...byte) []byte {
	h := append([]byte("\r\n\r\n\x00\r\nQUIT\n"), 0x20|command, family)
	return append(binary.BigEndian.AppendUint16(h, uint16(len(body))), body...)
}

// The client's address is the one that a believed balancer names, and nobody else's word counts.
func TestBalancer(t *testing.T) {
	four := []byte{192, 0, 2, 7, 10, 0, 0, 1, 0x12, 0x34, 0x15, 0x38}
	six := append(append(netip.MustParseAddr("2001:db8::7").AsSlice(), netip.IPv6Loopback().AsSlice()...), 0x12, 0x34, 0x15, 0x38)
	here := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("127.0.0.0/8")}
	elsewhere := here[:1]
	for _, c := range []struct {
		name    string
		believe []netip.Prefix
		header  []byte
		from    string // as the log has it
		code    string // instead
	}{
		{"IPv4", here, header(1, 0x11, four...), "192.0.2.7", ""},
		{"IPv6", here, header(1, 0x21, six...), "2001:db8::7", ""},
		{"with additions", here, header(1, 0x11, append(four, 4, 0, 2, 'x', 'y')...), "192.0.2.7", ""},
		{"the balancer's own", here, header(0, 0), "127.0.0.1", ""},
		{"another family", here, header(1, 0), "127.0.0.1", ""},
		{"none", here, nil, "", "08P01"},
		{"cut", here, header(1, 0x11, four[:11]...), "", "08P01"},
		{"too long", here, header(1, 0x11, make([]byte, 5000)...), "", "08P01"},
		{"command", here, header(2, 0x11, four...), "", "08P01"},
		{"version 1", here, []byte("PROXY TCP4 192.0.2.7 10.0.0.1 1 2\r\n"), "", "08P01"},
		{"not believed", elsewhere, header(1, 0x11, four...), "", "08P01"},
		{"not believed, none", elsewhere, nil, "127.0.0.1", ""},
		{"nobody believed", nil, header(1, 0x11, four...), "", "08P01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			logged := make(logLines, 100)
			p := start(t, proxy.Config{Balancers: c.believe, ClientTLS: clientTLS(t, proxy.ClientTLSAllow), Log: slog.New(slog.NewTextHandler(logged, nil))})
			conn := p.socket(t)
			write(t, conn, append(c.header, startup(3<<16, "nobody")...))
			if c.code != "" {
				wantFatal(t, conn, c.code)
				return
			}
			wantFatal(t, conn, "3D000")
			if line := <-logged; !strings.Contains(line, "client="+c.from+" ") {
				t.Errorf("%s; want client=%s", line, c.from)
			}
		})
	}
	t.Run("TLS behind it", func(t *testing.T) {
		p := start(t, proxy.Config{PassOthers: true, Balancers: here, ClientTLS: clientTLS(t, proxy.ClientTLSAllow)})
		conn := p.socket(t)
		write(t, conn, append(header(1, 0x11, four...), asked(askTLS)...))
		wantByte(t, conn, 'S')
	})
}
