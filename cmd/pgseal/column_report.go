package main

import (
	"context"
	"fmt"
	"time"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/bulk"
	"github.com/legatics/pgseal/proxy/guard"
)

// workReport is what work on a column came to, told at its end.
type workReport struct {
	Seconds float64    `json:"seconds"`
	Rate    float64    `json:"values_per_second"` // with all passes
	Passes  int        `json:"passes"`            // that wrote
	Skipped int64      `json:"rows_skipped"`      // left to another pass, as far as this command has seen
	WAL     int64      `json:"wal_bytes"`         // that the server has written since the command began, for whomever
	Vacuum  vacuumView `json:"vacuum"`
}

// walPosition is how much WAL the server has ever written.
func (w *columnWork) walPosition(ctx context.Context) (n int64, err error) {
	err = w.pool.QueryRow(ctx, "SELECT (pg_catalog.pg_current_wal_lsn() OPERATOR(pg_catalog.-) '0/0'::pg_catalog.pg_lsn)::int8").Scan(&n)
	return n, err
}

// reportOf is the report of work that has ended. from is the position of the WAL when the command began.
func (w *columnWork) reportOf(ctx context.Context, col *guard.ColumnStatus, b *pgstore.Bulk, skipped, from int64) (*workReport, error) {
	v, err := bulk.LookVacuum(ctx, w.pool, col)
	if err != nil {
		return nil, err
	}
	now, err := w.walPosition(ctx)
	if err != nil {
		return nil, err
	}
	took := max(b.Finished.Sub(b.Started), time.Millisecond)
	return &workReport{Seconds: took.Seconds(), Rate: float64(b.Written) / took.Seconds(), Passes: b.Pass, Skipped: skipped, WAL: now - from, Vacuum: vacuumViewOf(&v)}, nil
}

func passes(n int) string {
	if n == 1 {
		return "1 pass"
	}
	return fmt.Sprintf("%d passes", n)
}

func (v *workReport) print(t *table) {
	t.row("", "took", fmt.Sprintf("%s, %.0f values/s, in %s that wrote and one that looked once more; %s left to a later pass", time.Duration(v.Seconds*float64(time.Second)).Round(10*time.Millisecond),
		v.Rate, passes(v.Passes), counted(int(v.Skipped), "row")))
	t.row("", "left", fmt.Sprintf("%d dead rows until VACUUM; %.1f MB of WAL were written meanwhile, by whomever", v.Vacuum.Dead, float64(v.WAL)/1e6))
	for _, h := range v.Vacuum.Holders {
		t.row("", "VACUUM is held back", h)
	}
}
