package main

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// keyMetrics counts what the keyrings do. Tenants are not labels: their number has no bound.
type keyMetrics struct {
	calls     *prometheus.CounterVec
	seconds   *prometheus.HistogramVec
	hits      prometheus.Counter // one counter each: they are counted for every statement that needs a key
	misses    prometheus.Counter
	evictions *prometheus.CounterVec
	queued    prometheus.Histogram
	waited    *prometheus.HistogramVec
	alarms    prometheus.Counter
}

func newKeyMetrics(registry prometheus.Registerer) *keyMetrics {
	looks := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "pgseal_key_cache_total",
		Help: "Requests for a tenant's key, by whether it was held."}, []string{"result"})
	m := &keyMetrics{
		hits: looks.WithLabelValues("hit"), misses: looks.WithLabelValues("miss"),
		calls: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "pgseal_kms_requests_total",
			Help: "Calls of a key management service, by operation and outcome."}, []string{"op", "outcome"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "pgseal_kms_request_seconds",
			Help: "How long calls of a key management service took.", Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5}}, []string{"op"}),
		evictions: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "pgseal_key_evictions_total",
			Help: "Keys given up before their deadline, by reason."}, []string{"reason"}),
		queued: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "pgseal_key_fetch_queued_seconds",
			Help: "Waits of fetches of keys before they began, because very many began at once. No fetch waits for another's answer.", Buckets: []float64{.01, .1, .5, 1, 5}}),
		waited: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "pgseal_key_wait_seconds",
			Help: "Waits of statements for a tenant's key that was not held.", Buckets: []float64{.001, .01, .05, .1, .25, .5, 1, 2.5, 5}}, []string{"database"}),
		alarms: prometheus.NewCounter(prometheus.CounterOpts{Name: "pgseal_control_record_alarms_total",
			Help: "Control records that did not verify, or were older than ones already seen. Somebody changed them."}),
	}
	registry.MustRegister(m.calls, m.seconds, looks, m.evictions, m.queued, m.waited, m.alarms,
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "pgseal_secret_memory_keys", Help: "Data keys and control keys in memory."},
			func() float64 { return float64(crypto.SecretMemory().Keys) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "pgseal_secret_memory_locked_bytes", Help: "Memory of keys that is never swapped."},
			func() float64 { return float64(crypto.SecretMemory().Locked) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "pgseal_secret_memory_unlocked_bytes",
			Help: "Memory of keys that could not be locked, because RLIMIT_MEMLOCK is reached. It may be swapped."},
			func() float64 { return float64(crypto.SecretMemory().Unlocked) }))
	return m
}

// Called implements keysource.Observer.
func (m *keyMetrics) Called(op, _ string, outcome keysource.Kind, took time.Duration) {
	name := "ok"
	if outcome != 0 {
		name = outcome.Name()
	}
	m.calls.WithLabelValues(op, name).Inc()
	m.seconds.WithLabelValues(op).Observe(took.Seconds())
}

// Looked implements keysource.Observer.
func (m *keyMetrics) Looked(hit bool) {
	if hit {
		m.hits.Inc()
		return
	}
	m.misses.Inc()
}

// siteKeyMetrics are those of one database's keyring.
type siteKeyMetrics struct {
	*keyMetrics
	wait prometheus.Observer
}

func (m *keyMetrics) of(database string) siteKeyMetrics {
	return siteKeyMetrics{m, m.waited.WithLabelValues(database)}
}

// Waited implements keysource.Observer.
func (m siteKeyMetrics) Waited(wait time.Duration) { m.wait.Observe(wait.Seconds()) }

// Queued implements keysource.Observer.
func (m *keyMetrics) Queued(wait time.Duration) { m.queued.Observe(wait.Seconds()) }

// Evicted implements keysource.Observer.
func (m *keyMetrics) Evicted(reason keysource.Kind) { m.evictions.WithLabelValues(reason.Name()).Inc() }

// Alarmed implements keysource.Observer.
func (m *keyMetrics) Alarmed(*keysource.Error) { m.alarms.Inc() }
