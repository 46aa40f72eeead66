package bulk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// sampleRows is how many rows a rate is measured by.
const sampleRows = 2000

// errMeasured ends the transaction of a measurement.
var errMeasured = errors.New("bulk: measured")

// fixedPause is what the server takes for locks, keys and the guard, however few rows there are.
const fixedPause = 200 * time.Millisecond

// Estimate says how long writes would wait: the values are counted, and what some of them take is measured, on copies in a temporary table.
func (s *Swap) Estimate(ctx context.Context) (p Pause, err error) {
	p.Took = fixedPause
	for _, t := range s.tables {
		for _, c := range t.columns {
			values, each, err := s.measure(ctx, t, c)
			if err != nil {
				return p, err
			}
			p.Values += values
			p.Took += time.Duration(values) * each
		}
	}
	return p, nil
}

func (s *Swap) measure(ctx context.Context, t *swapTable, c *swapColumn) (values int64, each time.Duration, err error) {
	var most int64
	var sample *leaf
	for _, l := range c.leaves {
		var n int64
		if err := s.r.o.Pool.QueryRow(ctx, fmt.Sprintf("SELECT count(%s) FROM ONLY %s", l.column, l.name)).Scan(&n); err != nil {
			return 0, 0, err
		}
		if values += n; n > most {
			most, sample = n, l
		}
	}
	if sample == nil {
		return 0, 0, nil
	}
	err = pgx.BeginFunc(ctx, s.r.o.Pool, func(tx pgx.Tx) (err error) {
		if each, err = c.try(ctx, tx, t, sample); err == nil {
			err = errMeasured
		}
		return err
	})
	if !errors.Is(err, errMeasured) {
		return 0, 0, err
	}
	return values, each, nil
}

// try seals some values of a table and writes them into copies of their rows, with copies of the indexes; what it takes for each is the answer, with half
// of it on top: other work goes on beside it.
func (c *swapColumn) try(ctx context.Context, tx pgx.Tx, t *swapTable, l *leaf) (each time.Duration, err error) {
	setup := fmt.Sprintf(`%s; CREATE TEMP TABLE pgseal_rows ON COMMIT DROP AS SELECT * FROM ONLY %s LIMIT %d; CREATE TEMP TABLE pgseal_copy (LIKE %[2]s INCLUDING INDEXES) ON COMMIT DROP`,
		writtenExactly, l.name, sampleRows)
	if _, err := tx.Exec(ctx, setup, pgx.QueryExecModeSimpleProtocol); err != nil {
		return 0, err
	}
	if _, err := tx.Exec(ctx, t.create()); err != nil {
		return 0, err
	}
	began, n := time.Now(), 0
	for position, last := []string(nil), false; !last && n < sampleRows; {
		b, err := l.read(ctx, tx, position, extent{rows: batchRows, ranges: c.ranges})
		if err != nil {
			return 0, err
		}
		position, last = b.next, b.last
		out, err := c.sealBatch(ctx, l, b)
		if err != nil {
			return 0, err
		}
		if n += len(b.rows); len(out.places) == 0 {
			continue
		}
		if _, err := tx.Exec(ctx, t.insert(c), int64(l.relation), out.places, out.values); err != nil {
			return 0, err
		}
	}
	if n == 0 {
		return 0, nil
	}
	if _, err := tx.Exec(ctx, "INSERT INTO pg_temp.pgseal_copy SELECT * FROM pg_temp.pgseal_rows", pgx.QueryExecModeSimpleProtocol); err != nil {
		return 0, err
	}
	return time.Since(began) * 3 / 2 / time.Duration(n), nil
}
