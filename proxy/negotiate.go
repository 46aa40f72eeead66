package proxy

import (
	"bytes"
	"encoding/binary"
	"slices"

	"github.com/jackc/pgx/v5/pgproto3"
)

// newestProtocol is the newest version that the proxy knows. Server and client speak the same one in the end, and never a newer one.
const newestProtocol = protocolMajor<<16 | 2

// optionPrefix begins the names of protocol options. The proxy knows none, so that none reaches the server, which might.
const optionPrefix = "_pq_."

// negotiation is what the client has asked for beyond what the server is asked for: it is told by a NegotiateProtocolVersion
// (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-START-UP).
type negotiation struct {
	version uint32   // that the server is asked for
	owed    bool     // the client's was newer, or there are options
	options []string // as they came
}

// negotiate returns the StartupMessage for the server: the client's own, byte for byte, unless it asks for what the proxy does not know, or is to
// log in as another role; "" is the client's.
func (p *startupPacket) negotiate(as string) (raw []byte, n negotiation) {
	n = negotiation{version: min(p.code, newestProtocol), owed: p.code > newestProtocol}
	out := binary.BigEndian.AppendUint32(slices.Clone(p.raw[:4]), n.version)
	for rest := p.raw[minStartupPacket:]; len(rest) > 1; { // the layout has been verified
		name, behind, _ := text(rest)
		_, behind, _ = text(behind)
		pair := rest[:len(rest)-len(behind)]
		switch {
		case bytes.HasPrefix(name, []byte(optionPrefix)):
			n.options = append(n.options, string(name))
		case as != "" && (string(name) == "user" || string(name) == "database"):
		default:
			out = append(out, pair...)
		}
		rest = behind
	}
	if n.owed = n.owed || len(n.options) > 0; !n.owed && as == "" {
		return p.raw, n
	}
	if as != "" { // the database's name would follow the role's
		out = append(append(append(out, "user\x00"...), as...), 0)
		out = append(append(append(out, "database\x00"...), p.params["database"]...), 0)
	}
	out = append(out, 0)
	binary.BigEndian.PutUint32(out, uint32(len(out)))
	return out, n
}

// answer is the NegotiateProtocolVersion for the client, where the server has settled on version and does not know some options itself.
func (n negotiation) answer(version uint32, unknown []string) *pgproto3.NegotiateProtocolVersion {
	for _, o := range unknown {
		if !slices.Contains(n.options, o) {
			n.options = append(slices.Clip(n.options), o)
		}
	}
	return &pgproto3.NegotiateProtocolVersion{NewestMinorProtocol: version, UnrecognizedOptions: n.options}
}

// negotiated deals with the server's first message as far as the version goes: its own NegotiateProtocolVersion gets the client's options, and
// where it has none to send the proxy's goes ahead of the message. done says that the message has been dealt with.
func (p *responses) negotiated(typ byte, n negotiation) (done bool, err error) {
	if typ != 'v' {
		if !n.owed {
			return false, nil
		}
		return false, p.say(n.answer(n.version, nil))
	}
	if !n.owed {
		return true, p.in.Forward(p.out)
	}
	var server pgproto3.NegotiateProtocolVersion
	body, err := p.in.Body(p.s.server.limits.LoginMessage)
	if err == nil {
		err = server.Decode(body)
	}
	if err != nil {
		return false, err
	}
	return true, p.say(n.answer(server.NewestMinorProtocol, server.UnrecognizedOptions))
}

// say writes a message of the proxy's own to the client.
func (p *responses) say(m interface{ Encode([]byte) ([]byte, error) }) (err error) {
	if p.message, err = m.Encode(p.message[:0]); err != nil {
		return err
	}
	return p.out.Write(p.message)
}
