package bulk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// swapTx is the transaction that converts columns, from where the tables are locked against writes.
type swapTx struct {
	*Swap
	tx  *pgstore.Tx
	db  pgx.Tx
	end time.Time // by when it is to be over
}

// exec has the server stop by itself when the time is over: it would else go on, with its locks, for as long as the statement takes.
func (w *swapTx) exec(ctx context.Context, sql string, args ...any) error {
	if err := w.limit(ctx); err != nil {
		return err
	}
	_, err := w.db.Exec(ctx, sql, args...)
	return err
}

func (w *swapTx) limit(ctx context.Context) error {
	left := time.Until(w.end).Milliseconds()
	if left <= 0 {
		return context.DeadlineExceeded
	}
	_, err := w.db.Exec(ctx, fmt.Sprintf("SET LOCAL statement_timeout = %d", left))
	return err
}

func (w *swapTx) run(ctx context.Context, actor string) error {
	names, err := w.ready(ctx)
	if err != nil {
		return err
	}
	if names != "" {
		return &notYet{"not every live proxy reads both forms of the column yet: " + names}
	}
	if w.foreign, err = foreignKeys(ctx, w.db, w.statuses()); err != nil {
		return err
	}
	for _, t := range w.tables {
		if err := w.exec(ctx, t.create()); err != nil {
			return err
		}
		for _, c := range t.columns {
			if err := w.seal(ctx, t, c); err != nil {
				return err
			}
		}
	}
	for i, sql := range w.convert() {
		if err := w.exec(ctx, sql); err != nil {
			return err
		}
		if i == 0 { // the tables are locked
			if err := w.drained(ctx); err != nil {
				return err
			}
			if err := w.unguard(ctx); err != nil {
				return err
			}
		}
	}
	if err := w.limit(ctx); err != nil {
		return err
	}
	if err := w.settle(ctx); err != nil {
		return err
	}
	return w.keep(ctx, actor)
}

// seal puts the sealed values of a column into the table of them.
func (w *swapTx) seal(ctx context.Context, t *swapTable, c *swapColumn) error {
	c.sum, c.written = sumOf(c.form.record, 0, nil), 0
	for _, l := range c.leaves {
		for position, last := []string(nil), false; !last; {
			if err := w.limit(ctx); err != nil {
				return err
			}
			b, err := l.read(ctx, w.db, position, extent{rows: batchRows, ranges: c.ranges})
			if err != nil {
				return err
			}
			position, last = b.next, b.last
			out, err := c.sealBatch(ctx, l, b)
			if err != nil {
				return err
			}
			if len(out.places) == 0 {
				continue
			}
			if err := w.put(ctx, t, c, l, out); err != nil {
				return err
			}
			c.written += int64(len(out.places))
		}
	}
	return nil
}

// sealBatch seals what of a batch is not sealed.
func (c *swapColumn) sealBatch(ctx context.Context, l *leaf, b *batch) (out sealedRows, err error) {
	for i := range b.rows {
		r := &b.rows[i]
		key, err := c.key(ctx, l, r)
		if err != nil {
			return out, err
		}
		plain, sealed, err := c.kind.treat(c.form, key, r.value)
		if err == nil && c.sum != nil {
			err = c.sum.add(key, plain)
		}
		if err != nil {
			return out, spoilt(err)
		}
		if sealed != nil {
			out.add(r, sealed)
		}
	}
	return out, nil
}

// drained waits for a moment at which no transaction of several statements keeps a snapshot of before, where rows are written anew: to that the table
// would look empty afterwards. What waits for a lock is left out, as for this one's.
func (w *swapTx) drained(ctx context.Context) error {
	rewritten := false
	for _, t := range w.tables {
		rewritten = rewritten || t.rewritten()
	}
	if !rewritten {
		return nil
	}
	for end := time.Now().Add(drainLimit); ; {
		rows, err := w.db.Query(ctx, `SELECT a.pid FROM (SELECT pg_catalog.pg_stat_clear_snapshot()) AS fresh, pg_catalog.pg_stat_activity a
			WHERE a.datname = pg_catalog.current_database() AND a.pid <> pg_catalog.pg_backend_pid() AND a.backend_xmin IS NOT NULL
			AND (a.state LIKE 'idle in transaction%' OR a.state = 'active' AND a.xact_start < a.query_start AND a.wait_event_type IS DISTINCT FROM 'Lock')`)
		if err != nil {
			return err
		}
		pids, err := pgx.CollectRows(rows, pgx.RowTo[int32])
		if err != nil || len(pids) == 0 {
			return err
		}
		if time.Now().After(end) {
			return &notYet{"transactions that keep an older snapshot are open (REPEATABLE READ, or a cursor), in the server's processes " +
				strings.Trim(fmt.Sprint(pids), "[]") + ": end them, or try again later"}
		}
		if err := sleep(ctx, drainEvery); err != nil {
			return err
		}
	}
}

// keep records the work, and orders what comes behind it: every value is read and opened once more.
func (w *swapTx) keep(ctx context.Context, actor string) error {
	for _, c := range w.columns() {
		id := c.form.record.ID
		now, err := w.r.o.Store.Bulk(ctx, id)
		if err != nil {
			return err
		}
		b := &pgstore.Bulk{Column: id, Status: pgstore.BulkRunning, Started: time.Now(), Kind: w.kind(), Phase: phaseVerifying, Pass: 1,
			Total: c.sum.count, Written: c.written, Count: c.sum.count, Sum: c.sum.sum[:], Triggers: w.triggers, Actor: actor}
		if now != nil {
			b.Version = now.Version
		}
		if w.anew {
			b.Round = c.form.record.Round + 1
		}
		if err := w.r.o.Store.SaveBulk(ctx, w.db, b); err != nil {
			return err
		}
		if err := Order(ctx, w.r.o.Pool, w.db, id); err != nil {
			return err
		}
	}
	return nil
}
