package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/certs"
)

// startTLS lets the server take TLS, with a certificate of its own in the data
// folder, where PgBouncer, under the same account, reads it too.
func (s *servers) startTLS(ctx context.Context) error {
	authority, err := certs.NewAuthority("bench")
	if err != nil {
		return err
	}
	pair, err := authority.Issue("127.0.0.1", "127.0.0.1")
	if err != nil {
		return err
	}
	for name, text := range map[string]string{"server.crt": pair.Certificate, "server.key": pair.Key} {
		for _, dir := range []string{s.dir, s.cluster.DataDir()} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				return err
			}
		}
		if err := program.OwnedByPostgres(filepath.Join(s.cluster.DataDir(), name)); err != nil {
			return err
		}
	}
	for _, statement := range []string{"alter system set ssl = on", "select pg_reload_conf()"} {
		if err := s.sql(ctx, s.urls[direct], statement); err != nil {
			return err
		}
	}
	return nil
}

// url leads to the database by a way, with TLS (off or on) up to the proxy, or
// on the direct way to the server. The proxies take both; behind them there is
// no TLS.
func (s *servers) url(way, tls string) string {
	if tls == "on" {
		return strings.Replace(s.urls[way], "sslmode=disable", "sslmode=require", 1)
	}
	return s.urls[way]
}

// startBouncer starts PgBouncer in session mode.
func (s *servers) startBouncer() (err error) {
	dir := s.cluster.DataDir()
	if s.bouncer, err = program.StartPgBouncer(s.cluster.Address(), "session", "client_tls_sslmode = allow",
		"client_tls_cert_file = "+filepath.Join(dir, "server.crt"), "client_tls_key_file = "+filepath.Join(dir, "server.key"), "server_tls_sslmode = disable"); err != nil {
		return err
	}
	s.pids[pgbouncer] = s.bouncer.PID()
	s.urls[pgbouncer], err = withHost(s.urls[direct], s.bouncer.Address())
	return err
}

// startPgseal builds and starts the proxy.
func (s *servers) startPgseal(ctx context.Context, o options) error {
	binary := o.pgseal
	if binary == "" {
		var err error
		if binary, err = program.Build(ctx, s.dir); err != nil {
			return err
		}
	}
	d, err := program.Prepare(ctx, program.Options{
		Binary: binary, Dir: filepath.Join(s.dir, "proxy"), Upstream: s.cluster.Address(), Database: database, Control: "user=postgres", Policy: policy,
		TLS: fmt.Sprintf("{mode: allow, cert: %q, key: %q}", filepath.Join(s.dir, "server.crt"), filepath.Join(s.dir, "server.key")),
	})
	if err != nil {
		return err
	}
	if err := d.Serve(); err != nil {
		return err
	}
	s.proxy = d
	s.pids[pgseal] = d.PID()
	s.urls[pgseal], err = d.URL(s.urls[direct])
	return err
}

// withHost is a URL that leads to another server.
func withHost(serverURL, host string) (string, error) {
	u, err := url.Parse(serverURL)
	if err != nil {
		return "", err
	}
	u.Host = host
	return u.String(), nil
}
