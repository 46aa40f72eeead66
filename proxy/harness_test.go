package proxy_test

import (
	"context"
	"log/slog"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"go.uber.org/goleak"

	"github.com/legatics/pgseal/proxy"
	"github.com/legatics/pgseal/testenv/certs"
	"github.com/legatics/pgseal/testenv/postgres"
)

// cluster is the PostgreSQL that all tests of the package share. It offers TLS, with a certificate of authority.
var (
	cluster    *postgres.Cluster
	authority  *certs.Authority
	serverPair certs.Pair // the cluster's own
)

func openCluster() (c *postgres.Cluster, err error) {
	if authority, err = certs.NewAuthority("pgseal tests"); err != nil {
		return nil, err
	}
	if serverPair, err = authority.Issue("server", "db.test", "127.0.0.1"); err != nil {
		return nil, err
	}
	return postgres.Open(context.Background(), postgres.Options{
		Auth:     "scram-sha-256",
		Settings: map[string]string{"ssl": "on", "ssl_cert_file": "server.crt", "ssl_key_file": "server.key", "ssl_ca_file": "ca.crt"},
		Files:    map[string]string{"server.crt": serverPair.Certificate, "server.key": serverPair.Key, "ca.crt": authority.PEM},
		HBA: []string{
			"hostssl all certified 127.0.0.1/32 cert", "hostnossl all tls_only 127.0.0.1/32 reject",
			"host all cleartext 127.0.0.1/32 password", "host all hashed 127.0.0.1/32 md5", "host all believed 127.0.0.1/32 trust",
		},
	})
}

func TestMain(m *testing.M) {
	os.Exit(func() int {
		c, err := openCluster()
		if err != nil {
			slog.Error("no PostgreSQL for the tests", "cause", err)
			return 1
		}
		cluster = c
		code := m.Run()
		if err := c.Stop(); err != nil {
			slog.Error("stopping PostgreSQL", "cause", err)
			return 1
		}
		if err := goleak.Find(); err != nil && code == 0 {
			slog.Error("goroutines are left over", "cause", err)
			return 1
		}
		return code
	}())
}

// running is a proxy in front of the cluster.
type running struct {
	*proxy.Server
	listener net.Listener
	counters *proxy.Counters
	settings string // of the URL, in place of sslmode=disable
}

// start starts a proxy that ends with the test. Nothing may be out of step by then.
func start(t testing.TB, c proxy.Config) *running {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return startOn(t, listener, c)
}

// startOn is start with a listener of the test's.
func startOn(t testing.TB, listener net.Listener, c proxy.Config) *running {
	t.Helper()
	if c.Dial == nil {
		c.Dial = func(ctx context.Context) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, "tcp", cluster.Address())
		}
	}
	if c.Log == nil {
		c.Log = slog.New(slog.NewTextHandler(testLog{t}, &slog.HandlerOptions{Level: slog.LevelInfo}))
	}
	r := &running{listener: listener, counters: &proxy.Counters{}}
	c.Counters = r.counters
	r.Server = proxy.New(c)
	served := make(chan error, 1)
	ctx, stop := context.WithCancel(context.Background())
	go func() { served <- r.Serve(ctx, listener) }()
	t.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			t.Errorf("serve: %v", err)
		}
		if n := r.counters.Desyncs.Load(); n != 0 {
			t.Errorf("%d sessions out of step", n)
		}
	})
	return r
}

type testLog struct{ testing.TB }

func (l testLog) Write(b []byte) (int, error) {
	l.TB.Log(strings.TrimSpace(string(b)))
	return len(b), nil
}

// url leads to the proxy.
func (r *running) url(database string) string {
	return r.urlOf(cluster.URL(database, ""))
}

// urlOf turns a URL of the cluster into the one that leads through the proxy.
func (r *running) urlOf(direct string) string {
	u := strings.Replace(direct, cluster.Address(), r.listener.Addr().String(), 1)
	if r.settings != "" {
		u = strings.Replace(u, "sslmode=disable", r.settings, 1)
	}
	return u
}

func (r *running) connect(t testing.TB, database string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), r.url(database))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, stop := context.WithTimeout(context.Background(), 30*time.Second)
		defer stop()
		_ = conn.Close(ctx)
	})
	return conn
}
