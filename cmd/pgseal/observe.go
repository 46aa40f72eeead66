package main

import (
	"log/slog"
	"sync"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/legatics/pgseal/proxy/plan"
)

// observedMetrics counts what would become of statements that name columns in state observe.
type observedMetrics struct{ statements *prometheus.CounterVec }

func newObservedMetrics(registry prometheus.Registerer) *observedMetrics {
	m := &observedMetrics{prometheus.NewCounterVec(prometheus.CounterOpts{Name: "pgseal_observed_statements_total",
		Help: "Texts that name a column in state observe, by what would become of them: planned, or the SQLSTATE of the refusal."}, []string{"fate"})}
	registry.MustRegister(m.statements)
	return m
}

// observer tells, once for each form of a statement, what would be refused if the columns in state observe were sealed.
type observer struct {
	log     *slog.Logger
	metrics *observedMetrics

	mu   sync.Mutex
	told map[string]bool // reason and form
	full bool
}

const (
	mostForms = 1000 // that are told of until the next start
	mostShown = 2000 // bytes of a form
)

func newObserver(log *slog.Logger, metrics *observedMetrics) *observer {
	return &observer{log: log, metrics: metrics, told: map[string]bool{}}
}

// saw is told of each text.
func (o *observer) saw(seen plan.Observation) {
	r := seen.Refusal
	if r == nil {
		o.metrics.statements.WithLabelValues("planned").Inc()
		return
	}
	o.metrics.statements.WithLabelValues(string(r.Code)).Inc()
	form := plan.Shown(seen.SQL, mostShown)
	first, last := o.first(r.Message + "\n" + form)
	if !first {
		return
	}
	o.log.Warn("a statement would be refused if the columns in state observe were sealed", "sqlstate", string(r.Code), "reason", r.Message,
		"detail", r.Detail, "hint", r.Hint, "statement", form)
	if last {
		o.log.Warn("no more forms of statements are told of until the next start; the metric pgseal_observed_statements_total goes on")
	}
}

// first tells whether a form has not been told of yet, and whether it is the last one that is.
func (o *observer) first(form string) (first, last bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.full || o.told[form] {
		return false, false
	}
	o.told[form] = true
	o.full = len(o.told) >= mostForms
	return true, o.full
}
