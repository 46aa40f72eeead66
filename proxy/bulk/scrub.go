package bulk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/guard"
)

// How a table is made anew.
const (
	ScrubRewrite = "rewrite" // VACUUM FULL: locked throughout
	ScrubRepack  = "repack"  // pg_repack: locked at its beginning and its end
)

// ScrubOptions are all required, but for those that say otherwise.
type ScrubOptions struct {
	Store    *pgstore.Store
	Pool     *pgxpool.Pool // connections of the control role
	Method   string        // ScrubRewrite or ScrubRepack
	MaxLock  time.Duration // for which a lock is waited for at once
	Patience time.Duration // for which locks and old transactions are tried again
	Actor    string
	// Repack runs pg_repack on a table; for ScrubRepack alone.
	Repack func(ctx context.Context, table string) error
	// Copies says what else holds old values of the column, or may, for people: it is asked first. Open is asked when every step is done, and says
	// besides where the steps have not had their effect.
	Copies, Open func(ctx context.Context) ([]string, error)
	// Tell hears of each step when it begins and when it has ended, and why one waits.
	Tell func(step *ScrubStep, waitsFor string)
}

// Scrub removes what the old values of a sealed column have left behind in the
// database's files. Each table of the column is made anew, with its TOAST table
// and indexes; then the statistics that the server keeps of it, and the
// catalogues that they lie in.
//
// A row version that an old transaction may still see is carried over into the
// new file. So the end of those is waited for first, and it is looked at what the
// server says afterwards: with FREEZE, relfrozenxid is the transaction before
// which no dead row was carried over.
type Scrub struct {
	Steps []ScrubStep

	o       ScrubOptions
	column  *guard.ColumnStatus
	heaps   []*heap
	missing bool // values that old rows have by a default are kept in pg_attribute
	record  *pgstore.Scrub
	limited *limitedConn // of the steps
	start   int64        // a transaction: before it every row version with a plaintext was dead already
	unclean bool         // a copy or the statistics still hold old values, or may: statistics that are made now may too
}

// ScrubStep is one step, what it costs, and what has become of it.
type ScrubStep struct {
	Name      string
	Object    string
	Statement string
	Lock      string
	Blocks    string
	Bytes     int64
	Estimate  time.Duration
	Outcome   string
	Note      string
	Took      time.Duration

	run func(context.Context, *ScrubStep) error
}

// What became of a step.
const (
	StepAhead  = "ahead"
	StepDone   = "done"
	StepBefore = "done before" // by an earlier go
	StepOpen   = "open"        // somebody else has to do what the note says
)

// ErrBeingWorkedOn: another process works on the column.
var ErrBeingWorkedOn = errors.New("another process is at work on the column just now: see pgseal column status, and try again when it has ended")

// NewScrub looks at what there is to do, and changes nothing.
func NewScrub(ctx context.Context, o ScrubOptions, c *guard.ColumnStatus) (*Scrub, error) {
	s := &Scrub{o: o, column: c}
	if !c.Done() {
		return nil, fmt.Errorf("%s is %s: only a sealed column whose guard is whole is scrubbed", c.Column.String(), c.Called())
	}
	if c.Record.Wanted != "" {
		return nil, fmt.Errorf("%s is ordered to become %s: it is scrubbed once it is to stay sealed (pgseal column encrypt takes the order back)", c.Column.String(), c.Record.Wanted)
	}
	var err error
	if s.heaps, s.missing, err = findHeaps(ctx, o.Pool, c); err != nil {
		return nil, err
	}
	for _, h := range s.heaps {
		if err := h.refused(); err != nil {
			return nil, err
		}
	}
	if s.record, err = o.Store.Scrub(ctx, c.Record.ID); err != nil {
		return nil, err
	}
	if s.record != nil && s.record.OfVersion != c.Record.Version {
		s.record = nil
	}
	return s, s.plan(ctx)
}

// Run goes on from where an earlier go has ended. open are the things that keep
// the column from being called scrubbed, for people; none: it is scrubbed.
func (s *Scrub) Run(ctx context.Context) (open []string, err error) {
	mine, give, err := takeTurn(ctx, s.o.Pool, s.column.Record.ID)
	if err != nil {
		return nil, err
	}
	if !mine {
		return nil, ErrBeingWorkedOn
	}
	defer give()
	if s.limited, err = limit(ctx, s.o.Pool, s.o.MaxLock); err != nil {
		return nil, err
	}
	defer s.limited.release()
	// A copy that is plain now may be sealed when it is looked at last, with dead rows behind it that no step has seen.
	if open, err = s.o.Copies(ctx); err != nil {
		return nil, err
	}
	s.unclean = len(open) > 0
	if err := s.begin(ctx); err != nil {
		return nil, err
	}
	for i := range s.Steps {
		step := &s.Steps[i]
		s.o.Tell(step, "")
		began := time.Now()
		if err := step.run(ctx, step); err != nil {
			return nil, fmt.Errorf("%s %s: %w", step.Name, step.Object, err)
		}
		if step.Outcome == StepAhead {
			step.Outcome = StepDone
		}
		step.Took = time.Since(began)
		s.o.Tell(step, "")
		if step.Outcome == StepOpen {
			open = append(open, step.Note)
		}
	}
	others, err := s.o.Open(ctx)
	for _, one := range others {
		if !slices.Contains(open, one) {
			open = append(open, one)
		}
	}
	if err != nil || len(open) > 0 {
		return open, err
	}
	return nil, s.finish(ctx)
}

// begin finds the record of an earlier go, or makes one.
func (s *Scrub) begin(ctx context.Context) error {
	r, err := s.o.Store.Scrub(ctx, s.column.Record.ID)
	if err != nil {
		return err
	}
	// Every live value was sealed when the column was looked at.
	if s.start, err = s.limited.transaction(ctx); err != nil {
		return err
	}
	if r != nil && r.OfVersion == s.column.Record.Version {
		s.record = r
		return nil
	}
	next := &pgstore.Scrub{Column: s.column.Record.ID, OfVersion: s.column.Record.Version, Started: time.Now()}
	if r != nil {
		next.Version = r.Version
	}
	s.record = next
	return s.save(ctx)
}
