package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// What systemd is told (Type=notify), and that a proxy in production leaves no core dump.
func TestNotify(t *testing.T) {
	r := prepareRestart(t, "limits: {drain_timeout: 45s}\n")
	config, err := os.ReadFile(r.File("pgseal.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	production := strings.Replace(string(config), "environment: development", "environment: production", 1)
	if err := os.WriteFile(r.File("pgseal.yaml"), []byte(production), 0o600); err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(t.TempDir(), "notify")
	heard, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer heard.Close()
	expect := func(want string) {
		t.Helper()
		buffer := make([]byte, 4096)
		_ = heard.SetReadDeadline(time.Now().Add(60 * time.Second))
		n, err := heard.Read(buffer)
		if err != nil || !strings.HasPrefix(string(buffer[:n]), want) {
			t.Fatalf("%q, %v; want %q", buffer[:n], err, want)
		}
	}
	p := r.serve(func(cmd *exec.Cmd) { cmd.Env = append(cmd.Env, "NOTIFY_SOCKET="+socket) })
	expect("READY=1\n")
	limits, err := os.ReadFile(fmt.Sprintf("/proc/%d/limits", p.PID()))
	if err != nil {
		t.Fatal(err)
	}
	if line := strings.Fields(after(string(limits), "Max core file size")); len(line) < 2 || line[0] != "0" || line[1] != "0" {
		t.Errorf("the limit of core dumps is %q", line)
	}
	if err := p.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	expect("RELOADING=1\nMONOTONIC_USEC=")
	expect("READY=1\n")
	r.stop(p)
	expect("STOPPING=1\nSTATUS=draining\nEXTEND_TIMEOUT_USEC=75000000")
}

// The limit alone does not keep a dump from a crash reporter: the process must not be dumpable.
func TestRefuseCoreDumps(t *testing.T) {
	if err := refuseCoreDumps(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = unix.Prctl(unix.PR_SET_DUMPABLE, 1, 0, 0, 0) }()
	if dumpable, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0); err != nil || dumpable != 0 {
		t.Errorf("dumpable %d, %v", dumpable, err)
	}
}

func after(text, mark string) string {
	_, rest, _ := strings.Cut(text, mark)
	line, _, _ := strings.Cut(rest, "\n")
	return line
}
