package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
)

// suite is a driver's own tests.
type suite struct {
	name     string
	module   string
	database string
	setup    string // SQL, run by the superuser in the database
	packages []string
	environ  func(host, port string) []string
}

var suites = []suite{
	{
		name: "pgx", module: "github.com/jackc/pgx/v5", database: "pgx_test",
		setup: `CREATE EXTENSION hstore; CREATE EXTENSION ltree; CREATE DOMAIN uint64 AS numeric(20,0);
			CREATE USER " tricky, ' } "" \ test user " SUPERUSER PASSWORD 'secret'`,
		packages: []string{".", "./pgconn/...", "./pgtype/...", "./pgxpool/...", "./stdlib/...", "./multitracer/...", "./tracelog/..."},
		environ: func(host, port string) []string {
			url := fmt.Sprintf("host=%s port=%s user=postgres password=secret dbname=pgx_test sslmode=disable", host, port)
			return []string{"PGX_TEST_DATABASE=" + url, "PGX_TEST_TCP_CONN_STRING=" + url}
		},
	},
	{
		name: "pq", module: "github.com/lib/pq", database: "pqgo",
		packages: []string{"."},
		environ: func(host, port string) []string {
			return []string{"PGHOST=" + host, "PGPORT=" + port, "PGUSER=postgres", "PGPASSWORD=secret", "PGDATABASE=pqgo", "PGSSLMODE=disable", "PQTEST_BINARY_PARAMETERS=no"}
		},
	},
}

// fetch copies the driver's sources to dir, where its tests can be run.
func (s suite) fetch(ctx context.Context, dir string) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "mod", "download", "-json", s.module).Output()
	if err != nil {
		return "", fmt.Errorf("go mod download %s: %w\n%s", s.module, err, out)
	}
	var module struct{ Dir string }
	if err := json.Unmarshal(out, &module); err != nil {
		return "", err
	}
	to := filepath.Join(dir, s.name)
	if err := os.CopyFS(to, os.DirFS(module.Dir)); err != nil {
		return "", err
	}
	return to, nil
}

// test runs the suite's tests against a server.
func (s suite) test(ctx context.Context, sources, address string) (outcomes, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "go", append([]string{"test", "-json", "-count=1", "-p=1", "-timeout=15m"}, s.packages...)...)
	cmd.Dir = sources
	for _, v := range os.Environ() {
		if len(v) < 2 || v[:2] != "PG" {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(append(cmd.Env, "GOFLAGS=-mod=mod"), s.environ(host, port)...)
	cmd.Stderr = os.Stderr
	return readOutcomes(cmd)
}
