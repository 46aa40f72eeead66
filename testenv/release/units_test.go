package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
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
	for _, name := range []string{"pgseal.service", "pgseal.socket"} {
		text, err := os.ReadFile("shipping/systemd/" + name)
		if err != nil {
			t.Fatal(err)
		}
		there := strings.ReplaceAll(string(text), "/usr/bin/pgseal", self) // any program that is there
		if err := os.WriteFile(filepath.Join(dir, name), []byte(there), 0o644); err != nil {
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
	trace := filepath.Join(t.TempDir(), "trace")
	told(t, "strace", "-f", "-qq", "-o", trace, plain(t), "demo", "--once")
	text, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	ours := ownCalls(string(text))
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

var traced = regexp.MustCompile(`^(\d+) +([a-z0-9_]+\(.*)$`)

// ownCalls are those of pgseal itself and its threads: the database server that the demo starts is another program, and so is what it starts.
func ownCalls(trace string) (calls []string) {
	others := map[string]bool{}
	clones := regexp.MustCompile(`^(clone3?|v?fork)\(.*= (\d+)`)
	for line := range strings.Lines(trace) {
		m := traced.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil {
			continue
		}
		pid, call := m[1], m[2]
		if c := clones.FindStringSubmatch(call); c != nil && (!strings.Contains(call, "CLONE_THREAD") || others[pid]) {
			others[c[2]] = true
		}
		if !others[pid] && !strings.HasPrefix(call, "execve(") {
			calls = append(calls, call)
		}
	}
	return calls
}
