package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// contrib are libraries of the server's own package that tests load from the suite's folder.
var contrib = []string{"autoinc.so", "refint.so"}

// compile makes the folder of libraries: the suite's functions in C, and links to the server's.
func (s *suite) compile(ctx context.Context) error {
	if err := os.MkdirAll(s.library, 0o755); err != nil {
		return err
	}
	headers, err := pgConfig(ctx, "--includedir-server")
	if err != nil {
		return err
	}
	out, err := exec.CommandContext(ctx, "cc", "-fPIC", "-shared", "-O1", "-w", "-I", headers,
		"-o", filepath.Join(s.library, "regress.so"), filepath.Join(s.dir, "regress.c")).CombinedOutput()
	if err != nil {
		return fmt.Errorf("compiling regress.c: %w\n%s", err, out)
	}
	libraries, err := pgConfig(ctx, "--pkglibdir")
	if err != nil {
		return err
	}
	for _, name := range contrib {
		if err := os.Symlink(filepath.Join(libraries, name), filepath.Join(s.library, name)); err != nil && !errors.Is(err, os.ErrExist) {
			return err
		}
	}
	return nil
}

func pgConfig(ctx context.Context, what string) (string, error) {
	out, err := exec.CommandContext(ctx, "pg_config", what).Output()
	if err != nil {
		return "", fmt.Errorf("pg_config %s: %w", what, err)
	}
	return strings.TrimSpace(string(out)), nil
}
