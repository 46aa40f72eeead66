package main

import (
	"errors"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// crashing has this test's own program die as TestCrash wants it: "panic", or by a signal, "protected" or not.
const crashing = "PGSEAL_TEST_CRASH"

// inFlight is the word of an argument that a stack trace shows.
const inFlight = 0xC0DEC0DEC0DEC0DE

//go:noinline
func holding(id [2]uint64, then func()) uint64 {
	then()
	return id[0] ^ id[1]
}

// crash never returns.
func crash(how, protection string) {
	var limit unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_CORE, &limit) == nil {
		limit.Cur = limit.Max
		_ = unix.Setrlimit(unix.RLIMIT_CORE, &limit)
	}
	c := &config{Environment: "production"}
	if protection == "protected" {
		c.protectMemory(slog.New(slog.NewTextHandler(os.Stderr, nil)))
	}
	die := func() { panic(errors.New("a bug")) }
	if how != "panic" {
		number := map[string]syscall.Signal{"SIGQUIT": syscall.SIGQUIT, "SIGABRT": syscall.SIGABRT, "SIGSEGV": syscall.SIGSEGV}[how]
		die = func() { _ = syscall.Tgkill(os.Getpid(), syscall.Gettid(), number); time.Sleep(time.Minute) }
	}
	ended := make(chan uint64)
	go func() { ended <- holding([2]uint64{inFlight, inFlight}, die) }()
	<-ended
}

// TestCrash: a process that dies in production leaves no core dump, however it dies, and one that panics nothing of what it dealt with where its output goes.
func TestCrash(t *testing.T) {
	if how, protection, ok := strings.Cut(os.Getenv(crashing), " "); ok {
		crash(how, protection)
	}
	for _, how := range []string{"panic", "SIGQUIT", "SIGABRT", "SIGSEGV"} {
		if out, _ := died(t, how+" unprotected", "single"); how == "panic" && !strings.Contains(out, "c0dec0de") {
			t.Errorf("an unprotected process shows nothing, so that this test cannot fail: %s", out)
		}
		out, dumped := died(t, how+" protected", "none")
		// Of a signal that nobody handles Go's runtime prints its registers and stacks, whatever it was told.
		if dumped || how == "panic" && (strings.Contains(out, "c0dec0de") || strings.Contains(out, "goroutine ")) {
			t.Errorf("%s: dumped core: %v; printed: %s", how, dumped, out)
		}
		if _, dumped := died(t, how+" protected", "crash"); dumped { // whatever the environment asks for
			t.Errorf("%s: GOTRACEBACK=crash made it dump core", how)
		}
	}
}

// TestCrashesPrintNothing: what is shipped starts pgseal so that TestCrash holds.
func TestCrashesPrintNothing(t *testing.T) {
	for file, want := range map[string]string{"../../shipping/systemd/pgseal.service": "\nEnvironment=GOTRACEBACK=none\n", "../../docker/Dockerfile": " GOTRACEBACK=none\n"} {
		if text, err := os.ReadFile(file); err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s does not say %q (%v)", file, want, err)
		}
	}
}

// died runs this test's program until it dies.
func died(t *testing.T, how, traceback string) (out string, dumped bool) {
	t.Helper()
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestCrash$")
	cmd.Dir, cmd.WaitDelay = dir, time.Second
	cmd.Env = append(os.Environ(), crashing+"="+how, "GOTRACEBACK="+traceback)
	all, err := cmd.CombinedOutput()
	if err == nil || strings.Contains(string(all), "could not be refused") {
		t.Fatalf("%s: %v: %s", how, err, all)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus)
	return string(all), len(files) > 0 || ok && status.CoreDump()
}
