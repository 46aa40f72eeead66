package bulk

import (
	"context"
	"encoding/hex"
	"errors"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"
)

// schema is where River's tables lie, beside the store's.
const schema = "pgseal"

// queue is the name of River's queue.
const queue = "pgseal"

// ColumnArgs is a job: the id of a column's record, and nothing that could be
// ordered by whoever writes the table.
type ColumnArgs struct {
	Column string `json:"column"` // 16 bytes in hex
}

// Kind implements river.JobArgs.
func (ColumnArgs) Kind() string { return "pgseal_column" }

// Times of the queue.
const (
	stretchTime = 30 * time.Second  // of a job's run; then it goes to the end of the queue
	jobTimeout  = 2 * time.Minute   // after which a run is cancelled
	rescueAfter = 150 * time.Second // after which a job whose process died is given to another
	waitTime    = 2 * time.Second   // before a job that waits is tried again
	adoptEvery  = 2 * time.Second   // between two looks for jobs whose process died
	retryTime   = 5 * time.Second   // before a job is tried again that the database failed
)

// Order puts the work on a column in the queue, within tx where the record of it
// is written. A job that is in the queue already is enough.
func Order(ctx context.Context, pool *pgxpool.Pool, tx pgx.Tx, column [16]byte) error {
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{Schema: schema, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	_, err = client.InsertTx(ctx, tx, ColumnArgs{hex.EncodeToString(column[:])}, &river.InsertOpts{Queue: queue, MaxAttempts: 1 << 15, UniqueOpts: river.UniqueOpts{ByArgs: true,
		ByState: []rivertype.JobState{rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning, rivertype.JobStateRetryable, rivertype.JobStateScheduled}}})
	return err
}

// worker carries out jobs.
type worker struct {
	river.WorkerDefaults[ColumnArgs]
	runner  *Runner
	leaving <-chan struct{}
}

// Work implements river.Worker.
func (w *worker) Work(ctx context.Context, job *river.Job[ColumnArgs]) error {
	id, err := hex.DecodeString(job.Args.Column)
	if err != nil || len(id) != 16 {
		return river.JobCancel(errors.New("bulk: the job names no column's record"))
	}
	var o outcome
	err = w.runner.contained(func() (err error) { o, err = w.runner.Work(ctx, [16]byte(id), stretchTime, w.leaving); return err })
	switch {
	case err != nil && ctx.Err() != nil:
		return river.JobSnooze(0) // whoever starts next goes on
	case err != nil:
		return err
	case o == goesOn:
		return river.JobSnooze(0)
	case o == waits:
		return river.JobSnooze(waitTime)
	}
	return nil
}

// steadyRetry tries again at a steady pace: the database comes back.
type steadyRetry struct{}

func (steadyRetry) NextRetry(*rivertype.JobRow) time.Time { return time.Now().UTC().Add(retryTime) }

// Serve carries out jobs of the queue until ctx ends, at most one at a time.
// Several processes may do it. pool is for the queue alone.
func Serve(ctx context.Context, pool *pgxpool.Pool, runner *Runner) error {
	workers := river.NewWorkers()
	if err := river.AddWorkerSafely(workers, &worker{runner: runner, leaving: ctx.Done()}); err != nil {
		return err
	}
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{
		Schema: schema, Workers: workers, Queues: map[string]river.QueueConfig{queue: {MaxWorkers: 1}},
		JobTimeout: jobTimeout, RescueStuckJobsAfter: rescueAfter, RetryPolicy: steadyRetry{},
		PollOnly: true, // whatever stands between may not pass notifications on
		Logger:   slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return err
	}
	if err := client.Start(context.WithoutCancel(ctx)); err != nil { // whose end would cancel the batch under way
		return err
	}
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-time.After(adoptEvery):
			_ = errors.Join(adopt(ctx, pool), lost(ctx, pool)) // the next look may succeed; what is lost is time
		}
	}
	return errors.Join(leave(context.WithoutCancel(ctx), client), ctx.Err())
}

// leaveTime is what the batch under way has for its end when the work is left.
const leaveTime = 5 * time.Second

// leave ends a client behind the batch under way; where that takes too long, it is undone.
func leave(ctx context.Context, client *river.Client[pgx.Tx]) error {
	soft, stop := context.WithTimeout(ctx, leaveTime)
	defer stop()
	if client.Stop(soft) == nil {
		return nil
	}
	hard, stop := context.WithTimeout(ctx, leaveTime)
	defer stop()
	if err := client.StopAndCancel(hard); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}
