package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// sample is one run.
type sample struct {
	PerSecond float64 `json:"per_second"`
	Units     int64   `json:"units"` // transactions, or rows of COPY
	percentiles
	perUnit
}

// perUnit is what the proxy's process used for one transaction or row,
// connecting included; negative is unknown, 0 the direct way.
type perUnit struct {
	CPUMicros   float64 `json:"cpu_us"`
	Syscalls    float64 `json:"syscalls"`
	Waits       float64 `json:"waits"`
	Allocations float64 `json:"allocations"`
}

// attempts is how often a run is made that came to no transaction at all: many clients may take long to connect on a busy machine, and that
// should not throw away what was measured in the hour before.
const attempts = 3

// measure runs a leg, longer if need be.
func (s *servers) measure(ctx context.Context, l leg, set setting, o options, seconds int) (r sample, err error) {
	for n := range attempts {
		if r, err = s.measureOnce(ctx, l, set, o, seconds*(n+1)); !errors.Is(err, errNoTransaction) {
			break
		}
	}
	return r, err
}

func (s *servers) measureOnce(ctx context.Context, l leg, set setting, o options, seconds int) (sample, error) {
	before, err := s.usageOf(ctx, l.way)
	if err != nil {
		return sample{}, err
	}
	r, err := s.work(ctx, l, set, o, seconds)
	if err != nil {
		return sample{}, fmt.Errorf("%s: %w", l.name, err)
	}
	after, err := s.usageOf(ctx, l.way)
	if err != nil {
		return sample{}, err
	}
	r.perUnit = after.since(before, r.Units)
	return r, nil
}

func (s *servers) work(ctx context.Context, l leg, set setting, o options, seconds int) (r sample, err error) {
	url := s.url(l.way, set.TLS)
	if l.work.copy == nil {
		return s.pgbench(ctx, l.work, set, o.scale, seconds, url)
	}
	took, err := l.work.copy.run(ctx, url, "%d\t"+body()+"\n", o.copyRows)
	if err != nil {
		return r, err
	}
	return sample{Units: int64(o.copyRows), PerSecond: float64(o.copyRows) / took.Seconds()}, nil
}

// prepare brings the tables back to what they were before a run.
func (s *servers) prepare(ctx context.Context, sc scenario) error {
	for _, statement := range strings.Split(sc.before, ";") {
		if statement == "" {
			continue
		}
		if err := s.sql(ctx, s.urls[direct], statement); err != nil {
			return err
		}
	}
	return nil
}

// warm runs every leg once, for caches, connections and plans.
func (s *servers) warm(ctx context.Context, sc scenario, set setting, o options) error {
	o.copyRows = (o.copyRows + 9) / 10
	for _, l := range sc.legs {
		if l.work.copy != nil && !l.work.copy.into {
			continue // the tables were filled just now
		}
		if _, err := s.measureOnce(ctx, l, set, o, 1); err != nil && !errors.Is(err, errNoTransaction) {
			return err
		}
	}
	return nil
}
