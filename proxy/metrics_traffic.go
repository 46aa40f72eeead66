package proxy

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// TrafficCollector exports what goes on in each database of the configuration, and in all others together. No label carries a tenant, a role or
// an address: their number has no bound.
type TrafficCollector struct {
	server   *Server
	metrics  []trafficMetric
	states   *prometheus.Desc
	draining *prometheus.Desc
	drained  *prometheus.Desc
}

type trafficMetric struct {
	desc  *prometheus.Desc
	value func(*Totals) float64
}

// NewTrafficCollector returns a collector of the server's sessions.
func NewTrafficCollector(s *Server) *TrafficCollector {
	return &TrafficCollector{
		server: s,
		metrics: []trafficMetric{
			{desc("pgseal_database_sessions_total", "Sessions begun.", "database"), func(t *Totals) float64 { return float64(t.Sessions) }},
			{desc("pgseal_queries_total", "Queries that were answered: simple Queries, and pipelines of the extended protocol up to their Sync.", "database"),
				func(t *Totals) float64 { return float64(t.Queries) }},
			{desc("pgseal_query_seconds_total", "Time from the first message of a query to its answer.", "database"), func(t *Totals) float64 { return t.Busy.Seconds() }},
			{desc("pgseal_transactions_total", "Transactions that have ended, with those of a single statement.", "database"), func(t *Totals) float64 { return float64(t.Transactions) }},
			{desc("pgseal_received_bytes_total", "Bytes that clients have sent.", "database"), func(t *Totals) float64 { return float64(t.Received) }},
			{desc("pgseal_sent_bytes_total", "Bytes that clients were sent.", "database"), func(t *Totals) float64 { return float64(t.Sent) }},
			{desc("pgseal_server_connect_seconds_total", "Time that sessions waited for their connection to the database server.", "database"),
				func(t *Totals) float64 { return t.Connecting.Seconds() }},
			{desc("pgseal_slow_statements_total", "Statements that took longer than log.slow_statement.", "database"), func(t *Totals) float64 { return float64(t.Slow) }},
		},
		states:   desc("pgseal_sessions", "Sessions open now, by what they do: login, active, key (waiting for a key), idle, transaction (idle in one), failed (idle in one that has failed).", "database", "state"),
		draining: desc("pgseal_draining", "1 while the proxy takes no new sessions because it is to end."),
		drained:  desc("pgseal_drain_seconds", "For how long it has drained; 0 while it does not."),
	}
}

// Describe implements prometheus.Collector.
func (c *TrafficCollector) Describe(out chan<- *prometheus.Desc) {
	for _, m := range c.metrics {
		out <- m.desc
	}
	out <- c.states
	out <- c.draining
	out <- c.drained
}

// Collect implements prometheus.Collector.
func (c *TrafficCollector) Collect(out chan<- prometheus.Metric) {
	for _, d := range c.server.Traffic() {
		for _, m := range c.metrics {
			out <- prometheus.MustNewConstMetric(m.desc, prometheus.CounterValue, m.value(&d.Totals), d.Database)
		}
		for _, state := range SessionStates() {
			out <- prometheus.MustNewConstMetric(c.states, prometheus.GaugeValue, float64(d.States[state]), d.Database, string(state))
		}
	}
	draining, drained := 0.0, 0.0
	if since := c.server.Draining(); !since.IsZero() {
		draining, drained = 1, time.Since(since).Seconds()
	}
	out <- prometheus.MustNewConstMetric(c.draining, prometheus.GaugeValue, draining)
	out <- prometheus.MustNewConstMetric(c.drained, prometheus.GaugeValue, drained)
}
