package cluster

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// ErrNoServer says that no PostgreSQL server is installed on this machine.
var ErrNoServer = errors.New("no PostgreSQL server programs (initdb, postgres) found on PATH, beside pg_config or in /usr/lib/postgresql/*/bin")

// FindBinaries returns the folder that holds initdb and postgres: the newest of
// Debian's, else what pg_config names, else that of PATH.
// The error is ErrNoServer.
func FindBinaries() (string, error) {
	dirs := folders()
	if path, err := exec.LookPath("initdb"); err == nil {
		dirs = append(dirs, filepath.Dir(path))
	}
	for _, dir := range dirs {
		if executable(dir, "initdb") && executable(dir, "postgres") {
			return dir, nil
		}
	}
	return "", ErrNoServer
}

// folders are those in which PostgreSQL's programs may be: Debian's, the newest
// first, and the one that pg_config names.
func folders() []string {
	dirs, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	slices.SortFunc(dirs, func(a, b string) int { return cmp.Compare(majorOf(b), majorOf(a)) })
	if out, err := exec.Command("pg_config", "--bindir").Output(); err == nil {
		dirs = append(dirs, strings.TrimSpace(string(out)))
	}
	return dirs
}

// FindProgram is the path of one of PostgreSQL's client programs: the newest of
// Debian's, else beside pg_config, else on PATH.
func FindProgram(name string) (string, error) {
	for _, dir := range folders() {
		if executable(dir, name) {
			return filepath.Join(dir, name), nil
		}
	}
	return exec.LookPath(name)
}

// majorOf reads 15 from /usr/lib/postgresql/15/bin; 0 where there is no number.
func majorOf(bindir string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(bindir)))
	return n
}

func executable(dir, name string) bool {
	info, err := os.Stat(filepath.Join(dir, name))
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0
}

// program is the path of one of PostgreSQL's programs: beside the server if it
// is there, else on PATH.
func (c *Cluster) program(name string) (string, error) {
	if executable(c.bindir, name) {
		return filepath.Join(c.bindir, name), nil
	}
	path, err := exec.LookPath(name)
	if err != nil {
		return "", fmt.Errorf("cluster: %w", err)
	}
	return path, nil
}
