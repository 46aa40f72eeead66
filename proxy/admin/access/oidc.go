package access

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// OIDC is single sign-on by OpenID Connect: the authorization code flow with PKCE.
type OIDC struct {
	Name             string        `yaml:"name"` // on the page; default: Single sign-on
	Issuer           string        `yaml:"issuer"`
	ClientID         string        `yaml:"client_id"`
	ClientSecretFile string        `yaml:"client_secret_file"` // none: a public client
	RedirectURL      string        `yaml:"redirect_url"`       // https://HOST/oidc/callback
	CAFile           string        `yaml:"ca_file"`            // of the issuer's certificate; default: the system's
	Scopes           []string      `yaml:"scopes"`             // besides openid; default email, profile
	NameClaim        string        `yaml:"name_claim"`         // default email, which must be verified
	RoleClaim        string        `yaml:"role_claim"`         // default groups: a text or a list of texts
	Roles            []OIDCMapping `yaml:"roles"`
}

// OIDCMapping gives a role to whoever has the value in the claim.
type OIDCMapping struct {
	Value   string   `yaml:"value"`
	Role    Role     `yaml:"role"`
	Tenants []string `yaml:"tenants"` // of an officer
}

const (
	issuerTimeout = 10 * time.Second
	maxSecretFile = 4096
)

// provider is the issuer.
type provider struct {
	OIDC
	secret    string
	client    *http.Client
	discovery discovery
}

// newProvider checks the configuration. The issuer is asked when somebody logs in, so that its outage stops nothing else. The caller closes its discovery.
func newProvider(c OIDC, now func() time.Time, log *slog.Logger) (*provider, error) {
	if c.Name == "" {
		c.Name = "Single sign-on"
	}
	if c.NameClaim == "" {
		c.NameClaim = "email"
	}
	if c.RoleClaim == "" {
		c.RoleClaim = "groups"
	}
	if c.Scopes == nil {
		c.Scopes = []string{"email", "profile"}
	}
	p := &provider{OIDC: c, client: &http.Client{Timeout: issuerTimeout}}
	if err := c.check(); err != nil {
		return nil, fmt.Errorf("admin.oidc: %w", err)
	}
	if c.ClientSecretFile != "" {
		secret, err := readSecret(c.ClientSecretFile)
		if err != nil {
			return nil, fmt.Errorf("admin.oidc.client_secret_file: %w", err)
		}
		p.secret = secret
	}
	if c.CAFile != "" {
		pem, err := os.ReadFile(c.CAFile)
		pool := x509.NewCertPool()
		if err != nil || !pool.AppendCertsFromPEM(pem) {
			return nil, errors.Join(fmt.Errorf("admin.oidc.ca_file: no certificate can be read from %s", c.CAFile), err)
		}
		transport := http.DefaultTransport.(*http.Transport).Clone()
		transport.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
		p.client.Transport = transport
	}
	ctx, stop := context.WithCancel(oidc.ClientContext(context.Background(), p.client))
	p.discovery.issuer, p.discovery.now, p.discovery.ctx, p.discovery.stop = c.Issuer, now, ctx, stop
	p.discovery.report = func(err error) {
		log.Error("admin: single sign-on: the issuer does not answer as it should", "issuer", c.Issuer, "cause", err)
	}
	return p, nil
}

func (c OIDC) check() error {
	for key, text := range map[string]string{"issuer": c.Issuer, "redirect_url": c.RedirectURL} {
		u, err := url.Parse(text)
		if err != nil || u.Host == "" || u.Scheme != "https" && !(u.Scheme == "http" && loopback(u.Hostname())) {
			return fmt.Errorf("%s: an https address is needed (http on this machine alone)", key)
		}
	}
	if u, _ := url.Parse(c.RedirectURL); u.Path != "/oidc/callback" {
		return errors.New("redirect_url: ends in /oidc/callback")
	}
	if c.ClientID == "" || len(c.Roles) == 0 {
		return errors.New("client_id and roles are needed")
	}
	for _, m := range c.Roles {
		if err := errors.Join(m.Role.check(), checkTenants(m.Role, m.Tenants)); err != nil || m.Value == "" {
			return errors.Join(fmt.Errorf("roles: the entry for %q", m.Value), err)
		}
	}
	return nil
}

func loopback(host string) bool {
	a, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && a.IsLoopback()
}

func readSecret(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if info.Mode().Perm()&0o007 != 0 || info.Size() > maxSecretFile {
		return "", fmt.Errorf("%s must not be accessible to others, and not larger than %d bytes", path, maxSecretFile)
	}
	text, err := os.ReadFile(path)
	return strings.TrimSpace(string(text)), err
}

func (p *provider) flow(found *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{ClientID: p.ClientID, ClientSecret: p.secret, Endpoint: found.Endpoint(), RedirectURL: p.RedirectURL,
		Scopes: append([]string{oidc.ScopeOpenID}, p.Scopes...)}
}

// verifier takes signatures by a key pair alone: never none, never one by a secret that both sides know.
func (p *provider) verifier(found *oidc.Provider, now func() time.Time) *oidc.IDTokenVerifier {
	return found.Verifier(&oidc.Config{ClientID: p.ClientID, Now: now, SupportedSigningAlgs: []string{
		oidc.RS256, oidc.RS384, oidc.RS512, oidc.PS256, oidc.PS384, oidc.PS512, oidc.ES256, oidc.ES384, oidc.ES512, oidc.EdDSA}})
}

// endSession is where the issuer ends its own session; empty where it has not said.
func (p *provider) endSession() string {
	var says struct {
		End string `json:"end_session_endpoint"`
	}
	if found := p.discovery.last(); found == nil || found.Claims(&says) != nil {
		return ""
	}
	u, err := url.Parse(says.End)
	if err != nil || u.Host == "" || u.Scheme != "https" && !loopback(u.Hostname()) {
		return ""
	}
	q := u.Query()
	q.Set("client_id", p.ClientID)
	u.RawQuery = q.Encode()
	return u.String()
}

// Errors about who has come.
var (
	errNoName = errors.New("the issuer does not say who it is, or has not verified the address")
	errNoRole = errors.New("no role is configured for this account")
)

// who reads name and grants from the claims of a verified token.
func (p *provider) who(claims map[string]any) (name string, grants []string, err error) {
	name, _ = claims[p.NameClaim].(string)
	verified, _ := claims["email_verified"].(bool)
	if !userName.MatchString(name) || p.NameClaim == "email" && !verified {
		return "", nil, errNoName
	}
	var values []string
	switch v := claims[p.RoleClaim].(type) {
	case string:
		values = []string{v}
	case []any:
		for _, one := range v {
			if text, ok := one.(string); ok {
				values = append(values, text)
			}
		}
	}
	for _, m := range p.Roles {
		if slices.Contains(values, m.Value) && !slices.Contains(grants, m.Value) {
			grants = append(grants, m.Value)
		}
	}
	if len(grants) == 0 {
		return name, nil, errNoRole
	}
	return name, grants, nil
}
