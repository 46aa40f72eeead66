package main

import (
	"encoding/json"
	"io"
	"slices"
)

// result is everything measured of one scenario in one setting.
type result struct {
	Scenario string `json:"scenario"`
	What     string `json:"what"`
	Unit     string `json:"unit"`
	setting
	Legs   []legResult `json:"legs"`
	Ratios []ratioOut  `json:"ratios"`
}

// legResult: each figure of Median is the median of that figure.
type legResult struct {
	Name   string   `json:"name"`
	Way    string   `json:"way"`
	Median sample   `json:"median"`
	Min    float64  `json:"min_per_second"`
	Max    float64  `json:"max_per_second"`
	Runs   []sample `json:"runs"`
}

// ratioOut compares two legs round by round: what disturbs a whole round
// disturbs both.
type ratioOut struct {
	Of     string  `json:"of"`
	To     string  `json:"to"`
	Median float64 `json:"median"` // of throughput, as Min and Max
	Min    float64 `json:"min"`
	Max    float64 `json:"max"`
	CPU    float64 `json:"cpu,omitempty"` // median ratio of CPU per unit, where both legs have a proxy
}

func summarize(s scenario, set setting, runs map[string][]sample) result {
	r := result{Scenario: s.name, What: s.what, Unit: s.unit, setting: set}
	for _, l := range s.legs {
		samples := runs[l.name]
		each := perSecond(samples)
		r.Legs = append(r.Legs, legResult{l.name, l.way, medians(samples), slices.Min(each), slices.Max(each), samples})
	}
	for _, q := range s.ratios {
		of, to := runs[q.of], runs[q.to]
		if len(of) == 0 || len(of) != len(to) {
			continue
		}
		var each, cpu []float64
		for i := range of {
			each = append(each, of[i].PerSecond/to[i].PerSecond)
			if of[i].CPUMicros > 0 && to[i].CPUMicros > 0 {
				cpu = append(cpu, of[i].CPUMicros/to[i].CPUMicros)
			}
		}
		r.Ratios = append(r.Ratios, ratioOut{q.of, q.to, median(each), slices.Min(each), slices.Max(each), median(cpu)})
	}
	return r
}

func perSecond(samples []sample) (list []float64) {
	for _, s := range samples {
		list = append(list, s.PerSecond)
	}
	return list
}

// medians takes the median of every figure by itself.
func medians(samples []sample) sample {
	of := func(figure func(sample) float64) float64 {
		var list []float64
		for _, s := range samples {
			list = append(list, figure(s))
		}
		return median(list)
	}
	return sample{
		PerSecond: of(func(s sample) float64 { return s.PerSecond }),
		Units:     int64(of(func(s sample) float64 { return float64(s.Units) })),
		percentiles: percentiles{
			P50: of(func(s sample) float64 { return s.P50 }),
			P95: of(func(s sample) float64 { return s.P95 }),
			P99: of(func(s sample) float64 { return s.P99 }),
		},
		perUnit: perUnit{
			CPUMicros:   of(func(s sample) float64 { return s.CPUMicros }),
			Syscalls:    of(func(s sample) float64 { return s.Syscalls }),
			Waits:       of(func(s sample) float64 { return s.Waits }),
			Allocations: of(func(s sample) float64 { return s.Allocations }),
		},
	}
}

// median of numbers, 0 of none.
func median(list []float64) float64 {
	if len(list) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(list))
	n := len(sorted)
	if n%2 == 1 {
		return sorted[n/2]
	}
	return (sorted[n/2-1] + sorted[n/2]) / 2
}

// ratio compares two legs; it is zero if they were not measured.
func (r result) ratio(of, to string) ratioOut {
	for _, q := range r.Ratios {
		if q.Of == of && q.To == to {
			return q
		}
	}
	return ratioOut{}
}

// leg is that of a name; ok is false if it was not measured.
func (r result) leg(name string) (l legResult, ok bool) {
	i := slices.IndexFunc(r.Legs, func(l legResult) bool { return l.Name == name })
	if i < 0 {
		return l, false
	}
	return r.Legs[i], true
}

func printJSON(w io.Writer, a about, results []result) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		about
		Results []result `json:"results"`
	}{a, results})
}
