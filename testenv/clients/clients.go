package clients

import (
	"context"
	"strings"
	"testing"
	"time"
)

// minLines is the least that a client reports when it did its work.
const minLines = 15

// perRun bounds one run of a client.
const perRun = 3 * time.Minute

// client is a driver or program in one configuration.
type client struct {
	name string
	run  func(ctx context.Context, url string) (Report, error)
}

// all lists the clients.
func all() []client {
	var list []client
	for _, mode := range pgxModes {
		list = append(list, client{"pgx " + mode.String(), runPgx(mode)})
	}
	list = append(list,
		client{"pgx pipeline", runPipeline},
		client{"pq", runPq("")},
		client{"pq binary_parameters", runPq("binary_parameters=yes")},
		client{"psycopg2", runPsycopg2("work")},
		client{"psycopg3", runPsycopg3},
		client{"ruby-pg", runRuby},
		client{"node-postgres", runNode("pg")},
		client{"postgres.js", runNode("postgres")},
		client{"psql", runPsql},
	)
	for _, c := range jdbcConfigurations {
		list = append(list, client{"jdbc " + c.name, runJDBC("work", c.parameters)})
	}
	for _, mode := range []string{"simple", "extended", "prepared"} {
		list = append(list, client{"pgbench " + mode, runPgbench(mode)})
	}
	return list
}

// Compare has every client work straight against a database of Schema(Logical)
// and through the proxy against one of Schema(Sealed), and holds the two reports
// against each other, one subtest each. Both URLs are of the form
// postgres://user:password@host:port/database?sslmode=disable; each database is
// used by one client at a time.
func Compare(t *testing.T, directURL, proxiedURL string) { compare(t, all(), directURL, proxiedURL) }

func compare(t *testing.T, list []client, directURL, proxiedURL string) {
	for _, c := range list {
		t.Run(c.name, func(t *testing.T) {
			direct := c.report(t, "direct", directURL)
			proxied := c.report(t, "proxied", proxiedURL)
			if d := difference(direct, proxied); d != "" {
				t.Errorf("the client sees a difference %s", d)
			}
		})
	}
}

// report runs a client once.
func (c client) report(t *testing.T, way, url string) Report {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), perRun)
	defer cancel()
	r, err := c.run(ctx, url)
	if err != nil {
		t.Fatalf("%s: %v", way, err)
	}
	if len(r) < minLines {
		t.Fatalf("%s: only %d lines were reported: %q", way, len(r), r)
	}
	if testing.Verbose() {
		t.Logf("%s:\n%s", way, strings.Join(r, "\n"))
	}
	return r
}
