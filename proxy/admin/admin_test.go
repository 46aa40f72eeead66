package admin_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/goleak"

	"github.com/legatics/pgseal/proxy/admin"
)

func TestHealthAndMetrics(t *testing.T) {
	defer goleak.VerifyNone(t)
	var down error
	registry := prometheus.NewRegistry()
	rises := prometheus.NewCounter(prometheus.CounterOpts{Name: "pgseal_test_total", Help: "A test."})
	registry.MustRegister(rises)
	rises.Inc()
	server := admin.New(admin.Config{Log: slog.Default(), Ready: func(context.Context) error { return down }, Metrics: registry})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	get := func(path string) (int, string) {
		t.Helper()
		res, err := client.Get("http://" + listener.Addr().String() + path)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		body, _ := io.ReadAll(res.Body)
		return res.StatusCode, string(body)
	}
	for _, test := range []struct {
		path   string
		down   error
		status int
		holds  string
	}{
		{"/live", nil, 200, "ok"},
		{"/ready", nil, 200, "ok"},
		{"/ready", errors.New("the proxy is draining"), 503, "draining"},
		{"/live", errors.New("the proxy is draining"), 200, "ok"},
		{"/metrics", nil, 200, "pgseal_test_total 1"},
		{"/", nil, 404, ""},
	} {
		down = test.down
		if status, body := get(test.path); status != test.status || !strings.Contains(body, test.holds) {
			t.Errorf("%s: %d %q, want %d with %q", test.path, status, body, test.status, test.holds)
		}
	}
	if err := server.Close(context.Background()); err != nil {
		t.Error(err)
	}
	if err := <-served; err != nil {
		t.Error(err)
	}
}
