package proxy

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/legatics/pgseal/proxy/plan"
)

// PlanCollector exports how the plan caches do, one for each database of the configuration.
type PlanCollector struct {
	databases map[string]*Database

	lookups, evictions, bytes *prometheus.Desc
}

// NewPlanCollector returns a collector of the databases' planners, by the databases' names.
func NewPlanCollector(databases map[string]*Database) *PlanCollector {
	return &PlanCollector{databases: databases,
		lookups:   desc("pgseal_plan_cache_total", "Texts that named something protected, by whether their plan was known (hit) or had to be made (miss).", "database", "result"),
		evictions: desc("pgseal_plan_cache_evictions_total", "Plans that made room for others.", "database"),
		bytes:     desc("pgseal_plan_cache_bytes", "Memory that the plans take, about.", "database"),
	}
}

// Describe implements prometheus.Collector.
func (c *PlanCollector) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{c.lookups, c.evictions, c.bytes} {
		out <- d
	}
}

// Collect implements prometheus.Collector.
func (c *PlanCollector) Collect(out chan<- prometheus.Metric) {
	for name, db := range c.databases {
		c.collect(out, name, db.Planner.CacheUse())
	}
}

func (c *PlanCollector) collect(out chan<- prometheus.Metric, name string, use plan.CacheUse) {
	count := func(d *prometheus.Desc, n int64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, float64(n), append([]string{name}, labels...)...)
	}
	count(c.lookups, use.Hits, "hit")
	count(c.lookups, use.Misses, "miss")
	count(c.evictions, use.Evictions)
	out <- prometheus.MustNewConstMetric(c.bytes, prometheus.GaugeValue, float64(use.Bytes), name)
}
