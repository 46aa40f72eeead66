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

// Bounds of the end.
const (
	lastRows   = 500             // that may be left for the transaction that locks the table
	restTries  = 50              // to get there, while applications write
	oldLimit   = 2 * time.Minute // for transactions that see the table as it was before it was filled
	oldMessage = "transactions are open that see the table as it was before its second column was filled, in the server's %s: end them, or try again later; nothing has changed"
)

// Finish has the filled second column take the place of the first. Reads and writes of the table wait for at most the given time, else that is undone as a whole.
func (b *Beside) Finish(ctx context.Context, most time.Duration, actor string) (p Pause, err error) {
	give, err := b.takeTurns(ctx)
	if err != nil {
		return p, err
	}
	defer give()
	if err := guard.EnsureFunction(ctx, b.r.o.Store); err != nil {
		return p, err
	}
	indexes, err := b.indexes(ctx, b.r.o.Pool)
	if err != nil {
		return p, err
	}
	if err := b.build(ctx, indexes); err != nil {
		return p, err
	}
	if err := b.fillRest(ctx); err != nil {
		return p, err
	}
	if err := b.seenByAll(ctx); err != nil {
		return p, err
	}
	for try := 1; ; try++ {
		p, err = b.once(ctx, most, actor)
		var wait *notYet
		var server *pgconn.PgError
		again := errors.Is(err, pgstore.ErrBusy) || errors.Is(err, pgstore.ErrConflict) || errors.As(err, &wait) || errors.As(err, &server) && busy(server.Code)
		if err == nil || !again || try == swapTries {
			return p, swapError(err)
		}
		if err := sleep(ctx, swapEvery); err != nil {
			return p, err
		}
	}
}

// once tries it.
func (b *Beside) once(ctx context.Context, most time.Duration, actor string) (p Pause, err error) {
	if err := b.open(ctx); err != nil {
		return p, err
	}
	if err := b.outlived(ctx); err != nil {
		return p, err
	}
	if err := b.fillRest(ctx); err != nil {
		return p, err
	}
	err = b.r.o.Store.Update(ctx, func(tx *pgstore.Tx) (err error) {
		p, err = b.transact(ctx, tx, most, actor)
		return err
	})
	return p, err
}

// seenByAll waits until no transaction sees a row as it was before its sealed value was put beside it: it would find nothing where the value was. Rows that are
// changed later have a mark there, which is no value, so that such a transaction gets an error at worst.
func (b *Beside) seenByAll(ctx context.Context) error {
	drains := guard.NewDrains()
	for end := time.Now().Add(oldLimit); ; {
		left, err := drains.Ended(ctx, b.r.o.Pool, "")
		switch {
		case err != nil || left == "":
			return err
		case time.Now().After(end):
			return fmt.Errorf(oldMessage, left)
		}
		if err := sleep(ctx, openEvery); err != nil {
			return err
		}
	}
}

// fillRest fills what is left until that is little.
func (b *Beside) fillRest(ctx context.Context) error {
	for range restTries {
		filled := 0
		err := pgx.BeginFunc(ctx, b.r.o.Pool, func(tx pgx.Tx) (err error) {
			begin := "SET LOCAL lock_timeout = '400ms'; SET LOCAL enable_seqscan = off; " + writtenExactly
			if b.triggers == TriggersSkip {
				begin += "; " + skipTriggers
			}
			if _, err = tx.Exec(ctx, begin, pgx.QueryExecModeSimpleProtocol); err != nil {
				return err
			}
			filled, err = b.fill(ctx, tx, batchRows, true)
			return err
		})
		var server *pgconn.PgError
		if errors.As(err, &server) && busy(server.Code) {
			err = sleep(ctx, swapEvery)
		}
		if err != nil {
			return err
		}
		if filled < lastRows/5 {
			return nil
		}
	}
	return nil // the transaction itself says whether too much is left
}

// fill puts sealed values beside at most so many rows that have none.
func (b *Beside) fill(ctx context.Context, tx pgx.Tx, most int, shared bool) (int, error) {
	lock := ""
	if shared {
		lock = " FOR UPDATE SKIP LOCKED"
	}
	l := *b.leaf
	l.key = nil
	rows, err := tx.Query(ctx, fmt.Sprintf("SELECT %s FROM ONLY %s AS t WHERE %s LIMIT $1%s", l.output(), l.name, b.second.rest("t.", l.column), lock), most)
	if err != nil {
		return 0, err
	}
	var found batch
	for rows.Next() {
		found.add(rows.RawValues())
	}
	rows.Close()
	if err := rows.Err(); err != nil || len(found.rows) == 0 {
		return 0, err
	}
	out, err := b.column.sealBatch(ctx, &l, &found)
	if err != nil {
		return 0, err
	}
	if _, err := l.put(ctx, tx, out, false); err != nil {
		return 0, err
	}
	return len(out.places), nil
}

// transact is the transaction.
func (b *Beside) transact(ctx context.Context, tx *pgstore.Tx, most time.Duration, actor string) (p Pause, err error) {
	w := &swapTx{Swap: b.Swap, tx: tx, db: tx.Conn()}
	begin := "SET LOCAL lock_timeout = '1s'; SET LOCAL row_security = off; SET LOCAL enable_seqscan = off; " + writtenExactly
	if _, err := w.db.Exec(ctx, begin, pgx.QueryExecModeSimpleProtocol); err != nil {
		return p, err
	}
	asked := time.Now()
	if _, err := w.db.Exec(ctx, b.lock("ACCESS EXCLUSIVE")); err != nil {
		return p, err
	}
	w.end = time.Now().Add(most)
	limited, stop := context.WithDeadline(ctx, w.end.Add(time.Second)) // the server is told to stop before
	defer stop()
	values, err := b.takePlace(limited, w, actor)
	p.Values, p.Took = int64(values), time.Since(asked) // whoever came behind it has waited for the lock, too
	return p, outOfTime(ctx, limited, most, err)
}

func (b *Beside) takePlace(ctx context.Context, w *swapTx, actor string) (values int, err error) {
	if err := b.asAgreed(ctx, w); err != nil {
		return 0, err
	}
	if err := w.limit(ctx); err != nil {
		return 0, err
	}
	if values, err = b.fillLast(ctx, w.db); err != nil {
		return 0, err
	}
	indexes, err := b.indexes(ctx, w.db)
	if err != nil {
		return 0, err
	}
	obstacles, err := b.obstacles(ctx, w.db)
	if err != nil {
		return 0, err
	}
	if found := append(blockingOf(indexes), obstacles...); len(found) > 0 {
		return 0, fmt.Errorf("the table was changed meanwhile: %s; nothing has changed", found[0])
	}
	attnum, notNull, comment, err := b.manner(ctx, w.db)
	if err != nil {
		return 0, err
	}
	for _, sql := range b.convert(indexes, notNull, comment) {
		if err := w.exec(ctx, sql); err != nil {
			return 0, err
		}
	}
	if err := guard.TakePlace(ctx, w.tx, b.record.ID, attnum); err != nil {
		return 0, err
	}
	if err := w.limit(ctx); err != nil {
		return 0, err
	}
	if err := guard.Seal(ctx, b.r.o.Store, w.tx, b.ids()); err != nil {
		return 0, err
	}
	return values, b.keep(ctx, w, actor)
}

// asAgreed: every live proxy reads both forms, and what was filled is what the record says now.
func (b *Beside) asAgreed(ctx context.Context, w *swapTx) error {
	names, err := guard.Ready(ctx, w.tx, b.policy, b.ids())
	if err != nil {
		return err
	}
	if names != "" {
		return &notYet{"not every live proxy reads both forms of the column yet: " + names}
	}
	work, err := b.r.o.Store.LockBulk(ctx, w.db, b.record.ID)
	if err != nil {
		return err
	}
	if work == nil || work.Kind != pgstore.BulkFill || work.Status != pgstore.BulkDone {
		return errors.New("the second column is not filled, or the work on it was ordered anew: see pgseal column status; nothing has changed")
	}
	settings, err := settingsOf(work.Settings)
	if err == nil && settings.Form != FormDigest(b.record) {
		err = errForm
	}
	return err
}

// fillLast fills what is left under the lock of the table. None of it may be without a mark (seenByAll).
func (b *Beside) fillLast(ctx context.Context, db pgx.Tx) (values int, err error) {
	var without, deep bool
	rest := b.second.rest("t.", b.leaf.column)
	if err := db.QueryRow(ctx, fmt.Sprintf("SELECT EXISTS (SELECT FROM ONLY %s t WHERE %s AND t.%s IS NULL), (SELECT count(*) > $1 FROM (SELECT FROM ONLY %[1]s t WHERE %[2]s LIMIT $1 + 1) r)",
		b.leaf.name, rest, b.second.name), lastRows).Scan(&without, &deep); err != nil {
		return 0, err
	}
	if without || deep {
		return 0, &notYet{"applications write faster than the second column is filled: take it to a time with fewer writes; nothing has changed"}
	}
	if b.triggers == TriggersSkip {
		if _, err := db.Exec(ctx, skipTriggers); err != nil {
			return 0, err
		}
	}
	if values, err = b.fill(ctx, db, lastRows+1, false); err != nil || b.triggers != TriggersSkip {
		return values, err
	}
	_, err = db.Exec(ctx, "SET LOCAL session_replication_role = origin")
	return values, err
}

// keep records that the column is sealed, and orders what comes behind it: every value is opened once more.
func (b *Beside) keep(ctx context.Context, w *swapTx, actor string) error {
	now, err := b.r.o.Store.LockBulk(ctx, w.db, b.record.ID)
	if err != nil {
		return err
	}
	next := *now
	next.Kind, next.Status, next.Phase, next.Pass, next.Settings, next.Actor = pgstore.BulkEncrypt, pgstore.BulkRunning, phaseVerifying, 1, "", actor
	next.Code, next.Reason, next.Relation, next.Position, next.Finished = "", "", 0, nil, time.Time{}
	next.Seen, next.Skipped, next.Verified, next.CountAfter, next.SumAfter = 0, 0, 0, 0, nil
	if err := b.r.o.Store.SaveBulk(ctx, w.db, &next); err != nil {
		return err
	}
	return Order(ctx, b.r.o.Pool, w.db, b.record.ID)
}
