package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/postgres"
)

// mostExposure is what systemd may find the service exposed to, of ten.
const mostExposure = 1.5

func TestUnits(t *testing.T) {
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("systemd is not installed (.ci/prerequisites test installs it)")
	}
	dir := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(dir+"/pgseal.service.d", 0o755); err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string]string{"pgseal.service": "pgseal.service", "pgseal.socket": "pgseal.socket", "credentials.conf": "pgseal.service.d/credentials.conf"} {
		text, err := os.ReadFile("shipping/systemd/" + name)
		if err != nil {
			t.Fatal(err)
		}
		there := strings.ReplaceAll(string(text), "/usr/bin/pgseal", self) // any program that is there
		if err := os.WriteFile(filepath.Join(dir, to), []byte(there), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	said := told(t, "systemd-analyze", "verify", "--man=no", "--recursive-errors=no", dir+"/pgseal.service", dir+"/pgseal.socket")
	if strings.Contains(said, "pgseal.") {
		t.Error(said)
	}
	security, _ := exec.Command("systemd-analyze", "security", "--offline=yes", "--no-pager", dir+"/pgseal.service").CombinedOutput() // fails above a threshold of its own
	level := regexp.MustCompile(`Overall exposure level for pgseal.service: ([0-9.]+)`).FindSubmatch(security)
	if level == nil {
		t.Fatalf("no level: %s", security)
	}
	if n, err := strconv.ParseFloat(string(level[1]), 64); err != nil || n > mostExposure {
		t.Errorf("exposure %s, at most %v is wanted:\n%s", level[1], mostExposure, security)
	}
}

// What pgseal asks of the kernel is within what the unit lets it: system calls, and no memory that is both written and executed.
func TestSandbox(t *testing.T) {
	onlyLong(t)
	allowed := callsOf(t, "@system-service")
	for _, group := range []string{"@privileged", "@keyring"} {
		for call := range callsOf(t, group) {
			delete(allowed, call)
		}
	}
	dir := t.TempDir()
	wrapper := filepath.Join(dir, "traced")
	if err := os.WriteFile(wrapper, fmt.Appendf(nil, "#!/bin/sh\nexec strace -D -f -qq -o %s/trace.$$ %s \"$@\"\n", dir, plain(t)), 0o755); err != nil {
		t.Fatal(err)
	}
	serveOnce(t, wrapper, t.TempDir())
	var ours []string
	traces, err := filepath.Glob(dir + "/trace.*")
	if err != nil {
		t.Fatal(err)
	}
	for _, trace := range traces {
		text, err := os.ReadFile(trace)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range traced.FindAllStringSubmatch(string(text), -1) {
			if !strings.HasPrefix(m[1], "execve(") { // strace's own
				ours = append(ours, m[1])
			}
		}
	}
	if len(ours) < 1000 {
		t.Fatalf("only %d system calls were seen", len(ours))
	}
	refused := map[string]bool{}
	for _, line := range ours {
		name, _, _ := strings.Cut(line, "(")
		if !allowed[name] {
			refused[name] = true
		}
		if strings.Contains(line, "PROT_WRITE") && strings.Contains(line, "PROT_EXEC") || name == "mprotect" && strings.Contains(line, "PROT_EXEC") {
			t.Errorf("MemoryDenyWriteExecute would refuse %s", line)
		}
	}
	if len(refused) > 0 {
		t.Errorf("SystemCallFilter would refuse %v", refused)
	}
}

func callsOf(t *testing.T, group string) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for line := range strings.Lines(told(t, "systemd-analyze", "syscall-filter", "--no-pager", group)) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "@") && line != group:
			for call := range callsOf(t, line) {
				all[call] = true
			}
		case line != "" && !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "@"):
			all[line] = true
		}
	}
	return all
}

var traced = regexp.MustCompile(`(?m)^\d+ +([a-z0-9_]+\(.*)$`)

// serveOnce sets a deployment up in a folder, serves a client that has a value sealed and opened, reloads, and stops.
func serveOnce(t *testing.T, binary, dir string) {
	t.Helper()
	cluster := postgres.Start(t, postgres.Options{User: "app"})
	cluster.Exec(t, "postgres", "CREATE DATABASE dealroom")
	cluster.Exec(t, "dealroom", "CREATE TABLE matters (id bigint PRIMARY KEY, title text)")
	d, err := program.Prepare(t.Context(), program.Options{Binary: binary, Dir: dir, Upstream: cluster.Address(), Database: "dealroom", Control: "user=app",
		Policy: "version: 1\ntables: {public.matters: {columns: {title: {mode: randomized}}}}\n"})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Serve(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := d.Stop(); err != nil {
			t.Error(err)
		}
	}()
	conn, err := pgx.Connect(t.Context(), "postgres://app@"+d.Address()+"/dealroom?sslmode=disable")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	var title string
	if err := conn.QueryRow(t.Context(), "INSERT INTO matters VALUES (1, $1) RETURNING title", "Project X").Scan(&title); err != nil || title != "Project X" {
		t.Errorf("%q, %v", title, err)
	}
	if err := d.Signal(syscall.SIGHUP); err != nil {
		t.Error(err)
	}
}
