package main

import "github.com/prometheus/client_golang/prometheus"

// rotationMetrics tell how many keys want somebody's attention. Tenants are not labels: their number has no bound.
type rotationMetrics struct{ pending, due *prometheus.GaugeVec }

func newRotationMetrics(registry prometheus.Registerer) *rotationMetrics {
	gauge := func(name, help string) *prometheus.GaugeVec {
		return prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: name, Help: help}, []string{"database"})
	}
	m := &rotationMetrics{
		pending: gauge("pgseal_keys_rotated_not_rewrapped", "Tenants whose master key the KMS has rotated, among those in use here, and whose data key has not been wrapped with the new material yet."),
		due:     gauge("pgseal_data_keys_due", "Tenants, among those in use here, whose data key is over the configured age or number of values."),
	}
	registry.MustRegister(m.pending, m.due)
	return m
}
