package proxy

import (
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

// errProbe says that the peer left without a word, as load balancers' health checks do: nobody is told.
var errProbe = errors.New("connection closed before its first packet")

// readStartup answers requests for encryption (neither TLS nor GSSAPI is offered on this leg) and returns the packet that begins the session,
// or the CancelRequest. Nothing is read beyond the packet, so that nothing can be smuggled in behind a request for encryption.
func readStartup(client net.Conn) (*startupPacket, error) {
	asked := map[uint32]bool{}
	for {
		p, err := readStartupPacket(client)
		if err != nil {
			return nil, err
		}
		switch p.code {
		case codeSSLRequest, codeGSSENCRequest:
			if asked[p.code] {
				return nil, fatal(codeProtocolViolation, "encryption was asked for twice")
			}
			asked[p.code] = true
			if _, err := client.Write([]byte{'N'}); err != nil {
				return nil, err
			}
			continue
		case codeCancelRequest:
			return p, nil
		}
		if p.code>>16 != protocolMajor {
			return nil, fatal(codeFeatureNotSupported, fmt.Sprintf("unsupported frontend protocol %d.%d: pgseal supports 3.0 and later 3.x",
				p.code>>16, p.code&0xffff))
		}
		if p.params, err = startupParameters(p.raw[minStartupPacket:]); err != nil {
			return nil, err
		}
		return p, nil
	}
}

func readStartupPacket(client net.Conn) (*startupPacket, error) {
	var head [minStartupPacket]byte
	if n, err := io.ReadFull(client, head[:]); err != nil {
		if n == 0 {
			return nil, errProbe
		}
		return nil, err
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
