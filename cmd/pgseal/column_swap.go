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

// The routes by which what lies in a column is sealed.
const (
	routeInPlace = "in-place"
	routePause   = "pause"
	routeColumn  = "column"
)

func routeFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "route", Usage: "in-place (row by row, while applications write), pause (all at once, while their writes wait) or column (in a second column, which takes the first one's place); as the column needs it"},
		maxWritePauseFlag(),
	}
}

func maxWritePauseFlag() cli.Flag {
	return &cli.DurationFlag{Name: "max-write-pause", Value: 5 * time.Second, Usage: "how long writes may wait where columns are converted at once, or a second one takes the place of the first, at most"}
}

// chooseRoute says by which route a column is sealed.
func chooseRoute(c *cli.Context, col *guard.ColumnStatus) (string, error) {
	switch chosen := c.String("route"); {
	case chosen == routeColumn && col.Held == nil:
		return "", fmt.Errorf("%s is sealed row by row (--route in-place), which keeps nobody waiting", col.Column.String())
	case chosen == routeInPlace && col.Held != nil:
		return "", fmt.Errorf("%s cannot be sealed row by row, for %s: take --route pause", col.Column.String(), col.Held.Reason)
	case chosen != "":
		return chosen, nil
	case col.Held != nil:
		return routePause, nil
	}
	return routeInPlace, nil
}

// together are the columns that have to be converted with one.
func (w *columnWork) together(ctx context.Context, col *guard.ColumnStatus) ([]*guard.ColumnStatus, error) {
	if col.Held == nil {
		return []*guard.ColumnStatus{col}, nil
	}
	status, err := w.look(ctx)
	if err != nil {
		return nil, err
	}
	return recordedAs(status, col.Held.Columns)
}

// recordedAs finds columns by their records.
func recordedAs(status *guard.Status, ids [][16]byte) (all []*guard.ColumnStatus, err error) {
	for _, id := range ids {
		c := findColumn(status, func(c *guard.ColumnStatus) bool { return c.Record != nil && c.Record.ID == id })
		if c == nil {
			return nil, errors.New("the columns have just changed: try again")
		}
		all = append(all, c)
	}
	return all, nil
}

// encryptAtOnce is the route pause.
func (w *columnWork) encryptAtOnce(ctx context.Context, c *cli.Context, col *guard.ColumnStatus) error {
	if col.State() != pgstore.ColumnSealing && col.Held == nil {
		return fmt.Errorf("%s is %s and cannot be converted now: %s", col.Column.String(), col.State(), dash(col.Note))
	}
	if c.Bool("detach") {
		return usagef(c, "--detach is for the route in-place: by the route pause the command itself does all the work")
	}
	columns, err := w.together(ctx, col)
	if err != nil {
		return err
	}
	swap, view, err := w.planSwap(ctx, c, columns)
	if err != nil {
		return err
	}
	defer swap.Close()
	if c.Bool("dry-run") {
		return output(c, view, view.print)
	}
	if err := announce(c, view.head); err != nil {
		return err
	}
	if most := c.Duration("max-write-pause"); view.pause > most && c.String("route") == "" && w.mayBeside(ctx, columns) {
		fmt.Fprintf(c.App.ErrWriter, "that is longer than the %s that writes may wait (--max-write-pause): it is sealed by way of a second column instead\n", most)
		return w.encryptBeside(ctx, c, col)
	}
	if err := view.shortEnough(c); err != nil {
		return err
	}
	done, err := swap.Run(ctx, c.Duration("max-write-pause"), actor())
	if err != nil {
		return forPeople(err)
	}
	if !c.Bool("json") {
		fmt.Fprintf(c.App.ErrWriter, "%d values sealed; writes have waited for %s\n", done.Values, round(done.Took))
	}
	return w.accompanyAll(ctx, c, columns)
}

// announce tells people what begins now.
func announce(c *cli.Context, print func(*table)) error {
	if c.Bool("json") {
		return nil
	}
	t := newTable(c.App.ErrWriter)
	print(t)
	return t.w.Flush()
}

// planSwap says what would be done, and refuses what cannot be.
func (w *columnWork) planSwap(ctx context.Context, c *cli.Context, columns []*guard.ColumnStatus) (*bulk.Swap, *swapView, error) {
	swap, err := bulk.NewSwap(ctx, w.runner(nil), w.policy().Hash(), columns)
	if err != nil {
		return nil, nil, err
	}
	view, err := w.viewSwap(ctx, c, swap, columns)
	if err != nil {
		swap.Close()
		return nil, nil, err
	}
	return swap, view, nil
}

func (w *columnWork) viewSwap(ctx context.Context, c *cli.Context, swap *bulk.Swap, columns []*guard.ColumnStatus) (*swapView, error) {
	view := &swapView{Route: routePause, Columns: []string{}, Held: []string{}}
	for _, col := range columns {
		view.Columns = append(view.Columns, col.Column.String())
		switch {
		case col.Held != nil:
			view.Held = append(view.Held, col.Held.Reason)
		case col.AtOnce != nil:
			view.Held = append(view.Held, col.AtOnce.Reason)
		}
	}
	in, err := swap.Inspect(ctx)
	if err != nil {
		return nil, err
	}
	triggers, err := chooseTriggers(c, &in)
	if err != nil {
		return nil, err
	}
	swap.SetTriggers(triggers)
	view.Run, view.Triggers = triggers, append([]string{}, in.Triggers...)
	if len(in.Blocking) > 0 {
		return nil, fmt.Errorf("%s cannot be converted:\n  %s", strings.Join(view.Columns, ", "), strings.Join(in.Blocking, "\n  "))
	}
	collisions, err := swap.Collisions(ctx)
	if err != nil {
		return nil, err
	}
	if len(collisions) > 0 {
		return nil, collide(collisions)
	}
	estimate, err := swap.Estimate(ctx)
	if err != nil {
		return nil, forPeople(err)
	}
	view.Values, view.pause, view.Pause = estimate.Values, estimate.Took, estimate.Took.Seconds()
	view.Steps = swap.Steps()
	return view, nil
}

// collide names the rows that would not differ any more.
func collide(all []bulk.Collision) error {
	text := "values differ now and would be the same once they are normalized as the policy says; nothing has changed:"
	for _, c := range all {
		rows := strings.Join(c.Rows, "; ")
		if c.Count > int64(len(c.Rows)) {
			rows += "; ..."
		}
		text += fmt.Sprintf("\n  %s on %s: %d rows equal one before them: %s", c.Index, c.Table, c.Count, rows)
	}
	return errors.New(text)
}

func round(d time.Duration) time.Duration { return d.Round(10 * time.Millisecond) }

// swapView is how columns are converted at once, as the command prints it.
type swapView struct {
	Route    string      `json:"route"`
	Columns  []string    `json:"columns"`
	Held     []string    `json:"because"`
	Values   int64       `json:"values"`
	Pause    float64     `json:"write_pause_seconds_estimated"`
	Run      string      `json:"triggers"`
	Triggers []string    `json:"triggers_on"`
	Steps    []bulk.Step `json:"steps"`

	pause time.Duration
}

// shortEnough is an error where writes would wait for longer than they may.
func (v *swapView) shortEnough(c *cli.Context) error {
	if most := c.Duration("max-write-pause"); v.pause > most {
		return fmt.Errorf("writes would wait for about %s, which is longer than the %s that they may (--max-write-pause): allow more, or take it to a time with fewer writes; nothing has changed",
			round(v.pause), most)
	}
	return nil
}

func (v *swapView) head(t *table) {
	t.pair("route", v.Route+": all at once; writes wait, reads go on but for the end of it")
	for i, column := range v.Columns {
		because := ""
		if i < len(v.Held) {
			because = v.Held[i]
		}
		t.row("column", column, because)
	}
	t.pair("values", fmt.Sprint(v.Values))
	t.pair("writes wait", fmt.Sprintf("about %s", round(v.pause)))
	if len(v.Triggers) > 0 {
		t.pair("triggers", strings.Join(append([]string{v.Run}, v.Triggers...), " "))
	}
}

func (v *swapView) print(t *table) {
	v.head(t)
	for _, s := range v.Steps {
		t.row(s.Lock, strings.ReplaceAll(s.SQL, "\n", " "))
	}
}
