package clients

import (
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/postgres"
)

// TestPgBouncer puts PgBouncer in front of pgseal and behind it. What is compared is the same PgBouncer without pgseal: what it does not carry
// (pids, cancel requests, in transaction mode everything that belongs to a session) is no difference.
func TestPgBouncer(t *testing.T) {
	binary := build(t)
	tests := []struct {
		mode    string
		front   bool
		clients []string // beginnings of names
	}{
		{"session", true, []string{"pgx cache statement", "pgx pipeline", "pq", "psycopg3", "psql"}},
		{"session", false, []string{"pgx cache statement", "pgx pipeline", "pq", "psycopg3", "psql"}},
		// In transaction mode this PgBouncer (before 1.21) keeps no prepared statements.
		{"transaction", true, []string{"pgx simple protocol", "psycopg2", "pgbench simple", "jdbc simple"}},
		{"transaction", false, []string{"pgx simple protocol", "psycopg2", "pgbench simple", "jdbc simple"}},
	}
	for _, test := range tests {
		place := map[bool]string{true: "in front", false: "behind"}[test.front]
		t.Run(test.mode+" mode, "+place, func(t *testing.T) {
			cluster := postgres.Start(t, postgres.Options{})
			plain, sealed := cluster.NewDatabase(t), cluster.NewDatabase(t)
			cluster.Exec(t, plain, Schema(Logical))
			cluster.Exec(t, sealed, Schema(Sealed))
			direct := bouncer(t, cluster.Address(), test.mode)
			upstream := cluster.Address()
			if !test.front {
				upstream = direct
			}
			address := serve(t, cluster, binary, upstream, sealed)
			if test.front {
				address = bouncer(t, address, test.mode)
			}
			list := slices.DeleteFunc(all(), func(c client) bool {
				return !slices.ContainsFunc(test.clients, func(name string) bool { return strings.HasPrefix(c.name, name) })
			})
			if len(list) < len(test.clients) {
				t.Fatalf("only %d clients", len(list))
			}
			compare(t, list, at(t, cluster.URL(plain, ""), direct), at(t, cluster.URL(sealed, ""), address))
		})
	}
}

func bouncer(t *testing.T, upstream, mode string) string {
	t.Helper()
	b, err := program.StartPgBouncer(upstream, mode)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Kill)
	return b.Address()
}

// serve runs pgseal in front of upstream; its own connection goes to the server itself.
func serve(t *testing.T, cluster *postgres.Cluster, binary, upstream, database string) string {
	t.Helper()
	host, port, _ := strings.Cut(cluster.Address(), ":")
	d, err := program.Prepare(t.Context(), program.Options{Binary: binary, Dir: filepath.Join(t.TempDir(), "pgseal"), Upstream: upstream, Database: database,
		Control: "user=postgres host=" + host + " port=" + port, Policy: Policy})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Serve(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the end of pgseal's log:\n%s", d.Log())
		}
		if err := d.Stop(); err != nil {
			t.Error(err)
		}
	})
	return d.Address()
}

func at(t *testing.T, serverURL, address string) string {
	t.Helper()
	u, err := url.Parse(serverURL)
	if err != nil {
		t.Fatal(err)
	}
	u.Host = address
	return u.String()
}
