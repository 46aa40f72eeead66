package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// options are the command line.
type options struct {
	rounds    int
	seconds   int
	scale     int
	clients   []int
	scenarios []string
	ways      []string
	mode      string
	json      bool
	check     bool
	pgseal    string
}

// errUsage: the command line was wrong, and that was said.
var errUsage = errors.New("usage")

func parseOptions(args []string, stderr io.Writer) (options, error) {
	var o options
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.IntVar(&o.rounds, "rounds", 5, "how often each way takes its turn")
	flags.IntVar(&o.seconds, "seconds", 5, "length of one run")
	flags.IntVar(&o.scale, "scale", 10, "pgbench scale factor, 100,000 rows each")
	clients := flags.String("clients", "1,8,32", "numbers of clients, separated by commas")
	scenarios := flags.String("scenario", strings.Join(scenarioNames(), ","), "scenarios, separated by commas")
	ways := flags.String("ways", strings.Join(allWays, ","), "ways to the server, separated by commas")
	flags.StringVar(&o.mode, "mode", "prepared", "pgbench's query mode: simple, extended or prepared")
	flags.BoolVar(&o.json, "json", false, "print everything measured as JSON, each run included")
	flags.BoolVar(&o.check, "check", false, "exit 1 unless the marks are reached (pass-through 0.80 of PgBouncer at 8 clients, sealed read 0.90 of native)")
	flags.StringVar(&o.pgseal, "pgseal", "", "the program to measure; built from this checkout if empty")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return o, err
	case err != nil:
		return o, errUsage
	}
	err := o.fill(*clients, *scenarios, *ways, flags.Args())
	if err != nil {
		fmt.Fprintf(stderr, "bench: %v\n", err)
		return o, errUsage
	}
	return o, nil
}

func (o *options) fill(clients, scenarios, ways string, rest []string) error {
	if len(rest) > 0 {
		return fmt.Errorf("unexpected argument %q", rest[0])
	}
	if o.rounds < 1 || o.seconds < 1 || o.scale < 1 {
		return errors.New("-rounds, -seconds and -scale are at least 1")
	}
	for _, text := range strings.Split(clients, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || n < 1 || n > 100 {
			return fmt.Errorf("-clients: %q is not a number from 1 to 100", text)
		}
		o.clients = append(o.clients, n)
	}
	var err error
	if o.scenarios, err = choices("-scenario", scenarios, scenarioNames()); err != nil {
		return err
	}
	if o.ways, err = choices("-ways", ways, allWays); err != nil {
		return err
	}
	_, err = choices("-mode", o.mode, []string{"simple", "extended", "prepared"})
	return err
}

func choices(flag, text string, known []string) ([]string, error) {
	var list []string
	for _, name := range strings.Split(text, ",") {
		name = strings.TrimSpace(name)
		if !slices.Contains(known, name) {
			return nil, fmt.Errorf("%s: %q is none of %s", flag, name, strings.Join(known, ", "))
		}
		list = append(list, name)
	}
	return list, nil
}
