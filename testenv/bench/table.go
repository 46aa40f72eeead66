package main

import (
	"fmt"
	"io"
	"strings"
)

// printTables writes markdown, one table for each scenario.
func printTables(w io.Writer, results []result) {
	last := ""
	for _, r := range results {
		if r.Scenario != last {
			last = r.Scenario
			fmt.Fprintf(w, "\n### %s: %s\n\n", r.Scenario, r.What)
			fmt.Fprintf(w, "| setting | by way of | %ss per second | p50 / p95 / p99, ms | CPU, µs | reads, writes | waits | allocations | throughput |\n", r.Unit)
			fmt.Fprintf(w, "|---|---|---:|---:|---:|---:|---:|---:|---|\n")
		}
		for _, l := range r.Legs {
			m := l.Median
			fmt.Fprintf(w, "| %s | %s | %.0f (%.0f..%.0f) | %s | %s | %s |\n", r.setting, l.Name, m.PerSecond, l.Min, l.Max,
				latency(m.percentiles), used(l.Way, m.perUnit), ratios(r, l.Name))
		}
	}
}

func latency(p percentiles) string {
	if p.P50 == 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f / %.2f / %.2f", p.P50, p.P95, p.P99)
}

// used are the four columns of what the proxy used.
func used(way string, u perUnit) string {
	var cells []string
	for _, n := range []float64{u.CPUMicros, u.Syscalls, u.Waits, u.Allocations} {
		text := "-"
		if way != direct && n >= 0 {
			text = figure(n)
		}
		cells = append(cells, text)
	}
	return strings.Join(cells, " | ")
}

// figure has as many decimals as its size deserves.
func figure(n float64) string {
	switch {
	case n >= 100:
		return fmt.Sprintf("%.0f", n)
	case n >= 10:
		return fmt.Sprintf("%.1f", n)
	}
	return fmt.Sprintf("%.2f", n)
}

func ratios(r result, of string) string {
	var list []string
	for _, q := range r.Ratios {
		if q.Of == of {
			list = append(list, fmt.Sprintf("**%.2f** (%.2f..%.2f) of %s", q.Median, q.Min, q.Max, q.To))
		}
	}
	return strings.Join(list, ", ")
}
