package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
)

// result is everything measured of one scenario at one number of clients.
type result struct {
	Scenario string      `json:"scenario"`
	What     string      `json:"what"`
	Clients  int         `json:"clients"`
	Legs     []legResult `json:"legs"`
	Ratios   []ratioOut  `json:"ratios"`
}

type legResult struct {
	Name      string   `json:"name"`
	Way       string   `json:"way"`
	MedianTPS float64  `json:"median_tps"`
	MinTPS    float64  `json:"min_tps"`
	MaxTPS    float64  `json:"max_tps"`
	CPUMicros float64  `json:"median_cpu_us_per_transaction,omitempty"`
	Runs      []sample `json:"runs"`
}

// ratioOut compares two legs round by round: what disturbs a whole round
// disturbs both.
type ratioOut struct {
	Of     string  `json:"of"`
	To     string  `json:"to"`
	Median float64 `json:"median"`
	Min    float64 `json:"min"`
	Max    float64 `json:"max"`
}

func summarize(s scenario, clients int, runs map[string][]sample) result {
	r := result{Scenario: s.name, What: s.what, Clients: clients}
	for _, l := range s.legs {
		samples := runs[l.name]
		var tps, cpu []float64
		for _, x := range samples {
			tps, cpu = append(tps, x.TPS), append(cpu, x.CPUMicros)
		}
		r.Legs = append(r.Legs, legResult{l.name, l.way, median(tps), slices.Min(tps), slices.Max(tps), median(cpu), samples})
	}
	for _, q := range s.ratios {
		of, to := runs[q.of], runs[q.to]
		if len(of) == 0 || len(of) != len(to) {
			continue
		}
		var each []float64
		for i := range of {
			each = append(each, of[i].TPS/to[i].TPS)
		}
		r.Ratios = append(r.Ratios, ratioOut{q.of, q.to, median(each), slices.Min(each), slices.Max(each)})
	}
	return r
}

// median of at least one number.
func median(list []float64) float64 {
	sorted := slices.Sorted(slices.Values(list))
	n := len(sorted)
	if n%2 == 1 {
		return sorted[n/2]
	}
	return (sorted[n/2-1] + sorted[n/2]) / 2
}

// ratio is the median ratio of two legs, 0 if they were not measured.
func (r result) ratio(of, to string) float64 {
	for _, q := range r.Ratios {
		if q.Of == of && q.To == to {
			return q.Median
		}
	}
	return 0
}

// printTables writes markdown, one table for each scenario.
func printTables(w io.Writer, o options, results []result) {
	fmt.Fprintf(w, "pgbench -M %s, %d rounds of %d s each, medians (least..most)\n", o.mode, o.rounds, o.seconds)
	last := ""
	for _, r := range results {
		if r.Scenario != last {
			last = r.Scenario
			fmt.Fprintf(w, "\n### %s: %s\n\n", r.Scenario, r.What)
			fmt.Fprintf(w, "| clients | by way of | transactions per second | CPU of the proxy per transaction | ratios |\n|---:|---|---:|---:|---|\n")
		}
		for _, l := range r.Legs {
			cpu := ""
			if l.Way != direct {
				cpu = fmt.Sprintf("%.1f µs", l.CPUMicros)
			}
			ratios := ""
			for _, q := range r.Ratios {
				if q.Of != l.Name {
					continue
				}
				if ratios != "" {
					ratios += ", "
				}
				ratios += fmt.Sprintf("**%.2f** (%.2f..%.2f) of %s", q.Median, q.Min, q.Max, q.To)
			}
			fmt.Fprintf(w, "| %d | %s | %.0f (%.0f..%.0f) | %s | %s |\n", r.Clients, l.Name, l.MedianTPS, l.MinTPS, l.MaxTPS, cpu, ratios)
		}
	}
}

func printJSON(w io.Writer, o options, results []result) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		Mode    string   `json:"mode"`
		Rounds  int      `json:"rounds"`
		Seconds int      `json:"seconds"`
		Scale   int      `json:"scale"`
		Results []result `json:"results"`
	}{o.mode, o.rounds, o.seconds, o.scale, results})
}

// mark is what a ratio is meant to reach.
type mark struct {
	scenario string
	clients  int // 0: any
	of, to   string
	least    float64
}

var marks = []mark{
	{"passthrough", 8, pgseal, pgbouncer, 0.80},
	{"read", 0, legSealed, legNative, 0.90},
}

// checkMarks writes a line for each mark that was measured and reports whether
// all were reached.
func checkMarks(w io.Writer, results []result) bool {
	all := true
	for _, r := range results {
		for _, m := range marks {
			got := r.ratio(m.of, m.to)
			if r.Scenario != m.scenario || (m.clients != 0 && r.Clients != m.clients) || got == 0 {
				continue
			}
			verdict := "reached"
			if got < m.least {
				verdict, all = "missed", false
			}
			fmt.Fprintf(w, "%s, %d clients: %s is %.2f of %s, mark %.2f: %s\n", m.scenario, r.Clients, m.of, got, m.to, m.least, verdict)
		}
	}
	return all
}
