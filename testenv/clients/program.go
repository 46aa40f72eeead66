package clients

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// programs are the clients that are not written in Go.
//
//go:embed psycopg2/client.py psycopg3/client.py ruby/client.rb node/client.js psql/work.sql pgbench/work.sql jdbc/Client.java
var programs embed.FS

// jdbcJar is where Debian's libpostgresql-jdbc-java puts the driver.
const jdbcJar = "/usr/share/java/postgresql.jar"

// jdbcConfigurations are the ways in which the JDBC driver speaks the protocol.
var jdbcConfigurations = []struct{ name, parameters string }{
	{"default", ""},
	{"prepared at once, binary", "prepareThreshold=-1&binaryTransfer=true"},
	{"never prepared, text", "prepareThreshold=0&binaryTransfer=false"},
	{"simple", "preferQueryMode=simple"},
	{"extendedForPrepared", "preferQueryMode=extendedForPrepared"},
	{"cache everything, savepoints", "preferQueryMode=extendedCacheEverything&autosave=always&prepareThreshold=2"},
	{"batches rewritten", "reWriteBatchedInserts=true"},
}

// runJDBC runs the JDBC program: what is "work" or "refused".
func runJDBC(what, parameters string) func(context.Context, string) (Report, error) {
	return func(ctx context.Context, target string) (Report, error) {
		u, err := url.Parse(target)
		if err != nil {
			return nil, err
		}
		password, _ := u.User.Password()
		jdbc := url.Values{"user": {u.User.Username()}, "password": {password}, "sslmode": {"disable"}}
		address := "jdbc:postgresql://" + u.Host + u.Path + "?" + jdbc.Encode()
		if parameters != "" {
			address += "&" + parameters
		}
		dir, err := os.MkdirTemp("", "pgseal-jdbc-")
		if err != nil {
			return nil, err
		}
		defer os.RemoveAll(dir)
		source, err := programs.ReadFile("jdbc/Client.java")
		if err != nil {
			return nil, err
		}
		file := filepath.Join(dir, "Client.java")
		if err := os.WriteFile(file, source, 0o600); err != nil {
			return nil, err
		}
		return Run(exec.CommandContext(ctx, "java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", jdbcJar, file, address, what))
	}
}

// runPsycopg2 runs the Python program: what is "work" or "refused". It takes
// the system's Python, which is the one that Debian's package serves.
func runPsycopg2(what string) func(context.Context, string) (Report, error) {
	return func(ctx context.Context, target string) (Report, error) {
		source, err := programs.ReadFile("psycopg2/client.py")
		if err != nil {
			return nil, err
		}
		cmd := exec.CommandContext(ctx, "/usr/bin/python3", "-W", "error", "-", target, what)
		cmd.Stdin = bytes.NewReader(source)
		return Run(cmd)
	}
}

// runPsycopg3 runs the Python program for version 3 of the driver, with the system's Python.
func runPsycopg3(ctx context.Context, target string) (Report, error) {
	source, err := programs.ReadFile("psycopg3/client.py")
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "/usr/bin/python3", "-", target)
	cmd.Stdin = bytes.NewReader(source)
	return Run(cmd)
}

// runRuby runs the Ruby program with the system's Ruby.
func runRuby(ctx context.Context, target string) (Report, error) {
	source, err := programs.ReadFile("ruby/client.rb")
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "/usr/bin/ruby", "-", target)
	cmd.Stdin = bytes.NewReader(source)
	return Run(cmd)
}

// runNode runs the JavaScript program: driver is "pg" or "postgres".
func runNode(driver string) func(context.Context, string) (Report, error) {
	return func(ctx context.Context, target string) (Report, error) {
		modules, err := exec.CommandContext(ctx, "../../.ci/node-modules").Output()
		if err != nil {
			return nil, fmt.Errorf(".ci/node-modules: %w", err)
		}
		source, err := programs.ReadFile("node/client.js")
		if err != nil {
			return nil, err
		}
		cmd := exec.CommandContext(ctx, "node", "-", target, driver)
		cmd.Env = []string{"NODE_PATH=" + strings.TrimSpace(string(modules))}
		cmd.Stdin = bytes.NewReader(source)
		return Run(cmd)
	}
}

// runPsql gives psql a script and takes all it prints, errors included, as the
// report.
func runPsql(ctx context.Context, target string) (Report, error) {
	script, err := programs.ReadFile("psql/work.sql")
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "psql", "-X", "--no-password", "-v", "ON_ERROR_STOP=0", "-d", target)
	cmd.Stdin = bytes.NewReader(script)
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := start(cmd); err != nil {
		return nil, fmt.Errorf("psql: %w\n%s", err, output.Bytes())
	}
	return parseReport(output.Bytes()), nil
}

// runPgbench runs a script in one of pgbench's modes; its random numbers are
// the same each time, and so is what it leaves in the tables.
func runPgbench(mode string) func(context.Context, string) (Report, error) {
	return func(ctx context.Context, target string) (Report, error) {
		dir, err := os.MkdirTemp("", "pgseal-pgbench-")
		if err != nil {
			return nil, err
		}
		defer os.RemoveAll(dir)
		script, err := programs.ReadFile("pgbench/work.sql")
		if err != nil {
			return nil, err
		}
		file := filepath.Join(dir, "work.sql")
		if err := os.WriteFile(file, script, 0o600); err != nil {
			return nil, err
		}
		conn, err := pgx.Connect(ctx, target)
		if err != nil {
			return nil, err
		}
		defer conn.Close(ctx)
		if _, err := conn.Exec(ctx, reset, pgx.QueryExecModeSimpleProtocol); err != nil {
			return nil, err
		}
		printed, err := Run(exec.CommandContext(ctx, Pgbench(), "-n", "-c", "1", "-t", "200", "-M", mode, "--random-seed=42", "-f", file, target))
		if err != nil {
			return nil, err
		}
		s := &pgxSession{ctx: ctx, conn: conn}
		for _, line := range printed {
			if strings.HasPrefix(line, "number of ") {
				s.add("%s", line)
			}
		}
		s.do(statement{`select id, title, client_email, value, note from matters order by id`, nil})
		s.do(statement{`select id, amount from ledger order by id`, nil})
		return s.Report, nil
	}
}

// Pgbench is the path of the program: Debian does not put the server package's
// own on PATH.
func Pgbench() string {
	if found, err := filepath.Glob("/usr/lib/postgresql/*/bin/pgbench"); err == nil && len(found) > 0 {
		return found[len(found)-1]
	}
	return "pgbench"
}

// Run runs a program that prints a report and exits 0, in a surrounding that is the same everywhere.
func Run(cmd *exec.Cmd) (Report, error) {
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := start(cmd); err != nil {
		return nil, fmt.Errorf("%s: %w\n%s\nthe last it reported:\n%s", filepath.Base(cmd.Path), err, stderr.Bytes(), tail(stdout.Bytes(), 2000))
	}
	return parseReport(stdout.Bytes()), nil
}

// start runs a program to its end in a surrounding that is the same everywhere.
func start(cmd *exec.Cmd) error {
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "PG") && !strings.HasPrefix(v, "LC_") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, "LC_ALL=C.UTF-8", "TZ=UTC", "PGCONNECT_TIMEOUT=30")
	cmd.WaitDelay = 5 * time.Second
	return cmd.Run()
}

func tail(output []byte, n int) []byte { return output[max(0, len(output)-n):] }
