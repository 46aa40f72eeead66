package bulk

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// phaseVerifying is what the pass that looks once more is called in records.
const phaseVerifying = "verifying"

// passed is behind the last row of a pass: another one, the next phase, or the end.
func (s *stretch) passed(ctx context.Context) (done bool, err error) {
	switch {
	case s.fills() && s.bulk.Phase == phaseVerifying: // what changes meanwhile is emptied again, and seen to at the end
		return true, s.finish(ctx)
	case s.bulk.Skipped > 0 && !s.fills():
		return false, s.restart(ctx, s.kind.phase(), s.bulk.Pass+1)
	case s.bulk.Phase != phaseVerifying:
		return false, s.restart(ctx, phaseVerifying, s.bulk.Pass)
	}
	return true, s.finish(ctx)
}

// restart has the rows gone through from the beginning.
func (s *stretch) restart(ctx context.Context, phase string, pass int) error {
	next := *s.bulk
	next.Phase, next.Pass = phase, pass
	next.Relation, next.Position, next.Seen, next.Skipped, next.Verified = 0, nil, 0, 0, 0
	next.CountAfter, next.SumAfter = 0, nil
	err := pgx.BeginFunc(ctx, s.o.Pool, func(tx pgx.Tx) error { return s.o.Store.SaveBulk(ctx, tx, &next) })
	if err == nil {
		s.bulk = &next
	}
	return err
}

// finish has the guard prove it, and ends the work.
func (s *stretch) finish(ctx context.Context) error {
	note, err := s.kind.settle(ctx, s.bulk.Column)
	if err != nil {
		return err
	}
	if note != "" { // should there be plaintext nevertheless, it is looked for once more
		if err := s.restart(ctx, s.kind.phase(), s.bulk.Pass+1); err != nil {
			return err
		}
		return &halt{waits: true, reason: "every value is done; it is not settled yet: " + note}
	}
	next := *s.bulk
	next.Status, next.Code, next.Reason, next.Finished = pgstore.BulkDone, "", "", time.Now()
	s.o.Log.Info("work on a column is done", "column", s.column, "kind", next.Kind, "written", next.Written, "verified", next.Verified)
	return pgx.BeginFunc(ctx, s.o.Pool, func(tx pgx.Tx) error { return s.o.Store.SaveBulk(ctx, tx, &next) })
}

// Begin is the record of work that is ordered: the one there is where it has not ended, so that it goes on from where it was, else a new one. Of another
// kind it must have ended.
func Begin(now *pgstore.Bulk, column [16]byte, kind string, rows int64, triggers, actor string) (*pgstore.Bulk, error) {
	next := &pgstore.Bulk{Column: column, Started: time.Now(), Kind: kind, Phase: phaseOf(kind), Pass: 1, Total: rows}
	switch {
	case now == nil:
	case now.Status.Ended():
		next.Version = now.Version
	case now.Kind != kind:
		return nil, fmt.Errorf("other work on the column is under way (%s, %s): let it end, or cancel it with pgseal column cancel", now.Kind, now.Status)
	default:
		*next = *now
	}
	next.Status, next.Code, next.Reason, next.Triggers, next.Actor = pgstore.BulkRunning, "", "", triggers, actor
	return next, nil
}
