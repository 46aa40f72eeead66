package main

import (
	"errors"
	"fmt"

	"github.com/legatics/pgseal/proxy"
)

// authConfig is how clients and pgseal log in.
type authConfig struct {
	Mode           string                `yaml:"mode"`            // passthrough, scram-relay or terminate
	Cleartext      string                `yaml:"cleartext"`       // passthrough: refuse or allow secrets in the clear over a network without TLS
	ChannelBinding string                `yaml:"channel_binding"` // passthrough with TLS on both legs: off or same-certificate
	Query          string                `yaml:"query"`           // scram-relay: finds a role's verifier; empty: looks into pg_authid
	Certificates   []certificateConfig   `yaml:"certificates"`    // terminate
	UsersFile      string                `yaml:"users_file"`      // terminate: verifiers by role
	Upstream       upstreamAccountConfig `yaml:"upstream"`        // terminate: pgseal's own account
}

type certificateConfig struct {
	CN   string `yaml:"cn"`
	SAN  string `yaml:"san"`
	Role string `yaml:"role"`
}

type upstreamAccountConfig struct {
	User         string `yaml:"user"`
	PasswordFile string `yaml:"password_file"`
}

// validateAuth holds the mode against the legs: what cannot work is refused here, with the reason, rather than at the first log-in.
func (c *config) validateAuth() error {
	a := &c.Auth
	if a.Mode == "" {
		if c.production() {
			return errors.New("auth.mode: name one in production: passthrough, scram-relay or terminate")
		}
		a.Mode = string(proxy.AuthPassthrough)
	}
	if err := oneOf("auth.mode", a.Mode, "passthrough", "scram-relay", "terminate"); err != nil {
		return err
	}
	for _, key := range []struct{ name, mode, val string }{
		{"cleartext", "passthrough", a.Cleartext}, {"channel_binding", "passthrough", a.ChannelBinding}, {"query", "scram-relay", a.Query},
		{"users_file", "terminate", a.UsersFile}, {"upstream.user", "terminate", a.Upstream.User},
		{"upstream.password_file", "terminate", a.Upstream.PasswordFile},
	} {
		if key.val != "" && a.Mode != key.mode {
			return fmt.Errorf("auth.%s: it is for mode %s, and the mode is %s", key.name, key.mode, a.Mode)
		}
	}
	switch proxy.AuthMode(a.Mode) {
	case proxy.AuthPassthrough:
		return c.validatePassthrough()
	case proxy.AuthTerminate:
		return c.validateTerminate()
	}
	if len(a.Certificates) > 0 {
		return errors.New("auth.certificates: they are for mode terminate, and the mode is scram-relay")
	}
	return nil
}

func (c *config) validatePassthrough() error {
	a := c.Auth
	if a.Cleartext != "" {
		if err := oneOf("auth.cleartext", a.Cleartext, "refuse", "allow"); err != nil {
			return err
		}
	}
	twice := c.ClientTLS.mode() != "disable" && c.Upstream.tlsMode(c.production()) != "disable"
	switch {
	case len(a.Certificates) > 0:
		return errors.New("auth.certificates: they are for mode terminate, and the mode is passthrough")
	case a.ChannelBinding != "":
		return oneOf("auth.channel_binding", a.ChannelBinding, "off", "same-certificate")
	case twice:
		return errors.New("auth.mode: with TLS on both legs passthrough breaks SCRAM's channel binding, which drivers use unasked; use scram-relay, or say auth.channel_binding: " +
			"off (every client sets channel_binding=disable, or logs in without SCRAM) or same-certificate (client_tls has the server's own certificate)")
	}
	return nil
}

func (c *config) validateTerminate() error {
	a := c.Auth
	if len(a.Certificates) == 0 && a.UsersFile == "" {
		return errors.New("auth: mode terminate needs certificates, a users_file, or both")
	}
	for i, rule := range a.Certificates {
		if (rule.CN == "") == (rule.SAN == "") || rule.Role == "" {
			return fmt.Errorf("auth.certificates: number %d needs either cn or san, and a role", i+1)
		}
	}
	switch {
	case len(a.Certificates) > 0 && (c.ClientTLS.mode() == "disable" || c.ClientTLS.CA == ""):
		return errors.New("auth.certificates: client_tls has to be on, with the ca of the clients' certificates")
	case a.Upstream.User == "" && a.Upstream.PasswordFile == "" && c.Upstream.TLS.Cert == "":
		return errors.New("auth.upstream: say how pgseal logs in to the server: a user, a password_file, or a certificate in upstream.tls")
	}
	return nil
}

func (a authConfig) rules() (all []proxy.CertificateRule) {
	for _, c := range a.Certificates {
		all = append(all, proxy.CertificateRule{CommonName: c.CN, Name: c.SAN, Role: c.Role})
	}
	return all
}
