package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is the program: 0 measured, 1 failed or a mark missed with -check, 2 usage.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	o, err := parseOptions(args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	}
	results, err := bench(ctx, o, stderr)
	if err != nil {
		fmt.Fprintf(stderr, "bench: %v\n", err)
		return 1
	}
	if o.json {
		if err := printJSON(stdout, o, results); err != nil {
			fmt.Fprintf(stderr, "bench: %v\n", err)
			return 1
		}
	} else {
		printTables(stdout, o, results)
		fmt.Fprintln(stdout)
	}
	marksOut := stdout
	if o.json {
		marksOut = stderr
	}
	if reached := checkMarks(marksOut, results); o.check && !reached {
		return 1
	}
	return 0
}

// bench starts the servers, runs every scenario and stops them.
func bench(ctx context.Context, o options, progress io.Writer) (results []result, err error) {
	s, err := startServers(ctx, o, progress)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	for _, sc := range o.chosen() {
		for _, clients := range o.clients {
			r, err := s.rounds(ctx, sc, clients, o, progress)
			if err != nil {
				return nil, err
			}
			results = append(results, r)
		}
	}
	return results, nil
}

// rounds lets the legs of a scenario take turns.
func (s *servers) rounds(ctx context.Context, sc scenario, clients int, o options, progress io.Writer) (result, error) {
	runs := make(map[string][]sample)
	for _, l := range sc.legs { // warm caches, connections, plans
		if _, err := s.measure(ctx, l, o, clients, 1); err != nil && !errors.Is(err, errNoTransaction) {
			return result{}, err
		}
	}
	for round := range o.rounds {
		legs := slices.Clone(sc.legs)
		if round%2 == 1 {
			slices.Reverse(legs)
		}
		for _, l := range legs {
			if err := s.sql(ctx, s.urls[direct], "truncate native_new, sealed_new"); err != nil {
				return result{}, err
			}
			r, err := s.measure(ctx, l, o, clients, o.seconds)
			if err != nil {
				return result{}, err
			}
			runs[l.name] = append(runs[l.name], r)
			fmt.Fprintf(progress, "%s, %d clients, round %d of %d: %-22s %8.0f tps %6.1f µs\n", sc.name, clients, round+1, o.rounds, l.name, r.TPS, r.CPUMicros)
		}
	}
	return summarize(sc, clients, runs), nil
}
