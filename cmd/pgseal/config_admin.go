package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/legatics/pgseal/proxy/admin/access"
)

// adminConfig is the admin page, its API, health and metrics. Without a user nothing but health and metrics is offered.
type adminConfig struct {
	Listen    string        `yaml:"listen"`
	UsersFile string        `yaml:"users_file"` // made by pgseal admin user add; docs/admin-access.md
	OIDC      *access.OIDC  `yaml:"oidc"`       // single sign-on
	Session   sessionConfig `yaml:"session"`
	TLS       adminTLS      `yaml:"tls"`
}

// adminTLS is what the page is reached by from other machines.
type adminTLS struct {
	Cert string `yaml:"cert"`
	Key  string `yaml:"key"`
}

// sessionConfig bounds how long somebody stays logged in. 0: 30 minutes and 12 hours.
type sessionConfig struct {
	Idle     time.Duration `yaml:"idle"`
	Absolute time.Duration `yaml:"absolute"`
}

const maxSession = 7 * 24 * time.Hour

func (a adminConfig) validate(production bool) error {
	if (a.TLS.Cert == "") != (a.TLS.Key == "") {
		return errors.New("admin.tls: cert and key belong together")
	}
	if production && a.TLS.Cert == "" && (a.UsersFile != "" || a.OIDC != nil) && !(address{network: "tcp", dial: a.Listen}).loopback() {
		return fmt.Errorf("admin.tls: users log in at %s, which other machines reach, and what they send could be read on the way: name cert and key, or listen on 127.0.0.1", a.Listen)
	}
	for key, d := range map[string]time.Duration{"idle": a.Session.Idle, "absolute": a.Session.Absolute} {
		if d != 0 && (d < time.Minute || d > maxSession) {
			return fmt.Errorf("admin.session.%s: %s is outside %s..%s", key, d, time.Minute, maxSession)
		}
	}
	return hostPort("admin.listen", a.Listen)
}

// access is what the configuration says of who may use the page. The rest is the caller's.
func (c *config) access() access.Config {
	a := access.Config{TLS: c.Admin.TLS.Cert != "", UsersFile: c.file(c.Admin.UsersFile), Idle: c.Admin.Session.Idle, Absolute: c.Admin.Session.Absolute}
	if c.Admin.OIDC != nil {
		sso := *c.Admin.OIDC
		sso.ClientSecretFile, sso.CAFile = c.file(sso.ClientSecretFile), c.file(sso.CAFile)
		a.OIDC = &sso
	}
	return a
}
