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
	results, about, err := bench(ctx, o, stderr)
	if err == nil {
		err = output(o, about, results, stdout)
	}
	if err != nil {
		fmt.Fprintf(stderr, "bench: %v\n", err)
		return 1
	}
	marksOut := stdout
	if o.json {
		marksOut = stderr
	}
	if reached := printMarks(marksOut, checkMarks(about, results)); o.check && !reached {
		return 1
	}
	return 0
}

// output writes what was measured where the options say.
func output(o options, about about, results []result, stdout io.Writer) error {
	if o.write != "" {
		if err := writeDocument(o.write, about, results); err != nil {
			return err
		}
	}
	if o.json {
		return printJSON(stdout, about, results)
	}
	fmt.Fprintf(stdout, "%s\n", about.how())
	printTables(stdout, results)
	fmt.Fprintln(stdout)
	return nil
}

// bench starts the servers, runs every scenario and stops them.
func bench(ctx context.Context, o options, progress io.Writer) (results []result, a about, err error) {
	s, err := startServers(ctx, o, progress)
	if err != nil {
		return nil, a, err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	if a, err = s.about(ctx, o); err != nil {
		return nil, a, err
	}
	for _, sc := range o.chosen() {
		for _, set := range o.settings(sc) {
			r, err := s.rounds(ctx, sc, set, o, progress)
			if err != nil {
				return nil, a, err
			}
			results = append(results, r)
		}
	}
	return results, a, nil
}

// rounds lets the legs of a scenario take turns.
func (s *servers) rounds(ctx context.Context, sc scenario, set setting, o options, progress io.Writer) (result, error) {
	runs := make(map[string][]sample)
	if err := s.warm(ctx, sc, set, o); err != nil {
		return result{}, err
	}
	for round := range o.rounds {
		legs := slices.Clone(sc.legs)
		if round%2 == 1 {
			slices.Reverse(legs)
		}
		for _, l := range legs {
			if err := s.prepare(ctx, sc); err != nil {
				return result{}, err
			}
			r, err := s.measure(ctx, l, set, o, o.seconds)
			if err != nil {
				return result{}, err
			}
			runs[l.name] = append(runs[l.name], r)
			fmt.Fprintf(progress, "%s, %s, round %d of %d: %-24s %8.0f/s %7.2f µs\n", sc.name, set, round+1, o.rounds, l.name, r.PerSecond, r.CPUMicros)
		}
	}
	return summarize(sc, set, runs), nil
}
