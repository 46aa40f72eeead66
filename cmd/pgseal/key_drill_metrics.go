package main

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/legatics/pgseal/keysource"
)

// drillMetrics say that keys are denied by drills, and until when. Tenants are not labels: their number has no bound. Without a drill there is
// nothing to tell, and alarms about denied keys are meant.
type drillMetrics struct {
	rings                   []*keysource.Keyring
	inForce, until, refused *prometheus.Desc
}

func newDrillMetrics(rings []*keysource.Keyring) *drillMetrics {
	return &drillMetrics{
		rings:   rings,
		inForce: prometheus.NewDesc("pgseal_key_drills", "Tenants whose key counts as denied because of a drill. Evictions and refusals of drills are counted with the real ones.", nil, nil),
		until:   prometheus.NewDesc("pgseal_key_drill_until_seconds", "When the last of the drills ends, in seconds since 1970; 0: there is none.", nil, nil),
		refused: prometheus.NewDesc("pgseal_key_drill_refusals", "Statements refused in drills of the last ten minutes, by SQLSTATE.", []string{"sqlstate"}, nil),
	}
}

// Describe implements prometheus.Collector.
func (m *drillMetrics) Describe(out chan<- *prometheus.Desc) {
	out <- m.inForce
	out <- m.until
	out <- m.refused
}

// Collect implements prometheus.Collector.
func (m *drillMetrics) Collect(out chan<- prometheus.Metric) {
	var drills, until float64
	refused := map[string]int64{}
	for _, ring := range m.rings {
		for _, s := range ring.Statuses() {
			if s.Drill != nil {
				drills++
				until = max(until, float64(s.Drill.Until.Unix()))
			}
			if s.Rehearsed != nil {
				for code, n := range s.Rehearsed.Refused {
					refused[code] += n
				}
			}
		}
	}
	out <- prometheus.MustNewConstMetric(m.inForce, prometheus.GaugeValue, drills)
	out <- prometheus.MustNewConstMetric(m.until, prometheus.GaugeValue, until)
	for code, n := range refused {
		out <- prometheus.MustNewConstMetric(m.refused, prometheus.GaugeValue, float64(n), code)
	}
}
