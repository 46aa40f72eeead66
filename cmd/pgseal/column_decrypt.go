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

func columnDecryptCommand() *cli.Command {
	return &cli.Command{
		Name: "decrypt", Usage: "open a column for good: its values lie in plaintext afterwards", ArgsUsage: "SCHEMA.TABLE.COLUMN | --all | --tenant NAME",
		Description: `Applications go on reading and writing the column through the proxies meanwhile. The guard is taken off as soon as every proxy reads both
forms; the rows are then opened in short transactions, and the column is plain when no sealed value is left. It stays so while the policy
lists it: take it off the policy then, or have it sealed again with pgseal column encrypt, at any moment.

A column that has to be unique, or is in a foreign key, and one of another type than text, stays sealed until this command opens it at once,
together with all of its equality domain: in one transaction, for which writes wait. How long that is going to be is measured and said
before; what takes longer than --max-write-pause is refused, or undone. It has its own type again afterwards.

The plaintext gets into the table, the WAL, replicas and backups, and no withdrawal of the key takes it back from there.

--all does it to every listed column of the database. --tenant NAME does it where the database is that tenant's alone.`,
		Flags: append([]cli.Flag{
			&cli.BoolFlag{Name: "all", Usage: "every listed column of the database"},
			&cli.StringFlag{Name: "tenant", Usage: "every listed column of the database, which must be the tenant `NAME`'s alone"},
			&cli.BoolFlag{Name: "yes", Usage: "do it without asking"},
			maxWritePauseFlag(),
		}, workFlags()...),
		Action: func(c *cli.Context) error {
			if err := checkWorkFlags(c); err != nil {
				return err
			}
			if !c.Bool("all") && c.String("tenant") == "" {
				return withColumn(c, func(ctx context.Context, w *columnWork, col *guard.ColumnStatus) error {
					return w.decrypt(ctx, c, col.Column.String(), []*guard.ColumnStatus{col})
				})
			}
			if c.Args().Present() {
				return usagef(c, "--all and --tenant name no column")
			}
			return withColumnWork(c, func(ctx context.Context, w *columnWork) error { return w.decryptAll(ctx, c) })
		},
	}
}

// decryptAll opens every listed column that is sealed, or on its way there.
func (w *columnWork) decryptAll(ctx context.Context, c *cli.Context) error {
	rule := w.site.database.Tenant
	if name := c.String("tenant"); name != "" {
		if rule.several() {
			return fmt.Errorf("the database %s is shared by several tenants, and a column is sealed for all of them or for none: the guard refuses plaintext of any. "+
				"To hand tenant %s its rows, dump them through a proxy as that tenant, or open a dump of them with pgseal open; to open the columns for all tenants: --all", w.site.name, name)
		}
		if own := rule.Tenant("", w.site.name); own != name {
			return fmt.Errorf("the database %s is not tenant %s's, but %s's", w.site.name, name, own)
		}
	}
	status, err := w.look(ctx)
	if err != nil {
		return err
	}
	var all []*guard.ColumnStatus
	for i := range status.Columns {
		if col := &status.Columns[i]; col.Record != nil {
			all = append(all, col)
		}
	}
	return w.decrypt(ctx, c, w.site.name, all)
}

// opening is a column that is to be opened for good, and what has to be known of it before.
type opening struct {
	col      *guard.ColumnStatus
	in       bulk.Inspection
	triggers string
	nothing  bool // no sealed value can be there
	pace     func(*pgstore.Bulk)
	reopen   bool // it is plain, and sealed values are there nevertheless
}

// decrypt opens columns for good, or says what stands in the way of any of them. name is what is to be typed for it.
func (w *columnWork) decrypt(ctx context.Context, c *cli.Context, name string, columns []*guard.ColumnStatus) error {
	columns, groups, err := w.byRoute(ctx, columns)
	if err != nil {
		return err
	}
	if len(groups) > 0 && c.Bool("detach") {
		return usagef(c, "--detach is for columns that are opened row by row: %s is opened at once, by the command itself", groups[0][0].Column.String())
	}
	var all []*opening
	var blocked []string
	for _, col := range columns {
		o, err := w.inspectOpening(ctx, c, col)
		if err != nil {
			return err
		}
		for _, reason := range o.in.Blocking {
			blocked = append(blocked, col.Column.String()+": "+reason)
		}
		all = append(all, o)
	}
	together, obstacles, err := w.planOpenings(ctx, c, groups)
	defer closeAll(together)
	if err != nil {
		return err
	}
	if blocked = append(blocked, obstacles...); len(blocked) > 0 {
		return fmt.Errorf("nothing was changed; this cannot be done:\n  %s", strings.Join(blocked, "\n  "))
	}
	if c.Bool("dry-run") {
		return w.dryOpening(ctx, c, all, together)
	}
	if err := shortEnough(c, together); err != nil {
		return err
	}
	if err := confirmOpening(c, name, all, together); err != nil {
		return err
	}
	for _, o := range all {
		if err := w.orderOpening(ctx, o); err != nil {
			return fmt.Errorf("%s: %w", o.col.Column.String(), err)
		}
	}
	opened, err := w.openAtOnce(ctx, c, together)
	return errors.Join(err, w.seeThrough(ctx, c, append(all, opened...)))
}

// dryOpening says what would be done, and every statement that would be sent.
func (w *columnWork) dryOpening(ctx context.Context, c *cli.Context, all []*opening, together []*openingTogether) error {
	views, printed := []any{}, []func(*table){}
	for _, o := range all {
		var statements []bulk.Statement
		if !o.nothing {
			var err error
			_, tenantColumn := w.tenantOf(o.col.Schema, o.col.Table)
			if statements, err = bulk.Opening(ctx, w.pool, o.col, tenantColumn, o.triggers); err != nil {
				return err
			}
		}
		view, err := w.inspectionOf(ctx, o.col, &o.in, o.triggers, statements)
		if err != nil {
			return err
		}
		views, printed = append(views, view), append(printed, view.print)
	}
	for _, g := range together {
		views, printed = append(views, g.view), append(printed, g.view.print)
	}
	return output(c, views, func(t *table) {
		for _, print := range printed {
			print(t)
		}
	})
}

// inspectOpening looks at a column before anything is done. Values in place of which their plaintext cannot lie row by row block it.
func (w *columnWork) inspectOpening(ctx context.Context, c *cli.Context, col *guard.ColumnStatus) (o *opening, err error) {
	o = &opening{col: col, triggers: bulk.TriggersNone}
	if o.in, err = bulk.Inspect(ctx, w.pool, col); err != nil {
		return nil, err
	}
	if o.pace, err = paceOf(ctx, c, w.pool, col); err != nil {
		return nil, err
	}
	if col.State() == pgstore.ColumnPlain {
		o.nothing = true
		if col.Armoured() {
			if o.reopen, err = col.HoldsSealed(ctx, w.pool, w.site.store.Tag()); err != nil {
				return nil, err
			}
			o.nothing = !o.reopen
		}
	}
	if o.nothing {
		o.in.Blocking, o.in.Triggers = nil, nil
		return o, nil
	}
	if col.State() == pgstore.ColumnUnsealing { // what there is to write was begun with, or done at once
		o.in.Blocking = o.in.Rules
	}
	if o.triggers, err = chooseTriggers(c, &o.in); err != nil {
		return nil, err
	}
	return o, nil
}

// confirmOpening asks whether it is meant.
func confirmOpening(c *cli.Context, name string, all []*opening, together []*openingTogether) error {
	if c.Bool("yes") {
		return nil
	}
	if !onTerminal(c) {
		return usagef(c, "the values of %s would lie in plaintext afterwards: confirm it with --yes (what would be done: --dry-run)", name)
	}
	rows := int64(0)
	for _, o := range all {
		rows += o.in.Rows
	}
	for _, g := range together {
		rows += g.view.Values
	}
	return confirm(c, c.App.ErrWriter, name, fmt.Sprintf("The values of %s, about %d rows, will lie in plaintext in the database, its WAL, replicas and backups. "+
		"Withdrawing the key will not take them back from there.", name, rows))
}

// orderOpening gives the order, and has the work done. Work of another kind on the column ends there.
func (w *columnWork) orderOpening(ctx context.Context, o *opening) error {
	id := o.col.Record.ID
	if o.nothing && o.col.Opening() { // whose order it was, and what was done by it, stays known
		return nil
	}
	return guard.Open(ctx, w.site.store, id, actor(), func(tx *pgstore.Tx, r *pgstore.Column) error {
		if o.reopen {
			if err := guard.Reopen(ctx, tx, r); err != nil {
				return err
			}
		}
		return w.replaceWork(ctx, tx, id, pgstore.BulkDecrypt, o.in.Rows, o.triggers, o.nothing && r.State == pgstore.ColumnPlain, o.pace)
	})
}

// orderSealing takes back the order to open a column for good, and has sealed what was opened or written meanwhile.
func (w *columnWork) orderSealing(ctx context.Context, col *guard.ColumnStatus, in *bulk.Inspection, triggers string, change func(*pgstore.Bulk)) error {
	id := col.Record.ID
	return guard.SealAnew(ctx, w.site.store, id, actor(), func(tx *pgstore.Tx, _ *pgstore.Column) error {
		return w.replaceWork(ctx, tx, id, pgstore.BulkEncrypt, in.Rows, triggers, false, change)
	})
}

// takeBack takes back the order to open a column that is sealed at once, and those of what is sealed with it. The work that they were for ends.
func (w *columnWork) takeBack(ctx context.Context, c *cli.Context, col *guard.ColumnStatus) error {
	status, err := w.look(ctx)
	if err != nil {
		return err
	}
	views := []bulkView{}
	for i := range status.Columns {
		o := &status.Columns[i]
		if !o.Opening() || o.Record.ID != col.Record.ID && (col.Domain == "" || o.Domain != col.Domain) {
			continue
		}
		if err := guard.SealAnew(ctx, w.site.store, o.Record.ID, actor(), func(tx *pgstore.Tx, r *pgstore.Column) error { return w.endWork(ctx, tx, r.ID) }); err != nil {
			return err
		}
		v, err := w.viewOf(ctx, o)
		if err != nil {
			return err
		}
		views = append(views, v)
	}
	return printBulk(c, views)
}

// endWork ends what is ordered, or under way, on the rows of a column.
func (w *columnWork) endWork(ctx context.Context, tx *pgstore.Tx, id [16]byte) error {
	b, err := w.site.store.LockBulk(ctx, tx.Conn(), id)
	if err != nil || b == nil || b.Status.Ended() {
		return err
	}
	b.Status, b.Finished = pgstore.BulkCancelled, time.Now()
	b.Code, b.Reason = "", "the order was taken back"
	return w.site.store.SaveBulk(ctx, tx.Conn(), b)
}

// replaceWork writes the record of work that is ordered, in place of that of another kind, and puts it in the queue. done: there is nothing to do.
func (w *columnWork) replaceWork(ctx context.Context, tx *pgstore.Tx, id [16]byte, kind string, rows int64, triggers string, done bool, change func(*pgstore.Bulk)) error {
	now, err := w.site.store.LockBulk(ctx, tx.Conn(), id)
	if err != nil {
		return err
	}
	if now != nil && now.Kind != kind {
		now.Status = pgstore.BulkCancelled // what it has under way fails on its record
	}
	next, err := bulk.Begin(now, id, kind, rows, triggers, actor())
	if err != nil {
		return err
	}
	change(next)
	if done {
		next.Status, next.Finished = pgstore.BulkDone, time.Now()
	}
	if err := w.site.store.SaveBulk(ctx, tx.Conn(), next); err != nil || done {
		return err
	}
	return bulk.Order(ctx, w.pool, tx.Conn(), id)
}

// seeThrough works on the columns one after the other, unless running proxies are to do it, and says how they stand.
func (w *columnWork) seeThrough(ctx context.Context, c *cli.Context, all []*opening) error {
	views := []bulkView{}
	var failed []error
	for _, o := range all {
		var v bulkView
		_, err := w.settle(ctx, o.col.Record.ID) // as far as it gets: no proxy need be running
		if err != nil {
			return err
		}
		if c.Bool("detach") || o.nothing {
			v, err = w.viewOf(ctx, o.col)
		} else if v, err = w.follow(ctx, c, o.col); err == nil {
			failed = append(failed, v.failure())
		}
		if err != nil {
			return err
		}
		views = append(views, v)
	}
	return errors.Join(append([]error{printBulk(c, views)}, failed...)...)
}

// viewOf is how a column and the work on it stand now.
func (w *columnWork) viewOf(ctx context.Context, col *guard.ColumnStatus) (v bulkView, err error) {
	now, err := w.byRecord(ctx, col.Record.ID)
	if err != nil {
		return v, err
	}
	if now == nil {
		now = col
	}
	b, err := w.site.store.Bulk(ctx, col.Record.ID)
	return bulkViewOf(now, b), err
}
