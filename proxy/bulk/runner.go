package bulk

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/guard"
)

// What becomes of the application's triggers on the rows that are written.
const (
	TriggersNone = "none" // there are none, or it would have been asked
	TriggersRun  = "run"
	TriggersSkip = "skip" // session_replication_role = replica, while a batch is written
)

// Options of a Runner. All but Times and Log are required.
type Options struct {
	Store *pgstore.Store
	Pool  *pgxpool.Pool // connections of the control role for the rows
	// Acquire gives a tenant's key handle; the error is of key management.
	Acquire func(ctx context.Context, tenant string) (Key, error)
	// Column gives how a column stands, by the id of its record; nil where the
	// policy in force does not list it. The error says why nothing may be done now.
	Column func(ctx context.Context, id [16]byte) (*guard.ColumnStatus, error)
	// Tenant says whose the rows of a table are: all one tenant's, or what the
	// column names.
	Tenant func(schema, table string) (tenant, column string)
	// Settle has the guard prove that a column holds no value of the form that must
	// be gone. The note says what keeps it from that; it is empty where the column
	// is sealed, or plain by order.
	Settle func(ctx context.Context, column [16]byte) (note string, err error)
	// Turn waits a while until every proxy writes a column in the way that it is sealed anew in, and nothing from before is under way. The note says
	// what is waited for still.
	Turn func(ctx context.Context, column [16]byte) (note string, err error)
	// Times of applications' statements; nil where this process does not see them.
	Times Times
	Log   *slog.Logger // nil: none
}

// Runner does the work on columns. It is safe for concurrent use on different columns.
type Runner struct {
	o Options

	mu    sync.Mutex
	paces map[[16]byte]*pace // by column

	moved *movement
}

// NewRunner makes a Runner.
func NewRunner(o Options) *Runner {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Runner{o: o, paces: make(map[[16]byte]*pace), moved: &movement{drains: guard.NewDrains(), statements: guard.NewStatementDrains()}}
}

// outcome is how a stretch of work ended.
type outcome int

const (
	goesOn  outcome = iota // there is more to do
	waits                  // for something that comes back by itself
	stopped                // by somebody, or for good
)

// Work goes on with a column for at most the given time, and ends behind the batch that is under way where leaving is closed before. The record of the work
// says how far it came and why it stopped. The error is one of the database or of
// ctx: it was not the work's.
func (r *Runner) Work(ctx context.Context, column [16]byte, most time.Duration, leaving <-chan struct{}) (o outcome, err error) {
	b, err := r.o.Store.Bulk(ctx, column)
	if err != nil {
		return stopped, err
	}
	if b == nil || b.Status == pgstore.BulkPaused || b.Status.Ended() {
		return stopped, nil
	}
	mine, give, err := takeTurn(ctx, r.o.Pool, column)
	if err != nil {
		return goesOn, err
	}
	if !mine {
		return waits, nil
	}
	defer give()
	s := &stretch{Runner: r, bulk: b, kind: r.kindOf(b), rows: batchRows, keys: make(map[string]Key)}
	defer s.release(ctx)
	if err := r.contained(func() (err error) { o, err = s.run(ctx, column, time.Now().Add(most), leaving); return err }); err != nil {
		return s.end(ctx, err)
	}
	return o, nil
}

// run does the work until the end of a stretch. The error is what stops it.
func (s *stretch) run(ctx context.Context, column [16]byte, end time.Time, leaving <-chan struct{}) (outcome, error) {
	if err := s.begin(ctx, column); err != nil {
		return stopped, err
	}
	if s.o.Times != nil {
		defer s.o.Times.Ask()()
	}
	for time.Now().Before(end) && !gone(leaving) {
		began := time.Now()
		done, err := s.step(ctx)
		if err == nil && !done {
			err = s.yield(ctx, time.Since(began), end, leaving)
		}
		if err != nil {
			return stopped, err
		}
		if done {
			return stopped, nil
		}
	}
	return goesOn, nil
}

func gone(leaving <-chan struct{}) bool {
	select {
	case <-leaving:
		return true
	default:
		return false
	}
}
