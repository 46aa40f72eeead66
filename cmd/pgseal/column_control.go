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
	return columnControl("pause", "stop the work on a column behind the batch that is under way", func(b *pgstore.Bulk) error {
		if b.Status.Ended() {
			return endedError(b)
		}
		b.Status = pgstore.BulkPaused
		return nil
	}, false)
}

func columnResumeCommand() *cli.Command {
	return columnControl("resume", "go on with work that was paused, or that has failed", func(b *pgstore.Bulk) error {
		if b.Status == pgstore.BulkDone || b.Status == pgstore.BulkCancelled {
			return endedError(b)
		}
		b.Status, b.Code, b.Reason = pgstore.BulkRunning, "", ""
		return nil
	}, true)
}

func columnCancelCommand() *cli.Command {
	return columnControl("cancel", "end the work on a column; what is done stays done, and the column stays as it is", func(b *pgstore.Bulk) error {
		if b.Status.Ended() {
			return endedError(b)
		}
		b.Status, b.Finished = pgstore.BulkCancelled, time.Now()
		return nil
	}, false)
}

// endedError says that there is nothing to pause, to go on with or to end.
func endedError(b *pgstore.Bulk) error {
	if b.Status == pgstore.BulkFailed {
		return errors.New("the work has failed, and nobody is at it: mend what stopped it (pgseal column status), then pgseal column resume")
	}
	kind := cmp.Or(b.Kind, pgstore.BulkEncrypt)
	return fmt.Errorf("the work (%s) is %s, and no other is under way; pgseal column %s orders it again", kind, b.Status, kind)
}

// columnControl is a command that changes the record of work on a column.
func columnControl(name, usage string, change func(*pgstore.Bulk) error, order bool) *cli.Command {
	return &cli.Command{
		Name: name, Usage: usage, ArgsUsage: "SCHEMA.TABLE.COLUMN", Flags: []cli.Flag{databaseFlag(), configFlag(), jsonFlag()},
		Action: func(c *cli.Context) error {
			return withColumn(c, func(ctx context.Context, w *columnWork, col *guard.ColumnStatus) error {
				var now *pgstore.Bulk
				err := w.site.store.ChangeBulk(ctx, col.Record.ID, func(b *pgstore.Bulk) (*pgstore.Bulk, error) {
					if b == nil {
						return nil, errors.New("no work on the column was ever ordered")
					}
					now = b
					return b, change(b)
				})
				if name == "cancel" && col.State() != pgstore.ColumnSealed { // what was filled beside goes, whoever filled it
					err = w.withoutSecond(ctx, col, now, err)
				}
				if err != nil {
					return err
				}
				if order {
					if err := pgx.BeginFunc(ctx, w.pool, func(tx pgx.Tx) error { return bulk.Order(ctx, w.pool, tx, col.Record.ID) }); err != nil {
						return err
					}
				}
				return printBulk(c, []bulkView{bulkViewOf(col, now)})
			})
		},
	}
}
