package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/urfave/cli/v2"
	"golang.org/x/sync/errgroup"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/bulk"
	"github.com/legatics/pgseal/proxy/guard"
)

func columnEncryptCommand() *cli.Command {
	return &cli.Command{
		Name: "encrypt", Usage: "seal the values that lie in a listed column already", ArgsUsage: "SCHEMA.TABLE.COLUMN",
		Description: `The column goes on being read and written by applications meanwhile. Its rows are gone through in short transactions; when every value
is sealed and was opened once more, the guard proves that no plaintext is left, and the column is sealed. The work is in the
database's job queue: running proxies share it, this command works on it too unless --detach is given, and whatever stops goes on
from where it was.

A column that has to be unique, or is in a foreign key, and one whose sealed values are of another type, stays plain until this command
converts it at once, together with all of its equality domain: in one transaction, for which writes wait (--route pause). How long that
is going to be is measured and said before; what takes longer than --max-write-pause is refused, or undone. Where that is too long, sealed
values are gathered in a second column (--route column), which takes the place of the first in a short transaction; applications do not see
it, and find the columns in the order that they know.

What the old values have left behind (dead rows until VACUUM, WAL, replicas and backups of before) is not touched by this.`,
		Flags: append(workFlags(), routeFlags()...),
		Action: func(c *cli.Context) error {
			if route := c.String("route"); route != "" && route != routeInPlace && route != routePause && route != routeColumn {
				return usagef(c, "--route is in-place, pause or column")
			}
			if err := checkWorkFlags(c); err != nil {
				return err
			}
			return withColumn(c, func(ctx context.Context, w *columnWork, col *guard.ColumnStatus) error { return w.encrypt(ctx, c, col) })
		},
	}
}

func (w *columnWork) encrypt(ctx context.Context, c *cli.Context, col *guard.ColumnStatus) error {
	if col.OpensAtOnce() { // nothing of it is open yet
		return w.takeBack(ctx, c, col)
	}
	if col.Done() {
		return printBulk(c, []bulkView{bulkViewOf(col, nil)})
	}
	route, err := chooseRoute(c, col)
	if err == nil {
		route, err = w.begunBeside(ctx, c, col, route)
	}
	if err != nil {
		return err
	}
	if route == routeColumn {
		return w.encryptBeside(ctx, c, col)
	}
	if route == routePause {
		return w.encryptAtOnce(ctx, c, col)
	}
	if col.State() != pgstore.ColumnSealing && !col.Opening() {
		note, err := w.settle(ctx, col.Record.ID) // it may be possible by now; else that says why not
		if err != nil {
			return err
		}
		if col, err = w.byRecord(ctx, col.Record.ID); err != nil {
			return err
		}
		if col == nil || col.State() != pgstore.ColumnSealing && col.State() != pgstore.ColumnReadable { // work on a readable one begins by itself
			return fmt.Errorf("the column cannot be sealed yet: %s", dash(note))
		}
	}
	in, err := bulk.Inspect(ctx, w.pool, col)
	if err != nil {
		return err
	}
	if (!col.Armoured() || len(in.Blocking) > 0) && col.Opening() && !c.Bool("dry-run") { // the order is undone; it is sealed by another route
		return w.takeBack(ctx, c, col)
	}
	triggers, err := chooseTriggers(c, &in)
	if err != nil {
		return err
	}
	if len(in.Blocking) > 0 {
		return fmt.Errorf("%s cannot be sealed in place (--route pause may do):\n  %s", col.Column.String(), strings.Join(in.Blocking, "\n  "))
	}
	if c.Bool("dry-run") {
		return w.dryRun(ctx, c, col, &in, triggers)
	}
	pace, err := paceOf(ctx, c, w.pool, col)
	if err != nil {
		return err
	}
	if col.Opening() {
		err = w.orderSealing(ctx, col, &in, triggers, pace)
	} else {
		err = w.order(ctx, col, pgstore.BulkEncrypt, &in, triggers, pace)
	}
	if err != nil {
		return err
	}
	if col.Opening() {
		if err := w.leavePlain(ctx, c, col); err != nil {
			return err
		}
	}
	if c.Bool("detach") {
		return w.printOrdered(ctx, c, col)
	}
	return w.accompany(ctx, c, col)
}

// leavePlain takes a column whose order to be plain was taken back as far as it gets: no proxy need be running. What keeps it where it is, is told.
func (w *columnWork) leavePlain(ctx context.Context, c *cli.Context, col *guard.ColumnStatus) error {
	note, err := w.settle(ctx, col.Record.ID)
	if err != nil || note == "" || c.Bool("json") {
		return err
	}
	now, err := w.byRecord(ctx, col.Record.ID)
	if err == nil && now != nil && now.State() == pgstore.ColumnPlain {
		fmt.Fprintf(c.App.ErrWriter, "%s is not being sealed yet: %s\n", col.Column.String(), note)
	}
	return err
}

// chooseTriggers says what becomes of the application's triggers; where there are some, it has to be asked for.
func chooseTriggers(c *cli.Context, in *bulk.Inspection) (string, error) {
	chosen := c.String("triggers")
	switch {
	case len(in.Triggers) == 0:
		return bulk.TriggersNone, nil
	case chosen == "":
		return "", usagef(c, "triggers of the application fire on the rows that are written: %s. They may copy old values elsewhere or touch times of change: "+
			"say --triggers run, or --triggers skip to have them left out (session_replication_role, which the control role must be allowed to set)", strings.Join(in.Triggers, ", "))
	case chosen == bulk.TriggersSkip && len(in.Always) > 0:
		return "", usagef(c, "these triggers cannot be left out, for they are enabled always or for replicas: %s", strings.Join(in.Always, ", "))
	}
	return chosen, nil
}

// order writes the record of the work and puts it in the queue. Work that is under way, or waits, stays as it is.
func (w *columnWork) order(ctx context.Context, col *guard.ColumnStatus, kind string, in *bulk.Inspection, triggers string, change func(*pgstore.Bulk)) error {
	now, err := w.site.store.Bulk(ctx, col.Record.ID)
	if err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, w.pool, func(tx pgx.Tx) error {
		next, err := bulk.Begin(now, col.Record.ID, kind, in.Rows, triggers, actor())
		if err != nil {
			return err
		}
		change(next)
		if err := w.site.store.SaveBulk(ctx, tx, next); errors.Is(err, pgstore.ErrConflict) {
			return errors.New("somebody else is ordering the same, or the work has just gone on: see pgseal column status")
		} else if err != nil {
			return err
		}
		return bulk.Order(ctx, w.pool, tx, col.Record.ID)
	})
}

// printOrdered prints work that is left to running proxies.
func (w *columnWork) printOrdered(ctx context.Context, c *cli.Context, col *guard.ColumnStatus) error {
	b, err := w.site.store.Bulk(ctx, col.Record.ID)
	if err != nil {
		return err
	}
	return printBulk(c, []bulkView{bulkViewOf(col, b)})
}

// accompany works on the queue and shows how far it is, until the work has ended or ctx has.
func (w *columnWork) accompany(ctx context.Context, c *cli.Context, col *guard.ColumnStatus) error {
	return w.accompanyAll(ctx, c, []*guard.ColumnStatus{col})
}

// accompanyAll does so for several columns, one after the other.
func (w *columnWork) accompanyAll(ctx context.Context, c *cli.Context, columns []*guard.ColumnStatus) error {
	views := []bulkView{}
	var failed []error
	for _, col := range columns {
		view, err := w.follow(ctx, c, col)
		if err != nil {
			return err
		}
		views, failed = append(views, view), append(failed, view.failure())
	}
	return errors.Join(append([]error{printBulk(c, views)}, failed...)...)
}

// follow is accompany without a word at the end.
func (w *columnWork) follow(ctx context.Context, c *cli.Context, col *guard.ColumnStatus) (v bulkView, err error) {
	working, stop := context.WithCancel(ctx)
	tasks, working := errgroup.WithContext(working)
	tasks.Go(func() error { return w.ring.Run(working) })
	tasks.Go(func() error { return w.events.Run(working) })
	tasks.Go(func() error { return bulk.Serve(working, w.pool, w.runner(nil)) })
	from, err := w.walPosition(ctx)
	var b *pgstore.Bulk
	p := newProgress(c, col.Column.String())
	if err == nil {
		b, err = w.watch(ctx, p, col)
	}
	stop()
	if worked := tasks.Wait(); worked != nil && !errors.Is(worked, context.Canceled) {
		err = errors.Join(err, worked)
	}
	if err != nil {
		return v, err
	}
	now, err := w.byRecord(ctx, b.Column)
	if err != nil {
		return v, err
	}
	if now == nil {
		now = col
	}
	v = bulkViewOf(now, b)
	if b.Status == pgstore.BulkDone {
		v.Report, err = w.reportOf(ctx, now, b, p.tally.skipped+p.tally.last, from)
	}
	return v, err
}

// failure is an error where the work has not come to its end.
func (v *bulkView) failure() error {
	if v.Work == nil || v.Work.Status == string(pgstore.BulkDone) {
		return nil
	}
	return fmt.Errorf("%s: the work is %s: %s", v.Column, v.Work.Status, dash(v.Work.Reason))
}

// watchEvery is how often the record of the work is read to show it.
const watchEvery = 250 * time.Millisecond

// watch follows the record until the work ends, or is paused.
func (w *columnWork) watch(ctx context.Context, p *progress, col *guard.ColumnStatus) (*pgstore.Bulk, error) {
	defer p.close()
	kind := ""
	for {
		b, err := w.site.store.Bulk(ctx, col.Record.ID)
		if err != nil {
			return nil, err
		}
		if b == nil {
			return nil, errors.New("the record of the work is gone")
		}
		if kind == "" {
			kind = b.Kind
		}
		if b.Kind != kind {
			return nil, fmt.Errorf("%s has ordered something else in its place: %s", b.Actor, b.Kind)
		}
		p.show(b)
		if b.Status.Ended() || b.Status == pgstore.BulkPaused {
			return b, nil
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("left: the work stays in the queue, and running proxies, or the same command given again, go on with it")
		case <-time.After(watchEvery):
		}
	}
}
