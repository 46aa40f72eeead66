package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
)

// suite is PostgreSQL's regression suite on this machine.
type suite struct {
	dir     string // src/test/regress
	library string // folder with the shared libraries that the tests load
	build   string // folder that the tests write into, with a folder results; it is the same in all runs, for its name is printed
	tests   schedule
}

// database is where pg_regress runs the suite, and what some tests print.
const database = "regression"

// sideBySide is how many tests of one group run at once.
const sideBySide = 4

// testTimeout is how long one test may take before its psql is ended.
const testTimeout = 5 * time.Minute

// openSuite finds or fetches the suite and compiles what it needs into dir.
func openSuite(ctx context.Context, root, dir string) (*suite, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(root, ".ci", "postgres-source"))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf(".ci/postgres-source: %w", err)
	}
	s := &suite{dir: filepath.Join(strings.TrimSpace(string(out)), "src", "test", "regress"), library: filepath.Join(dir, "lib"), build: filepath.Join(dir, "build")}
	if s.tests, err = readSchedule(s.dir); err != nil {
		return nil, err
	}
	return s, s.compile(ctx)
}

// run runs the tests against a server and leaves what psql printed in results, a file for each test.
func (s *suite) run(ctx context.Context, tests schedule, address, results string) error {
	if err := s.emptyBuild(results); err != nil {
		return err
	}
	for _, group := range tests {
		running, ctx := errgroup.WithContext(ctx)
		running.SetLimit(sideBySide)
		for _, name := range group {
			running.Go(func() error { return s.psql(ctx, name, address, results) })
		}
		if err := running.Wait(); err != nil {
			return err
		}
	}
	return nil
}

// emptyBuild makes the folders anew that psql and, under another account, the server write into.
func (s *suite) emptyBuild(results string) error {
	if err := os.RemoveAll(s.build); err != nil {
		return err
	}
	written := filepath.Join(s.build, "results")
	for _, dir := range []string{written, results} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	return os.Chmod(written, 0o777)
}

// psql runs one test as pg_regress does. That statements of it fail is no failure: the output says so.
func (s *suite) psql(ctx context.Context, name, address, results string) error {
	ctx, stop := context.WithTimeout(ctx, testTimeout)
	defer stop()
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	script, err := os.Open(filepath.Join(s.dir, "sql", name+".sql"))
	if err != nil {
		return err
	}
	defer script.Close()
	out, err := os.Create(filepath.Join(results, name+".out"))
	if err != nil {
		return err
	}
	defer out.Close()
	cmd := exec.CommandContext(ctx, "psql", "-X", "-a", "-q", "-d", database, "-v", "HIDE_TABLEAM=on", "-v", "HIDE_TOAST_COMPRESSION=on")
	cmd.Dir = s.build
	cmd.Stdin, cmd.Stdout, cmd.Stderr = script, out, out
	cmd.Env = append(environment(), "PGHOST="+host, "PGPORT="+port, "PGAPPNAME=pg_regress/"+name,
		"PG_ABS_SRCDIR="+s.dir, "PG_ABS_BUILDDIR="+s.build, "PG_LIBDIR="+s.library, "PG_DLSUFFIX=.so")
	err = cmd.Run()
	if ctx.Err() != nil {
		return fmt.Errorf("%s has not ended after %s", name, testTimeout)
	}
	if _, failed := err.(*exec.ExitError); failed {
		return nil // psql exits 3 where its connection was lost, which a test may want
	}
	return err
}

// environment is what pg_regress gives its tests.
func environment() []string {
	return []string{"PATH=" + os.Getenv("PATH"), "HOME=/nonexistent", "LC_ALL=C", "PGUSER=postgres", "PGSSLMODE=disable",
		"PGTZ=PST8PDT", "PGDATESTYLE=Postgres, MDY", "PGOPTIONS=-c intervalstyle=postgres_verbose"}
}
