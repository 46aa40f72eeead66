package proxy

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/binary"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/proxy/scram"
)

// bearerToken is the mechanism whose client sends a token that anybody could use.
const bearerToken = "OAUTHBEARER"

var (
	errCleartext = &wireError{severity: "FATAL", code: codeInvalidAuthorization,
		message: "the database server asks for a secret in the clear, which pgseal does not pass over a network without TLS",
		hint:    "Connect with TLS, or have the server ask for scram-sha-256."}
	errOnlyPlus = fatal(codeInvalidAuthorization,
		"the database server demands channel binding, which a connection without TLS does not have")
	errForeignBinding = &wireError{severity: "FATAL", code: codeInvalidAuthorization,
		message: "SCRAM channel binding cannot pass through pgseal, which ends TLS with a certificate that is not the server's",
		hint:    "Connect with channel_binding=disable, or set auth.mode to scram-relay in pgseal."}
)

// authentication passes one of the server's requests on: not one that would have a secret cross a network in the clear.
func (p *responses) authentication() error {
	kind, err := p.in.Prefix(4)
	if err != nil {
		return err
	}
	if len(kind) == 4 && p.s.peer != nil {
		switch binary.BigEndian.Uint32(kind) {
		case authCleartext:
			if !p.s.mayReveal() {
				return errCleartext
			}
		case authSASL:
			return p.offer()
		}
	}
	return p.in.Forward(p.out)
}

// mayReveal tells whether the client's leg may carry a secret that is not proved but shown.
func (s *session) mayReveal() bool { return s.peer.private() || s.server.auth.Cleartext }

// offer passes on the mechanisms that can work. Channel binding needs TLS; a client without refuses an offer of it as an attack.
func (p *responses) offer() error {
	body, err := p.in.Body(p.s.server.limits.LoginMessage)
	if err != nil {
		return err
	}
	var offered []string
	for rest := body[4:]; len(rest) > 1; {
		name, behind, ok := text(rest)
		if !ok {
			break
		}
		offered, rest = append(offered, string(name)), behind
	}
	passed := slices.DeleteFunc(slices.Clone(offered), func(m string) bool {
		return p.s.peer.tls == nil && strings.HasSuffix(m, "-PLUS") || m == bearerToken && !p.s.mayReveal()
	})
	switch {
	case slices.Contains(passed, scram.SHA256Plus) && !p.s.sameCertificate():
		p.s.foreignBinding.Store(true)
	case len(passed) == 0 && slices.Contains(offered, bearerToken):
		return errCleartext
	case len(passed) == 0:
		return errOnlyPlus
	}
	if len(passed) == len(offered) {
		return p.in.Forward(p.out)
	}
	return p.say(&pgproto3.AuthenticationSASL{AuthMechanisms: passed})
}

// sameCertificate tells whether both legs end at the same certificate, so that what the client binds to is what the server does.
func (s *session) sameCertificate() bool {
	server := certificateOf(s.upstream)
	return server != nil && s.peer.served != nil && bytes.Equal(server.Raw, s.peer.served.Raw)
}

// certificateOf is the certificate of the server's leg, or nil.
func certificateOf(upstream interface{}) *x509.Certificate {
	t, ok := upstream.(*tls.Conn)
	if !ok {
		return nil
	}
	if shown := t.ConnectionState().PeerCertificates; len(shown) > 0 {
		return shown[0]
	}
	return nil
}

// answered looks at the client's answer to an offer: one that can only fail is refused with the reason.
func (r *requests) answered() error {
	if !r.s.foreignBinding.Load() {
		return nil
	}
	chosen, err := r.prefix(len(scram.SHA256Plus) + 1)
	if err == nil && string(chosen) == scram.SHA256Plus+"\x00" {
		return errForeignBinding
	}
	return err
}
