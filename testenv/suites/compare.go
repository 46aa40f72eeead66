package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
)

// compare tells of the tests that pass straight at the server and do not through pgseal, and returns those that have no reason to.
func compare(w io.Writer, suite, policy string, direct, through outcomes) (lost []string) {
	for _, name := range slices.Sorted(maps.Keys(direct)) {
		got, ran := through[name]
		if !direct[name].passed || got.passed {
			continue
		}
		if reason := expected(suite, policy, name); reason != "" {
			fmt.Fprintf(w, "%s: lost, because %s\n", name, reason)
			continue
		}
		lost = append(lost, name)
		if !ran {
			got.output = "it has not run\n"
		}
		fmt.Fprintf(w, "--- %s, policy %s\n%s\n", name, policy, got.output)
	}
	return lost
}
