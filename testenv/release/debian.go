package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
)

// debian packs what is staged, by nfpm, a tool with a module file of its own.
func debian(ctx context.Context, s stamp, arch, root, file string) error {
	cmd := exec.CommandContext(ctx, "go", "tool", "-modfile=shipping/tools/go.mod", "nfpm", "package", "--config", "shipping/debian/nfpm.yaml", "--packager", "deb", "--target", file)
	cmd.Env = append(os.Environ(), "PGSEAL_ROOT="+root, "PGSEAL_VERSION="+s.version, "PGSEAL_ARCH="+arch, fmt.Sprintf("SOURCE_DATE_EPOCH=%d", s.seconds))
	_, err := output(cmd)
	return err
}
