package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/clients"
	"github.com/legatics/pgseal/testenv/postgres"
)

// database is where all of it happens.
const database = "bench"

// servers are the running ways to the database.
type servers struct {
	cluster *postgres.Cluster
	bouncer *program.PgBouncer
	proxy   *program.Deployment
	urls    map[string]string // by way
	pids    map[string]int    // of the proxies
	dir     string
}

// startServers starts what the options ask for and fills the tables. progress
// gets a line for each step.
func startServers(ctx context.Context, o options, progress io.Writer) (*servers, error) {
	dir, err := os.MkdirTemp("", "pgseal-bench-")
	if err != nil {
		return nil, err
	}
	s := &servers{urls: make(map[string]string), pids: make(map[string]int), dir: dir}
	if err := s.start(ctx, o, progress); err != nil {
		return nil, errors.Join(err, s.stop())
	}
	return s, nil
}

func (s *servers) start(ctx context.Context, o options, progress io.Writer) error {
	fmt.Fprintln(progress, "starting PostgreSQL")
	cluster, err := postgres.Open(ctx, postgres.Options{Settings: map[string]string{"shared_buffers": "512MB", "max_wal_size": "4GB", "checkpoint_timeout": "1h", "autovacuum": "off"}})
	if err != nil {
		return err
	}
	s.cluster = cluster
	s.urls[direct] = cluster.URL(database, "")
	fmt.Fprintf(progress, "filling the tables (scale %d)\n", o.scale)
	if err := s.fill(ctx, o); err != nil {
		return err
	}
	if contains(o.ways, pgbouncer) {
		fmt.Fprintln(progress, "starting PgBouncer")
		if err := s.startBouncer(); err != nil {
			return err
		}
	}
	if contains(o.ways, pgseal) {
		fmt.Fprintln(progress, "starting pgseal")
		if err := s.startPgseal(ctx, o); err != nil {
			return err
		}
	}
	return nil
}

// fill creates the database and everything in it but the sealed rows.
func (s *servers) fill(ctx context.Context, o options) error {
	if err := s.sql(ctx, s.cluster.URL("postgres", ""), "create database "+database); err != nil {
		return err
	}
	if err := s.sql(ctx, s.urls[direct], schema); err != nil {
		return err
	}
	if err := s.sql(ctx, s.urls[direct], fmt.Sprintf("insert into native_cells select g, '%s' from generate_series(1, %d) g", body(), cellRows)); err != nil {
		return err
	}
	if _, err := pgbench(ctx, "-q", "-i", "-I", "dtgvp", "-s", fmt.Sprint(o.scale), s.urls[direct]); err != nil {
		return err
	}
	return s.sql(ctx, s.urls[direct], "vacuum analyze")
}

func (s *servers) sql(ctx context.Context, url, text string) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, text, pgx.QueryExecModeSimpleProtocol); err != nil {
		return fmt.Errorf("%w, in: %.60s", err, text)
	}
	return nil
}

// startPgseal builds and starts the proxy and writes the sealed rows through it.
func (s *servers) startPgseal(ctx context.Context, o options) error {
	binary := o.pgseal
	if binary == "" {
		var err error
		if binary, err = program.Build(ctx, s.dir); err != nil {
			return err
		}
	}
	d, err := program.Prepare(ctx, program.Options{
		Binary: binary, Dir: filepath.Join(s.dir, "proxy"), Upstream: s.cluster.Address(),
		Database: database, Control: "user=postgres", Policy: policy,
	})
	if err != nil {
		return err
	}
	if err := d.Serve(); err != nil {
		return err
	}
	s.proxy = d
	if s.urls[pgseal], err = d.URL(s.urls[direct]); err != nil {
		return err
	}
	s.pids[pgseal] = d.PID()
	const perInsert = 1000
	for first := 1; first <= cellRows; first += perInsert {
		var insert strings.Builder
		insert.WriteString("insert into sealed_cells (id, body) values ")
		for i := range perInsert {
			if i > 0 {
				insert.WriteByte(',')
			}
			fmt.Fprintf(&insert, "(%d,'%s')", first+i, body())
		}
		if err := s.sql(ctx, s.urls[pgseal], insert.String()); err != nil {
			return err
		}
	}
	return s.sealed(ctx)
}

// sealed makes sure that what is measured is what it says: the rows lie sealed
// in the database, and come back through the proxy.
func (s *servers) sealed(ctx context.Context) error {
	for way, want := range map[string]int{direct: 0, pgseal: cellRows} {
		conn, err := pgx.Connect(ctx, s.urls[way])
		if err != nil {
			return err
		}
		rows, err := conn.Query(ctx, "select body from sealed_cells")
		if err != nil {
			return err
		}
		plain := 0
		for rows.Next() {
			var text string
			if err := rows.Scan(&text); err != nil {
				return err
			}
			if text == body() {
				plain++
			}
		}
		if err := rows.Err(); err != nil {
			return err
		}
		conn.Close(ctx)
		if plain != want {
			return fmt.Errorf("%d of %d sealed rows read as plaintext by way of %s, want %d", plain, cellRows, way, want)
		}
	}
	return s.sql(ctx, s.urls[direct], "vacuum analyze sealed_cells")
}

// stop ends everything and removes its files.
func (s *servers) stop() error {
	var errs []error
	if s.proxy != nil {
		errs = append(errs, s.proxy.Stop())
	}
	if s.bouncer != nil {
		s.bouncer.Kill()
	}
	if s.cluster != nil {
		errs = append(errs, s.cluster.Stop())
	}
	return errors.Join(append(errs, os.RemoveAll(s.dir))...)
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

// pgbenchPath is where the program lies.
func pgbenchPath() string { return clients.Pgbench() }

// startBouncer starts PgBouncer in session mode.
func (s *servers) startBouncer() (err error) {
	if s.bouncer, err = program.StartPgBouncer(s.cluster.Address(), "session"); err != nil {
		return err
	}
	s.pids[pgbouncer] = s.bouncer.PID()
	s.urls[pgbouncer], err = withHost(s.urls[direct], s.bouncer.Address())
	return err
}
