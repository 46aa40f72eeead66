package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/certs"
	"github.com/legatics/pgseal/testenv/postgres"
)

// The program under test is the real one: testscript runs this test binary as pgseal.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"pgseal": main})
}

// TestScripts runs testdata/script/*.txtar. Each script that asks for a database has one of its own, in a PostgreSQL that they share.
func TestScripts(t *testing.T) {
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Minute)
	defer stop()
	authority, err := certs.NewAuthority("pgseal tests")
	if err != nil {
		t.Fatal(err)
	}
	server, err := authority.Issue("server", "127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	cluster, err := postgres.Open(ctx, postgres.Options{User: "app", HBA: []string{"host all scrammed 127.0.0.1/32 scram-sha-256"},
		Settings: map[string]string{"ssl": "on", "ssl_cert_file": "server.crt", "ssl_key_file": "server.key"},
		Files:    map[string]string{"server.crt": server.Certificate, "server.key": server.Key},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cluster.Stop(); err != nil {
			t.Error(err)
		}
	})
	t.Run("scripts", func(t *testing.T) {
		testscript.Run(t, testscript.Params{
			Dir:                "testdata/script",
			RequireUniqueNames: true,
			Setup: func(env *testscript.Env) error {
				env.Setenv("PGHOST", "127.0.0.1")
				env.Setenv("PGPORT", fmt.Sprint(cluster.Port()))
				env.Setenv("PGUSER", "app")
				env.Setenv("UPSTREAM", cluster.Address())
				env.Setenv("SOCKETS", cluster.SocketDir())
				if err := openFolder(env); err != nil {
					return err
				}
				for _, name := range []string{"PROXYPORT", "ADMINPORT"} {
					port, err := program.FreePort()
					if err != nil {
						return err
					}
					env.Setenv(name, fmt.Sprint(port))
				}
				return nil
			},
			Cmds: map[string]func(*testscript.TestScript, bool, []string){
				"certificate": func(ts *testscript.TestScript, _ bool, args []string) { makeCertificate(ts, authority, args) },
				"database":    func(ts *testscript.TestScript, neg bool, args []string) { makeDatabase(ts, cluster, args) },
				"expand":      expandFiles,
				"hangup":      hangUp,
				"ready":       awaitReady,
				"scrape":      scrapeMetrics,
				"eventually":  eventually,
			},
		})
	})
}

// makeDatabase: database NAME FILE makes a database and runs the file's SQL in it.
func makeDatabase(ts *testscript.TestScript, cluster *postgres.Cluster, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: database NAME FILE")
	}
	ctx := context.Background()
	if _, err := cluster.Psql(ctx, "postgres", "CREATE DATABASE "+args[0]+" ENCODING 'UTF8' TEMPLATE template0"); err != nil {
		ts.Fatalf("%v", err)
	}
	if _, err := cluster.Psql(ctx, args[0], ts.ReadFile(args[1])); err != nil {
		ts.Fatalf("%v", err)
	}
}

// makeCertificate: certificate NAME [HOST...] writes NAME.pem and NAME.key, and the authority's certificate to ca.pem.
func makeCertificate(ts *testscript.TestScript, authority *certs.Authority, args []string) {
	if len(args) < 1 {
		ts.Fatalf("usage: certificate NAME [HOST...]")
	}
	pair, err := authority.Issue(args[0], args[1:]...)
	ts.Check(err)
	for name, text := range map[string]string{args[0] + ".pem": pair.Certificate, args[0] + ".key": pair.Key, "ca.pem": authority.PEM} {
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(text), 0o600))
	}
}

// expandFiles: expand FILE... replaces $NAME by the script's environment in the files.
func expandFiles(ts *testscript.TestScript, _ bool, args []string) {
	for _, file := range args {
		text := os.Expand(ts.ReadFile(file), ts.Getenv)
		ts.Check(os.WriteFile(ts.MkAbs(file), []byte(text), 0o600))
	}
}

// awaitReady: ready waits until the proxy of the script takes sessions.
func awaitReady(ts *testscript.TestScript, _ bool, _ []string) {
	deadline := time.Now().Add(30 * time.Second)
	for {
		res, err := http.Get("http://127.0.0.1:" + ts.Getenv("ADMINPORT") + "/ready")
		if err == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return
			}
		}
		if time.Now().After(deadline) {
			ts.Fatalf("the proxy is not ready: %v", err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// scrapeMetrics: scrape PATTERN demands that a line of the proxy's metrics matches.
func scrapeMetrics(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: scrape PATTERN")
	}
	res, err := http.Get("http://127.0.0.1:" + ts.Getenv("ADMINPORT") + "/metrics")
	ts.Check(err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	ts.Check(err)
	if regexp.MustCompile("(?m)"+args[0]).Match(text) == neg {
		ts.Fatalf("%q: matches %v", args[0], !neg)
	}
}

// eventually: eventually PATTERN COMMAND... repeats a command until what it prints matches; what changes in the store is seen elsewhere within two seconds.
func eventually(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: eventually PATTERN COMMAND...")
	}
	pattern := regexp.MustCompile("(?m)" + args[0])
	deadline := time.Now().Add(30 * time.Second)
	for {
		_ = ts.Exec(args[1], args[2:]...) // a failure may be what is waited for
		if pattern.MatchString(ts.ReadFile("stdout") + ts.ReadFile("stderr")) {
			return
		}
		if time.Now().After(deadline) {
			ts.Fatalf("%q does not match after 10 s", args[0])
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// hangUp: hangup sends SIGHUP to the programs in the background and waits until the proxy has done what it is told by that.
func hangUp(ts *testscript.TestScript, _ bool, _ []string) {
	before := reloads(ts)
	for _, cmd := range ts.BackgroundCmds() {
		ts.Check(cmd.Process.Signal(syscall.SIGHUP))
	}
	for deadline := time.Now().Add(30 * time.Second); reloads(ts) == before; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			ts.Fatalf("SIGHUP is not heard")
		}
	}
}

// reloads is the proxy's own count of them.
func reloads(ts *testscript.TestScript) string {
	res, err := http.Get("http://127.0.0.1:" + ts.Getenv("ADMINPORT") + "/metrics")
	ts.Check(err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	ts.Check(err)
	count := regexp.MustCompile(`(?m)^pgseal_reloads_total (\S+)$`).FindSubmatch(text)
	if count == nil {
		ts.Fatalf("no pgseal_reloads_total in /metrics")
	}
	return string(count[1])
}

// openFolder gives the script a folder, OPENTMP, that the account of a private PostgreSQL may enter; the script's own one it may not.
func openFolder(env *testscript.Env) error {
	dir, err := os.MkdirTemp("", "pgseal-script-")
	if err != nil {
		return err
	}
	env.Defer(func() { _ = os.RemoveAll(dir) })
	env.Setenv("OPENTMP", dir)
	return os.Chmod(dir, 0o755)
}
