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

// resealTogether seals a deterministic column that has to be unique, or is in a foreign key or an equality domain, anew under the newest data key: at once,
// with all of its domain.
func (w *columnWork) resealTogether(ctx context.Context, c *cli.Context, col *guard.ColumnStatus) (done resealed, err error) {
	if c.Bool("detach") {
		return done, usagef(c, "--detach is for columns that are sealed anew row by row: %s is at once, by the command itself", col.Column.String())
	}
	columns, err := w.ofDomain(ctx, col)
	if err != nil {
		return done, err
	}
	var ids [][16]byte
	for _, o := range columns {
		ids = append(ids, o.Record.ID)
	}
	done.together = ids
	swap, err := bulk.NewRenewal(ctx, w.runner(nil), w.policy().Hash(), columns)
	if err != nil {
		return done, err
	}
	defer swap.Close()
	view, err := w.viewSwap(ctx, c, swap, columns)
	if err != nil {
		return done, err
	}
	if c.Bool("dry-run") {
		done.would, done.printed = []any{view}, []func(*table){view.print}
		return done, nil
	}
	if err := view.shortEnough(c); err != nil {
		return done, err
	}
	pause, err := swap.Run(ctx, c.Duration("max-write-pause"), actor())
	if err != nil {
		return done, fmt.Errorf("%s: %w", strings.Join(view.Columns, ", "), forPeople(err))
	}
	if !c.Bool("json") {
		fmt.Fprintf(c.App.ErrWriter, "%d values sealed anew; writes have waited for %s\n", pause.Values, round(pause.Took))
	}
	if err := w.admitElder(ctx, ids); err != nil {
		return done, err
	}
	var failed []error
	for _, o := range columns {
		v, err := w.follow(ctx, c, o)
		if err != nil {
			return done, err
		}
		done.work, failed = append(done.work, v), append(failed, v.failure())
	}
	return done, errors.Join(failed...)
}

// ofDomain are the sealed columns of a column's equality domain, itself among them.
func (w *columnWork) ofDomain(ctx context.Context, col *guard.ColumnStatus) (all []*guard.ColumnStatus, err error) {
	if col.Domain == "" {
		return []*guard.ColumnStatus{col}, nil
	}
	status, err := w.look(ctx)
	if err != nil {
		return nil, err
	}
	for i := range status.Columns {
		o := &status.Columns[i]
		switch {
		case o.Domain != col.Domain || o.Record == nil || o.State() == pgstore.ColumnPlain:
		case o.State() != pgstore.ColumnSealed || o.Opening():
			return nil, fmt.Errorf("%s is of the same equality domain and is %s: all of it is sealed anew together", o.Column.String(), o.State())
		default:
			all = append(all, o)
		}
	}
	return all, nil
}

// admitElder waits until every proxy writes the columns as they were sealed anew, and takes off what has kept other values out.
func (w *columnWork) admitElder(ctx context.Context, ids [][16]byte) error {
	elders := guard.NewStatementDrains()
	for end := time.Now().Add(knowLimit); ; {
		names, err := guard.AdmitElder(ctx, w.site.store, w.policy().Hash(), ids, elders)
		switch {
		case err == nil && names == "":
			return nil
		case err != nil && !errors.Is(err, pgstore.ErrBusy) && !errors.Is(err, pgstore.ErrConflict) && time.Now().After(end):
			return err
		case time.Now().After(end):
			return fmt.Errorf("the values are sealed anew; CHECKs named pgseal_newer_... keep out what may still be written as before: run the same command again later, which takes them off (waiting for %s)", names)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(orderEvery):
		}
	}
}

// knowLimit is how long proxies have to know.
const knowLimit = 30 * time.Second
