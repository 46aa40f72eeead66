package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/postgres"
)

// The ways of being asked, see the package documentation.
const (
	withNone  = "none"
	withOther = "other"
)

// protected is the database, schema and policy that pgseal gets to protect.
type protected struct{ database, schema, policy string }

// protection of each way. With none another database is protected, for pgseal wants one.
var protections = map[string]protected{
	withNone:  {"elsewhere", "CREATE TABLE papers (id bigint PRIMARY KEY, title text)", policyOf("public.papers")},
	withOther: {database, "CREATE SCHEMA elsewhere CREATE TABLE papers (id bigint PRIMARY KEY, title text)", policyOf("elsewhere.papers")},
}

func policyOf(table string) string {
	return "version: 1\ntables:\n  " + table + ":\n    columns:\n      title: {mode: randomized}\n"
}

// way is a server of its own, asked directly or through pgseal.
type way struct {
	cluster *postgres.Cluster
	proxy   *program.Deployment // nil: directly
}

// open starts a server whose databases are set up for pgseal, and pgseal in front of it where through is set.
func open(ctx context.Context, dir, binary, policy string, through bool) (w *way, err error) {
	w = &way{}
	defer func() {
		if err != nil {
			err = errors.Join(err, w.close())
		}
	}()
	if w.cluster, err = postgres.Open(ctx, postgres.Options{Settings: settings}); err != nil {
		return w, err
	}
	if err := w.create(ctx, policy); err != nil {
		return w, err
	}
	p := protections[policy]
	deployment, err := program.Prepare(ctx, program.Options{
		Binary: binary, Dir: filepath.Join(dir, "pgseal"), Upstream: w.cluster.Address(), Database: p.database,
		Control: "user=postgres", Policy: p.policy, Config: "other_databases: pass\n",
	})
	if err != nil || !through {
		return w, err
	}
	if err := deployment.Serve(); err != nil {
		return w, err
	}
	w.proxy = deployment
	return w, nil
}

// settings of the server are those that pg_regress gives its own.
var settings = map[string]string{"max_prepared_transactions": "2", "max_connections": "100"}

// create makes the databases, with the settings that pg_regress gives its own.
func (w *way) create(ctx context.Context, policy string) error {
	for _, sql := range []string{
		"CREATE DATABASE " + database + " TEMPLATE template0",
		"ALTER DATABASE regression SET lc_messages TO 'C'", "ALTER DATABASE regression SET lc_monetary TO 'C'",
		"ALTER DATABASE regression SET lc_numeric TO 'C'", "ALTER DATABASE regression SET lc_time TO 'C'",
		"ALTER DATABASE regression SET bytea_output TO 'hex'", "ALTER DATABASE regression SET timezone_abbreviations TO 'Default'",
	} {
		if _, err := w.cluster.Psql(ctx, "postgres", sql); err != nil {
			return err
		}
	}
	p := protections[policy]
	if p.database != database {
		if _, err := w.cluster.Psql(ctx, "postgres", "CREATE DATABASE "+p.database); err != nil {
			return err
		}
	}
	_, err := w.cluster.Psql(ctx, p.database, p.schema)
	return err
}

// address is where psql connects to.
func (w *way) address() string {
	if w.proxy != nil {
		return w.proxy.Address()
	}
	return w.cluster.Address()
}

// close stops what was started. That pgseal lived through the suite is part of the verdict.
func (w *way) close() (err error) {
	if w.proxy != nil {
		if err = w.proxy.Stop(); err != nil {
			err = fmt.Errorf("after the suite: %w", err)
		}
	}
	if w.cluster != nil {
		err = errors.Join(err, w.cluster.Stop())
	}
	return err
}
