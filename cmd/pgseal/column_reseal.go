package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy/bulk"
	"github.com/legatics/pgseal/proxy/guard"
	"github.com/legatics/pgseal/proxy/plan"
)

func columnResealCommand() *cli.Command {
	return &cli.Command{
		Name: "reseal", Usage: "seal the values of a column anew: under the newest data key, or in another mode", ArgsUsage: "SCHEMA.TABLE.COLUMN | --all",
		Description: `Each value that lies under an elder data key of its tenant is opened and sealed under the newest one; with --mode each is sealed in that
mode. Applications read and write the column meanwhile, and find by =, <>, IN, = ANY what they look for in a deterministic column: both
forms are looked for. What rests on equal values being sealed alike (joins, GROUP BY, DISTINCT) is refused on such a column until it is
done, and one that has a unique index or a foreign key is refused before the start.

For another mode give the order first, then list the column with the new mode in the policy; the work ends when every proxy has loaded it.
The work is in the database's job queue, as that of pgseal column encrypt is.`,
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "mode", Usage: "the mode that values are to be sealed in: randomized or deterministic (default: the column's own)"},
			&cli.BoolFlag{Name: "all", Usage: "all sealed columns of the database, one after the other, each in its own mode"},
			maxWritePauseFlag(),
		}, workFlags()...),
		Action: func(c *cli.Context) error {
			if err := checkWorkFlags(c); err != nil {
				return err
			}
			if !c.Bool("all") {
				return withColumn(c, func(ctx context.Context, w *columnWork, col *guard.ColumnStatus) error { return w.reseal(ctx, c, col) })
			}
			if c.NArg() > 0 || c.IsSet("mode") {
				return usagef(c, "--all takes neither a column nor --mode")
			}
			return withColumns(c, func(ctx context.Context, w *columnWork, all []*guard.ColumnStatus) error {
				return w.resealAll(ctx, c, all)
			})
		},
	}
}

// resealAll goes on behind a column that cannot be sealed anew, and fails at the end.
func (w *columnWork) resealAll(ctx context.Context, c *cli.Context, all []*guard.ColumnStatus) error {
	var failed []error
	var done resealed
	for _, col := range all {
		if col.State() != pgstore.ColumnSealed || slices.Contains(done.together, col.Record.ID) {
			continue
		}
		one, err := w.resealOne(ctx, c, col)
		done.join(one)
		if err != nil {
			failed = append(failed, err)
		}
		if ctx.Err() != nil {
			break
		}
	}
	return errors.Join(append([]error{done.print(c)}, failed...)...)
}

func (w *columnWork) reseal(ctx context.Context, c *cli.Context, col *guard.ColumnStatus) error {
	done, err := w.resealOne(ctx, c, col)
	if err != nil && len(done.work) == 0 {
		return err
	}
	return errors.Join(done.print(c), err)
}

// resealed is what the command has done to columns, or would.
type resealed struct {
	work  []bulkView
	would []any // inspectionView, swapView

	printed  []func(*table) // of would
	together [][16]byte     // records of columns that were seen to with another one
}

func (r *resealed) join(other resealed) {
	r.work, r.would = append(r.work, other.work...), append(r.would, other.would...)
	r.printed, r.together = append(r.printed, other.printed...), append(r.together, other.together...)
}

// print prints it as one document.
func (r *resealed) print(c *cli.Context) error {
	if !c.Bool("dry-run") {
		return printBulk(c, append([]bulkView{}, r.work...))
	}
	var document any = append([]any{}, r.would...)
	if !c.Bool("all") && len(r.would) == 1 {
		document = r.would[0]
	}
	return output(c, document, func(t *table) {
		for _, print := range r.printed {
			print(t)
		}
	})
}

// resealOne seals a column anew, or orders it. What it gives is to be printed with an error too.
func (w *columnWork) resealOne(ctx context.Context, c *cli.Context, col *guard.ColumnStatus) (done resealed, err error) {
	mode, err := modeFor(c, col.Record)
	if err != nil {
		return done, err
	}
	if col.State() != pgstore.ColumnSealed {
		return done, fmt.Errorf("%s is %s: only a sealed column is sealed anew (pgseal column encrypt seals it)", col.Column.String(), col.State())
	}
	in, err := bulk.Inspect(ctx, w.pool, col)
	if err != nil {
		return done, fmt.Errorf("%s: %w", col.Column.String(), err)
	}
	if mode == crypto.Deterministic && col.Record.Mode == mode && (col.Record.Domain != "" || len(in.Blocking) > len(in.Rules)) {
		return w.resealTogether(ctx, c, col)
	}
	triggers, err := chooseTriggers(c, &in)
	if err != nil {
		return done, err
	}
	obstacles, err := w.resealObstacles(ctx, col, mode, &in)
	if err != nil {
		return done, err
	}
	if len(obstacles) > 0 {
		return done, fmt.Errorf("%s cannot be sealed anew in mode %s:\n  %s\nwhere that is meant, have it opened (pgseal column decrypt %[1]s), list it as it is to be, and have it sealed again (pgseal column encrypt %[1]s)",
			col.Column.String(), mode, strings.Join(obstacles, "\n  "))
	}
	if c.Bool("dry-run") {
		return w.wouldReseal(ctx, c, col, &in, triggers)
	}
	pace, err := paceOf(ctx, c, w.pool, col)
	if err != nil {
		return done, err
	}
	now, err := w.site.store.Bulk(ctx, col.Record.ID)
	if err != nil {
		return done, err
	}
	if _, err := bulk.Begin(now, col.Record.ID, pgstore.BulkReseal, in.Rows, triggers, actor()); err != nil { // else nobody would do what orderMove asks for
		return done, err
	}
	if err := w.orderMove(ctx, col, mode); err != nil {
		return done, fmt.Errorf("%s: %w", col.Column.String(), err)
	}
	if err := w.order(ctx, col, pgstore.BulkReseal, &in, triggers, pace); err != nil {
		return done, err
	}
	var v bulkView
	if c.Bool("detach") {
		v, err = w.viewOf(ctx, col)
	} else {
		v, err = w.follow(ctx, c, col)
	}
	if err != nil {
		return done, err
	}
	done.work = []bulkView{v}
	if !c.Bool("detach") {
		err = v.failure()
	}
	return done, err
}

// wouldReseal says what sealing anew would do, and every statement that would be sent.
func (w *columnWork) wouldReseal(ctx context.Context, c *cli.Context, col *guard.ColumnStatus, in *bulk.Inspection, triggers string) (done resealed, err error) {
	if _, _, err := paceSettings(ctx, c, w.pool, col); err != nil {
		return done, err
	}
	_, tenantColumn := w.tenantOf(col.Schema, col.Table)
	statements, err := bulk.Resealing(ctx, w.pool, col, tenantColumn, triggers)
	if err != nil {
		return done, err
	}
	view, err := w.inspectionOf(ctx, col, in, triggers, statements)
	done.would, done.printed = []any{view}, []func(*table){view.print}
	return done, err
}

// modeFor is what values are to be sealed as.
func modeFor(c *cli.Context, r *pgstore.Column) (crypto.Mode, error) {
	switch c.String("mode") {
	case "":
		if r.NextMode != 0 {
			return r.NextMode, nil
		}
		return r.Mode, nil
	case crypto.Randomized.String():
		return crypto.Randomized, nil
	case crypto.Deterministic.String():
		return crypto.Deterministic, nil
	}
	return 0, usagef(c, "--mode is randomized or deterministic")
}

// resealObstacles says why a column cannot be sealed anew row by row.
func (w *columnWork) resealObstacles(ctx context.Context, col *guard.ColumnStatus, mode crypto.Mode, in *bulk.Inspection) (all []string, err error) {
	r := col.Record
	if mode == crypto.Randomized && r.Mode == crypto.Randomized && r.NextMode == 0 { // equal values are not sealed alike now
		return slices.Clone(in.Rules), nil
	}
	all = append(all, in.Blocking...)
	if r.Domain != "" {
		all = append(all, fmt.Sprintf("it is in the equality domain %q, whose columns would have to be sealed anew together", r.Domain))
	}
	if mode == r.Mode {
		return all, nil
	}
	problems, err := w.asIf(ctx, col, mode)
	return append(all, problems...), err
}

// asIf holds against the database what the policy would be with another mode of a column.
func (w *columnWork) asIf(ctx context.Context, col *guard.ColumnStatus, mode crypto.Mode) (errors []string, err error) {
	pol, err := w.site.policy() // one of its own, to be changed
	if err != nil {
		return nil, err
	}
	listed := pol.Table(policy.TableName{Schema: col.Schema, Name: col.Table}).Columns[col.Name]
	listed.Mode = policy.Mode(mode.String())
	if t, err := policy.ParseType(listed.Type); listed.Type != "" && err == nil && mode == crypto.Deterministic && t.Lossy() != "" {
		errors = append(errors, fmt.Sprintf("the type %s cannot be deterministic: %s", t, t.Lossy()))
	}
	_, problems, err := plan.LoadCatalogue(ctx, w.site.store.Pool(), pol, nil, 0)
	for _, p := range problems {
		if p.Severity == policy.SeverityError && p.Table == (policy.TableName{Schema: col.Schema, Name: col.Table}) && p.Column == col.Name {
			errors = append(errors, p.Sentence())
		}
	}
	return errors, err
}

// orderMove has the column's record say what values are to be sealed as.
func (w *columnWork) orderMove(ctx context.Context, col *guard.ColumnStatus, mode crypto.Mode) error {
	for {
		err := guard.OrderMove(ctx, w.site.store, col.Record.ID, mode, actor())
		if !errors.Is(err, pgstore.ErrBusy) && !errors.Is(err, pgstore.ErrConflict) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(orderEvery):
		}
	}
}

// orderEvery is how often an order is tried again while somebody else is changing columns.
const orderEvery = 50 * time.Millisecond
