package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
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
	cluster, err := postgres.Open(ctx, postgres.Options{Settings: map[string]string{
		"shared_buffers": "512MB", "max_wal_size": "4GB", "checkpoint_timeout": "1h", "autovacuum": "off",
		"max_connections": fmt.Sprint(2*most + 50),
	}})
	if err != nil {
		return err
	}
	s.cluster = cluster
	s.urls[direct] = cluster.URL(database, "")
	if err := s.create(ctx, o); err != nil {
		return err
	}
	if err := s.startTLS(ctx); err != nil {
		return err
	}
	if slices.Contains(o.ways, pgbouncer) {
		fmt.Fprintln(progress, "starting PgBouncer")
		if err := s.startBouncer(); err != nil {
			return err
		}
	}
	if slices.Contains(o.ways, pgseal) {
		fmt.Fprintln(progress, "starting pgseal")
		if err := s.startPgseal(ctx, o); err != nil {
			return err
		}
	}
	fmt.Fprintf(progress, "filling the tables (scale %d)\n", o.scale)
	return s.fill(ctx, o)
}

// create creates the database and its tables.
func (s *servers) create(ctx context.Context, o options) error {
	if err := s.sql(ctx, s.cluster.URL("postgres", ""), "create database "+database); err != nil {
		return err
	}
	if err := s.sql(ctx, s.urls[direct], schema); err != nil {
		return err
	}
	_, err := pgbench(ctx, "-q", "-i", "-I", "dtgvp", "-s", fmt.Sprint(o.scale), s.urls[direct])
	return err
}

// fill copies rows into the tables of the chosen scenarios.
func (s *servers) fill(ctx context.Context, o options) error {
	for _, f := range o.fillings() {
		if !slices.Contains(o.ways, f.way) && f.way == pgseal {
			continue
		}
		if _, err := (copying{into: true, table: f.table}).run(ctx, s.urls[f.way], f.row, f.rows); err != nil {
			return err
		}
		if f.way == pgseal {
			if err := s.sealed(ctx, f); err != nil {
				return err
			}
		}
	}
	return s.sql(ctx, s.urls[direct], "vacuum analyze")
}

// sealed makes sure that what is measured is what it says: no row lies in the
// clear in the database, and rows come back through the proxy.
func (s *servers) sealed(ctx context.Context, f filling) error {
	column := "body"
	if strings.Contains(f.row, body()+"\t") {
		column = "c0"
	}
	look := min(f.rows, 1000)
	for way, want := range map[string]int{direct: 0, pgseal: look} {
		conn, err := pgx.Connect(ctx, s.urls[way])
		if err != nil {
			return err
		}
		defer conn.Close(ctx)
		rows, err := conn.Query(ctx, fmt.Sprintf("select %s from %s limit %d", column, f.table, look))
		if err != nil {
			return err
		}
		texts, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			return err
		}
		plain := 0
		for _, text := range texts {
			if text == body() {
				plain++
			}
		}
		if len(texts) != look || plain != want {
			return fmt.Errorf("%d of %d rows of %s read as plaintext by way of %s, want %d of %d", plain, len(texts), f.table, way, want, look)
		}
	}
	return nil
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

// pgbenchPath is where the program lies.
func pgbenchPath() string { return clients.Pgbench() }
