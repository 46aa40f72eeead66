package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/bulk"
	"github.com/legatics/pgseal/proxy/guard"
)

// openingTogether are sealed columns that are opened for good at once.
type openingTogether struct {
	columns []*guard.ColumnStatus
	swap    *bulk.Swap
	view    *swapView
}

// byRoute parts columns into those that are opened row by row and groups that are opened at once, with all that has to be opened with them.
func (w *columnWork) byRoute(ctx context.Context, columns []*guard.ColumnStatus) (inPlace []*guard.ColumnStatus, groups [][]*guard.ColumnStatus, err error) {
	var taken [][16]byte
	var status *guard.Status
	for _, col := range columns {
		if col.AtOnce == nil {
			inPlace = append(inPlace, col)
			continue
		}
		if slices.Contains(taken, col.Record.ID) {
			continue
		}
		if status == nil {
			if status, err = w.look(ctx); err != nil {
				return nil, nil, err
			}
		}
		group, err := recordedAs(status, col.AtOnce.Columns)
		if err != nil {
			return nil, nil, err
		}
		groups, taken = append(groups, group), append(taken, col.AtOnce.Columns...)
	}
	return inPlace, groups, nil
}

// planOpenings looks at the groups before anything is done. The caller closes what is returned, with an error too.
func (w *columnWork) planOpenings(ctx context.Context, c *cli.Context, groups [][]*guard.ColumnStatus) (all []*openingTogether, obstacles []string, err error) {
	for _, columns := range groups {
		swap, err := bulk.NewOpening(ctx, w.runner(nil), w.policy().Hash(), columns)
		if err != nil {
			return all, nil, err
		}
		g := &openingTogether{columns: columns, swap: swap}
		all = append(all, g)
		in, err := swap.Inspect(ctx)
		if err != nil {
			return all, nil, err
		}
		if len(in.Blocking) > 0 {
			obstacles = append(obstacles, in.Blocking...)
			continue
		}
		if g.view, err = w.viewSwap(ctx, c, swap, columns); err != nil {
			return all, nil, err
		}
	}
	return all, obstacles, nil
}

func closeAll(together []*openingTogether) {
	for _, g := range together {
		g.swap.Close()
	}
}

// shortEnough is an error where writes would wait for longer than they may.
func shortEnough(c *cli.Context, together []*openingTogether) error {
	for _, g := range together {
		if err := g.view.shortEnough(c); err != nil {
			return fmt.Errorf("%s: %w", strings.Join(g.view.Columns, ", "), err)
		}
	}
	return nil
}

// openAtOnce opens the groups, one after the other, and gives what is to be seen through: every value is read once more, and all proxies follow.
func (w *columnWork) openAtOnce(ctx context.Context, c *cli.Context, together []*openingTogether) (opened []*opening, err error) {
	for _, g := range together {
		if !c.Bool("json") {
			t := newTable(c.App.ErrWriter)
			g.view.head(t)
			if err := t.w.Flush(); err != nil {
				return opened, err
			}
		}
		if err := w.openGroup(ctx, c, g); err != nil {
			return opened, err
		}
		for _, col := range g.columns {
			opened = append(opened, &opening{col: col})
		}
	}
	return opened, nil
}

// openGroup gives the orders and opens the columns. Orders of columns that could not be opened are taken back, so that nothing has changed.
func (w *columnWork) openGroup(ctx context.Context, c *cli.Context, g *openingTogether) error {
	nothing := func(*pgstore.Tx, *pgstore.Column) error { return nil }
	var ordered [][16]byte
	var err error
	for _, col := range g.columns {
		if err = guard.Open(ctx, w.site.store, col.Record.ID, actor(), nothing); err != nil {
			break
		}
		if !col.Opening() {
			ordered = append(ordered, col.Record.ID)
		}
	}
	var done bulk.Pause
	if err == nil {
		done, err = g.swap.Run(ctx, c.Duration("max-write-pause"), actor())
	}
	if err != nil {
		left := context.WithoutCancel(ctx)
		for _, id := range ordered {
			err = errors.Join(err, guard.SealAnew(left, w.site.store, id, actor(), nothing))
		}
		return fmt.Errorf("%s: %w", strings.Join(g.view.Columns, ", "), forPeople(err))
	}
	if !c.Bool("json") {
		fmt.Fprintf(c.App.ErrWriter, "%d values opened; writes have waited for %s\n", done.Values, round(done.Took))
	}
	return nil
}
