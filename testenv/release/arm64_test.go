package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// TestArm64: the program for arm64, PostgreSQL's parser in it, sets a deployment up and serves a client, in an emulated processor.
func TestArm64(t *testing.T) {
	onlyLong(t)
	const emulator = "qemu-aarch64-static"
	for _, name := range []string{crossCompilers["arm64"], emulator} {
		if _, err := exec.LookPath(name); err != nil || runtime.GOARCH == "arm64" {
			t.Skip(name + " is not installed (.ci/prerequisites release installs it), or this machine is such a one")
		}
	}
	var s stamp
	if err := s.fill(t.Context()); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	binary, wrapper := filepath.Join(dir, "pgseal"), filepath.Join(dir, "emulated")
	if err := build(t.Context(), s, "arm64", binary); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(wrapper, fmt.Appendf(nil, "#!/bin/sh\nexec %s '%s' \"$@\"\n", emulator, binary), 0o755); err != nil {
		t.Fatal(err)
	}
	serveOnce(t, wrapper, t.TempDir())
}
