package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/postgres"
)

// database has the same name on both servers.
const database = "firm"

// world is a server with plain tables, and one with sealed tables and pgseal in front of it.
type world struct {
	plain, sealed *postgres.Cluster
	pgseal        *program.Deployment
	serving       bool
	throughURL    string
	behind        *pgx.Conn // to the sealed server, past pgseal
	front         *pgx.Conn // to the plain one
	tag           []byte    // the store's, as the first sealed value has it
}

// openWorld starts everything. What has been started is closed by close, also after an error.
func openWorld(ctx context.Context, dir, binary string) (w *world, err error) {
	w = &world{}
	if binary == "" {
		if binary, err = program.Build(ctx, dir); err != nil {
			return w, err
		}
	}
	if w.plain, err = postgres.Open(ctx, postgres.Options{}); err != nil {
		return w, err
	}
	if w.sealed, err = postgres.Open(ctx, postgres.Options{Settings: map[string]string{"log_statement": "all", "wal_keep_size": "1GB"}}); err != nil {
		return w, err
	}
	for c, sql := range map[*postgres.Cluster]string{w.plain: ddl(false), w.sealed: ddl(true)} {
		if _, err := c.Psql(ctx, "postgres", "CREATE DATABASE "+database); err != nil {
			return w, err
		}
		if _, err := c.Psql(ctx, database, sql); err != nil {
			return w, err
		}
	}
	if w.pgseal, err = program.Prepare(ctx, program.Options{Binary: binary, Dir: filepath.Join(dir, "deployment"), Upstream: w.sealed.Address(),
		Database: database, Control: "user=postgres", Policy: policyText()}); err != nil {
		return w, err
	}
	if err := w.pgseal.Serve(); err != nil {
		return w, err
	}
	w.serving = true
	if w.throughURL, err = w.pgseal.URL(w.sealed.URL(database, "")); err != nil {
		return w, err
	}
	if w.behind, err = pgx.Connect(ctx, w.sealed.SocketURL(database)); err != nil {
		return w, err
	}
	w.front, err = pgx.Connect(ctx, w.plain.SocketURL(database))
	return w, err
}

// close ends everything. That pgseal lived to the end is part of the verdict.
func (w *world) close() (err error) {
	for _, c := range []*pgx.Conn{w.behind, w.front} {
		if c != nil {
			_ = c.Close(context.Background())
		}
	}
	if w.serving {
		if err = w.pgseal.Stop(); err != nil {
			err = fmt.Errorf("pgseal at the end: %w", err)
		}
	}
	for _, c := range []*postgres.Cluster{w.plain, w.sealed} {
		if c != nil {
			err = errors.Join(err, c.Stop())
		}
	}
	return err
}
