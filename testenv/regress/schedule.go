package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// schedule is the tests of the suite in groups that may run side by side.
type schedule [][]string

// readSchedule reads parallel_schedule.
func readSchedule(suite string) (schedule, error) {
	text, err := os.ReadFile(filepath.Join(suite, "parallel_schedule"))
	if err != nil {
		return nil, err
	}
	var s schedule
	for line := range strings.Lines(string(text)) {
		if names, ok := strings.CutPrefix(strings.TrimSpace(line), "test:"); ok {
			s = append(s, strings.Fields(names))
		}
	}
	if len(s) == 0 {
		return nil, fmt.Errorf("%s: no tests in parallel_schedule", suite)
	}
	return s, nil
}

// only keeps the named tests, in the order of the schedule, and test_setup, which all of them build on.
func (s schedule) only(names []string) (schedule, error) {
	wanted := append([]string{"test_setup"}, names...)
	var kept schedule
	found := map[string]bool{}
	for _, group := range s {
		var g []string
		for _, name := range group {
			if slices.Contains(wanted, name) {
				found[name] = true
				g = append(g, name)
			}
		}
		if len(g) > 0 {
			kept = append(kept, g)
		}
	}
	for _, name := range names {
		if !found[name] {
			return nil, fmt.Errorf("the schedule has no test %q", name)
		}
	}
	return kept, nil
}

func (s schedule) count() (n int) {
	for _, group := range s {
		n += len(group)
	}
	return n
}
