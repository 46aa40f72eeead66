package bulk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/guard"
)

// Times of a conversion at once.
const (
	openLimit  = 30 * time.Second // for every live proxy to read both forms
	openEvery  = 100 * time.Millisecond
	elderLimit = 10 * time.Second // for what was under way before that
	swapTries  = 20               // to get the locks
	drainTries = 3                // to find no transaction with an old snapshot
	swapEvery  = 250 * time.Millisecond
	drainLimit = time.Second // for transactions that keep an old snapshot
	drainEvery = 50 * time.Millisecond
)

// Pause is how long writes may wait, or have waited, and for how many values.
type Pause struct {
	Values int64
	Took   time.Duration
}

// notYet is a reason to try again.
type notYet struct{ reason string }

func (n *notYet) Error() string { return n.reason }

// PauseError says that a conversion at once took longer than writes were to wait. Nothing of it is left.
type PauseError struct{ Most time.Duration }

func (e *PauseError) Error() string {
	return fmt.Sprintf("it took longer than the %s that writes may wait, and was undone: nothing has changed", e.Most)
}

// Run converts the columns. Writes of their tables wait for at most the given time, else all is undone.
func (s *Swap) Run(ctx context.Context, most time.Duration, actor string) (p Pause, err error) {
	s.actor = actor
	give, err := s.takeTurns(ctx)
	if err != nil {
		return p, err
	}
	defer give()
	if !s.opening {
		err = guard.EnsureFunction(ctx, s.r.o.Store)
	}
	if err != nil {
		return p, err
	}
	for try, undrained := 1, 0; ; try++ {
		if err = s.open(ctx); err == nil {
			err = s.outlived(ctx)
		}
		if err == nil {
			err = s.r.o.Store.Update(ctx, func(tx *pgstore.Tx) (err error) {
				p, err = s.transact(ctx, tx, most, actor)
				return err
			})
		}
		var wait *notYet
		var server *pgconn.PgError
		if errors.As(err, &wait) {
			undrained++
		}
		again := errors.Is(err, pgstore.ErrBusy) || errors.Is(err, pgstore.ErrConflict) || undrained > 0 && undrained < drainTries && wait != nil || errors.As(err, &server) && busy(server.Code)
		if err == nil || !again || try == swapTries {
			return p, swapError(err)
		}
		if err := sleep(ctx, swapEvery); err != nil {
			return p, err
		}
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// swapError says what the server has refused, without anything of a row.
func swapError(err error) error {
	var server *pgconn.PgError
	switch {
	case !errors.As(err, &server):
		return err
	case busy(server.Code):
		return errors.New("the tables could not be locked for it, for others hold them: try again when there is less to do, nothing has changed")
	case server.Code == "23505":
		return fmt.Errorf("values that have to differ do not once they are converted: the constraint %s (SQLSTATE 23505); nothing has changed", server.ConstraintName)
	case server.ConstraintName != "":
		return fmt.Errorf("the constraint %s does not hold (SQLSTATE %s); nothing has changed", server.ConstraintName, server.Code)
	}
	return fmt.Errorf("the server refuses it: %s (SQLSTATE %s); nothing has changed", server.Message, server.Code)
}

// takeTurns takes the turns of all columns, on one connection.
func (s *Swap) takeTurns(ctx context.Context) (give func(), err error) {
	conn, err := s.r.o.Pool.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	give = func() { // the connection's end gives them back, whatever happens
		limited, stop := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer stop()
		_ = conn.Conn().Close(limited)
		conn.Release()
	}
	for _, id := range s.ids() {
		for try := 0; ; try++ {
			var mine bool
			if err := conn.QueryRow(ctx, "SELECT pg_catalog.pg_try_advisory_lock($1::int4, $2::int4)", guard.TurnClass, guard.TurnKey(id)).Scan(&mine); err != nil {
				give()
				return nil, err
			}
			if mine {
				break
			}
			if try == swapTries {
				give()
				return nil, errors.New("somebody else works on the column: see pgseal column status")
			}
			if err := sleep(ctx, swapEvery); err != nil {
				give()
				return nil, err
			}
		}
	}
	return give, nil
}

// open makes the columns readable and waits until every live proxy works by that.
func (s *Swap) open(ctx context.Context) error {
	for end := time.Now().Add(openLimit); ; {
		names, err := s.readable(ctx)
		switch {
		case err == nil && names == "":
			return nil
		case err != nil && !errors.Is(err, pgstore.ErrBusy) && !errors.Is(err, pgstore.ErrConflict):
			return err
		case time.Now().After(end) && names != "":
			return fmt.Errorf("not every live proxy reads both forms of the column yet: %s: try again, nothing has changed", names)
		case time.Now().After(end):
			return errors.New("other changes of columns are under way: try again")
		}
		if err := sleep(ctx, openEvery); err != nil {
			return err
		}
	}
}

// outlived waits until the transactions have ended that were under way when every live proxy had begun to read both forms. A statement of theirs that was
// planned before, and waits for something, would take sealed values for plaintext, and find nothing by what it looks for.
func (s *Swap) outlived(ctx context.Context) error {
	drains := guard.NewStatementDrains()
	for end := time.Now().Add(elderLimit); ; {
		left, err := drains.Ended(ctx, s.r.o.Pool, "")
		switch {
		case err != nil || left == "":
			return err
		case time.Now().After(end):
			return fmt.Errorf("transactions that began before every proxy read both forms of the column are open, and may take sealed values for plaintext, in the server's %s: "+
				"end them, or try again later; nothing has changed", left)
		}
		if err := sleep(ctx, openEvery); err != nil {
			return err
		}
	}
}

// transact is the transaction.
func (s *Swap) transact(ctx context.Context, tx *pgstore.Tx, most time.Duration, actor string) (p Pause, err error) {
	w := &swapTx{Swap: s, tx: tx, db: tx.Conn()}
	if _, err := w.db.Exec(ctx, "SET LOCAL lock_timeout = '1s'; SET LOCAL row_security = off; "+writtenExactly, pgx.QueryExecModeSimpleProtocol); err != nil {
		return p, err
	}
	if _, err := w.db.Exec(ctx, s.lock("SHARE ROW EXCLUSIVE")); err != nil {
		return p, err
	}
	began := time.Now()
	w.end = began.Add(most)
	limited, stop := context.WithDeadline(ctx, w.end.Add(time.Second)) // the server is told to stop before
	defer stop()
	err = w.run(limited, actor)
	for _, c := range s.columns() {
		p.Values += c.written
	}
	p.Took = time.Since(began)
	return p, outOfTime(ctx, limited, most, err)
}

// outOfTime says so of an error that is there because the time of a limited context is over.
func outOfTime(ctx, limited context.Context, most time.Duration, err error) error {
	var server *pgconn.PgError
	if err != nil && ctx.Err() == nil && (limited.Err() != nil || errors.As(err, &server) && server.Code == "57014" || errors.Is(err, context.DeadlineExceeded)) {
		return &PauseError{most}
	}
	return err
}

// writtenExactly has values come as text that says all of them, in the form that they are read in.
const writtenExactly = "SET LOCAL extra_float_digits = 1; SET LOCAL intervalstyle = 'postgres'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL timezone = 'UTC'"
