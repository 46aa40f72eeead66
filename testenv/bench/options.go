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
	copyRows  int
	clients   []int
	scenarios []string
	ways      []string
	modes     []string
	tls       []string
	json      bool
	check     bool
	pgseal    string
	write     string
}

// most is the largest number of clients: all of them by each way, and the
// connections that PgBouncer keeps, fit into the server.
const most = 200

var (
	allModes = []string{"simple", "extended", "prepared"}
	allTLS   = []string{"off", "on"}
)

// errUsage: the command line was wrong, and that was said.
var errUsage = errors.New("usage")

func parseOptions(args []string, stderr io.Writer) (options, error) {
	var o options
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.IntVar(&o.rounds, "rounds", 5, "how often each way takes its turn")
	flags.IntVar(&o.seconds, "seconds", 5, "length of one run of pgbench")
	flags.IntVar(&o.scale, "scale", 10, "pgbench scale factor, 100,000 rows each")
	flags.IntVar(&o.copyRows, "copyrows", 2_000_000, "rows that COPY takes in and out")
	clients := flags.String("clients", "1,8,32", "numbers of clients, separated by commas")
	scenarios := flags.String("scenario", strings.Join(usual, ","), "scenarios, separated by commas, of "+strings.Join(scenarioNames(), ", "))
	ways := flags.String("ways", strings.Join(allWays, ","), "ways to the server, separated by commas")
	modes := flags.String("mode", "prepared", "pgbench's query modes, separated by commas: simple, extended, prepared; scenarios other than pgbench's own scripts take the last")
	tls := flags.String("tls", "off", "TLS between client and proxy, off, on or both separated by a comma; scenarios other than pgbench's own scripts take the first")
	flags.BoolVar(&o.json, "json", false, "print everything measured as JSON, each run included")
	flags.BoolVar(&o.check, "check", false, "exit 1 unless the marks are reached that the measured scenarios have")
	flags.StringVar(&o.pgseal, "pgseal", "", "the program to measure; built from this checkout if empty")
	flags.StringVar(&o.write, "write", "", "folder to write performance.md and performance.svg to")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return o, err
	case err != nil:
		return o, errUsage
	}
	err := errors.Join(o.numbers(*clients, flags.Args()), o.names(*scenarios, *ways, *modes, *tls))
	if err != nil {
		fmt.Fprintf(stderr, "bench: %v\n", err)
		return o, errUsage
	}
	return o, nil
}

func (o *options) numbers(clients string, rest []string) error {
	if len(rest) > 0 {
		return fmt.Errorf("unexpected argument %q", rest[0])
	}
	if o.rounds < 1 || o.seconds < 1 || o.scale < 1 || o.copyRows < 1 {
		return errors.New("-rounds, -seconds, -scale and -copyrows are at least 1")
	}
	for _, text := range strings.Split(clients, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || n < 1 || n > most {
			return fmt.Errorf("-clients: %q is not a number from 1 to %d", text, most)
		}
		o.clients = append(o.clients, n)
	}
	return nil
}

func (o *options) names(scenarios, ways, modes, tls string) (err error) {
	for _, list := range []struct {
		flag, text string
		known      []string
		to         *[]string
	}{
		{"-scenario", scenarios, scenarioNames(), &o.scenarios},
		{"-ways", ways, allWays, &o.ways},
		{"-mode", modes, allModes, &o.modes},
		{"-tls", tls, allTLS, &o.tls},
	} {
		if *list.to, err = choices(list.flag, list.text, list.known); err != nil {
			return err
		}
	}
	return nil
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
