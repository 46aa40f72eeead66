package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "oracle: %v\n", err)
		os.Exit(1)
	}
}

// options are the command line.
type options struct {
	seed       uint64
	statements int
	units      int // of a round
	failures   int // after which it ends
	drawn      int // statements of rounds behind those, whose seeds are drawn
	smith      int // queries of sqlsmith's
	pgseal     string
	verbose    bool
}

func parseOptions(args []string) (o options, err error) {
	flags := flag.NewFlagSet("oracle", flag.ContinueOnError)
	flags.Uint64Var(&o.seed, "seed", 0, "seed of the first round; the next rounds have the next numbers; 0 draws one")
	flags.IntVar(&o.statements, "statements", 1_000_000, "how many statements are answered at least; 1 is one round")
	flags.IntVar(&o.units, "units", 300, "units of statements of a round")
	flags.IntVar(&o.failures, "failures", 5, "rounds that may fail before the end")
	flags.IntVar(&o.drawn, "drawn", 0, "how many statements are answered behind those, in rounds whose seed is drawn")
	flags.IntVar(&o.smith, "sqlsmith", 0, "how many queries sqlsmith makes behind those")
	flags.StringVar(&o.pgseal, "pgseal", "", "the program, in place of one that is built of this checkout")
	flags.BoolVar(&o.verbose, "v", false, "print every unit")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if o.seed == 0 {
		o.seed = uint64(rand.Uint32())
	}
	return o, nil
}

func run(ctx context.Context, args []string, out io.Writer) (err error) {
	o, err := parseOptions(args)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "oracle-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Fprintf(out, "the first round has -seed %d\n", o.seed)
	w, err := openWorld(ctx, dir, o.pgseal)
	if err != nil {
		return errors.Join(err, w.close())
	}
	defer func() { err = errors.Join(err, w.close()) }()
	return w.play(ctx, o, out)
}

// play plays until there have been enough statements, and looks for what must not be in the server's files.
func (w *world) play(ctx context.Context, o options, out io.Writer) error {
	r := newReport()
	began := time.Now()
	failed := w.rounds(ctx, o, r, out)
	if o.drawn > 0 && failed == 0 {
		o.seed, o.statements = uint64(rand.Uint32()), o.statements+o.drawn
		fmt.Fprintf(out, "the drawn rounds begin with -seed %d\n", o.seed)
		failed = w.rounds(ctx, o, r, out)
	}
	elapsed := time.Since(began)
	r.write(out)
	fmt.Fprintf(out, "%d statements, %s, %.0f a second\n", r.statements(), elapsed.Round(time.Second), float64(r.statements())/elapsed.Seconds())
	var smith error
	if o.smith > 0 {
		smith = w.smith(ctx, o.seed, o.smith, out)
	}
	leaked := errors.Join(smith, w.inStep(ctx), w.leaks(ctx))
	if failed > 0 {
		return errors.Join(fmt.Errorf("%d rounds failed", failed), leaked)
	}
	return errors.Join(leaked, r.meagre(), ctx.Err())
}

// rounds plays rounds, each with the next seed, and returns how many failed.
func (w *world) rounds(ctx context.Context, o options, r *report, out io.Writer) (failed int) {
	said := time.Now()
	for seed := o.seed; r.statements() < o.statements && failed < o.failures && ctx.Err() == nil; seed++ {
		if err := w.round(ctx, seed, o, r, out); err != nil {
			failed++
			fmt.Fprintf(out, "-seed %d -statements 1 -units %d: %v\n", seed, o.units, err)
		}
		if time.Since(said) > time.Minute {
			said = time.Now()
			fmt.Fprintf(out, "%d statements, at seed %d\n", r.statements(), seed)
		}
	}
	return failed
}
