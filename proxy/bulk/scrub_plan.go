package bulk

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Names of the steps; those that make a table anew are called by their method.
const (
	stepAnalyze    = "analyze"
	stepStatistics = "statistics"
	stepCatalogue  = "catalogue"
	stepCheckpoint = "checkpoint"
)

// What a step keeps others from.
const (
	blocksAll     = "reads and writes"
	blocksNothing = "nothing"
	blocksPlans   = "every statement of the database, while it is planned"
)

const (
	lockExclusive = "ACCESS EXCLUSIVE"
	lockShared    = "SHARE UPDATE EXCLUSIVE"
)

// plan makes the steps, in their order.
func (s *Scrub) plan(ctx context.Context) error {
	rate, err := s.rate(ctx)
	if err != nil {
		return err
	}
	lasts := func(bytes int64) time.Duration { return time.Duration(float64(bytes) / rate * float64(time.Second)) }
	for _, h := range s.heaps {
		if h.kind == kindParent {
			continue
		}
		step := ScrubStep{Name: ScrubRewrite, Object: h.name, Statement: "VACUUM (FULL, FREEZE) " + h.name, Lock: lockExclusive, Blocks: blocksAll, Bytes: h.bytes, Estimate: lasts(h.bytes),
			run: func(ctx context.Context, step *ScrubStep) error { return s.rewrite(ctx, h, step) }}
		if s.o.Method == ScrubRepack && h.kind == kindTable {
			step.Name, step.Statement = ScrubRepack, "pg_repack --no-order --table "+h.name
			step.Lock, step.Blocks, step.Estimate = lockExclusive+", for an instant at its beginning and at its end", blocksAll+", for these instants", 2*lasts(h.bytes)
		}
		step.Note = fmt.Sprintf("its TOAST table and %d indexes are made anew with it; as much free space is needed", h.indexes)
		if s.made(h) {
			step.Outcome = StepBefore
		}
		s.add(step)
	}
	if err := s.planAnalyze(ctx); err != nil {
		return err
	}
	s.add(ScrubStep{Name: stepStatistics, Statement: "look whether any older ones are left", Lock: "ROW EXCLUSIVE on pg_statistic", Blocks: blocksNothing, run: s.statistics})
	if err := s.planCatalogues(ctx, lasts); err != nil {
		return err
	}
	s.add(ScrubStep{Name: stepCheckpoint, Statement: "CHECKPOINT", Lock: "none", Blocks: blocksNothing, run: s.checkpoint})
	return nil
}

func (s *Scrub) add(step ScrubStep) {
	if step.Outcome == "" {
		step.Outcome = StepAhead
	}
	s.Steps = append(s.Steps, step)
}

// planCatalogues adds those in which values of columns lie: dead rows of theirs hold the former statistics.
func (s *Scrub) planCatalogues(ctx context.Context, lasts func(int64) time.Duration) error {
	names := []string{"pg_statistic", "pg_statistic_ext_data"}
	if s.missing {
		names = append(names, "pg_attribute")
	}
	for _, name := range names {
		var relation, bytes int64
		name = "pg_catalog." + name
		if err := s.o.Pool.QueryRow(ctx, "SELECT $1::text::regclass::oid::int8, pg_catalog.pg_total_relation_size($1::text::regclass)", name).Scan(&relation, &bytes); err != nil {
			return err
		}
		s.add(ScrubStep{Name: stepCatalogue, Object: name, Statement: "VACUUM (FULL, FREEZE) " + name, Lock: lockExclusive, Blocks: blocksPlans, Bytes: bytes, Estimate: lasts(bytes),
			run: func(ctx context.Context, step *ScrubStep) error { return s.catalogue(ctx, relation, step) }})
	}
	return nil
}

const (
	rateSample = 16 << 20 // bytes of a table that are read to find the rate
	rateSlower = 2        // how much slower a table is made anew than its rows are read as text
	rateLeast  = 10 << 20 // bytes a second, where nothing can be read
)

// rate is about how many bytes of a table's files are made anew in a second. It is measured by reading some of the largest one as text.
func (s *Scrub) rate(ctx context.Context) (float64, error) {
	var largest *heap
	for _, h := range s.heaps {
		if h.kind == kindTable && (largest == nil || h.bytes > largest.bytes) {
			largest = h
		}
	}
	if largest == nil || largest.bytes == 0 {
		return rateLeast, nil
	}
	percent := min(100, 100*float64(rateSample)/float64(largest.bytes))
	began := time.Now()
	var read *int64
	rows, err := s.o.Pool.Query(ctx, fmt.Sprintf("SELECT sum(pg_catalog.octet_length(t::text)) FROM ONLY %s AS t TABLESAMPLE system (%.6f)", largest.name, percent))
	if err == nil {
		_, err = pgx.ForEachRow(rows, []any{&read}, func() error { return nil })
	}
	if took := time.Since(began).Seconds(); err == nil && read != nil && *read > 0 {
		return max(float64(largest.bytes)*percent/100/took/rateSlower, 1<<20), nil
	}
	return rateLeast, ctx.Err()
}

// planAnalyze adds what has the server make its statistics anew: for the column alone, or for whole tables where statistics of several columns together are kept.
func (s *Scrub) planAnalyze(ctx context.Context) error {
	_, column := s.column.Quoted()
	columns := " (" + column + ")"
	if stale, err := s.extended(ctx, s.o.Pool); err != nil {
		return err
	} else if len(stale) > 0 {
		columns = ""
	}
	root := int64(s.column.Relations()[0])
	parted := false
	for _, h := range s.heaps {
		parted = parted || h.kind == kindParent
	}
	for _, h := range s.heaps {
		if parted && h.relation != root && h.kind != kindMaterial {
			continue // the root's takes all of them
		}
		what := h.name + columns
		if h.kind == kindMaterial {
			what = h.name
		}
		s.add(ScrubStep{Name: stepAnalyze, Object: h.name, Statement: "ANALYZE " + what, Lock: lockShared, Blocks: blocksNothing, Bytes: h.bytes, Estimate: time.Second,
			run: func(ctx context.Context, step *ScrubStep) error { return s.locked(ctx, step, step.Statement) }})
	}
	return nil
}
