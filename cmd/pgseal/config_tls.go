package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/legatics/pgseal/proxy"
)

// clientTLSConfig is TLS on the clients' leg.
type clientTLSConfig struct {
	Mode string `yaml:"mode"` // disable, allow, require or verify-client
	Cert string `yaml:"cert"`
	Key  string `yaml:"key"`
	CA   string `yaml:"ca"` // of clients' certificates
}

// upstreamTLSConfig is TLS on the server's leg.
type upstreamTLSConfig struct {
	Mode       string `yaml:"mode"` // disable, require, verify-ca or verify-full; see mode
	CA         string `yaml:"ca"`   // of the server's certificate; empty with verify-full: the machine's own
	Cert       string `yaml:"cert"` // ours, for a server that asks for one
	Key        string `yaml:"key"`
	ServerName string `yaml:"server_name"` // in the server's certificate; empty: the host of upstream.address
}

func (t clientTLSConfig) validate() error {
	if t.Mode == "" && t.Cert+t.Key+t.CA != "" {
		return errors.New("client_tls.mode: say which, since a certificate is given")
	}
	if err := oneOf("client_tls.mode", t.mode(), "disable", "allow", "require", "verify-client"); err != nil {
		return err
	}
	switch {
	case t.mode() == "disable":
		return nil
	case t.Cert == "" || t.Key == "":
		return fmt.Errorf("client_tls: mode %s needs a certificate: name cert and key", t.Mode)
	case t.Mode == "verify-client" && t.CA == "":
		return errors.New("client_tls: mode verify-client needs the ca of the clients' certificates")
	}
	return nil
}

func (t clientTLSConfig) mode() string {
	if t.Mode == "" {
		return "disable"
	}
	return t.Mode
}

func (u upstreamConfig) validate(production bool) error {
	all, err := u.addresses()
	if err != nil {
		return fmt.Errorf("upstream.address: %w", err)
	}
	if err := oneOf("upstream.target_session_attrs", u.attrs(), sessionAttrs...); err != nil {
		return err
	}
	mode, t := u.tlsMode(production), u.TLS
	if err := oneOf("upstream.tls.mode", mode, "disable", "require", "verify-ca", "verify-full"); err != nil {
		return err
	}
	switch {
	case slices.ContainsFunc(all, address.unix) && mode != "disable":
		return fmt.Errorf("upstream.tls.mode: %s is not possible over the Unix socket of upstream.address", mode)
	case mode == "disable" && (t.CA+t.Cert+t.Key+t.ServerName != ""):
		return errors.New("upstream.tls: the mode is disable, but certificates are given: say which is meant")
	case mode == "require" && t.CA != "":
		return errors.New("upstream.tls: mode require does not look at the server's certificate; with a ca use verify-full or verify-ca")
	case mode == "verify-ca" && t.CA == "":
		return errors.New("upstream.tls: mode verify-ca needs a ca, since any name in a certificate of the public ones would do")
	case (t.Cert == "") != (t.Key == ""):
		return errors.New("upstream.tls: cert and key belong together")
	}
	return nil
}

// tlsMode is the mode in force: what the file says; else verify-full, but for a Unix socket, and in development for a server on this machine.
func (u upstreamConfig) tlsMode(production bool) string {
	if u.TLS.Mode != "" {
		return u.TLS.Mode
	}
	all, err := u.addresses()
	if err == nil && !slices.ContainsFunc(all, func(a address) bool { return !a.unix() && (production || !a.loopback()) }) {
		return "disable"
	}
	return "verify-full"
}

// serverName is the name that the certificate of the server there must bear.
func (u upstreamConfig) serverName(a address) string {
	if u.TLS.ServerName != "" {
		return u.TLS.ServerName
	}
	host, _ := a.connection()
	return host
}

// clientTLS reads the certificates of the clients' leg.
func (c *config) clientTLS() (proxy.ClientTLS, error) {
	t := proxy.ClientTLS{Mode: proxy.ClientTLSMode(c.ClientTLS.mode())}
	if t.Mode == proxy.ClientTLSDisable {
		return t, nil
	}
	var err error
	t.Certificates, err = proxy.LoadCertificates(proxy.CertificateFiles{
		Certificate: c.file(c.ClientTLS.Cert), Key: c.file(c.ClientTLS.Key), CA: c.file(c.ClientTLS.CA)})
	if err != nil {
		return t, fmt.Errorf("client_tls: %w", err)
	}
	return t, nil
}

// upstream reads the certificates of the server's leg. The hosts share them.
func (c *config) upstream() ([]*proxy.Upstream, error) {
	all, err := c.Upstream.addresses()
	if err != nil {
		return nil, err
	}
	t, mode := c.Upstream.TLS, proxy.UpstreamTLSMode(c.Upstream.tlsMode(c.production()))
	var certificates *proxy.Certificates
	if mode != proxy.UpstreamTLSDisable {
		certificates, err = proxy.LoadCertificates(proxy.CertificateFiles{Certificate: c.file(t.Cert), Key: c.file(t.Key), CA: c.file(t.CA)})
		if err != nil {
			return nil, fmt.Errorf("upstream.tls: %w", err)
		}
	}
	var hosts []*proxy.Upstream
	for _, a := range all {
		u := &proxy.Upstream{Network: a.network, Address: a.dial, TLS: mode, Timeout: dialTimeout, Certificates: certificates}
		if mode != proxy.UpstreamTLSDisable {
			u.ServerName = c.Upstream.serverName(a)
		}
		hosts = append(hosts, u)
	}
	return hosts, nil
}

// controlTLS are the parameters by which the control connection does as the sessions do.
func (c *config) controlTLS() string {
	mode, t := c.Upstream.tlsMode(c.production()), c.Upstream.TLS
	params := []string{"sslmode=" + mode}
	for name, file := range map[string]string{"sslrootcert": t.CA, "sslcert": t.Cert, "sslkey": t.Key} {
		if file != "" {
			params = append(params, name+"="+quoteValue(c.file(file)))
		}
	}
	return strings.Join(params, " ")
}

// controlNamesServer refuses what the control connection cannot follow: its driver verifies the host that it connects to.
func (c *config) controlNamesServer(name string, d databaseConfig) error {
	if c.Upstream.TLS.ServerName == "" || c.Upstream.tlsMode(c.production()) != "verify-full" || strings.Contains(d.Control, "host=") || strings.Contains(d.Control, "://") {
		return nil
	}
	return fmt.Errorf("databases.%s.control: name its host, since upstream.tls.server_name is for sessions alone", name)
}
