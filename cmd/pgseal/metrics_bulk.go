package main

import (
	"context"
	"fmt"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/policy"
)

// bulkMetrics shows the work on the rows of columns. The columns are those that the policy lists, so that their number has a bound.
type bulkMetrics struct {
	state, status                            *prometheus.GaugeVec
	total, seen, written, skipped, verifieds *prometheus.GaugeVec
	rate                                     *prometheus.GaugeVec
}

func newBulkMetrics(registry prometheus.Registerer) *bulkMetrics {
	column := []string{"database", "column"}
	gauge := func(name, help string, more ...string) *prometheus.GaugeVec {
		g := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: name, Help: help}, append(column[:2:2], more...))
		registry.MustRegister(g)
		return g
	}
	return &bulkMetrics{
		state:     gauge("pgseal_column_state", "1 for the state that a listed column is in.", "state"),
		status:    gauge("pgseal_bulk_status", "1 for how the work on a column's rows stands, with the SQLSTATE of what it waits for or has failed at.", "kind", "phase", "status", "code"),
		total:     gauge("pgseal_bulk_rows", "Rows of a column that is worked on, as estimated when the work began."),
		seen:      gauge("pgseal_bulk_rows_seen", "Rows that were looked at in the present pass."),
		written:   gauge("pgseal_bulk_values_written", "Values that the work has written, in all passes."),
		skipped:   gauge("pgseal_bulk_rows_skipped", "Rows of the present pass that somebody else had changed or locked; the next pass sees to them."),
		verifieds: gauge("pgseal_bulk_values_verified", "Values that were opened again in the present pass."),
		rate:      gauge("pgseal_bulk_rows_per_second", "Rows that were looked at in a second, lately."),
	}
}

// bulkEvery is how often the records are read for the metrics.
const bulkEvery = 5 * time.Second

// follow shows the columns of one database until ctx ends.
func (m *bulkMetrics) follow(ctx context.Context, s *site, pol func() *policy.Policy) error {
	shown := bulkShown{}
	for {
		limited, stop := context.WithTimeout(ctx, bulkEvery)
		if err := m.look(limited, s, pol(), &shown); err != nil && ctx.Err() == nil {
			s.log.Debug("the work on columns could not be looked at for the metrics", "cause", err)
		}
		stop()
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(bulkEvery):
		}
	}
}

// bulkShown is what was shown last, for the rate.
type bulkShown map[string]struct {
	at   time.Time
	seen int64
	pass string
}

func (m *bulkMetrics) look(ctx context.Context, s *site, pol *policy.Policy, shown *bulkShown) error {
	columns, work, err := s.columnsAndWork(ctx, pol)
	if err != nil {
		return err
	}
	m.forget(s.name)
	now := bulkShown{}
	for i := range columns {
		c := &columns[i]
		name := c.Column.String()
		m.state.WithLabelValues(s.name, name, string(c.Called())).Set(1)
		if work[i] != nil {
			m.show(s.name, name, work[i], *shown, now)
		}
	}
	*shown = now
	return nil
}

// forget takes away what was shown of a database.
func (m *bulkMetrics) forget(database string) {
	for _, g := range []*prometheus.GaugeVec{m.state, m.status, m.total, m.seen, m.written, m.skipped, m.verifieds, m.rate} {
		g.DeletePartialMatch(prometheus.Labels{"database": database})
	}
}

func (m *bulkMetrics) show(database, column string, b *pgstore.Bulk, before, now bulkShown) {
	m.status.WithLabelValues(database, column, b.Kind, b.Phase, string(b.Status), b.Code).Set(1)
	for g, n := range map[*prometheus.GaugeVec]int64{m.total: b.Total, m.seen: b.Seen, m.written: b.Written, m.skipped: b.Skipped, m.verifieds: b.Verified} {
		g.WithLabelValues(database, column).Set(float64(n))
	}
	next := now[column]
	next.at, next.seen, next.pass = time.Now(), b.Seen, fmt.Sprint(b.Phase, b.Pass)
	now[column] = next
	rate := 0.0
	if last, ok := before[column]; ok && last.pass == next.pass && next.at.After(last.at) {
		rate = float64(next.seen-last.seen) / next.at.Sub(last.at).Seconds()
	}
	m.rate.WithLabelValues(database, column).Set(rate)
}
