package main

import (
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
)

// exclusive is a followed that cannot be read by two at once.
type exclusive struct {
	inside atomic.Int32
	twice  atomic.Bool
}

func (e *exclusive) Reload() error {
	if e.inside.Add(1) > 1 {
		e.twice.Store(true)
	}
	for range 1000 {
		_ = new([64]byte)
	}
	e.inside.Add(-1)
	return nil
}

func (e *exclusive) Follow() (bool, error) { return true, e.Reload() }

// TestReloadsAtOnce: several people who order a reload in the console, and a signal, are served one after the other.
func TestReloadsAtOnce(t *testing.T) {
	file := &exclusive{}
	s := &service{log: slog.New(slog.DiscardHandler), followed: map[string]followed{"file": file}, reloads: prometheus.NewCounter(prometheus.CounterOpts{Name: "reloads"})}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 200 {
				s.reload(t.Context())
			}
		})
	}
	all.Wait()
	if file.twice.Load() {
		t.Error("a file was read by two at once")
	}
}
