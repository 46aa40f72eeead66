package main

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/postgres"
)

// The ways of being asked, see the package documentation.
const (
	withNone  = "none"
	withOther = "other"
)

const policy = "version: 1\ntables:\n  elsewhere.papers:\n    columns:\n      title: {mode: randomized}\n"

// open starts a server with the suite's database, and pgseal in front of it where through is set. done stops what was started.
func open(ctx context.Context, s suite, dir, binary, which string, through bool) (address string, done func() error, err error) {
	cluster, err := postgres.Open(ctx, postgres.Options{Auth: "scram-sha-256", Settings: map[string]string{"max_prepared_transactions": "10"}})
	if err != nil {
		return "", nil, err
	}
	done = cluster.Stop
	protected := s.database
	if which == withNone {
		protected = "elsewhere"
	}
	steps := [][2]string{{"postgres", "CREATE DATABASE " + s.database}}
	if protected != s.database {
		steps = append(steps, [2]string{"postgres", "CREATE DATABASE " + protected})
	}
	steps = append(steps, [2]string{s.database, s.setup}, [2]string{protected, "CREATE SCHEMA elsewhere CREATE TABLE papers (id bigint PRIMARY KEY, title text)"})
	for _, step := range steps {
		if _, err := cluster.Psql(ctx, step[0], step[1]); err != nil {
			return "", nil, errors.Join(err, done())
		}
	}
	d, err := program.Prepare(ctx, program.Options{Binary: binary, Dir: filepath.Join(dir, "pgseal"), Upstream: cluster.Address(), Database: protected,
		Control: "user=postgres password=secret", Policy: policy, Config: "other_databases: pass\n"})
	if err != nil || !through {
		if err != nil {
			err = errors.Join(err, done())
		}
		return cluster.Address(), done, err
	}
	if err := d.Serve(); err != nil {
		return "", nil, errors.Join(err, done())
	}
	return d.Address(), func() error { return errors.Join(d.Stop(), cluster.Stop()) }, nil
}
