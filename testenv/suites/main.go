package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/legatics/pgseal/testenv/bench/program"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintf(os.Stderr, "suites: %v\n", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("suites", flag.ContinueOnError)
	names := flags.String("suite", "pgx,pq", "suites, separated by commas")
	policies := flags.String("policy", withNone+","+withOther, "how pgseal is set up: none, other, or both")
	if err := flags.Parse(args); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "suites-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	binary, err := program.Build(ctx, dir)
	if err != nil {
		return err
	}
	var lost []string
	for _, name := range strings.Split(*names, ",") {
		i := slices.IndexFunc(suites, func(s suite) bool { return s.name == name })
		if i < 0 {
			return fmt.Errorf("there is no suite %q", name)
		}
		l, err := suites[i].run(ctx, dir, binary, strings.Split(*policies, ","), out)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		lost = append(lost, l...)
	}
	if len(lost) > 0 {
		return fmt.Errorf("%d tests pass straight at the server and not through pgseal: %s", len(lost), strings.Join(lost, ", "))
	}
	return nil
}

// run runs the suite straight at a server, and then through pgseal with each policy.
func (s suite) run(ctx context.Context, dir, binary string, policies []string, out io.Writer) (lost []string, err error) {
	sources, err := s.fetch(ctx, dir)
	if err != nil {
		return nil, err
	}
	for _, policy := range policies {
		results := map[bool]outcomes{}
		for _, through := range []bool{false, true} {
			address, done, err := open(ctx, s, filepath.Join(dir, fmt.Sprint(s.name, policy, through)), binary, policy, through)
			if err != nil {
				return nil, err
			}
			o, err := s.test(ctx, sources, address)
			if err = errors.Join(err, done()); err != nil {
				return nil, err
			}
			results[through] = o
			fmt.Fprintf(out, "%s, policy %s, through pgseal %-5v: %s\n", s.name, policy, through, o.counts())
		}
		lost = append(lost, compare(out, s.name, policy, results[false], results[true])...)
	}
	return lost, nil
}
