package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/bulk"
	"github.com/legatics/pgseal/proxy/guard"
)

// begunBeside keeps to the route column where that was begun.
func (w *columnWork) begunBeside(ctx context.Context, c *cli.Context, col *guard.ColumnStatus, route string) (string, error) {
	there, err := bulk.HasSecond(ctx, w.pool, col.Record)
	switch {
	case err != nil || !there || route == routeColumn:
		return route, err
	case c.String("route") != "":
		return "", fmt.Errorf("%s is being sealed by way of a second column: go on with --route column, or pgseal column cancel first", col.Column.String())
	}
	return routeColumn, nil
}

// besideOf looks at a column with what is of its equality domain.
func (w *columnWork) besideOf(ctx context.Context, columns []*guard.ColumnStatus) (*bulk.Beside, error) {
	return bulk.NewBeside(ctx, w.runner(nil), w.policy().Hash(), columns)
}

// mayBeside tells whether columns can be sealed by way of a second one.
func (w *columnWork) mayBeside(ctx context.Context, columns []*guard.ColumnStatus) bool {
	beside, err := w.besideOf(ctx, columns)
	if err != nil {
		return false
	}
	defer beside.Close()
	in, err := beside.Inspect(ctx)
	return err == nil && len(in.Blocking) == 0
}

// encryptBeside is the route column.
func (w *columnWork) encryptBeside(ctx context.Context, c *cli.Context, col *guard.ColumnStatus) error {
	columns, err := w.together(ctx, col)
	if err != nil {
		return err
	}
	beside, err := w.besideOf(ctx, columns)
	if err != nil {
		return fmt.Errorf("%s: %w", col.Column.String(), err)
	}
	defer beside.Close()
	view, in, err := w.viewBeside(ctx, c, beside, col)
	if err != nil {
		return err
	}
	if c.Bool("dry-run") {
		return output(c, view, view.print)
	}
	if err := announce(c, view.head); err != nil {
		return err
	}
	most := c.Duration("max-write-pause")
	if view.pause > most {
		return fmt.Errorf("reads and writes would wait for about %s at the end, which is longer than the %s that they may (--max-write-pause); nothing has changed", round(view.pause), most)
	}
	return w.fillAndFinish(ctx, c, beside, col, in, view.Run, most)
}

func (w *columnWork) fillAndFinish(ctx context.Context, c *cli.Context, beside *bulk.Beside, col *guard.ColumnStatus, in *bulk.Inspection, triggers string, most time.Duration) error {
	pace, err := paceOf(ctx, c, w.pool, col)
	if err != nil {
		return err
	}
	if err := beside.Prepare(ctx, actor()); err != nil {
		return forPeople(err)
	}
	done, err := w.filled(ctx, col)
	if err != nil {
		return err
	}
	if !done {
		if err := w.orderFill(ctx, col, in, triggers, pace); err != nil {
			return err
		}
		if c.Bool("detach") {
			return w.printOrdered(ctx, c, col)
		}
		view, err := w.follow(ctx, c, col)
		if err != nil {
			return err
		}
		if view.failure() != nil || view.Work.Kind != pgstore.BulkFill {
			return errors.Join(printBulk(c, []bulkView{view}), view.failure())
		}
	}
	p, err := beside.Finish(ctx, most, actor())
	if err != nil {
		return forPeople(err)
	}
	if !c.Bool("json") {
		fmt.Fprintf(c.App.ErrWriter, "the second column has taken the place of the first; %d values were sealed in that moment, and reads and writes have waited for %s\n", p.Values, round(p.Took))
	}
	return w.accompany(ctx, c, col)
}

// filled tells whether the second column was filled for what the column is to be sealed as.
func (w *columnWork) filled(ctx context.Context, col *guard.ColumnStatus) (bool, error) {
	b, err := w.site.store.Bulk(ctx, col.Record.ID)
	return err == nil && b != nil && b.Kind == pgstore.BulkFill && b.Status == pgstore.BulkDone && bulk.FilledAs(b, col.Record), err
}

// orderFill orders that the second column be filled.
func (w *columnWork) orderFill(ctx context.Context, col *guard.ColumnStatus, in *bulk.Inspection, triggers string, pace func(*pgstore.Bulk)) error {
	return w.order(ctx, col, pgstore.BulkFill, in, triggers, func(b *pgstore.Bulk) {
		pace(b)
		bulk.FillAs(b, col.Record)
	})
}

// withoutSecond takes away what was filled beside a column whose work was cancelled. cause is why that was refused: it may have ended already.
func (w *columnWork) withoutSecond(ctx context.Context, col *guard.ColumnStatus, b *pgstore.Bulk, cause error) error {
	there, err := bulk.HasSecond(ctx, w.pool, col.Record)
	announced := col.State() == pgstore.ColumnPlain && !col.Opening() && len(col.Record.Before) > 0
	if err != nil || !there && !announced && (b == nil || b.Kind != pgstore.BulkFill) {
		return errors.Join(cause, err)
	}
	beside, err := w.besideOf(ctx, []*guard.ColumnStatus{col})
	if err != nil {
		return err
	}
	defer beside.Close()
	return beside.Cancel(ctx, actor())
}

func (w *columnWork) viewBeside(ctx context.Context, c *cli.Context, beside *bulk.Beside, col *guard.ColumnStatus) (*besideView, *bulk.Inspection, error) {
	in, err := beside.Inspect(ctx)
	if err != nil {
		return nil, nil, err
	}
	if len(in.Blocking) > 0 {
		return nil, nil, fmt.Errorf("%s cannot be sealed by way of a second column (--route pause may do):\n  %s", col.Column.String(), strings.Join(in.Blocking, "\n  "))
	}
	triggers, err := chooseTriggers(c, &in)
	if err != nil {
		return nil, nil, err
	}
	beside.SetTriggers(triggers)
	collisions, err := beside.Collisions(ctx)
	if err != nil {
		return nil, nil, err
	}
	if len(collisions) > 0 {
		return nil, nil, collide(collisions)
	}
	view := &besideView{Route: routeColumn, Column: col.Column.String(), Rows: in.Rows, Bytes: in.Bytes, Run: triggers, Triggers: append([]string{}, in.Triggers...)}
	if col.Held != nil {
		view.Held = col.Held.Reason
	}
	if view.pause, err = beside.Estimate(ctx); err != nil {
		return nil, nil, err
	}
	view.Pause = view.pause.Seconds()
	view.Steps, err = beside.Steps(ctx)
	return view, &in, err
}

// besideView is how a column is sealed by way of a second one, as the command prints it.
type besideView struct {
	Route    string      `json:"route"`
	Column   string      `json:"column"`
	Held     string      `json:"because"`
	Rows     int64       `json:"rows_estimated"`
	Bytes    int64       `json:"bytes"`
	Pause    float64     `json:"pause_seconds_estimated"`
	Run      string      `json:"triggers"`
	Triggers []string    `json:"triggers_on"`
	Steps    []bulk.Step `json:"steps"`

	pause time.Duration
}

func (v *besideView) head(t *table) {
	t.pair("route", v.Route+": sealed values are gathered in a second column, which takes the place of the first")
	t.row("column", v.Column, v.Held)
	t.pair("rows", fmt.Sprintf("about %d", v.Rows))
	t.pair("reads and writes wait", fmt.Sprintf("about %s, at the end", round(v.pause)))
	if len(v.Triggers) > 0 {
		t.pair("triggers", strings.Join(append([]string{v.Run}, v.Triggers...), " "))
	}
}

func (v *besideView) print(t *table) {
	v.head(t)
	for _, s := range v.Steps {
		t.row(s.Lock, strings.ReplaceAll(s.SQL, "\n", " "))
	}
}
