package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
)

// repack runs pg_repack, which makes a table anew while it is read and written.
type repack struct {
	program string
	config  *pgx.ConnConfig
	maxLock time.Duration
}

// findRepack looks for the program and its extension.
func (w *columnWork) findRepack(ctx context.Context, maxLock time.Duration) (*repack, error) {
	r := &repack{config: w.pool.Config().ConnConfig, maxLock: maxLock}
	var err error
	if r.program, err = exec.LookPath("pg_repack"); err != nil {
		return nil, errors.New("there is no program pg_repack on the PATH: install it, or say --method rewrite")
	}
	var there bool
	if err := w.pool.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'pg_repack')").Scan(&there); err != nil {
		return nil, err
	}
	if !there {
		return nil, errors.New("the database has no extension pg_repack: CREATE EXTENSION pg_repack, or say --method rewrite")
	}
	return r, nil
}

// run repacks a table (quoted). The connection is given by environment, so that its password is in no list of processes; TLS is as the environment says.
func (r *repack) run(ctx context.Context, table string) error {
	seconds := max(1, int(r.maxLock.Round(time.Second).Seconds()))
	cmd := exec.CommandContext(ctx, r.program, "--no-superuser-check", "--no-order", "--no-kill-backend", "--wait-timeout", strconv.Itoa(seconds), "--table", table)
	cmd.Env = append(os.Environ(), "PGHOST="+r.config.Host, "PGPORT="+strconv.Itoa(int(r.config.Port)), "PGUSER="+r.config.User, "PGDATABASE="+r.config.Database)
	if r.config.Password != "" {
		cmd.Env = append(cmd.Env, "PGPASSWORD="+r.config.Password)
	}
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) } // it takes its triggers off the table
	cmd.WaitDelay = 30 * time.Second
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("pg_repack: %w\n%s", err, bytes.TrimSpace(out))
	}
	return nil
}
