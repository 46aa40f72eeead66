package main

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

// A policy file of which it could not be found out whether it fits is looked at again; one that is bad, or in force, is not before it changes.
func TestPolicyFileIsFollowed(t *testing.T) {
	reads := 0
	var outcome error
	var f policyFile
	follow := func(at time.Time) error {
		return f.follow(at, func() error { reads++; return outcome })
	}
	at := time.Now()
	for _, step := range []struct {
		name    string
		at      time.Time
		outcome error
		reads   int
	}{
		{"new", at, nil, 1}, {"in force", at, nil, 1},
		{"the database does not answer", at.Add(1), fmt.Errorf("%w: %w", errUnchecked, errors.New("timeout")), 2}, {"still not", at.Add(1), errUnchecked, 3}, {"it does", at.Add(1), nil, 4}, {"in force, too", at.Add(1), nil, 4},
		{"bad", at.Add(2), errors.New("no policy"), 5}, {"still bad", at.Add(2), nil, 5}, {"gone", time.Time{}, errors.New("no such file"), 6}, {"still gone", time.Time{}, nil, 6}, {"back", at.Add(2), nil, 7},
	} {
		outcome = step.outcome
		before := reads
		if err := follow(step.at); reads != step.reads || reads > before && !errors.Is(err, outcome) {
			t.Fatalf("%s: read %d times, %v", step.name, reads, err)
		}
	}
}
