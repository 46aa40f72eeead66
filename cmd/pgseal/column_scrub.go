package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/bulk"
	"github.com/legatics/pgseal/proxy/guard"
)

func columnScrubCommand() *cli.Command {
	return &cli.Command{
		Name: "scrub", Usage: "remove what the old values of a sealed column have left behind in the database's files", ArgsUsage: "SCHEMA.TABLE.COLUMN",
		Description: `Sealing a value leaves the old one in the table's file, in its indexes and in the server's statistics, dead but readable to whoever has
the files. Here the tables are made anew, with their indexes and TOAST tables, then the statistics and the catalogues that they lie
in. Each step is shown first with its lock and about how long it takes: VACUUM FULL keeps reads and writes of a table out while it
runs. When every step is done, and nothing else is known to hold old values, the column is called scrubbed.

What stops it anywhere, the next run goes on from there. What remains beyond the database's files (WAL, standbys, backups, disks)
is said at the end, with the time before which it holds old values, and what ends that.`,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "dry-run", Usage: "show the steps, and change nothing"},
			&cli.BoolFlag{Name: "yes", Usage: "do it without asking"},
			&cli.StringFlag{Name: "method", Value: bulk.ScrubRewrite, Usage: "how tables are made anew: rewrite (VACUUM FULL) or repack (pg_repack: its extension, and its program on the PATH)"},
			&cli.DurationFlag{Name: "max-lock", Value: time.Second, Usage: "how long a lock that keeps applications waiting is waited for at once"},
			&cli.DurationFlag{Name: "wait", Value: 2 * time.Minute, Usage: "how long it goes on trying to get a lock, and waits for old transactions to end"},
			databaseFlag(), configFlag(), jsonFlag(),
		},
		Action: func(c *cli.Context) error {
			if method := c.String("method"); method != bulk.ScrubRewrite && method != bulk.ScrubRepack {
				return usagef(c, "--method is rewrite or repack")
			}
			if c.Duration("max-lock") <= 0 || c.Duration("wait") <= 0 {
				return usagef(c, "--max-lock and --wait are longer than nothing")
			}
			return withColumn(c, func(ctx context.Context, w *columnWork, col *guard.ColumnStatus) error { return w.scrub(ctx, c, col) })
		},
	}
}

func (w *columnWork) scrub(ctx context.Context, c *cli.Context, col *guard.ColumnStatus) error {
	if !col.Done() {
		return fmt.Errorf("%s is %s, and what is not sealed yet is not scrubbed. First: %s", col.Column.String(), col.Called(), beforeScrub(col))
	}
	options, err := w.scrubOptions(ctx, c, col)
	if err != nil {
		return err
	}
	s, err := bulk.NewScrub(ctx, options, col)
	if err != nil {
		return err
	}
	if col.Called() == guard.Scrubbed && s.Complete() {
		return w.printScrubbed(ctx, c, col, nil)
	}
	if c.Bool("dry-run") {
		view := scrubView{Column: col.Column.String(), State: string(col.Called()), Steps: stepViewsOf(s.Steps)}
		if view.Open, err = options.Copies(ctx); err != nil {
			return err
		}
		return output(c, view, view.print)
	}
	if !c.Bool("yes") {
		if err := confirmScrub(c, col.Column.String(), s.Steps); err != nil {
			return err
		}
	}
	open, err := s.Run(ctx)
	if err != nil {
		return fmt.Errorf("%w. What was done stays done: the next pgseal column scrub goes on from there", err)
	}
	if len(open) == 0 {
		return w.printScrubbed(ctx, c, col, s.Steps)
	}
	view := scrubView{Column: col.Column.String(), State: string(col.Called()), Steps: stepViewsOf(s.Steps), Open: open}
	if err := output(c, view, view.print); err != nil {
		return err
	}
	return fmt.Errorf("%s is not scrubbed yet: %s is open", col.Column.String(), counted(len(open), "thing"))
}

// beforeScrub is what has to be done before a column can be scrubbed.
func beforeScrub(col *guard.ColumnStatus) string {
	switch {
	case col.State() == pgstore.ColumnSealed:
		return "make its guard whole, as pgseal doctor says (" + col.Guard.String() + ")"
	case col.State() == pgstore.ColumnSealing:
		return "pgseal column encrypt " + col.Column.String()
	case col.Opening(): // by order, which this takes back
		return "pgseal column encrypt " + col.Column.String()
	case col.Note != "":
		return col.Note
	}
	return "pgseal init"
}

func (w *columnWork) scrubOptions(ctx context.Context, c *cli.Context, col *guard.ColumnStatus) (bulk.ScrubOptions, error) {
	o := bulk.ScrubOptions{Store: w.site.store, Pool: w.pool, Method: c.String("method"), MaxLock: c.Duration("max-lock"), Patience: c.Duration("wait"), Actor: actor(),
		Copies: func(ctx context.Context) ([]string, error) { return w.stillOpen(ctx, c, col, "copy", "plaintext") },
		Open: func(ctx context.Context) ([]string, error) {
			return w.stillOpen(ctx, c, col, "copy", "plaintext", "statistics")
		}, Tell: tellScrub(c)}
	if o.Method != bulk.ScrubRepack {
		return o, nil
	}
	r, err := w.findRepack(ctx, o.MaxLock)
	if err != nil {
		return o, err
	}
	o.Repack = r.run
	return o, nil
}

// stillOpen says what the doctor finds, of some kinds, that holds old values of the column, or may.
func (w *columnWork) stillOpen(ctx context.Context, c *cli.Context, col *guard.ColumnStatus, kinds ...string) ([]string, error) {
	now, err := w.byRecord(ctx, col.Record.ID)
	if err != nil {
		return nil, err
	}
	if now == nil || !now.Done() {
		return []string{"the column is not sealed any more, or its guard is not whole: see pgseal column status"}, nil
	}
	apart, err := siteOf(c) // examine closes its store
	if err != nil {
		return nil, err
	}
	found, err := apart.examine(ctx, plaintextBudget)
	if err != nil {
		return nil, err
	}
	open := []string{}
	for _, f := range found {
		of := slices.Contains(kinds, f.Kind) && (f.Kind == "copy" || f.Object == col.Column.String())
		if line := f.Object + ": " + f.Message + ". " + f.Mend; of && !slices.Contains(open, line) {
			open = append(open, line)
		}
	}
	return open, nil
}

// confirmScrub shows what it takes, and asks.
func confirmScrub(c *cli.Context, name string, steps []bulk.ScrubStep) error {
	if !onTerminal(c) || c.Bool("json") {
		return usagef(c, "tables are locked while they are made anew, so that it has to be confirmed: say --yes, or see what it takes with --dry-run")
	}
	view := scrubView{Column: name, State: string(pgstore.ColumnSealed), Steps: stepViewsOf(steps)}
	if err := output(c, view, view.print); err != nil {
		return err
	}
	return confirm(c, c.App.Writer, name, "\nWhat is said to be blocked waits while such a step runs.")
}

// tellScrub says on the way what is done, and what is waited for.
func tellScrub(c *cli.Context) func(*bulk.ScrubStep, string) {
	if c.Bool("json") {
		return func(*bulk.ScrubStep, string) {}
	}
	last := ""
	return func(step *bulk.ScrubStep, waitsFor string) {
		line := strings.TrimSpace(step.Name + " " + step.Object)
		switch {
		case waitsFor != "":
			line += ": " + waitsFor
		case step.Outcome == bulk.StepAhead:
			line += ": " + step.Statement
		default:
			line += fmt.Sprintf(": %s in %s", step.Outcome, step.Took.Round(time.Millisecond))
		}
		if line != last {
			fmt.Fprintln(c.App.ErrWriter, line)
		}
		last = line
	}
}

// printScrubbed prints what was done, and what remains.
func (w *columnWork) printScrubbed(ctx context.Context, c *cli.Context, col *guard.ColumnStatus, steps []bulk.ScrubStep) error {
	r, err := w.site.store.Scrub(ctx, col.Record.ID)
	if err != nil {
		return forPeople(err)
	}
	if r == nil || r.Finished.IsZero() {
		return errors.New("the column is called scrubbed, and the record of how is gone")
	}
	work, err := w.site.store.Bulk(ctx, col.Record.ID)
	if err != nil {
		return forPeople(err)
	}
	sealed := r.Started
	if work != nil && work.Status == pgstore.BulkDone && work.Kind != pgstore.BulkReseal && !work.Finished.IsZero() {
		sealed = work.Finished
	}
	view := scrubView{Column: col.Column.String(), State: string(guard.Scrubbed), Steps: stepViewsOf(steps), Open: []string{}, Sealed: &sealed, Scrubbed: &r.Finished, Until: r.Until}
	if view.Remains, err = bulk.Remains(ctx, w.pool, r, sealed); err != nil {
		return err
	}
	return output(c, view, view.print)
}
