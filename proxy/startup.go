package proxy

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
)

// Requests that may come before, or instead of, a StartupMessage
// (https://www.postgresql.org/docs/current/protocol-message-formats.html).
const (
	codeSSLRequest    = 80877103
	codeGSSENCRequest = 80877104
	codeCancelRequest = 80877102
	protocolMajor     = 3
)

const (
	minStartupPacket = 8     // bytes: length and code
	maxStartupPacket = 10000 // bytes, the server's own limit
)

// startupPacket is a StartupMessage or CancelRequest as it came, length included.
type startupPacket struct {
	raw    []byte
	code   uint32
	params map[string]string // of a StartupMessage
}

var (
	// errProbe says that the peer left without a word, as load balancers' health checks do: nobody is told.
	errProbe     = errors.New("connection closed before its first packet")
	errHandshake = errors.New("TLS handshake")
	errNoALPN    = errors.New("TLS without the protocol's name in ALPN, and without asking first")
	errDirectTLS = errors.New("TLS without asking first, where there is none")

	errAskedTwice = fatal(codeProtocolViolation, "encryption was asked for twice")
	errNeedsTLS   = fatal(codeInvalidAuthorization, "pgseal accepts no connections without TLS here")
	errNoUnix     = fatal(codeInvalidAuthorization, "pgseal demands a client certificate, which a Unix socket cannot carry")
)

// readStartup answers requests for encryption and returns the packet that begins the session, or the CancelRequest. Nothing is read beyond a
// packet, so that nothing can be smuggled in between a request for encryption and TLS: it would be taken for the handshake, and fail it
// (CVE-2021-23222 is what happens otherwise).
func readStartup(ctx context.Context, d *downstream, offer ClientTLS) (*startupPacket, error) {
	asked := map[uint32]bool{}
	for first := true; ; first = false {
		p, err := readStartupPacket(d)
		if beginning := (*tlsBeginning)(nil); errors.As(err, &beginning) {
			if !first || !offer.offered() || d.unix() {
				return nil, errDirectTLS
			}
			if err := d.secure(ctx, offer, beginning.replayed(d.socket), true); err != nil {
				return nil, err
			}
			asked[codeSSLRequest], asked[codeGSSENCRequest] = true, true
			continue
		}
		if err != nil {
			return nil, err
		}
		switch p.code {
		case codeSSLRequest, codeGSSENCRequest:
			if asked[p.code] {
				return nil, errAskedTwice
			}
			asked[p.code] = true
			if err := d.answerEncryption(ctx, p.code, offer); err != nil {
				return nil, err
			}
			if d.tls != nil {
				asked[codeGSSENCRequest] = true
			}
			continue
		case codeCancelRequest:
			return p, nil
		}
		return p, p.begin(d, offer)
	}
}

// answerEncryption answers a request for TLS, and takes TLS up, or for GSSAPI, which is declined.
func (d *downstream) answerEncryption(ctx context.Context, code uint32, offer ClientTLS) error {
	answer := byte('N')
	if code == codeSSLRequest && offer.offered() && !d.unix() {
		answer = 'S'
	}
	if _, err := d.Write([]byte{answer}); err != nil || answer == 'N' {
		return err
	}
	// A health check may go as far as this, and leave.
	var first [1]byte
	if _, err := io.ReadFull(d.socket, first[:]); err != nil {
		return errProbe
	}
	return d.secure(ctx, offer, &replayedConn{Conn: d.socket, ahead: first[:]}, false)
}

// begin reads a StartupMessage.
func (p *startupPacket) begin(d *downstream, offer ClientTLS) (err error) {
	switch {
	case p.code>>16 != protocolMajor:
		return fatal(codeFeatureNotSupported, fmt.Sprintf("unsupported frontend protocol %d.%d: pgseal supports 3.0 and later 3.x",
			p.code>>16, p.code&0xffff))
	case offer.Mode == ClientTLSVerify && d.unix():
		return errNoUnix
	case offer.required() && d.tls == nil && !d.unix():
		return errNeedsTLS
	}
	p.params, err = startupParameters(p.raw[minStartupPacket:])
	return err
}

// tlsBeginning says that what came in place of a packet is a TLS record, and holds what was read of it.
type tlsBeginning struct{ head [minStartupPacket]byte }

func (*tlsBeginning) Error() string { return "a TLS record in place of a packet" }

const tlsHandshakeRecord = 0x16 // as a packet's length it would be far too large

// replayed is the socket with the beginning put back.
func (b *tlsBeginning) replayed(socket net.Conn) net.Conn {
	return &replayedConn{Conn: socket, ahead: b.head[:]}
}

type replayedConn struct {
	net.Conn
	ahead []byte
}

func (c *replayedConn) Read(b []byte) (int, error) {
	if len(c.ahead) == 0 {
		return c.Conn.Read(b)
	}
	n := copy(b, c.ahead)
	c.ahead = c.ahead[n:]
	return n, nil
}

func readStartupPacket(client io.Reader) (*startupPacket, error) {
	var head [minStartupPacket]byte
	if n, err := io.ReadFull(client, head[:]); err != nil {
		if n == 0 {
			return nil, errProbe
		}
		return nil, err
	}
	if head[0] == tlsHandshakeRecord {
		return nil, &tlsBeginning{head}
	}
	length := binary.BigEndian.Uint32(head[:])
	if length < minStartupPacket || length > maxStartupPacket {
		return nil, fatal(codeProtocolViolation, "invalid length of startup packet")
	}
	raw := make([]byte, length)
	copy(raw, head[:])
	if _, err := io.ReadFull(client, raw[minStartupPacket:]); err != nil {
		return nil, err
	}
	return &startupPacket{raw: raw, code: binary.BigEndian.Uint32(raw[4:])}, nil
}

// startupParameters reads the NUL-terminated pairs that end a StartupMessage.
func startupParameters(b []byte) (map[string]string, error) {
	invalid := fatal(codeProtocolViolation, "invalid startup packet layout: expected terminator as last byte")
	params := map[string]string{}
	for {
		name, rest, ok := text(b)
		if !ok {
			return nil, invalid
		}
		if len(name) == 0 {
			if len(rest) > 0 {
				return nil, invalid
			}
			break
		}
		val, rest, ok := text(rest)
		if !ok {
			return nil, invalid
		}
		params[string(name)] = string(val)
		b = rest
	}
	if params["user"] == "" {
		return nil, fatal(codeInvalidAuthorization, "no PostgreSQL user name specified in startup packet")
	}
	if params["database"] == "" {
		params["database"] = params["user"]
	}
	// The server cuts them too: a longer name must not be taken for another database than the one it leads to.
	for _, name := range [...]string{"user", "database"} {
		params[name] = string(clip([]byte(params[name])))
	}
	return params, nil
}

// replication tells that the client wants a walsender, whose commands are not SQL.
func replication(params map[string]string) bool {
	switch strings.ToLower(params["replication"]) {
	case "", "0", "f", "false", "n", "no", "off":
		return false
	}
	return true
}
