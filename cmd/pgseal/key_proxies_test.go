package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// proxies is a deployment of several proxies, each a process of its own, whose tenant acme has its key in a KMS that speaks AWS's protocol.
type proxies struct {
	*restarted
	kms   *kmstest.Server
	key   string // ARN
	each  []*program.Process
	addrs []string
}

func startProxies(t *testing.T, n int) *proxies {
	t.Helper()
	kms, err := kmstest.Start(kmstest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = kms.Close() })
	p := &proxies{restarted: prepareRestart(t, ""), kms: kms, key: kms.CreateKey(kmstest.KeyOptions{})}
	p.pgseal(0, "tenant", "set-provider", "acme", "--provider", "aws-kms", "--key", p.key, "--endpoint", kms.URL())
	for i := range n {
		p.each = append(p.each, nil)
		p.addrs = append(p.addrs, p.configure(i))
		p.start(i)
	}
	t.Cleanup(func() {
		for _, each := range p.each {
			each.Kill()
		}
	})
	return p
}

func (p *proxies) config(i int) string { return fmt.Sprintf("proxy%d.yaml", i) }

// configure writes the i-th proxy's configuration, and returns where it listens.
func (p *proxies) configure(i int) string {
	p.t.Helper()
	text, err := os.ReadFile(p.File("pgseal.yaml"))
	if err != nil {
		p.t.Fatal(err)
	}
	replace := []string{"state_dir: state", fmt.Sprintf("state_dir: state%d", i)}
	var addrs []string
	for _, old := range []string{p.Address(), p.AdminAddress()} {
		port, err := program.FreePort()
		if err != nil {
			p.t.Fatal(err)
		}
		addrs = append(addrs, fmt.Sprintf("127.0.0.1:%d", port))
		replace = append(replace, old, addrs[len(addrs)-1])
	}
	if err := os.WriteFile(p.File(p.config(i)), []byte(strings.NewReplacer(replace...).Replace(string(text))), 0o600); err != nil {
		p.t.Fatal(err)
	}
	return addrs[0]
}

// start starts the i-th proxy, for the first time or again.
func (p *proxies) start(i int) {
	p.t.Helper()
	p.each[i] = p.serve(func(cmd *exec.Cmd) {
		for n, arg := range cmd.Args {
			if filepath.Base(arg) == "pgseal.yaml" {
				cmd.Args[n] = p.File(p.config(i))
			}
		}
	})
}

// name is what the i-th proxy is called in the registry.
func (p *proxies) name(i int) string {
	host, err := os.Hostname()
	if err != nil {
		p.t.Fatal(err)
	}
	return fmt.Sprintf("%s:%d", host, p.each[i].PID())
}

// pgseal runs a command in a process of its own, and returns what it prints.
func (p *proxies) pgseal(code int, args ...string) string {
	p.t.Helper()
	cmd := p.Command(p.t.Context(), args...)
	out, _ := cmd.CombinedOutput()
	if got := cmd.ProcessState.ExitCode(); got != code {
		p.t.Errorf("pgseal %s: exit %d, want %d: %s", strings.Join(args, " "), got, code, out)
	}
	return string(out)
}

// pgsealJSON runs a command that must succeed and reads its report.
func (p *proxies) pgsealJSON(into any, args ...string) {
	p.t.Helper()
	out, err := p.Command(p.t.Context(), append(args, "--json")...).Output()
	if err == nil {
		err = json.Unmarshal(out, into)
	}
	if err != nil {
		p.t.Fatalf("pgseal %s: %v: %s", strings.Join(args, " "), err, out)
	}
}

// url is the i-th proxy's.
func (p *proxies) url(i int) string {
	return fmt.Sprintf("postgres://app@%s/dealroom?sslmode=disable", p.addrs[i])
}

func (p *proxies) connect(i int) *pgx.Conn {
	p.t.Helper()
	conn, err := pgx.Connect(p.t.Context(), p.url(i))
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = conn.Close(p.t.Context()) })
	return conn
}

// until asks the i-th proxy for a value until the answer is that SQLSTATE ("": a value), and returns how long that took.
func (p *proxies) until(i int, code string) time.Duration {
	p.t.Helper()
	conn, began := p.connect(i), time.Now()
	for {
		_, err := conn.Exec(p.t.Context(), "SELECT title FROM matters")
		if sqlstate(err) == code && (code != "" || err == nil) {
			return time.Since(began)
		}
		if time.Since(began) > 60*time.Second {
			p.t.Fatalf("proxy %d still answers %v, not %q", i, err, code)
		}
		time.Sleep(5 * time.Millisecond)
	}
}
