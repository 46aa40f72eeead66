package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// stamp is which pgseal it is.
type stamp struct {
	version string
	commit  string
	seconds int64 // of the commit, since 1970: SOURCE_DATE_EPOCH
}

// fill asks git for what is not given. A checkout without a tag has the version 0.0.0 with its date and commit; one with changes says so.
func (s *stamp) fill(ctx context.Context) error {
	log, err := git(ctx, "log", "-1", "--format=%h %ct")
	if err != nil {
		return err
	}
	commit, seconds, _ := strings.Cut(log, " ")
	if epoch := os.Getenv("SOURCE_DATE_EPOCH"); epoch != "" {
		seconds = epoch
	}
	if s.seconds, err = strconv.ParseInt(seconds, 10, 64); err != nil {
		return fmt.Errorf("SOURCE_DATE_EPOCH: %w", err)
	}
	s.commit = commit
	changed, err := git(ctx, "status", "--porcelain", "--untracked-files=no")
	if err != nil {
		return err
	}
	if s.version == "" {
		if tag, err := git(ctx, "describe", "--tags", "--exact-match", "--match", "v[0-9]*"); err == nil {
			s.version = strings.TrimPrefix(tag, "v")
		} else {
			s.version = "0.0.0+" + s.at().Format("20060102") + "." + commit
		}
	}
	if changed != "" {
		s.commit += "-modified"
	}
	return nil
}

func (s *stamp) at() time.Time { return time.Unix(s.seconds, 0).UTC() }

// linker are the flags that put the stamp into the program.
func (s *stamp) linker() string {
	return fmt.Sprintf("-X main.version=%s -X main.commit=%s -X main.date=%s", s.version, s.commit, s.at().Format(time.DateOnly))
}

func git(ctx context.Context, args ...string) (string, error) {
	return output(exec.CommandContext(ctx, "git", args...))
}

// output is what a program prints, without the end of the line; where it fails, its error has what it complained of.
func output(cmd *exec.Cmd) (string, error) {
	var faults strings.Builder
	cmd.Stderr = &faults
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), err, strings.TrimSpace(faults.String()))
	}
	return strings.TrimRight(string(out), "\n"), nil
}
