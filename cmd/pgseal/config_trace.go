package main

import (
	"fmt"
	"net/url"
)

// traceConfig says where traces go.
type traceConfig struct {
	OTLP   string  `yaml:"otlp"`   // URL of a collector that takes OTLP over HTTP; empty: there are no traces
	Sample float64 `yaml:"sample"` // the part of the statements without a traceparent that is traced, 0 to 1; one with a traceparent says itself
}

func (t traceConfig) validate() error {
	if t.Sample < 0 || t.Sample > 1 {
		return fmt.Errorf("trace.sample: %g is outside 0 to 1", t.Sample)
	}
	if t.OTLP == "" {
		return nil
	}
	u, err := url.Parse(t.OTLP)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return fmt.Errorf("trace.otlp: it is not the URL of a collector, such as http://127.0.0.1:4318/v1/traces")
	}
	return nil
}
