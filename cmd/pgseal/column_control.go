package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/bulk"
	"github.com/legatics/pgseal/proxy/guard"
)

func columnPauseCommand() *cli.Command {
	return columnControl("pause", "stop the work on a column behind the batch that is under way")
}

func columnResumeCommand() *cli.Command {
	return columnControl("resume", "go on with work that was paused, or that has failed")
}

func columnCancelCommand() *cli.Command {
	return columnControl("cancel", "end the work on a column; what is done stays done, and the column stays as it is")
}

// changeWork changes the record of work on a column: pause, resume or cancel.
func changeWork(b *pgstore.Bulk, what string) error {
	if b.Status.Ended() && !(what == "resume" && b.Status == pgstore.BulkFailed) {
		return endedError(b)
	}
	switch what {
	case "pause":
		b.Status = pgstore.BulkPaused
	case "resume":
		b.Status, b.Code, b.Reason = pgstore.BulkRunning, "", ""
	case "cancel":
		b.Status, b.Finished = pgstore.BulkCancelled, time.Now()
	default:
		return fmt.Errorf("%q is not pause, resume or cancel", what)
	}
	return nil
}

// endedError says that there is nothing to pause, to go on with or to end.
func endedError(b *pgstore.Bulk) error {
	if b.Status == pgstore.BulkFailed {
		return errors.New("the work has failed, and nobody is at it: mend what stopped it (pgseal column status), then pgseal column resume")
	}
	kind := cmp.Or(b.Kind, pgstore.BulkEncrypt)
	if kind == pgstore.BulkFill {
		return errors.New("the second column is filled, and no other work is under way; pgseal column encrypt has it take the place of the first, pgseal column cancel takes it away")
	}
	return fmt.Errorf("the work (%s) is %s, and no other is under way; pgseal column %s orders it again", kind, b.Status, kind)
}

// columnControl is a command that changes the record of work on a column.
func columnControl(name, usage string) *cli.Command {
	return &cli.Command{
		Name: name, Usage: usage, ArgsUsage: "SCHEMA.TABLE.COLUMN", Flags: []cli.Flag{databaseFlag(), configFlag(), jsonFlag()},
		Action: func(c *cli.Context) error {
			return withColumn(c, func(ctx context.Context, w *columnWork, col *guard.ColumnStatus) error {
				now, err := w.control(ctx, name, col)
				if err != nil {
					return err
				}
				return printBulk(c, []bulkView{bulkViewOf(col, now)})
			})
		},
	}
}

// control pauses, resumes or cancels the work on a column.
func (w *columnWork) control(ctx context.Context, what string, col *guard.ColumnStatus) (now *pgstore.Bulk, err error) {
	err = w.site.store.ChangeBulk(ctx, col.Record.ID, func(b *pgstore.Bulk) (*pgstore.Bulk, error) {
		if b == nil {
			return nil, errors.New("no work on the column was ever ordered")
		}
		now = b
		return b, changeWork(b, what)
	})
	if err == nil && what == "resume" {
		err = pgx.BeginFunc(ctx, w.pool, func(tx pgx.Tx) error { return bulk.Order(ctx, w.pool, tx, col.Record.ID) })
	}
	if what == "cancel" && col.State() != pgstore.ColumnSealed { // what was filled beside goes, whoever filled it
		err = w.withoutSecond(ctx, col, now, err)
	}
	return now, err
}
