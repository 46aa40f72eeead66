package cluster

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// ErrNoSuchServer says that there are data of a version whose server programs
// are not installed.
var ErrNoSuchServer = errors.New("the server programs of this version of PostgreSQL are not on this machine")

// adopt has Options.Fill make the data folder in the place of initdb. What was
// in force where the data come from is not here: settings, who may log in,
// archiving, and whom it followed.
func (c *Cluster) adopt() error {
	data := c.DataDir()
	if err := os.Mkdir(data, 0o700); err != nil {
		return fmt.Errorf("cluster: %w", err)
	}
	if err := c.options.Fill(data); err != nil {
		return err
	}
	text, err := os.ReadFile(filepath.Join(data, "PG_VERSION"))
	if err != nil {
		return fmt.Errorf("cluster: these are no data of PostgreSQL: %w", err)
	}
	major, _ := strconv.Atoi(strings.TrimSpace(string(text)))
	if c.bindir, err = binariesOf(major); err != nil {
		return err
	}
	for _, name := range []string{"postmaster.pid", "postmaster.opts", "standby.signal", "recovery.signal", "tablespace_map"} {
		if err := os.Remove(filepath.Join(data, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("cluster: %w", err)
		}
	}
	return filepath.WalkDir(c.dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return c.account.own(path)
	})
}

// binariesOf is FindBinaries of one version.
func binariesOf(major int) (string, error) {
	for _, dir := range folders() {
		if !executable(dir, "postgres") {
			continue
		}
		out, err := exec.Command(filepath.Join(dir, "postgres"), "--version").Output()
		if version := regexp.MustCompile(`\) (\d+)`).FindSubmatch(out); err == nil && version != nil && string(version[1]) == strconv.Itoa(major) {
			return dir, nil
		}
	}
	return "", fmt.Errorf("PostgreSQL %d: %w", major, ErrNoSuchServer)
}

// findSuperuser asks the data for the name of the role that initdb made. The
// server that answers has no sessions, and brings the data up to date first.
func (c *Cluster) findSuperuser(ctx context.Context) (err error) {
	if c.port, err = freePort(); err != nil { // the settings have to name one
		return err
	}
	if err := c.configure(); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, filepath.Join(c.bindir, "postgres"), "--single", "-D", c.DataDir(), "template1")
	cmd.Dir, cmd.Env, cmd.SysProcAttr = c.DataDir(), c.environment(), c.account.attributes()
	cmd.Stdin = strings.NewReader("SELECT rolname FROM pg_catalog.pg_authid WHERE oid = 10\n")
	var says strings.Builder
	cmd.Stderr = &says
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("cluster: the data cannot be brought to a state that can be read: %w: %s", err, lastLines([]byte(says.String()), 5))
	}
	found := regexp.MustCompile(`rolname = "(.*)"\t\(typeid`).FindSubmatch(out)
	if found == nil {
		return errors.New("cluster: the data name no superuser")
	}
	c.options.User = string(found[1])
	return nil
}
