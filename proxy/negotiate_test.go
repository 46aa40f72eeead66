package proxy_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/proxy"
)

// answer is what a peer says to a StartupMessage up to its first message that is not a NegotiateProtocolVersion.
func answerTo(t *testing.T, c net.Conn, packet []byte) string {
	t.Helper()
	_ = c.SetDeadline(time.Now().Add(30 * time.Second))
	write(t, c, packet)
	var got []string
	for {
		typ, body, err := readMessage(c)
		if err != nil {
			return fmt.Sprintf("%s %v", strings.Join(got, " "), err)
		}
		switch typ {
		case 'v':
			var v pgproto3.NegotiateProtocolVersion
			if err := v.Decode(body); err != nil {
				t.Fatal(err)
			}
			got = append(got, fmt.Sprintf("v%d.%d%q", v.NewestMinorProtocol>>16, v.NewestMinorProtocol&0xffff, v.UnrecognizedOptions))
			continue
		case 'E':
			var e pgproto3.ErrorResponse
			_ = e.Decode(body)
			got = append(got, e.Severity+" "+e.Code)
		default:
			got = append(got, fmt.Sprintf("%c%d", typ, binary.BigEndian.Uint32(body)))
		}
		return strings.Join(got, " ")
	}
}

// Versions and protocol options are answered as the server answers them itself.
func TestProtocolVersions(t *testing.T) {
	p := start(t, proxy.Config{PassOthers: true})
	const grease = "_pq_.test_protocol_negotiation"
	for name, packet := range map[string][]byte{
		"3.0":            startup(3<<16, "postgres"),
		"3.2":            startup(3<<16|2, "postgres"),
		"grease":         startup(3<<16|9999, "postgres", grease, ""),
		"3.0 and option": startup(3<<16, "postgres", "_pq_.one", "1", "application_name", "x", "_pq_.two", ""),
		"no user":        startup(3<<16|9999, "", grease, ""),
		"4.0":            startup(4<<16, "postgres"),
	} {
		direct, err := net.Dial("tcp", cluster.Address())
		if err != nil {
			t.Fatal(err)
		}
		want, got := answerTo(t, direct, packet), answerTo(t, p.socket(t), packet)
		_ = direct.Close()
		if got != want && name != "no user" || !strings.Contains(want, "R10") && !strings.Contains(got, "FATAL") {
			t.Errorf("%s: %s, the server itself says %s", name, got, want)
		}
	}
}

// A newer server and a newer client: what reaches each of them, by a server that the test plays.
func TestProtocolVersionsOfOtherServers(t *testing.T) {
	const v32, future = 3<<16 | 2, 3<<16 | 9999
	for _, c := range []struct {
		name           string
		sent, wantSent []byte
		answer         *pgproto3.NegotiateProtocolVersion // nil: the server takes it
		want           string
	}{
		{"both 3.2", startup(v32, "u"), startup(v32, "u"), nil, "R0"},
		{"newer than the proxy", startup(future, "u", "_pq_.a", "", "x", "y"), startup(v32, "u", "x", "y"), nil, `v3.2["_pq_.a"] R0`},
		{"newer, and an older server", startup(future, "u", "_pq_.a", ""), startup(v32, "u"),
			&pgproto3.NegotiateProtocolVersion{NewestMinorProtocol: 3 << 16}, `v3.0["_pq_.a"] R0`},
		{"an option alone", startup(3<<16, "u", "_pq_.a", "", "_pq_.b", ""), startup(3<<16, "u"), nil, `v3.0["_pq_.a" "_pq_.b"] R0`},
		{"the server's word alone", startup(v32, "u"), startup(v32, "u"),
			&pgproto3.NegotiateProtocolVersion{NewestMinorProtocol: 3 << 16}, `v3.0[] R0`},
		{"duplicates, and text behind a NUL", startup(3<<16, "u", "x", "1", "x", "2"), startup(3<<16, "u", "x", "1", "x", "2"), nil, "R0"},
	} {
		got := make(chan []byte, 1)
		p := start(t, proxy.Config{PassOthers: true, Dial: played(func(server net.Conn) {
			packet, err := readPacket(server)
			if err != nil {
				return
			}
			got <- packet
			var out []byte
			if c.answer != nil {
				out, _ = c.answer.Encode(out)
			}
			out, _ = (&pgproto3.AuthenticationOk{}).Encode(out)
			_, _ = server.Write(out)
		})})
		if said := answerTo(t, p.socket(t), c.sent); said != c.want {
			t.Errorf("%s: the client reads %s, want %s", c.name, said, c.want)
		}
		if packet := <-got; !bytes.Equal(packet, c.wantSent) {
			t.Errorf("%s: the server reads %q, want %q", c.name, packet, c.wantSent)
		}
	}
}

// Keys of protocol 3.2 reach the client and the server as they are; those that nobody may have are not passed on.
func TestCancelKeys(t *testing.T) {
	for size, want := range map[int]bool{3: false, 4: true, 32: true, 256: true, 257: false} {
		key := bytes.Repeat([]byte{7}, size)
		got := make(chan []byte, 1)
		p := start(t, proxy.Config{PassOthers: true, Dial: played(func(server net.Conn) {
			packet, _ := readPacket(server)
			if binary.BigEndian.Uint32(packet[4:]) == 80877102 {
				got <- packet
				return
			}
			out, _ := (&pgproto3.AuthenticationOk{}).Encode(nil)
			out, _ = (&pgproto3.BackendKeyData{ProcessID: 1, SecretKey: key}).Encode(out)
			_, _ = server.Write(out)
			_, _ = io.Copy(io.Discard, server)
		})})
		if size >= 4 && size <= 256 {
			c := p.socket(t)
			write(t, c, startup(3<<16|2, "u"))
			for _, typ := range "RK" {
				got, body, err := readMessage(c)
				if err != nil || rune(got) != typ || typ == 'K' && !bytes.Equal(body[4:], key) {
					t.Fatalf("%c %q, %v", got, body, err)
				}
			}
			_ = c.Close()
			// The client has left without a word, so that its statement is cancelled.
		}
		c := p.socket(t)
		packet := append(append(binary32(uint32(12+size)), binary32(80877102)...), append(binary32(1), key...)...)
		write(t, c, packet)
		wantClosed(t, c)
		select {
		case passed := <-got:
			if !want || !bytes.Equal(passed, packet) {
				t.Errorf("%d bytes: passed on %q", size, passed)
			}
		default:
			if want {
				t.Errorf("%d bytes: not passed on", size)
			}
		}
	}
}

// A real driver that asks for 3.2 gets what the server has.
func TestDriverAsksForNewerVersion(t *testing.T) {
	p := start(t, proxy.Config{PassOthers: true})
	p.settings = "sslmode=disable&max_protocol_version=3.2"
	if err := tryPgx(t.Context(), p.url("postgres")); err != nil {
		t.Error(err)
	}
}

// played is a Dial whose server is the test's; the connection ends with play.
func played(play func(net.Conn)) func(context.Context) (net.Conn, error) {
	return func(context.Context) (net.Conn, error) {
		ours, theirs := net.Pipe()
		_ = theirs.SetDeadline(time.Now().Add(30 * time.Second))
		go func() {
			defer theirs.Close()
			play(theirs)
		}()
		return ours, nil
	}
}

// readPacket reads what begins a connection.
func readPacket(c io.Reader) ([]byte, error) {
	packet := make([]byte, 8)
	if _, err := io.ReadFull(c, packet); err != nil {
		return packet, err
	}
	rest := make([]byte, binary.BigEndian.Uint32(packet)-8)
	_, err := io.ReadFull(c, rest)
	return append(packet, rest...), err
}
