package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
)

// crossCompilers are Debian's C compilers for other machines.
var crossCompilers = map[string]string{"arm64": "aarch64-linux-gnu-gcc", "amd64": "x86_64-linux-gnu-gcc"}

// build compiles a program that needs nothing of the machine that it runs on: PostgreSQL's parser is C, and the C library is linked in. Names are looked up
// by Go itself, for the C library's way of doing that cannot be linked in.
func build(ctx context.Context, s stamp, arch, binary string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false", "-tags", "netgo,osusergo",
		"-ldflags", "-s -w -buildid= -linkmode external -extldflags '-static -Wl,--build-id=none' "+s.linker(), "-o", binary, "./cmd/pgseal")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=1", "GOOS=linux", "GOARCH="+arch, "GOFLAGS=", "GOAMD64=v1", "CGO_CFLAGS=-O2 -g0", "SOURCE_DATE_EPOCH="+fmt.Sprint(s.seconds))
	if arch != runtime.GOARCH {
		compiler := crossCompilers[arch]
		if _, err := exec.LookPath(compiler); err != nil {
			return fmt.Errorf("no C compiler for %s (Debian's gcc-aarch64-linux-gnu for arm64): %w", arch, err)
		}
		cmd.Env = append(cmd.Env, "CC="+compiler)
	}
	_, err := output(cmd)
	return err
}
