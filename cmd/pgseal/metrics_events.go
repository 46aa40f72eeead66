package main

import (
	"encoding/hex"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// siteMetrics are what all databases' parts count into.
type siteMetrics struct {
	keys      *keyMetrics
	observed  *observedMetrics
	events    *eventMetrics
	rotations *rotationMetrics
	bulk      *bulkMetrics
}

// eventMetrics shows how far this process's part of each event log has come: kept by whoever collects metrics, it tells when the log's tail is cut.
type eventMetrics struct {
	seq, hash *prometheus.GaugeVec
	written   *prometheus.CounterVec
	dropped   *prometheus.CounterVec
}

func newEventMetrics(registry prometheus.Registerer) *eventMetrics {
	head := []string{"database", "writer"}
	m := &eventMetrics{
		seq: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "pgseal_event_log_head",
			Help: "Number of the last event that this process has written to the event log."}, head),
		hash: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "pgseal_event_log_head_hash",
			Help: "The first 48 bits of that event's hash, as a number."}, head),
		written: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "pgseal_events_written_total",
			Help: "Events about keys that were written to the event log."}, []string{"database"}),
		dropped: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "pgseal_events_dropped_total",
			Help: "Events about keys that could not be written, because there were too many while the database could not be written."}, []string{"database"}),
	}
	registry.MustRegister(m.seq, m.hash, m.written, m.dropped)
	return m
}

// headLogged is how often a head goes to the log.
const headLogged = time.Minute

// of is told of one database's reports, one at a time.
func (m *eventMetrics) of(database string, log *slog.Logger) func(pgstore.RecorderReport) {
	var last pgstore.RecorderReport
	var logged time.Time
	return func(r pgstore.RecorderReport) {
		m.written.WithLabelValues(database).Add(float64(r.Written - last.Written))
		m.dropped.WithLabelValues(database).Add(float64(r.Dropped - last.Dropped))
		if r.Head.Writer != last.Head.Writer {
			m.seq.DeleteLabelValues(database, last.Head.Writer.String())
			m.hash.DeleteLabelValues(database, last.Head.Writer.String())
		}
		last = r
		if r.Head.Seq == 0 {
			return
		}
		m.seq.WithLabelValues(database, r.Head.Writer.String()).Set(float64(r.Head.Seq))
		m.hash.WithLabelValues(database, r.Head.Writer.String()).Set(float64(r.Head.Number()))
		if now := time.Now(); r.Closing || now.Sub(logged) >= headLogged {
			logged = now
			log.Info("event log", "writer", r.Head.Writer.String(), "head", r.Head.Seq, "hash", hex.EncodeToString(r.Head.Hash[:8]))
		}
	}
}
