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
	"strings"
	"syscall"
	"time"

	"github.com/legatics/pgseal/testenv/bench/program"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "regress: %v\n", err)
		os.Exit(1)
	}
}

// options are the command line.
type options struct {
	tests    []string // empty: all
	policies []string
	keep     string // folder in which the outputs stay; empty: a temporary one
}

func parseOptions(args []string) (o options, err error) {
	flags := flag.NewFlagSet("regress", flag.ContinueOnError)
	tests := flags.String("tests", "", "names of tests, separated by commas; empty: the whole suite")
	policies := flags.String("policy", withNone+","+withOther, "how pgseal is set up: none, other, or both")
	flags.StringVar(&o.keep, "keep", "", "folder in which the outputs are kept")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if *tests != "" {
		o.tests = strings.Split(*tests, ",")
	}
	o.policies = strings.Split(*policies, ",")
	for _, p := range o.policies {
		if _, known := protections[p]; !known {
			return o, fmt.Errorf("-policy: %q is neither none nor other", p)
		}
	}
	return o, nil
}

func run(ctx context.Context, args []string, out io.Writer) error {
	o, err := parseOptions(args)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "regress-") // without the word pgseal: SQL of the suite names it
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o755); err != nil { // the server's account reads the libraries
		return err
	}
	if o.keep == "" {
		o.keep = filepath.Join(dir, "results")
	}
	root, err := os.Getwd()
	if err != nil {
		return err
	}
	s, err := openSuite(ctx, root, dir)
	if err != nil {
		return err
	}
	binary, err := program.Build(ctx, dir)
	if err != nil {
		return err
	}
	return s.both(ctx, o, dir, binary, out)
}

// both runs the tests directly and through pgseal, with each policy, and compares.
func (s *suite) both(ctx context.Context, o options, dir, binary string, out io.Writer) error {
	tests := s.tests
	if len(o.tests) > 0 {
		var err error
		if tests, err = s.tests.only(o.tests); err != nil {
			return err
		}
	}
	var all []string
	for _, policy := range o.policies {
		results := map[bool]string{}
		for _, through := range []bool{false, true} {
			began := time.Now()
			results[through] = filepath.Join(o.keep, policy, map[bool]string{false: "direct", true: "pgseal"}[through])
			if err := s.way(ctx, tests, filepath.Join(dir, policy+fmt.Sprint(through)), binary, policy, through, results[through]); err != nil {
				return err
			}
			fmt.Fprintf(out, "policy %s, through pgseal: %-5v  %d tests in %s\n", policy, through, tests.count(), time.Since(began).Round(time.Second))
		}
		failed, err := compare(out, tests, policy, results[false], results[true])
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "policy %s: %d of %d tests print what they should\n", policy, tests.count()-len(failed), tests.count())
		all = append(all, failed...)
	}
	if len(all) > 0 {
		return fmt.Errorf("%d tests differ: %s", len(all), strings.Join(all, ", "))
	}
	return nil
}

func (s *suite) way(ctx context.Context, tests schedule, dir, binary, policy string, through bool, results string) error {
	w, err := open(ctx, dir, binary, policy, through)
	if err != nil {
		return err
	}
	return errors.Join(s.run(ctx, tests, w.address(), results), w.close())
}
