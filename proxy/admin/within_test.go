package admin

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// TestNothingOutlivesItsAnswer: what is done for a request ends when it could not be answered any more, whoever still waits.
func TestNothingOutlivesItsAnswer(t *testing.T) {
	var why error
	within(time.Millisecond, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		<-r.Context().Done()
		why = r.Context().Err()
	})).ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), "GET", "/", nil))
	if !errors.Is(why, context.DeadlineExceeded) {
		t.Errorf("it ended by %v", why)
	}
	var end time.Time
	server := New(Config{Ready: func(context.Context) error { return nil }, Metrics: prometheus.NewRegistry(), Pages: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		end, _ = r.Context().Deadline()
	})})
	began := time.Now()
	server.http.Handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), "GET", "/t/app/acme", nil))
	if end.Before(began) || end.After(time.Now().Add(writeTimeout)) {
		t.Errorf("a page is given until %s", end)
	}
}

// slowMetrics are collected when the gate is opened.
type slowMetrics struct{ inside, gate chan struct{} }

func (s slowMetrics) Describe(chan<- *prometheus.Desc) {}
func (s slowMetrics) Collect(chan<- prometheus.Metric) { s.inside <- struct{}{}; <-s.gate }

// TestMetricsAreBounded: so many answers of /metrics are held at a time, whoever asks.
func TestMetricsAreBounded(t *testing.T) {
	slow, registry := slowMetrics{make(chan struct{}), make(chan struct{})}, prometheus.NewRegistry()
	registry.MustRegister(slow)
	server := New(Config{Ready: func(context.Context) error { return nil }, Metrics: registry})
	ask := func() int {
		answer := httptest.NewRecorder()
		server.http.Handler.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), "GET", "/metrics", nil))
		return answer.Code
	}
	var waiting sync.WaitGroup
	for range maxMetrics {
		waiting.Go(func() {
			if status := ask(); status != http.StatusOK {
				t.Errorf("%d", status)
			}
		})
		<-slow.inside
	}
	if status := ask(); status != http.StatusServiceUnavailable {
		t.Errorf("one more: %d", status)
	}
	close(slow.gate)
	waiting.Wait()
}
