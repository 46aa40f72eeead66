package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// compare holds the output of each test through pgseal against the direct one, says where they differ, and returns the names of the tests that
// differ for no known reason.
func compare(w io.Writer, tests schedule, policy, direct, through string) (failed []string, err error) {
	for _, group := range tests {
		for _, name := range group {
			diff, err := outputDiff(filepath.Join(direct, name+".out"), filepath.Join(through, name+".out"))
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			if diff == "" {
				continue
			}
			if reason, ok := expected(policy, name, added(diff)); ok {
				fmt.Fprintf(w, "%s, policy %s: differs, because %s\n", name, policy, reason)
				continue
			}
			fmt.Fprintf(w, "--- %s, policy %s\n%s\n", name, policy, diff)
			failed = append(failed, name)
		}
	}
	return failed, nil
}

// outputDiff is empty where the two files say the same.
func outputDiff(direct, through string) (string, error) {
	a, err := os.ReadFile(direct)
	if err != nil {
		return "", err
	}
	b, err := os.ReadFile(through)
	if err != nil {
		return "", err
	}
	if len(a) == 0 {
		return "", errors.New("psql has printed nothing")
	}
	if bytes.Equal(a, b) {
		return "", nil
	}
	diff, err := exec.Command("diff", "-U", "3", direct, through).Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && exit.ExitCode() == 1 {
		err = nil // they differ
	}
	return string(diff), err
}
