package proxy

import "github.com/prometheus/client_golang/prometheus"

// metric is one counter as Prometheus reads it.
type metric struct {
	desc  *prometheus.Desc
	value func(*Counters) int64
}

func desc(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(name, help, labels, nil)
}

// Collector exports the counters. No label carries a tenant or a user: their number has no bound.
type Collector struct {
	counters *Counters
	metrics  []metric
	refusals *prometheus.Desc
	open     *prometheus.Desc
	logins   *prometheus.Desc
}

// NewCollector returns a collector of c.
func NewCollector(c *Counters) *Collector {
	return &Collector{
		counters: c,
		metrics: []metric{
			{desc("pgseal_sessions_total", "Sessions begun."), func(c *Counters) int64 { return c.Sessions.Load() }},
			{desc("pgseal_statements_planned_total", "Texts that named something protected."), func(c *Counters) int64 { return c.Planned.Load() }},
			{desc("pgseal_statements_native_total", "Texts that named nothing protected, on databases with a policy."), func(c *Counters) int64 { return c.Native.Load() }},
			{desc("pgseal_values_sealed_total", "Values sealed."), func(c *Counters) int64 { return c.Sealed.Load() }},
			{desc("pgseal_values_opened_total", "Values opened."), func(c *Counters) int64 { return c.Opened.Load() }},
			{desc("pgseal_cancels_total", "Cancel requests passed on."), func(c *Counters) int64 { return c.Cancels.Load() }},
			{desc("pgseal_cancels_failed_total", "Cancel requests that could not be passed on."), func(c *Counters) int64 { return c.CancelsFailed.Load() }},
			{desc("pgseal_protocol_desync_total", "Sessions ended because an answer did not fit what was asked. Must stay 0."), func(c *Counters) int64 { return c.Desyncs.Load() }},
		},
		refusals: desc("pgseal_refusals_total", "Typed errors that pgseal gave, by SQLSTATE.", "sqlstate"),
		logins:   desc("pgseal_connections_refused_total", "Connections that pgseal itself turned away before there was a session, by SQLSTATE.", "sqlstate"),
		open:     desc("pgseal_sessions_open", "Sessions open now."),
	}
}

// Describe implements prometheus.Collector.
func (c *Collector) Describe(out chan<- *prometheus.Desc) {
	for _, m := range c.metrics {
		out <- m.desc
	}
	out <- c.refusals
	out <- c.open
	out <- c.logins
}

// Collect implements prometheus.Collector.
func (c *Collector) Collect(out chan<- prometheus.Metric) {
	for _, m := range c.metrics {
		out <- prometheus.MustNewConstMetric(m.desc, prometheus.CounterValue, float64(m.value(c.counters)))
	}
	for code, n := range c.counters.connections.read() {
		out <- prometheus.MustNewConstMetric(c.logins, prometheus.CounterValue, float64(n), code)
	}
	for code, n := range c.counters.RefusalsByCode() {
		out <- prometheus.MustNewConstMetric(c.refusals, prometheus.CounterValue, float64(n), code)
	}
	ended := c.counters.SessionsEnded.Load() // read first: a session ends after it began
	out <- prometheus.MustNewConstMetric(c.open, prometheus.GaugeValue, float64(c.counters.Sessions.Load()-ended))
}
